import { seededRandom } from "../../../src/codes/random.ts";
import type { TransportProblem } from "../../../src/models/matching/transport-problem.ts";

/** Kinds of cost matrices; `test/reference/matching.py` draws the same numbers. Square roots and products are exact in both languages. */
export type InstanceKind = "random" | "integer" | "tied" | "clustered" | "clustered-rounded" | "sparse";

/** A seeded matrix of costs, row-major: uniform, whole numbers, few distinct values, distances between clustered points (km, rounded or not), with holes. */
export function costInstance(kind: InstanceKind, rows: number, columns: number, seed: number): Float64Array {
  const random = seededRandom(seed);
  const values = new Float64Array(rows * columns);
  if (kind === "clustered" || kind === "clustered-rounded") {
    const centres = Array.from({ length: 8 }, () => [random() * 60, random() * 60] as const);
    const points = Array.from({ length: rows + columns }, () => {
      const [x, y] = centres[Math.floor(random() * 8)] ?? [0, 0];
      return [x + (random() + random() + random() - 1.5) * 4, y + (random() + random() + random() - 1.5) * 4] as const;
    });
    for (let i = 0, at = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++, at++) {
        const [a, b] = [points[i] ?? [0, 0], points[rows + j] ?? [0, 0]];
        const km = Math.sqrt((a[0] - b[0]) * (a[0] - b[0]) + (a[1] - b[1]) * (a[1] - b[1]));
        values[at] = kind === "clustered" ? km : Math.floor(km + 0.5);
      }
    }
    return values;
  }
  for (let at = 0; at < values.length; at++) {
    const draw = random();
    if (kind === "random") values[at] = draw * 100;
    else if (kind === "integer") values[at] = Math.floor(draw * 1000);
    else if (kind === "tied") values[at] = Math.floor(draw * 4);
    else values[at] = random() < 0.7 ? Number.POSITIVE_INFINITY : Math.floor(draw * 100);
  }
  return values;
}

/** Seeded whole counts from 1 to `most`. */
export function countInstance(length: number, most: number, seed: number): Float64Array {
  const random = seededRandom(seed);
  return Float64Array.from({ length }, () => 1 + Math.floor(random() * most));
}

/** A transport problem of seeded costs: cells of 1 to 9 seekers, offers of 1 to 5 posts, forbidden pairs left out. */
export function transportInstance(kind: InstanceKind, cells: number, offers: number, seed: number): TransportProblem {
  const values = costInstance(kind, cells, offers, seed);
  const kept = [...values.keys()].filter((at) => values[at] < Number.POSITIVE_INFINITY);
  const padded = (letter: string, i: number): string => `${letter}${String(i).padStart(4, "0")}`;
  return {
    cellIds: Array.from({ length: cells }, (_, i) => padded("c", i)),
    seekers: countInstance(cells, 9, seed + 1),
    offerIds: Array.from({ length: offers }, (_, j) => padded("o", j)),
    posts: countInstance(offers, 5, seed + 2),
    arcs: {
      cell: Int32Array.from(kept, (at) => Math.floor(at / offers)),
      offer: Int32Array.from(kept, (at) => at % offers),
      cost: Float64Array.from(kept, (at) => values[at]),
    },
  };
}

/** Pairs as lines of text: cell, offer, cost. */
export function problem(
  seekers: Record<string, number>,
  posts: Record<string, number>,
  pairs: string,
): TransportProblem {
  const [cellIds, offerIds] = [Object.keys(seekers), Object.keys(posts)];
  const rows = pairs.split(";").map((row) => row.trim().split(" "));
  return {
    cellIds,
    seekers: Float64Array.from(Object.values(seekers)),
    offerIds,
    posts: Float64Array.from(Object.values(posts)),
    arcs: {
      cell: Int32Array.from(rows, ([cell]) => cellIds.indexOf(cell ?? "")),
      offer: Int32Array.from(rows, ([, offer]) => offerIds.indexOf(offer ?? "")),
      cost: Float64Array.from(rows, ([, , cost]) => Number(cost)),
    },
  };
}
