/** coefficients·x = right, with x >= 0. */
export interface Equation {
  readonly coefficients: ReadonlyMap<number, number>;
  readonly right: number;
}

export interface Simplex {
  /**
   * Moves one unknown up (+1) or down (-1) until the end of its range, until `stop()`, or, where nothing bounds it, past `enough`.
   * Each point passed through is given to the witness.
   */
  push(unknown: number, direction: 1 | -1, stop: () => boolean, enough: number): void;
}

const tolerance = 1e-9;

/**
 * The simplex method on a dense tableau (Dantzig's rule, then Bland's against cycling), kept warm from one objective to the next.
 * It only proposes points: whoever calls it checks each one against the equations, so that a rounding error can make the
 * attacker too severe and never too lenient. Null when no x >= 0 satisfies the equations.
 */
export function simplex(
  equations: readonly Equation[],
  unknowns: number,
  witness: (point: Float64Array) => void,
): Simplex | null {
  const tableau = feasibleTableau(equations, unknowns);
  if (tableau === null) return null;
  const { rows, basis } = tableau;
  const rowOf = new Int32Array(unknowns).fill(-1);
  basis.forEach((unknown, row) => {
    rowOf[unknown] = row;
  });
  const point = (): Float64Array => {
    const x = new Float64Array(unknowns);
    basis.forEach((unknown, row) => {
      x[unknown] = rows[row]?.[unknowns] ?? 0;
    });
    return x;
  };
  witness(point());
  return {
    push: (unknown, direction, stop, enough) => {
      const patience = 20 * (rows.length + 10);
      for (let step = 0; step < 4 * patience && !stop(); step++) {
        const own = rowOf[unknown];
        const entering =
          own >= 0 ? best(rows[own], unknown, direction, unknowns, step > patience) : direction === 1 ? unknown : -1;
        if (entering < 0) return;
        const leaving = ratioTest(rows, basis, entering, unknowns);
        if (leaving < 0) {
          witness(alongRay(point(), rows, basis, entering, unknown, enough));
          return;
        }
        pivot(rows, leaving, entering);
        rowOf[basis[leaving] ?? 0] = -1;
        basis[leaving] = entering;
        rowOf[entering] = leaving;
        witness(point());
      }
    },
  };
}

/** The column whose entry moves the basic unknown of this row in that direction, or -1 at the end of its range. */
function best(row: Float64Array | undefined, own: number, direction: 1 | -1, unknowns: number, first: boolean): number {
  let found = -1;
  let gain = tolerance;
  if (!row) return found;
  for (let k = 0; k < unknowns; k++) {
    const here = -direction * row[k];
    if (here > gain && k !== own) {
      found = k;
      if (first) return found;
      gain = here;
    }
  }
  return found;
}

function ratioTest(
  rows: readonly Float64Array[],
  basis: readonly number[],
  entering: number,
  unknowns: number,
): number {
  let found = -1;
  let least = Number.POSITIVE_INFINITY;
  rows.forEach((row, i) => {
    if (row[entering] <= tolerance) return;
    const ratio = row[unknowns] / row[entering];
    const tie = Math.abs(ratio - least) <= tolerance;
    if (ratio < least - tolerance || (tie && (basis[i] ?? 0) < (basis[found] ?? 0))) {
      least = Math.min(ratio, least);
      found = i;
    }
  });
  return found;
}

function pivot(rows: readonly Float64Array[], leaving: number, entering: number): void {
  const own = rows[leaving];
  if (!own) return;
  const scale = own[entering];
  if (scale !== 1) for (let k = 0; k < own.length; k++) own[k] /= scale;
  const columns: number[] = [];
  for (let k = 0; k < own.length; k++) if (own[k] !== 0) columns.push(k);
  for (const row of rows) {
    const factor = row[entering];
    if (row === own || factor === 0) continue;
    for (const k of columns) {
      const value = row[k] - factor * own[k];
      row[k] = Math.abs(value) < 1e-12 ? 0 : value;
    }
  }
}

/** A whole number of steps along a direction that nothing bounds, far enough for the unknown to pass `enough`. */
function alongRay(
  start: Float64Array,
  rows: readonly Float64Array[],
  basis: readonly number[],
  entering: number,
  unknown: number,
  enough: number,
): Float64Array {
  const ray = new Float64Array(start.length);
  ray[entering] = 1;
  rows.forEach((row, i) => {
    ray[basis[i] ?? 0] = -row[entering];
  });
  const steps = ray[unknown] > tolerance ? Math.ceil(Math.max(1, enough) / ray[unknown]) + 1 : 1;
  return start.map((value, i) => value + steps * ray[i]);
}

/** First phase: a basis without artificial unknowns, or null when the equations have no solution with x >= 0. */
function feasibleTableau(
  equations: readonly Equation[],
  unknowns: number,
): { readonly rows: Float64Array[]; readonly basis: number[] } | null {
  const rows = equations.map(({ coefficients, right }) => {
    const sign = right < 0 ? -1 : 1;
    const row = new Float64Array(unknowns + 1);
    for (const [unknown, value] of coefficients) row[unknown] = sign * value;
    row[unknowns] = sign * right;
    return row;
  });
  // A basic artificial unknown is written -1: its column is never needed again once it leaves.
  const basis = rows.map(() => -1);
  const scale = Math.max(1, ...rows.map((row) => row[unknowns]));
  const patience = 20 * (rows.length + 10);
  for (let step = 0; step < 4 * patience; step++) {
    const entering = mostInfeasibleColumn(rows, basis, unknowns, step > patience);
    if (entering < 0) break;
    const leaving = ratioTest(rows, basis, entering, unknowns);
    if (leaving < 0) break;
    pivot(rows, leaving, entering);
    basis[leaving] = entering;
  }
  const keptRows: Float64Array[] = [];
  const keptBasis: number[] = [];
  rows.forEach((row, i) => {
    if (basis[i] !== -1) return;
    if (Math.abs(row[unknowns]) > 1e-7 * scale) return;
    row[unknowns] = 0;
    const entering = row.findIndex((value, k) => k < unknowns && Math.abs(value) > 1e-7);
    if (entering < 0) return;
    pivot(rows, i, entering);
    basis[i] = entering;
  });
  for (const [i, row] of rows.entries()) {
    const unknown = basis[i] ?? -1;
    if (unknown >= 0) {
      keptRows.push(row);
      keptBasis.push(unknown);
    } else if (Math.abs(row[unknowns]) > 1e-7 * scale) return null;
  }
  return { rows: keptRows, basis: keptBasis };
}

/** The unknown whose increase reduces the sum of the artificial unknowns fastest. */
function mostInfeasibleColumn(
  rows: readonly Float64Array[],
  basis: readonly number[],
  unknowns: number,
  first: boolean,
): number {
  const reduction = new Float64Array(unknowns);
  rows.forEach((row, i) => {
    if (basis[i] === -1) for (let k = 0; k < unknowns; k++) reduction[k] += row[k];
  });
  let found = -1;
  let gain = 1e-7;
  for (let k = 0; k < unknowns; k++) {
    if (reduction[k] > gain) {
      found = k;
      if (first) return found;
      gain = reduction[k];
    }
  }
  return found;
}
