import { QuartiersError } from "../../codes/errors.ts";
import { badCost, checkSide, orderById } from "./cost-matrix.ts";
import type { TransportArcs } from "./transport-simplex.ts";

/**
 * Cells of seekers (a neighbourhood and an occupation, with the number who look) and offers of several posts, with the pairs that are possible. Counts
 * only: nobody is a row of it. A pair that is absent (out of reach, no match) cannot be used.
 */
export interface TransportProblem {
  readonly cellIds: readonly string[];
  /** Seekers of each cell, whole numbers of at least 1. A masked count is not a number: it has no place here. */
  readonly seekers: Float64Array;
  readonly offerIds: readonly string[];
  /** Posts of each offer, whole numbers of at least 1. */
  readonly posts: Float64Array;
  /** Possible pairs and the cost of one seeker, finite and never negative. */
  readonly arcs: TransportArcs;
}

/** Refuses empty sides, counts that are not whole and positive, unknown ends, repeated pairs, costs that are negative, missing or infinite. O(arcs). */
export function checkTransport({ cellIds, seekers, offerIds, posts, arcs }: TransportProblem): void {
  checkSide(seekers.length, "cellule de demandeurs d'emploi", cellIds);
  checkSide(posts.length, "offre", offerIds);
  checkCounts(seekers, cellIds, "Nombre de demandeurs");
  checkCounts(posts, offerIds, "Nombre de postes");
  const { cell, offer, cost } = arcs;
  if (cell.length !== cost.length || offer.length !== cost.length) {
    throw new QuartiersError({
      what: "Paires incomplètes",
      value: `${cell.length}, ${offer.length} et ${cost.length} lignes`,
      expected: "trois colonnes de même longueur",
    });
  }
  for (let k = 0; k < cost.length; k++) {
    const known = cell[k] >= 0 && cell[k] < seekers.length && offer[k] >= 0 && offer[k] < posts.length;
    if (known && cost[k] >= 0 && cost[k] < Number.POSITIVE_INFINITY) continue;
    const where = `${cellIds[cell[k]] ?? cell[k]}, ${offerIds[offer[k]] ?? offer[k]}`;
    if (known && !(cost[k] >= 0)) throw badCost(cost[k], where);
    throw new QuartiersError({
      what: known ? "Coût infini" : `Paire inconnue à la ligne ${k + 1}`,
      value: where,
      expected: known
        ? "un coût fini"
        : `une cellule de 0 à ${seekers.length - 1} et une offre de 0 à ${posts.length - 1}`,
      ...(known ? { remedy: "retirer la paire\u00a0: une paire absente est interdite" } : {}),
    });
  }
}

function checkCounts(counts: Float64Array, ids: readonly string[], what: string): void {
  for (let i = 0; i < counts.length; i++) {
    if (Number.isInteger(counts[i]) && counts[i] >= 1 && counts[i] <= 1e9) continue;
    throw new QuartiersError({
      what: `${what} impossible`,
      value: String(counts[i]),
      where: ids[i] ?? String(i),
      expected: "un nombre entier d'au moins 1 (un effectif masqué n'est pas un nombre)",
      remedy: "retirer les lignes nulles ou masquées avant l'appariement, et dire combien",
    });
  }
}

/** The arcs in the order of the ids of their cell, then of their offer, with what is needed to come back. */
export interface SortedArcs {
  /** For each rank, the arc of the problem. */
  readonly order: Int32Array;
  /** For each rank, the cell and the offer as ranks in the order of the ids. */
  readonly arcs: TransportArcs;
  /** For each rank of a cell (of an offer), the cell (the offer) of the problem. */
  readonly cells: Int32Array;
  readonly offers: Int32Array;
}

/** Sorts a checked problem by ids, and refuses a pair given twice. O(arcs + cells log cells + offers log offers), two counting sorts. */
export function sortArcs({ cellIds, offerIds, arcs }: TransportProblem): SortedArcs {
  const cells = orderById(cellIds) ?? Int32Array.from(cellIds.keys());
  const offers = orderById(offerIds) ?? Int32Array.from(offerIds.keys());
  const cellRank = inverse(cells);
  const offerRank = inverse(offers);
  const order = new Int32Array(arcs.cost.length);
  for (let arc = 0; arc < order.length; arc++) order[arc] = arc;
  const sorted = countingSort(countingSort(order, arcs.offer, offerRank), arcs.cell, cellRank);
  const cell = new Int32Array(order.length);
  const offer = new Int32Array(order.length);
  const cost = new Float64Array(order.length);
  for (let k = 0; k < order.length; k++) {
    const arc = sorted[k];
    cell[k] = cellRank[arcs.cell[arc]];
    offer[k] = offerRank[arcs.offer[arc]];
    cost[k] = arcs.cost[arc];
  }
  for (let k = 1; k < order.length; k++) {
    if (cell[k] !== cell[k - 1] || offer[k] !== offer[k - 1]) continue;
    throw new QuartiersError({
      what: "Paire répétée",
      value: `${cellIds[cells[cell[k]]]}, ${offerIds[offers[offer[k]]]}`,
      expected: "une seule ligne par paire",
      remedy: "garder le coût voulu (le plus petit, en général) avant l'appariement",
    });
  }
  return { order: sorted, arcs: { cell, offer, cost }, cells, offers };
}

function inverse(order: Int32Array): Int32Array {
  const rank = new Int32Array(order.length);
  for (let k = 0; k < order.length; k++) rank[order[k]] = k;
  return rank;
}

/** Arcs in the order of the rank of one of their ends; stable. */
function countingSort(order: Int32Array, ends: Int32Array, rank: Int32Array): Int32Array {
  const starts = new Int32Array(rank.length + 1);
  for (let k = 0; k < order.length; k++) starts[rank[ends[order[k]]] + 1]++;
  for (let key = 0; key < rank.length; key++) starts[key + 1] += starts[key];
  const sorted = new Int32Array(order.length);
  for (let k = 0; k < order.length; k++) sorted[starts[rank[ends[order[k]]]]++] = order[k];
  return sorted;
}
