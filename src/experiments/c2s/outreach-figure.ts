import { frenchNumber } from "../../codes/french.ts";
import { numberColumn, table, textColumn } from "../../codes/table.ts";
import type { Figure } from "../../figures/figure.ts";
import { outreachCurve } from "../../figures/outreach-curve.ts";
import { outreachByBudget } from "../../models/outreach/outreach-by-budget.ts";
import { release } from "../../protection/release.ts";
import type { OutreachAssumptions, OutreachChapter } from "./outreach.ts";
import { type C2sStudy, champOf, roundTo } from "./study.ts";

const shares = [0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4];

/** Rights opened by budget: the plan, the same money in equal parts, and by population. */
export function outreachFigure(
  study: C2sStudy,
  { areas, yields }: OutreachChapter,
  { seed, assumptions }: { readonly seed: number; readonly assumptions: OutreachAssumptions },
): Figure {
  const points = outreachByBudget({
    areas,
    budgetsEur: shares.map((share) => share * assumptions.budgetEur),
    costs: assumptions,
    yields,
    seed,
  });
  const ways = [
    ["Plan qui ouvre le plus de droits", "best"],
    ["Parts égales", "equalSplit"],
    ["Selon la population", "byPopulation"],
  ] as const;
  const rows = ways.flatMap(([way, key]) =>
    points.map((point) => ({ way, budget: point.budgetEur, ...point[key].opened })),
  );
  const persons = study.persons.reduce((sum, count) => sum + count, 0);
  const opened = (pick: (row: (typeof rows)[number]) => number, label: string) =>
    numberColumn(
      rows.map((row) => roundTo(pick(row), 1)),
      { label, unit: "droits" },
    );
  const data = release(
    table(
      {
        partage: textColumn(
          rows.map(({ way }) => way),
          { label: "Partage du budget" },
        ),
        budget: numberColumn(
          rows.map(({ budget }) => budget),
          { label: "Budget", unit: "€" },
        ),
        ouverts: opened(({ value }) => value, "Droits ouverts"),
        bas: opened(({ low }) => low, "Borne basse"),
        haut: opened(({ high }) => high, "Borne haute"),
        habitants: numberColumn(
          rows.map(() => persons),
          { label: "Habitants", unit: "personnes" },
        ),
      },
      study.lineage,
    ),
    { name: "droits ouverts selon le budget", open: ["partage", "budget"], counts: "habitants" },
  );
  const last = points.at(-1);
  const first = points.find(({ budgetEur }) => budgetEur === assumptions.budgetEur);
  const double = points.find(({ budgetEur }) => budgetEur === 2 * assumptions.budgetEur);
  const ratio = (double?.best.opened.value ?? Number.NaN) / (first?.best.opened.value ?? Number.NaN);
  return outreachCurve(data, {
    id: "c2s-aller-vers-budget",
    title: `Avec deux fois le budget, le plan ouvrirait ${frenchNumber(ratio, { decimals: 1 })} fois autant de droits`,
    subtitle: `Droits ouverts attendus selon le budget et la façon de le partager ; la bande est l’intervalle à 90 % du plan ; ouverture d’un quartier ${frenchNumber(assumptions.fixedEurArea, { unit: "€" })}, contact ${frenchNumber(assumptions.eurPerContact, { unit: "€" })} (hypothèses)`,
    alt: "Trois courbes croissantes des droits ouverts selon le budget : le plan, au-dessus des parts égales et du partage selon la population, avec une bande large autour du plan.",
    champ: champOf(study),
    lecture: `avec ${frenchNumber(assumptions.budgetEur, { unit: "€" })}, le plan ouvrirait environ ${frenchNumber(first?.best.opened.value ?? Number.NaN)} droits ; avec ${frenchNumber(last?.budgetEur ?? Number.NaN, { unit: "€" })}, ${frenchNumber(last?.best.opened.value ?? Number.NaN)}.`,
    series: "partage",
    budget: "budget",
    opened: "ouverts",
    low: "bas",
    high: "haut",
    mark: { budgetEur: assumptions.budgetEur, label: "Budget du tableau" },
    axisTitle: "Droits ouverts",
    parameters: { ...study.parameters, ...assumptions, graine_plan: seed },
  });
}
