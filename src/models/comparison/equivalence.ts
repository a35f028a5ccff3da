import { QuartiersError } from "../../codes/errors.ts";
import { normalQuantile } from "../uncertainty/normal.ts";
import { studentCdf, studentQuantile } from "../uncertainty/student-t.ts";

/** What can be concluded of a gap. "indécis" is said of the data, which are too few: never of the gap. */
export type GapVerdict = "équivalent" | "différent" | "différent mais négligeable" | "indécis";

/** A gap and the variance that its design gives it, in one unit (shares, points...). */
export interface MeasuredGap {
  readonly gap: number;
  readonly standardError: number;
  /** Infinity for the normal law. */
  readonly degreesOfFreedom: number;
}

export interface Equivalence extends MeasuredGap {
  /** Largest gap that changes nothing, fixed before looking. */
  readonly margin: number;
  /** Interval of 90 %: the gap is equivalent when all of it is strictly within the margin. */
  readonly interval90: readonly [number, number];
  /** Interval of 95 %: the gap is different when 0 is out of it. */
  readonly interval95: readonly [number, number];
  /** Two-sided, of "the gap is 0". */
  readonly pDifference: number;
  /** One-sided, of "the gap is -margin or less". */
  readonly pBelow: number;
  /** One-sided, of "the gap is margin or more". */
  readonly pAbove: number;
  /** The larger of the last two: of "the gap is at least the margin, on one side or the other". */
  readonly pEquivalence: number;
  readonly verdict: GapVerdict;
  /** Gap that a study of this precision finds four times in five: (z 0.975 + z 0.80) x standard error. */
  readonly smallestDetectable: number;
}

const level = 0.05;

/**
 * Can one conclude that there is no difference? Two one-sided tests (Schuirmann 1987) against a margin that has no default: it is fixed before looking, by who knows what a gap costs.
 * At most one time in twenty is a true gap of the margin, or more, called equivalent. A gap without a standard error or a degree of freedom (NaN) is "indécis".
 * @example
 * ```ts
 * equivalence({ gap: 0.004, standardError: 0.012, degreesOfFreedom: 300 }, 0.05).verdict // "équivalent"
 * ```
 */
export function equivalence(measured: MeasuredGap, margin: number): Equivalence {
  const { gap, standardError, degreesOfFreedom } = measured;
  if (!(margin > 0 && margin < Number.POSITIVE_INFINITY))
    throw new QuartiersError({
      what: "Marge d'équivalence impossible",
      value: String(margin),
      expected: "un nombre positif, dans l'unité de l'écart, fixé avant de regarder les données",
    });
  if (standardError < 0)
    throw new QuartiersError({
      what: "Erreur type négative",
      value: String(standardError),
      expected: "un nombre positif, 0, ou NaN quand elle n'est pas connue",
    });
  const chanceOfMore = (distance: number): number => {
    if (standardError === 0) return distance > 0 ? 0 : 1;
    return studentCdf(-distance / standardError, degreesOfFreedom);
  };
  const pDifference = Math.min(1, 2 * chanceOfMore(Math.abs(gap)));
  const pBelow = chanceOfMore(gap + margin);
  const pAbove = chanceOfMore(margin - gap);
  const pEquivalence = Math.max(pBelow, pAbove);
  const interval = (confidence: number): readonly [number, number] => {
    const half = studentQuantile((1 + confidence) / 2, degreesOfFreedom) * standardError;
    return [gap - half, gap + half];
  };
  return {
    gap,
    standardError,
    degreesOfFreedom,
    margin,
    interval90: interval(1 - 2 * level),
    interval95: interval(1 - level),
    pDifference,
    pBelow,
    pAbove,
    pEquivalence,
    verdict: gapVerdict(pDifference, pEquivalence),
    smallestDetectable: smallestDetectableGap(standardError),
  };
}

/**
 * The verdict that two p-values give at the level of 5 %, adjusted or not. A missing one (NaN) concludes nothing.
 * @example
 * ```ts
 * gapVerdict(0.3, 0.2) // "indécis"
 * ```
 */
export function gapVerdict(pDifference: number, pEquivalence: number): GapVerdict {
  const different = pDifference < level;
  if (pEquivalence < level) return different ? "différent mais négligeable" : "équivalent";
  return different ? "différent" : "indécis";
}

/**
 * The gap that a two-sided test at 5 % finds four times in five, 2.80 standard errors.
 * @example
 * ```ts
 * smallestDetectableGap(0.01).toFixed(6) // "0.028016"
 * ```
 */
export function smallestDetectableGap(standardError: number): number {
  return (normalQuantile(1 - level / 2) + normalQuantile(0.8)) * standardError;
}
