/** What an area offers to a plan: a fixed cost, then a gain a contact, up to a number of contacts. */
export interface ContactOffer {
  readonly fixedEur: number;
  /** Expected rights opened by contact. */
  readonly gainPerContact: number;
  /** Whole number of contacts at most. */
  readonly mostContacts: number;
}

/** EUR to contact everybody. */
export const fullEur = ({ fixedEur, mostContacts }: ContactOffer, eurPerContact: number): number =>
  fixedEur + mostContacts * eurPerContact;

export const fullGain = ({ gainPerContact, mostContacts }: ContactOffer): number => gainPerContact * mostContacts;

/** EUR for that many contacts: nothing when there is none. */
export const contactsEur = ({ fixedEur }: ContactOffer, contacts: number, eurPerContact: number): number =>
  contacts > 0 ? fixedEur + contacts * eurPerContact : 0;

/** How many contacts an amount buys in an area, its fixed cost paid. A free contact is bought as often as can be. */
export function affordableContacts(offer: ContactOffer, eur: number, eurPerContact: number): number {
  const left = eur - offer.fixedEur;
  if (left < -1e-9 * Math.max(1, offer.fixedEur)) return 0;
  if (eurPerContact === 0) return offer.mostContacts;
  return Math.max(0, Math.min(offer.mostContacts, Math.floor(left / eurPerContact + 1e-9)));
}

/** Areas that can bring something, the most rights a euro first when everybody is contacted; ties in the order given. */
export function byFullRate(offers: readonly ContactOffer[], eurPerContact: number): readonly number[] {
  const rate = (i: number): number => fullGain(offers[i]) / fullEur(offers[i], eurPerContact);
  return offers
    .map((_, i) => i)
    .filter((i) => fullGain(offers[i]) > 0)
    .sort((a, b) => {
      const [first, second] = [rate(a), rate(b)];
      return first === second ? a - b : second - first;
    });
}

/** One step of the envelope: an area that takes all its contacts. */
export interface EnvelopeStep {
  readonly offer: number;
  /** EUR and expected rights once this area is done, those before it included. */
  readonly eur: number;
  readonly opened: number;
  /** EUR for one more right in this area, fixed cost spread. */
  readonly eurPerOpened: number;
}

/**
 * The concave envelope of the gain by budget: areas in the order of rights a euro, fixed costs spread over all contacts (the relaxation of Dantzig, 1957).
 * No plan is above it, and plans are on it at each of its steps. O(areas log areas).
 */
export function gainEnvelope(offers: readonly ContactOffer[], eurPerContact: number): readonly EnvelopeStep[] {
  let eur = 0;
  let opened = 0;
  return byFullRate(offers, eurPerContact).map((offer) => {
    const [cost, gain] = [fullEur(offers[offer], eurPerContact), fullGain(offers[offer])];
    eur += cost;
    opened += gain;
    return { offer, eur, opened, eurPerOpened: cost / gain };
  });
}

/** The envelope at a budget: an upper bound of what any plan opens. */
export function envelopeAt(steps: readonly EnvelopeStep[], budgetEur: number): number {
  let [eur, opened] = [0, 0];
  for (const step of steps) {
    if (step.eur > budgetEur) return opened + ((budgetEur - eur) / (step.eur - eur)) * (step.opened - opened);
    eur = step.eur;
    opened = step.opened;
  }
  return opened;
}
