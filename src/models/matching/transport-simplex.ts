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
 * that it never cycles; arcs priced by blocks, as Grigoriadis 1986). One more sink takes the unassigned at `unassignedCost` each, one more source fills
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
  const block = Math.max(20, Math.ceil(Math.sqrt(total)));
  const mostPivots = 50 * total + 1_000_000;
  let pivots = 0;
  let arc = 0;
  for (;;) {
    let least = threshold;
    let entering = -1;
    let left = block;
    for (let seen = 0; seen < total; seen++) {
      const reduced = cost[arc] + potential[source[arc]] - potential[target[arc]];
      if (reduced < least) {
        least = reduced;
        entering = arc;
      }
      if (++arc === total) arc = 0;
      if (--left === 0) {
        if (entering >= 0) break;
        left = block;
      }
    }
    if (entering < 0) break;
    if (++pivots > mostPivots) {
      throw new QuartiersError({
        what: "Le calcul du flot n'aboutit pas",
        value: `${mostPivots} échanges`,
        expected: "des coûts d'ordres de grandeur comparables",
        remedy: "arrondir les coûts, ou rapprocher le coût d'un non-affecté des coûts de déplacement",
      });
    }
    const moved = tree.pivot(entering, source[entering], target[entering], flow);
    tree.reprice(moved, cost);
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
