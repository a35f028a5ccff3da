import { certifyTransport, type TransportCertificate } from "./certify-transport.ts";
import { type Congestion, congestion, flowByOffer } from "./congestion.ts";
import type { CostMatrix } from "./cost-matrix.ts";
import { type Fairness, fairness } from "./fairness.ts";
import { greedy } from "./greedy.ts";
import { type InevitableShare, splitCost } from "./inevitable-share.ts";
import { type MatchedProblem, matchCosts, type OfferCells, type SeekerCells } from "./match-costs.ts";
import { nearestOffers } from "./nearest-offer.ts";
import type { PairFilters } from "./pair-filters.ts";
import { type MatchLevel, matchLevels, type RomeMatching } from "./rome-match.ts";
import { type TransportPlan, transport } from "./transport.ts";

export interface LevelsInput {
  readonly matching: RomeMatching;
  readonly cells: SeekerCells;
  readonly offers: OfferCells;
  readonly costs: CostMatrix;
}

export interface LevelsOptions {
  /** Dearest journey of a pair. */
  readonly mostCost: number;
  /** What a seeker without an offer counts, in the unit of the costs; `mostCost` by default: as if the offer were at the limit. */
  readonly unassignedCost?: number;
  readonly filters?: PairFilters;
  /** One label a cell; when absent, groups are the places of residence (`origin`). */
  readonly groupOfCell?: readonly string[];
  readonly levels?: readonly MatchLevel[];
}

/** One level of match, assigned and judged. */
export interface LevelSummary {
  readonly level: MatchLevel;
  readonly problem: MatchedProblem;
  readonly plan: TransportPlan;
  readonly certificate: TransportCertificate;
  readonly assigned: number;
  readonly unassigned: number;
  /** Of those placed; null when nobody is. */
  readonly meanCost: number | null;
  /** Everybody sent to the nearest matching offer, as a recommender that ignores competition would; null when nobody reaches one. */
  readonly nearestMeanCost: number | null;
  /** How recommendations crowd when each is sent to the nearest, and how the plan spreads them. */
  readonly nearestCongestion: Congestion;
  readonly congestion: Congestion;
  readonly fairness: Fairness;
  /** The cost of the greedy plan (first the shortest pair) split in what is inevitable, competition and organisation. */
  readonly split: InevitableShare;
}

/**
 * The three levels side by side: same sheet, near occupation, same domain. For each, the pairs, the cheapest capacitated assignment with its certificate, who is left, the
 * mean cost, congestion, fairness and the share that no reassignment removes. Each level contains the pairs of the one before: the objective never rises.
 * Cells are counts: no individual row is needed. O(one `transport` a level).
 */
export function compareLevels(
  { matching, cells, offers, costs }: LevelsInput,
  { mostCost, unassignedCost = mostCost, filters, groupOfCell, levels = matchLevels }: LevelsOptions,
): readonly LevelSummary[] {
  const groups = groupOfCell ?? Array.from(cells.origin, (row) => costs.rowIds?.[row] ?? `lieu n° ${row + 1}`);
  return levels.map((level): LevelSummary => {
    const problem = matchCosts(matching, level, cells, offers, costs, mostCost, filters);
    const plan = transport(problem, { cost: unassignedCost });
    const nearest = nearestOffers(problem, unassignedCost);
    return {
      ...{ level, problem, plan, certificate: certifyTransport(problem, plan) },
      ...{ assigned: plan.assignedCount, unassigned: plan.unassignedCount },
      meanCost: plan.assignedCount > 0 ? plan.total / plan.assignedCount : null,
      nearestMeanCost: nearest.reachedCount > 0 ? nearest.total / nearest.reachedCount : null,
      nearestCongestion: congestion(nearest.recommended),
      congestion: congestion(flowByOffer(plan.flow, problem.arcs.offer, offers.ids.length)),
      fairness: fairness(problem, plan, groups, unassignedCost),
      split: splitCost(problem, greedy(problem, unassignedCost), plan),
    };
  });
}
