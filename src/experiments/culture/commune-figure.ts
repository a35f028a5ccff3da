import { frenchNumber } from "../../codes/french.ts";
import { numberColumn, numbers, table, textColumn } from "../../codes/table.ts";
import { dotPlot } from "../../figures/dot-plot.ts";
import type { Figure } from "../../figures/figure.ts";
import { release } from "../../protection/release.ts";
import type { CommuneExpected } from "./commune-expected.ts";

const share = (value: number): string => frenchNumber(value, { decimals: 0, unit: "%" });

/** What the composition alone would give in each commune that holds a neighbourhood, with its interval. */
export function communeFigure({ practice, communes, lineage }: CommuneExpected, region: string): Figure {
  const percent = (pick: (row: CommuneExpected["communes"][number]) => number, label: string) =>
    numberColumn(
      communes.map((row) => Math.round(100 * pick(row))),
      { label, unit: "%" },
    );
  const data = release(
    table(
      {
        commune: textColumn(
          communes.map(({ name }) => name),
          { label: "Commune" },
        ),
        part: percent(({ rate }) => rate.estimate, "Part attendue"),
        bas: percent(({ rate }) => rate.low, "Borne basse"),
        haut: percent(({ rate }) => rate.high, "Borne haute"),
        habitants: numberColumn(
          communes.map(({ persons }) => Math.round(persons)),
          { label: "Habitants de 15 ans ou plus", unit: "personnes", summable: true },
        ),
      },
      lineage,
    ),
    { name: "pratique attendue d’après la composition", counts: "habitants", open: ["commune"] },
  );
  const values = numbers(data, "part").values;
  const order = [...values.keys()].sort((a, b) => values[a] - values[b]);
  const [least, most] = [order[0] ?? 0, order.at(-1) ?? 0];
  const lowOf = numbers(data, "bas").values;
  const highOf = numbers(data, "haut").values;
  return dotPlot(data, {
    id: "culture-quartiers",
    title: `${practice.label} : avec les comportements de 2003, la composition ferait attendre ${share(values[least])} à ${share(values[most])} selon la commune`,
    subtitle:
      "Part attendue si chacun avait la pratique des personnes de même sexe, âge et diplôme de l’enquête nationale ; intervalle à 95 %, sans effet du lieu par construction",
    alt: "Un point et son intervalle par commune qui a un quartier prioritaire, de la part attendue la plus forte à la plus faible.",
    champ: `communes qui ont un quartier prioritaire, ${region} ; habitants de 15 ans ou plus en 2018, part des femmes de tous âges ; comportements des personnes de 18 ans ou plus, France métropolitaine, 2003`,
    lecture: `${communes[most]?.name ?? ""} : d’après sa composition, ${share(values[most])} des habitants y iraient dans l’année, entre ${frenchNumber(lowOf[most])} et ${share(highOf[most])}.`,
    row: "commune",
    value: "part",
    low: "bas",
    high: "haut",
    order: "value",
    axisTitle: "Part attendue (%)",
    format: ",.0f",
  });
}
