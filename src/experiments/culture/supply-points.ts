import { mergeLineages, type SourceRef } from "../../codes/lineage.ts";
import type { Shape } from "../../codes/shape.ts";
import { numbers, texts } from "../../codes/table.ts";
import { communesContract } from "../../sources/communes.ts";
import { communesContoursContract } from "../../sources/communes-contours.ts";
import { filosofiCarreauxContract } from "../../sources/filosofi-carreaux.ts";
import { loadShapes, loadTable } from "../../sources/load.ts";
import type { Territory } from "../../sources/territory.ts";
import { centroid } from "../../tables/geometry.ts";
import { HomeList } from "../../tables/home-list.ts";
import { type HomePoints, pointsByCommune, pointsInside, populatedSquares } from "../../tables/home-points.ts";
import { fromLambert93, type GeographicPoints, shapeToLambert93 } from "../../tables/lambert93.ts";
import type { Neighbourhoods } from "../../tables/neighbourhoods.ts";
import type { TravelPoints } from "../travel/travel-times.ts";

/** At most so many points stand for where the people of a neighbourhood, of a commune live. */
export const supplyPointsOf = { neighbourhood: 8, commune: 16 } as const;

/** Where residents live: those of the neighbourhoods, and everybody, who competes for the same seats. */
export interface SupplyPoints {
  readonly points: TravelPoints;
  /** Home points of each neighbourhood, in the order of the table. */
  readonly neighbourhoods: readonly HomePoints[];
  /** Residents of the whole territory at each point: those of communes, shared among their points; neighbourhoods are inside. */
  readonly residents: Float64Array;
  readonly lineage: readonly SourceRef[];
}

/**
 * Points of the neighbourhoods from the populated squares of 200 m, and of every commune as competitors: its squares where they are known, otherwise
 * the centre of its outline.
 */
export async function supplyPoints(territory: Territory, { table, metres }: Neighbourhoods): Promise<SupplyPoints> {
  const [squares, communes, outlines] = await Promise.all([
    loadTable(territory, filosofiCarreauxContract, { columns: ["idcar_200m", "ind"] }),
    loadTable(territory, communesContract),
    loadShapes(territory, communesContoursContract),
  ]);
  const populated = populatedSquares(squares);
  const homes = new HomeList(populated);
  const centres = { lon: numbers(table, "lon").values, lat: numbers(table, "lat").values };
  const codes = texts(table, "code_qp").values;
  const neighbourhoods = pointsInside(populated, metres).map((rows, row) =>
    rows.length > 0 ? homes.group(rows, supplyPointsOf.neighbourhood) : homes.point(codes[row] ?? "", centres, row),
  );
  const codesOfOutlines = texts(outlines.table, "code_commune").values;
  const inside = pointsByCommune(populated, { codes: codesOfOutlines, shapes: outlines.shapes });
  const communeCentres = centresOf(outlines.shapes);
  const groups = codesOfOutlines.map((code, row) => {
    const rows = inside.get(code);
    return rows ? homes.group(rows, supplyPointsOf.commune) : homes.point(`commune ${code}`, communeCentres, row);
  });
  const populationOf = new Map(
    texts(communes, "code_commune").values.map((code, row) => [code, numbers(communes, "population").values[row]]),
  );
  const points = homes.points();
  const residents = new Float64Array(points.ids.length);
  groups.forEach(({ rows, shares }, commune) => {
    const people = populationOf.get(codesOfOutlines[commune] ?? "") ?? 0;
    rows.forEach((row, k) => {
      residents[row] += (Number.isFinite(people) ? people : 0) * (shares[k] ?? 0);
    });
  });
  return {
    points,
    neighbourhoods,
    residents,
    lineage: mergeLineages(table.lineage, squares.lineage, communes.lineage, outlines.table.lineage),
  };
}

/** Centres of outlines given in degrees, in degrees. */
function centresOf(shapes: readonly Shape[]): GeographicPoints {
  const centres = shapes.map(shapeToLambert93).map(centroid);
  return fromLambert93({
    x: Float64Array.from(centres, ({ x }) => x),
    y: Float64Array.from(centres, ({ y }) => y),
  });
}
