import type { ScalingKernel } from "./scaling-kernel.ts";
import { columnPotentials, loadRows } from "./sinkhorn-log.ts";
import { newtonDirection } from "./sinkhorn-newton.ts";

/** What the iterations work on: a kernel, the costs, what each column is to receive, and the potentials reached (log domain). */
export interface SinkhornState {
  readonly kernel: ScalingKernel;
  readonly costs: Float64Array;
  readonly columnShares: Float64Array;
  readonly rowPotentials: Float64Array;
  readonly columnPotentials: Float64Array;
}

/** Bounds of the scaling factors before they are put into the potentials, far from those of double precision. */
const LARGEST_SCALE = 1e80;
/** Under this a column has lost its digits: its potential is computed anew from the costs. */
const SMALLEST_SUM = 1e-250;
/** Plain iterations before the first Newton step, and between two when one was refused. */
const PLAIN_ITERATIONS = 40;
/** A Newton step never multiplies a factor by more than the exponential of this. */
const LONGEST_STEP = 20;

/**
 * Sinkhorn's iterations at one epsilon, from the column potentials given, until the columns receive their shares to `tolerance` (sum of absolute differences;
 * rows are exact after each sweep) or `most` sweeps are done, `done` of them before. After some plain iterations, Newton steps on the dual (Brauer, Clason, Lorenz,
 * Wirth 2017) take over: a small epsilon would need tens of thousands of plain ones. Leaves the plan in the kernel and the potentials that go with it.
 */
export function sinkhorn(
  state: SinkhornState,
  epsilon: number,
  tolerance: number,
  done: number,
  most: number,
): { readonly iterations: number; readonly error: number } {
  const { kernel, costs, columnShares, rowPotentials, columnPotentials: potentials } = state;
  const { columns, columnScale, columnSums } = kernel;
  const reload = (): void => loadRows(kernel, costs, rowPotentials, potentials, epsilon);
  let iterations = done;
  let plainLeft = PLAIN_ITERATIONS;
  reload();
  for (;;) {
    kernel.pass();
    const { error, lost } = columnError(kernel, columnShares);
    if (!lost && (error <= tolerance || iterations >= most)) return { iterations, error };
    if (lost) {
      // A column too far from every row for double precision: one half step on the columns brings it back.
      const spent = iterations >= most;
      if (!spent) columnPotentials(kernel, costs, columnShares, rowPotentials, potentials, epsilon);
      reload();
      if (spent) return { iterations, error: Number.POSITIVE_INFINITY };
      iterations++;
      continue;
    }
    iterations++;
    if (plainLeft-- > 0) {
      for (let j = 0; j < columns; j++) columnScale[j] = columnShares[j] / columnSums[j];
    } else {
      const spent = newtonStep(kernel, columnShares, error, most - iterations);
      iterations += spent.sweeps;
      if (!spent.accepted) plainLeft = PLAIN_ITERATIONS;
    }
    if (!outOfBounds(kernel)) continue;
    absorb(columnScale.subarray(0, columns), potentials, epsilon);
    reload();
  }
}

/** Puts scaling factors into potentials. */
export function absorb(scale: Float64Array, potentials: Float64Array, epsilon: number): void {
  for (let k = 0; k < potentials.length; k++) potentials[k] += epsilon * Math.log(scale[k]);
}

function columnError(
  { columns, columnScale, columnSums }: ScalingKernel,
  shares: Float64Array,
): { error: number; lost: boolean } {
  let error = 0;
  let lost = false;
  for (let j = 0; j < columns; j++) {
    error += Math.abs(columnScale[j] * columnSums[j] - shares[j]);
    if (!(columnSums[j] > SMALLEST_SUM && columnSums[j] < Number.POSITIVE_INFINITY)) lost = true;
  }
  return { error, lost };
}

function outOfBounds({ columns, columnScale, rowScale }: ScalingKernel): boolean {
  const outside = (scale: number): boolean => !(scale < LARGEST_SCALE && scale > 1 / LARGEST_SCALE);
  return columnScale.subarray(0, columns).some(outside) || rowScale.some(outside);
}

/** The dual function at the factors of the last sweep, up to a constant: what each step must raise. */
function dualValue({ columns, rowMargins, rowScale, columnScale }: ScalingKernel, shares: Float64Array): number {
  let value = 0;
  for (let i = 0; i < rowMargins.length; i++) value += rowMargins[i] * Math.log(rowScale[i]);
  for (let j = 0; j < columns; j++) value += shares[j] * Math.log(columnScale[j]);
  return value;
}

/** One Newton step with backtracking from the factors of the last sweep; leaves them as they were when no length is accepted. */
function newtonStep(
  kernel: ScalingKernel,
  shares: Float64Array,
  error: number,
  most: number,
): { accepted: boolean; sweeps: number } {
  const { columns, columnScale } = kernel;
  const start = columnScale.slice(0, columns);
  const value = dualValue(kernel, shares);
  const { direction, slope, longest, sweeps } = newtonDirection(kernel, shares, error, most);
  let length = Math.min(1, LONGEST_STEP / longest);
  for (let tries = 0; tries < 8 && slope > 0; tries++, length /= 2) {
    for (let j = 0; j < columns; j++) columnScale[j] = start[j] * Math.exp(length * direction[j]);
    kernel.pass();
    const now = columnError(kernel, shares);
    if (!now.lost && (dualValue(kernel, shares) >= value + 1e-4 * length * slope || now.error <= error / 2))
      return { accepted: true, sweeps: sweeps + tries };
  }
  columnScale.set(start);
  return { accepted: false, sweeps: sweeps + 8 };
}
