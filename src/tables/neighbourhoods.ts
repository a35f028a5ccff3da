import { QuartiersError } from "../codes/errors.ts";
import type { Shape } from "../codes/shape.ts";
import { numberColumn, numbers, type Table, takeRows, textColumn, texts, withColumns } from "../codes/table.ts";
import { loadShapes, loadTable } from "../sources/load.ts";
import { qpvIndicateursContract } from "../sources/qpv-indicateurs.ts";
import { qpvPerimetresContract } from "../sources/qpv-perimetres.ts";
import type { Territory } from "../sources/territory.ts";
import { centroid } from "./geometry.ts";
import { fromLambert93, shapeToLambert93 } from "./lambert93.ts";

/** The neighbourhoods of a territory: INSEE's indicators beside the true perimeters, one row a neighbourhood, sorted by code. */
export interface Neighbourhoods {
  /** The columns of the indicators, plus lon, lat (centre of the perimeter, degrees) and taille (size of the town). */
  readonly table: Table;
  /** Perimeters in Lambert-93 metres, in the order of the rows. */
  readonly metres: readonly Shape[];
}

/** Size of the town that holds a neighbourhood, by municipal population: the programme's « métropole, ville moyenne, petite ville ». */
export const townSizes: readonly { readonly label: string; readonly from: number }[] = [
  { label: "moins de 20\u202f000 hab.", from: 0 },
  { label: "20\u202f000 à 100\u202f000 hab.", from: 20_000 },
  { label: "plus de 100\u202f000 hab.", from: 100_000 },
];

/** The label of a town's size. */
export function townSize(population: number): string {
  return townSizes.findLast(({ from }) => population >= from)?.label ?? "taille inconnue";
}

/** Loads the neighbourhoods, and refuses a code that has indicators without a perimeter, or the reverse. */
export async function loadNeighbourhoods(territory: Territory): Promise<Neighbourhoods> {
  const [indicators, perimeters] = await Promise.all([
    loadTable(territory, qpvIndicateursContract),
    loadShapes(territory, qpvPerimetresContract),
  ]);
  const shapeRow = new Map(texts(perimeters.table, "code_qp").values.map((code, row) => [code, row]));
  const codes = texts(indicators, "code_qp").values;
  const alone = [
    ...codes.filter((code) => !shapeRow.has(code)),
    ...[...shapeRow.keys()].filter((code) => !codes.includes(code)),
  ];
  if (alone.length > 0) {
    throw new QuartiersError({
      what: `${alone.length} quartiers n'ont pas à la fois un périmètre et des indicateurs`,
      value: alone.slice(0, 5).join(", "),
      expected: "les mêmes codes dans les deux fichiers",
      remedy: "vérifier que les deux fichiers sont de la même génération (2015 ou 2024) et du même territoire",
    });
  }
  const order = codes.map((_, row) => row).sort((a, b) => ((codes[a] ?? "") < (codes[b] ?? "") ? -1 : 1));
  const sorted = takeRows(indicators, order);
  const metres = texts(sorted, "code_qp").values.map((code) =>
    shapeToLambert93(perimeters.shapes[shapeRow.get(code) ?? -1] ?? { polygons: [] }),
  );
  const centres = metres.map(centroid);
  const { lon, lat } = fromLambert93({
    x: Float64Array.from(centres, ({ x }) => x),
    y: Float64Array.from(centres, ({ y }) => y),
  });
  const communes = texts(perimeters.table, "code_commune").values;
  const sizes = Array.from(numbers(sorted, "pop_com").values, townSize);
  return {
    metres,
    table: withColumns(
      sorted,
      {
        lon: numberColumn(lon, { label: "Longitude du centre du périmètre", unit: "degrés" }),
        lat: numberColumn(lat, { label: "Latitude du centre du périmètre", unit: "degrés" }),
        code_commune: textColumn(
          texts(sorted, "code_qp").values.map((code) => communes[shapeRow.get(code) ?? -1] ?? ""),
          { label: "Code de la commune" },
        ),
        taille: textColumn(sizes, { label: "Taille de la commune" }),
      },
      perimeters.table,
    ),
  };
}

/** A perimeter and the town under whose name it is drawn. */
export interface PlacedNeighbourhood {
  readonly code: string;
  readonly group: string;
  readonly metres: Shape;
}

/** The perimeters with their code and town, for a map. */
export function placedShapes({ table: places, metres }: Neighbourhoods): readonly PlacedNeighbourhood[] {
  const names = texts(places, "nom_commune").values;
  return texts(places, "code_qp").values.map((code, row) => ({
    code,
    group: names[row] ?? "",
    metres: metres[row] ?? { polygons: [] },
  }));
}
