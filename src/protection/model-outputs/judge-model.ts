import type { GateFinding } from "../gate-finding.ts";
import { Refusal } from "../refusal.ts";
import { checkThreshold, underThreshold } from "../rules/frequency.ts";
import { nestedFinding } from "../rules/nested-counts.ts";
import type { LeavesOutput, ModelOutput, RegressionOutput, SurvivalOutput, UnitsOutput } from "./model-output.ts";

/** Residual degrees of freedom under which a fit tells its data (ACRO's default). */
export const leastDegreesOfFreedom = 10;

/**
 * What a model's output says of people, and whether it may be published. Regressions: at least 10 residual degrees of freedom, no level of fewer than
 * t units, no saturated model (a saturated logit is the table), no other fit on nearly the same group. Leaves: at least t units each. Survival curves:
 * no step of fewer than t followed or t events. What is attached to one unit (residuals, leverages, medoids, parangons, neighbours) is people, and a
 * model fitted on individuals is not handed over. No count is told, nor which level or leaf is rare, nor how many are.
 * @throws Refusal when a count of units is not a whole number
 * @example
 * ```ts
 * const fit = { kind: "regression", observations: 400, parameters: 3, patterns: 90, levels: [{ name: "âge : 75 ans et plus", units: 6 }] };
 * judgeModel("accès au concert", fit, 11).map(({ code, place }) => [code, place]) // [["modalite-rare", "accès au concert"]]
 * ```
 */
export function judgeModel(name: string, output: ModelOutput, minUnits: number): readonly GateFinding[] {
  checkThreshold(minUnits);
  checkUnits(name, output);
  switch (output.kind) {
    case "regression":
      return regressionFindings(name, output, minUnits);
    case "leaves":
      return leafFindings(name, output, minUnits);
    case "survival":
      return survivalFindings(name, output, minUnits);
    case "units":
      return [unitFinding(name, output)];
    case "object":
      return output.individuals ? [objectFinding(name)] : [];
  }
}

/** NaN is under no threshold: a count that is not one would pass every rule. */
function checkUnits(name: string, output: ModelOutput): void {
  if (countsOf(output).every((count) => count !== undefined && Number.isSafeInteger(count) && count >= 0)) return;
  throw new Refusal({
    what: `Le modèle « ${name} » compte des unités qui n'en sont pas`,
    expected: "un nombre entier, positif ou nul, pour chaque modalité, feuille, marche ou groupe",
  });
}

function countsOf(output: ModelOutput): readonly (number | undefined)[] {
  switch (output.kind) {
    case "regression":
      return [
        output.observations,
        output.parameters,
        output.patterns,
        ...output.levels.map(({ units }) => units),
        ...(output.nested ?? []),
      ];
    case "leaves":
      return output.leaves.map(({ units }) => units);
    case "survival":
      return output.times.flatMap((_, i) => [output.atRisk[i], output.events[i]]);
    default:
      return [];
  }
}

function regressionFindings(name: string, output: RegressionOutput, minUnits: number): readonly GateFinding[] {
  const { observations, parameters, levels, patterns, nested = [] } = output;
  const findings: GateFinding[] = [];
  if (observations - parameters < leastDegreesOfFreedom)
    findings.push(
      refused(
        "degres-de-liberte",
        name,
        `au moins ${leastDegreesOfFreedom} degrés de liberté résiduels`,
        "Le modèle a presque autant de coefficients que d'unités\u00a0: il les décrit une à une.",
        "retirer des variables, ou élargir le groupe",
      ),
    );
  if (levels.some(({ units }) => underThreshold(units, minUnits)))
    findings.push(
      refused(
        "modalite-rare",
        name,
        `modalités d'au moins ${minUnits} unités`,
        `Le coefficient d'une modalité de moins de ${minUnits} unités parle de ces unités-là.`,
        "regrouper les modalités rares avec d'autres avant l'ajustement",
      ),
    );
  if (parameters >= patterns)
    findings.push(
      refused(
        "modele-sature",
        name,
        "moins de coefficients que de combinaisons",
        "Le modèle est saturé\u00a0: ses coefficients redonnent le tableau croisé des données.",
        "publier le tableau lui-même, contrôlé par release(), ou retirer des interactions",
      ),
    );
  for (const other of nested)
    if (nestedFinding(Math.min(observations, other), Math.max(observations, other), minUnits) !== null)
      findings.push(
        refused(
          "ajustements-emboites",
          name,
          `groupes qui diffèrent d'au moins ${minUnits} unités`,
          `Le même modèle est publié sur deux groupes qui diffèrent de moins de ${minUnits} unités\u00a0: la différence des deux parle d'elles.`,
          "ne publier qu'un des deux ajustements",
        ),
      );
  return findings;
}

function leafFindings(name: string, { leaves }: LeavesOutput, minUnits: number): readonly GateFinding[] {
  if (!leaves.some(({ units }) => underThreshold(units, minUnits))) return [];
  return [
    refused(
      "feuille-rare",
      name,
      `feuilles d'au moins ${minUnits} unités`,
      `Une feuille de moins de ${minUnits} unités décrit ces unités-là.`,
      "élaguer l'arbre jusqu'au seuil",
    ),
  ];
}

function survivalFindings(name: string, { atRisk, events }: SurvivalOutput, minUnits: number): readonly GateFinding[] {
  const thin = atRisk.some((followed, i) => events[i] !== 0 && (followed < minUnits || events[i] < minUnits));
  if (!thin) return [];
  return [
    refused(
      "marche-rare",
      name,
      `marches d'au moins ${minUnits} suivis et ${minUnits} événements`,
      `Une marche de la courbe date l'événement de moins de ${minUnits} unités.`,
      "regrouper les marches (groupedSurvival)",
    ),
  ];
}

const unitWords: Readonly<Record<UnitsOutput["what"], string>> = {
  residuals: "Des résidus",
  leverages: "Des leviers",
  influence: "Des points d'influence",
  medoids: "Des médoïdes",
  parangons: "Des parangons",
  "nearest neighbours": "Des plus proches voisins",
  predictions: "Des prédictions individuelles",
};

const unitFinding = (name: string, { what }: UnitsOutput): GateFinding =>
  refused(
    "unites-montrees",
    name,
    "aucune valeur attachée à une seule unité",
    `${unitWords[what]} sont des personnes\u00a0: chaque valeur n'en décrit qu'une.`,
    "publier leur répartition par classes d'au moins le seuil, ou un profil recomposé",
  );

const objectFinding = (name: string): GateFinding =>
  refused(
    "modele-livre",
    name,
    "aucun modèle ajusté sur des individus n'est livré",
    "Un modèle ajusté sur des individus peut révéler qui a servi à l'ajuster.",
    "publier ses coefficients contrôlés, ou ses résultats agrégés",
  );

const refused = (code: string, place: string, rule: string, sentence: string, remedy: string): GateFinding => ({
  code,
  place,
  rule,
  clause: null,
  sentence,
  remedy,
  severity: "refuse",
});
