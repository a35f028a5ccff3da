import { QuartiersError } from "../../codes/errors.ts";
import type { SeedColumns } from "./seed-columns.ts";

/** What a variable was multiplied by so that its categories add up to the common total. */
export interface AgreedTotal {
  readonly variable: string;
  readonly total: number;
  readonly factor: number;
}

/**
 * Scales the totals of each household variable to the total of the first, and those of each person variable to the total of the first of persons: margins of tables of
 * different years then no longer contradict each other by their total, and keep their shares. Partial variables (whose field is smaller) are named in `except`. The
 * factors are given back, to be published. O(margins).
 * @example
 * ```ts
 * const margins = ["taille", "logement"].flatMap((variable) => ["1", "2"].map((category) => ({ variable, category, of: "households" })));
 * const { targets, agreed } = agreeTotals({ margins }, Float64Array.of(60, 40, 25, 25));
 * [[...targets], agreed.map(({ factor }) => factor)] // [ [ 60, 40, 50, 50 ], [ 1, 2 ] ]
 * ```
 */
export function agreeTotals(
  { margins }: Pick<SeedColumns, "margins">,
  targets: Float64Array,
  except: readonly string[] = [],
): { readonly targets: Float64Array; readonly agreed: readonly AgreedTotal[] } {
  const totals = new Map<string, number>();
  const reference = new Map<string, number>();
  margins.forEach(({ variable }, k) => {
    totals.set(variable, (totals.get(variable) ?? 0) + targets[k]);
  });
  const factors = new Map<string, number>();
  for (const { variable, of } of margins) {
    if (of === "quantity" || factors.has(variable) || except.includes(variable)) continue;
    const total = totals.get(variable) ?? 0;
    if (!(total > 0))
      throw new QuartiersError({
        what: "Marges dont le total est nul ou absent",
        value: variable,
        expected: "un total supérieur à 0",
      });
    const common = reference.get(of) ?? total;
    reference.set(of, common);
    factors.set(variable, common / total);
  }
  return {
    targets: targets.map((target, k) => target * (factors.get(margins[k].variable) ?? 1)),
    agreed: [...factors].map(([variable, factor]) => ({ variable, total: totals.get(variable) ?? 0, factor })),
  };
}
