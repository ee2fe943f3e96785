/** The nodes on a plane: by round trips or, where they tell it, by where they stand. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { number } from '../i18n';
import { link } from '../router';
import type { Member } from '../types';
import { Button, Card, Empty, toneOf } from '../ui';
import {
  type Coordinate,
  type Ground,
  labels,
  type Layout,
  layOut,
  onGround,
  type Spot,
} from './map';
import { network } from './network.lang';

const HEIGHT = 380;
/** Of which this much, below, is for the bar of length. */
const BAR = 36;
const MOST_NAMED = 50;

interface Known {
  members: Member[];
  coordinates: Coordinate[];
}

/** The last map of round trips, at which whoever comes back finds everything where it was. */
let last: Layout | undefined;

export function Maps({ members, coordinates }: Known) {
  const t = network();
  const [ground, choose] = useState(false);
  const some = members.some((member) => member.latitude !== undefined);
  return (
    <Card
      title={ground ? t.ground : t.map}
      wide
      more={
        some && (
          <div class="row">
            <Button aria-pressed={!ground} onClick={() => choose(false)}>
              {t.byTrips}
            </Button>
            <Button aria-pressed={ground} onClick={() => choose(true)}>
              {t.byPlace}
            </Button>
          </div>
        )
      }
    >
      {ground && some ? <OnGround members={members} /> : <ByTrips {...{ members, coordinates }} />}
    </Card>
  );
}

/** The width of an element, once it is known. */
function useWidth() {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const observer = new ResizeObserver(([entry]) => setWidth(entry!.contentRect.width));
    observer.observe(box.current!);
    return () => observer.disconnect();
  }, []);
  return { box, width };
}

/** As large as leaves room between them. */
function radiusOf(count: number, width: number): number {
  return Math.max(4, Math.min(16, Math.sqrt((width * HEIGHT) / (count + 1)) / 3.6));
}

function ByTrips({ members, coordinates }: Known) {
  const t = network();
  const { box, width } = useWidth();
  const radius = radiusOf(coordinates.length, width);
  const spots = useMemo(() => {
    if (width === 0 || coordinates.length < 2) return [];
    last = layOut(coordinates, width, HEIGHT, radius * 1.6, last);
    return last.spots;
  }, [coordinates, width]);
  return (
    <div ref={box}>
      {spots.length === 0 ? (
        <Empty title={t.mapNone} />
      ) : (
        <>
          <p class="dim">{t.mapHow}</p>
          <Drawing title={t.map} width={width} radius={radius} spots={spots} members={members} />
        </>
      )}
    </div>
  );
}

function OnGround({ members }: { members: Member[] }) {
  const t = network();
  const { box, width } = useWidth();
  const stands = members.flatMap(({ name, latitude, longitude }) =>
    latitude === undefined || longitude === undefined ? [] : [{ node: name, latitude, longitude }],
  );
  const radius = radiusOf(stands.length, width);
  const found = useMemo(
    () => (width > 0 ? onGround(stands, width, HEIGHT - BAR, radius * 1.6) : undefined),
    [members, width],
  );
  const elsewhere = members.filter((member) => member.latitude === undefined);
  return (
    <div ref={box}>
      <p class="dim">{t.groundHow}</p>
      {found && (
        <Drawing
          title={t.ground}
          width={width}
          radius={radius}
          spots={found.spots}
          members={members}
          ground={found}
        />
      )}
      {found && found.beyond > 0 && <p>{t.beyond(found.beyond)}</p>}
      {elsewhere.length > 0 && (
        <p>
          {t.nowhere(elsewhere.length)}{' '}
          {elsewhere.slice(0, MOST_NAMED).map((member) => (
            <>
              <a class="clip" href={link('network', member.name)}>
                {member.name}
              </a>{' '}
            </>
          ))}
          {elsewhere.length > MOST_NAMED && '…'}
        </p>
      )}
    </div>
  );
}

function Drawing({
  title,
  width,
  radius,
  spots,
  members,
  ground,
}: {
  title: string;
  width: number;
  radius: number;
  spots: Spot[];
  members: Member[];
  ground?: Ground;
}) {
  const status = new Map(members.map((member) => [member.name, member.status]));
  const bar = ground && `M8 ${HEIGHT - 14}v6h${ground.pixels.toFixed(1)}v-6`;
  return (
    <svg
      class="map"
      height={HEIGHT}
      viewBox={`0 0 ${width} ${HEIGHT}`}
      role="group"
      aria-label={title}
    >
      {ground && (
        <>
          <path class="bar" d={bar!} />
          <text class="bar-length" x={12} y={HEIGHT - 18}>
            {ground.metres < 1000
              ? `${number(ground.metres)} m`
              : `${number(ground.metres / 1000)} km`}
          </text>
        </>
      )}
      {spots.map((spot) => (
        <a
          href={link('network', spot.node)}
          key={spot.node}
          aria-label={`${spot.node}, ${status.get(spot.node) ?? ''}`}
          class={toneOf(status.get(spot.node) ?? '')}
        >
          <title>{spot.node}</title>
          <circle cx={spot.x} cy={spot.y} r={radius} />
        </a>
      ))}
      {labels(spots, width, HEIGHT - (ground ? BAR : 0), radius).map((label) => (
        <text key={`${label.x} ${label.y}`} x={label.x} y={label.y} aria-hidden="true">
          {label.text}
        </text>
      ))}
    </svg>
  );
}
