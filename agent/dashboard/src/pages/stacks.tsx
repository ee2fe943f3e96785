/** Everything that runs in containers here: stacks, single containers, images and volumes. */
import { useRef, useState } from 'preact/hooks';
import { common } from '../common.lang';
import { begin } from '../jobs';
import { useLive } from '../live';
import { link, onwards, type Place } from '../router';
import { useMay } from '../session';
import type { Engine, Stack } from '../types';
import { Await, Button, Card, Empty, Failure, Field, Page, State, Tabs, wordOf } from '../ui';
import { apps } from './apps.lang';
import { ContainerPage, Containers } from './container';
import { containers } from './containers.lang';
import { Images, Volumes } from './images';
import { Refusals, StackPage, useCheck } from './stack';

const EXAMPLE = `services:
  web:
    image: nginx:stable
    ports:
      - "8080:80"
    restart: unless-stopped
`;

export function Stacks({ place }: { place: Place }) {
  const t = containers();
  const [, tab = 'stacks', name] = place.parts;
  const operator = useMay('operator');
  const engine = useLive<Engine>('/v1/engine', ['engine']);
  if (tab === 'of' && name) return <StackPage name={name} key={name} />;
  if (tab === 'container' && name) return <ContainerPage id={name} key={name} />;
  const tabs: [string, string][] = [
    ['stacks', t.stacks],
    ['containers', t.single],
    ['images', t.images],
    ['volumes', t.volumes],
  ];
  const state = engine.value;
  return (
    <Page title={t.title} lead={t.lead}>
      <Tabs page="stacks" label={t.title} tabs={tabs} now={tab} />
      {engine.error !== undefined ? (
        <Failure error={engine.error} />
      ) : state && state.state !== 'ok' ? (
        <Empty title={t.noEngine}>{state.reason}</Empty>
      ) : tab === 'containers' ? (
        <Containers />
      ) : tab === 'images' ? (
        <Images />
      ) : tab === 'volumes' ? (
        <Volumes />
      ) : tab === 'new' && operator ? (
        <NewStack />
      ) : (
        <All />
      )}
    </Page>
  );
}

function All() {
  const t = containers();
  const live = useLive<{ stacks: Stack[] }>('/v1/stacks', ['container', 'job']);
  const operator = useMay('operator');
  return (
    <>
      {operator && (
        <div class="row">
          <a class="button primary" href={link('stacks', 'new')}>
            {t.make}
          </a>
          <a class="button" href={link('apps')}>
            + App
          </a>
        </div>
      )}
      <Await live={live}>
        {({ stacks }) =>
          stacks.length === 0 ? (
            <Empty title={t.noStacks}>{t.noStacksHow}</Empty>
          ) : (
            <ul class="tiles">
              {stacks.map((stack) => (
                <li class="tile" key={stack.name}>
                  <div class="tile-head">
                    <a class="tile-name" href={link('stacks', 'of', stack.name)}>
                      {stack.name}
                    </a>
                    <State state={stack.state} />
                  </div>
                  <p class="meta">
                    {!stack.managed && <span class="chip">{t.notManaged}</span>}
                    {stack.changed && <span class="chip">{t.changed}</span>}
                    {stack.app?.newest && (
                      <span class="chip">{apps().available(stack.app.newest)}</span>
                    )}
                    {(stack.services ?? []).map((service) => (
                      <span class="chip">
                        {service.name}: {wordOf(service.state)}
                      </span>
                    ))}
                  </p>
                  {stack.problem && <p class="dim">{stack.problem}</p>}
                </li>
              ))}
            </ul>
          )
        }
      </Await>
    </>
  );
}

function NewStack() {
  const t = containers();
  const name = useRef<HTMLInputElement>(null);
  const [text, setText] = useState(EXAMPLE);
  const [refusals, ask] = useCheck();
  const files = { 'compose.yaml': text };
  const check = async () =>
    name.current!.reportValidity() && (await ask(name.current!.value, files));
  const make = async () => {
    const go = onwards();
    if (!(await check())) return;
    await begin('POST', '/v1/stacks', { name: name.current!.value, files });
    go('stacks');
  };
  return (
    <Card title={t.make} wide>
      <Field label={t.stackName}>
        <input ref={name} required pattern="[a-z0-9][a-z0-9_\-]{0,62}" autocapitalize="none" />
      </Field>
      <Field label={t.files}>
        <textarea
          class="code"
          rows={16}
          spellcheck={false}
          value={text}
          onInput={(event) => setText(event.currentTarget.value)}
        />
      </Field>
      <Refusals found={refusals} text={text} />
      <div class="row end">
        <a class="button" href={link('stacks')}>
          {common().cancel}
        </a>
        <Button onClick={check}>{t.check}</Button>
        <Button kind="primary" onClick={make}>
          {t.saveStack}
        </Button>
      </div>
    </Card>
  );
}
