import { type ExactNumbers, exactNumbers } from "../rules/exact.ts";
import type { Band, Solver } from "../solver/program.ts";

/** Largest denominator tried for a multiplier. */
const finest = 100_000;

/**
 * Proof that no x >= 0 (of any sign where `signed`) lies within all bands: multipliers of their ends that add up to 0 <= something negative (Farkas).
 * The solver only proposes the multipliers; they are read as fractions, and their sum is checked in exact arithmetic.
 * Gives the bands that the proof uses, or null when there is none, be it only because the impossibility comes from whole numbers.
 */
export function proofOfNone(
  bands: readonly Band[],
  unknowns: number,
  signed: (unknown: number) => boolean,
  solver: Solver,
): readonly number[] | null {
  // One multiplier an end: +1 times (coefficients·x <= high), -1 times (coefficients·x >= low).
  const ends = bands.flatMap(({ low, high }, band) => [
    ...(Number.isFinite(high) ? [{ band, sign: 1, end: high }] : []),
    ...(Number.isFinite(low) ? [{ band, sign: -1, end: -low }] : []),
  ]);
  if (ends.length === 0) return null;
  const columns = Array.from({ length: unknowns }, () => new Map<number, number>());
  ends.forEach(({ band, sign }, k) => {
    for (const [unknown, value] of bands[band]?.coefficients ?? []) columns[unknown]?.set(k, sign * value);
  });
  const used = columns
    .map((coefficients, unknown) => ({ coefficients, unknown }))
    .filter((one) => one.coefficients.size > 0);
  const solution = solver({
    sense: "min",
    objective: new Map(ends.map(({ end }, k) => [k, end])),
    least: new Float64Array(ends.length),
    greatest: new Float64Array(ends.length).fill(1),
    whole: new Uint8Array(ends.length),
    bands: used.map(({ coefficients, unknown }) => ({
      coefficients,
      low: 0,
      high: signed(unknown) ? 0 : Number.POSITIVE_INFINITY,
    })),
  });
  if (solution.status !== "optimal") return null;
  const multipliers = wholeMultipliers(solution.point);
  const total = (values: readonly bigint[]): bigint =>
    multipliers.reduce((sum, multiplier, k) => sum + multiplier * (values[k] ?? 0n), 0n);
  const exactEnds: ExactNumbers = exactNumbers(ends.map(({ end }) => end));
  if (total(exactEnds.integers) >= 0n) return null;
  const holds = used.every(({ coefficients, unknown }) => {
    let sum = 0n;
    for (const [k, value] of coefficients) sum += (multipliers[k] ?? 0n) * BigInt(value);
    return signed(unknown) ? sum === 0n : sum >= 0n;
  });
  return holds ? [...new Set(ends.flatMap(({ band }, k) => ((multipliers[k] ?? 0n) > 0n ? [band] : [])))] : null;
}

/** The same multipliers times their common denominator. */
function wholeMultipliers(point: Float64Array): readonly bigint[] {
  const fractions = Array.from(point, (value) => fractionNear(value));
  const common = fractions.reduce((all, [, denominator]) => (all / divisor(all, denominator)) * denominator, 1n);
  return fractions.map(([numerator, denominator]) => numerator * (common / denominator));
}

/** The simplest fraction at a billionth of a number in [0, 1], by its continued fraction. */
function fractionNear(value: number): readonly [bigint, bigint] {
  let [before, now] = [0, 1];
  let [beforeBelow, below] = [1, 0];
  let rest = value;
  for (;;) {
    const part = Math.floor(rest + 1e-9);
    [before, now] = [now, part * now + before];
    [beforeBelow, below] = [below, part * below + beforeBelow];
    const left = rest - part;
    if (left < 1e-9 || Math.abs(now / below - value) < 1e-9 || below > finest) return [BigInt(now), BigInt(below)];
    rest = 1 / left;
  }
}

function divisor(a: bigint, b: bigint): bigint {
  return b === 0n ? a : divisor(b, a % b);
}
