import { mergeLineages, type SourceRef } from "../../codes/lineage.ts";
import { numbers, texts } from "../../codes/table.ts";
import { type Progress, silentProgress } from "../../engine/progress.ts";
import { greatCircleMatrixKm } from "../../models/access/great-circle.ts";
import type { Territory } from "../../sources/territory.ts";
import type { HomePoints } from "../../tables/home-points.ts";
import { toLambert93 } from "../../tables/lambert93.ts";
import type { Neighbourhoods } from "../../tables/neighbourhoods.ts";
import { locatePairs } from "../../tables/point-in-polygon.ts";
import { pointIndex } from "../../tables/point-index.ts";
import type { TravelPoints } from "../travel/travel-times.ts";
import { type Facilities, kindLabel, rowsOfKind } from "./facilities.ts";
import { type CatchmentSupply, catchmentSupply } from "./supply-catchment.ts";
import { type NearSupply, nearSupply } from "./supply-near.ts";
import { type SupplyPoints, supplyPoints } from "./supply-points.ts";
import { type SupplyMode, type SupplyTravel, supplyTravel } from "./supply-travel.ts";

/** Bands of DEPS: under 5 minutes, 5 to 15, more; and half an hour. */
export const supplyThresholds = [5, 15, 30] as const;

/** Limits of the floating catchment on foot, minutes: about 1 km, half an hour. The ranking moves with the limit, so several are shown. */
export const catchmentLimits = [15, 30] as const;

/** Supply of one kind around the neighbourhoods. */
export interface KindSupply {
  readonly code: string;
  readonly label: string;
  readonly units: number;
  /** Of each neighbourhood, by mode. */
  readonly near: Readonly<Record<SupplyMode, readonly NearSupply[]>>;
  /** Of everybody in the territory, by mode. */
  readonly nearAll: Readonly<Record<SupplyMode, NearSupply>>;
  /** Back home after an evening show, of each neighbourhood. */
  readonly backAtNight: readonly NearSupply[];
  /** Seats are unknown: units per 1 000 residents with competition, on foot, one a limit. */
  readonly catchments: readonly CatchmentSupply[];
  /** Neighbourhoods without any within 1 km in a straight line. */
  readonly noneWithinKm: Uint8Array;
  /** Facilities inside a neighbourhood. */
  readonly inside: number;
}

export interface PlacedSupply {
  readonly facilities: Facilities;
  readonly points: SupplyPoints;
  readonly travel: SupplyTravel;
  readonly kinds: readonly KindSupply[];
  /** Residents of each neighbourhood. */
  readonly residents: Float64Array;
  /** Neighbourhoods without any cultural facility within 1 km in a straight line. */
  readonly noneWithinKm: number;
  /** Shares (0 to 1) of all cultural facilities and of all residents that are inside the neighbourhoods. */
  readonly insideShare: { readonly facilities: number; readonly residents: number };
  readonly lineage: readonly SourceRef[];
}

/** Supply around the neighbourhoods at the distances people travel, from where they live. Null where the territory has no coordinates of facilities. */
export async function placedSupply(
  territory: Territory,
  neighbourhoods: Neighbourhoods,
  facilities: Facilities,
  progress: Progress = silentProgress,
): Promise<PlacedSupply | null> {
  const places = facilities.points;
  if (!places) return null;
  const points = await supplyPoints(territory, neighbourhoods);
  const travel = await supplyTravel(territory, points.points, places, progress);
  const everybody = allResidents(points.residents);
  const km = greatCircleMatrixKm(points.points, places);
  const host = insideOf(neighbourhoods, places);
  const kinds = facilities.kinds.map((code): KindSupply => {
    const rows = rowsOfKind(facilities, code);
    const near = (minutes: Float64Array, groups: readonly HomePoints[]) =>
      nearSupply(groups, minutes, travel.columns, rows, supplyThresholds);
    const byMode = <Value>(pick: (minutes: Float64Array) => Value): Record<SupplyMode, Value> => ({
      walk: pick(travel.minutes.walk),
      bike: pick(travel.minutes.bike),
      transit: pick(travel.minutes.transit),
    });
    return {
      code,
      label: kindLabel(facilities, code),
      units: rows.length,
      near: byMode((minutes) => near(minutes, points.neighbourhoods)),
      nearAll: byMode((minutes) => near(minutes, [everybody])[0] as NearSupply),
      backAtNight: near(travel.backAtNight, points.neighbourhoods),
      catchments: catchmentLimits.map((limit) =>
        catchmentSupply({
          places: points.neighbourhoods,
          residents: points.residents,
          minutes: travel.minutes.walk,
          facilities: { rows, columns: travel.columns },
          units: Float64Array.from(rows, (row) => facilities.units[row]),
          limit,
        }),
      ),
      noneWithinKm: farFrom(points.neighbourhoods, km, travel.columns, rows),
      inside: rows.reduce((count, row) => count + host[row], 0),
    };
  });
  const every = Int32Array.from(places.ids.keys());
  const residents = numbers(neighbourhoods.table, "pop_mun").values as Float64Array;
  const inside = residents.reduce((sum, people) => sum + people, 0);
  return {
    facilities,
    points,
    travel,
    kinds,
    residents,
    noneWithinKm: farFrom(points.neighbourhoods, km, travel.columns, every).reduce((sum, none) => sum + none, 0),
    insideShare: {
      facilities: every.reduce((count, row) => count + host[row], 0) / every.length,
      residents: inside / points.residents.reduce((sum, people) => sum + people, 0),
    },
    lineage: mergeLineages(facilities.lineage, points.lineage, travel.lineage),
  };
}

/** Share (0 to 1) of the residents of all neighbourhoods who have a place within a threshold, given by its rank. */
export function residentsWithin(residents: Float64Array, near: readonly NearSupply[], threshold: number): number {
  const all = residents.reduce((sum, people) => sum + people, 0);
  return near.reduce((sum, { within }, row) => sum + residents[row] * (within[threshold] ?? 0), 0) / all;
}

/** 1 where a place is inside some neighbourhood. */
function insideOf({ metres }: Neighbourhoods, places: TravelPoints): Uint8Array {
  const { x, y } = toLambert93(places);
  const inside = new Uint8Array(places.ids.length);
  for (const point of locatePairs(pointIndex(metres, { unit: "metres" }), x, y).points) inside[point] = 1;
  return inside;
}

/** The whole territory as one place. */
function allResidents(residents: Float64Array): HomePoints {
  const rows = Int32Array.from(residents.keys()).filter((row) => residents[row] > 0);
  const total = rows.reduce((sum, row) => sum + residents[row], 0);
  return { rows, shares: Float64Array.from(rows, (row) => residents[row] / total) };
}

/** 1 where no home point of the place has a facility of these rows within 1 km in a straight line. */
function farFrom(places: readonly HomePoints[], km: Float64Array, columns: number, rows: Int32Array): Uint8Array {
  return Uint8Array.from(places, ({ rows: homes }) =>
    homes.some((home) => rows.some((facility) => km[home * columns + facility] <= 1)) ? 0 : 1,
  );
}

/** Facilities per 10 000 residents of each host commune and of all communes of the file: where nothing finer than the commune is told. */
export interface CommuneSupply {
  readonly facilities: Facilities;
  readonly kinds: readonly {
    readonly code: string;
    readonly label: string;
    readonly units: number;
    /** Of the commune of each neighbourhood. */
    readonly perTenThousand: Float64Array;
    /** Share (0 to 1) of the residents of the neighbourhoods whose commune has at least one. */
    readonly served: number;
  }[];
}

/** Supply of the commune of each neighbourhood. */
export function communeSupply({ table }: Neighbourhoods, facilities: Facilities): CommuneSupply {
  const hosts = texts(table, "code_commune").values;
  const people = numbers(table, "pop_com").values;
  const residents = numbers(table, "pop_mun").values;
  const all = residents.reduce((sum, count) => sum + count, 0);
  return {
    facilities,
    kinds: facilities.kinds.map((code) => {
      const byCommune = new Map<string, number>();
      let units = 0;
      for (const row of rowsOfKind(facilities, code)) {
        const commune = facilities.commune[row] ?? "";
        byCommune.set(commune, (byCommune.get(commune) ?? 0) + facilities.units[row]);
        units += facilities.units[row];
      }
      const inHost = Float64Array.from(hosts, (host) => byCommune.get(host) ?? 0);
      return {
        code,
        label: kindLabel(facilities, code),
        units,
        perTenThousand: inHost.map((count, row) => (10_000 * count) / people[row]),
        served: inHost.reduce((sum, count, row) => sum + (count > 0 ? residents[row] : 0), 0) / all,
      };
    }),
  };
}
