import { allocateContacts } from "./allocate-contacts.ts";
import { envelopeAt, gainEnvelope } from "./contact-gains.ts";
import { outreachAreas } from "./outreach-areas.ts";
import { contactOffers, type OutreachPlanOptions, type OutreachResult, resultOf } from "./plan-outreach.ts";
import { splitContacts } from "./split-budget.ts";

/** What one budget buys. */
export interface OutreachBudgetPoint {
  readonly budgetEur: number;
  readonly best: OutreachResult;
  readonly equalSplit: OutreachResult;
  readonly byPopulation: OutreachResult;
  /** The concave envelope: no plan opens more. */
  readonly envelope: number;
  /** What a better plan could still open at most; 0 when the plan is exact. */
  readonly gap: number;
  /** Expected rights by further euro since the budget before: the slope of the best plan. */
  readonly marginalPerEur: number;
}

/**
 * The gain by budget, from the smallest to the largest, each plan made anew (a plan is not the one before it with more). Never falls: where a search
 * stopped early, the plan of the budget before is kept if it opens more.
 * @example
 * ```ts
 * const yields = { value: 0.1, granted: 0.55, draws: new Float64Array(200).fill(0.1) };
 * const areas = [{ code: "QN1", nonTakers: { value: 400, low: 300, high: 520 }, persons: 4000 }];
 * const points = outreachByBudget({ areas, budgetsEur: [1000, 4500], costs: { fixedEurArea: 1500, eurPerContact: 3 }, yields, seed: 1 });
 * points.map(({ best }) => best.opened.value.toFixed(1)) // [ "0.0", "10.0" ]
 * ```
 */
export function outreachByBudget({
  areas,
  budgetsEur,
  costs,
  yields,
  seed,
  confidence = 0.9,
  mostNodes = 50_000,
}: Omit<OutreachPlanOptions, "budgetEur"> & {
  readonly budgetsEur: readonly number[];
}): readonly OutreachBudgetPoint[] {
  const { eurPerContact } = costs;
  const { planned } = outreachAreas(areas, { ...costs, replicates: yields.draws.length, seed, confidence });
  const offers = contactOffers(planned, yields);
  const shared = { planned, offers, eurPerContact, yields, seed, confidence };
  const steps = gainEnvelope(offers, eurPerContact);
  const resultFor = (contacts: Int32Array): OutreachResult => resultOf(contacts, shared).result;
  let before: { readonly budgetEur: number; readonly opened: number; readonly contacts: Int32Array } | null = null;
  return [...budgetsEur]
    .sort((a, b) => a - b)
    .map((budgetEur) => {
      const found = allocateContacts(offers, { budgetEur, eurPerContact, mostNodes });
      const kept = before && before.opened > found.opened ? before : found;
      const last = before ?? { budgetEur: 0, opened: 0 };
      before = { budgetEur, opened: kept.opened, contacts: kept.contacts };
      const split = (weights: readonly number[]): OutreachResult =>
        resultFor(splitContacts(offers, { budgetEur, eurPerContact, weights }));
      const spent = budgetEur - last.budgetEur;
      return {
        budgetEur,
        best: resultFor(kept.contacts),
        equalSplit: split(planned.map(() => 1)),
        byPopulation: split(planned.map(({ persons }) => persons)),
        envelope: envelopeAt(steps, budgetEur),
        gap: Math.max(0, found.upperBound - kept.opened),
        marginalPerEur: spent > 0 ? (kept.opened - last.opened) / spent : 0,
      };
    });
}
