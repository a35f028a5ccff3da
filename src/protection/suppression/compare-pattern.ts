import { highsSolver } from "../solver/highs.ts";
import { type AdditiveSystem, type AdditiveTable, asSystem } from "./additive-system.ts";
import { type MinimumOptions, minimumSuppression } from "./minimum-suppression.ts";
import { checkPrimaries, type Primary } from "./primaries.ts";
import { unsafePrimaries } from "./unsafe-primaries.ts";

/** A pattern chosen by hand beside the proven minimum. */
export interface PatternComparison {
  /** Whether no reader narrows any primary. */
  readonly safe: boolean;
  /** Cells that it leaves too narrow, in words, without their values. */
  readonly unprotected: readonly string[];
  /** Primaries that it does not even hide, in words. */
  readonly forgotten: readonly string[];
  /** Cells hidden beyond the primaries, and what they cost. */
  readonly complementary: number;
  readonly cost: number;
  /** What the best pattern found hides and costs, and whether it is proven the least. */
  readonly leastComplementary: number;
  readonly leastCost: number;
  readonly proven: boolean;
  /** French sentence for the student. */
  readonly sentence: string;
}

/**
 * Compares a pattern picked by hand with the minimum: which cells it fails to protect, and how much it hides for nothing. For teaching, on small tables.
 * @param hide cells picked, primaries included
 * @example
 * ```ts
 * const values = [4, 20, 24, 15, 30, 45, 19, 50, 69];
 * const sums = [
 *   { total: 2, parts: [0, 1] }, { total: 5, parts: [3, 4] }, { total: 8, parts: [6, 7] },
 *   { total: 6, parts: [0, 3] }, { total: 7, parts: [1, 4] }, { total: 8, parts: [2, 5] },
 * ];
 * (await comparePattern({ values, sums }, [{ cell: 0, up: 7, down: 4 }], [0, 1])).unprotected // ["cellule 1"]
 * ```
 */
export async function comparePattern(
  table: AdditiveSystem | AdditiveTable,
  primaries: readonly Primary[],
  hide: readonly number[],
  options: MinimumOptions = {},
): Promise<PatternComparison> {
  const system = asSystem(table);
  checkPrimaries(system, primaries);
  const hidden = new Set(hide);
  const own = new Set(primaries.map(({ cell }) => cell));
  const forgotten = primaries.filter(({ cell }) => !hidden.has(cell)).map(({ cell }) => system.label(cell));
  const unsafe = unsafePrimaries(system, primaries, [...hidden], await highsSolver());
  const unprotected = [...new Set(unsafe.map(({ primary }) => system.label(primary.cell)))];
  const extra = [...hidden].filter((cell) => !own.has(cell));
  const cost = extra.reduce((sum, cell) => sum + system.costs[cell], 0);
  const least = await minimumSuppression(system, primaries, options);
  const facts = {
    safe: unprotected.length === 0 && forgotten.length === 0,
    unprotected,
    forgotten,
    complementary: extra.length,
    cost,
    leastComplementary: least.complementary,
    leastCost: least.cost,
    proven: least.proven,
  };
  return { ...facts, sentence: sentenceOf(facts) };
}

function sentenceOf({
  safe,
  unprotected,
  complementary,
  cost,
  leastComplementary,
  leastCost,
  proven,
}: Omit<PatternComparison, "sentence">): string {
  const best = `${leastComplementary} cellule(s) de plus que les petites suffisent${proven ? ", et c'est prouvé" : ", à ce qu'on a trouvé"}`;
  if (!safe) return `Ce choix laisse trop étroite(s)\u00a0: ${unprotected.join("\u00a0; ")}. ${best}.`;
  if (cost <= leastCost) return `Ce choix protège tout, et on ne ${proven ? "peut pas" : "sait pas"} masquer moins.`;
  return `Ce choix protège tout, avec ${complementary - leastComplementary} cellule(s) de trop\u00a0: ${best}.`;
}
