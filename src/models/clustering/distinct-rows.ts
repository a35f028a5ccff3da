/** Rows of a cloud with the identical ones put together. */
export interface DistinctRows {
  /** Point of each row, numbered from 0 in the order of first rows. */
  readonly pointOf: Int32Array;
  /** First row of each point. */
  readonly firstRow: Int32Array;
  /** Sum of the masses of each point's rows. */
  readonly masses: Float64Array;
  /** Coordinates of the points, row-major. */
  readonly coordinates: Float64Array;
}

/**
 * Puts identical rows together with the sum of their masses: answers to a few closed questions repeat, and what is quadratic need not. Equal means equal to the last bit, 0 and -0 alike. By a
 * table of hashes, O(n d).
 * @example
 * ```ts
 * const { pointOf, masses } = distinctRows(Float64Array.of(1, 2, 5, 6, 1, 2), 2, Float64Array.of(1, 1, 3));
 * [[...pointOf], [...masses]] // [ [ 0, 1, 0 ], [ 4, 1 ] ]
 * ```
 */
export function distinctRows(coordinates: Float64Array, dimensions: number, masses: Float64Array): DistinctRows {
  const size = masses.length;
  const places = 2 ** Math.ceil(Math.log2(2 * size + 1));
  const table = new Int32Array(places).fill(-1);
  const pointOf = new Int32Array(size);
  const firstRow = new Int32Array(size);
  const summed = new Float64Array(size);
  const number = new Float64Array(1);
  const words = new Int32Array(number.buffer);
  let points = 0;
  for (let row = 0; row < size; row++) {
    let hash = 0;
    for (let at = row * dimensions; at < (row + 1) * dimensions; at++) {
      number[0] = coordinates[at] + 0;
      hash = Math.imul(hash ^ words[0], 0x9e3779b1);
      hash = Math.imul((hash ^ (hash >>> 15)) + words[1], 0x85ebca6b);
    }
    let place = (hash ^ (hash >>> 16)) & (places - 1);
    while (table[place] >= 0 && !sameRow(coordinates, dimensions, row, firstRow[table[place]]))
      place = (place + 1) & (places - 1);
    if (table[place] < 0) {
      table[place] = points;
      firstRow[points++] = row;
    }
    pointOf[row] = table[place];
    summed[table[place]] += masses[row];
  }
  const kept = firstRow.slice(0, points);
  const own = new Float64Array(points * dimensions);
  kept.forEach((row, point) => {
    own.set(coordinates.subarray(row * dimensions, (row + 1) * dimensions), point * dimensions);
  });
  return { pointOf, firstRow: kept, masses: summed.slice(0, points), coordinates: own };
}

function sameRow(coordinates: Float64Array, dimensions: number, one: number, other: number): boolean {
  for (let k = 0; k < dimensions; k++)
    if (coordinates[one * dimensions + k] !== coordinates[other * dimensions + k]) return false;
  return true;
}
