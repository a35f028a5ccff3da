import { adjustedPValues, type PValueAdjustment } from "./adjusted-p-values.ts";
import { type Equivalence, equivalence, type GapVerdict, gapVerdict, type MeasuredGap } from "./equivalence.ts";

/** A gap among others: its own tests, and what is left of them when all are counted. */
export interface FamilyGap extends Equivalence {
  readonly name: string;
  readonly adjustedDifference: number;
  readonly adjustedEquivalence: number;
  /** The verdict of the adjusted p-values; the intervals remain those of one gap. */
  readonly adjustedVerdict: GapVerdict;
}

export interface GapFamily {
  readonly margin: number;
  readonly adjustment: PValueAdjustment;
  /** Gaps that could be tested, in each direction. */
  readonly tests: number;
  readonly gaps: readonly FamilyGap[];
}

/**
 * Equivalence and difference of several gaps against one margin. Seventeen practices are seventeen tests: p-values are adjusted over the family, those of difference and
 * those of equivalence apart, by a method that is named. O(n log n).
 * @example
 * ```ts
 * const gaps = [{ name: "cinéma", gap: 0.03, standardError: 0.014, degreesOfFreedom: 400 }, { name: "musée", gap: 0.01, standardError: 0.012, degreesOfFreedom: 400 }];
 * equivalences(gaps, { margin: 0.05, adjustment: "holm" }).gaps.map(({ verdict, adjustedVerdict }) => [verdict, adjustedVerdict]) // [ [ 'différent', 'indécis' ], [ 'équivalent', 'équivalent' ] ]
 * ```
 */
export function equivalences(
  gaps: readonly (MeasuredGap & { readonly name: string })[],
  { margin, adjustment }: { readonly margin: number; readonly adjustment: PValueAdjustment },
): GapFamily {
  const alone = gaps.map((measured) => ({ name: measured.name, ...equivalence(measured, margin) }));
  const difference = adjustedPValues(
    Float64Array.from(alone, ({ pDifference }) => pDifference),
    adjustment,
  );
  const equivalent = adjustedPValues(
    Float64Array.from(alone, ({ pEquivalence }) => pEquivalence),
    adjustment,
  );
  return {
    margin,
    adjustment,
    tests: difference.reduce((count, p) => count + (Number.isNaN(p) ? 0 : 1), 0),
    gaps: alone.map((gap, i) => ({
      ...gap,
      adjustedDifference: difference[i],
      adjustedEquivalence: equivalent[i],
      adjustedVerdict: gapVerdict(difference[i], equivalent[i]),
    })),
  };
}
