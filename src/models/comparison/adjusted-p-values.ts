import { QuartiersError } from "../../codes/errors.ts";

/**
 * How p-values of several tests are adjusted: "holm" bounds the chance of one false discovery or more (Holm 1979), "benjamini-hochberg" the expected share of false ones among
 * the discoveries (1995), "none" leaves them. Always printed beside the p-values.
 */
export type PValueAdjustment = "holm" | "benjamini-hochberg" | "none";

/**
 * Adjusted p-values, as R's p.adjust: compare them with the level as if there were one test. A missing one (NaN) stays missing and does not count. O(n log n).
 * @example
 * ```ts
 * adjustedPValues(Float64Array.of(0.01, 0.04, 0.03), "holm") // Float64Array(3) [ 0.03, 0.06, 0.06 ]
 * ```
 */
export function adjustedPValues(pValues: Float64Array, adjustment: PValueAdjustment): Float64Array {
  const odd = pValues.findIndex((p) => p < 0 || p > 1);
  if (odd >= 0)
    throw new QuartiersError({
      what: `Probabilité impossible au test ${odd + 1}`,
      value: String(pValues[odd]),
      expected: "un nombre de 0 à 1",
    });
  const adjusted = Float64Array.from(pValues);
  const known = Int32Array.from(pValues.keys()).filter((test) => !Number.isNaN(pValues[test]));
  const ascending = known.sort((a, b) => pValues[a] - pValues[b]);
  const count = ascending.length;
  if (adjustment === "holm") {
    let largest = 0;
    ascending.forEach((test, rank) => {
      largest = Math.max(largest, Math.min(1, (count - rank) * pValues[test]));
      adjusted[test] = largest;
    });
  } else if (adjustment === "benjamini-hochberg") {
    let smallest = 1;
    for (let rank = count; rank >= 1; rank--) {
      const test = ascending[rank - 1];
      smallest = Math.min(smallest, (count / rank) * pValues[test]);
      adjusted[test] = smallest;
    }
  } else if (adjustment !== "none")
    throw new QuartiersError({
      what: "Ajustement de probabilités inconnu",
      value: adjustment,
      expected: "holm, benjamini-hochberg ou none",
    });
  return adjusted;
}
