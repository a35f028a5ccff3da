/** Points with masses, the class in which each sits, and what the classes weigh. */
export interface Seats {
  readonly coordinates: Float64Array;
  readonly dimensions: number;
  readonly masses: Float64Array;
  /** Changed in place. */
  readonly classOf: Int32Array;
  /** Room for the means and the masses of the classes. */
  readonly centres: Float64Array;
  readonly weights: Float64Array;
}

/**
 * One pass of Lloyd: means of the classes, then each point to the nearest mean (its own when equal). True when a point moved. O(n k d).
 * @example
 * ```ts
 * const seats = { coordinates: Float64Array.of(0, 1, 4, 9, 10), dimensions: 1, masses: new Float64Array(5).fill(1), classOf: Int32Array.of(0, 0, 1, 1, 1), centres: new Float64Array(2), weights: new Float64Array(2) };
 * [reallocate(seats), [...seats.classOf]] // [ true, [ 0, 0, 0, 1, 1 ] ]
 * ```
 */
export function reallocate(seats: Seats): boolean {
  const { masses, classOf, weights } = seats;
  computeCentres(seats);
  let moved = false;
  for (let point = 0; point < masses.length; point++) {
    let best = classOf[point];
    let least = squaredDistance(seats, point, best);
    for (let label = 0; label < weights.length; label++) {
      if (label === classOf[point] || !(weights[label] > 0)) continue;
      const squared = squaredDistance(seats, point, label);
      if (!(squared < least)) continue;
      least = squared;
      best = label;
    }
    if (best !== classOf[point]) moved = true;
    classOf[point] = best;
  }
  return moved;
}

/**
 * One pass of Hartigan: each point in turn moves where it lowers the inertia within most, counting that the means follow it: M m / (M - m) d² left behind against M m / (M + m) d² added. The
 * last point of a class stays. True when a point moved. O(n k d).
 * @example
 * ```ts
 * const seats = { coordinates: Float64Array.of(0, 1, 4, 9, 10), dimensions: 1, masses: new Float64Array(5).fill(1), classOf: Int32Array.of(0, 0, 1, 1, 1), centres: new Float64Array(2), weights: new Float64Array(2) };
 * [transfer(seats), [...seats.classOf]] // [ true, [ 0, 0, 0, 1, 1 ] ]
 * ```
 */
export function transfer(seats: Seats): boolean {
  const { coordinates, dimensions, masses, classOf, centres, weights } = seats;
  computeCentres(seats);
  const points = new Int32Array(weights.length);
  for (const label of classOf) points[label]++;
  let moved = false;
  for (let point = 0; point < masses.length; point++) {
    const from = classOf[point];
    if (points[from] < 2) continue;
    const mass = masses[point];
    const gained = (squaredDistance(seats, point, from) * weights[from]) / (weights[from] - mass);
    let best = from;
    // Less by rounding alone is no gain: points would go back and forth.
    let least = gained * (1 - 1e-12);
    for (let label = 0; label < weights.length; label++) {
      if (label === from || points[label] === 0) continue;
      const added = (squaredDistance(seats, point, label) * weights[label]) / (weights[label] + mass);
      if (!(added < least)) continue;
      least = added;
      best = label;
    }
    if (best === from) continue;
    moved = true;
    classOf[point] = best;
    points[from]--;
    points[best]++;
    for (let k = 0; k < dimensions; k++) {
      const x = coordinates[point * dimensions + k];
      centres[from * dimensions + k] -= ((x - centres[from * dimensions + k]) * mass) / (weights[from] - mass);
      centres[best * dimensions + k] += ((x - centres[best * dimensions + k]) * mass) / (weights[best] + mass);
    }
    weights[from] -= mass;
    weights[best] += mass;
  }
  return moved;
}

function computeCentres({ coordinates, dimensions, masses, classOf, centres, weights }: Seats): void {
  centres.fill(0);
  weights.fill(0);
  for (let point = 0; point < masses.length; point++) {
    const label = classOf[point];
    weights[label] += masses[point];
    for (let k = 0; k < dimensions; k++)
      centres[label * dimensions + k] += masses[point] * coordinates[point * dimensions + k];
  }
  for (let at = 0; at < centres.length; at++) centres[at] /= weights[Math.floor(at / dimensions)];
}

function squaredDistance({ coordinates, dimensions, centres }: Seats, point: number, label: number): number {
  let squared = 0;
  for (let k = 0; k < dimensions; k++)
    squared += (coordinates[point * dimensions + k] - centres[label * dimensions + k]) ** 2;
  return squared;
}
