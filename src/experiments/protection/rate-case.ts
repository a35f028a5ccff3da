import { frenchNumber } from "../../codes/french.ts";
import type { Figure } from "../../figures/figure.ts";
import { countsBehindRate, type PublishedRate, rateFinding } from "../../protection/rules/rounded-rates.ts";
import { inventedRef, lessonThreshold } from "./invented-table.ts";
import { lessonTable } from "./lesson-table.ts";

/** A rate and its base: the cases of section 18 of our notes, and one that says nothing of a few people. */
export const lessonRates: readonly PublishedRate[] = [
  { rate: 3.1, base: 97, decimals: 1, rounding: "half-up" },
  { rate: 25, base: 40, decimals: 0, rounding: "half-up" },
  { rate: 33.3, base: 6, decimals: 1, rounding: "half-up" },
  { rate: 0.2, base: 5000, decimals: 1, rounding: "half-up" },
  { rate: 41, base: 830, decimals: 0, rounding: "half-up" },
];

/** Rates turned back into counts: which whole numbers round to what is printed. */
export function rateCase(): Figure {
  const counts = lessonRates.map((rate) => {
    const found = countsBehindRate(rate);
    if (found === null) return "aucun";
    const { least, greatest } = found;
    return least === greatest ? frenchNumber(least) : `de ${frenchNumber(least)} à ${frenchNumber(greatest)}`;
  });
  const answer = (guarantee: "ambiguous" | "interval"): string[] =>
    lessonRates.map((rate) => (rateFinding(rate, { minUnits: lessonThreshold, guarantee }) ? "refusé" : "accepté"));
  return lessonTable(
    [inventedRef("taux", "Cinq taux et leurs bases", lessonRates)],
    {
      taux: {
        label: "Taux publié",
        values: lessonRates.map(({ rate, decimals }) => frenchNumber(rate, { decimals, unit: "%" })),
      },
      base: { label: "Base publiée", values: lessonRates.map(({ base }) => frenchNumber(base)) },
      effectif: { label: "Effectifs qui s’arrondissent à ce taux", values: counts },
      simple: { label: "Contrat ordinaire", values: answer("ambiguous") },
      large: { label: `Contrat qui garantit de 0 à ${lessonThreshold}`, values: answer("interval") },
    },
    {
      id: "protection-taux",
      title: "Un taux et sa base redonnent un effectif",
      subtitle: `Nombres entiers qui s’arrondissent au taux publié ; seuil de ${lessonThreshold}`,
      alt: "Tableau de cinq taux avec leur base, les effectifs possibles et la réponse de deux contrats ; trois taux sont refusés par les deux.",
      champ: "taux inventés",
      lecture: "3,1 % de 97 personnes ne peut être que 3 personnes.",
    },
  );
}
