import { QuartiersError } from "../../codes/errors.ts";
import { shapley } from "./shapley.ts";
import { commonBase, type RoundedParts, roundedParts } from "./shapley-rounding.ts";

/** Why one area differs from the reference. Values are in the unit of `valueWith`. */
export interface AreaDecomposition {
  readonly code: string;
  /** The value with no factor of the area's own: what the reference (the region) would give there. */
  readonly reference: number;
  readonly value: number;
  /** One a factor; reference + parts = value. */
  readonly parts: Float64Array;
  /** The same, rounded to the step so that what is printed adds up; one base for all areas where the reference is the same; null without a value. */
  readonly published: RoundedParts | null;
}

export interface AreaDecompositions {
  readonly factors: readonly string[];
  readonly step: number;
  /** In the order of the codes, those left out included (NaN, published null). */
  readonly areas: readonly AreaDecomposition[];
  /** Areas where a coalition has no value, by code. */
  readonly leftOut: readonly string[];
  /** The largest |reference + parts - value|, of all areas: rounding of binary numbers, under 1e-9 of the value. */
  readonly largestError: number;
}

/**
 * Explains the gap between each area and its reference by factors (income, household size, age, tenure, scheme, take-up...): factors of the mask take the
 * area's own margin, the others the reference's. Exact Shapley parts, and the rounded ones that are published.
 * @example
 * ```ts
 * const { areas } = areaDecomposition({ codes: ["QN1"], factors: ["revenu", "taille"], step: 1, valueWith: (mask) => Float64Array.of(100 + (mask & 1 ? 30.4 : 0) + (mask & 2 ? 9.4 : 0)) });
 * areas[0].published.values // Float64Array(2) [ 31, 9 ]
 * ```
 */
export function areaDecomposition({
  codes,
  factors,
  valueWith,
  step,
}: {
  readonly codes: readonly string[];
  readonly factors: readonly string[];
  readonly valueWith: (mask: number) => Float64Array;
  /** What published parts are rounded to, in the unit of the values. */
  readonly step: number;
}): AreaDecompositions {
  const { none, all, parts } = shapley(factors, valueWith);
  if (all.length !== codes.length)
    throw new QuartiersError({
      what: "Décomposition\u00a0: autant de valeurs que de territoires sont attendues",
      value: `${all.length} valeurs`,
      expected: `${codes.length} territoires`,
    });
  // Rounded once: a base of all areas must not print 17,1 for some and 17,0 for others. What rounding leaves lives in the parts.
  const shared = commonBase(none);
  let largestError = 0;
  const areas = codes.map((code, area): AreaDecomposition => {
    const own = Float64Array.from(parts, (part) => part[area]);
    const error = Math.abs(none[area] + own.reduce((sum, part) => sum + part, 0) - all[area]);
    if (error > largestError) largestError = error;
    const published = roundedParts(own, {
      step,
      from: shared !== null && Number.isFinite(none[area]) ? shared : none[area],
      to: all[area],
    });
    return { code, reference: none[area], value: all[area], parts: own, published };
  });
  return {
    factors,
    step,
    areas,
    leftOut: areas.filter(({ published }) => published === null).map(({ code }) => code),
    largestError,
  };
}
