import { affordableContacts, type ContactOffer, fullEur } from "./contact-gains.ts";

/**
 * Shares a budget in proportion to weights, nobody above what it can spend: what a full area cannot use goes to the others. Zero weights get nothing. What
 * nobody can use is not spent. O(areas^2) at worst.
 * @example
 * ```ts
 * splitBudget(90, { weights: [1, 1, 1], most: [10, 100, 100] }) // Float64Array(3) [ 10, 40, 40 ]
 * ```
 */
export function splitBudget(
  budgetEur: number,
  { weights, most }: { readonly weights: readonly number[]; readonly most: readonly number[] },
): Float64Array {
  const shares = new Float64Array(weights.length);
  let open = weights.map((_, i) => i).filter((i) => weights[i] > 0);
  let left = budgetEur;
  while (open.length > 0 && left > 0) {
    const total = open.reduce((sum, i) => sum + weights[i], 0);
    const full = open.filter((i) => (left * weights[i]) / total >= most[i]);
    if (full.length === 0) {
      for (const i of open) shares[i] = (left * weights[i]) / total;
      return shares;
    }
    for (const i of full) {
      shares[i] = most[i];
      left -= most[i];
    }
    open = open.filter((i) => !full.includes(i));
  }
  return shares;
}

/** The contacts of a split: a share under the fixed cost opens nothing, and is not spent. */
export function splitContacts(
  offers: readonly ContactOffer[],
  {
    budgetEur,
    eurPerContact,
    weights,
  }: { readonly budgetEur: number; readonly eurPerContact: number; readonly weights: readonly number[] },
): Int32Array {
  const shares = splitBudget(budgetEur, { weights, most: offers.map((offer) => fullEur(offer, eurPerContact)) });
  return Int32Array.from(offers, (offer, i) => affordableContacts(offer, shares[i], eurPerContact));
}
