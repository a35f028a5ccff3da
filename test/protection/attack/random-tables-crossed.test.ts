import { beforeAll, expect, it } from "vitest";
import { numbers, type Table } from "../../../src/codes/table.ts";
import { attackPublished } from "../../../src/protection/attack/attack-published.ts";
import { linesOf } from "../../../src/protection/attack/published.ts";
import { release } from "../../../src/protection/release.ts";
import { highsSolver } from "../../../src/protection/solver/highs.ts";
import type { Solver } from "../../../src/protection/solver/program.ts";
import { everyValue } from "./every-value.ts";
import { faults, releaseMany } from "./expect-unbroken.ts";
import { Outsider } from "./outsider.ts";
import { crossedTable, drawing, shown, weightedTable } from "./random-tables.ts";

const minutes = 60_000;
let solver: Solver;
beforeAll(async () => {
  solver = await highsSolver();
});

it(
  "3 500 tableaux d'une à trois entrées, avec zéros, singletons et trous du producteur : rien de ce qui passe ne se retrouve",
  () => {
    const { broken, accepted, refused, hidden } = releaseMany(crossedTable, [0, 3500], solver);
    expect(broken).toEqual([]);
    expect(accepted + refused).toBe(3500);
    expect(refused).toBeLessThan(100);
    expect(hidden).toBeGreaterThan(30_000);
  },
  5 * minutes,
);

it(
  "1 200 enquêtes pondérées : ni l'effectif ni le poids",
  () => {
    const { broken, accepted, hidden } = releaseMany(weightedTable, [0, 1200], solver);
    expect(broken).toEqual([]);
    expect(accepted).toBe(1200);
    expect(hidden).toBeGreaterThan(15_000);
  },
  5 * minutes,
);

/** The table with its small counts hidden, and nothing more. */
function primariesOnly(table: Table, minUnits: number): Table {
  const n = numbers(table, "n");
  const missing = Uint8Array.from(n.values, (value, row) =>
    n.missing?.[row] || (value > 0 && value < minUnits) ? 1 : 0,
  );
  return { ...table, columns: { ...table.columns, n: { ...n, missing } } };
}

it(
  "le même attaquant retrouve presque toujours ce qui est masqué sans être protégé",
  () => {
    let attacked = 0;
    let broken = 0;
    for (let seed = 0; seed < 200; seed++) {
      const random = crossedTable(drawing(seed));
      const tally = { hidden: 0 };
      const found = faults(random, primariesOnly(random.table, random.minUnits), solver, tally);
      if (tally.hidden === 0) continue;
      attacked++;
      if (found.length > 0) broken++;
    }
    expect(attacked).toBeGreaterThan(150);
    expect(broken / attacked).toBeGreaterThan(0.7);
  },
  minutes,
);

it(
  "il dit ce que dit l'essai de toutes les valeurs, quand elles sont peu nombreuses",
  () => {
    let compared = 0;
    for (let seed = 0; seed < 400; seed++) {
      const random = crossedTable(drawing(seed));
      for (const table of [primariesOnly(random.table, random.minUnits), releasedOrNull(random)]) {
        if (table === null) continue;
        const seen = random.cells.map(({ column, row }) => shown(table, column, row));
        const every = everyValue(seen, random.sums);
        if (every === null) continue;
        const outsider = new Outsider(seen, random.sums, () => 0, true, solver);
        for (const [cell, values] of every) {
          const [low, high] = [Math.min(...values), Math.max(...values)];
          expect(outsider.mayReach(cell, "max", high) && outsider.mayReach(cell, "min", low)).toBe(true);
          expect(outsider.mayReach(cell, "max", high + 1) || outsider.mayReach(cell, "min", low - 1)).toBe(false);
          compared++;
        }
      }
    }
    expect(compared).toBeGreaterThan(300);
  },
  2 * minutes,
);

function releasedOrNull(random: ReturnType<typeof crossedTable>): Table | null {
  try {
    return release(random.table, random.options);
  } catch {
    return null;
  }
}

it(
  "l'attaquant des publications trouve sûr ce que la porte laisse passer, et nomme ce qu'elle ne laisse pas",
  () => {
    let safe = 0;
    let named = 0;
    for (let seed = 0; seed < 300; seed++) {
      const random = crossedTable(drawing(seed));
      const cell = (row: number) => ({ column: "n", row });
      const lines = linesOf(
        random.sums.map(([total = 0, ...parts]) => ({ total: cell(total), parts: parts.map(cell) })),
      );
      const promiseOf = ({ row }: { readonly row: number }) => {
        const { truth = 0, inherited = false } = random.cells[row] ?? {};
        const small = !inherited && truth > 0 && truth < random.minUnits;
        const kind = inherited ? "inherited" : small ? "count" : "other";
        return { kind, least: inherited ? 0 : 1, reach: kind === "other" ? 0 : random.minUnits } as const;
      };
      const attack = (table: Table) => {
        const found = attackPublished({ columns: table.columns, lines, whole: ["n"] }, promiseOf, solver);
        if (found.status !== "attacked") throw new Error(`graine ${seed} : contradiction`);
        return found.cells;
      };
      const released = releasedOrNull(random);
      if (released) {
        const cells = attack(released);
        expect(
          cells.filter(({ verdict }) => verdict !== "safe"),
          `graine ${seed}`,
        ).toEqual([]);
        safe += cells.length;
      }
      for (const { means, verdict, chain } of attack(primariesOnly(random.table, random.minUnits))) {
        if (means === null) continue;
        named++;
        if (verdict === "recovered" && means === "rank") expect(chain.length).toBeGreaterThan(0);
      }
    }
    expect(safe).toBeGreaterThan(2000);
    expect(named).toBeGreaterThan(900);
  },
  5 * minutes,
);
