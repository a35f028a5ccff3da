import { QuartiersError } from "../../codes/errors.ts";
import { badCost, type CostMatrix } from "../matching/cost-matrix.ts";
import type { OfferCells } from "../matching/match-costs.ts";

export interface JobFair {
  /** Cost from each home point (row of the matrix) to the fair, Infinity where it cannot be reached. */
  readonly minutesToFair: Float64Array;
  /** Offers whose employer comes (rows of the offers). */
  readonly brought: Int32Array;
}

/** The pair of matrices of `policyEffect`, and the offers that go with both. */
export interface JobFairPolicy {
  readonly offers: OfferCells;
  readonly before: CostMatrix;
  readonly after: CostMatrix;
}

/**
 * A job fair as a policy: for a day, the employers of some offers meet the seekers in one place. Each place of which offers are brought gets a second column,
 * that these offers take: before, the cost to the firm; after, the cost to the fair where it is less. What changes is the cost of MEETING the employer, not that of
 * going to work every day after: both are published, under their own names. Refuses an unknown offer, a cost that is negative or missing. O(points x places).
 * @example
 * ```ts
 * const minutes = { rows: 1, columns: 1, values: Float64Array.of(70) };
 * const offers = { ids: ["a", "b"], posts: Float64Array.of(1, 1), rome: [codeRome("G1602"), codeRome("G1602")], destination: Int32Array.of(0, 0) };
 * const fair = jobFair(minutes, offers, { minutesToFair: Float64Array.of(12), brought: Int32Array.of(1) });
 * [[...fair.before.values], [...fair.after.values], [...fair.offers.destination]] // [ [ 70, 70 ], [ 70, 12 ], [ 0, 1 ] ]
 * ```
 */
export function jobFair(minutes: CostMatrix, offers: OfferCells, { minutesToFair, brought }: JobFair): JobFairPolicy {
  const wrong = minutesToFair.findIndex((cost) => !(cost >= 0));
  if (wrong >= 0) throw badCost(minutesToFair[wrong], `point ${wrong + 1} vers le forum`);
  const unknown = brought.find((offer) => !(offer >= 0 && offer < offers.ids.length));
  if (minutesToFair.length !== minutes.rows || unknown !== undefined)
    throw new QuartiersError({
      what: "Forum de l'emploi qui ne va pas avec la matrice ou les offres",
      value: unknown === undefined ? `${minutesToFair.length} durées` : `offre ${unknown}`,
      expected: `${minutes.rows} durées, une par point, et des offres de 0 à ${offers.ids.length - 1}`,
    });
  const placesBrought = [...new Set(Array.from(brought, (offer) => offers.destination[offer]))].sort((a, b) => a - b);
  const columns = minutes.columns + placesBrought.length;
  const before = new Float64Array(minutes.rows * columns);
  const after = new Float64Array(minutes.rows * columns);
  for (let row = 0; row < minutes.rows; row++) {
    const own = minutes.values.subarray(row * minutes.columns, (row + 1) * minutes.columns);
    before.set(own, row * columns);
    after.set(own, row * columns);
    placesBrought.forEach((place, k) => {
      const at = row * columns + minutes.columns + k;
      before[at] = own[place];
      after[at] = Math.min(own[place], minutesToFair[row]);
    });
  }
  const destination = offers.destination.slice();
  for (const offer of brought) destination[offer] = minutes.columns + placesBrought.indexOf(offers.destination[offer]);
  const names = minutes.rowIds ? { rowIds: minutes.rowIds } : {};
  return {
    offers: { ...offers, destination },
    before: { rows: minutes.rows, columns, values: before, ...names },
    after: { rows: minutes.rows, columns, values: after, ...names },
  };
}
