import { QuartiersError } from "../../codes/errors.ts";
import { type CostMatrix, checkCosts } from "../matching/cost-matrix.ts";
import { groupHomes, type HomePoints } from "./home-points.ts";
import { weightedQuantiles } from "./weighted-quantile.ts";

/** Share (0 to 1) of the people of each group (rows) who reach each place (columns) at most at a cost. */
export interface GroupReach {
  readonly groupIds: readonly string[];
  readonly columns: number;
  /** Row-major: group x place. */
  readonly share: Float64Array;
}

/**
 * Share of each group that reaches each place within the limit, bound included; home is drawn among the points of the group. With one point a group it is
 * 0 or 1. Whatever is linear in reach (posts reached on average, demand in reach of an offer) is computed from it without the points. O(homes x places).
 * @example
 * ```ts
 * const minutes = { rows: 2, columns: 2, values: Float64Array.of(10, 40, 25, Infinity) };
 * const homes = { groupIds: ["QP1"], group: Int32Array.of(0, 0), point: Int32Array.of(0, 1), weight: Float64Array.of(3, 1) };
 * reachShares(minutes, homes, 30).share // Float64Array(2) [ 1, 0 ]
 * ```
 */
export function reachShares(minutes: CostMatrix, homes: HomePoints, mostMinutes: number): GroupReach {
  checkCosts(minutes);
  checkLimit(mostMinutes);
  const { starts, point, share } = groupHomes(homes, minutes.rows);
  const { columns, values } = minutes;
  const reach = new Float64Array(homes.groupIds.length * columns);
  for (let group = 0; group + 1 < starts.length; group++) {
    const into = group * columns;
    for (let at = starts[group]; at < starts[group + 1]; at++) {
      const from = point[at] * columns;
      for (let place = 0; place < columns; place++)
        if (values[from + place] <= mostMinutes) reach[into + place] += share[at];
    }
    // Shares that add up to one by rounding only are one: "everybody" must not be 0.9999999999.
    for (let place = into; place < into + columns; place++) if (reach[place] > 1 - 1e-12) reach[place] = 1;
  }
  return { groupIds: homes.groupIds, columns, share: reach };
}

/** Some of the people of each group take up a change, the others keep what they had: (1 - p) x before + p x after. `takeUp` is one share, or one a group. */
export function mixedReach(before: GroupReach, after: GroupReach, takeUp: number | Float64Array): GroupReach {
  const groups = before.groupIds.length;
  if (after.share.length !== before.share.length || after.columns !== before.columns)
    throw new QuartiersError({
      what: "Deux matrices de tailles différentes",
      value: `${before.share.length} et ${after.share.length} couples`,
      expected: "les mêmes groupes et les mêmes lieux avant et après",
    });
  const shares = typeof takeUp === "number" ? new Float64Array(groups).fill(takeUp) : takeUp;
  const wrong = shares.findIndex((share) => !(share >= 0 && share <= 1));
  if (shares.length !== groups || wrong >= 0)
    throw new QuartiersError({
      what: "Taux d'adoption impossible",
      value: wrong >= 0 ? `${before.groupIds[wrong]}\u00a0: ${shares[wrong]}` : `${shares.length} taux`,
      expected: "une part entre 0 et 1, la même pour tous ou une par groupe",
    });
  return {
    ...before,
    share: before.share.map((share, at) => {
      const p = shares[Math.floor(at / before.columns)];
      return (1 - p) * share + p * after.share[at];
    }),
  };
}

/**
 * One cost a group and place, the weighted median over its homes (`weightedQuantiles`): the table that `matchCosts` takes, where a cell is a group and an
 * occupation. A place that half of the group cannot reach is at Infinity. O(homes x places).
 */
export function groupCosts(costs: CostMatrix, homes: HomePoints): CostMatrix {
  checkCosts(costs);
  const { starts, point, share } = groupHomes(homes, costs.rows);
  const { columns, values } = costs;
  const groups = homes.groupIds.length;
  const medians = new Float64Array(groups * columns);
  for (let group = 0; group < groups; group++) {
    const [start, end] = [starts[group], starts[group + 1]];
    const weights = share.subarray(start, end);
    const column = new Float64Array(end - start);
    for (let place = 0; place < columns; place++) {
      for (let at = start; at < end; at++) column[at - start] = values[point[at] * columns + place];
      medians[group * columns + place] = end - start === 1 ? column[0] : weightedQuantiles(column, weights, [0.5])[0];
    }
  }
  return { rows: groups, columns, values: medians, rowIds: homes.groupIds };
}

/** The quicker of several ways, pair by pair: who gains a car keeps the bus. Refuses matrices of different sizes. */
export function quickestOf(first: CostMatrix, ...others: readonly CostMatrix[]): CostMatrix {
  const values = first.values.slice();
  for (const other of others) {
    if (other.rows !== first.rows || other.columns !== first.columns)
      throw new QuartiersError({
        what: "Matrices de tailles différentes",
        value: `${other.rows} × ${other.columns}`,
        expected: `${first.rows} × ${first.columns}`,
      });
    for (let at = 0; at < values.length; at++) if (other.values[at] < values[at]) values[at] = other.values[at];
  }
  return { ...first, values };
}

/** Refuses a limit of travel that is not a number of at least 0. */
export function checkLimit(minutes: number): void {
  if (!(minutes >= 0))
    throw new QuartiersError({
      what: "Limite de durée impossible",
      value: String(minutes),
      expected: "un nombre positif ou nul, en minutes",
    });
}
