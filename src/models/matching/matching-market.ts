import { QuartiersError } from "../../codes/errors.ts";
import { type CostMatrix, checkCosts, checkSide, orderById } from "./cost-matrix.ts";

/** One side of a market: cells of seekers or offers of posts, how many of each, and whom each would accept, best first. */
export interface MarketSide {
  readonly ids: readonly string[];
  /** Seekers of a cell, or posts of an offer: whole numbers of at least 1. All members of a cell share its list. */
  readonly counts: Float64Array;
  /** For each, numbers of the other side it accepts, from the best to the last; may be empty. */
  readonly preferences: readonly Int32Array[];
}

/** Two sides with preferences. A pair can be made when each is in the list of the other. */
export interface MatchingMarket {
  readonly seekers: MarketSide;
  readonly offers: MarketSide;
}

/** How many of a cell go to an offer. */
export interface MatchedPair {
  readonly seeker: number;
  readonly offer: number;
  readonly count: number;
}

/** Pairs in the order of cells, then of offers. */
export interface MarketMatching {
  readonly pairs: readonly MatchedPair[];
  /** Seekers of each cell without an offer, posts of each offer without a seeker. */
  readonly unassigned: Float64Array;
  readonly spare: Float64Array;
}

/** Refuses empty sides, counts that are not whole and positive, lists that name somebody twice or nobody. O(length of the lists). */
export function checkMarket({ seekers, offers }: MatchingMarket): void {
  const check = (side: MarketSide, other: MarketSide, what: string): void => {
    checkSide(side.counts.length, what, side.ids);
    side.counts.forEach((count, i) => {
      if (Number.isInteger(count) && count >= 1) return;
      throw new QuartiersError({
        what: `Effectif impossible\u00a0: ${what}`,
        value: String(count),
        where: side.ids[i] ?? "",
        expected: "un nombre entier d'au moins 1 (un effectif masqué n'est pas un nombre)",
        remedy: "retirer les lignes nulles ou masquées avant l'appariement, et dire combien",
      });
    });
    if (side.preferences.length !== side.counts.length) {
      throw new QuartiersError({
        what: `Listes de préférences manquantes\u00a0: ${what}`,
        value: String(side.preferences.length),
        expected: `${side.counts.length} listes, vides au besoin`,
      });
    }
    side.preferences.forEach((list, i) => {
      const wrong = list.find((named, rank) => other.ids[named] === undefined || list.indexOf(named) !== rank);
      if (wrong === undefined) return;
      throw new QuartiersError({
        what: other.ids[wrong] === undefined ? "Préférence pour un inconnu" : "Préférence répétée",
        value: other.ids[wrong] ?? String(wrong),
        where: side.ids[i] ?? "",
        expected: `des numéros de 0 à ${other.ids.length - 1}, chacun au plus une fois`,
      });
    });
  };
  check(seekers, offers, "cellule de demandeurs d'emploi");
  check(offers, seekers, "offre");
}

/**
 * Preferences by cost: each cell ranks the offers it reaches by its cost, each offer ranks the cells by `offerCosts` (the same costs when not given: the nearest
 * first). Equal costs are ranked by id. Forbidden pairs (Infinity) are in no list. O(rows x columns x log).
 * @example
 * ```ts
 * const costs = { rows: 1, columns: 3, values: Float64Array.of(5, 2, 5), rowIds: ["a"], columnIds: ["z", "y", "x"] };
 * [...marketFromCosts(costs, Float64Array.of(1), Float64Array.of(1, 1, 1)).seekers.preferences[0]] // [ 1, 2, 0 ]
 * ```
 */
export function marketFromCosts(
  costs: CostMatrix,
  seekers: Float64Array,
  posts: Float64Array,
  offerCosts: Float64Array = costs.values,
): MatchingMarket {
  checkCosts(costs);
  checkCosts({ ...costs, values: offerCosts });
  const { rows, columns, values } = costs;
  const rowIds = costs.rowIds ?? Array.from({ length: rows }, (_, i) => `c${i}`);
  const columnIds = costs.columnIds ?? Array.from({ length: columns }, (_, j) => `o${j}`);
  const rowOrder = orderById(costs.rowIds) ?? Int32Array.from({ length: rows }, (_, i) => i);
  const columnOrder = orderById(costs.columnIds) ?? Int32Array.from({ length: columns }, (_, j) => j);
  // Sorting is stable: those of equal cost stay in the order of their ids.
  const ranked = (order: Int32Array, costOf: (other: number) => number): Int32Array =>
    Int32Array.from(
      [...order].filter((other) => costOf(other) < Number.POSITIVE_INFINITY).sort((a, b) => costOf(a) - costOf(b)),
    );
  return {
    seekers: {
      ids: rowIds,
      counts: seekers,
      preferences: rowIds.map((_, i) => ranked(columnOrder, (j) => values[i * columns + j])),
    },
    offers: {
      ids: columnIds,
      counts: posts,
      preferences: columnIds.map((_, j) => ranked(rowOrder, (i) => offerCosts[i * columns + j])),
    },
  };
}
