import { QuartiersError } from "../../codes/errors.ts";

/**
 * What to do with a stratum that has one unit only, of several in the population, whose variance cannot be seen. R survey's name (survey.lonely.psu) is in brackets:
 * refuse ("fail" [fail]), count it for nothing ("certainty" [certainty], or "remove" [remove], which say why in two ways and give one number), take its
 * square from the grand mean, 0 for a linearised mean ("centred" [adjust]), or give it the mean of the other strata ("average" [average]). Always chosen, never
 * silent, and never by domain: a stratum is lonely in the whole design.
 */
export type LonelyUnitRule = "fail" | "certainty" | "remove" | "centred" | "average";

/** Strata of one stage, as the rules see them. */
export interface LonelyStage {
  /** "primaire", "de degré 2"... */
  readonly unitName: string;
  readonly first: boolean;
  readonly strata: number;
  /** Names of the strata with one unit. */
  readonly lonely: readonly string[];
}

/** Refuses lonely strata that the rule cannot treat: all of them under "fail"; under "average", those that no other stratum can stand for. */
export function checkLonelyUnits({ unitName, first, strata, lonely }: LonelyStage, rule: LonelyUnitRule): void {
  if (lonely.length === 0) return;
  const value = lonely
    .slice(0, 5)
    .map((name) => name || "(strate unique)")
    .join(", ");
  if (rule === "fail")
    throw new QuartiersError({
      what: `Strate à une seule unité ${unitName}\u00a0: sa variance ne se calcule pas`,
      value,
      expected: "au moins deux unités par strate",
      remedy: "regrouper des strates, ou choisir une règle (certainty, remove, centred, average) et l'écrire",
    });
  if (rule === "average" && (!first || lonely.length === strata))
    throw new QuartiersError({
      what: `Règle average sans strate qui montre une variance, pour une strate à une seule unité ${unitName}`,
      value,
      expected: first ? "au moins une strate de deux unités" : "des strates isolées au premier degré seulement",
      remedy: "choisir certainty, remove ou centred, et l'écrire",
    });
}
