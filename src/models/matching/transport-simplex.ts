import { QuartiersError } from "../../codes/errors.ts";
import { SpanningTree } from "./spanning-tree.ts";

/** Who may go where, at what cost: one entry an arc. */
export interface TransportArcs {
  readonly cell: Int32Array;
  readonly offer: Int32Array;
  readonly cost: Float64Array;
}

/** Integer flows and the prices of the nodes. */
export interface TransportSolution {
  readonly flow: Float64Array;
  readonly unassigned: Float64Array;
  /** u_i <= unassigned cost, v_j <= 0, u_i + v_j <= c_ij, with equality where something flows. */
  readonly cellDuals: Float64Array;
  readonly offerDuals: Float64Array;
  readonly pivots: number;
}

/**
 * Minimum-cost flow from cells of seekers to offers of several posts by the network simplex (Dantzig 1951; strongly feasible trees, Cunningham 1976, so
 * that it never cycles; arcs priced from a list of candidates, Mulvey 1978). One more sink takes the unassigned at `unassignedCost` each, one more source fills
 * the posts left over: everybody unassigned is then a first plan, and no artificial arc is needed.
 *
 * Arcs are priced in order from the first, ties go to the first: the answer depends on the order of the arcs only. Flows are whole numbers since supplies
 * are. O(arcs + cells + offers) memory; in practice a few pivots a node, each O(length of a cycle + size of the subtree moved).
 */
export function transportSimplex(
  seekers: Float64Array,
  posts: Float64Array,
  arcs: TransportArcs,
  unassignedCost: number,
): TransportSolution {
  const cells = seekers.length;
  const offers = posts.length;
  const real = arcs.cost.length;
  const total = real + cells + offers + 1;
  const spare = cells + offers;
  const root = spare + 1;
  const source = new Int32Array(total);
  const target = new Int32Array(total);
  const cost = new Float64Array(total);
  const flow = new Float64Array(total);
  source.set(arcs.cell);
  cost.set(arcs.cost);
  let largest = 0;
  for (let arc = 0; arc < real; arc++) {
    target[arc] = cells + arcs.offer[arc];
    if (cost[arc] > largest) largest = cost[arc];
  }
  const tree = new SpanningTree(root + 1, root);
  for (let cell = 0, arc = real; cell < cells; cell++, arc++) {
    source[arc] = cell;
    target[arc] = root;
    cost[arc] = unassignedCost;
    flow[arc] = seekers[cell];
    tree.hang(cell, root, arc, 1);
  }
  const last = total - 1;
  source[last] = spare;
  target[last] = root;
  tree.hang(spare, root, last, 1);
  for (let offer = 0, arc = real + cells; offer < offers; offer++, arc++) {
    source[arc] = spare;
    target[arc] = cells + offer;
    flow[arc] = posts[offer];
    tree.hang(cells + offer, spare, arc, 0);
  }
  tree.reprice(root, cost);

  const { potential } = tree;
  const threshold = -(1e-12 * largest + 8e-15 * unassignedCost);
  const mostPivots = 50 * total + 1_000_000;
  const candidates = new Int32Array(Math.max(16, Math.ceil(Math.sqrt(total))));
  let listed = 0;
  let pivots = 0;
  let next = 0;
  for (;;) {
    // The candidate that breaks its price most; those that no longer do leave the list.
    let least = threshold;
    let entering = -1;
    let kept = 0;
    for (let k = 0; k < listed; k++) {
      const arc = candidates[k];
      const reduced = cost[arc] + potential[source[arc]] - potential[target[arc]];
      if (reduced >= threshold) continue;
      candidates[kept++] = arc;
      if (reduced < least) {
        least = reduced;
        entering = arc;
      }
    }
    listed = kept;
    if (entering < 0) {
      // No candidate left: the next arcs in turn, until the list is full or all were seen.
      for (let seen = 0; seen < total && listed < candidates.length; seen++) {
        if (cost[next] + potential[source[next]] - potential[target[next]] < threshold) candidates[listed++] = next;
        if (++next === total) next = 0;
      }
      if (listed === 0) break;
      continue;
    }
    if (++pivots > mostPivots) throw endless(mostPivots);
    tree.reprice(tree.pivot(entering, source[entering], target[entering], flow), cost);
  }
  const spareDual = potential[spare];
  return {
    flow: flow.slice(0, real),
    unassigned: flow.slice(real, real + cells),
    cellDuals: Float64Array.from({ length: cells }, (_, cell) => 0 - potential[cell]),
    offerDuals: Float64Array.from({ length: offers }, (_, offer) => potential[cells + offer] - spareDual),
    pivots,
  };
}

const endless = (pivots: number): QuartiersError =>
  new QuartiersError({
    what: "Le calcul du flot n'aboutit pas",
    value: `${pivots} échanges`,
    expected: "des coûts d'ordres de grandeur comparables",
    remedy: "arrondir les coûts, ou rapprocher le coût d'un non-affecté des coûts de déplacement",
  });
