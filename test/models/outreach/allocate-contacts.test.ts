import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/codes/random.ts";
import { allocateContacts } from "../../../src/models/outreach/allocate-contacts.ts";
import {
  type ContactOffer,
  contactsEur,
  envelopeAt,
  gainEnvelope,
} from "../../../src/models/outreach/contact-gains.ts";
import { splitBudget, splitContacts } from "../../../src/models/outreach/split-budget.ts";

const offer = fc.record({
  fixedEur: fc.integer({ min: 0, max: 30 }),
  gainPerContact: fc.double({ min: 0, max: 0.2, noNaN: true }),
  mostContacts: fc.integer({ min: 0, max: 6 }),
});
const offers = fc.array(offer, { minLength: 1, maxLength: 4 });
const eurPerContact = fc.constantFrom(0, 1, 2.5, 4);
const budget = fc.integer({ min: 0, max: 80 });

/** Every number of contacts of every area. */
function bruteForce(all: readonly ContactOffer[], budgetEur: number, unit: number): number {
  let best = 0;
  const visit = (next: number, left: number, gain: number): void => {
    best = Math.max(best, gain);
    const own = all[next];
    if (!own) return;
    for (let contacts = 0; contacts <= own.mostContacts; contacts++) {
      const cost = contactsEur(own, contacts, unit);
      if (cost <= left + 1e-9) visit(next + 1, left - cost, gain + contacts * own.gainPerContact);
    }
  };
  visit(0, budgetEur, 0);
  return best;
}

const many = (count: number, seed: number): readonly ContactOffer[] => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => ({
    fixedEur: 500 + Math.round(1500 * random()),
    gainPerContact: 0.005 + 0.02 * random(),
    mostContacts: 800 + Math.round(4000 * random()),
  }));
};

describe("the best plan", () => {
  test("equals going through all plans, within the budget", () => {
    fc.assert(
      fc.property(offers, budget, eurPerContact, (all, budgetEur, unit) => {
        const plan = allocateContacts(all, { budgetEur, eurPerContact: unit });
        expect(plan.method).toBe("exact");
        expect(plan.gap).toBe(0);
        expect(plan.spentEur).toBeLessThanOrEqual(budgetEur + 1e-6);
        expect(Math.abs(plan.opened - bruteForce(all, budgetEur, unit))).toBeLessThan(1e-9);
      }),
      { numRuns: 400 },
    );
  });

  test("never falls when the budget grows, never passes the envelope, never under a split", () => {
    fc.assert(
      fc.property(offers, budget, budget, eurPerContact, (all, one, two, unit) => {
        const [less, more] = [Math.min(one, two), Math.max(one, two)].map((budgetEur) =>
          allocateContacts(all, { budgetEur, eurPerContact: unit }),
        );
        expect(more?.opened).toBeGreaterThanOrEqual((less?.opened ?? 0) - 1e-12);
        const steps = gainEnvelope(all, unit);
        expect(more?.opened).toBeLessThanOrEqual(envelopeAt(steps, Math.max(one, two)) + 1e-9);
        const split = splitContacts(all, {
          budgetEur: Math.max(one, two),
          eurPerContact: unit,
          weights: all.map((_, i) => i + 1),
        });
        const spent = all.reduce((sum, own, i) => sum + contactsEur(own, split[i] ?? 0, unit), 0);
        expect(spent).toBeLessThanOrEqual(Math.max(one, two) + 1e-6);
        expect(more?.opened).toBeGreaterThanOrEqual(
          all.reduce((sum, own, i) => sum + (split[i] ?? 0) * own.gainPerContact, 0) - 1e-9,
        );
      }),
      { numRuns: 300 },
    );
  });

  test("the envelope is concave", () => {
    const steps = gainEnvelope(many(105, 3), 4);
    const slopes = steps.map(({ eurPerOpened }) => 1 / eurPerOpened);
    expect(slopes).toEqual([...slopes].sort((a, b) => b - a));
    expect(envelopeAt(steps, Number.MAX_VALUE)).toBe(steps.at(-1)?.opened);
  });

  test.each([20_000, 100_000, 400_000])("105 areas, %i EUR: exact", (budgetEur) => {
    const plan = allocateContacts(many(105, 1), { budgetEur, eurPerContact: 4 });
    expect(plan.method).toBe("exact");
    expect(plan.spentEur).toBeLessThanOrEqual(budgetEur);
  });

  test("a search that stops says by how much a plan could be better: the true best is within its gap", () => {
    for (let seed = 1; seed <= 20; seed++) {
      const all = many(40, seed);
      const settings = { budgetEur: 90_000, eurPerContact: 4 };
      const stopped = allocateContacts(all, { ...settings, mostNodes: 30 });
      const best = allocateContacts(all, { ...settings, mostNodes: 2_000_000 });
      expect(best.method).toBe("exact");
      expect(best.opened).toBeGreaterThanOrEqual(stopped.opened - 1e-9);
      expect(best.opened).toBeLessThanOrEqual(stopped.opened + stopped.gap + 1e-9);
    }
  });

  test("refuses money that is none", () => {
    expect(() => allocateContacts([], { budgetEur: -1, eurPerContact: 1 })).toThrow(/Budget impossible/);
    expect(() => allocateContacts([], { budgetEur: Number.NaN, eurPerContact: 1 })).toThrow(/Budget impossible/);
    expect(() => allocateContacts([], { budgetEur: 1, eurPerContact: -1 })).toThrow(/Coût d'un contact/);
  });
});

describe("the splits", () => {
  test("shares add up to the budget, or to all that can be used", () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ weight: fc.integer({ min: 0, max: 9 }), most: fc.integer({ min: 0, max: 50 }) }), {
          minLength: 1,
        }),
        budget,
        (rows, budgetEur) => {
          const [weights, most] = [rows.map(({ weight }) => weight), rows.map((row) => row.most)];
          const shares = splitBudget(budgetEur, { weights, most });
          const usable = rows.reduce((sum, row) => sum + (row.weight > 0 ? row.most : 0), 0);
          expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(Math.min(budgetEur, usable), 9);
          shares.forEach((share, i) => {
            expect(share).toBeLessThanOrEqual((most[i] ?? 0) + 1e-9);
          });
        },
      ),
    );
  });
});
