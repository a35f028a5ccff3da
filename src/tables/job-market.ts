import { numbers, PRESENT, type Table, texts } from "../codes/table.ts";
import { type LicenceDemand, licenceDemand } from "./licence-demand.ts";

/** Offers that have a place. */
export interface LocatedOffers {
  readonly points: { readonly lon: Float64Array; readonly lat: Float64Array };
  readonly posts: Float64Array;
  readonly rome: readonly string[];
  /** Offers without coordinates, left out. */
  readonly lost: number;
  /** Whether driving a car is asked for; null where the offer is silent. Absent when the table has no such column. */
  readonly licence?: readonly (LicenceDemand | null)[];
  /** What each offer says of its hours, every statement joined by " ; "; null where it is silent. Absent when no column tells it. */
  readonly hours?: readonly (string | null)[];
  /** Kind of contract (CDI, CDD, MIS, SAI…), null where it is not told. Absent when the table has no such column. */
  readonly contract?: readonly (string | null)[];
}

/** Columns where an employer may write the hours. */
const hourColumns: readonly string[] = ["dureeTravailLibelle", "horaires", "conditionsExercice"];

/** Offers with coordinates; an offer that does not say how many posts it holds counts for one. */
export function locatedOffers(offers: Table): LocatedOffers {
  const lon = numbers(offers, "longitude").values;
  const lat = numbers(offers, "latitude").values;
  const posts = numbers(offers, "nombrePostes");
  const rome = texts(offers, "romeCode").values;
  const kept = Array.from(lon, (_, row) => row).filter((row) => !Number.isNaN(lon[row] + lat[row]));
  const has = (name: string): boolean => Object.hasOwn(offers.columns, name);
  const textOf = (name: string): readonly string[] => texts(offers, name).values;
  const stated = hourColumns.filter(has).map(textOf);
  return {
    points: { lon: Float64Array.from(kept, (row) => lon[row]), lat: Float64Array.from(kept, (row) => lat[row]) },
    posts: Float64Array.from(kept, (row) => (Number.isNaN(posts.values[row]) ? 1 : posts.values[row])),
    rome: kept.map((row) => rome[row] ?? ""),
    lost: offers.numRows - kept.length,
    ...(has("permisLibelle") && has("permisExigence") ? { licence: licences(offers, kept) } : {}),
    ...(stated.length > 0 ? { hours: kept.map((row) => statements(stated, row)) } : {}),
    ...(has("typeContrat") ? { contract: kept.map((row) => textOf("typeContrat")[row] || null) } : {}),
  };
}

function licences(offers: Table, rows: readonly number[]): readonly (LicenceDemand | null)[] {
  const labels = texts(offers, "permisLibelle").values;
  const demands = texts(offers, "permisExigence").values;
  return rows.map((row) => licenceDemand(labels[row], demands[row]));
}

/** What the columns say at a row, each different text once. */
function statements(columns: readonly (readonly string[])[], row: number): string | null {
  const said = new Set(columns.map((values) => values[row]).filter((text) => text !== ""));
  return said.size === 0 ? null : [...said].join(" ; ");
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
