import type { CodeRome } from "../../codes/code.ts";
import { frenchNumber } from "../../codes/french.ts";
import { mergeLineages } from "../../codes/lineage.ts";
import { numbers, texts } from "../../codes/table.ts";
import { greatCircleKm } from "../../models/access/great-circle.ts";
import { portoAlegreHexagonesContract } from "../../sources/bancs-essai.ts";
import { gtfsFeeds } from "../../sources/gtfs.ts";
import { loadTable } from "../../sources/load.ts";
import { osmRoutesContracts } from "../../sources/osm-routes.ts";
import type { Territory } from "../../sources/territory.ts";
import { h3Parent } from "../../tables/h3-cell.ts";
import { type HomePoints, representativePoints } from "../../tables/home-points.ts";
import type { AccessStudy, StudiedPlace } from "./access-study.ts";
import { middleOf } from "./study-words.ts";

/** Hexagons of this resolution gather about fifty of those of the file: a sector of some 5 km². */
const SECTOR_RESOLUTION = 7;
/** A sector of fewer residents is not described: too few people live there for its measure to speak of anybody. */
const LEAST_RESIDENTS = 2_000;
const pointsOf = { sector: 40, everybody: 400 } as const;
/** Buses of the extract leave between 11 h and 18 h; this Monday both feeds run. */
const when = { day: "2019-05-13", hour: 14, workHours: [13, 16] } as const;
/** Any job suits anybody: nothing tells occupations. */
const anyJob = "tous emplois" as CodeRome;

/**
 * The study of Porto Alegre, proof of the method on a whole real city: sectors of hexagons in the place of neighbourhoods, residents in the place of job
 * seekers, jobs of any kind in the place of matching offers.
 */
export async function cityStudy(territory: Territory): Promise<AccessStudy> {
  const hexagons = await loadTable(territory, portoAlegreHexagonesContract);
  const ids = texts(hexagons, "id").values;
  const lon = numbers(hexagons, "lon").values;
  const lat = numbers(hexagons, "lat").values;
  const residents = numbers(hexagons, "population").values;
  const jobs = numbers(hexagons, "jobs").values;
  const inhabited = Int32Array.from([...ids.keys()].filter((row) => residents[row] > 0));
  const working = [...ids.keys()].filter((row) => jobs[row] > 0);
  const centre = weightedCentre(working, lon, lat, jobs);
  const sectors = new Map<string, number[]>();
  for (const row of inhabited) {
    const sector = h3Parent(ids[row] ?? "", SECTOR_RESOLUTION);
    const rows = sectors.get(sector);
    if (rows) rows.push(row);
    else sectors.set(sector, [row]);
  }
  const places = [...sectors]
    .map(([code, rows]) => ({ code, rows, residents: rows.reduce((sum, row) => sum + residents[row], 0) }))
    .filter((sector) => sector.residents >= LEAST_RESIDENTS)
    .map((sector): StudiedPlace => {
      const middle = weightedCentre(sector.rows, lon, lat, residents);
      const km = greatCircleKm(centre.lon, centre.lat, middle.lon, middle.lat);
      return {
        code: sector.code,
        name: sectorName(km, bearing(centre, middle)),
        town: "Porto Alegre",
        kind: km < 5 ? "à moins de 5 km du centre" : km < 10 ? "de 5 à 10 km du centre" : "à plus de 10 km du centre",
        residents: sector.residents,
        homes: representativePoints(Int32Array.from(sector.rows), residents, pointsOf.sector),
        townHomes: null,
      };
    })
    .sort((a, b) => (a.code < b.code ? -1 : 1));
  const namedPlaces = named(places);
  const zoneRow = new Map(namedPlaces.map(({ code }, row) => [code, row]));
  const everybody: HomePoints = representativePoints(inhabited, residents, pointsOf.everybody);
  return {
    words: {
      one: "secteur",
      many: "secteurs",
      field: `secteurs de Porto Alegre d’au moins ${frenchNumber(LEAST_RESIDENTS)} habitants (hexagones H3 réunis), 2019`,
      seekers: "habitants",
      jobs: "emplois",
    },
    places: namedPlaces,
    perimeters: [],
    homes: { ids, lon, lat },
    everybody,
    workplaces: {
      ids: working.map((row) => ids[row] ?? ""),
      lon: Float64Array.from(working, (row) => lon[row]),
      lat: Float64Array.from(working, (row) => lat[row]),
    },
    zones: namedPlaces.map(({ code, name, homes }) => ({
      code,
      name,
      ...middleOf({ homes: { ids, lon, lat } }, homes),
    })),
    placeZone: Int32Array.from(namedPlaces.keys()),
    workplaceZone: Int32Array.from(working, (row) => zoneRow.get(h3Parent(ids[row] ?? "", SECTOR_RESOLUTION)) ?? -1),
    offers: {
      ids: working.map((row) => ids[row] ?? ""),
      rome: working.map(() => anyJob),
      posts: Float64Array.from(working, (row) => jobs[row]),
      workplace: Int32Array.from(working.keys()),
      licence: working.map(() => null),
      hours: working.map(() => null),
    },
    seekers: places.map((place) => new Map([[anyJob, place.residents]])),
    matching: {
      strict: new Map([[anyJob, new Set([anyJob])]]),
      near: new Map([[anyJob, new Set([anyJob])]]),
      wide: new Map([[anyJob, new Set([anyJob])]]),
      titleOnly: new Set(),
      unknown: [],
    },
    hasOccupations: false,
    transport: {
      roads: osmRoutesContracts.find(({ id }) => id === "osm-porto-alegre") as AccessStudy["transport"]["roads"],
      feeds: gtfsFeeds.filter(({ id }) => id.startsWith("gtfs-porto-alegre")),
      ...when,
    },
    left: {
      offersWithoutPlace: 0,
      hiddenCells: 0,
      squaresWithoutCount: jobs.reduce((count, value) => count + (Number.isNaN(value) ? 1 : 0), 0),
    },
    remarks: [
      "Les bus de cet extrait ne partent qu’entre 11 h 20 et 17 h 50, et n’ont d’heure qu’à leurs terminus : les heures des autres arrêts sont interpolées, et ni l’aube ni la nuit ne peuvent être décrites.",
      "Un secteur est nommé par sa distance et sa direction depuis le centre des emplois.",
      "Un hexagone est à zéro minute de lui-même : les emplois de l’hexagone où l’on vit sont comptés comme à la porte.",
    ],
    lineage: mergeLineages(hexagons.lineage),
  };
}

interface Degrees {
  readonly lon: number;
  readonly lat: number;
}

function weightedCentre(rows: readonly number[], lon: Float64Array, lat: Float64Array, weights: Float64Array): Degrees {
  const total = rows.reduce((sum, row) => sum + weights[row], 0);
  const mean = (values: Float64Array): number => rows.reduce((sum, row) => sum + weights[row] * values[row], 0) / total;
  return { lon: mean(lon), lat: mean(lat) };
}

const winds = ["nord", "nord-est", "est", "sud-est", "sud", "sud-ouest", "ouest", "nord-ouest"] as const;

/** One of the eight winds, from the centre. */
function bearing(from: Degrees, to: Degrees): string {
  const east = (to.lon - from.lon) * Math.cos((from.lat * Math.PI) / 180);
  const turn = Math.atan2(east, to.lat - from.lat) / (Math.PI / 4);
  return winds[(Math.round(turn) + 8) % 8] ?? "nord";
}

const sectorName = (km: number, wind: string): string =>
  km < 1 ? "Centre" : `${frenchNumber(km)} km ${/^[aeo]/.test(wind) ? "à l’" : "au "}${wind}`;

/** Two sectors at the same distance and wind take a letter. */
function named(places: readonly StudiedPlace[]): readonly StudiedPlace[] {
  const seen = new Map<string, number>();
  const total = new Map<string, number>();
  for (const { name } of places) total.set(name, (total.get(name) ?? 0) + 1);
  return places.map((place) => {
    if ((total.get(place.name) ?? 0) < 2) return place;
    const rank = seen.get(place.name) ?? 0;
    seen.set(place.name, rank + 1);
    return { ...place, name: `${place.name} (${String.fromCharCode(97 + rank)})` };
  });
}
