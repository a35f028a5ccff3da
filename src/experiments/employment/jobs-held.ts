import { frenchNumber } from "../../codes/french.ts";
import { mergeLineages } from "../../codes/lineage.ts";
import { numberColumn, numbers, table, textColumn, texts } from "../../codes/table.ts";
import { dataTable } from "../../figures/data-table.ts";
import type { Figure } from "../../figures/figure.ts";
import { greatCircleKm } from "../../models/access/great-circle.ts";
import { weightedMean, weightedQuantiles } from "../../models/access/weighted-quantile.ts";
import { release } from "../../protection/release.ts";
import { communePointsContract } from "../../sources/commune-points.ts";
import { loadTable } from "../../sources/load.ts";
import { isAvailable } from "../../sources/locate.ts";
import { rpMobproContract } from "../../sources/rp-mobpro.ts";
import type { Territory } from "../../sources/territory.ts";
import { type Note, note } from "../experiment.ts";
import { rounded } from "../rows.ts";

/** Distance to the jobs HELD, from commune to commune: another quantity than the distance to the offers that people look for, never set in one series with it. */
export async function jobsHeld(territory: Territory): Promise<Figure | Note> {
  if (!isAvailable(territory, rpMobproContract) || !isAvailable(territory, communePointsContract))
    return note(
      "La distance aux emplois **occupés**, qui est une autre grandeur, demande le fichier des mobilités professionnelles du recensement : ce territoire ne l’a pas.",
    );
  const [journeys, points] = await Promise.all([
    loadTable(territory, rpMobproContract, { columns: ["COMMUNE", "DCLT", "IPONDI"] }),
    loadTable(territory, communePointsContract),
  ]);
  const [lon, lat] = [numbers(points, "lon").values, numbers(points, "lat").values];
  const placeOf = new Map(texts(points, "code_commune").values.map((code, row) => [code, row]));
  const weights = numbers(journeys, "IPONDI").values;
  const work = texts(journeys, "DCLT").values;
  const pairs = texts(journeys, "COMMUNE").values.flatMap((home, row) => {
    const [from, to] = [placeOf.get(home), placeOf.get(work[row] ?? "")];
    if (from === undefined || to === undefined) return [];
    return [{ km: greatCircleKm(lon[from], lat[from], lon[to], lat[to]), weight: weights[row], same: from === to }];
  });
  const all = weights.reduce((sum, weight) => sum + weight, 0);
  const describe = (name: string, kept: typeof pairs): { name: string; people: number; cells: readonly number[] } => {
    const km = Float64Array.from(kept, (pair) => pair.km);
    const weight = Float64Array.from(kept, (pair) => pair.weight);
    const [q1 = Number.NaN, median = Number.NaN, q3 = Number.NaN] = weightedQuantiles(km, weight, [0.25, 0.5, 0.75]);
    return {
      name,
      people: weight.reduce((sum, n) => sum + n, 0),
      cells: [weightedMean(km, weight), q1, median, q3],
    };
  };
  const rows = [
    describe("actifs qui travaillent dans une commune du territoire", pairs),
    describe(
      "dont ceux qui changent de commune",
      pairs.filter(({ same }) => !same),
    ),
  ];
  const column = (k: number, label: string) =>
    numberColumn(
      rounded(
        rows.map(({ cells }) => cells[k] ?? Number.NaN),
        1,
      ),
      { label, unit: "km" },
    );
  const released = release(
    table(
      {
        champ: textColumn(
          rows.map(({ name }) => name),
          { label: "Actifs occupés" },
        ),
        actifs: numberColumn(
          rounded(
            rows.map(({ people }) => people),
            0,
          ),
          { label: "Actifs (pondérés)", unit: "personnes" },
        ),
        moyenne: column(0, "Distance moyenne"),
        q1: column(1, "Premier quartile"),
        mediane: column(2, "Médiane"),
        q3: column(3, "Troisième quartile"),
      },
      mergeLineages(journeys.lineage, points.lineage),
    ),
    { name: "distance aux emplois occupés" },
  );
  const placed = pairs.reduce((sum, { weight }) => sum + weight, 0);
  return dataTable(released, {
    id: "acces-emplois-occupes",
    title: "Autre grandeur : la distance aux emplois occupés",
    subtitle:
      "Du point de la commune de résidence à celui de la commune de travail, à vol d’oiseau ; zéro pour qui travaille dans sa commune",
    alt: "Tableau de deux lignes : distance moyenne, quartiles et médiane entre la commune de résidence et la commune de travail.",
    champ: `actifs occupés ${territory.synthetic ? "inventés " : ""}de tout le territoire, recensement ; ${frenchNumber((100 * (all - placed)) / all, { decimals: 1, unit: "%" })} travaillent hors des communes placées`,
    lecture: `parmi les actifs qui changent de commune, la moitié travaille à plus de ${frenchNumber(numbers(released, "mediane").values[1], { decimals: 1, unit: "km" })} de sa commune. Ce n’est pas la distance aux offres recherchées : ces emplois sont occupés, par tous les habitants.`,
    columns: ["champ", "actifs", "moyenne", "q1", "mediane", "q3"],
  });
}
