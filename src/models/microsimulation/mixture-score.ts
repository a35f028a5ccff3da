import { tabledCdf } from "../uncertainty/normal-table.ts";

/** Step of the grid of scores. A quintic through values, slopes and curvatures of a mixture of standard normals errs by less than 1e-13 there. */
const step = 1 / 32;

/**
 * Inverse of the distribution function of a mixture of standard normals around some centres: the score under which a share (0 to 1, excluded) of the mixture lies, to 1e-12 of
 * the share. The mixture is tabled once, value, slope and curvature, and read by quintic Hermite pieces; Newton's steps kept in the piece. O(centres x grid), then O(1) a share.
 * @example
 * ```ts
 * const score = mixtureScore(Float64Array.of(0.5, 0.5), Float64Array.of(-1, 1));
 * [score(0.5).toFixed(9), score(0.25).toFixed(6)] // [ "0.000000000", "-1.050544" ]
 * ```
 */
export function mixtureScore(parts: Float64Array, centres: Float64Array): (share: number) => number {
  const low = Math.min(...centres) - 8.5;
  const places = Math.ceil((Math.max(...centres) + 8.5 - low) / step) + 1;
  const values = new Float64Array(places);
  const slopes = new Float64Array(places);
  const bends = new Float64Array(places);
  for (let i = 0; i < parts.length; i++) addNormal(parts[i], low - centres[i], values, slopes, bends);
  const piece = new Float64Array(6);
  return (share) => {
    let [first, last] = [0, places - 1];
    while (last - first > 1) {
      const middle = (first + last) >> 1;
      if (values[middle] < share) first = middle;
      else last = middle;
    }
    quintic(piece, first, values, slopes, bends);
    return low + step * (first + rootOf(piece, share, values[first], values[last]));
  };
}

/** Adds part x the normal, its density and the slope of its density, on the grid that begins at z. */
function addNormal(part: number, z: number, values: Float64Array, slopes: Float64Array, bends: Float64Array): void {
  const factor = part / Math.sqrt(2 * Math.PI);
  const shrink = Math.exp(-step * step);
  let [density, ratio] = [0, 0];
  for (let k = 0; k < values.length; k++) {
    const at = z + k * step;
    values[k] += part * tabledCdf(at);
    // From one place to the next the density is multiplied by a number that itself shrinks; begun again now and then.
    if (k % 64 === 0) {
      density = factor * Math.exp((-at * at) / 2);
      ratio = Math.exp(-at * step - (step * step) / 2);
    }
    slopes[k] += density;
    bends[k] -= at * density;
    density *= ratio;
    ratio *= shrink;
  }
}

/** Coefficients of the quintic of one piece, in t from 0 to 1. */
function quintic(
  piece: Float64Array,
  k: number,
  values: Float64Array,
  slopes: Float64Array,
  bends: Float64Array,
): void {
  const [slope, slopeEnd] = [step * slopes[k], step * slopes[k + 1]];
  const [bend, bendEnd] = [(step * step * bends[k]) / 2, (step * step * bends[k + 1]) / 2];
  const rise = values[k + 1] - values[k] - slope - bend;
  const turn = slopeEnd - slope - 2 * bend;
  const curl = bendEnd - bend;
  piece[0] = values[k];
  piece[1] = slope;
  piece[2] = bend;
  piece[3] = 10 * rise - 4 * turn + curl;
  piece[4] = -15 * rise + 7 * turn - 2 * curl;
  piece[5] = 6 * rise - 3 * turn + curl;
}

/** Where an increasing quintic meets a value, between 0 and 1. */
function rootOf([a, b, c, d, e, f]: Float64Array, value: number, start: number, end: number): number {
  let [left, right] = [0, 1];
  let t = end > start ? (value - start) / (end - start) : 0.5;
  for (let turn = 0; turn < 60; turn++) {
    const gap = a - value + t * (b + t * (c + t * (d + t * (e + t * f))));
    if (gap === 0) break;
    if (gap > 0) right = t;
    else left = t;
    const slope = b + t * (2 * c + t * (3 * d + t * (4 * e + t * 5 * f)));
    const next = t - gap / slope;
    const moved = next > left && next < right ? next : (left + right) / 2;
    const length = Math.abs(moved - t);
    t = moved;
    if (length < 1e-9 || right - left < 1e-15) break;
  }
  return t;
}
