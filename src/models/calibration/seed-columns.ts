import { QuartiersError } from "../../codes/errors.ts";

/** A variable with one category a household: size, tenure, family type. Its margin counts households. */
export interface HouseholdVariable {
  readonly of: "households";
  readonly name: string;
  readonly categories: readonly string[];
  /** Index of the category of each household. */
  readonly codes: ArrayLike<number>;
  /** True when some households are outside its field: their code is -1 and no margin counts them. Otherwise -1 is refused. */
  readonly partial?: boolean;
}

/** A variable with one category a person: age, employment. Its margin counts persons; a household holds any number of each category. */
export interface PersonVariable {
  readonly of: "persons";
  readonly name: string;
  readonly categories: readonly string[];
  /** Index of the category of each person. */
  readonly codes: ArrayLike<number>;
  /** True when some persons are outside its field (-1), as children are for employment. */
  readonly partial?: boolean;
}

/** A quantity of each household, in the unit that the caller says: its margin is a total. May be negative. */
export interface QuantityVariable {
  readonly of: "quantity";
  readonly name: string;
  readonly values: ArrayLike<number>;
}

export type SeedVariable = HouseholdVariable | PersonVariable | QuantityVariable;

/** One total to be met: a category of a variable, or a quantity (category null). */
export interface SeedMargin {
  readonly variable: string;
  readonly category: string | null;
  readonly of: SeedVariable["of"];
}

/**
 * The seed households as calibration sees them: households that hold the same of every margin share a profile, and always receive the same weight ratio, so
 * that the work is by profile. Rows are profiles, in the order of their first household; row p holds `value[k]` of margin `column[k]`
 * for k from rowStart[p] to rowStart[p + 1]. Plain columns: threads can share them.
 */
export interface SeedColumns {
  readonly households: number;
  readonly margins: readonly SeedMargin[];
  readonly profiles: number;
  /** Profile of each household. */
  readonly profileOf: Int32Array;
  /** Households of each profile. */
  readonly profileSize: Int32Array;
  readonly rowStart: Int32Array;
  readonly column: Int32Array;
  readonly value: Float64Array;
}

export interface SeedInput {
  readonly households: number;
  readonly variables: readonly SeedVariable[];
  /** Household (from 0) of each person; needed when a variable is of persons. */
  readonly householdOfPerson?: ArrayLike<number>;
}

/**
 * Turns the variables of the seed into sparse columns, one a margin. A person variable counts the persons of each category in each household: weights stay those
 * of households, and person margins are met exactly; distances are counted by household (R survey's `aggregate.stage` counts them by person). O(households x variables + persons).
 * @example
 * ```ts
 * const seed = seedColumns({ households: 3, householdOfPerson: [0, 0, 1, 2], variables: [
 *   { of: "households", name: "logement", categories: ["locataire", "propriétaire"], codes: [0, 1, 1] },
 *   { of: "persons", name: "âge", categories: ["0-17", "18+"], codes: [0, 1, 1, 1] }] });
 * [seed.profiles, [...seed.profileOf], [...seed.value]] // [ 2, [ 0, 1, 1 ], [ 1, 1, 1, 1, 1 ] ]
 * ```
 */
export function seedColumns({ households, variables, householdOfPerson }: SeedInput): SeedColumns {
  if (!(Number.isInteger(households) && households > 0))
    throw new QuartiersError({
      what: "Échantillon de départ vide",
      value: String(households),
      expected: "au moins un ménage",
    });
  const twice = variables.find(({ name }, i) => variables.findIndex((other) => other.name === name) !== i);
  if (twice) throw new QuartiersError({ what: "Variable de calage donnée deux fois", value: twice.name });
  const margins: SeedMargin[] = [];
  const firstOf: number[] = [];
  for (const variable of variables) {
    firstOf.push(margins.length);
    checkVariable(variable, households, householdOfPerson);
    const names = variable.of === "quantity" ? [null] : variable.categories;
    for (const category of names) margins.push({ variable: variable.name, category, of: variable.of });
  }
  const persons = personsByHousehold(households, householdOfPerson ?? []);
  const profiles = profileTable(households, margins.length);
  for (let i = 0; i < households; i++) {
    variables.forEach((variable, v) => {
      if (variable.of === "quantity") profiles.add(firstOf[v], variable.values[i]);
      else if (variable.of === "households") {
        if (variable.codes[i] >= 0) profiles.add(firstOf[v] + variable.codes[i], 1);
      } else
        for (let k = persons.start[i]; k < persons.start[i + 1]; k++) {
          const code = variable.codes[persons.person[k]];
          if (code >= 0) profiles.add(firstOf[v] + code, 1);
        }
    });
    profiles.close(i);
  }
  return { households, margins, ...profiles.columns() };
}

/** Persons in the order of their households. */
function personsByHousehold(
  households: number,
  householdOfPerson: ArrayLike<number>,
): { readonly start: Int32Array; readonly person: Int32Array } {
  const start = new Int32Array(households + 1);
  for (let k = 0; k < householdOfPerson.length; k++) start[householdOfPerson[k] + 1]++;
  for (let i = 0; i < households; i++) start[i + 1] += start[i];
  const next = start.slice();
  const person = new Int32Array(householdOfPerson.length);
  for (let k = 0; k < householdOfPerson.length; k++) person[next[householdOfPerson[k]]++] = k;
  return { start, person };
}

/** Collects the rows of households one by one; those that are the same become one profile. */
function profileTable(
  households: number,
  margins: number,
): {
  readonly add: (margin: number, amount: number) => void;
  readonly close: (household: number) => void;
  readonly columns: () => Omit<SeedColumns, "households" | "margins">;
} {
  const known = new Map<string, number>();
  const profileOf = new Int32Array(households);
  const sizes: number[] = [];
  const [starts, column, value]: [number[], number[], number[]] = [[0], [], []];
  const row = new Float64Array(margins);
  return {
    add: (margin, amount) => {
      row[margin] += amount;
    },
    close: (household) => {
      let key = "";
      for (let k = 0; k < margins; k++) if (row[k] !== 0) key += `${k}:${row[k]} `;
      let profile = known.get(key);
      if (profile === undefined) {
        profile = sizes.length;
        known.set(key, profile);
        sizes.push(0);
        for (let k = 0; k < margins; k++) {
          if (row[k] === 0) continue;
          column.push(k);
          value.push(row[k]);
        }
        starts.push(column.length);
      }
      profileOf[household] = profile;
      sizes[profile]++;
      row.fill(0);
    },
    columns: () => ({
      profiles: sizes.length,
      profileOf,
      profileSize: Int32Array.from(sizes),
      rowStart: Int32Array.from(starts),
      column: Int32Array.from(column),
      value: Float64Array.from(value),
    }),
  };
}

/** A margin as a reader names it. */
export const marginName = ({ variable, category }: SeedMargin): string =>
  category === null ? variable : `${variable} = ${category}`;

/**
 * Totals of the margins under weights given by profile. O(cells).
 * @example
 * ```ts
 * const seed = seedColumns({ households: 2, householdOfPerson: [0, 0, 1], variables: [
 *   { of: "persons", name: "âge", categories: ["0-17", "18+"], codes: [0, 1, 1] }] });
 * marginTotals(seed, Float64Array.of(10, 5)) // Float64Array(2) [ 10, 15 ]
 * ```
 */
export function marginTotals(columns: SeedColumns, weights: Float64Array): Float64Array {
  const { rowStart, column, value } = columns;
  const totals = new Float64Array(columns.margins.length);
  for (let p = 0; p < weights.length; p++)
    for (let k = rowStart[p]; k < rowStart[p + 1]; k++) totals[column[k]] += weights[p] * value[k];
  return totals;
}

/** Refuses a variable with a row too many or too few, or a value that is not one. */
function checkVariable(
  variable: SeedVariable,
  households: number,
  householdOfPerson: ArrayLike<number> | undefined,
): void {
  const { name, of } = variable;
  if (of === "persons" && !householdOfPerson)
    throw new QuartiersError({
      what: "Ménage de chaque personne absent",
      value: name,
      expected: "householdOfPerson, une valeur par personne",
    });
  const values = of === "quantity" ? variable.values : variable.codes;
  const rows = of === "persons" ? (householdOfPerson?.length ?? 0) : households;
  if (values.length !== rows)
    throw new QuartiersError({
      what: `Variable de calage «\u202f${name}\u202f» trop courte ou trop longue`,
      value: String(values.length),
      expected: `${rows} ${of === "persons" ? "personnes" : "ménages"}`,
    });
  const unit = of === "persons" ? "personne" : "ménage";
  for (let i = 0; i < rows; i++) {
    const value = values[i];
    if (of === "quantity") {
      if (!Number.isFinite(value)) throw missingValue(name, i, unit, value, "un nombre fini");
      continue;
    }
    const last = variable.categories.length - 1;
    if (!(value === -1 && variable.partial) && !(Number.isInteger(value) && value >= 0 && value <= last))
      throw missingValue(name, i, unit, value, `un rang de 0 à ${last}`);
    const household = of === "persons" ? (householdOfPerson?.[i] ?? -1) : 0;
    if (!(Number.isInteger(household) && household >= 0 && household < households))
      throw missingValue(name, i, unit, household, `un ménage de 0 à ${households - 1}`);
  }
}

const missingValue = (name: string, row: number, unit: string, value: unknown, expected: string): QuartiersError =>
  new QuartiersError({
    what: `Variable de calage «\u202f${name}\u202f»\u00a0: valeur absente ou inconnue`,
    value: String(value),
    where: `${unit} ${row + 1}`,
    expected,
    remedy: "compléter la source, ou déclarer la variable partielle et coder -1 hors de son champ",
  });
