import type { ScalingKernel } from "./scaling-kernel.ts";

/** A direction for the logarithms of the column factors, in which the dual function rises. */
export interface NewtonDirection {
  readonly direction: Float64Array;
  /** Derivative of the dual function along it. */
  readonly slope: number;
  /** Its largest entry. */
  readonly longest: number;
  /** Sweeps of the kernel that it took. */
  readonly sweeps: number;
}

/** A direction is found to this share of the residual at best, and in this number of sweeps at most. */
const FINEST = 1e-4;
const MOST_SWEEPS = 300;
/** The diagonal is diag(c) x (1 + this x error): far from the solution the step stays short, near it the convergence stays faster than linear. */
const DAMPING = 0.3;

/**
 * Newton's direction of the dual after a sweep (rows exact): solves (diag(c) - P' diag(1/a) P) d = b - c, P the plan, c the sums of its columns, by conjugate gradients
 * preconditioned by diag(c), the diagonal raised a little while the error is large. The product by the matrix is one sweep of the kernel. Only as exactly as the present error deserves (Dembo, Eisenstat, Steihaug 1982).
 */
export function newtonDirection(
  kernel: ScalingKernel,
  shares: Float64Array,
  error: number,
  most: number,
): NewtonDirection {
  const { columns, columnScale, columnSums } = kernel;
  const sums = Float64Array.from({ length: columns }, (_, j) => columnScale[j] * columnSums[j]);
  const gradient = shares.map((share, j) => share - sums[j]);
  const residual = gradient.slice();
  const direction = new Float64Array(columns);
  const preconditioned = residual.map((value, j) => value / sums[j]);
  const step = preconditioned.slice();
  kernel.weighRows();
  let product = dot(residual, preconditioned);
  const enough = product * Math.max(FINEST, Math.min(0.1, Math.sqrt(error))) ** 2;
  const damping = 1 + DAMPING * Math.min(1, error);
  let sweeps = 0;
  while (sweeps < Math.min(MOST_SWEEPS, most) && product > enough) {
    const image = kernel.transposeTimes(step);
    sweeps++;
    let curvature = 0;
    for (let j = 0; j < columns; j++) {
      image[j] = damping * sums[j] * step[j] - image[j];
      curvature += step[j] * image[j];
    }
    if (!(curvature > 0)) break;
    const length = product / curvature;
    for (let j = 0; j < columns; j++) {
      direction[j] += length * step[j];
      residual[j] -= length * image[j];
      preconditioned[j] = residual[j] / sums[j];
    }
    const next = dot(residual, preconditioned);
    for (let j = 0; j < columns; j++) step[j] = preconditioned[j] + (next / product) * step[j];
    product = next;
  }
  let longest = 0;
  for (const entry of direction) if (Math.abs(entry) > longest) longest = Math.abs(entry);
  return { direction, slope: dot(gradient, direction), longest, sweeps };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j] * b[j];
  return sum;
}
