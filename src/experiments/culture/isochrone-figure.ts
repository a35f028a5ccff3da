import { frenchNumber } from "../../codes/french.ts";
import { mergeLineages } from "../../codes/lineage.ts";
import { numbers, table, textColumn, texts } from "../../codes/table.ts";
import type { Figure } from "../../figures/figure.ts";
import { isochroneMap } from "../../figures/isochrone-map.ts";
import { attachPoints } from "../../models/streets/attach-points.ts";
import { isochrone } from "../../models/streets/isochrone.ts";
import { isochroneArea } from "../../models/streets/isochrone-area.ts";
import { release } from "../../protection/release.ts";
import { shapeFromLambert93 } from "../../tables/lambert93.ts";
import type { Neighbourhoods } from "../../tables/neighbourhoods.ts";
import { kindLabel } from "./facilities.ts";
import { type PlacedSupply, residentsWithin, supplyThresholds } from "./supply.ts";
import { share } from "./supply-columns.ts";

/** Libraries: the kind of place that residents reach on foot. */
const drawnKind = "F307";

/** Degrees around the neighbourhoods of the town: about 2 km. */
const margin = 0.02;

/** The threshold whose share of residents is in the title. */
const titleMinutes = 15;

/** Where one is on foot within 5, 15 and 30 minutes of a library, around the neighbourhoods of the town that has most of their residents. */
export function isochroneFigure(places: Neighbourhoods, supply: PlacedSupply): Figure | null {
  const points = supply.facilities.points;
  if (!points) return null;
  const town = largestTown(places);
  const rows = texts(places.table, "nom_commune").values.flatMap((name, row) => (name === town ? [row] : []));
  const [lon, lat] = [numbers(places.table, "lon").values, numbers(places.table, "lat").values];
  const box = {
    west: Math.min(...rows.map((row) => lon[row])) - margin,
    east: Math.max(...rows.map((row) => lon[row])) + margin,
    south: Math.min(...rows.map((row) => lat[row])) - margin,
    north: Math.max(...rows.map((row) => lat[row])) + margin,
  };
  const near = [...points.ids.keys()].filter(
    (row) =>
      supply.facilities.kind[row] === drawnKind &&
      points.lon[row] > box.west &&
      points.lon[row] < box.east &&
      points.lat[row] > box.south &&
      points.lat[row] < box.north,
  );
  if (near.length === 0) return null;
  const attached = attachPoints(supply.travel.walkGraph, {
    lon: Float64Array.from(near, (row) => points.lon[row]),
    lat: Float64Array.from(near, (row) => points.lat[row]),
  });
  const cutoffs = supplyThresholds.map((minutes) => 60 * minutes);
  const pieces = near.map((_, k) =>
    isochrone(attached.graph, attached.nodes[k], cutoffs, { startSeconds: startOf(attached.accessSeconds[k]) }),
  );
  const areas = supplyThresholds.map((minutes, t) => {
    const lines = pieces.flatMap((reached) => [...(reached[t]?.pieces ?? [])]);
    return { minutes, ...isochroneArea(Float64Array.from(lines)) };
  });
  const label = kindLabel(supply.facilities, drawnKind);
  const data = release(
    table(
      {
        code: textColumn(
          near.map((row) => points.ids[row] ?? ""),
          { label: "Code" },
        ),
        nom: textColumn(
          near.map((_, k) => `${label} ${k + 1}`),
          { label: "Lieu" },
        ),
        genre: textColumn(
          near.map(() => label),
          { label: "Sorte de lieu" },
        ),
      },
      mergeLineages(supply.lineage, places.table.lineage),
    ),
    { name: "lieux de la carte", open: ["code", "nom", "genre"] },
  );
  const [, quarter] = areas;
  return isochroneMap(data, {
    id: "culture-isochrones",
    title: `${town} : ${share(100 * servedShare(supply, rows))} des habitants des quartiers sont à ${titleMinutes} minutes à pied d’une bibliothèque`,
    subtitle: `Rues où l’on est en ${supplyThresholds.join(", ")} minutes de marche au plus d’une bibliothèque ; les quartiers prioritaires sont cernés`,
    alt: `Carte des environs de ${town} : les bibliothèques sont des points, entourées de trois zones de plus en plus claires, à ${supplyThresholds.join(", ")} minutes de marche ; les contours des quartiers prioritaires sont par-dessus.`,
    champ: `${frenchNumber(near.length)} bibliothèques de ${supply.facilities.typequ.year} aux environs de ${town} ; titre : habitants des quartiers prioritaires de la commune, depuis les carreaux de 200 mètres où ils habitent`,
    lecture: `la zone à 15 minutes couvre ${frenchNumber(quarter?.areaKm2 ?? Number.NaN, { decimals: 1 })} km².`,
    code: "code",
    name: "nom",
    kind: "genre",
    places: near.map((row) => ({ code: points.ids[row] ?? "", lon: points.lon[row], lat: points.lat[row] })),
    areas,
    mode: "à pied",
    neighbourhoods: rows.map((row) => ({
      name: texts(places.table, "nom_qp").values[row] ?? "",
      shape: shapeFromLambert93(places.metres[row] ?? { polygons: [] }),
    })),
  });
}

/** Share (0 to 1) of the residents of these neighbourhoods who are within the minutes of the title of a library. */
function servedShare({ kinds, residents }: PlacedSupply, rows: readonly number[]): number {
  const near = kinds.find(({ code }) => code === drawnKind)?.near.walk ?? [];
  return residentsWithin(
    Float64Array.from(rows, (row) => residents[row]),
    rows.flatMap((row) => near[row] ?? []),
    supplyThresholds.indexOf(titleMinutes),
  );
}

const startOf = (seconds: number): number => (Number.isFinite(seconds) ? seconds : 0);

function largestTown({ table: places }: Neighbourhoods): string {
  const residents = new Map<string, number>();
  texts(places, "nom_commune").values.forEach((name, row) => {
    residents.set(name ?? "", (residents.get(name ?? "") ?? 0) + numbers(places, "pop_mun").values[row]);
  });
  return [...residents].sort((a, b) => b[1] - a[1])[0]?.[0] ?? "";
}
