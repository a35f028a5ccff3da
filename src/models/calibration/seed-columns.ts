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
  const cells: Map<number, number>[] = Array.from({ length: households }, () => new Map());
  const margins: SeedMargin[] = [];
  for (const variable of variables) {
    const first = margins.length;
    if (variable.of === "quantity") {
      margins.push({ variable: variable.name, category: null, of: variable.of });
      checkLength(variable.name, variable.values.length, households, "ménages");
      for (let i = 0; i < households; i++) {
        const value = variable.values[i];
        if (!Number.isFinite(value)) throw missingValue(variable.name, i, "ménage", value, "un nombre fini");
        if (value !== 0) cells[i].set(first, value);
      }
      continue;
    }
    const { name, of, categories, codes, partial = false } = variable;
    for (const category of categories) margins.push({ variable: name, category, of });
    const persons = of === "persons";
    if (persons && !householdOfPerson)
      throw new QuartiersError({
        what: "Ménage de chaque personne absent",
        value: name,
        expected: "householdOfPerson, une valeur par personne",
      });
    checkLength(
      name,
      codes.length,
      persons ? (householdOfPerson?.length ?? 0) : households,
      persons ? "personnes" : "ménages",
    );
    for (let row = 0; row < codes.length; row++) {
      const code = codes[row];
      if (code === -1 && partial) continue;
      if (!(Number.isInteger(code) && code >= 0 && code < categories.length))
        throw missingValue(name, row, persons ? "personne" : "ménage", code, `un rang de 0 à ${categories.length - 1}`);
      const household = persons ? (householdOfPerson?.[row] ?? -1) : row;
      const cell = cells[household];
      if (!cell) throw missingValue(name, row, "personne", household, `un ménage de 0 à ${households - 1}`);
      cell.set(first + code, (cell.get(first + code) ?? 0) + 1);
    }
  }
  return { households, margins, ...profilesOf(cells) };
}

/** Households with the same cells become one profile. */
function profilesOf(cells: readonly Map<number, number>[]): Omit<SeedColumns, "households" | "margins"> {
  const known = new Map<string, number>();
  const profileOf = new Int32Array(cells.length);
  const sizes: number[] = [];
  const [starts, column, value]: [number[], number[], number[]] = [[0], [], []];
  for (let i = 0; i < cells.length; i++) {
    const sorted = [...cells[i]].sort(([a], [b]) => a - b);
    const key = sorted.join(" ");
    let profile = known.get(key);
    if (profile === undefined) {
      profile = sizes.length;
      known.set(key, profile);
      sizes.push(0);
      for (const [margin, amount] of sorted) {
        column.push(margin);
        value.push(amount);
      }
      starts.push(column.length);
    }
    profileOf[i] = profile;
    sizes[profile]++;
  }
  return {
    profiles: sizes.length,
    profileOf,
    profileSize: Int32Array.from(sizes),
    rowStart: Int32Array.from(starts),
    column: Int32Array.from(column),
    value: Float64Array.from(value),
  };
}

/** A margin as a reader names it. */
export const marginName = ({ variable, category }: SeedMargin): string =>
  category === null ? variable : `${variable} = ${category}`;

/** Totals of the margins under weights given by profile. O(cells). */
export function marginTotals(columns: SeedColumns, weights: Float64Array): Float64Array {
  const { rowStart, column, value } = columns;
  const totals = new Float64Array(columns.margins.length);
  for (let p = 0; p < weights.length; p++)
    for (let k = rowStart[p]; k < rowStart[p + 1]; k++) totals[column[k]] += weights[p] * value[k];
  return totals;
}

function checkLength(name: string, length: number, expected: number, of: string): void {
  if (length !== expected)
    throw new QuartiersError({
      what: `Variable de calage «\u202f${name}\u202f» trop courte ou trop longue`,
      value: String(length),
      expected: `${expected} ${of}`,
    });
}

const missingValue = (name: string, row: number, unit: string, value: unknown, expected: string): QuartiersError =>
  new QuartiersError({
    what: `Variable de calage «\u202f${name}\u202f»\u00a0: valeur absente ou inconnue`,
    value: String(value),
    where: `${unit} ${row + 1}`,
    expected,
    remedy: "compléter la source, ou déclarer la variable partielle et coder -1 hors de son champ",
  });
