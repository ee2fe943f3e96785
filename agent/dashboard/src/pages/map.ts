/** Lays nodes out on a plane: by their network coordinates, or by where on Earth they stand. */
import { forceCollide, forceSimulation, forceX, forceY } from 'd3-force';

export interface Spot {
  node: string;
  x: number;
  y: number;
}

/** A node's Vivaldi coordinate: a vector in seconds of round trip. */
export interface Coordinate {
  node: string;
  vector: number[];
}

const ROUNDS = 30;
const ROUNDS_APART = 60;

/** Where nodes are drawn, and where they would be if they could overlap. */
export interface Layout {
  spots: Spot[];
  wanted: Spot[];
}

/**
 * Projects the vectors on the two directions in which they differ most, fits them into the box, and
 * moves apart what would overlap. What has moved less than it is large stays as it was before:
 * coordinates change a little all the time, and a map that trembles is hard to hit.
 */
export function layOut(
  coordinates: Coordinate[],
  width: number,
  height: number,
  radius: number,
  before?: Layout,
): Layout {
  const wanted = project(coordinates, width, height, radius);
  const same =
    before?.wanted.length === wanted.length &&
    wanted.every(({ node, x, y }, i) => {
      const was = before.wanted[i]!;
      return was.node === node && Math.hypot(was.x - x, was.y - y) < radius;
    });
  return same ? before : { spots: apart(wanted, width, height, radius), wanted };
}

function project(coordinates: Coordinate[], width: number, height: number, radius: number): Spot[] {
  const rows = centred(coordinates.map((one) => one.vector));
  const first = direction(rows);
  const second = direction(rows.map((row) => without(row, first)));
  const xs = fit(
    rows.map((row) => dot(row, first)),
    radius,
    width - radius,
  );
  const ys = fit(
    rows.map((row) => dot(row, second)),
    radius,
    height - radius,
  );
  return coordinates.map(({ node }, i) => ({ node, x: xs[i]!, y: ys[i]! }));
}

/** Moves apart what would overlap, and keeps all in the box. */
function apart(wanted: Spot[], width: number, height: number, radius: number): Spot[] {
  const spots = wanted.map((spot) => ({ ...spot }));
  const simulation = forceSimulation(spots)
    .force('x', forceX<Spot>((_, i) => wanted[i]!.x).strength(0.2))
    .force('y', forceY<Spot>((_, i) => wanted[i]!.y).strength(0.2))
    .force('apart', forceCollide<Spot>(radius))
    .stop();
  for (let round = 0; round < ROUNDS_APART; round++) {
    simulation.tick();
    // Within each round, so that those at the edge move apart along it.
    for (const spot of spots) {
      spot.x = Math.min(Math.max(spot.x, radius), width - radius);
      spot.y = Math.min(Math.max(spot.y, radius), height - radius);
    }
  }
  return spots;
}

function centred(rows: number[][]): number[][] {
  const size = rows[0]?.length ?? 0;
  const mean = Array.from(
    { length: size },
    (_, i) => rows.reduce((sum, row) => sum + row[i]!, 0) / rows.length,
  );
  return rows.map((row) => row.map((value, i) => value - mean[i]!));
}

/** The direction of the greatest variance, by power iteration. */
function direction(rows: number[][]): number[] {
  const size = rows[0]?.length ?? 0;
  let axis = Array.from({ length: size }, (_, i) => 1 / (i + 1));
  for (let round = 0; round < ROUNDS; round++) {
    const next = new Array<number>(size).fill(0);
    for (const row of rows) {
      const share = dot(row, axis);
      row.forEach((value, i) => (next[i]! += share * value));
    }
    const length = Math.sqrt(dot(next, next));
    if (length === 0) return axis;
    axis = next.map((value) => value / length);
  }
  return axis;
}

function dot(one: number[], other: number[]): number {
  return one.reduce((sum, value, i) => sum + value * other[i]!, 0);
}

function without(row: number[], axis: number[]): number[] {
  const share = dot(row, axis);
  return row.map((value, i) => value - share * axis[i]!);
}

function fit(values: number[], low: number, high: number): number[] {
  const least = Math.min(...values);
  const most = Math.max(...values);
  if (most === least) return values.map(() => (low + high) / 2);
  return values.map((value) => low + ((value - least) / (most - least)) * (high - low));
}

/** Where a node says that it stands, in degrees. */
export interface Stand {
  node: string;
  latitude: number;
  longitude: number;
}

export interface Ground {
  spots: Spot[];
  /** How many stand farther away than the map shows, and are drawn at its edge. */
  beyond: number;
  /** A round length on the ground, and as how many pixels it is drawn. */
  metres: number;
  pixels: number;
}

const METRES_A_DEGREE = 111_195;
const LEAST_METRES = 50;
const FAR = 5;

/**
 * Draws where nodes stand with north above, true to scale around their middle. A few that say they
 * stand far from all others do not make those a single dot.
 */
export function onGround(stands: Stand[], width: number, height: number, radius: number): Ground {
  const latitude = median(stands.map((one) => one.latitude));
  // The middle of longitudes must not lie on the other side of the globe from them all.
  const first = stands[0]?.longitude ?? 0;
  const longitude = first + median(stands.map((one) => turn(one.longitude - first)));
  const narrow = Math.cos((latitude * Math.PI) / 180);
  const metres = stands.map((one) => ({
    east: turn(one.longitude - longitude) * narrow * METRES_A_DEGREE,
    north: (one.latitude - latitude) * METRES_A_DEGREE,
  }));
  const distances = metres.map(({ east, north }) => Math.hypot(east, north));
  const usual = [...distances].sort((a, b) => a - b)[Math.ceil(distances.length * 0.8) - 1] ?? 0;
  const near = metres.filter((_, i) => distances[i]! <= usual * FAR + LEAST_METRES);
  const east = span(near.map((one) => one.east));
  const north = span(near.map((one) => one.north));
  const scale = Math.min((width - 2 * radius) / east.length, (height - 2 * radius) / north.length);
  const spots = stands.map(({ node }, i) => ({
    node,
    x: width / 2 + (metres[i]!.east - east.middle) * scale,
    y: height / 2 - (metres[i]!.north - north.middle) * scale,
  }));
  for (const spot of spots) {
    spot.x = Math.min(Math.max(spot.x, radius), width - radius);
    spot.y = Math.min(Math.max(spot.y, radius), height - radius);
  }
  const bar = round(width / 4 / scale);
  return {
    spots: apart(spots, width, height, radius),
    beyond: stands.length - near.length,
    metres: bar,
    pixels: bar * scale,
  };
}

function span(values: number[]) {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return { middle: (low + high) / 2, length: Math.max(LEAST_METRES, high - low) };
}

/** An angle as one from -180 to 180 degrees. */
function turn(degrees: number): number {
  return ((((degrees + 180) % 360) + 360) % 360) - 180;
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0;
}

/** The greatest of 1, 2 and 5, ten or a hundred times as much and so on, that is no greater. */
function round(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value));
  return ([5, 2, 1].find((one) => one * power <= value) ?? 1) * power;
}

export interface Label {
  text: string;
  x: number;
  y: number;
}

const LETTER = 7;
const LINE = 14;
const LONGEST = 18;

/** Finds room for names beside their spots; those that have none are left out. */
export function labels(spots: Spot[], width: number, height: number, radius: number): Label[] {
  type Box = [left: number, top: number, right: number, bottom: number];
  const taken: Box[] = spots.map(({ x, y }) => [x - radius, y - radius, x + radius, y + radius]);
  const found: Label[] = [];
  for (const { node, x, y } of spots) {
    const text = node.length > LONGEST ? `${node.slice(0, LONGEST - 1)}…` : node;
    const half = (text.length * LETTER) / 2;
    const aside = radius + half + 3;
    for (const [dx, dy] of [
      [0, radius + LINE],
      [0, -radius - 5],
      [aside, 4],
      [-aside, 4],
    ] as const) {
      const box: Box = [x + dx - half, y + dy - LINE + 4, x + dx + half, y + dy + 3];
      const [left, top, right, bottom] = box;
      if (left < 0 || top < 0 || right > width || bottom > height) continue;
      if (taken.some(([l, t, r, b]) => left < r && right > l && top < b && bottom > t)) continue;
      taken.push(box);
      found.push({ text, x: x + dx, y: y + dy });
      break;
    }
  }
  return found;
}
