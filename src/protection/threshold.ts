import type { SecrecyRule, SourceRef } from "../codes/lineage.ts";
import { Refusal } from "./refusal.ts";

/**
 * The rule that holds for a table of several sources: the threshold belongs to the producer, a joined table takes the strictest of its parents.
 * @throws Refusal when there is no source, or one without a threshold or a unit
 */
export function strictestRule(lineage: readonly SourceRef[], name: string): SecrecyRule {
  const [first, ...others] = lineage;
  if (!first) {
    throw new Refusal({
      what: `La table « ${name} » n'a pas de source : aucun seuil ne peut lui être appliqué`,
      expected: "une table dont la lignée cite les fichiers d'où elle vient",
      remedy: "partir d'une table chargée, ou passer la lignée à table()",
    });
  }
  const strictest = others.reduce(
    (best, source) => (source.secrecy.minUnits > best.secrecy.minUnits ? source : best),
    first,
  );
  if (lineage.some(({ secrecy }) => !(secrecy.minUnits >= 1))) {
    throw new Refusal({
      what: `Une source de la table « ${name} » n'énonce pas de seuil`,
      expected: "un seuil d'au moins une unité dans le contrat de chaque source",
    });
  }
  const nameless = lineage.find(({ secrecy }) => !secrecy.unit?.trim());
  if (nameless) {
    throw new Refusal({
      what: `Le contrat d'une source de la table « ${name} » ne dit pas ce que son seuil compte`,
      value: nameless.title,
      expected: "l'unité du secret : ménage, personne, établissement…",
      remedy: "compléter le champ unit de la règle de secret",
    });
  }
  return mergedRule(
    strictest.secrecy,
    lineage.map(({ secrecy }) => secrecy),
  );
}

/** Every clause of every source holds: the threshold is the strictest one's, each other limit the most severe that any source states. */
function mergedRule(strictest: SecrecyRule, rules: readonly SecrecyRule[]): SecrecyRule {
  const stated = <K extends keyof SecrecyRule>(key: K): NonNullable<SecrecyRule[K]>[] =>
    rules.flatMap((rule) => (rule[key] === undefined ? [] : [rule[key] as NonNullable<SecrecyRule[K]>]));
  const dominance = unique(stated("dominance").flat());
  const outsideKnowledge = unique(stated("outsideKnowledge").flat());
  const pPercent = stated("pPercent");
  const amountPercent = stated("amountPercent");
  const interval = stated("interval");
  const weighted = [...new Set(stated("weighted"))];
  return {
    unit: strictest.unit,
    minUnits: strictest.minUnits,
    statedBy: strictest.statedBy,
    ...(dominance.length > 0 ? { dominance } : {}),
    ...(outsideKnowledge.length > 0 ? { outsideKnowledge } : {}),
    ...(pPercent.length > 0 ? { pPercent: Math.max(...pPercent) } : {}),
    ...(amountPercent.length > 0 ? { amountPercent: Math.max(...amountPercent) } : {}),
    ...(interval.length > 0
      ? {
          interval: [
            Math.min(...interval.map(([low]) => low)),
            Math.max(strictest.minUnits, ...interval.map(([, high]) => high)),
          ] as const,
        }
      : {}),
    ...(stated("zeros").includes("sensitive") ? { zeros: "sensitive" as const } : {}),
    ...(stated("rates").includes("interval") ? { rates: "interval" as const } : {}),
    ...(weighted.length === 1 && weighted[0] !== undefined && rules.every((rule) => rule.weighted === weighted[0])
      ? { weighted: weighted[0] }
      : {}),
  };
}

const unique = <T>(values: readonly T[]): readonly T[] => [
  ...new Map(values.map((value) => [JSON.stringify(value), value])).values(),
];
