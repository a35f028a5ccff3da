import { type AdditiveSystem, signIn } from "./additive-system.ts";
import type { Primary } from "./primaries.ts";

/** A change of hidden cells that leaves every visible cell and every sum as they are. */
export interface Deviation {
  readonly cells: Int32Array;
  readonly changes: Float64Array;
}

/** Two other tables that fit all that is published: in one the cell is `up` more, in the other `down` less. */
export interface Witness {
  readonly cell: number;
  readonly above: Deviation;
  readonly below: Deviation;
}

/**
 * The primaries that are not proven safe by their witness, checked by substitution alone: whoever chose the pattern is not trusted.
 * A witness holds when it changes hidden cells only, balances every line, leaves every cell possible (in whole numbers for counts), moves the
 * primary by its need, and touches no cell known to a contributor who is alone in it, other than the primary's own.
 * Guarantee for a cell not returned: no reader, and no such contributor alone, can exclude a value of its interval. Not covered: two contributors who pool.
 * Linear in the size of the witnesses, whatever the size of the table.
 */
export function withoutWitness(
  system: AdditiveSystem,
  primaries: readonly Primary[],
  hide: Int32Array,
  witnesses: readonly Witness[],
): readonly number[] {
  const hidden = new Uint8Array(system.values.length);
  for (const cell of hide) hidden[cell] = 1;
  const of = new Map(witnesses.map((witness) => [witness.cell, witness]));
  return primaries
    .filter(({ cell, up, down }) => {
      const witness = of.get(cell);
      if (witness === undefined || hidden[cell] === 0) return true;
      return !(
        holds(system, hidden, cell, witness.above, up, system.leastAboveZeros) &&
        holds(system, hidden, cell, witness.below, -down, system.least)
      );
    })
    .map(({ cell }) => cell);
}

function holds(
  system: AdditiveSystem,
  hidden: Uint8Array,
  own: number,
  { cells, changes }: Deviation,
  need: number,
  least: Float64Array,
): boolean {
  if (need === 0) return true;
  const { values, greatest, alone, touching, open, whole } = system;
  const balance = new Map<number, number>();
  let reached = 0;
  for (let k = 0; k < cells.length; k++) {
    const cell = cells[k];
    const change = changes[k];
    const value = values[cell] + change;
    const slack = whole ? 0 : 1e-7 * Math.max(1, values[cell]);
    if (hidden[cell] === 0 || open[cell] === 1) return false;
    if (value < least[cell] - slack || value > greatest[cell] + slack) return false;
    if (whole && !Number.isInteger(value)) return false;
    if (cell !== own && alone[cell] >= 0 && alone[cell] !== alone[own]) return false;
    if (cell === own) reached = change;
    for (let at = touching.starts[cell]; at < touching.starts[cell + 1]; at++) {
      const line = touching.cells[at];
      balance.set(line, (balance.get(line) ?? 0) + change * signIn(system, line, cell));
    }
  }
  const slack = whole ? 0 : 1e-7 * Math.max(1, Math.abs(need));
  for (const left of balance.values()) if (Math.abs(left) > slack) return false;
  return need > 0 ? reached >= need - slack : reached <= need + slack;
}
