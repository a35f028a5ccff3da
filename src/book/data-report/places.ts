import type { ColumnContract } from "../../sources/contract.ts";
import { type Shown, shownParts } from "./shown-counts.ts";

/** Kinds of codes that lead to a département or to a list of reference. */
export type PlaceKind = "commune" | "iris" | "qpv2015" | "qpv2024" | "departement" | "rome";

/** What the codes of a column designate, when they are joined to a list; null for other columns. */
export function placeKind({ type }: ColumnContract): PlaceKind | null {
  if (type === "dciris") return "iris";
  return type === "commune" ||
    type === "iris" ||
    type === "qpv2015" ||
    type === "qpv2024" ||
    type === "departement" ||
    type === "rome"
    ? type
    : null;
}

/** The communes that are known, and what their codes became. */
export interface KnownCommunes {
  readonly current: ReadonlySet<string>;
  /** Former code to current code: merged, or changed. */
  readonly former: ReadonlyMap<string, string>;
}

/**
 * The département of a code of a place; null for a code that has none.
 * @example
 * ```ts
 * departementOfPlace("QP02A001", "qpv2015") // "2A"
 * ```
 */
export function departementOfPlace(code: string, kind: PlaceKind): string | null {
  if (kind === "rome") return null;
  if (kind === "departement") return code;
  if (kind === "qpv2015" || kind === "qpv2024") {
    const digits = code.slice(2, 5);
    return digits.startsWith("97") || digits.startsWith("98") ? digits : digits.slice(1);
  }
  return /^9[78]/.test(code) ? code.slice(0, 3) : code.slice(0, 2);
}

/**
 * Whether a code is that of a municipal district of Paris, Lyon or Marseille: not a commune, yet used as one by many files.
 * @example
 * ```ts
 * isDistrict("69383") // true
 * ```
 */
export const isDistrict = (code: string): boolean => /^(751[012]\d|6938[1-9]|132[01]\d)$/.test(code);

/** Codes of one département: different codes, rows, and for communes and IRIS how many are current communes, municipal districts, former codes or unknown. */
export interface PlaceLine {
  readonly departement: string;
  readonly codes: number;
  readonly rows: Shown;
  /** Null when the list of communes does not tell (QPV, or no list). */
  readonly known: {
    readonly current: number;
    readonly districts: number;
    readonly former: number;
    readonly unknown: number;
  } | null;
}

export interface PlaceSummary {
  readonly column: string;
  readonly kind: PlaceKind;
  readonly lines: readonly PlaceLine[];
  /** A few unknown codes; codes of places designate nobody. */
  readonly unknownCodes: readonly string[];
}

/**
 * Codes of places by département, in the order of their codes. O(distinct codes).
 * @param force as in `shownParts`: true when the number of rows that hold a code is itself hidden
 */
export function summarisePlaces(
  column: string,
  kind: PlaceKind,
  counts: ReadonlyMap<string, number>,
  known: KnownCommunes | null,
  { threshold, force }: { readonly threshold: number; readonly force: boolean },
): PlaceSummary {
  const groups = new Map<
    string,
    { codes: number; rows: number; current: number; districts: number; former: number; unknown: number }
  >();
  const hasList = known !== null && (kind === "commune" || kind === "iris");
  const unknownCodes: string[] = [];
  for (const [code, rows] of [...counts].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const departement = departementOfPlace(code, kind) ?? "";
    const group = groups.get(departement) ?? { codes: 0, rows: 0, current: 0, districts: 0, former: 0, unknown: 0 };
    groups.set(departement, group);
    group.codes++;
    group.rows += rows;
    if (!hasList) continue;
    const commune = code.slice(0, 5);
    if (known.current.has(commune)) group.current++;
    else if (isDistrict(commune)) group.districts++;
    else if (known.former.has(commune)) group.former++;
    else {
      group.unknown++;
      if (unknownCodes.length < 5) unknownCodes.push(code);
    }
  }
  const lines = [...groups].sort(([a], [b]) => (a < b ? -1 : 1));
  const rows = shownParts(
    lines.map(([, group]) => group.rows),
    threshold,
    force,
  );
  return {
    column,
    kind,
    lines: lines.map(([departement, { codes, current, districts, former, unknown }], i) => ({
      departement,
      codes,
      rows: rows[i] ?? 0,
      known: hasList ? { current, districts, former, unknown } : null,
    })),
    unknownCodes,
  };
}
