/** What the engine keeps on disk: images and volumes. */
import { useRef } from 'preact/hooks';
import { call, path } from '../api';
import { common } from '../common.lang';
import { bytes } from '../i18n';
import { begin } from '../jobs';
import { useLive } from '../live';
import { useMay } from '../session';
import type { Usage } from '../types';
import { Ago, ask, Await, Button, Card, Empty, Facts, Table } from '../ui';
import { containers } from './containers.lang';

interface Image {
  id: string;
  tags: string[];
  created: string;
  size: number;
}

export function Images() {
  const t = containers();
  const operator = useMay('operator');
  const live = useLive<{ images: Image[] }>('/v1/images', ['job', 'container']);
  const usage = useLive<Usage>('/v1/engine/usage');
  const wanted = useRef<HTMLInputElement>(null);
  const pull = async () => {
    if (wanted.current!.reportValidity()) {
      await begin('POST', '/v1/images', { image: wanted.current!.value });
    }
  };
  const prune = async () => {
    if (await ask(t.prune, t.pruneLoses, t.prune)) {
      await begin('POST', '/v1/images/prune', { unused_for: 0 });
    }
  };
  const remove = async (name: string) => {
    if (await ask(t.remove, t.removeImageLoses(name), t.remove)) {
      await call('DELETE', '/v1/images', { image: name });
      await live.reload();
    }
  };
  return (
    <div class="grid">
      <Card title={t.images} wide more={operator && <Button onClick={prune}>{t.prune}</Button>}>
        {operator && (
          <div class="row">
            <input class="short" ref={wanted} required aria-label={t.pullImage} />
            <Button onClick={pull}>{t.pullImage}</Button>
          </div>
        )}
        <Await live={live}>
          {({ images }) =>
            images.length === 0 ? (
              <Empty title={t.noImages} />
            ) : (
              <Table
                caption={t.images}
                rows={images}
                id={(image) => image.id}
                columns={[
                  {
                    title: common().name,
                    cell: (image) => <code>{image.tags[0] ?? image.id.slice(0, 19)}</code>,
                  },
                  { title: t.size, end: true, cell: (image) => bytes(image.size) },
                  { title: t.made, cell: (image) => <Ago time={image.created} /> },
                  {
                    title: common().actions,
                    cell: (image) =>
                      operator && (
                        <Button kind="danger" onClick={() => remove(image.tags[0] ?? image.id)}>
                          {t.remove}
                        </Button>
                      ),
                  },
                ]}
              />
            )
          }
        </Await>
      </Card>
      <Card title={t.disk}>
        <Await live={usage}>
          {(used) => (
            <Facts
              facts={[
                [t.images, bytes(used.images)],
                [t.single, bytes(used.containers)],
                [t.volumes, bytes(Object.values(used.volumes).reduce((a, b) => a + b, 0))],
              ]}
            />
          )}
        </Await>
      </Card>
    </div>
  );
}

interface Volume {
  name: string;
  driver: string;
}

export function Volumes() {
  const t = containers();
  const admin = useMay('admin');
  const live = useLive<{ volumes: Volume[] }>('/v1/volumes', ['container', 'job']);
  const usage = useLive<Usage>('/v1/engine/usage');
  const remove = async (name: string) => {
    if (await ask(t.remove, t.removeVolumeLoses(name), t.remove)) {
      await call('DELETE', path`/v1/volumes/${name}`);
      await live.reload();
    }
  };
  return (
    <Card title={t.volumes} wide>
      <Await live={live}>
        {({ volumes }) =>
          volumes.length === 0 ? (
            <Empty title={t.noVolumes} />
          ) : (
            <Table
              caption={t.volumes}
              rows={volumes}
              id={(volume) => volume.name}
              columns={[
                { title: common().name, cell: (volume) => <code>{volume.name}</code> },
                {
                  title: t.size,
                  end: true,
                  cell: (volume) => {
                    const size = usage.value?.volumes[volume.name];
                    return size === undefined ? '–' : bytes(size);
                  },
                },
                {
                  title: common().actions,
                  cell: (volume) =>
                    admin && (
                      <Button kind="danger" onClick={() => remove(volume.name)}>
                        {t.remove}
                      </Button>
                    ),
                },
              ]}
            />
          )
        }
      </Await>
    </Card>
  );
}
