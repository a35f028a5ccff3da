import type { Witness } from "./witness.ts";

/** Cells to hide, with what is proven of them. */
export interface Pattern {
  /** Every hidden cell, primaries included, in ascending order. */
  readonly hide: Int32Array;
  /** Cells hidden to protect the primaries. */
  readonly complementary: number;
  /** What hiding them costs. */
  readonly cost: number;
  /** No pattern that protects every primary costs less than this, primaries not counted. */
  readonly bound: number;
  /** (cost - bound) / cost in percent; 0 when the minimum is proven. */
  readonly gapPercent: number;
  readonly proven: boolean;
  /** Primaries that no pattern, or no pattern found, protects: the table must be refused or redesigned. */
  readonly unprotected: readonly number[];
  /** For each protected primary, two tables that a reader cannot tell from the true one; of the scalable method only. */
  readonly witnesses: readonly Witness[];
  /** French sentence to print beside the table. */
  readonly sentence: string;
}

/** A pattern with its gap and its sentence. */
export function patternOf(
  hide: Int32Array,
  facts: {
    readonly primaries: number;
    readonly cost: number;
    readonly bound: number;
    readonly unprotected?: readonly number[];
    readonly witnesses?: readonly Witness[];
  },
): Pattern {
  const { primaries, cost, bound, unprotected = [], witnesses = [] } = facts;
  const proven = unprotected.length === 0 && cost - bound <= 1e-6 * Math.max(1, cost);
  const gapPercent = proven || cost === 0 ? 0 : (100 * (cost - bound)) / cost;
  const complementary = hide.length - primaries;
  return {
    hide,
    complementary,
    cost,
    bound: proven ? cost : bound,
    gapPercent,
    proven,
    unprotected,
    witnesses,
    sentence: sentenceOf(primaries, complementary, gapPercent, proven, unprotected.length),
  };
}

const percents = new Intl.NumberFormat("fr-FR", { maximumFractionDigits: 1 });

function sentenceOf(
  primaries: number,
  complementary: number,
  gapPercent: number,
  proven: boolean,
  unprotected: number,
): string {
  const hidden = `${primaries} cellule(s) masquée(s) pour elles-mêmes, ${complementary} pour les protéger`;
  if (unprotected > 0)
    return `${hidden}\u00a0; ${unprotected} restent sans protection, la table ne peut pas paraître ainsi.`;
  if (proven) return `${hidden}\u00a0: minimum prouvé.`;
  return `${hidden}\u00a0; au plus ${percents.format(gapPercent)}\u00a0% de perte de trop (écart à la borne).`;
}
