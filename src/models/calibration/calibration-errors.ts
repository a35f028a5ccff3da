import { QuartiersError } from "../../codes/errors.ts";
import type { MarginTie } from "./margin-dependencies.ts";
import type { ReachableMargins } from "./reachable-margins.ts";
import { marginName, type SeedColumns } from "./seed-columns.ts";

/** A margin in a proof: its part in the combination and its target. */
export interface ProofTerm {
  readonly margin: string;
  readonly coefficient: number;
  readonly target: number;
}

/** A combination of margins that the targets put at `demanded`, and that no admitted weights put over `largest`. */
export interface InfeasibilityProof {
  readonly terms: readonly ProofTerm[];
  readonly demanded: number;
  readonly largest: number;
}

/** A margin and the total nearest to its target that could be had with all the others (least sum of absolute gaps). */
export interface NearestTotal {
  readonly margin: string;
  readonly target: number;
  readonly nearest: number;
}

/** A combination of margins that is zero for any weights, and what the targets give instead. */
export interface CalibrationConflict {
  readonly terms: readonly ProofTerm[];
  readonly difference: number;
}

/** The margins contradict each other: no weights at all, of any sign, meet them. */
export class ConflictingMarginsError extends QuartiersError {
  readonly conflicts: readonly CalibrationConflict[];

  constructor(conflicts: readonly CalibrationConflict[], where?: string) {
    const [{ terms, difference } = { terms: [], difference: 0 }] = conflicts;
    super({
      what: "Marges qui se contredisent",
      value: `${sumText(terms)}${conflicts.length > 1 ? ` (première de ${conflicts.length} contradictions)` : ""}`,
      expected: `0, quels que soient les poids ; les marges données font ${numberText(difference)}`,
      remedy: "accorder les totaux (agreeTotals), ou caler souplement (ridge) des marges d'années différentes",
      ...(where === undefined ? {} : { where }),
    });
    this.conflicts = conflicts;
  }
}

/** Weights within the bounds cannot meet the margins; the error holds the proof, which anybody can check by hand. */
export class InfeasibleCalibrationError extends QuartiersError {
  readonly proof: InfeasibilityProof;
  /** Only the margins that would not be met. */
  readonly nearest: readonly NearestTotal[];

  constructor(proof: InfeasibilityProof, nearest: readonly NearestTotal[], bounds: string, where?: string) {
    super({
      what: "Marges hors d'atteinte",
      value: `${sumText(proof.terms)} = ${numberText(proof.demanded)}`,
      expected: `au plus ${numberText(proof.largest)}, pour tous poids dont le rapport est ${bounds}`,
      remedy: `élargir les bornes, regrouper des modalités ou caler souplement (ridge) ; au plus près\u00a0: ${nearest
        .slice(0, 4)
        .map(
          ({ margin, target, nearest: total }) => `${margin} à ${numberText(total)} au lieu de ${numberText(target)}`,
        )
        .join(", ")}`,
      ...(where === undefined ? {} : { where }),
    });
    this.proof = proof;
    this.nearest = nearest;
  }
}

/** The iterations ran out, though the margins are not proved out of reach. */
export class UnsolvedCalibrationError extends QuartiersError {
  constructor({ gap, iterations }: { readonly gap: number; readonly iterations: number }, where?: string) {
    super({
      what: "Le calage ne converge pas",
      value: `écart relatif de ${gap.toPrecision(3)} après ${iterations} itérations`,
      expected: "des marges intérieures à ce que l'échantillon peut donner",
      remedy: "élargir les bornes, regrouper les petites modalités, ou caler souplement (ridge)",
      ...(where === undefined ? {} : { where }),
    });
  }
}

/** The terms of a combination, from its coefficients. */
export function proofTerms(columns: SeedColumns, targets: Float64Array, coefficients: Float64Array): ProofTerm[] {
  return columns.margins.flatMap((margin, k) =>
    coefficients[k] === 0 ? [] : [{ margin: marginName(margin), coefficient: coefficients[k], target: targets[k] }],
  );
}

/** The error of a programme that found a gap. */
export function infeasible(
  columns: SeedColumns,
  targets: Float64Array,
  found: ReachableMargins,
  bounds: string,
  where?: string,
): InfeasibleCalibrationError {
  const nearest = columns.margins.flatMap((margin, k) =>
    Math.abs(found.reached[k] - targets[k]) > 1e-9 * Math.max(1, Math.abs(targets[k]))
      ? [{ margin: marginName(margin), target: targets[k], nearest: found.reached[k] }]
      : [],
  );
  const { demanded, largest } = found;
  return new InfeasibleCalibrationError(
    { terms: proofTerms(columns, targets, found.combination), demanded, largest },
    nearest,
    bounds,
    where,
  );
}

/** The conflicts among tied margins whose targets differ from what the others fix by more than `tolerance`, relative. */
export function conflictsOf(
  columns: SeedColumns,
  targets: Float64Array,
  ties: readonly MarginTie[],
  tolerance: number,
): CalibrationConflict[] {
  return ties.flatMap(({ margin, coefficients }) => {
    const whole = coefficients.map((coefficient) => 0 - coefficient + 0);
    whole[margin] = 1;
    let difference = 0;
    let scale = 0;
    for (let k = 0; k < targets.length; k++) {
      difference += whole[k] * targets[k];
      scale = Math.max(scale, Math.abs(whole[k] * targets[k]));
    }
    return Math.abs(difference) <= tolerance * scale
      ? []
      : [{ terms: proofTerms(columns, targets, whole), difference }];
  });
}

const numberText = (value: number): string =>
  String(Number(value.toPrecision(7)))
    .replace(".", ",")
    .replace("-", "\u2212");

/** « taille = 1 + taille = 2 − logement = HLM », with coefficients other than 1 written. */
function sumText(terms: readonly ProofTerm[]): string {
  const shown = terms.slice(0, 12).map(({ margin, coefficient }, i) => {
    const sign = coefficient < 0 ? "\u2212 " : i === 0 ? "" : "+ ";
    const size = Math.abs(coefficient);
    return `${sign}${size === 1 ? "" : `${numberText(size)} × `}[${margin}]`;
  });
  return `${shown.join(" ")}${terms.length > 12 ? ` et ${terms.length - 12} autres` : ""}`;
}
