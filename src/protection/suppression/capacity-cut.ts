import type { Band, Solver } from "../solver/program.ts";
import { type AdditiveSystem, signIn } from "./additive-system.ts";
import type { Demand } from "./lower-bound.ts";
import { type Reader, roomOf } from "./reader.ts";

export interface CutQuestion {
  readonly cell: number;
  readonly need: number;
  readonly reader: Reader;
  /** Share of each cell that is hidden in the choice to cut off. */
  readonly shares: Float64Array;
  /** 1 for a primary. */
  readonly primary: Uint8Array;
}

/**
 * A demand that every pattern protecting a primary meets, and that a choice which does not protect it breaks; null when none is found.
 * Prices on the lines (the dual of the reader's program) say how far hidden cells can carry the primary: whatever the prices, the sum over hidden cells of their
 * room times their reduced price is at least the need. So a demand is valid even if the solver was not exact.
 * Source: Fischetti and Salazar (2001), capacity constraints, strengthened by cutting each weight at the need.
 */
export function capacityCut(system: AdditiveSystem, question: CutQuestion, solver: Solver): Demand | null {
  const { cell: own, need, reader, shares, primary } = question;
  const direction = reader.rising ? 1 : -1;
  const cells: number[] = [];
  for (let cell = 0; cell < system.values.length; cell++) if (system.open[cell] === 0) cells.push(cell);
  const lineCount = system.lines.starts.length - 1;
  const rooms = cells.map((cell) => roomOf(system, reader, cell));
  const endless = 1000 * need;
  // Unknowns: a price for each line, then for each cell what its reduced price is above 0, and below.
  const objective = new Map<number, number>();
  const count = cells.length;
  const bands: Band[] = cells.map((cell, k) => {
    const coefficients = new Map<number, number>();
    for (let at = system.touching.starts[cell]; at < system.touching.starts[cell + 1]; at++) {
      const line = system.touching.cells[at];
      coefficients.set(line, signIn(system, line, cell));
    }
    if (cell === own) return { coefficients, low: direction, high: direction };
    coefficients.set(lineCount + k, 1);
    coefficients.set(lineCount + count + k, -1);
    // A visible cell costs little, so that of equal cuts the one that asks the most of it is found.
    const share = primary[cell] === 1 ? 1 : Math.max(shares[cell], 0.001);
    const { gain, loss } = rooms[k] ?? { gain: 0, loss: 0 };
    objective.set(lineCount + k, share * Math.min(gain, share === 1 ? endless : need));
    objective.set(lineCount + count + k, share * Math.min(loss, share === 1 ? endless : need));
    return { coefficients, low: 0, high: 0 };
  });
  const unknowns = lineCount + 2 * count;
  const solution = solver({
    sense: "min",
    objective,
    least: new Float64Array(unknowns).fill(Number.NEGATIVE_INFINITY, 0, lineCount),
    greatest: new Float64Array(unknowns).fill(Number.POSITIVE_INFINITY),
    whole: new Uint8Array(unknowns),
    bands,
  });
  if (solution.status !== "optimal") return null;
  const prices = solution.point.subarray(0, lineCount).map((price) => Math.round(price * 1e6) / 1e6);
  return demandOfPrices(system, question, prices);
}

/** Weights from prices alone: room times reduced price. */
function demandOfPrices(
  system: AdditiveSystem,
  { cell: own, need, reader, primary }: CutQuestion,
  prices: Float64Array,
): Demand | null {
  const reduced = (cell: number): number => {
    let price = 0;
    for (let at = system.touching.starts[cell]; at < system.touching.starts[cell + 1]; at++) {
      const line = system.touching.cells[at];
      price -= prices[line] * signIn(system, line, cell);
    }
    return Math.abs(price) < 1e-9 ? 0 : price;
  };
  // Rounded prices may leave the primary a coefficient a little off: the demand is scaled by what it is.
  const scale = Math.abs(reduced(own));
  if (scale < 0.5) return null;
  let left = need;
  const cells: number[] = [];
  const weights: number[] = [];
  for (let cell = 0; cell < system.values.length; cell++) {
    if (cell === own || system.open[cell] === 1) continue;
    const price = reduced(cell) / scale;
    if (price === 0) continue;
    const { gain, loss } = roomOf(system, reader, cell);
    const room = price > 0 ? gain * price : -loss * price;
    if (room === 0) continue;
    if (primary[cell] === 1) left -= room;
    else {
      cells.push(cell);
      weights.push(room);
    }
  }
  if (!(left > 1e-7)) return null;
  return {
    cells: Int32Array.from(cells),
    weights: Float64Array.from(weights, (room) => Math.min(room, left)),
    need: left,
  };
}

/** How much of a demand a choice meets, from 0; 1 or more when it meets it. */
export function metShare({ cells, weights, need }: Demand, shares: Float64Array): number {
  let met = 0;
  cells.forEach((cell, k) => {
    met += weights[k] * shares[cell];
  });
  return met / need;
}
