import { numbers, type Table, texts } from "../codes/table.ts";
import { serviceTypequ } from "../sources/bpe-typequ.ts";

/** Places of work gathered at commune points. */
export interface Establishments {
  /** Degrees, one point a commune. */
  readonly points: { readonly lon: Float64Array; readonly lat: Float64Array };
  /** Establishments at each point. */
  readonly count: Float64Array;
  /** All establishments of the kinds kept, placed or not. */
  readonly total: number;
  /** Those whose commune has no point. */
  readonly lost: number;
}

/** The service establishments of the BPE by commune, placed at the point of their commune. */
export function establishmentsByCommune(facilities: Table, points: Table): Establishments {
  const place = new Map<string, { lon: number; lat: number }>();
  const lon = numbers(points, "lon").values;
  const lat = numbers(points, "lat").values;
  texts(points, "code_commune").values.forEach((code, row) => {
    if (!place.has(code) && !Number.isNaN(lon[row] + lat[row])) place.set(code, { lon: lon[row], lat: lat[row] });
  });
  const units = numbers(facilities, "NB_EQUIP").values;
  const kind = texts(facilities, "TYPEQU").values;
  const byCommune = new Map<string, number>();
  let [lost, total] = [0, 0];
  texts(facilities, "DEPCOM").values.forEach((code, row) => {
    if (!serviceTypequ.has(kind[row] ?? "")) return;
    total += units[row];
    if (place.has(code)) byCommune.set(code, (byCommune.get(code) ?? 0) + units[row]);
    else lost += units[row];
  });
  const codes = [...byCommune.keys()].sort();
  const at = (pick: (point: { lon: number; lat: number }) => number): Float64Array =>
    Float64Array.from(codes, (code) => pick(place.get(code) ?? { lon: Number.NaN, lat: Number.NaN }));
  return {
    points: { lon: at((p) => p.lon), lat: at((p) => p.lat) },
    count: Float64Array.from(codes, (code) => byCommune.get(code) ?? 0),
    total,
    lost,
  };
}
