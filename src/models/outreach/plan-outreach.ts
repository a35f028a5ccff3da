import { allocateContacts, type ContactPlan } from "./allocate-contacts.ts";
import { type ContactOffer, contactsEur, type EnvelopeStep, gainEnvelope } from "./contact-gains.ts";
import { openedDraws, openedIntervals } from "./opened-rights.ts";
import { type LeftOutArea, type OutreachArea, outreachAreas, type PlannableArea } from "./outreach-areas.ts";
import type { OutreachYield } from "./outreach-yield.ts";
import { splitContacts } from "./split-budget.ts";

/** An expected number with the interval of what may happen. */
export interface Outcome {
  /** Expectation, computed; it does not depend on the seed. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface OutreachAreaPlan {
  readonly code: string;
  /** Persons contacted, without aim within the area. */
  readonly contacts: number;
  readonly eur: number;
  /** Claims that eligible persons make, and those refused: work for the desk. */
  readonly applications: number;
  readonly refused: number;
  /** Rights opened, persons. */
  readonly opened: Outcome;
  /** EUR by right opened: cost over opened, Infinity where none may be opened; null without contact. */
  readonly eurPerOpened: Outcome | null;
  /** Draws where the model of the eligible fails in this area (see `PlannableArea`), and their number. */
  readonly impossibleDraws: number;
}

/** What one way of sharing the budget gives, all areas together. */
export interface OutreachResult {
  readonly contacts: Int32Array;
  readonly spentEur: number;
  readonly opened: Outcome;
  readonly eurPerOpened: Outcome | null;
}

export interface OutreachPlan {
  readonly budgetEur: number;
  readonly confidence: number;
  readonly replicates: number;
  readonly areas: readonly OutreachAreaPlan[];
  readonly best: OutreachResult & Pick<ContactPlan, "upperBound" | "gap" | "method" | "nodes">;
  /** The same amount for each area. */
  readonly equalSplit: OutreachResult;
  /** In proportion to the inhabitants. */
  readonly byPopulation: OutreachResult;
  /** Areas in the order of rights a euro: the concave envelope of the gain by budget. */
  readonly envelope: readonly (Omit<EnvelopeStep, "offer"> & { readonly code: string })[];
  readonly leftOut: readonly LeftOutArea[];
}

/** What a plan needs of a yield. */
export type OutreachPlanYield = Pick<OutreachYield, "value" | "granted" | "draws">;

export interface OutreachPlanOptions {
  readonly areas: readonly OutreachArea[];
  readonly budgetEur: number;
  /** EUR to open the action in an area, unless it says its own; EUR by person contacted, the same everywhere. */
  readonly costs: { readonly fixedEurArea: number; readonly eurPerContact: number };
  /** From `outreachYield`; its draws are the replicates. */
  readonly yields: OutreachPlanYield;
  readonly seed: number;
  readonly confidence?: number;
  readonly mostNodes?: number;
}

/**
 * Which areas to go to with a budget, and what to expect. Contacts are made without aim among the inhabitants: expected rights opened in an area =
 * contacts x non-takers / persons x yield. The plan that opens the most is compared with an equal split and with a split by population, in the same simulated worlds;
 * intervals join the estimate of non-takers, the sampling of the trial and the chance of contacts. Missing is left out with a reason, never 0.
 *
 * A plan made from noisy estimates expects too much of the areas it picks (Smith and Winkler 2006): give shrunk estimates (draws of a small-area model), not
 * direct ones. The gain is gross of what persons would have claimed without contact.
 * Counts are persons throughout: that a claim covers a foyer, so that one contact may open several rights, is not counted.
 *
 * The comparison of two plans is about money only: a plan says nothing of who deserves what, and `forbiddenUses` bind it.
 * @example
 * ```ts
 * const yields = { value: 0.1, granted: 0.55, draws: new Float64Array(200).fill(0.1) };
 * const areas = [
 *   { code: "QN1", nonTakers: { value: 400, low: 300, high: 520 }, persons: 4000 },
 *   { code: "QN2", nonTakers: { value: 900, low: 700, high: 1100 }, persons: 4500 },
 * ];
 * const { best } = planOutreach({ areas, budgetEur: 6000, costs: { fixedEurArea: 1500, eurPerContact: 3 }, yields, seed: 1 });
 * [[...best.contacts], best.opened.value.toFixed(1), best.gap] // [ [ 0, 1500 ], "30.0", 0 ]
 * ```
 */
export function planOutreach({
  areas,
  budgetEur,
  costs,
  yields,
  seed,
  confidence = 0.9,
  mostNodes = 200_000,
}: OutreachPlanOptions): OutreachPlan {
  const replicates = yields.draws.length;
  const { planned, leftOut } = outreachAreas(areas, { ...costs, replicates, seed, confidence });
  const offers = contactOffers(planned, yields);
  const { eurPerContact } = costs;
  const best = allocateContacts(offers, { budgetEur, eurPerContact, mostNodes });
  const shared = { planned, offers, eurPerContact, yields, seed, confidence };
  const split = (weights: readonly number[]): OutreachResult =>
    resultOf(splitContacts(offers, { budgetEur, eurPerContact, weights }), shared).result;
  const { result, low, high } = resultOf(best.contacts, shared);
  return {
    budgetEur,
    confidence,
    replicates,
    areas: planned.map(({ code, impossibleDraws }, i) => {
      const eur = contactsEur(offers[i], best.contacts[i], eurPerContact);
      const opened = { value: best.contacts[i] * offers[i].gainPerContact, low: low[i], high: high[i] };
      const applications = opened.value / yields.granted;
      return {
        code,
        contacts: best.contacts[i],
        eur,
        applications,
        refused: applications - opened.value,
        opened,
        eurPerOpened: unitCost(eur, opened),
        impossibleDraws,
      };
    }),
    best: { ...result, upperBound: best.upperBound, gap: best.gap, method: best.method, nodes: best.nodes },
    equalSplit: split(planned.map(() => 1)),
    byPopulation: split(planned.map(({ persons }) => persons)),
    envelope: gainEnvelope(offers, eurPerContact).map(({ offer, ...step }) => ({ code: planned[offer].code, ...step })),
    leftOut,
  };
}

/** Gain by contact: the chance to meet a non-taker, times the yield. */
export const contactOffers = (planned: readonly PlannableArea[], yields: OutreachPlanYield): readonly ContactOffer[] =>
  planned.map(({ expected, persons, reachable, fixedEur }) => ({
    fixedEur,
    mostContacts: reachable,
    gainPerContact: (expected / persons) * yields.value,
  }));

/** What contacts give, with intervals, for the areas and in all. */
export function resultOf(
  contacts: Int32Array,
  {
    planned,
    offers,
    eurPerContact,
    yields,
    seed,
    confidence,
  }: {
    readonly planned: readonly PlannableArea[];
    readonly offers: readonly ContactOffer[];
    readonly eurPerContact: number;
    readonly yields: OutreachPlanYield;
    readonly seed: number;
    readonly confidence: number;
  },
): { readonly result: OutreachResult; readonly low: Float64Array; readonly high: Float64Array } {
  const { low, high, totalLow, totalHigh } = openedIntervals(
    openedDraws(planned, contacts, { yields, seed }),
    confidence,
  );
  const spentEur = offers.reduce((sum, offer, i) => sum + contactsEur(offer, contacts[i], eurPerContact), 0);
  const value = offers.reduce((sum, { gainPerContact }, i) => sum + contacts[i] * gainPerContact, 0);
  const opened = { value, low: totalLow, high: totalHigh };
  return { result: { contacts, spentEur, opened, eurPerOpened: unitCost(spentEur, opened) }, low, high };
}

function unitCost(eur: number, { value, low, high }: Outcome): Outcome | null {
  if (eur === 0 || value === 0) return null;
  return { value: eur / value, low: eur / high, high: eur / low };
}
