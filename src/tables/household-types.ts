import { numbers, type Table, texts } from "../codes/table.ts";

/** The households of one neighbourhood. */
export interface HouseholdStructure {
  readonly households: number;
  /** Shares of PERSONS by household type; they add up to 1. */
  readonly types: readonly {
    readonly label: string;
    readonly adults: number;
    readonly children: number;
    readonly sharePersons: number;
  }[];
}

/**
 * Household types from a table of sizes (1 to 6 and more). The table does not say who is a child: from three persons on, two adults and children
 * under 14 are assumed, and the chapter says so. Neighbourhoods with a hidden cell have no structure and fall back on the bounds.
 */
export function householdTypes(sizes: Table): ReadonlyMap<string, HouseholdStructure> {
  const size = numbers(sizes, "taille").values;
  const households = numbers(sizes, "menages").values;
  const persons = numbers(sizes, "personnes").values;
  const rows = new Map<string, number[]>();
  texts(sizes, "code_qp").values.forEach((code, row) => {
    rows.set(code, [...(rows.get(code) ?? []), row]);
  });
  const structures = new Map<string, HouseholdStructure>();
  for (const [code, members] of rows) {
    const total = members.reduce((sum, row) => sum + persons[row], 0);
    if (!(total > 0)) continue;
    structures.set(code, {
      households: members.reduce((sum, row) => sum + households[row], 0),
      types: members.map((row) => {
        const count = size[row];
        const adults = Math.min(count, 2);
        return {
          label: `${count} personne${count > 1 ? "s" : ""}`,
          adults,
          children: count - adults,
          sharePersons: persons[row] / total,
        };
      }),
    });
  }
  return structures;
}
