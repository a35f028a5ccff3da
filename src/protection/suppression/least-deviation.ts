import type { Band, Solver } from "../solver/program.ts";
import { type AdditiveSystem, signIn } from "./additive-system.ts";
import type { Deviation } from "./witness.ts";

/** Cells of the neighbourhood given to the solver, at most. */
const widest = 20_000;

/**
 * A deviation that moves a cell by `need` (negative to lower it) and costs least, each visible cell paying in proportion to its change: where moves
 * found by search do not suffice. Looked for among the cells tied to it, up to 20 000; in whole numbers for counts. Null when there is none.
 */
export function leastDeviation(
  system: AdditiveSystem,
  hidden: Uint8Array,
  cell: number,
  need: number,
  solver: Solver,
): Deviation | null {
  if (need === 0) return { cells: new Int32Array(), changes: new Float64Array() };
  const { cells, lines } = neighbourhood(system, cell);
  const bottom = need > 0 ? system.leastAboveZeros : system.least;
  const count = cells.length;
  // Unknown k is what cell k gains, unknown count + k what it loses.
  const greatest = new Float64Array(2 * count);
  const objective = new Map<number, number>();
  const placeOf = new Map<number, number>();
  cells.forEach((each, k) => {
    placeOf.set(each, k);
    if (!usable(system, cell, each)) return;
    greatest[k] = system.greatest[each] - system.values[each];
    greatest[count + k] = Math.max(0, system.values[each] - bottom[each]);
    if (hidden[each] === 1) return;
    objective.set(k, system.costs[each]);
    objective.set(count + k, system.costs[each]);
  });
  const least = new Float64Array(2 * count);
  const own = placeOf.get(cell) ?? 0;
  greatest[need > 0 ? own : count + own] = Math.abs(need);
  least[need > 0 ? own : count + own] = Math.abs(need);
  greatest[need > 0 ? count + own : own] = 0;
  const bands: Band[] = lines.map((line) => {
    const coefficients = new Map<number, number>();
    for (let at = system.lines.starts[line]; at < system.lines.starts[line + 1]; at++) {
      const each = system.lines.cells[at];
      const k = placeOf.get(each);
      if (k === undefined) continue;
      const sign = signIn(system, line, each);
      coefficients.set(k, sign);
      coefficients.set(count + k, -sign);
    }
    return { coefficients, low: 0, high: 0 };
  });
  const whole = new Uint8Array(2 * count);
  const relaxed = solver({ sense: "min", objective, least, greatest, whole, bands });
  if (relaxed.status !== "optimal") return null;
  const isWhole = relaxed.point.every((value) => Math.abs(value - Math.round(value)) < 1e-6);
  const solution =
    !system.whole || isWhole
      ? relaxed
      : solver({ sense: "min", objective, least, greatest, whole: whole.fill(1), bands, gap: 0.2 });
  if (solution.status !== "optimal" && solution.status !== "stopped") return null;
  const used: number[] = [];
  const changes: number[] = [];
  cells.forEach((each, k) => {
    const change = solution.point[k] - solution.point[count + k];
    if (Math.abs(change) < 1e-7) return;
    used.push(each);
    changes.push(system.whole ? Math.round(change) : change);
  });
  return { cells: Int32Array.from(used), changes: Float64Array.from(changes) };
}

const usable = ({ open, alone }: AdditiveSystem, own: number, cell: number): boolean =>
  cell === own || (open[cell] === 0 && (alone[cell] < 0 || alone[cell] === alone[own]));

/** The usable cells tied to a cell, nearest first, and every line that holds one of them: a line at the edge holds back the cells it cuts. */
function neighbourhood(
  system: AdditiveSystem,
  own: number,
): { readonly cells: readonly number[]; readonly lines: readonly number[] } {
  const cells = new Set([own]);
  const lines = new Set<number>();
  for (const cell of cells) {
    for (let k = system.touching.starts[cell]; k < system.touching.starts[cell + 1]; k++) {
      const line = system.touching.cells[k];
      if (lines.has(line)) continue;
      lines.add(line);
      if (cells.size >= widest) continue;
      for (let at = system.lines.starts[line]; at < system.lines.starts[line + 1]; at++) {
        if (usable(system, own, system.lines.cells[at])) cells.add(system.lines.cells[at]);
      }
    }
  }
  return { cells: [...cells], lines: [...lines] };
}
