import { frenchNumber, frenchOf } from "../codes/french.ts";
import { numberColumn, numbers, SECRET, table, textColumn, texts } from "../codes/table.ts";
import { dataTable } from "../figures/data-table.ts";
import type { Figure } from "../figures/figure.ts";
import { neighbourhoodMap } from "../figures/neighbourhood-map.ts";
import { weightedQuantiles } from "../models/access/weighted-quantile.ts";
import { release } from "../protection/release.ts";
import type { Territory } from "../sources/territory.ts";
import { type Neighbourhoods, placedShapes } from "../tables/neighbourhoods.ts";
import { finiteRows, rounded } from "./rows.ts";

/** Two readings of the published indicators: who is registered as a job seeker, and what the file does not say. */
export function publishedIndicators(
  territory: Territory,
  places: Neighbourhoods,
): { readonly seekersMap: Figure; readonly holes: Figure } {
  const { table: t } = places;
  const seekers = numbers(t, "abcde");
  const population = numbers(t, "pop_mun").values;
  const released = release(
    table(
      {
        code_qp: texts(t, "code_qp"),
        nom_qp: texts(t, "nom_qp"),
        nom_commune: texts(t, "nom_commune"),
        part: numberColumn(
          rounded(
            Array.from(seekers.values, (n, row) => (100 * n) / population[row]),
            1,
          ),
          { label: "Demandeurs d’emploi pour 100 habitants", unit: "pour 100 hab.", missing: seekers.missing },
        ),
      },
      t.lineage,
    ),
    { name: "demandeurs d’emploi par quartier" },
  );
  const shown = finiteRows(released, "part");
  const first = shown[0] ?? 0;
  const rate = (row: number): string => frenchNumber(numbers(released, "part").values[row], { decimals: 1 });
  const [median = Number.NaN] = weightedQuantiles(
    Float64Array.from(shown, (row) => numbers(released, "part").values[row]),
    null,
    [0.5],
  );
  const hidden = released.numRows - shown.length;
  const champ = `quartiers prioritaires (génération 2015) ${frenchOf(territory.label)}`;
  const seekersMap = neighbourhoodMap(released, {
    id: "emploi-demandeurs-carte",
    title: `Dans le quartier médian, on compte ${frenchNumber(median, { decimals: 0 })} demandeurs d’emploi pour 100 habitants`,
    subtitle:
      "Demandeurs d’emploi de catégories A à E en 2020, pour 100 habitants de tous âges en 2015 ; tous les quartiers à la même échelle",
    alt: `Carte des ${released.numRows} quartiers, ville par ville à la même échelle, colorés selon la part de demandeurs d’emploi ; ${hidden} quartiers restent blancs, leur effectif est secret.`,
    champ: `${champ} ; ${hidden} quartiers dont l’effectif n’est pas diffusé sont laissés en blanc`,
    lecture: `dans le quartier ${texts(released, "nom_qp").values[first]} (${texts(released, "nom_commune").values[first]}), on compte ${rate(first)} demandeurs d’emploi pour 100 habitants.`,
    code: "code_qp",
    name: "nom_qp",
    value: "part",
    unit: "",
    legend: "Demandeurs d’emploi pour 100 habitants",
    perimeters: placedShapes(places),
  });
  const rows = Object.entries(t.columns)
    .filter(([name, column]) => column.type === "number" && column.missing && name !== "lon" && name !== "lat")
    .map(([name, column]) => ({
      name,
      label: column.label,
      secret: countOf(column.missing, SECRET),
      other: (column.missing ?? new Uint8Array()).reduce((sum, code) => sum + (code > SECRET ? 1 : 0), 0),
    }))
    .filter(({ secret, other }) => secret + other > 0)
    .sort((a, b) => b.secret + b.other - a.secret - a.other || (a.name < b.name ? -1 : 1));
  const holesTable = release(
    table(
      {
        indicateur: textColumn(
          rows.map(({ label }) => label),
          { label: "Indicateur" },
        ),
        colonne: textColumn(
          rows.map(({ name }) => name),
          { label: "Colonne" },
        ),
        diffuses: numberColumn(
          rows.map(({ secret, other }) => t.numRows - secret - other),
          { label: "Quartiers diffusés", unit: "", summable: false },
        ),
        secrets: numberColumn(
          rows.map(({ secret }) => secret),
          { label: "Secrets", unit: "", summable: false },
        ),
        absents: numberColumn(
          rows.map(({ other }) => other),
          { label: "Sans valeur, raison inconnue", unit: "", summable: false },
        ),
      },
      t.lineage,
    ),
    { name: "valeurs absentes du fichier des quartiers" },
  );
  const worst = rows[0];
  const holes = dataTable(holesTable, {
    id: "emploi-valeurs-absentes",
    title: `Ce que le fichier ne dit pas : jusqu’à ${frenchNumber((worst?.secret ?? 0) + (worst?.other ?? 0))} quartiers sur ${frenchNumber(t.numRows)} sans valeur`,
    subtitle:
      "Nombre de quartiers diffusés, secrets ou sans valeur, par indicateur ; une valeur absente n’est jamais un zéro",
    alt: "Tableau des indicateurs qui ont des valeurs absentes, du plus lacunaire au plus complet, avec le nombre de quartiers diffusés, secrets et sans valeur.",
    champ,
    lecture: `l’indicateur « ${worst?.label ?? ""} » est diffusé pour ${frenchNumber(t.numRows - (worst?.secret ?? 0) - (worst?.other ?? 0))} quartiers.`,
    columns: ["indicateur", "diffuses", "secrets", "absents"],
  });
  return { seekersMap, holes };
}

const countOf = (mask: Uint8Array | null, code: number): number =>
  (mask ?? new Uint8Array()).reduce((sum, entry) => sum + (entry === code ? 1 : 0), 0);
