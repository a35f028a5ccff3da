import type { StatedNumber, Statement, ZoneKind } from "../protection/statement.ts";

/** The kind of zones that codes belong to: neighbourhoods of 2015 or 2024, else sectors of a grid. */
export function zoneKindOf(codes: readonly string[]): ZoneKind {
  if (codes.length > 0 && codes.every((code) => code.startsWith("QP"))) return "qpv2015";
  if (codes.length > 0 && codes.every((code) => code.startsWith("QN"))) return "qpv2024";
  return "secteur";
}

/** What a column that counts people says, for a table of one row a zone. */
export interface StatedCount {
  readonly population: string;
  readonly unit: string;
  readonly measure: string;
  /** Column of the count. */
  readonly column: string;
  /** Other columns that count the same population. */
  readonly others?: readonly StatedNumber[];
}

/** The statement of a table of one row a zone, all counted in one column. */
export const statedByZone = (
  { population, unit, measure, column, others = [] }: StatedCount,
  zone: { readonly column: string; readonly codes: readonly string[] },
): Statement => ({
  population,
  unit,
  zone: { column: zone.column, kind: zoneKindOf(zone.codes) },
  by: [],
  numbers: [{ column, kind: "count", measure }, ...others],
});

/** The statement of a table of one row a group of zones: the ledger then knows which zones make a group, and subtracts. */
export const statedByGroup = (
  { population, unit, measure, column, others = [] }: StatedCount,
  groups: { readonly column: string; readonly members: Readonly<Record<string, readonly string[]>> },
): Statement => ({
  population,
  unit,
  zone: {
    column: groups.column,
    kind: "groupe",
    gathers: { kind: zoneKindOf(Object.values(groups.members).flat()), members: groups.members },
  },
  by: [],
  numbers: [{ column, kind: "count", measure }, ...others],
});

/** Whoever lives in the neighbourhoods: seekers are a part of them, so that their counts and the published population can be attacked together. */
export const RESIDENTS = "habitants des quartiers";

/** The municipal population, as INSEE publishes it by neighbourhood. */
export const residentsColumn = (column: string): StatedNumber => ({
  column,
  kind: "count",
  measure: "population-municipale",
});

/** Seekers as the partner's file counts them, the same in the two chapters on employment. */
export const statedSeekers: StatedCount = {
  population: RESIDENTS,
  unit: "personne",
  measure: "demandeurs-pris-en-compte",
  column: "demandeurs",
};
