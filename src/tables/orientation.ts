/**
 * On which side of the line from a to b the point p lies: positive on the left, negative on the right, 0 on the line itself. The sign is exact for
 * coordinates that are 0 or between 1e-140 and 1e150 in size: a filter on the rounding error, then the sum of all the rounding
 * errors (Shewchuk 1997, « Adaptive Precision Floating-Point Arithmetic and Fast Robust Geometric Predicates »). O(1).
 * @example
 * ```ts
 * [orientation(0, 0, 1, 1, 0, 1), orientation(0, 0, 3, 3, 0.1, 0.1), orientation(0, 0, 3, 3, 0.1, 0.1 - 2 ** -56)].map(Math.sign) // [1, 0, -1]
 * ```
 */
export function orientation(ax: number, ay: number, bx: number, by: number, px: number, py: number): number {
  const left = (ax - px) * (by - py);
  const right = (ay - py) * (bx - px);
  const determinant = left - right;
  const bound = filterError * Math.abs(left + right);
  // Products of opposite signs cannot cancel, and then |left + right| is not the bound.
  if (left > 0 ? right <= 0 : left < 0 ? right >= 0 : right !== 0) return determinant;
  if (determinant > bound || -determinant > bound) return determinant;
  return exactOrientation(ax, ay, bx, by, px, py);
}

const epsilon = 2 ** -53;
const filterError = (3 + 16 * epsilon) * epsilon;
const splitter = 2 ** 27 + 1;

/** The rounding error of a - b, when `difference` is what was rounded. */
function differenceError(a: number, b: number, difference: number): number {
  const virtual = a - difference;
  return a - (difference + virtual) + (virtual - b);
}

/** The rounding error of a * b (Dekker 1971). */
function productError(a: number, b: number, product: number): number {
  const wideA = splitter * a;
  const highA = wideA - (wideA - a);
  const lowA = a - highA;
  const wideB = splitter * b;
  const highB = wideB - (wideB - b);
  const lowB = b - highB;
  return lowA * lowB - (product - highA * highB - lowA * highB - highA * lowB);
}

const partial = new Float64Array(16);

/** The sign of the exact sum of the sixteen parts of the determinant: each is added to an expansion whose parts do not overlap. */
function exactOrientation(ax: number, ay: number, bx: number, by: number, px: number, py: number): number {
  const acx = ax - px;
  const acy = ay - py;
  const bcx = bx - px;
  const bcy = by - py;
  const acxTail = differenceError(ax, px, acx);
  const acyTail = differenceError(ay, py, acy);
  const bcxTail = differenceError(bx, px, bcx);
  const bcyTail = differenceError(by, py, bcy);
  if (acxTail === 0 && acyTail === 0 && bcxTail === 0 && bcyTail === 0) {
    const left = acx * bcy;
    const right = acy * bcx;
    // The larger parts decide unless they are equal; the errors then decide.
    if (left !== right) return left - right;
    return productError(acx, bcy, left) - productError(acy, bcx, right);
  }
  return sumOfParts(acx, acxTail, acy, acyTail, bcx, bcxTail, bcy, bcyTail);
}

/** The sign of (acx + tail)(bcy + tail) - (acy + tail)(bcx + tail). */
function sumOfParts(
  acx: number,
  acxTail: number,
  acy: number,
  acyTail: number,
  bcx: number,
  bcxTail: number,
  bcy: number,
  bcyTail: number,
): number {
  let length = 0;
  const add = (value: number): void => {
    let sum = value;
    let kept = 0;
    for (let i = 0; i < length; i++) {
      const part = partial[i];
      const total = sum + part;
      const virtual = total - sum;
      const error = sum - (total - virtual) + (part - virtual);
      sum = total;
      if (error !== 0) partial[kept++] = error;
    }
    if (sum !== 0 || kept === 0) partial[kept++] = sum;
    length = kept;
  };
  const addProduct = (a: number, b: number, sign: number): void => {
    const product = a * b;
    add(sign * productError(a, b, product));
    add(sign * product);
  };
  for (const x of [acxTail, acx]) for (const y of [bcyTail, bcy]) addProduct(x, y, 1);
  for (const y of [acyTail, acy]) for (const x of [bcxTail, bcx]) addProduct(y, x, -1);
  return partial[length - 1];
}
