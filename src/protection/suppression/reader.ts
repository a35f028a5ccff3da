import type { Band, LinearProgram, Solver } from "../solver/program.ts";
import { type AdditiveSystem, signIn } from "./additive-system.ts";
import type { Primary } from "./primaries.ts";

/** Who reads the table, and which end of an interval is judged. */
export interface Reader {
  /** True for the upper end, judged with what a reader of published zeros knows. */
  readonly rising: boolean;
  /** The contributor who knows the cells where it is alone, or -1. */
  readonly insider: number;
}

/** The readers against whom primaries are protected: anybody, and each contributor alone in some cell. */
export function readersOf({ alone, open }: AdditiveSystem): readonly Reader[] {
  const insiders = [...new Set(alone.filter((who, cell) => who >= 0 && open[cell] === 0))];
  return [-1, ...insiders].flatMap((insider) => [
    { rising: true, insider },
    { rising: false, insider },
  ]);
}

/** How much a reader must believe a primary can move; 0 when it is the reader's own. */
export const needAgainst = (
  { alone }: AdditiveSystem,
  { rising, insider }: Reader,
  { cell, up, down }: Primary,
): number => (insider >= 0 && alone[cell] === insider ? 0 : rising ? up : down);

/** What a hidden cell can gain and lose for a reader. */
export function roomOf(
  { values, least, leastAboveZeros, greatest, open, alone }: AdditiveSystem,
  { rising, insider }: Reader,
  cell: number,
): { readonly gain: number; readonly loss: number } {
  if (open[cell] === 1 || (insider >= 0 && alone[cell] === insider)) return { gain: 0, loss: 0 };
  const bottom = rising ? leastAboveZeros[cell] : least[cell];
  return { gain: greatest[cell] - values[cell], loss: Math.max(0, values[cell] - bottom) };
}

/** The deviations that a pattern leaves possible for one reader: every line balanced, each cell within its room times its share hidden. */
export class Deviations {
  readonly #reader: Reader;
  readonly #solver: Solver;
  readonly #placeOf = new Map<number, number>();
  readonly #base: Omit<LinearProgram, "objective">;
  /** Greatest move seen of each cell in the reader's direction, over all answers. */
  readonly #seen: Float64Array;

  /**
   * @param shares 1 for a hidden cell, 0 for a visible one; between them when a program relaxes the choice, and then an endless room counts as `endless`
   * @param options `whole` for deviations in whole numbers
   */
  constructor(
    system: AdditiveSystem,
    reader: Reader,
    shares: Float64Array,
    solver: Solver,
    { whole = false, endless = 0 }: { readonly whole?: boolean; readonly endless?: number } = {},
  ) {
    this.#reader = reader;
    this.#solver = solver;
    const cells = [...shares.keys()].filter((cell) => (shares[cell] ?? 0) > 1e-9);
    cells.forEach((cell, place) => {
      this.#placeOf.set(cell, place);
    });
    const rooms = cells.map((cell) => roomOf(system, reader, cell));
    const share = (place: number): number => shares[cells[place] ?? 0];
    this.#base = {
      sense: "max",
      least: Float64Array.from(rooms, ({ loss }, place) => -loss * share(place)),
      greatest: Float64Array.from(rooms, ({ gain }, place) =>
        share(place) === 1 ? gain : Math.min(gain, endless) * share(place),
      ),
      whole: new Uint8Array(rooms.length).fill(whole ? 1 : 0),
      bands: balancedBands(system, this.#placeOf),
    };
    this.#seen = new Float64Array(rooms.length);
  }

  /** How far a hidden cell can move, up to what is asked: at least `need` when it can, else the most it can. */
  reach(cell: number, need: number): number {
    const place = this.#placeOf.get(cell);
    if (place === undefined) return 0;
    if (this.#seen[place] >= need - 1e-7) return need;
    const direction = this.#reader.rising ? 1 : -1;
    const solution = this.#solver({ ...this.#base, objective: new Map([[place, direction]]) });
    if (solution.status === "unbounded") return need;
    if (solution.status !== "optimal") return 0;
    solution.point.forEach((change, k) => {
      this.#seen[k] = Math.max(this.#seen[k], direction * change);
    });
    return Math.min(need, solution.value);
  }
}

function balancedBands(system: AdditiveSystem, placeOf: ReadonlyMap<number, number>): readonly Band[] {
  const lines = new Map<number, Map<number, number>>();
  for (const [cell, place] of placeOf) {
    for (let k = system.touching.starts[cell]; k < system.touching.starts[cell + 1]; k++) {
      const line = system.touching.cells[k];
      const coefficients = lines.get(line) ?? new Map<number, number>();
      lines.set(line, coefficients);
      coefficients.set(place, signIn(system, line, cell));
    }
  }
  return [...lines.values()].map((coefficients) => ({ coefficients, low: 0, high: 0 }));
}
