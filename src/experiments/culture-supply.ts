import { frenchNumber } from "../codes/french.ts";
import { numbers, type Table, texts } from "../codes/table.ts";
import { servedShare } from "../models/access/served-share.ts";
import { cultureTypequ2018, cultureTypequ2023 } from "../sources/bpe-typequ.ts";
import type { Neighbourhoods } from "../tables/neighbourhoods.ts";

/** One kind of place, one reach: the share (0 to 1) of the residents of the neighbourhoods who have at least one. */
export interface SupplyRow {
  readonly kind: string;
  readonly reach: string;
  readonly share: number;
}

export interface CultureSupply {
  readonly rows: readonly SupplyRow[];
  /** The widest reach, in words that follow « un cinéma ». */
  readonly widest: string;
  /** Residents of all neighbourhoods. */
  readonly residents: number;
}

/** Facilities with coordinates: great-circle distance from the centre of each neighbourhood. */
export function supplyByDistance(
  { table: places }: Neighbourhoods,
  facilities: Table,
  thresholdsKm: readonly number[],
): CultureSupply {
  const population = numbers(places, "pop_mun").values;
  const kinds = texts(facilities, "TYPEQU").values;
  const lon = numbers(facilities, "LONGITUDE").values;
  const lat = numbers(facilities, "LATITUDE").values;
  const reachOf = (km: number): string => `à moins de ${frenchNumber(km, { unit: "km" })}`;
  const rows = [...cultureTypequ2023.labels].flatMap(([code, label]) => {
    const kept = kinds.map((kind, row) => (kind === code ? row : -1)).filter((row) => row >= 0);
    if (kept.length === 0) return []; // a kind that the file does not list is not known to be absent
    const shares = servedShare({
      origins: { lon: numbers(places, "lon").values, lat: numbers(places, "lat").values },
      population,
      places: { lon: Float64Array.from(kept, (row) => lon[row]), lat: Float64Array.from(kept, (row) => lat[row]) },
      thresholdsKm,
    });
    return thresholdsKm.map((km, i) => ({ kind: label, reach: reachOf(km), share: shares[i] }));
  });
  return { rows, widest: reachOf(thresholdsKm.at(-1) ?? 0), residents: sum(population) };
}

/** Facilities known to their commune only: whether the neighbourhood's commune has one. Nothing finer can be said. */
export function supplyByCommune({ table: places }: Neighbourhoods, facilities: Table): CultureSupply {
  const population = numbers(places, "pop_mun").values;
  const communes = texts(places, "code_commune").values;
  const kinds = texts(facilities, "TYPEQU").values;
  const where = texts(facilities, "DEPCOM").values;
  const reach = "dans la commune";
  const rows = [...cultureTypequ2018.labels].map(([code, label]) => {
    const equipped = new Set(where.filter((_, row) => kinds[row] === code));
    const served = communes.reduce((people, commune, row) => people + (equipped.has(commune) ? population[row] : 0), 0);
    return { kind: label, reach, share: served / sum(population) };
  });
  return { rows, widest: reach, residents: sum(population) };
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
