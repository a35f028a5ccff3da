import { QuartiersError } from "../../codes/errors.ts";
import {
  ageOn,
  type C2sHousehold,
  type C2sPerson,
  c2sAreas,
  c2sRoles,
  c2sSituations,
  c2sTies,
  checkHousehold,
  occupancies,
} from "./c2s-household.ts";
import { type ResourceItemId, resourceItem } from "./c2s-resource-items.ts";

/** Yes-or-no facts of a person, as bits of `flags`. */
export const personFlags = {
  alternating: 1,
  taxedSeparately: 2,
  trainingPayStopped: 4,
  /** Under 25: does not depend on parents (see `dependsOnParents`). */
  independent: 8,
  studentAid: 16,
  /** Known not to have worked in the three civil months before the claim. */
  idle: 32,
  receivesAspa: 64,
  receivesAsi: 128,
  receivesAah: 256,
} as const;

/** Households in columns, for the same date of claim. Codes are places in `c2sAreas`, `occupancies`, `c2sRoles`, `c2sTies`, `c2sSituations`. */
export interface C2sColumns {
  /** Persons of household h: from start[h] to start[h + 1] - 1. One more entry than households. Children of one age in years rank as they are given. */
  readonly start: Int32Array;
  readonly area: Uint8Array;
  readonly occupancy: Uint8Array;
  readonly housingBenefitEurMonth: Float64Array;
  readonly receivesRsa: Uint8Array;
  /** 1: régime local d'Alsace-Moselle. */
  readonly alsaceMoselle: Uint8Array;
  /** Of each person. */
  readonly role: Uint8Array;
  readonly tie: Uint8Array;
  /** Whole years on the day of the claim, and on 1 January of its year. */
  readonly age: Uint8Array;
  readonly ageOnFirstJanuary: Uint8Array;
  readonly situation: Uint8Array;
  readonly flags: Uint16Array;
  /** EUR over the twelve months of the reference period, of each person; an item without a column is none. */
  readonly resources: Readonly<Partial<Record<ResourceItemId, Float64Array>>>;
  /** Months (1 to 12) over which AAH, ASI and ASPA were received, equal and from the first month on; 12 without a column. */
  readonly months?: Readonly<Partial<Record<"aah" | "asi" | "aspa", Uint8Array>>>;
}

/**
 * Columns of households: what a calculation on many of them starts from. Months of an item given one by one are added up, except that AAH, ASI and ASPA received on
 * fewer months keep their number. Persons of a household are put from the oldest, which keeps the rank of two children of one age in years. O(persons).
 * @example
 * ```ts
 * const columns = c2sColumns([{ persons: [{ role: "claimant", birthDate: "1990-07-01", resources: { wages: 9_000 } }], occupancy: "owner", housingBenefitEurMonth: 0, receivesRsa: false }], "2025-04-01");
 * [[...columns.start], [...columns.age], [...columns.resources.wages]] // [ [ 0, 1 ], [ 34 ], [ 9000 ] ]
 * ```
 */
export function c2sColumns(households: readonly C2sHousehold[], date: string): C2sColumns {
  const persons = households.flatMap((household) => {
    checkHousehold(household, date);
    return [...household.persons].sort(oldestFirst);
  });
  const start = new Int32Array(households.length + 1);
  households.forEach(({ persons: own }, h) => {
    start[h + 1] = (start[h] ?? 0) + own.length;
  });
  const ids = [...new Set(persons.flatMap(({ resources }) => Object.keys(resources)))] as ResourceItemId[];
  const firstJanuary = `${date.slice(0, 4)}-01-01`;
  const bit = (yes: boolean | undefined, flag: number): number => (yes ? flag : 0);
  return {
    start,
    area: Uint8Array.from(households, ({ area }) => c2sAreas.indexOf(area ?? "metropole")),
    occupancy: Uint8Array.from(households, ({ occupancy }) => occupancies.indexOf(occupancy)),
    housingBenefitEurMonth: Float64Array.from(households, ({ housingBenefitEurMonth }) => housingBenefitEurMonth),
    receivesRsa: Uint8Array.from(households, ({ receivesRsa }) => Number(receivesRsa)),
    alsaceMoselle: Uint8Array.from(households, ({ scheme }) => Number(scheme === "alsace-moselle")),
    role: Uint8Array.from(persons, ({ role }) => c2sRoles.indexOf(role)),
    tie: Uint8Array.from(persons, ({ tie }) => c2sTies.indexOf(tie ?? "tax-household")),
    age: Uint8Array.from(persons, ({ birthDate }) => ageOn(birthDate, date)),
    ageOnFirstJanuary: Uint8Array.from(persons, ({ birthDate }) => Math.max(ageOn(birthDate, firstJanuary), 0)),
    situation: Uint8Array.from(persons, ({ situation }) => c2sSituations.indexOf(situation ?? "none")),
    flags: Uint16Array.from(
      persons,
      (one) =>
        bit(one.alternating, personFlags.alternating) |
        bit(one.taxedTogether === false, personFlags.taxedSeparately) |
        bit(one.trainingPayStopped, personFlags.trainingPayStopped) |
        bit(one.dependsOnParents === false, personFlags.independent) |
        bit(one.studentAid, personFlags.studentAid) |
        bit(one.workedLastThreeMonths === false, personFlags.idle) |
        bit(one.receives?.includes("aspa"), personFlags.receivesAspa) |
        bit(one.receives?.includes("asi"), personFlags.receivesAsi) |
        bit(one.receives?.includes("aah"), personFlags.receivesAah),
    ),
    resources: Object.fromEntries(
      ids.map((id) => [id, Float64Array.from(persons, ({ resources }) => total(resources[id]))]),
    ),
    months: Object.fromEntries(
      (["aah", "asi", "aspa"] as const).map((id) => [
        id,
        Uint8Array.from(persons, ({ resources }) => monthsReceived(resources[id])),
      ]),
    ),
  };
}

/** Refuses columns that do not have one cell a household, or one a person. */
export function checkColumns(columns: C2sColumns): void {
  const households = columns.start.length - 1;
  const persons = columns.start[households] ?? 0;
  const check = (name: string, length: number, expected: number): void => {
    if (length !== expected)
      throw new QuartiersError({
        what: `Colonne ${name} d'une autre longueur`,
        value: String(length),
        expected: `${expected} valeurs`,
      });
  };
  if (households < 0 || columns.start[0] !== 0)
    throw new QuartiersError({ what: "Débuts de foyers illisibles", expected: "une colonne start qui commence par 0" });
  for (const name of ["area", "occupancy", "housingBenefitEurMonth", "receivesRsa", "alsaceMoselle"] as const)
    check(name, columns[name].length, households);
  for (const name of ["role", "tie", "age", "ageOnFirstJanuary", "situation", "flags"] as const)
    check(name, columns[name].length, persons);
  for (const [name, column] of Object.entries({ ...columns.resources })) check(name, column.length, persons);
  for (const [name, column] of Object.entries({ ...columns.months })) check(`months.${name}`, column.length, persons);
  const unknown = Object.keys(columns.resources).find((id) => !resourceItem(id));
  if (unknown)
    throw new QuartiersError({ what: "Ressource inconnue", value: unknown, expected: "un nom de resourceItems" });
}

/**
 * The columns of some households, from one to before another: views, nothing is copied, so that several threads share the work.
 * @example
 * ```ts
 * const alone = { persons: [{ role: "claimant", birthDate: "1990-07-01", resources: {} }], occupancy: "tenant", housingBenefitEurMonth: 0, receivesRsa: false };
 * [...c2sSlice(c2sColumns([alone, alone, alone], "2025-04-01"), 1, 3).start] // [ 0, 1, 2 ]
 * ```
 */
export function c2sSlice(columns: C2sColumns, from: number, to: number): C2sColumns {
  const first = columns.start[from] ?? 0;
  const last = columns.start[to] ?? first;
  const cut = <Name extends string, Column extends Float64Array | Uint8Array>(
    of: Readonly<Partial<Record<Name, Column>>>,
  ): Partial<Record<Name, Column>> =>
    Object.fromEntries(
      Object.entries(of).map(([id, column]) => [id, (column as Column).subarray(first, last)]),
    ) as Partial<Record<Name, Column>>;
  return {
    start: columns.start.subarray(from, to + 1).map((person) => person - first),
    area: columns.area.subarray(from, to),
    occupancy: columns.occupancy.subarray(from, to),
    housingBenefitEurMonth: columns.housingBenefitEurMonth.subarray(from, to),
    receivesRsa: columns.receivesRsa.subarray(from, to),
    alsaceMoselle: columns.alsaceMoselle.subarray(from, to),
    role: columns.role.subarray(first, last),
    tie: columns.tie.subarray(first, last),
    age: columns.age.subarray(first, last),
    ageOnFirstJanuary: columns.ageOnFirstJanuary.subarray(first, last),
    situation: columns.situation.subarray(first, last),
    flags: columns.flags.subarray(first, last),
    resources: cut(columns.resources),
    ...(columns.months ? { months: cut(columns.months) } : {}),
  };
}

const oldestFirst = (one: C2sPerson, other: C2sPerson): number =>
  one.birthDate === other.birthDate
    ? Number(one.alternating ?? false) - Number(other.alternating ?? false)
    : one.birthDate < other.birthDate
      ? -1
      : 1;

type Amount = number | readonly number[] | undefined;
const total = (value: Amount): number =>
  value === undefined ? 0 : typeof value === "number" ? value : value.reduce((sum, month) => sum + month, 0);
const monthsReceived = (value: Amount): number =>
  value === undefined || typeof value === "number" ? 12 : Math.max(value.filter((month) => month > 0).length, 1);
