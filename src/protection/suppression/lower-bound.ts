import type { AdditiveSystem } from "./additive-system.ts";
import type { Primary } from "./primaries.ts";

/** What any safe pattern must hide: the weights of its hidden cells add up to `need` or more. Weights are never above `need`. */
export interface Demand {
  readonly cells: Int32Array;
  readonly weights: Float64Array;
  readonly need: number;
}

/**
 * What each line with a primary demands: the other hidden cells of the line must be able to take up the whole change of the primary, up and down.
 * Primaries are hidden anyway: what they can take up is deducted, except for the contributor who knows most of it. One demand a line, the hardest.
 */
export function lineDemands(system: AdditiveSystem, primaries: readonly Primary[]): readonly Demand[] {
  const { lines, touching } = system;
  const primary = new Uint8Array(system.values.length);
  for (const { cell } of primaries) primary[cell] = 1;
  const hardest = new Map<number, { readonly demand: Demand; readonly ease: number }>();
  for (const { cell, up, down } of primaries) {
    for (let k = touching.starts[cell]; k < touching.starts[cell + 1]; k++) {
      const line = touching.cells[k];
      for (const [need, rising] of [[up, true] as const, [down, false] as const]) {
        if (need === 0) continue;
        const members = lines.cells.subarray(lines.starts[line], lines.starts[line + 1]);
        const demand = demandOf(system, primary, { own: cell, members, need, rising });
        if (demand === null) continue;
        const ease = demand.weights.reduce((sum, weight) => sum + weight, 0) / demand.need;
        if (ease < (hardest.get(line)?.ease ?? Number.POSITIVE_INFINITY)) hardest.set(line, { demand, ease });
      }
    }
  }
  return [...hardest.values()].map(({ demand }) => demand);
}

interface Question {
  readonly own: number;
  /** Cells of the line, the total first. */
  readonly members: Int32Array;
  readonly need: number;
  readonly rising: boolean;
}

/** What one line demands for one primary in one direction, against the contributor who takes most away; null when the primaries suffice. */
function demandOf(
  system: AdditiveSystem,
  primary: Uint8Array,
  { own, members, need, rising }: Question,
): Demand | null {
  const { values, least, leastAboveZeros, greatest, open, alone } = system;
  const bottom = rising ? leastAboveZeros : least;
  const total = members[0];
  const roomOf = (cell: number): number => {
    // When the primary rises, other parts fall, or the total rises; the reverse when it falls, or when it is the total.
    const falls = rising === ((cell === total) === (own === total));
    return Math.max(0, falls ? values[cell] - bottom[cell] : greatest[cell] - values[cell]);
  };
  let left = need;
  const known = new Map<number, number>();
  for (const cell of members) {
    if (cell === own || primary[cell] === 0) continue;
    const room = Math.min(need, roomOf(cell));
    left -= room;
    if (alone[cell] >= 0 && alone[cell] !== alone[own]) known.set(alone[cell], (known.get(alone[cell]) ?? 0) + room);
  }
  const [insider, taken] = [...known].reduce((worst, next) => (next[1] > worst[1] ? next : worst), [-1, 0]);
  left += taken;
  if (left <= 1e-9) return null;
  const cells = members.filter(
    (cell) => cell !== own && primary[cell] === 0 && open[cell] === 0 && (insider < 0 || alone[cell] !== insider),
  );
  return { cells, weights: Float64Array.from(cells, (cell) => Math.min(left, roomOf(cell))), need: left };
}

/**
 * A loss that no pattern meeting the demands goes under, by raising a price on each demand while no cell is paid more than its cost
 * (dual ascent for covering programs). Valid whatever the order; linear in the size of the demands, for tables too large for a solver.
 * Source: linear programming duality; Erlenkotter (1978) for the ascent.
 */
export function ascentBound(costs: Float64Array, demands: readonly Demand[]): number {
  const left = costs.slice();
  const order = demands
    .map((_, i) => i)
    .sort((a, b) => (demands[a]?.cells.length ?? 0) - (demands[b]?.cells.length ?? 0) || a - b);
  let bound = 0;
  for (const i of order) {
    const demand = demands[i];
    if (!demand) continue;
    const { cells, weights, need } = demand;
    let price = Number.POSITIVE_INFINITY;
    cells.forEach((cell, k) => {
      if (weights[k] > 0) price = Math.min(price, left[cell] / (weights[k] / need));
    });
    if (price === Number.POSITIVE_INFINITY) continue;
    bound += price;
    cells.forEach((cell, k) => {
      left[cell] -= (price * weights[k]) / need;
    });
  }
  return bound;
}
