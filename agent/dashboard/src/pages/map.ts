/** Lays nodes out on a plane by their network coordinates. */
import { forceCollide, forceSimulation, forceX, forceY } from 'd3-force';

interface Spot {
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

/**
 * Projects the vectors on the two directions in which they differ most, fits them into the box, and
 * moves apart what would overlap.
 */
export function layOut(
  coordinates: Coordinate[],
  width: number,
  height: number,
  radius: number,
): Spot[] {
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
  const spots = coordinates.map(({ node }, i) => ({ node, x: xs[i]!, y: ys[i]! }));
  const simulation = forceSimulation(spots)
    .force('x', forceX<Spot>((_, i) => xs[i]!).strength(0.2))
    .force('y', forceY<Spot>((_, i) => ys[i]!).strength(0.2))
    .force('apart', forceCollide<Spot>(radius))
    .stop();
  simulation.tick(60);
  for (const spot of spots) {
    spot.x = Math.min(Math.max(spot.x, radius), width - radius);
    spot.y = Math.min(Math.max(spot.y, radius), height - radius);
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
