import { frenchDate, frenchNumber } from "../../codes/french.ts";
import { numberColumn, table, textColumn } from "../../codes/table.ts";
import { dataTable } from "../../figures/data-table.ts";
import type { Figure } from "../../figures/figure.ts";
import { type ExplanationNode, explainEntitlement } from "../../models/benefits/c2s-explanation.ts";
import type { C2sHousehold } from "../../models/benefits/c2s-household.ts";
import { participationEurMonth } from "../../models/benefits/participation.ts";
import { release } from "../../protection/release.ts";
import { c2sLawRef } from "../published-facts.ts";

/** First year of each age band of the participation, as the arrêté prints them. */
const bands = [
  { label: "moins de 30 ans", age: 0 },
  { label: "30 à 49 ans", age: 30 },
  { label: "50 à 59 ans", age: 50 },
  { label: "60 à 69 ans", age: 60 },
  { label: "70 ans et plus", age: 70 },
] as const;

/** What a person pays each month between the two ceilings, by age. */
export function participationTable(date: string): Figure {
  const amounts = (scheme: "general" | "alsace-moselle") =>
    bands.map(({ age }) => participationEurMonth({ ageOnFirstJanuary: age, date, scheme }));
  const data = release(
    table(
      {
        age: textColumn(
          bands.map(({ label }) => label),
          { label: "Âge au 1er janvier" },
        ),
        general: numberColumn(amounts("general"), { label: "Cas général", unit: "€/mois" }),
        alsace: numberColumn(amounts("alsace-moselle"), { label: "Régime local d’Alsace-Moselle", unit: "€/mois" }),
      },
      [c2sLawRef],
    ),
    { name: "participation à la C2S", open: ["age"] },
  );
  return dataTable(data, {
    id: "c2s-participation-tableau",
    title: "Au-dessus du plafond, la C2S coûte de 8 à 30 € par mois et par personne",
    subtitle:
      "Participation mensuelle de chaque personne du foyer, selon l’âge au 1er janvier de l’année d’attribution (CSS, art. L. 861-11 et R. 861-16-1)",
    alt: "Tableau de cinq tranches d’âge : participation mensuelle dans le cas général, de 8 à 30 euros, et dans le régime local d’Alsace-Moselle, de 2,80 à 10,50 euros.",
    champ: "foyers dont les ressources sont entre le plafond et ce plafond augmenté de 35 %",
    lecture: `une personne de 45 ans paie ${frenchNumber(participationEurMonth({ ageOnFirstJanuary: 45, date }), { unit: "€" })} par mois.`,
    parameters: { date },
  });
}

/** An invented household on which every step of the rule is read: a lone parent of two, tenant, with wages and family benefits. */
export const exampleHousehold: C2sHousehold = {
  persons: [
    {
      role: "claimant",
      birthDate: "1984-05-20",
      resources: { wages: 14_400, familySupport: 2_784, familyAllowances: 1_583 },
    },
    { role: "child", birthDate: "2008-09-03", resources: {} },
    { role: "child", birthDate: "2014-02-11", resources: {} },
  ],
  occupancy: "tenant",
  housingBenefitEurMonth: 320,
  receivesRsa: false,
};

/** The rule read line by line on one invented household: what a caseworker sees, with the article of each line. */
export function explanationTable(date: string): Figure {
  const { tree, whatWouldChange, entitlement } = explainEntitlement(exampleHousehold, date);
  const rows = [
    ...flattened(tree, 0),
    ...whatWouldChange.map((sentence) => ({ label: "Ce qui changerait la réponse", value: sentence, article: "" })),
  ];
  const column = (pick: (row: (typeof rows)[number]) => string, label: string) => textColumn(rows.map(pick), { label });
  const data = release(
    table(
      {
        etape: column(({ label }) => label, "Étape"),
        valeur: column(({ value }) => value, "Valeur"),
        article: column(({ article }) => article, "Article"),
      },
      [c2sLawRef],
    ),
    { name: "explication d'un foyer inventé", open: ["etape", "valeur", "article"] },
  );
  return dataTable(data, {
    id: "c2s-explication-tableau",
    title: `Un foyer inventé de ${entitlement.foyer.persons} personnes, ligne par ligne : ${tree.value}`,
    subtitle: `Réponse donnée par la règle pour une demande au ${frenchDate(date)} ; chaque ligne cite son article`,
    alt: "Tableau des étapes de la règle pour un foyer inventé : composition, ressources ligne à ligne, plafonds, décision, et ce qui changerait la réponse, avec l’article de chaque étape.",
    champ: "un foyer inventé : un parent seul, deux enfants, locataire avec une aide au logement",
    lecture: `avec ${frenchNumber(entitlement.resourcesEurYear, { decimals: 0, unit: "€" })} de ressources par an, la réponse est : ${tree.value}.`,
    parameters: { date },
  });
}

/** The tree as lines; depth is said by dashes, since a table has no indent that a screen reader tells. */
function flattened(
  { label, value, article = "", children }: ExplanationNode,
  depth: number,
): { readonly label: string; readonly value: string; readonly article: string }[] {
  const mark = depth === 0 ? "" : `${"– ".repeat(depth)}`;
  return [{ label: `${mark}${label}`, value, article }, ...children.flatMap((child) => flattened(child, depth + 1))];
}
