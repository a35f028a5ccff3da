import { QuartiersError } from "../../codes/errors.ts";
import { degreesOfFreedom, type SurveyDesign } from "./design.ts";

/** Refuses a calibrated design: each replicate would have to be calibrated too. */
export function checkReplicable({ calibration }: SurveyDesign): void {
  if (calibration)
    throw new QuartiersError({
      what: "Réplications d'un plan déjà calé",
      expected: "le plan d'avant le calage",
      remedy: "faire les réplications du plan d'origine, puis les caler (calibratedReplicates)",
    });
}

/** Degrees of freedom of the whole survey under made replicates: units less strata, and at most replicates - 1. */
export const degreesOfWhole = (design: SurveyDesign, replicates: number): number =>
  Math.min(replicates - 1, degreesOfFreedom(design, null));
