import type { CodeRome } from "../../codes/code.ts";
import { QuartiersError } from "../../codes/errors.ts";
import { badCost, type CostMatrix, checkSide } from "./cost-matrix.ts";
import { countRemovals, type PairFilters, type PairRemovals, pairJudge } from "./pair-filters.ts";
import type { MatchLevel, RomeMatching } from "./rome-match.ts";
import type { TransportProblem } from "./transport-problem.ts";

/** Job seekers counted by neighbourhood and occupation sought. No individual row is needed, and none can be given. */
export interface SeekerCells {
  /** One id a cell, for instance "QN03501M G1602". */
  readonly ids: readonly string[];
  readonly seekers: Float64Array;
  readonly rome: readonly CodeRome[];
  /** Row of each cell in the table of costs (several cells share a neighbourhood). */
  readonly origin: Int32Array;
}

/** Offers with their posts and occupation. */
export interface OfferCells {
  readonly ids: readonly string[];
  readonly posts: Float64Array;
  readonly rome: readonly CodeRome[];
  /** Column of each offer in the table of costs (several offers share a place). */
  readonly destination: Int32Array;
}

/** The problem, and what was taken out of it on the way. */
export interface MatchedProblem extends TransportProblem {
  readonly removals: PairRemovals;
}

/**
 * Cells and offers become a transport problem: a pair is possible when the occupation offered matches the one sought at this level and its cost is at most
 * `mostCost`. The cost is that of the journey alone: a looser match costs nothing more, it only opens more pairs, so the three levels are computed
 * side by side and compared (strict, near, wide), each containing the pairs of the one before.
 *
 * With `filters`, a pair also needs the licence that the offer requires, and both trips at its hours; `removals` counts the pairs that each one takes out.
 * `costs` holds journeys from places of residence (rows) to places of work (columns); Infinity: no journey. Refuses an occupation sought that is not in
 * the list of the ROME, missing or negative costs. Occupations offered that nothing matches leave their offer without a pair. O(pairs tried).
 * @example
 * ```ts
 * const codes = ["G1602", "G1605"].map(codeRome);
 * const same = new Map(codes.map((code) => [code, new Set([code])]));
 * const matching = { strict: same, near: same, wide: new Map(codes.map((code) => [code, new Set(codes)])), titleOnly: new Set(), unknown: [] };
 * const cells = { ids: ["QP1 G1602"], seekers: Float64Array.of(12), rome: codes.slice(0, 1), origin: Int32Array.of(0) };
 * const offers = { ids: ["a", "b"], posts: Float64Array.of(1, 2), rome: codes, destination: Int32Array.of(0, 1) };
 * const km = { rows: 1, columns: 2, values: Float64Array.of(8, 3) };
 * ["strict", "wide"].map((level) => [...matchCosts(matching, level, cells, offers, km, 30).arcs.cost]) // [ [ 8 ], [ 8, 3 ] ]
 * ```
 */
export function matchCosts(
  matching: RomeMatching,
  level: MatchLevel,
  cells: SeekerCells,
  offers: OfferCells,
  costs: CostMatrix,
  mostCost: number,
  filters: PairFilters = {},
): MatchedProblem {
  checkColumns(cells, offers, costs, mostCost);
  const judge = pairJudge(filters, { cells: cells.ids.length, offers: offers.ids.length, costs, mostCost });
  const removals = countRemovals();
  const byRome = new Map<CodeRome, number[]>();
  offers.rome.forEach((code, j) => {
    const list = byRome.get(code);
    if (list) list.push(j);
    else byRome.set(code, [j]);
  });
  const [cell, offer, cost]: [number[], number[], number[]] = [[], [], []];
  cells.rome.forEach((sought, i) => {
    const accepted = matching[level].get(sought);
    if (!accepted) {
      throw new QuartiersError({
        what: "Métier recherché absent de la liste du ROME",
        value: sought,
        where: cells.ids[i] ?? "",
        expected: "un code de la même version du ROME que la table des mobilités",
        remedy: "vérifier la version du ROME (3 ou 4) du fichier",
      });
    }
    const row = cells.origin[i] * costs.columns;
    const matched = [...accepted].flatMap((code) => byRome.get(code) ?? []).sort((a, b) => a - b);
    for (const j of matched) {
      const journey = costs.values[row + offers.destination[j]];
      if (!(journey >= 0)) throw badCost(journey, `${cells.ids[i]}, ${offers.ids[j]}`);
      const verdict = judge(i, j, row + offers.destination[j], journey);
      removals[verdict.reason]++;
      if (verdict.reason !== "kept") continue;
      cell.push(i);
      offer.push(j);
      cost.push(verdict.cost);
    }
  });
  return {
    cellIds: cells.ids,
    seekers: cells.seekers,
    offerIds: offers.ids,
    posts: offers.posts,
    removals,
    arcs: { cell: Int32Array.from(cell), offer: Int32Array.from(offer), cost: Float64Array.from(cost) },
  };
}

/** The same costs as a dense matrix, Infinity where a pair is not possible: the input of `entropicTransport` and `marketFromCosts`. 8 bytes a pair. */
export function denseCosts({ cellIds, offerIds, arcs }: TransportProblem): CostMatrix {
  const [rows, columns] = [cellIds.length, offerIds.length];
  const values = new Float64Array(rows * columns).fill(Number.POSITIVE_INFINITY);
  for (let k = 0; k < arcs.cost.length; k++) values[arcs.cell[k] * columns + arcs.offer[k]] = arcs.cost[k];
  return { rows, columns, values, rowIds: cellIds, columnIds: offerIds };
}

function checkColumns(cells: SeekerCells, offers: OfferCells, costs: CostMatrix, mostCost: number): void {
  checkSide(cells.ids.length, "cellule de demandeurs d'emploi", cells.ids);
  checkSide(offers.ids.length, "offre", offers.ids);
  const lengths = [cells.seekers, cells.rome, cells.origin].map(({ length }) => length - cells.ids.length);
  lengths.push(...[offers.posts, offers.rome, offers.destination].map(({ length }) => length - offers.ids.length));
  const far = (places: Int32Array, size: number): boolean => places.some((place) => !(place >= 0 && place < size));
  const outside = far(cells.origin, costs.rows) || far(offers.destination, costs.columns);
  if (
    lengths.every((difference) => difference === 0) &&
    !outside &&
    costs.values.length === costs.rows * costs.columns &&
    mostCost >= 0
  )
    return;
  throw new QuartiersError({
    what: "Cellules, offres et coûts ne vont pas ensemble",
    value: `${cells.ids.length} cellules, ${offers.ids.length} offres, ${costs.rows} × ${costs.columns} coûts, rayon ${mostCost}`,
    expected: "des colonnes de même longueur, des lieux présents dans la table des coûts, un rayon positif ou nul",
  });
}
