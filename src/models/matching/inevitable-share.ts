import { QuartiersError } from "../../codes/errors.ts";
import { frenchNumber, HARD_SPACE } from "../../codes/french.ts";
import { certifyTransport, type TransportCertificate } from "./certify-transport.ts";
import { nearestOffers } from "./nearest-offer.ts";
import { flowsOf, type TransportFlows, type TransportPlan, transport } from "./transport.ts";
import type { TransportProblem } from "./transport-problem.ts";

/** An observed cost split in three that add up to it: distance, competition, organisation. All in the unit of the costs, the unassigned included. */
export interface InevitableShare {
  readonly observed: number;
  /** The best feasible plan: what no reassignment can remove. */
  readonly best: number;
  /** Everybody at the nearest offer, as if alone: jobs are far. */
  readonly distance: number;
  /** best - distance: jobs that are near are too few. */
  readonly competition: number;
  /** observed - best: what another assignment of the same seekers to the same posts would remove. */
  readonly organisation: number;
  /** best / observed; null when the observed cost is 0. */
  readonly inevitableShare: number | null;
  /** Proof that `best` is the best. */
  readonly certificate: TransportCertificate;
}

/**
 * The share of a cost that no reassignment can remove: best feasible assignment over the observed one (or over a baseline such as `greedy`), with a proof.
 * A seeker without an offer counts `unassignedCost` everywhere, and nobody goes further than that. The observed flows must be possible in the problem:
 * same cells, same posts. O(one `transport`).
 */
export function inevitableShare(
  problem: TransportProblem,
  observedPlan: Pick<TransportFlows, "flow">,
  unassignedCost: number,
): InevitableShare {
  return splitCost(problem, observedPlan, transport(problem, { cost: unassignedCost }));
}

/** The same split when the best plan is already there, made with a stated cost of an unassigned seeker: it is proved again, not computed again. */
export function splitCost(
  problem: TransportProblem,
  observedPlan: Pick<TransportFlows, "flow">,
  plan: TransportPlan,
): InevitableShare {
  const { unassignedCost } = plan;
  const certificate = certifyTransport(problem, plan);
  if (!certificate.optimal) {
    throw new QuartiersError({
      what: "La meilleure affectation n'est pas prouvée",
      value: `écart ${certificate.gap}`,
      expected: "un écart nul à la borne donnée par les prix",
      remedy: "arrondir les coûts, ou rapprocher le coût d'un non-affecté des coûts de déplacement",
    });
  }
  const seen = flowsOf(problem, observedPlan.flow);
  const observed = seen.total + unassignedCost * seen.unassignedCount;
  const nearest = nearestOffers(problem, unassignedCost);
  const distance = nearest.total + unassignedCost * nearest.unreachedCount;
  const best = plan.objective;
  return {
    ...{ observed, best, distance, certificate },
    competition: best - distance,
    organisation: observed - best,
    inevitableShare: observed > 0 ? best / observed : null,
  };
}

/** The split in words, for a page. `unit` is that of the costs (km, min). */
export function explainInevitable(split: InevitableShare, seekers: number, unit: string): string {
  const mean = (total: number): string => frenchNumber(total / seekers, { decimals: 1, unit });
  const colon = `${HARD_SPACE}:`;
  const share =
    split.inevitableShare === null
      ? ""
      : ` Part inévitable${colon} ${frenchNumber(100 * split.inevitableShare, { decimals: 0, unit: "%" })}.`;
  return (
    `En moyenne ${mean(split.observed)} par demandeur, dont ${mean(split.distance)} parce que les offres sont loin, ${mean(split.competition)} parce que ` +
    `les plus proches sont trop peu nombreuses, et ${mean(split.organisation)} qu'une autre affectation supprimerait.${share}`
  );
}
