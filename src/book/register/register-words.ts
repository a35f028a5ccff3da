import { frenchCount, frenchDate, frenchNumber } from "../../codes/french.ts";
import type { Override } from "../../protection/override.ts";
import type { PrivacyAccount } from "../../protection/perturbation/privacy-account.ts";
import { spentOf } from "../../protection/perturbation/privacy-account.ts";
import { inForceOn } from "../../sources/contracts/terms-check.ts";
import { markdownTable } from "../transparency/markdown-table.ts";
import type { ProcessedSource, Processing } from "./processing.ts";
import type { CountedRefusal } from "./refusals.ts";
import { printedRefusals } from "./refused-words.ts";

/** What the noise of publications costs the people of one data set. */
export interface NamedAccount {
  readonly name: string;
  readonly account: PrivacyAccount;
}

/** The partners' files of all processings, each once, in the order of their titles. */
export function partnerSources(processings: readonly Processing[]): readonly ProcessedSource[] {
  const byId = new Map<string, ProcessedSource>();
  for (const { sources } of processings)
    for (const source of sources) if (source.access === "partner") byId.set(source.id, source);
  return [...byId.values()].toSorted((a, b) => (a.title < b.title ? -1 : 1));
}

/** Permissions of the partners and their dates. */
export function permissionsText(processings: readonly Processing[]): string {
  const sources = partnerSources(processings);
  if (sources.length === 0)
    return "Aucun fichier de partenaire n'est lu pour ce territoire : aucune autorisation n'est en cours.";
  return [
    "Chaque fichier de partenaire est lu sous un contrat signé des deux côtés. Une autorisation retirée ou un terme passé arrête la construction suivante du livre.",
    markdownTable(
      ["Fichier", "Fournisseur", "Autorisation", "En vigueur depuis", "Dernier jour d'utilisation", "Seuil"],
      sources.map(({ title, provider, terms, minUnits, unit, thresholdStated }) => [
        title,
        provider,
        `${terms.permission.status} le ${frenchDate(terms.permission.on)}`,
        frenchDate(inForceOn(terms)),
        terms.retention === "sans limite" ? "sans limite" : frenchDate(terms.retention),
        `${frenchNumber(minUnits)} (${unit}), ${thresholdStated ? "énoncé par le fournisseur" : "le plus strict connu, faute de seuil énoncé"}`,
      ]),
      { caption: "Les fichiers de partenaires et leurs dates", widths: [23, 18, 14, 13, 14, 18] },
    ),
  ].join("\n\n");
}

/** Exports that the gate refused, counted. */
export function refusalsText(refusals: readonly CountedRefusal[]): string {
  if (refusals.length === 0) return "Aucun refus n'est inscrit au registre de ce livre.";
  const times = refusals.reduce((sum, { count }) => sum + count, 0);
  return [
    `Le contrôle a refusé ${times > 1 ? `${frenchCount(times)} demandes de publication` : "une demande de publication"} pendant l'écriture de ce livre ; rien de ce qui a été refusé n'y est. Le registre dit la règle et le lieu, jamais la valeur protégée.`,
    markdownTable(
      ["Tableau ou fichier", "Règle", "Article de la clause", "Refus", "Du", "Au"],
      printedRefusals(refusals).map(({ place, rule, clause, count, first, last }) => [
        place,
        rule,
        clause ?? "règle du logiciel",
        frenchNumber(count),
        frenchDate(first),
        frenchDate(last),
      ]),
      { caption: "Les refus, leur règle et leurs jours", widths: [24, 26, 14, 8, 14, 14] },
    ),
  ].join("\n\n");
}

/** Decisions to publish in spite of a rule, with who signed and why. */
export function overridesText(overrides: readonly Override[]): string {
  if (overrides.length === 0) return "Aucune dérogation : rien n'a été publié malgré une règle.";
  return [
    "Une dérogation est une décision signée de publier malgré une règle. Elle vaut pour un lieu, une règle et un temps.",
    markdownTable(
      ["Lieu", "Règle", "Motif", "Signée par", "Le", "Jusqu'au", "Accord du fournisseur"],
      overrides.map(({ place, rule, reason, signedBy, on, until, agreement }) => [
        place,
        rule,
        reason,
        signedBy,
        frenchDate(on),
        frenchDate(until),
        agreement ?? "sans objet : règle du logiciel",
      ]),
      { caption: "Les dérogations, leur motif et leur signature", widths: [14, 14, 22, 14, 11, 11, 14] },
    ),
  ].join("\n\n");
}

/** What has been spent of each privacy budget. */
export function budgetText(accounts: readonly NamedAccount[]): string {
  if (accounts.length === 0)
    return "Aucun chiffre de ce livre n'est bruité : les petits effectifs sont masqués. Aucun budget de confidentialité n'est donc entamé.";
  const epsilon = (milli: number): string => frenchNumber(milli / 1000, { decimals: 3 });
  return [
    "Un chiffre bruité coûte une part du budget de confidentialité (ε) promis aux personnes. Les dépenses s'additionnent ; au plafond, plus rien n'est publié.",
    markdownTable(
      ["Données", "Plafond (ε)", "Dépensé (ε)", "Reste (ε)", "Publications"],
      accounts.map(({ name, account }) => [
        name,
        epsilon(account.limit),
        epsilon(spentOf(account)),
        epsilon(account.limit - spentOf(account)),
        account.spendings.map(({ label, milliEpsilon }) => `${label} (${epsilon(milliEpsilon)})`).join(" ; ") ||
          "aucune",
      ]),
      { caption: "Les budgets de confidentialité et leurs dépenses", widths: [24, 14, 14, 14, 34] },
    ),
  ].join("\n\n");
}
