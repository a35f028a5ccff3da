import { seededRandom } from "../../codes/random.ts";

/** How well beneficiaries are predicted in neighbourhoods that were set aside. */
export interface HeldOut {
  /** Root of the mean squared relative error of the predicted beneficiaries. */
  readonly chain: number;
  /** The same when the poverty rate stands for the model: poor persons x one constant. */
  readonly poverty: number;
  readonly areas: number;
  readonly folds: number;
}

/**
 * Sets aside a fifth of the areas at a time, learns one take-up from the others (beneficiaries over eligible), and predicts the beneficiaries of those set aside; the same with
 * poor persons in the place of the eligible. Areas without one of the numbers are left out. O(areas).
 */
export function heldOut(
  {
    beneficiaries,
    eligible,
    poor,
  }: {
    readonly beneficiaries: Float64Array;
    /** Persons eligible, of the scheme that counts the beneficiaries. */
    readonly eligible: Float64Array;
    /** Persons under the poverty line, of the same scheme. */
    readonly poor: Float64Array;
  },
  { folds = 5, seed }: { readonly folds?: number; readonly seed: number },
): HeldOut {
  const random = seededRandom(seed);
  const areas = [...beneficiaries.keys()]
    .filter((area) => beneficiaries[area] > 0 && eligible[area] > 0 && poor[area] > 0)
    .map((area) => ({ area, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ area }) => area);
  const errors = { chain: 0, poverty: 0 };
  areas.forEach((area, place) => {
    const others = areas.filter((_, other) => other % folds !== place % folds);
    const sum = (column: Float64Array): number => others.reduce((total, other) => total + column[other], 0);
    for (const [name, base] of [
      ["chain", eligible],
      ["poverty", poor],
    ] as const) {
      const predicted = (base[area] * sum(beneficiaries)) / sum(base);
      errors[name] += (predicted / beneficiaries[area] - 1) ** 2;
    }
  });
  const root = (total: number): number => Math.sqrt(total / areas.length);
  return { chain: root(errors.chain), poverty: root(errors.poverty), areas: areas.length, folds };
}
