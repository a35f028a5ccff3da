import { frenchNumber } from "../../codes/french.ts";
import { numberColumn, numbers, table, textColumn } from "../../codes/table.ts";
import { dataTable } from "../../figures/data-table.ts";
import type { Figure } from "../../figures/figure.ts";
import { weightedQuantiles } from "../../models/access/weighted-quantile.ts";
import type { SeedHouseholds } from "../../models/microsimulation/seed-households.ts";
import { release } from "../../protection/release.ts";
import { type Note, note } from "../experiment.ts";
import { type AreaFit, type AreaMargins, calibrateMarginSets } from "./margin-sets.ts";
import { type C2sStudy, champOf, roundTo } from "./study.ts";

export interface WeightsReport {
  readonly table: Figure;
  /** Areas whose calibration did not end. */
  readonly failed: number;
  /** Why each margin has its error and is held as it is. */
  readonly reasons: Note;
  /** Median over areas of Kish's effective number of households. */
  readonly effective: number;
}

/** Names of the margins as they are printed. */
const words: Readonly<Record<string, string>> = {
  age: "âge",
  jeunesse: "indice de jeunesse",
  ménages: "nombre de ménages",
};

/** Margins of the calibration: which areas have each, how it is held, its error, and how many areas miss it; and what is left of the seed. */
export function weightsReport(study: C2sStudy, margins: AreaMargins, seed: SeedHouseholds): WeightsReport {
  const fits = calibrateMarginSets(margins.sets, seed);
  const unmet = (name: string): number =>
    fits.filter((fit) => fit.unmet.some((margin) => margin.startsWith(name))).length;
  const kinds = margins.kinds.map((kind) => ({ ...kind, label: words[kind.name] ?? kind.name }));
  const column = (values: readonly number[], label: string, unit: string, step: number) =>
    numberColumn(
      values.map((value) => roundTo(value, step)),
      { label, unit },
    );
  const persons = study.persons.reduce((sum, count) => sum + count, 0);
  const data = release(
    table(
      {
        marge: textColumn(
          kinds.map(({ label }) => label),
          { label: "Marge" },
        ),
        quartiers: column(
          kinds.map(({ areas }) => areas),
          "Quartiers qui l’ont",
          "",
          1,
        ),
        tenue: textColumn(
          kinds.map(({ softness }) =>
            softness === 0 ? "exactement" : softness < 0.1 ? "presque exactement" : "avec souplesse",
          ),
          { label: "Tenue" },
        ),
        erreur: column(
          kinds.map(({ relativeSd }) => 100 * relativeSd),
          "Incertitude de la marge",
          "%",
          0.1,
        ),
        manquee: column(
          kinds.map(({ name }) => unmet(name)),
          "Quartiers où elle est manquée",
          "",
          1,
        ),
        habitants: column(
          kinds.map(() => persons),
          "Habitants",
          "personnes",
          1,
        ),
      },
      study.lineage,
    ),
    { name: "marges du calage", open: ["marge", "tenue"], counts: "habitants" },
  );
  const known = fits.filter((fit: AreaFit) => fit.failure === null);
  const [effective = Number.NaN, ratio = Number.NaN] = [
    weightedQuantiles(
      Float64Array.from(known, ({ effectiveAfter }) => effectiveAfter),
      null,
      [0.5],
    )[0],
    weightedQuantiles(
      Float64Array.from(known, ({ largestRatio }) => largestRatio),
      null,
      [0.5],
    )[0],
  ];
  const before = known[0]?.effectiveBefore ?? Number.NaN;
  return {
    failed: fits.length - known.length,
    effective,
    reasons: note(kinds.map(({ label, reason }) => `- **${label}** : ${reason}.`).join("\n")),
    table: dataTable(data, {
      id: "c2s-calage-tableau",
      title: "Les marges sur lesquelles les ménages sont calés, quartier par quartier",
      subtitle: `${frenchNumber(seed.households)} ménages de départ, qui valent, pour la précision, ${frenchNumber(before, { decimals: 0 })} ménages de même poids ; il en reste ${frenchNumber(effective, { decimals: 0 })} dans le quartier médian, où le plus grand rapport de poids vaut ${frenchNumber(ratio, { decimals: 0 })} fois le rapport médian. Une marge est manquée quand l’écart dépasse son erreur type`,
      alt: "Tableau des marges du calage : nombre de quartiers qui l’ont, façon dont elle est tenue, erreur type, quartiers où elle est manquée.",
      champ: champOf(study),
      lecture: `la marge « ${kinds[0]?.label ?? ""} » est connue dans ${frenchNumber(numbers(data, "quartiers").values[0])} quartiers.`,
      columns: ["marge", "quartiers", "tenue", "erreur", "manquee"],
      parameters: study.parameters,
    }),
  };
}
