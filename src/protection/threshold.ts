import type { SecrecyRule, SourceRef } from "../codes/lineage.ts";
import { Refusal } from "./refusal.ts";

/** The strictest rule of a lineage: the threshold belongs to the producer, and a joined table takes the strictest of its parents. */
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
  return strictest.secrecy;
}
