import { QuartiersError } from "../../codes/errors.ts";
import type { HierarchyArcs, StreetHierarchy } from "./hierarchy.ts";
import { RankQueue } from "./hierarchy-ranks.ts";
import { NONE, RemainingStreets } from "./hierarchy-remaining.ts";
import { type ContractionCost, WitnessSearch } from "./hierarchy-shortcuts.ts";
import type { StreetCost } from "./shortest-path.ts";
import type { StreetGraph } from "./street-graph.ts";

/** A node of few neighbours has them weighed again as it leaves; those of a busier one wait until their turn comes, most often for the same answer. */
const WEIGHED_AT_ONCE = 4;
/** Nodes that a search for a way around may settle: few to rank a node, more to spare the shortcuts that stay. */
const RANKING_LIMIT = 5;
const CONTRACTING_LIMIT = 100;

export interface ContractOptions {
  /** "seconds" by default. */
  readonly cost?: StreetCost;
}

/**
 * Contracts streets into an exact hierarchy (Geisberger, Sanders, Schultes and Delling 2008). Nodes leave the graph one by one, the least important first;
 * shortcuts keep every distance between those that remain. The order weighs the shortcuts added against the arcs removed, and the depth of what already
 * hangs under the node. Arcs of no cost, parallel arcs, dead ends and parts without a link are all fine. The same graph gives the same hierarchy.
 * About n log n in time on roads; memory in the arcs.
 * @throws QuartiersError when a cost is negative or not finite
 */
export function contractStreets(graph: StreetGraph, { cost = "seconds" }: ContractOptions = {}): StreetHierarchy {
  checkCosts(graph, cost);
  const streets = new RemainingStreets(graph, cost);
  const count = streets.nodes;
  const search = new WitnessSearch(streets);
  const ranks = new RankQueue(count);
  const depths = new Int32Array(count);
  const balances = new Float64Array(count);
  const stale = new Uint8Array(count);
  const weigh = (node: number): void => {
    balances[node] = balance(search.shortcuts(node, RANKING_LIMIT));
    stale[node] = 0;
    ranks.set(node, depths[node] + balances[node]);
  };
  for (let node = 0; node < count; node++) weigh(node);
  const order = new Int32Array(count);
  const neighbours = new Int32Array(count);
  for (let contracted = 0; contracted < count; contracted++) {
    while (stale[ranks.first()] === 1) weigh(ranks.first());
    const node = ranks.take();
    order[contracted] = node;
    search.shortcuts(node, CONTRACTING_LIMIT, (tail, head, through, hops) => streets.add(tail, head, through, hops));
    streets.remove(node);
    const found = neighboursOf(node, streets, neighbours, stale);
    for (let i = 0; i < found; i++) {
      const neighbour = neighbours[i];
      if (depths[neighbour] <= depths[node]) depths[neighbour] = depths[node] + 1;
      if (found <= WEIGHED_AT_ONCE) weigh(neighbour);
      else ranks.set(neighbour, depths[neighbour] + balances[neighbour]);
    }
  }
  const positions = new Int32Array(count);
  for (let i = 0; i < count; i++) positions[order[i]] = count - 1 - i;
  return {
    cost,
    positions,
    up: arcsOf(order, positions, streets, streets.firstOut, streets.nextOut, streets.heads),
    down: arcsOf(order, positions, streets, streets.firstIn, streets.nextIn, streets.tails),
  };
}

/** Arcs added for arcs removed, counted as arcs and as the streets that they stand for. */
function balance({ shortcuts, shortcutHops, arcs, arcHops }: ContractionCost): number {
  return arcs === 0 ? 0 : shortcuts / arcs + shortcutHops / arcHops;
}

/** Marks the neighbours of a node as stale, lists them, and counts them. */
function neighboursOf(node: number, streets: RemainingStreets, list: Int32Array, stale: Uint8Array): number {
  const { firstOut, nextOut, heads, firstIn, nextIn, tails } = streets;
  for (let arc = firstOut[node]; arc !== NONE; arc = nextOut[arc]) stale[heads[arc]] = 0;
  for (let arc = firstIn[node]; arc !== NONE; arc = nextIn[arc]) stale[tails[arc]] = 0;
  let found = 0;
  const meet = (neighbour: number): void => {
    if (stale[neighbour] === 1) return;
    stale[neighbour] = 1;
    list[found++] = neighbour;
  };
  for (let arc = firstOut[node]; arc !== NONE; arc = nextOut[arc]) meet(heads[arc]);
  for (let arc = firstIn[node]; arc !== NONE; arc = nextIn[arc]) meet(tails[arc]);
  return found;
}

/** The arcs that each node had when it left, towards the nodes that stayed, by position. */
function arcsOf(
  order: Int32Array,
  positions: Int32Array,
  { costs }: RemainingStreets,
  first: Int32Array,
  next: Int32Array,
  others: Int32Array,
): HierarchyArcs {
  const count = order.length;
  const starts = new Int32Array(count + 1);
  for (let position = 0; position < count; position++) {
    let degree = 0;
    for (let arc = first[order[count - 1 - position]]; arc !== NONE; arc = next[arc]) degree++;
    starts[position + 1] = starts[position] + degree;
  }
  const ends = new Int32Array(starts[count]);
  const arcCosts = new Float64Array(starts[count]);
  let place = 0;
  for (let position = 0; position < count; position++)
    for (let arc = first[order[count - 1 - position]]; arc !== NONE; arc = next[arc]) {
      ends[place] = positions[others[arc]];
      arcCosts[place++] = costs[arc];
    }
  return { starts, ends, costs: arcCosts };
}

function checkCosts(graph: StreetGraph, cost: StreetCost): void {
  const costs = graph[cost];
  for (let arc = 0; arc < costs.length; arc++) {
    if (costs[arc] >= 0 && costs[arc] < Infinity) continue;
    throw new QuartiersError({
      what: "Coût d'un tronçon de rue impossible",
      value: String(costs[arc]),
      where: `${cost}, tronçon ${arc}`,
      expected: "un nombre fini, positif ou nul",
      remedy: "retirer du graphe les tronçons que l'on ne peut pas suivre",
    });
  }
}
