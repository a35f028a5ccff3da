import { Refusal } from "../refusal.ts";
import type { AdditiveSystem } from "./additive-system.ts";

/** A cell to protect: for whoever reads everything else, its value could be `up` more, and could be `down` less. */
export interface Primary {
  readonly cell: number;
  readonly up: number;
  readonly down: number;
}

/**
 * The cells whose count is above 0 and under the threshold, each to be protected over the contract's interval.
 * The upper end is proven against a reader who knows that zeros are published; the lower end against one who does not.
 * @param interval values that the hidden count must still be able to take; [0, minUnits] by default
 * @example
 * ```ts
 * smallCounts({ values: Float64Array.of(4, 20, 24) }, 11) // [{ cell: 0, up: 7, down: 4 }]
 * ```
 */
export function smallCounts(
  { values }: Pick<AdditiveSystem, "values">,
  minUnits: number,
  interval: readonly [number, number] = [0, minUnits],
): readonly Primary[] {
  const [low, high] = interval;
  const primaries: Primary[] = [];
  values.forEach((value, cell) => {
    if (value > 0 && value < minUnits)
      primaries.push({ cell, up: Math.max(0, high - value), down: Math.max(0, value - low) });
  });
  return primaries;
}

/**
 * The amounts named, each to be protected by a percentage of itself, above and below.
 * @example
 * ```ts
 * uncertainAmounts({ values: Float64Array.of(40, 20, 60) }, [0], 10) // [{ cell: 0, up: 4, down: 4 }]
 * ```
 */
export function uncertainAmounts(
  { values }: Pick<AdditiveSystem, "values">,
  cells: readonly number[],
  amountPercent: number,
): readonly Primary[] {
  return cells.map((cell) => {
    const need = (values[cell] * amountPercent) / 100;
    return { cell, up: need, down: need };
  });
}

/** @throws Refusal when a cell to protect is one that must stay visible, or is named twice, or needs a value that readers know impossible */
export function checkPrimaries(
  { values, open, least, greatest, label }: AdditiveSystem,
  primaries: readonly Primary[],
): void {
  const seen = new Set<number>();
  for (const { cell, up, down } of primaries) {
    if (!(cell >= 0 && cell < values.length) || seen.has(cell)) {
      throw new Refusal({
        what: "Une cellule à protéger est absente, ou nommée deux fois",
        expected: `des cellules distinctes, de 0 à ${values.length - 1}`,
      });
    }
    seen.add(cell);
    if (
      open[cell] === 0 &&
      up >= 0 &&
      down >= 0 &&
      values[cell] - down >= least[cell] - 1e-9 &&
      values[cell] + up <= greatest[cell]
    )
      continue;
    throw new Refusal({
      what: "Une cellule à protéger ne peut pas l'être",
      value: label(cell),
      expected: "une cellule que l'on puisse masquer, et des valeurs que le lecteur ne sache pas impossibles",
      remedy: "regrouper cette cellule avec une autre, ou déclarer moins de connaissances extérieures",
    });
  }
}
