import { type Equation, simplex } from "../simplex.ts";

/** low <= coefficients·x <= high. */
export interface Band {
  readonly coefficients: ReadonlyMap<number, number>;
  readonly low: number;
  readonly high: number;
}

/** Nodes of the search allowed to one question. */
const patience = 400;

/**
 * A point x >= 0 within every band, whole where `whole` says so; null when there is none; "undecided" when the search ran out.
 * Branch and bound on the simplex method: exponential at worst, bounded by `patience` nodes.
 */
export function wholePoint(bands: readonly Band[], whole: readonly boolean[]): Float64Array | null | "undecided" {
  let nodes = 0;
  const visit = (rows: readonly Band[]): Float64Array | null | "undecided" => {
    if (++nodes > patience) return "undecided";
    const point = realPoint(rows, whole.length);
    if (point === null) return null;
    const at = whole.findIndex((is, k) => is && Math.abs(point[k] - Math.round(point[k])) > 1e-6);
    if (at < 0) {
      const settled = point.map((value, k) => (whole[k] ? Math.round(value) : value));
      // The simplex only proposes: a point that rounding spoils proves nothing.
      return rows.every((row) => within(row, settled)) ? settled : "undecided";
    }
    const own = new Map([[at, 1]]);
    const floor = Math.floor(point[at]);
    const below = visit([...rows, { coefficients: own, low: 0, high: floor }]);
    if (below !== null && below !== "undecided") return below;
    const above = visit([...rows, { coefficients: own, low: floor + 1, high: Number.POSITIVE_INFINITY }]);
    return above === null ? below : above;
  };
  return visit(bands);
}

function realPoint(bands: readonly Band[], unknowns: number): Float64Array | null {
  const equations: Equation[] = [];
  let columns = unknowns;
  for (const { coefficients, low, high } of bands) {
    if (low > high) return null;
    if (low === high) {
      equations.push({ coefficients, right: low });
      continue;
    }
    if (high < Number.POSITIVE_INFINITY) {
      equations.push({ coefficients: new Map([...coefficients, [columns++, 1]]), right: high });
    }
    if (low > Number.NEGATIVE_INFINITY) {
      equations.push({ coefficients: new Map([...coefficients, [columns++, -1]]), right: low });
    }
  }
  let found: Float64Array | null = null;
  simplex(equations, columns, (point) => {
    found ??= point;
  });
  return found;
}

function within({ coefficients, low, high }: Band, point: Float64Array): boolean {
  let value = 0;
  let magnitude = 1;
  for (const [k, coefficient] of coefficients) {
    value += coefficient * point[k];
    magnitude += Math.abs(coefficient * point[k]);
  }
  return value >= low - 1e-9 * magnitude && value <= high + 1e-9 * magnitude;
}
