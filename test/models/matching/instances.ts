import { seededRandom } from "../../../src/codes/random.ts";

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
