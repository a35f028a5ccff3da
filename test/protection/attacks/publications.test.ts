import { describe, expect, test } from "vitest";
import { threeCharts } from "../../../src/experiments/protection/three-charts-case.ts";
import type { Ledger } from "../../../src/protection/ledger/ledger.ts";
import { appendToLedger } from "../../../src/protection/ledger/ledger.ts";
import type { Publication } from "../../../src/protection/ledger/publication.ts";
import { Refusal } from "../../../src/protection/refusal.ts";
import { count, empty, ledgerOf, mean, options, publication, zone } from "../ledger/support.ts";

/** The message of a refusal, or null when the publication enters. */
function refusalOf(ledger: Ledger, newcomer: Publication): string | null {
  try {
    appendToLedger(ledger, newcomer, options);
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
}

describe("publications read together", () => {
  const inner = zone("quartier 2015", "noyau");
  const outer = zone("quartier 2024", "noyau", "anneau");
  const early = (value: number): Publication =>
    publication("2015", [inner], [count("ménages 2015", inner.name, value)]);
  const late = (value: number): Publication => publication("2024", [outer], [count("ménages 2024", outer.name, value)]);

  test("attaque 03 : deux périmètres qui se recouvrent donnent l'anneau ; une moyenne republiée donne un ménage", () => {
    expect(437 - 432).toBe(5);
    const refused = refusalOf(ledgerOf(early(432)), late(437));
    expect(refused).toContain("ménages 2015");
    expect(refused).toContain("ménages 2024");
    expect(refused).not.toMatch(/432|437|\b5\b/);
    // A ring of 5 and a ring of 7 are refused in the same words.
    expect(refusalOf(ledgerOf(early(432)), late(439))).toBe(refused);
    expect(refusalOf(ledgerOf(early(432)), late(443))).toBeNull();
    // The order of publication does not matter: the newcomer is refused.
    expect(refusalOf(ledgerOf(late(437)), early(432))).not.toBeNull();

    expect(14_210 * 31 - 14_030 * 30).toBe(19_610);
    const all = publication("mars", [outer], [mean("revenu moyen, mars", outer.name, 14_210, { n: 31 })]);
    const fewer = publication("avril", [inner], [mean("revenu moyen, avril", inner.name, 14_030, { n: 30 })]);
    const meanRefused = refusalOf(ledgerOf(all), fewer);
    expect(meanRefused).not.toBeNull();
    expect(meanRefused).not.toMatch(/19\D?610|14\D?210/);
  });

  test("attaque 22 : trois petits graphiques dont l'union est un tableau plus fin", () => {
    const [bySex, byAge, womenByAge] = threeCharts;
    if (!bySex || !byAge || !womenByAge) throw new Error("three charts are needed");
    const value = (chart: Publication, id: string): number =>
      chart.numbers.find((one) => one.id === id)?.value ?? Number.NaN;
    // No number is under the threshold; one of them less another is.
    for (const { numbers } of threeCharts) for (const one of numbers) expect(one.value).toBeGreaterThanOrEqual(11);
    expect(value(byAge, "18 à 29 ans") - value(womenByAge, "femmes de 18 à 29 ans")).toBe(7);

    const two = appendToLedger(appendToLedger(empty, bySex, options).ledger, byAge, options).ledger;
    const refused = refusalOf(two, womenByAge);
    expect(refused).toContain("18 à 29 ans");
    expect(refused).not.toMatch(/: 7|\b7\b/);
    // Two of the three may stand together, unless they are the second and the third: one number of one less one of the other is the small one.
    const ages = appendToLedger(empty, byAge, options).ledger;
    expect(refusalOf(ages, womenByAge)).toContain("18 à 29 ans");
    for (const pair of [
      [bySex, womenByAge],
      [byAge, bySex],
    ] as const)
      expect(refusalOf(appendToLedger(empty, pair[0], options).ledger, pair[1])).toBeNull();
  });
});
