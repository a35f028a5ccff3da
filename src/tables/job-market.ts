import { numbers, PRESENT, type Table, texts } from "../codes/table.ts";

/** Offers that have a place. */
export interface LocatedOffers {
  readonly points: { readonly lon: Float64Array; readonly lat: Float64Array };
  readonly posts: Float64Array;
  readonly rome: readonly string[];
  /** Offers without coordinates, left out. */
  readonly lost: number;
}

/** Offers with coordinates; an offer that does not say how many posts it holds counts for one. */
export function locatedOffers(offers: Table): LocatedOffers {
  const lon = numbers(offers, "longitude").values;
  const lat = numbers(offers, "latitude").values;
  const posts = numbers(offers, "nombrePostes");
  const rome = texts(offers, "romeCode").values;
  const kept = Array.from(lon, (_, row) => row).filter((row) => !Number.isNaN(lon[row] + lat[row]));
  return {
    points: { lon: Float64Array.from(kept, (row) => lon[row]), lat: Float64Array.from(kept, (row) => lat[row]) },
    posts: Float64Array.from(kept, (row) => (Number.isNaN(posts.values[row]) ? 1 : posts.values[row])),
    rome: kept.map((row) => rome[row] ?? ""),
    lost: offers.numRows - kept.length,
  };
}

/** What the job seekers of one neighbourhood look for. */
export interface SoughtOccupations {
  readonly byRome: ReadonlyMap<string, number>;
  readonly total: number;
}

/** Counts of seekers by occupation, one entry a neighbourhood; hidden cells stay out. */
export function seekersByNeighbourhood(seekers: Table, codes: readonly string[]): readonly SoughtOccupations[] {
  const counts = numbers(seekers, "nombre");
  const rome = texts(seekers, "code_rome").values;
  const byCode = new Map<string, Map<string, number>>(codes.map((code) => [code, new Map()]));
  texts(seekers, "code_qp").values.forEach((code, row) => {
    if ((counts.missing?.[row] ?? PRESENT) === PRESENT) byCode.get(code)?.set(rome[row] ?? "", counts.values[row]);
  });
  return codes.map((code) => {
    const byRome = byCode.get(code) ?? new Map<string, number>();
    return { byRome, total: [...byRome.values()].reduce((sum, n) => sum + n, 0) };
  });
}
