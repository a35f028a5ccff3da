import { describe, expect, test } from "vitest";
import { checkCard } from "../../src/book/transparency/check-card.ts";
import type { TransparencyCard } from "../../src/book/transparency/transparency-card.ts";
import type { SecrecyRule } from "../../src/codes/lineage.ts";
import { numberColumn, table, textColumn } from "../../src/codes/table.ts";
import { sha256 } from "../../src/engine/hash.ts";
import {
  appendToLedger,
  checkDrawing,
  countsBehindRate,
  discreteLaplace,
  dominates,
  hiddenIntervals,
  keyedWords,
  laplaceBound,
  laplaceVariance,
  openAccount,
  parseMilliEpsilon,
  pPercentFails,
  publish,
  rateFinding,
  release,
  safeDrawing,
  spend,
  spentOf,
  verifyLedger,
} from "../../src/index.ts";
import type { Publication } from "../../src/protection/ledger/publication.ts";
import { laplaceProbability } from "../../src/protection/perturbation/discrete-laplace.ts";
import { Refusal } from "../../src/protection/refusal.ts";
import { checkTerms } from "../../src/sources/contracts/agreement.ts";
import { fullContract, signedTerms } from "../sources/contracts/examples.ts";
import { people, peopleTable } from "./drawing/people.ts";
import { acceptedFigures, refusedFigures } from "./drawing/section-18.ts";
import { count, empty, ledgerOf, mean, options, publication, zone } from "./ledger/support.ts";
import { crossed, crossedMargin, seen, source } from "./support.ts";

const refused = (before: readonly Publication[], newcomer: Publication): string | null => {
  try {
    appendToLedger(ledgerOf(...before), newcomer, options);
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error.message;
    throw error;
  }
};

describe("the behaviours that section 18 of the note on protection asks to hold", () => {
  test("dominance (1, 85 %): 850 of 1 000 accepted, 850.1 of 1 000.1 refused", () => {
    const rule = { n: 1, k: 85 };
    expect([dominates([850, 100, 50], rule), dominates([850.1, 100, 50], rule)]).toEqual([false, true]);
  });

  test("p = 10 %: a ratio of 0.1 accepted, of 0.0999 refused", () => {
    expect([pPercentFails([50, 45, 2, 1, 1, 1], 10), pPercentFails([100, 50, 9.99], 10)]).toEqual([false, true]);
  });

  test("2 x 2 with totals: one or two hidden cells are found; of four, the first is in [0, 19], the last in [26, 45]", async () => {
    const ends = async (grid: readonly (readonly (number | null)[])[]) =>
      (await hiddenIntervals(grid)).map(({ least, greatest }) => [least, greatest]);
    const totals = [19, 50, 69];
    expect(await ends([[null, 20, 24], [15, 30, 45], totals])).toEqual([[4, 4]]);
    expect(await ends([[null, null, 24], [15, 30, 45], totals])).toEqual([
      [4, 4],
      [20, 20],
    ]);
    const four = await ends([[null, null, 24], [null, null, 45], totals]);
    expect([four[0], four[3]]).toEqual([
      [0, 19],
      [26, 45],
    ]);
    const square = crossed(
      [
        [4, 20],
        [15, 30],
      ],
      11,
    );
    const out = release(square, { name: "essai", counts: "n", margins: [crossedMargin] });
    expect(seen(out, "n")).toEqual([null, null, 24, null, null, 45, 19, 50, 69]);
  });

  test("total 103, hidden 100, 1, 2: outside bounds narrow the big one to [98, 103]", async () => {
    const row = [[null, null, null, 103]];
    for (const { least, greatest } of await hiddenIntervals(row)) expect([least, greatest]).toEqual([0, 103]);
    const known = [
      { row: 0, column: 1, greatest: 2 },
      { row: 0, column: 2, greatest: 3 },
    ];
    const [big] = await hiddenIntervals(row, { known });
    expect([big?.least, big?.greatest]).toEqual([98, 103]);
  });

  test("nested zones, t = 11: 432 then 437 refused, then 443 accepted, then 432 accepted with a note", () => {
    const inner = publication("2015", [zone("2015", "noyau")], [count("ménages 2015", "2015", 432)]);
    const outer = (value: number) =>
      publication("2024", [zone("2024", "noyau", "anneau")], [count("ménages 2024", "2024", value)]);
    expect(refused([inner], outer(437))).not.toBeNull();
    expect(refused([inner], outer(443))).toBeNull();
    const same = appendToLedger(ledgerOf(inner), outer(432), options);
    expect([same.status, same.notes.map(({ verdict }) => verdict)]).toEqual(["added", ["empty"]]);
  });

  test("a commune of 1 498 with 1 490 in its neighbourhood is refused", () => {
    const inside = publication("qpv", [zone("qpv", "dedans")], [count("n qpv", "qpv", 1490)]);
    const commune = publication(
      "commune",
      [zone("commune", "dedans", "dehors")],
      [count("n commune", "commune", 1498)],
    );
    expect(refused([inside], commune)).not.toBeNull();
  });

  test("F 55, M 49; 18-29 37, 30+ 67; F 18-29 30: men of 18 to 29 are 7, refused", () => {
    const town = zone("ville", "ville");
    const dimensions = { sexe: ["F", "M"], age: ["18-29", "30+"] };
    const of = (id: string, classes: Readonly<Record<string, readonly string[]>>, value: number) =>
      count(id, "ville", value, { classes });
    const bySex = publication("sexe", [town], [of("F", { sexe: ["F"] }, 55), of("M", { sexe: ["M"] }, 49)], {
      dimensions,
    });
    const byAge = publication("âge", [town], [of("18-29", { age: ["18-29"] }, 37), of("30+", { age: ["30+"] }, 67)], {
      dimensions,
    });
    const women = publication("femmes", [town], [of("F 18-29", { sexe: ["F"], age: ["18-29"] }, 30)], { dimensions });
    expect(refused([bySex], byAge)).toBeNull();
    expect(refused([bySex, byAge], women)).not.toBeNull();
  });

  test("a mean of 14 210 over 31, then of 14 030 over 30: one household is refused, and not told", () => {
    const all = publication("mars", [zone("tous", "a", "b")], [mean("mars", "tous", 14_210, { n: 31 })]);
    const fewer = publication("avril", [zone("moins", "a")], [mean("avril", "moins", 14_030, { n: 30 })]);
    const message = refused([all], fewer);
    expect(message).not.toBeNull();
    expect(message).not.toMatch(/19\D?610|14\D?210/);
  });

  test("3.1 % of 97, 25 % of 40 and 33.3 % of 6 are refused", () => {
    const judge = (rate: number, base: number, decimals: number) =>
      rateFinding({ rate, base, decimals, rounding: "half-up" }, { minUnits: 11 })?.code;
    expect([judge(3.1, 97, 1), judge(25, 40, 0), judge(33.3, 6, 1)]).toEqual(Array(3).fill("rate-to-count"));
    expect(countsBehindRate({ rate: 3.1, base: 97, decimals: 1, rounding: "half-up" })).toEqual({
      least: 3,
      greatest: 3,
    });
    expect(countsBehindRate({ rate: 25, base: 40, decimals: 0, rounding: "half-up" })).toEqual({
      least: 10,
      greatest: 10,
    });
  });

  test("0.2 % of 5 000 is {8..12}: the contract decides, and the record says by which rule", () => {
    expect(countsBehindRate({ rate: 0.2, base: 5000, decimals: 1, rounding: "half-up" })).toEqual({
      least: 8,
      greatest: 12,
    });
    const under = (rates?: SecrecyRule["rates"]) => {
      const rule: SecrecyRule = { unit: "personne", minUnits: 11, statedBy: "contrat", ...(rates ? { rates } : {}) };
      const t = table(
        {
          n: numberColumn([5000], { label: "Habitants", unit: "personnes" }),
          taux: numberColumn([0.2], { label: "Taux", unit: "%" }),
        },
        [source(11, { secrecy: rule })],
      );
      const out = release(t, { name: "essai", counts: "n", rates: [{ rate: "taux", base: "n", decimals: 1 }] });
      return [seen(out, "taux")[0], out.release.findings.find(({ code }) => code === "taux")?.rule];
    };
    const ambiguous = "taux à 1 décimale(s), un des effectifs possibles atteint le seuil";
    expect(under()).toEqual([0.2, ambiguous]);
    expect(under("ambiguous")).toEqual([0.2, ambiguous]);
    expect(under("interval")).toEqual([null, "taux à 1 décimale(s), aucun effectif possible sous le seuil, ou tous"]);
  });

  test("discrete Laplace, epsilon 1 and 0.1: probability of 0, variance, bound at 95 %", () => {
    const told = [1000, 100].map((milliEpsilon) => {
      const noise = { milliEpsilon };
      return [laplaceProbability(0, noise).toFixed(8), laplaceVariance(noise).toPrecision(9), laplaceBound(noise)];
    });
    expect(told).toEqual([
      ["0.46211716", "1.84134719", 3],
      ["0.04995837", "199.833417", 30],
    ]);
  });

  test("a budget of 1 with 0.9 spent: 0.1 allowed, 0.11 refused, and nothing is then spent", () => {
    const account = spend(openAccount(1000), parseMilliEpsilon("0,9"), "essai");
    expect(spentOf(spend(account, parseMilliEpsilon("0,1"), "essai"))).toBe(1000);
    expect(() => spend(account, parseMilliEpsilon("0,11"), "essai")).toThrow(Refusal);
    expect(spentOf(account)).toBe(900);
  });

  test.each(Object.entries(refusedFigures))(
    "figure refused, with its reason, and accepted once rewritten: %s",
    (_, figure) => {
      const { spec, context, code } = figure;
      expect(checkDrawing(spec, context).map((finding) => finding.code)).toContain(code);
      const records = peopleTable(people(400));
      expect(safeDrawing(spec, records, context)).not.toBeNull();
      const judged = publish({ kind: "drawing", name: "essai", spec, records, context, rewrite: true });
      expect([judged.verdict, judged.released === null]).toEqual(["accept with changes", false]);
    },
  );

  test.each(Object.entries(acceptedFigures))("figure accepted: %s", (_, { spec, context }) => {
    expect(checkDrawing(spec, context)).toEqual([]);
  });

  test("one byte changed in a ledger line is named (inputs and reports: book/verify/verify-reports.test.ts)", () => {
    const { text, head } = ledgerOf(
      publication("un", [zone("a", "a")], [count("n", "a", 40)]),
      publication("deux", [zone("b", "b")], [count("n", "b", 60)]),
    );
    expect(verifyLedger(text, sha256, head).whole).toBe(true);
    const at = text.indexOf('"value":60');
    const state = verifyLedger(`${text.slice(0, at)}"value":61${text.slice(at + 10)}`, sha256, head);
    expect(state).toMatchObject({ whole: false, line: 2 });
  });

  test("expired, undeclared purpose, permission withdrawn: refused, clause named (on a build: book/permissions.test.ts)", () => {
    const use = { purpose: "non-recours-c2s", today: "2026-11-24" };
    const under = (change: object) => ({ ...fullContract, terms: { ...signedTerms, ...change } });
    expect(() => checkTerms(under({}), use)).not.toThrow();
    expect(() => checkTerms(under({ retention: "2026-11-23" }), use)).toThrow(/article 7/);
    expect(() => checkTerms(under({}), { ...use, purpose: "autre" })).toThrow(/article 3/);
    const permission = { status: "retirée", on: "2026-11-01", by: "la caisse" };
    expect(() => checkTerms(under({ permission }), use)).toThrow(/article 9/);
  });

  test("a card without one of the four items of the CRPA fails (whole cards: book/transparency/cards.test.ts)", () => {
    const items = {
      contribution: "aide à la décision",
      data: [{}],
      parameters: { list: [{}], weighting: "égale" },
      operations: ["compter"],
    };
    const without = [
      { contribution: "" },
      { data: [] },
      { parameters: { list: [], weighting: "" } },
      { operations: [] },
    ];
    for (const change of without) {
      const card = { id: "essai", run: { notebook: "05.ipynb" }, items: { ...items, ...change } };
      expect(() => checkCard(card as unknown as TransparencyCard, new Set())).toThrow(/quatre éléments/);
    }
  });

  test("a refusal is the same for each protected value, and never holds it (ledger: attacks/publications.test.ts)", () => {
    const told = Array.from({ length: 10 }, (_, i) => i + 1).map((small) => {
      const t = table(
        {
          zone: textColumn(["A", "B", "Ensemble"], { label: "Zone" }),
          n: numberColumn([small, 30, small + 31], { label: "Effectif", unit: "personnes", summable: true }),
        },
        [source(11)],
      );
      const margins = [{ column: "n", total: 2, parts: [0, 1] }];
      const { verdict, findings } = publish({ kind: "table", table: t, name: "essai", counts: "n", margins });
      return JSON.stringify([verdict, findings]);
    });
    expect(new Set(told).size).toBe(1);
    expect(told[0]).toContain('"refuse"');
  });

  test("the same publication, numbers and noise give the same bytes (two books: book/build.test.ts)", () => {
    const key = "000102030405060708090a0b0c0d0e0f";
    const square = crossed(
      [
        [4, 20],
        [15, 30],
      ],
      11,
    );
    const once = (): string => {
      const { ledger } = appendToLedger(empty, publication("un", [zone("a", "a")], [count("n", "a", 40)]), options);
      const noise = ["a", "b", "c"].map((cell) => discreteLaplace(keyedWords(key, cell), { milliEpsilon: 100 }));
      const { release: record, ...out } = release(square, { name: "essai", counts: "n", margins: [crossedMargin] });
      return JSON.stringify([ledger.text, noise, record, seen(out, "n")]);
    };
    expect(once()).toBe(once());
  });
});
