import { frenchNumber } from "../../codes/french.ts";
import { NOT_AVAILABLE, numberColumn, PRESENT, table, textColumn } from "../../codes/table.ts";
import type { Figure } from "../../figures/figure.ts";
import { screeBars } from "../../figures/scree-bars.ts";
import { release } from "../../protection/release.ts";
import type { PracticeMap } from "./practice-map.ts";

/** Axes shown: beyond, bars are all alike. */
const shown = 8;

/** What each axis holds, by the raw rate, Benzécri's and Greenacre's, each named. */
export function screeFigure({ analysis, survey }: PracticeMap): Figure {
  const { axes, report, questions } = analysis;
  const rows = Array.from({ length: Math.min(shown, axes.eigenvalues.length) }, (_, axis) => axis);
  const mean = 1 / questions.names.length;
  const rate = (values: Float64Array, label: string) => {
    const own = rows.map((axis) =>
      axes.pseudoEigenvalues[axis] > 0 ? Math.round(10 * values[axis]) / 10 : Number.NaN,
    );
    return numberColumn(own, {
      label,
      unit: "%",
      missing: Uint8Array.from(own, (value) => (Number.isNaN(value) ? NOT_AVAILABLE : PRESENT)),
    });
  };
  const data = release(
    table(
      {
        axe: textColumn(
          rows.map((axis) => `Axe ${axis + 1}`),
          { label: "Axe" },
        ),
        inertie: numberColumn(
          rows.map((axis) => Math.round(1e4 * axes.eigenvalues[axis]) / 1e4),
          { label: "Inertie", unit: "" },
        ),
        brut: numberColumn(
          rows.map((axis) => Math.round(10 * axes.percentages[axis]) / 10),
          { label: "Taux brut", unit: "%" },
        ),
        benzecri: rate(axes.benzecri, "Taux de Benzécri"),
        greenacre: rate(axes.greenacre, "Taux de Greenacre"),
        personnes: numberColumn(
          rows.map(() => report.activeRows),
          { label: "Personnes", unit: "personnes", summable: true },
        ),
      },
      survey.lineage,
    ),
    { name: "inertie des axes", counts: "personnes", open: ["axe"] },
  );
  const first = (values: Float64Array): string => frenchNumber(values[0], { decimals: 1, unit: "%" });
  return screeBars(data, {
    id: "culture-inertie",
    title: `L’axe 1 : ${first(axes.percentages)} de l’inertie brute ; ${first(axes.benzecri)} et ${first(axes.greenacre)} une fois corrigée (Benzécri, Greenacre)`,
    subtitle:
      "Trois taux pour les mêmes axes : le brut est trop bas, celui de Benzécri flatte ; sous la moyenne (trait), un axe n’a pas de taux corrigé",
    alt: `Barres horizontales pour ${rows.length} axes en quatre colonnes : l’inertie, puis la part de chaque axe par le taux brut, celui de Benzécri et celui de Greenacre.`,
    champ: survey.field,
    lecture: `l’axe 1 a une inertie de ${frenchNumber(axes.eigenvalues[0], { decimals: 3 })} : ${first(axes.percentages)} au taux brut.`,
    axis: "axe",
    eigenvalue: "inertie",
    rates: [
      { column: "brut", name: "Taux brut" },
      { column: "benzecri", name: "Taux de Benzécri" },
      { column: "greenacre", name: "Taux de Greenacre" },
    ],
    mean,
    kept: 2,
  });
}
