import type { Table } from "../../../src/codes/table.ts";
import { Refusal } from "../../../src/protection/refusal.ts";
import { release } from "../../../src/protection/release.ts";
import type { Solver } from "../../../src/protection/solver/program.ts";
import { Outsider } from "./outsider.ts";
import { type Draw, drawing, type RandomTable, shown } from "./random-tables.ts";

/** How the random tables fared. */
export interface Tally {
  accepted: number;
  refused: number;
  hidden: number;
  readonly broken: string[];
}

/** Releases tables drawn one after another, and attacks those that are accepted. */
export function releaseMany(
  make: (draw: Draw) => RandomTable,
  seeds: readonly [from: number, below: number],
  solver: Solver,
): Tally {
  const tally: Tally = { accepted: 0, refused: 0, hidden: 0, broken: [] };
  for (let seed = seeds[0]; seed < seeds[1]; seed++) {
    const random = make(drawing(seed));
    let released: Table;
    try {
      released = release(random.table, random.options);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      tally.refused++;
      continue;
    }
    tally.accepted++;
    for (const fault of faults(random, released, solver, tally)) tally.broken.push(`graine ${seed} : ${fault}`);
  }
  return tally;
}

/** What an outsider finds that the contract does not allow. The tables are invented: their cells may be named. */
export function faults(
  { cells, sums, minUnits, whole }: RandomTable,
  released: Table,
  solver: Solver,
  tally: Pick<Tally, "hidden">,
): readonly string[] {
  const seen = cells.map(({ column, row }) => shown(released, column, row));
  const integers = cells.map(({ column }) => whole || column === "n");
  const knowing = new Outsider(
    seen,
    sums,
    (cell) => (integers[cell] && !cells[cell]?.inherited ? 1 : 0),
    whole,
    solver,
  );
  const ignorant = new Outsider(seen, sums, () => 0, whole, solver);
  const touched = new Set(sums.flat());
  return cells.flatMap(({ column, row, truth, inherited }, cell): string[] => {
    const at = `${column}, ligne ${row}`;
    const visible = seen[cell];
    if (visible !== null && visible !== undefined) {
      const same = Math.abs(visible - truth) <= 1e-9 * Math.max(1, truth);
      return same && (truth === 0 || truth >= minUnits) ? [] : [`${at} : visible et sous le seuil, ou changée`];
    }
    tally.hidden++;
    if (!touched.has(cell)) return [];
    const found: string[] = [];
    if (!knowing.mayDiffer(cell, truth, whole ? 1 : 1e-3)) found.push(`${at} : retrouvée`);
    const primary = !inherited && truth > 0 && truth < minUnits;
    if ((primary || inherited) && !knowing.mayReach(cell, "max", minUnits)) found.push(`${at} : connue sous le seuil`);
    if (primary && !ignorant.mayReach(cell, "min", 0)) found.push(`${at} : zéro exclu`);
    return found;
  });
}
