import { QuartiersError } from "../../codes/errors.ts";

/** Share of the eligible persons whose rights are held by the scheme that counts the beneficiaries. */
export interface SchemeShare {
  /** Between 0 (excluded) and 1. */
  readonly value: number;
  /** Standard error; 0 when it is held for exact. */
  readonly se: number;
  /** Persons who belong to a scheme together (mean size of a foyer, by person), for the chance of a small area to differ from its share. Default 2. */
  readonly personsTogether?: number;
  /** Where the share comes from, for the page. */
  readonly source: string;
}

/**
 * Eligible persons of one scheme: a numerator that counts the general scheme alone asks for a denominator that does too, or areas of farmers (MSA) seem
 * not to use their right. Refuses shares out of ]0, 1]. O(values).
 * @example
 * ```ts
 * [...eligibleInScheme(Float64Array.of(1000, 400), { value: 0.9, se: 0, source: "essai" })] // [ 900, 360 ]
 * ```
 */
export function eligibleInScheme(eligible: Float64Array, share: SchemeShare): Float64Array {
  checkSchemeShare(share);
  return eligible.map((count) => count * share.value);
}

export function checkSchemeShare({ value, se }: SchemeShare): void {
  if (!(value > 0 && value <= 1 && se >= 0 && se < Number.POSITIVE_INFINITY))
    throw new QuartiersError({
      what: "Part de régime impossible",
      value: `${value} (erreur type ${se})`,
      expected: "une part entre 0 (exclu) et 1, une erreur type positive ou nulle",
    });
}
