import { QuartiersError } from "../../codes/errors.ts";
import { affordableContacts, byFullRate, type ContactOffer, contactsEur, fullEur, fullGain } from "./contact-gains.ts";

/** How many contacts each area has. */
export interface ContactPlan {
  /** Whole contacts, in the order of the offers. */
  readonly contacts: Int32Array;
  readonly spentEur: number;
  /** Expected rights opened. */
  readonly opened: number;
  /** No plan can open more. */
  readonly upperBound: number;
  /** upperBound - opened: 0 when the search was exhaustive. Expected rights. */
  readonly gap: number;
  /** "exact": no plan is better; "bounded": the search stopped, the gap says how much better a plan could be at most. */
  readonly method: "exact" | "bounded";
  readonly nodes: number;
}

/**
 * The contacts that open the most rights within a budget: a knapsack where opening an area has a fixed cost and contacts within it are worth the same.
 * A contact costs the same everywhere, so that moving contacts from a partial area to a better one costs nothing: some best plan has one partial area at most.
 * Branch and bound (Land and Doig 1960) over areas taken whole, left, or partial, with the bound of Dantzig; first plan by greedy choice. Exponential at
 * worst: it stops after `mostNodes`, and the gap is then given.
 *
 * @throws QuartiersError when the budget or the cost of a contact is negative or missing
 * @example
 * ```ts
 * const offers = [{ fixedEur: 100, gainPerContact: 0.02, mostContacts: 50 }, { fixedEur: 0, gainPerContact: 0.01, mostContacts: 500 }];
 * allocateContacts(offers, { budgetEur: 150, eurPerContact: 2 }).contacts // Int32Array(2) [ 0, 75 ]
 * ```
 */
export function allocateContacts(
  offers: readonly ContactOffer[],
  {
    budgetEur,
    eurPerContact,
    mostNodes = 200_000,
  }: { readonly budgetEur: number; readonly eurPerContact: number; readonly mostNodes?: number },
): ContactPlan {
  checkMoney(budgetEur, eurPerContact);
  const order = byFullRate(offers, eurPerContact);
  const ranked = order.map((i) => offers[i]);
  const costs = ranked.map((offer) => fullEur(offer, eurPerContact));
  const gains = ranked.map(fullGain);
  const slack = 1e-9 * Math.max(1, budgetEur);
  const chosen = new Int8Array(ranked.length); // 1: whole
  let best = { opened: 0, whole: Int8Array.from(chosen), partial: -1, contacts: 0 };
  let nodes = 0;
  let openBound = 0;

  /** Dantzig's bound on what the areas from `next` on add, with the contacts of a partial area as one more divisible good. */
  const relaxed = (next: number, eur: number, partial: number): number => {
    let left = eur;
    let gain = 0;
    let waiting = partial >= 0 ? ranked[partial].mostContacts * eurPerContact : 0;
    const partialRate = partial >= 0 && eurPerContact > 0 ? ranked[partial].gainPerContact / eurPerContact : 0;
    if (partial >= 0 && eurPerContact === 0) gain += gains[partial];
    for (let i = next; i < ranked.length && left > 0; i++) {
      if (waiting > 0 && partialRate * costs[i] >= gains[i]) {
        const spent = Math.min(left, waiting);
        gain += spent * partialRate;
        left -= spent;
        waiting = 0;
      }
      const share = costs[i] > left ? left / costs[i] : 1;
      gain += share * gains[i];
      left -= share * costs[i];
    }
    return gain + Math.min(Math.max(0, left), waiting) * partialRate;
  };

  const keep = (opened: number, partial: number, contacts: number): void => {
    if (opened > best.opened + 1e-12) best = { opened, whole: Int8Array.from(chosen), partial, contacts };
  };

  const visit = (next: number, left: number, gain: number, partial: number): void => {
    nodes++;
    if (partial >= 0) {
      const contacts = affordableContacts({ ...ranked[partial], fixedEur: 0 }, left, eurPerContact);
      keep(gain + contacts * ranked[partial].gainPerContact, partial, contacts);
    } else keep(gain, -1, 0);
    if (next >= ranked.length) return;
    const bound = gain + relaxed(next, left, partial);
    if (bound <= best.opened * (1 + 1e-12) + 1e-12) return;
    if (nodes >= mostNodes) {
      openBound = Math.max(openBound, bound);
      return;
    }
    if (costs[next] <= left + slack) {
      chosen[next] = 1;
      visit(next + 1, Math.max(0, left - costs[next]), gain + gains[next], partial);
      chosen[next] = 0;
    }
    if (partial < 0 && ranked[next].fixedEur < left) visit(next + 1, left - ranked[next].fixedEur, gain, next);
    visit(next + 1, left, gain, partial);
  };
  visit(0, budgetEur, 0, -1);

  const contacts = new Int32Array(offers.length);
  for (const [place, i] of order.entries()) {
    if (best.whole[place] === 1) contacts[i] = offers[i].mostContacts;
    else if (place === best.partial) contacts[i] = best.contacts;
  }
  const spentEur = offers.reduce((sum, offer, i) => sum + contactsEur(offer, contacts[i], eurPerContact), 0);
  const opened = offers.reduce((sum, offer, i) => sum + contacts[i] * offer.gainPerContact, 0);
  const upperBound = Math.max(opened, openBound);
  const method = openBound > 0 ? "bounded" : "exact";
  return { contacts, spentEur, opened, upperBound, gap: upperBound - opened, method, nodes };
}

function checkMoney(budgetEur: number, eurPerContact: number): void {
  for (const [name, value] of [
    ["Budget", budgetEur],
    ["Coût d'un contact", eurPerContact],
  ] as const)
    if (!(value >= 0 && Number.isFinite(value)))
      throw new QuartiersError({
        what: `${name} impossible`,
        value: String(value),
        expected: "un montant positif, en euros",
      });
}
