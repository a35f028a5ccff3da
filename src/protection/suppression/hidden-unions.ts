import { type AdditiveSystem, additiveSystem, type SumOfCells } from "./additive-system.ts";
import type { Pattern } from "./pattern.ts";
import type { Primary } from "./primaries.ts";

/**
 * The hidden parts of each line whose total is visible: a reader has their sum, by subtraction, to the last unit.
 * @example
 * ```ts
 * hiddenUnions({ values: Float64Array.of(4, 20, 30, 54), lines: { starts: Int32Array.of(0, 4), cells: Int32Array.of(3, 0, 1, 2) } }, [0, 1]) // [[0, 1]]
 * ```
 */
export function hiddenUnions(
  { lines, values }: Pick<AdditiveSystem, "lines" | "values">,
  hide: ArrayLike<number>,
): readonly (readonly number[])[] {
  const hidden = new Uint8Array(values.length);
  for (let k = 0; k < hide.length; k++) hidden[hide[k] ?? 0] = 1;
  const unions = new Map<string, readonly number[]>();
  for (let line = 0; line + 1 < lines.starts.length; line++) {
    const [total = 0, ...parts] = lines.cells.subarray(lines.starts[line], lines.starts[line + 1]);
    const union = parts.filter((cell) => hidden[cell] === 1).sort((a, b) => a - b);
    if (hidden[total] === 0 && union.length > 1) unions.set(union.join(" "), union);
  }
  return [...unions.values()];
}

export interface UnionRule {
  /** Whether the cells taken together break the provider's rule, one contributor dominating their sum for instance. */
  readonly breaks: (cells: readonly number[]) => boolean;
  /** A union that breaks it must stay uncertain by this percentage of itself. */
  readonly amountPercent: number;
}

/**
 * Suppression that also protects the sum of the cells it hides together: a union that breaks the rule becomes one more amount to protect, tied to its cells,
 * and the pattern is made again, until no union breaks it. Ends, since each turn adds a union never seen.
 * The sum stays protected even if another turn shows some of its cells: a minimum proven is that of the table with these sums, a little above the least.
 * Covers the sums of one line; sums over several lines at once are left to the attacker.
 * Case: sdcTools/UserSupport issue 160, dominance of hidden unions.
 * @param suppress `minimumSuppression` or `suppressLargeTable`
 */
export async function protectUnions<Found extends Pattern>(
  system: AdditiveSystem,
  primaries: readonly Primary[],
  { breaks, amountPercent }: UnionRule,
  suppress: (system: AdditiveSystem, primaries: readonly Primary[]) => Promise<Found>,
): Promise<Found & { readonly unions: readonly (readonly number[])[] }> {
  const count = system.values.length;
  const unions: (readonly number[])[] = [];
  for (;;) {
    const pattern = await suppress(...withUnions(system, primaries, unions, amountPercent));
    const hide = pattern.hide.filter((cell) => cell < count);
    const seen = new Set(unions.map((union) => union.join(" ")));
    const found = hiddenUnions(system, hide).filter((union) => !seen.has(union.join(" ")) && breaks(union));
    if (found.length === 0 || pattern.unprotected.length > 0) return { ...pattern, hide, unions };
    unions.push(...found);
  }
}

/** The system with one more cell for each union, hidden like a primary and tied to its cells. */
function withUnions(
  system: AdditiveSystem,
  primaries: readonly Primary[],
  unions: readonly (readonly number[])[],
  amountPercent: number,
): [AdditiveSystem, readonly Primary[]] {
  if (unions.length === 0) return [system, primaries];
  const count = system.values.length;
  const { lines, values, open, least, greatest, alone, whole } = system;
  const sums: SumOfCells[] = [];
  for (let line = 0; line + 1 < lines.starts.length; line++) {
    const [total = 0, ...parts] = lines.cells.subarray(lines.starts[line], lines.starts[line + 1]);
    sums.push({ total, parts });
  }
  unions.forEach((parts, k) => {
    sums.push({ total: count + k, parts });
  });
  const amounts = unions.map((union) => union.reduce((sum, cell) => sum + values[cell], 0));
  const wider = additiveSystem([...values, ...amounts], sums, {
    costs: [...system.costs, ...unions.map(() => 0)],
    open: [...open.keys()].filter((cell) => open[cell] === 1),
    zeros: "sensitive",
    least: [...least, ...unions.map(() => 0)],
    greatest: [...greatest, ...unions.map(() => Number.POSITIVE_INFINITY)],
    whole,
    label: (cell) => (cell < count ? system.label(cell) : (unions[cell - count] ?? []).map(system.label).join(" + ")),
  });
  const needs = amounts.map((amount, k) => {
    const need = (amount * amountPercent) / 100;
    return { cell: count + k, up: need, down: need };
  });
  const above = [...system.leastAboveZeros, ...unions.map(() => 0)];
  return [
    {
      ...wider,
      alone: Int32Array.from([...alone, ...unions.map(() => -1)]),
      leastAboveZeros: Float64Array.from(above),
    },
    [...primaries, ...needs],
  ];
}
