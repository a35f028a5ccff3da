import { frenchDate, frenchNumber } from "../../codes/french.ts";
import { numberColumn, table, textColumn } from "../../codes/table.ts";
import { dataTable } from "../../figures/data-table.ts";
import type { Figure } from "../../figures/figure.ts";
import { stepChart } from "../../figures/step-chart.ts";
import { c2sCeiling } from "../../models/benefits/c2s-ceiling.ts";
import { c2sPeriods, c2sRightLabels } from "../../models/benefits/c2s-parameters.ts";
import { release } from "../../protection/release.ts";
import type { Released } from "../../protection/released.ts";
import { c2sLawRef } from "../published-facts.ts";

/** The ceilings by date and household size, straight from the texts. */
export function ceilingFigures(date: string): { readonly ceilings: Figure; readonly ceilingTable: Figure } {
  const sizes = [1, 2, 3, 4];
  const dates = c2sPeriods.map(({ from }) => from);
  const rows = dates.flatMap((from) =>
    sizes.map((persons) => ({ from, persons, ceiling: c2sCeiling({ date: from, persons }) })),
  );
  const label = (persons: number): string => (persons === 1 ? "1 personne" : `${persons} personnes`);
  const law = release(
    table(
      {
        date: textColumn(
          rows.map(({ from }) => from),
          { label: "À partir du" },
        ),
        foyer: textColumn(
          rows.map(({ persons }) => label(persons)),
          { label: "Foyer" },
        ),
        gratuite: numberColumn(
          rows.map(({ ceiling }) => ceiling.freeEurYear),
          { label: "Plafond de la C2S gratuite", unit: "EUR/an" },
        ),
        participation: numberColumn(
          rows.map(({ ceiling }) => ceiling.participationEurYear),
          { label: "Plafond avec participation", unit: "EUR/an" },
        ),
        statut: textColumn(
          rows.map(({ ceiling }) =>
            ceiling.free.status === ceiling.participation.status
              ? ceiling.free.status
              : `${ceiling.free.status}, ${ceiling.participation.status}`,
          ),
          { label: "Montants" },
        ),
      },
      [c2sLawRef],
    ),
    { name: "plafonds de la C2S", open: ["date", "foyer", "statut"] },
  );
  const single = c2sCeiling({ date, persons: 1 });
  const text = {
    champ: "France métropolitaine, foyers de une à quatre personnes",
    parameters: { article: "CSS L. 861-1, R. 861-3" },
  };
  return {
    ceilings: stepChart(law, {
      ...text,
      id: "c2s-plafonds",
      title: `Le plafond de la C2S gratuite d’une personne seule est passé de ${frenchNumber(c2sCeiling({ date: dates[0] ?? date, persons: 1 }).freeEurYear)} à ${frenchNumber(c2sCeiling({ date: dates.at(-1) ?? date, persons: 1 }).freeEurYear, { unit: "€" })} par an`,
      subtitle:
        "Plafond annuel de la C2S gratuite (avant le 1er novembre 2019, de la CMU-C), en euros, selon la taille du foyer",
      alt: "Quatre courbes en escalier, une par taille de foyer de une à quatre personnes, qui montent un peu à chaque revalorisation et davantage en 2022, 2023 et 2024.",
      lecture: `au ${frenchDate(single.from)}, une personne seule a droit à la C2S gratuite si ses ressources annuelles sont inférieures à ${frenchNumber(single.freeEurYear, { unit: "€" })}.`,
      date: "date",
      value: "gratuite",
      series: "foyer",
      axisTitle: "Euros par an",
    }),
    ceilingTable: dataTable(ceilingsByDate(dates, sizes), {
      ...text,
      id: "c2s-plafonds-tableau",
      title: "Les plafonds de la C2S, par date et par taille de foyer",
      subtitle:
        "Montants annuels en euros ; un montant est « publié » quand un arrêté, ou un barème imprimé par un tiers, le donne ; « dérivé » (tailles entre parenthèses) quand il est calculé par la chaîne des revalorisations ; avant le 1er novembre 2019, ces plafonds sont ceux de la CMU-C et de l’ACS. D’autres barèmes impriment des montants qui diffèrent d’un ou deux euros",
      alt: "Tableau des plafonds annuels, gratuits puis avec participation, une ligne par date de revalorisation et une colonne par taille de foyer.",
      lecture: `au ${frenchDate(single.from)}, le plafond avec participation d’une personne seule est de ${frenchNumber(single.participationEurYear, { unit: "€" })}.`,
    }),
  };
}

/** One row a date and right, one column a household size, and which of the amounts are derived. */
function ceilingsByDate(dates: readonly string[], sizes: readonly number[]): Released {
  const rows = (["free", "participation"] as const).flatMap((right) =>
    dates.map((from) => ({ from, right, amounts: sizes.map((persons) => c2sCeiling({ date: from, persons })[right]) })),
  );
  const derived = (amounts: readonly { readonly status: string }[]): string => {
    const found = sizes.filter((_, i) => amounts[i]?.status === "dérivé");
    return found.length === 0 ? "tous publiés" : `dérivés (${found.join(", ")})`;
  };
  return release(
    table(
      {
        droit: textColumn(
          rows.map(({ right }) => c2sRightLabels[right]),
          { label: "C2S" },
        ),
        date: textColumn(
          rows.map(({ from }) => frenchDate(from)),
          { label: "À partir du" },
        ),
        ...Object.fromEntries(
          sizes.map((persons, i) => [
            `personnes_${persons}`,
            numberColumn(
              rows.map(({ amounts }) => amounts[i]?.eurYear ?? Number.NaN),
              { label: `${persons} pers.`, unit: "€" },
            ),
          ]),
        ),
        statut: textColumn(
          rows.map(({ amounts }) => derived(amounts)),
          { label: "Montants" },
        ),
      },
      [c2sLawRef],
    ),
    { name: "plafonds de la C2S par date", open: ["droit", "date", "statut"] },
  );
}
