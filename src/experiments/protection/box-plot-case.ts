import { frenchNumber } from "../../codes/french.ts";
import type { Figure } from "../../figures/figure.ts";
import { type PublishedSummary, summaryFindings } from "../../protection/rules/summaries.ts";
import { inventedRef, lessonThreshold } from "./invented-table.ts";
import { lessonTable } from "./lesson-table.ts";

/** Forty-eight invented incomes, EUR a year, the last of a household that everybody knows. */
export const inventedIncomes: readonly number[] = [
  ...Array.from({ length: 47 }, (_, i) => 9_000 + 260 * i + 37 * ((i * i) % 11)),
  96_400,
];

/** What a box plot prints of those incomes, whom each number is about, and what the rule answers. */
export function boxPlotCase(): Figure {
  const sorted = [...inventedIncomes].sort((a, b) => a - b);
  const n = sorted.length;
  const at = (order: number): number => sorted[Math.min(n - 1, Math.floor(order * n))] ?? Number.NaN;
  const quarter = { low: at(0.25), high: at(0.75) };
  const whisker = quarter.high + 1.5 * (quarter.high - quarter.low);
  const outliers = sorted.filter((income) => income > whisker);
  const euros = (value: number): string => frenchNumber(value, { unit: "€" });
  const answer = (summary: PublishedSummary): string => {
    const [first] = summaryFindings(summary, lessonThreshold);
    return first ? `refusé. ${first.sentence}` : "accepté";
  };
  const lines: readonly (readonly [drawn: string, value: string, whom: string, answer: string])[] = [
    [
      "Point isolé",
      outliers.map(euros).join(", "),
      "un ménage, que ses voisins reconnaissent",
      answer({ n, maxHolders: outliers.length }),
    ],
    ["Bout de la moustache basse", euros(at(0)), "le ménage le plus pauvre", answer({ n, minHolders: 1 })],
    [
      "Quartiles et médiane",
      [quarter.low, at(0.5), quarter.high].map(euros).join(", "),
      "douze ménages entre deux traits",
      answer({ n, quantiles: [0.25, 0.5, 0.75] }),
    ],
    [
      "Moustaches aux 5e et 95e centiles",
      "non diffusés ici",
      "deux ménages de chaque côté",
      answer({ n, quantiles: [0.05, 0.95] }),
    ],
  ];
  return lessonTable(
    [inventedRef("moustaches", "Quarante-huit revenus", inventedIncomes)],
    {
      dessin: { label: "Ce que la boîte montre", values: lines.map(([drawn, value]) => `${drawn} : ${value}`) },
      qui: { label: "De qui cela parle", values: lines.map(([, , whom]) => whom) },
      reponse: { label: "Réponse de la règle", values: lines.map(([, , , own]) => own) },
    },
    {
      id: "protection-moustaches",
      title: "Le point isolé d’une boîte à moustaches est un ménage",
      subtitle: `Revenus de ${frenchNumber(n)} ménages, en euros par an ; seuil de ${lessonThreshold}`,
      alt: "Tableau des parties d’une boîte à moustaches : valeur lue, ménages dont elle parle, réponse de la règle ; seules la boîte et sa médiane passent.",
      champ: "ménages inventés",
      lecture: `le point isolé, ${outliers.map(euros).join(", ")}, est le revenu d’un seul ménage.`,
    },
  );
}
