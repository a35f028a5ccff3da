import { QuartiersError } from "../../codes/errors.ts";
import { frenchNumber, HARD_SPACE } from "../../codes/french.ts";
import { flowsOf, type TransportPlan } from "./transport.ts";
import { checkTransport, type TransportProblem } from "./transport-problem.ts";

/** A proof, recomputed from the problem alone, that no plan costs less. All amounts are in the unit of the costs. */
export interface TransportCertificate {
  readonly assignedCount: number;
  readonly unassignedCount: number;
  /** Cost of the pairs, added up again, and the objective with the unassigned. */
  readonly total: number;
  readonly objective: number;
  readonly unassignedCost: number;
  /** Prices times counts: whatever the plan, the objective is at least this. */
  readonly lowerBound: number;
  readonly gap: number;
  /** The most negative reduced cost c - u - v, or price of the wrong sign, as a positive number; 0 when none is. */
  readonly worstInfeasibility: number;
  /** The largest reduced cost where somebody goes, where somebody stays, or price of an offer that is not full. */
  readonly worstSlack: number;
  readonly tolerance: number;
  readonly optimal: boolean;
}

/**
 * Checks a plan and its prices against the problem by the reduced costs: c - u - v is never negative, and 0 on every pair that is used; u is never above
 * the cost of an unassigned seeker, and equals it where some are; v is never above 0, and 0 where posts are left. The sum of prices times counts is then a lower
 * bound on every plan. Knows nothing of how they were found. Refuses what is not a plan. O(arcs).
 */
export function certifyTransport(problem: TransportProblem, plan: TransportPlan): TransportCertificate {
  checkTransport(problem);
  const { seekers, posts, arcs } = problem;
  const { cellDuals, offerDuals, unassignedCost } = plan;
  if (cellDuals.length !== seekers.length || offerDuals.length !== posts.length) {
    throw new QuartiersError({
      what: "Prix de mauvaise longueur",
      value: `${cellDuals.length} et ${offerDuals.length}`,
      expected: `${seekers.length} et ${posts.length} prix`,
    });
  }
  const { flow, unassigned, spare, total, assignedCount, unassignedCount } = flowsOf(problem, plan.flow);
  let [worstInfeasibility, worstSlack, largest] = [0, 0, 0];
  const see = (reducedCost: number, used: boolean): void => {
    if (!(-reducedCost <= worstInfeasibility)) worstInfeasibility = -reducedCost;
    if (used && !(Math.abs(reducedCost) <= worstSlack)) worstSlack = Math.abs(reducedCost);
  };
  for (let k = 0; k < flow.length; k++) {
    if (arcs.cost[k] > largest) largest = arcs.cost[k];
    see(arcs.cost[k] - cellDuals[arcs.cell[k]] - offerDuals[arcs.offer[k]], flow[k] > 0);
  }
  let lowerBound = 0;
  for (let i = 0; i < seekers.length; i++) {
    lowerBound += seekers[i] * cellDuals[i];
    see(unassignedCost - cellDuals[i], unassigned[i] > 0);
  }
  for (let j = 0; j < posts.length; j++) {
    lowerBound += posts[j] * offerDuals[j];
    see(0 - offerDuals[j], spare[j] > 0);
  }
  const objective = total + unassignedCost * unassignedCount;
  const gap = objective - lowerBound;
  const tolerance = 1e-9 * Math.max(largest, Number.MIN_VALUE) + 1e-14 * unassignedCost;
  const optimal =
    worstInfeasibility <= tolerance &&
    worstSlack <= tolerance &&
    Math.abs(gap) <= 1e-9 * Math.max(total, largest) + 1e-13 * objective;
  return {
    ...{ assignedCount, unassignedCount, total, objective, unassignedCost, lowerBound, gap },
    ...{ worstInfeasibility, worstSlack, tolerance, optimal },
  };
}

/** The certificate in words, for a page. `unit` is that of the costs (km, min). */
export function explainTransport(certificate: TransportCertificate, unit: string): string {
  const { assignedCount, unassignedCount, total, objective, unassignedCost, lowerBound, gap, optimal } = certificate;
  const say = (value: number): string => frenchNumber(value, { decimals: 3, unit });
  const colon = `${HARD_SPACE}:`;
  const placed = `${frenchNumber(assignedCount)} demandeur(s) placé(s) pour ${say(total)}, ${frenchNumber(unassignedCount)} non affecté(s) comptés ${say(unassignedCost)} chacun`;
  if (!optimal) {
    return (
      `L'optimalité n'est pas prouvée${colon} ${placed}, soit ${say(objective)}\u202f; la borne donnée par les prix est ${say(lowerBound)} ` +
      `(coût réduit le plus négatif ${say(certificate.worstInfeasibility)}, flux le moins serré ${say(certificate.worstSlack)}).`
    );
  }
  return (
    `Plan optimal, preuve à l'appui${colon} ${placed}, soit ${say(objective)}. Aucun coût réduit n'est négatif et ceux des paires utilisées sont nuls${colon} ` +
    `tout autre plan coûte au moins ${say(lowerBound)} (écart ${say(Math.max(0, gap))}).`
  );
}
