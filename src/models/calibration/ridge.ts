import { QuartiersError } from "../../codes/errors.ts";

/**
 * Softness of margins known to a relative error: (error x target)^2, so that a gap of one error costs half a unit of distance (soft entropy: raking with a ridge). An
 * error of 0 keeps the margin exact; any other is at least `floor` units, so that a target of 0 is soft as well.
 * @example
 * ```ts
 * ridgeOfErrors(Float64Array.of(100, 200), [0, 0.05]) // Float64Array(2) [ 0, 100 ]
 * ```
 */
export function ridgeOfErrors(
  targets: Float64Array,
  errors: number | readonly number[],
  floor: number = 1,
): Float64Array {
  return targets.map((target, k) => {
    const error = typeof errors === "number" ? errors : errors[k];
    if (!(error >= 0 && error < Number.POSITIVE_INFINITY))
      throw new QuartiersError({
        what: "Erreur relative d'une marge impossible",
        value: String(error),
        where: `marge ${k + 1}`,
        expected: "un nombre fini, positif ou nul",
      });
    return error === 0 ? 0 : Math.max(floor, error * Math.abs(target)) ** 2;
  });
}
