import { type Random, seededRandom, weightedIndex } from "../../../src/codes/random.ts";
import {
  marginTotals,
  type SeedColumns,
  type SeedVariable,
  seedColumns,
} from "../../../src/models/calibration/seed-columns.ts";

/** Invented seed households with margins of households and of persons, and targets that some positive weights meet. */
export interface Invented {
  readonly variables: readonly SeedVariable[];
  readonly householdOfPerson: readonly number[];
  readonly columns: SeedColumns;
  readonly weights: Float64Array;
  readonly targets: Float64Array;
}

/** `spread` is how far the weights behind the targets are from the start weights: ratios from exp(-spread) to exp(spread). */
export function invented(seed: number, households: number, spread: number = 0.5): Invented {
  const random: Random = seededRandom(seed);
  // Every category has a household.
  const codes = (count: number, shares: readonly number[]): number[] =>
    Array.from({ length: count }, (_, i) => (i < shares.length ? i : weightedIndex(random, shares)));
  const size = codes(households, [0.4, 0.3, 0.2, 0.1]);
  const householdOfPerson = size.flatMap((code, household) => new Array<number>(code + 1).fill(household));
  const variables: readonly SeedVariable[] = [
    { of: "households", name: "taille", categories: ["1", "2", "3", "4"], codes: size },
    {
      of: "households",
      name: "logement",
      categories: ["HLM", "privé", "propriétaire"],
      codes: codes(households, [0.5, 0.2, 0.3]),
    },
    {
      of: "persons",
      name: "âge",
      categories: ["0-17", "18-64", "65+"],
      codes: codes(householdOfPerson.length, [0.3, 0.5, 0.2]),
    },
    { of: "persons", name: "emploi", categories: ["oui", "non"], codes: codes(householdOfPerson.length, [0.6, 0.4]) },
  ];
  const columns = seedColumns({ households, householdOfPerson, variables });
  const weights = Float64Array.from({ length: households }, () => 5 + 20 * random());
  const behind = new Float64Array(columns.profiles);
  for (let i = 0; i < households; i++)
    behind[columns.profileOf[i]] += weights[i] * Math.exp(spread * (2 * random() - 1));
  return { variables, householdOfPerson, columns, weights, targets: marginTotals(columns, behind) };
}

/** The columns as a dense table, one row a household. */
export function dense({ profileOf, rowStart, column, value, margins }: SeedColumns): number[][] {
  return Array.from(profileOf, (p) => {
    const row = new Array<number>(margins.length).fill(0);
    for (let k = rowStart[p]; k < rowStart[p + 1]; k++) row[column[k]] = value[k];
    return row;
  });
}

/** Totals of the margins, household by household. */
export const totalsOf = (columns: SeedColumns, weights: Float64Array): number[] =>
  dense(columns).reduce<number[]>(
    (totals, row, i) => totals.map((total, k) => total + weights[i] * row[k]),
    new Array<number>(columns.margins.length).fill(0),
  );
