import {
  type Column,
  numberColumn,
  numbers,
  reasonAt,
  type Table,
  table,
  textColumn,
} from "../../../src/codes/table.ts";
import type { ReleaseOptions } from "../../../src/protection/release-options.ts";
import { source } from "../support.ts";

/** A table to release, with what the attacker takes as true of it, written out apart from the gate's own reading of the options. */
export interface RandomTable {
  readonly table: Table;
  readonly options: ReleaseOptions;
  readonly minUnits: number;
  /** Cells of the attack: column and row, with the truth. */
  readonly cells: readonly {
    readonly column: string;
    readonly row: number;
    readonly truth: number;
    readonly inherited: boolean;
  }[];
  /** [total, ...parts] as positions in `cells`. */
  readonly sums: readonly (readonly number[])[];
  /** Whether the cells are whole numbers. */
  readonly whole: boolean;
}

export type Draw = (below: number) => number;

/** Whole numbers from 0 to below - 1: a 32-bit xorshift, so that the tables are the same everywhere. */
export function drawing(seed: number): Draw {
  let state = Math.imul(seed + 1, 0x9e3779b9) | 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

/** Small counts, zeros and singletons are frequent; a table is either sparse, or of larger numbers. */
function count(draw: Draw, minUnits: number): number {
  const kind = draw(10);
  if (kind < 2) return 0;
  if (kind < 3) return 1;
  if (kind < 6) return draw(minUnits + 2);
  return minUnits + draw(4 * minUnits);
}

const label = { label: "Effectif", unit: "personnes", summable: true };
const threshold = (draw: Draw): number => [2, 3, 5, 11][draw(4)] ?? 11;

function holes(values: readonly number[], hidden: readonly boolean[]): Column {
  const column = numberColumn(
    values.map((value, row) => (hidden[row] ? Number.NaN : value)),
    label,
  );
  return { ...column, missing: Uint8Array.from(hidden, (is) => (is ? 1 : 0)) };
}

/** One to three ways with all their margins; at times the producer has hidden cells already. */
export function crossedTable(draw: Draw): RandomTable {
  const minUnits = threshold(draw);
  const ways = 1 + draw(3);
  const sizes = Array.from({ length: ways }, () => 2 + draw(ways === 1 ? 5 : ways === 2 ? 3 : 2));
  const inside = Array.from({ length: sizes.reduce((a, b) => a * b, 1) }, () => count(draw, minUnits));
  const full = sizes.map((size) => size + 1);
  const length = full.reduce((a, b) => a * b, 1);
  const at = (position: number): number[] => {
    let left = position;
    return [...full]
      .reverse()
      .map((size) => {
        const index = left % size;
        left = Math.floor(left / size);
        return index;
      })
      .reverse();
  };
  const position = (index: readonly number[], within: readonly number[]): number =>
    index.reduce((sum, i, way) => sum * (within[way] ?? 1) + i, 0);
  const truth = Array.from({ length }, (_, cell) => {
    const index = at(cell);
    let sum = 0;
    const visit = (way: number, chosen: number[]): void => {
      if (way === ways) {
        sum += inside[position(chosen, sizes)] ?? 0;
        return;
      }
      const own = index[way] ?? 0;
      const choices = own === sizes[way] ? Array.from({ length: own }, (_, i) => i) : [own];
      for (const choice of choices) visit(way + 1, [...chosen, choice]);
    };
    visit(0, []);
    return sum;
  });
  const sums: number[][] = [];
  for (let cell = 0; cell < length; cell++) {
    const index = at(cell);
    index.forEach((own, way) => {
      if (own !== sizes[way]) return;
      const parts = Array.from({ length: own }, (_, i) => position(index.with(way, i), full));
      sums.push([cell, ...parts]);
    });
  }
  const inherited = truth.map(() => false);
  if (draw(4) === 0) for (let i = 0; i < 1 + draw(3); i++) inherited[draw(length)] = true;
  const ways3 = ["zone", "age", "sexe"].slice(0, ways);
  const texts = ways3.map((_, way) =>
    Array.from({ length }, (_, cell) => {
      const own = at(cell)[way] ?? 0;
      return own === sizes[way] ? "Ensemble" : `${way}-${own}`;
    }),
  );
  return {
    table: table(
      {
        ...Object.fromEntries(ways3.map((name, way) => [name, textColumn(texts[way] ?? [], { label: name })])),
        n: holes(truth, inherited),
      },
      [source(minUnits)],
    ),
    options: { name: "essai", counts: "n", margins: [{ column: "n", by: ways3, totalLabel: "Ensemble" }] },
    minUnits,
    cells: truth.map((value, row) => ({ column: "n", row, truth: value, inherited: inherited[row] ?? false })),
    sums,
    whole: true,
  };
}

/** Zones by age and zones by sex, which share the totals of the zones, in one wide table with its last row for all zones. */
export function linkedTable(draw: Draw): RandomTable {
  const minUnits = threshold(draw);
  const zones = 2 + draw(3);
  const ages = 2 + draw(2);
  const rows = Array.from({ length: zones }, () => {
    const byAge = Array.from({ length: ages }, () => count(draw, minUnits));
    const total = byAge.reduce((a, b) => a + b, 0);
    const women = draw(4) === 0 ? Math.min(total, draw(minUnits)) : draw(total + 1);
    return [...byAge, women, total - women, total];
  });
  const width = ages + 3;
  const grid = [...rows, Array.from({ length: width }, (_, j) => rows.reduce((sum, row) => sum + (row[j] ?? 0), 0))];
  const names = [...Array.from({ length: ages }, (_, j) => `age${j}`), "femmes", "hommes", "total"];
  const at = (row: number, column: number): number => row * width + column;
  const sums: number[][] = [];
  grid.forEach((_, row) => {
    const ageParts = Array.from({ length: ages }, (_, j) => at(row, j));
    sums.push([at(row, width - 1), ...ageParts], [at(row, width - 1), at(row, ages), at(row, ages + 1)]);
  });
  names.forEach((_, column) => {
    sums.push([at(zones, column), ...rows.map((_, row) => at(row, column))]);
  });
  const all = rows.map((_, row) => row);
  return {
    table: table(
      Object.fromEntries(
        names.map((name, j) => [
          name,
          numberColumn(
            grid.map((row) => row[j] ?? 0),
            label,
          ),
        ]),
      ),
      [source(minUnits)],
    ),
    options: {
      name: "essai",
      counts: names,
      columnSums: [
        { total: "total", parts: names.slice(0, ages) },
        { total: "total", parts: ["femmes", "hommes"] },
      ],
      margins: names.map((column) => ({ column, total: zones, parts: all })),
    },
    minUnits,
    cells: grid.flatMap((values, row) =>
      values.map((truth, j) => ({ column: names[j] ?? "", row, truth, inherited: false })),
    ),
    sums,
    whole: true,
  };
}

/** A tree of zones (a country, its regions, their towns; some have one child), alone or by sex. */
export function nestedTable(draw: Draw): RandomTable {
  const minUnits = threshold(draw);
  const bySex = draw(2) === 0;
  const names = bySex ? ["femmes", "hommes", "n"] : ["n"];
  const values: number[][] = [[]];
  const sums: number[][] = [];
  const margins: { total: number; parts: number[] }[] = [];
  const regions: number[] = [];
  const add = (total: number, parts: readonly number[]): number[] => {
    margins.push({ total, parts: [...parts] });
    return names.map((_, j) => parts.reduce((sum, part) => sum + (values[part]?.[j] ?? 0), 0));
  };
  for (let region = 0; region < 1 + draw(3); region++) {
    const own = values.push([]) - 1;
    const towns = Array.from({ length: 1 + draw(4) }, () => {
      const women = count(draw, minUnits);
      const men = count(draw, minUnits);
      return values.push(bySex ? [women, men, women + men] : [women]) - 1;
    });
    values[own] = add(own, towns);
    regions.push(own);
  }
  values[0] = add(0, regions);
  const at = (row: number, column: number): number => row * names.length + column;
  for (const { total, parts } of margins) {
    names.forEach((_, j) => {
      sums.push([at(total, j), ...parts.map((part) => at(part, j))]);
    });
  }
  if (bySex) sums.push(...values.map((_, row) => [at(row, 2), at(row, 0), at(row, 1)]));
  return {
    table: table(
      Object.fromEntries(
        names.map((name, j) => [
          name,
          numberColumn(
            values.map((row) => row[j] ?? 0),
            label,
          ),
        ]),
      ),
      [source(minUnits)],
    ),
    options: {
      name: "essai",
      counts: names,
      margins: names.flatMap((column) => margins.map((margin) => ({ column, ...margin }))),
      columnSums: bySex ? [{ total: "n", parts: ["femmes", "hommes"] }] : [],
    },
    minUnits,
    cells: values.flatMap((row, i) =>
      row.map((truth, j) => ({ column: names[j] ?? "", row: i, truth, inherited: false })),
    ),
    sums,
    whole: true,
  };
}

/** A survey: respondents and their weights, in one crossed table; both are published with their margins. */
export function weightedTable(draw: Draw): RandomTable {
  const plain = crossedTable(draw);
  const inner = plain.cells.map(({ row }) => !plain.sums.some(([total]) => total === row));
  const weights = plain.cells.map(({ truth }, row) => (inner[row] ? truth * (10 + draw(90)) : 0));
  // The margins of the weights: totals of one way are computed before totals of those totals.
  const settled = new Set(weights.flatMap((_, row) => (inner[row] ? [row] : [])));
  while (settled.size < weights.length) {
    for (const [total = 0, ...parts] of plain.sums) {
      if (settled.has(total) || !parts.every((part) => settled.has(part))) continue;
      weights[total] = parts.reduce((sum, part) => sum + (weights[part] ?? 0), 0);
      settled.add(total);
    }
  }
  const length = plain.cells.length;
  const tenths = weights.map((weight) => weight / 10);
  const [margin] = plain.options.margins ?? [];
  const by = margin !== undefined && "by" in margin ? margin.by : [];
  return {
    table: table(
      {
        ...plain.table.columns,
        n: numberColumn(
          plain.cells.map(({ truth }) => truth),
          label,
        ),
        poids: numberColumn(tenths, label),
      },
      [source(plain.minUnits)],
    ),
    options: {
      ...plain.options,
      counts: ["n", "poids"],
      margins: ["n", "poids"].map((column) => ({ column, by, totalLabel: "Ensemble" })),
    },
    minUnits: plain.minUnits,
    cells: [
      ...plain.cells.map((cell) => ({ ...cell, inherited: false })),
      ...tenths.map((truth, row) => ({ column: "poids", row, truth, inherited: false })),
    ],
    sums: [...plain.sums, ...plain.sums.map((sum) => sum.map((cell) => cell + length))],
    whole: false,
  };
}

/** What the released table shows of a cell, or null. */
export function shown(released: Table, column: string, row: number): number | null {
  const found = numbers(released, column);
  return reasonAt(found, row) === null ? found.values[row] : null;
}
