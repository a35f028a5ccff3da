import { frenchNumber, HARD_SPACE } from "../../codes/french.ts";

/** A measure of places, with what is needed to print it. */
export interface PlaceMeasure {
  /** « durée médiane jusqu'aux offres ». */
  readonly label: string;
  readonly unit: string;
  readonly decimals?: number;
  readonly values: Float64Array;
}

/** One bound on one measure (number in the list). */
export interface Bound {
  readonly measure: number;
  readonly side: "at-least" | "under";
  readonly limit: number;
}

/** A rule of one to three bounds that says a class, and how well. */
export interface ClassRule {
  readonly bounds: readonly Bound[];
  /** Places of the class that obey the rule, and others that do. */
  readonly right: number;
  readonly wrong: number;
  /** Places of the class. */
  readonly members: number;
}

/**
 * The bounds that best say who is in a class, one after the other: each time, of all measures and all limits half-way between two neighbouring values, the one
 * that gives the best F1 (harmonic mean of the part of the class that is found and of the part of those found that are of it), as long as it gains. At most three: a rule
 * that needs more does not explain. Equal gains: the first measure, the smallest limit. O(measures x n log n).
 * @example
 * ```ts
 * const minutes = { label: "durée", unit: "min", values: Float64Array.of(10, 12, 30, 34) };
 * const rule = classRule([minutes], (row) => row >= 2);
 * explainRule([minutes], rule) // "durée d’au moins 21 min : 2 sur 2, et 0 autre"
 * ```
 */
export function classRule(measures: readonly PlaceMeasure[], belongs: (row: number) => boolean, most = 3): ClassRule {
  const size = measures[0]?.values.length ?? 0;
  const inClass = Uint8Array.from({ length: size }, (_, row) => (belongs(row) ? 1 : 0));
  const members = inClass.reduce((sum, one) => sum + one, 0);
  let kept = Int32Array.from(inClass.keys());
  let rule: ClassRule = { bounds: [], right: members, wrong: size - members, members };
  while (rule.bounds.length < most && rule.wrong > 0) {
    const bound = bestBound(measures, kept, inClass, members, scoreOf(rule));
    if (!bound) break;
    kept = kept.filter((row) => obeys(measures, bound, row));
    const right = kept.reduce((sum, row) => sum + inClass[row], 0);
    rule = { bounds: [...rule.bounds, bound], right, wrong: kept.length - right, members };
  }
  return rule;
}

/** Whether a row is within a bound. */
export const obeys = (measures: readonly PlaceMeasure[], { measure, side, limit }: Bound, row: number): boolean => {
  const value = measures[measure]?.values[row] ?? Number.NaN;
  return side === "at-least" ? value >= limit : value < limit;
};

const scoreOf = ({ right, wrong, members }: Omit<ClassRule, "bounds">): number =>
  (2 * right) / (right + wrong + members);

function bestBound(
  measures: readonly PlaceMeasure[],
  kept: Int32Array,
  inClass: Uint8Array,
  members: number,
  toBeat: number,
): Bound | null {
  let best: Bound | null = null;
  let bestScore = toBeat + 1e-9;
  const right = kept.reduce((sum, row) => sum + inClass[row], 0);
  measures.forEach(({ values }, measure) => {
    const order = kept.slice().sort((a, b) => values[a] - values[b]);
    let rightUnder = 0;
    for (let k = 1; k < order.length; k++) {
      rightUnder += inClass[order[k - 1]];
      const [below, above] = [values[order[k - 1]], values[order[k]]];
      if (below === above) continue;
      for (const side of ["under", "at-least"] as const) {
        const found = side === "under" ? rightUnder : right - rightUnder;
        const all = side === "under" ? k : order.length - k;
        const score = scoreOf({ right: found, wrong: all - found, members });
        if (score <= bestScore) continue;
        bestScore = score;
        best = { measure, side, limit: (below + above) / 2 };
      }
    }
  });
  return best;
}

/** The rule in words, with how many it finds. */
export function explainRule(measures: readonly PlaceMeasure[], { bounds, right, wrong, members }: ClassRule): string {
  const say = ({ measure, side, limit }: Bound): string => {
    const { label = "", unit = "", decimals = 0 } = measures[measure] ?? {};
    const number = frenchNumber(limit, { decimals, unit });
    return side === "under" ? `${label} de moins de ${number}` : `${label} d’au moins ${number}`;
  };
  const words = bounds.length === 0 ? "aucune borne ne la sépare" : bounds.map(say).join(" et ");
  return `${words}${HARD_SPACE}: ${frenchNumber(right)} sur ${frenchNumber(members)}, et ${frenchNumber(wrong)} autre${wrong > 1 ? "s" : ""}`;
}
