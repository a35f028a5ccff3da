import type { SeedColumns } from "./seed-columns.ts";

/** The nearest margins that weights between their bounds can have, and the proof that no nearer ones exist. */
export interface ReachableMargins {
  /** Least sum of absolute gaps, in households and persons; 0 when every margin can be met. */
  readonly gap: number;
  /** Total of each margin at that point. */
  readonly reached: Float64Array;
  /**
   * The proof (Farkas 1902): for this combination of margins, `demanded` is the combination of the targets, and no weights between the bounds give more than
   * `largest`. Their difference is the gap.
   */
  readonly combination: Float64Array;
  readonly demanded: number;
  readonly largest: number;
}

export interface ReachableInput {
  /** Start weights, summed by profile; 0 takes a profile out. */
  readonly start: Float64Array;
  readonly targets: Float64Array;
  /** Margins that count; the others may be anything. */
  readonly margins: Int32Array;
  /** Bounds of the ratios: low finite, high may be infinite. */
  readonly low: number;
  readonly high: number;
  /** Ratios near those of the answer, as Newton left them: profiles begin at the bound that is nearer, and few have to move. */
  readonly guess?: Float64Array;
}

const epsilon = 1e-9;

/**
 * Solves the linear programme "least sum of absolute gaps to the margins, every ratio between low and high" by the simplex with bounded variables (Dantzig 1955), one row a
 * margin and one column a profile. Null when it does not end. O(steps x (cells + margins^2)).
 * @example
 * ```ts
 * const columns = { households: 1, profiles: 1, profileOf: Int32Array.of(0), profileSize: Int32Array.of(1), margins: [{ variable: "a", category: "1", of: "households" }],
 *   rowStart: Int32Array.of(0, 1), column: Int32Array.of(0), value: Float64Array.of(1) };
 * const found = reachableMargins(columns, { start: Float64Array.of(10), targets: Float64Array.of(50), margins: Int32Array.of(0), low: 0.5, high: 3 });
 * [found?.gap, found?.demanded, found?.largest] // [ 20, 50, 30 ]
 * ```
 */
export function reachableMargins(columns: SeedColumns, input: ReachableInput): ReachableMargins | null {
  const { start, targets, margins, low, high, guess } = input;
  const { rowStart, column, value, profiles } = columns;
  const rows = margins.length;
  const rowOf = new Int32Array(targets.length).fill(-1);
  margins.forEach((margin, row) => {
    rowOf[margin] = row;
  });
  // Variables: profiles, then for each row a gap above (coefficient -1) and a gap below (+1), of cost 1.
  const count = profiles + 2 * rows;
  const lower = new Float64Array(count);
  const upper = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  for (let p = 0; p < profiles; p++) {
    lower[p] = start[p] * low;
    upper[p] = start[p] === 0 ? 0 : start[p] * high;
  }
  const place = new Int32Array(count).fill(-1); // row where basic, -1 at lower, -2 at upper
  const columnOf = (variable: number, out: Float64Array): void => {
    out.fill(0);
    if (variable >= profiles) {
      const gap = variable - profiles;
      out[gap >> 1] = (gap & 1) === 0 ? 1 : -1;
      return;
    }
    for (let k = rowStart[variable]; k < rowStart[variable + 1]; k++)
      if (rowOf[column[k]] >= 0) out[rowOf[column[k]]] += value[k];
  };
  const left = Float64Array.from(margins, (margin) => targets[margin]);
  const scratch = new Float64Array(rows);
  const subtract = (variable: number, amount: number): void => {
    if (amount === 0) return;
    columnOf(variable, scratch);
    for (let i = 0; i < rows; i++) left[i] -= amount * scratch[i];
  };
  for (let p = 0; p < profiles; p++) {
    if (guess && start[p] > 0 && guess[p] > (low + high) / 2) place[p] = -2;
    subtract(p, place[p] === -2 ? upper[p] : lower[p]);
  }
  const basis = Int32Array.from(left, (gap, row) => profiles + 2 * row + (gap >= 0 ? 0 : 1));
  basis.forEach((variable, row) => {
    place[variable] = row;
  });
  const inverse = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++) inverse[i * rows + i] = left[i] >= 0 ? 1 : -1;
  const level = left.map(Math.abs);
  const prices = new Float64Array(rows);
  const entering = new Float64Array(rows);
  const moved = new Float64Array(rows);
  let still = 0;
  const limit = 200 * (rows + 10) + 20 * profiles;
  for (let turn = 0; turn < limit; turn++) {
    priceRows(prices, basis, inverse, rows, profiles);
    const careful = still > 2 * rows + 20;
    let chosen = -1;
    let best = epsilon;
    for (let variable = 0; variable < count; variable++) {
      if (place[variable] >= 0 || upper[variable] === lower[variable]) continue;
      let reduced: number;
      if (variable < profiles) {
        reduced = 0;
        for (let k = rowStart[variable]; k < rowStart[variable + 1]; k++)
          if (rowOf[column[k]] >= 0) reduced -= value[k] * prices[rowOf[column[k]]];
      } else {
        const gap = variable - profiles;
        reduced = 1 - ((gap & 1) === 0 ? prices[gap >> 1] : -prices[gap >> 1]);
      }
      const gain = place[variable] === -1 ? -reduced : reduced;
      if (gain > best) {
        best = gain;
        chosen = variable;
        if (careful) break; // Bland's rule ends every cycle
      }
    }
    if (chosen < 0) return proof(columns, input, prices, level, place, lower, upper);
    const sign = place[chosen] === -1 ? 1 : -1;
    columnOf(chosen, entering);
    for (let i = 0; i < rows; i++) {
      let sum = 0;
      for (let k = 0; k < rows; k++) sum += inverse[i * rows + k] * entering[k];
      moved[i] = sum;
    }
    let most = upper[chosen] - lower[chosen];
    let leaving = -1;
    for (let i = 0; i < rows; i++) {
      const rate = sign * moved[i];
      if (Math.abs(rate) < epsilon) continue;
      const room = rate > 0 ? (level[i] - lower[basis[i]]) / rate : (upper[basis[i]] - level[i]) / -rate;
      const allowed = Math.max(0, room);
      if (allowed < most || (allowed === most && leaving >= 0 && basis[i] < basis[leaving])) {
        most = allowed;
        leaving = i;
      }
    }
    if (most === Number.POSITIVE_INFINITY) return null;
    still = most > 1e-12 ? 0 : still + 1;
    for (let i = 0; i < rows; i++) level[i] -= sign * most * moved[i];
    if (leaving < 0) {
      place[chosen] = place[chosen] === -1 ? -2 : -1;
      continue;
    }
    const out = basis[leaving];
    place[out] = sign * moved[leaving] > 0 ? -1 : -2;
    const entered = (place[chosen] === -1 ? lower[chosen] : upper[chosen]) + sign * most;
    basis[leaving] = chosen;
    place[chosen] = leaving;
    level[leaving] = entered;
    pivot(inverse, moved, leaving, rows);
  }
  return null;
}

/** Prices of the rows: costs of the basis x inverse. */
function priceRows(
  prices: Float64Array,
  basis: Int32Array,
  inverse: Float64Array,
  rows: number,
  profiles: number,
): void {
  prices.fill(0);
  for (let i = 0; i < rows; i++)
    if (basis[i] >= profiles) for (let k = 0; k < rows; k++) prices[k] += inverse[i * rows + k];
}

function pivot(inverse: Float64Array, moved: Float64Array, leaving: number, rows: number): void {
  const base = leaving * rows;
  for (let k = 0; k < rows; k++) inverse[base + k] /= moved[leaving];
  for (let i = 0; i < rows; i++) {
    if (i === leaving || moved[i] === 0) continue;
    for (let k = 0; k < rows; k++) inverse[i * rows + k] -= moved[i] * inverse[base + k];
  }
}

/** Totals at the optimum, and the bound that the prices prove, computed anew from the data. */
function proof(
  columns: SeedColumns,
  { start, targets, margins, low, high }: ReachableInput,
  prices: Float64Array,
  level: Float64Array,
  place: Int32Array,
  lower: Float64Array,
  upper: Float64Array,
): ReachableMargins {
  const { rowStart, column, value, profiles } = columns;
  const combination = new Float64Array(targets.length);
  margins.forEach((margin, row) => {
    const rounded = Math.round(prices[row]);
    combination[margin] = Math.abs(prices[row] - rounded) < 1e-7 ? rounded + 0 : prices[row];
  });
  const reached = new Float64Array(targets.length);
  let largest = 0;
  for (let p = 0; p < profiles; p++) {
    const weight = place[p] >= 0 ? level[place[p]] : place[p] === -2 ? upper[p] : lower[p];
    let score = 0;
    for (let k = rowStart[p]; k < rowStart[p + 1]; k++) {
      reached[column[k]] += weight * value[k];
      score += value[k] * combination[column[k]];
    }
    if (start[p] > 0 && Math.abs(score) > 1e-7) largest += start[p] * (score > 0 ? high : low) * score;
  }
  let demanded = 0;
  let gap = 0;
  for (const margin of margins) {
    demanded += combination[margin] * targets[margin];
    gap += Math.abs(reached[margin] - targets[margin]);
  }
  return { gap, reached, combination, demanded, largest };
}
