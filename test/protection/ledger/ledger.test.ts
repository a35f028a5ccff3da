import { describe, expect, it } from "vitest";
import { appendToLedger, type Ledger } from "../../../src/protection/ledger/ledger.ts";
import type { Publication, PublishedNumber } from "../../../src/protection/ledger/publication.ts";
import { count, empty, ledgerOf, mean, options, publication, zone } from "./support.ts";

const append = (ledger: Ledger, next: Publication) => appendToLedger(ledger, next, options);
const old = publication("bilan 2015", [zone("QPV 2015", "a", "b")], [count("n15", "QPV 2015", 100)]);
const ring = (value: number, more: Partial<PublishedNumber> = {}): Publication =>
  publication("bilan 2024", [zone("QPV 2024", "a", "b", "c")], [count("n24", "QPV 2024", value, more)]);
const first = ledgerOf(old);

describe("attack of a newcomer with what is already published", () => {
  it("refuses the ring between two perimeters, names both numbers and never the difference", () => {
    expect(() => append(first, ring(104))).toThrow(/n15\s» \(bilan 2015\), puis «\sn24\s» \(bilan 2024\)/);
    expect(() => append(first, ring(104))).not.toThrow(/\b(4|104|100)\b/);
  });
  it("says the same words of a ring of 1 as of a ring of 10", () => {
    const said = (value: number): string => {
      try {
        append(first, ring(value));
      } catch (error) {
        return String(error);
      }
      return "";
    };
    expect(said(101)).toBe(said(110));
    expect(said(101)).not.toBe("");
  });
  it("accepts a large ring, and one that rounding keeps wide", () => {
    for (const next of [ring(111), ring(150), ring(104, { rounding: 10 })]) {
      expect(append(first, next).ledger.publications).toHaveLength(2);
    }
  });
  it("accepts with a note the ring where nobody lives", () => {
    const { notes, status } = append(first, ring(100));
    expect(status).toBe("added");
    expect(notes.map(({ verdict }) => verdict)).toEqual(["empty"]);
    expect(notes[0]?.set).toContain("QPV 2024");
    expect(notes[0]?.chain.map(({ number }) => number)).toEqual(["n15", "n24"]);
  });
  it("refuses a rounded ring that stays under the threshold", () => {
    expect(() => append(first, ring(104, { rounding: 2 }))).toThrow(/fait connaître de trop près/);
  });
  it("refuses small multiples whose union is finer", () => {
    const zones = [
      zone("nord", "ne", "no"),
      zone("est", "ne", "se"),
      zone("nord-est ou sud-ouest", "ne", "so"),
      zone("tout", "ne", "no", "se", "so"),
    ];
    const two = ledgerOf(
      publication("un", zones, [count("nord", "nord", 60), count("tout", "tout", 124)]),
      publication("deux", [], [count("est", "est", 62)]),
    );
    expect(() => append(two, publication("trois", [], [count("diagonale", "nord-est ou sud-ouest", 6)]))).toThrow(
      /nord|diagonale/,
    );
  });
  it("refuses a hidden cell given by a public total", () => {
    const total = publication("Insee", [zone("commune", "a", "b", "c")], [count("total", "commune", 300)], {
      origin: "public",
    });
    const hidden = publication("reste", [zone("reste", "c")], [count("reste", "reste", null)], { totals: ["commune"] });
    expect(() => append(ledgerOf(old, total), hidden)).toThrow(/n15.*total\s» \(Insee\)/);
  });
  it("does not refuse a total known from elsewhere, nor hold an old exposure against what does not use it", () => {
    const insee = publication("Insee", [zone("tout", "a", "b", "c")], [count("total", "tout", 104)], {
      origin: "public",
    });
    const { ledger, notes } = append(first, insee);
    expect(notes.map(({ verdict }) => verdict)).toContain("recovered");
    const apart = publication("ailleurs", [zone("ailleurs", "z")], [count("nz", "ailleurs", 80)]);
    expect(append(ledger, apart).status).toBe("added");
  });
  it("holds an old exposure against whoever makes it worse", () => {
    const known = ledgerOf(
      old,
      publication("Insee", [zone("tout", "a", "b", "c")], [count("total", "tout", 104, { rounding: 4 })], {
        origin: "public",
      }),
    );
    const same = publication("redite", [], [count("même total", "tout", 104, { rounding: 4 })]);
    expect(append(known, same).status).toBe("added");
    const closer = publication("précision", [], [count("total exact", "tout", 104, { rounding: 1 })]);
    expect(() => append(known, closer)).toThrow(/n15.*total exact/);
  });
  it("names numbers that contradict each other, even public ones", () => {
    expect(() => append(first, ring(90))).toThrow(/se contredisent.*n15.*n24/);
    expect(() => append(first, { ...ring(90), origin: "public" })).toThrow(/se contredisent.*n15.*n24/);
  });
  it("lets through what is signed for, and says it", () => {
    const override = { signedBy: "la responsable", reason: "accord du producteur" };
    const { ledger, notes } = append(first, { ...ring(104), override });
    expect(notes.map(({ verdict }) => verdict)).toEqual(["recovered"]);
    expect(ledger.text).toContain("accord du producteur");
    expect(() => append(first, { ...ring(90), override })).toThrow(/se contredisent/);
  });
});

describe("nested zones and communes of the note, threshold 11", () => {
  const zones = [zone("A", "a"), zone("B", "a", "b")];
  const nested = (value: number) =>
    append(
      ledgerOf(publication("un", zones, [count("nA", "A", 432)])),
      publication("deux", [], [count("nB", "B", value)]),
    );
  it("432 then 437 refused, 443 accepted, 432 accepted with a note", () => {
    expect(() => nested(437)).toThrow(/nA.*nB/);
    expect(nested(443).notes).toEqual([]);
    expect(nested(432).notes.map(({ verdict }) => verdict)).toEqual(["empty"]);
  });
  it("refuses a commune of 1 498 around a neighbourhood of 1 490", () => {
    const qpv = ledgerOf(publication("qpv", [zone("QPV", "a")], [count("QPV", "QPV", 1490)]));
    expect(() =>
      append(qpv, publication("commune", [zone("commune", "a", "b")], [count("commune", "commune", 1498)])),
    ).toThrow(/QPV.*commune/);
  });
  it("refuses the men of 18-29 that four margins and one cell give", () => {
    const classed = (id: string, value: number, classes: Record<string, string[]>): PublishedNumber =>
      count(id, "A", value, { classes });
    const sex = publication(
      "sexe",
      zones,
      [
        classed("F", 55, { sexe: ["F"] }),
        classed("M", 49, { sexe: ["M"] }),
        classed("jeunes", 37, { âge: ["18-29"] }),
        classed("autres", 67, { âge: ["30+"] }),
      ],
      { dimensions: { sexe: ["F", "M"], âge: ["18-29", "30+"] } },
    );
    const cross = publication("croisement", [], [classed("F jeunes", 30, { sexe: ["F"], âge: ["18-29"] })]);
    expect(() => append(ledgerOf(sex), cross)).toThrow(/F jeunes/);
    expect(
      append(ledgerOf(sex), publication("autre", [], [classed("F jeunes", 20, { sexe: ["F"], âge: ["18-29"] })])).notes,
    ).toEqual([]);
  });
});

describe("amounts and rates", () => {
  const zones = [zone("A", "a"), zone("B", "a", "b")];
  it("refuses one household's income by the difference of two means", () => {
    const one = ledgerOf(publication("2023", zones, [mean("sans", "A", 14_030, { n: 30 })]));
    expect(() => append(one, publication("2024", [], [mean("avec", "B", 14_210, { n: 31 })]))).toThrow(/sans.*avec/);
    expect(() => append(one, publication("2024", [], [mean("avec", "B", 14_210, { n: 31 })]))).not.toThrow(
      /19[\s\u202f]?610/,
    );
    expect(append(one, publication("2024", [], [mean("avec", "B", 14_210, { n: 45 })])).notes).toEqual([]);
  });
  it("refuses a sum and a mean that give the number of people of a small ring", () => {
    const one = ledgerOf(publication("un", zones, [count("nA", "A", 30)]));
    const both = publication(
      "deux",
      [],
      [
        count("somme", "B", 440_510, { kind: "sum", measure: "revenus", base: "ménages" }),
        mean("moyenne", "B", 14_210),
      ],
    );
    expect(() => append(one, both)).toThrow(/nA.*moyenne.*somme/);
  });
  it("refuses the sum of a set whose people may be too few", () => {
    const sum = (id: string, universe: string, value: number): PublishedNumber =>
      count(id, universe, value, { kind: "sum", measure: "revenus", base: "ménages" });
    const one = ledgerOf(publication("un", zones, [sum("sA", "A", 400_000)]));
    expect(() => append(one, publication("deux", [], [sum("sB", "B", 420_000)]))).toThrow(/sA.*sB/);
    const counted = ledgerOf(
      publication("un", zones, [sum("sA", "A", 400_000), count("nA", "A", 30), count("nB", "B", 60)]),
    );
    expect(append(counted, publication("deux", [], [sum("sB", "B", 820_000)])).notes).toEqual([]);
  });
  it("refuses a hidden mean found from the others, and keeps one that stays wide", () => {
    const hidden = (n: number) =>
      publication(
        "tableau",
        [zone("A", "a"), zone("B", "b"), zone("tout", "a", "b")],
        [mean("mA", "A", 15_000, { n: 40 }), mean("mB", "B", null, { n }), mean("m", "tout", 15_200, { n: 40 + n })],
        { totals: ["tout"] },
      );
    expect(() => append(empty, hidden(30))).toThrow(/mA.*m/);
    const open = publication(
      "tableau",
      [zone("A", "a"), zone("B", "b"), zone("tout", "a", "b")],
      [mean("mA", "A", null, { n: 40 }), mean("mB", "B", null, { n: 30 }), mean("m", "tout", 15_200, { n: 70 })],
      { totals: ["tout"] },
    );
    expect(append(empty, open).status).toBe("added");
  });
  it("refuses the ring that two rates close once counts are known, and a rate that contradicts", () => {
    const rate = (id: string, universe: string, value: number, rounding = 0): PublishedNumber =>
      count(id, universe, value, { kind: "rate", measure: "ménages pauvres", base: "ménages", per: 100, rounding });
    const one = ledgerOf(
      publication("effectifs", zones, [count("nA", "A", 100), count("nB", "B", 150)]),
      publication("taux A", [], [rate("tA", "A", 30)]),
    );
    expect(() => append(one, publication("taux A bis", [], [rate("tA bis", "A", 4)]))).toThrow(
      /se contredisent.*tA.*tA bis/,
    );
    expect(() => append(one, publication("taux B", [], [rate("tB", "B", 22)]))).toThrow(
      /nA.*tA.*nB.*tB|nA.*nB.*tA.*tB/,
    );
    expect(append(one, publication("taux B", [], [rate("tB", "B", 30)])).status).toBe("added");
    expect(() => append(one, publication("taux B", [], [rate("tB", "B", 21.7, 0.5)]))).toThrow(/tA.*tB/);
  });
  it("refuses the count that a rate gives with a known base", () => {
    const base = ledgerOf(publication("effectifs", zones, [count("nA", "A", 97)]));
    const rate = (value: number, rounding: number): Publication =>
      publication(
        "taux",
        [],
        [count("t", "A", value, { kind: "rate", measure: "sans emploi", base: "ménages", per: 100, rounding })],
      );
    expect(() => append(base, rate(3.1, 0.05))).toThrow(/nA.*t/);
    expect(append(base, rate(31, 0.5)).status).toBe("added");
  });
});

describe("hidden cells", () => {
  const zones = ["a", "b", "c", "d"].map((name) => zone(name, name));
  const all = zone("tout", "a", "b", "c", "d");
  const table = (values: readonly (number | null)[], total: number, more: Partial<PublishedNumber> = {}): Publication =>
    publication(
      "tableau",
      [...zones, all],
      [
        ...values.map((value, k) => count(`n${k}`, zones[k]?.name ?? "", value, value === null ? more : {})),
        count("total", "tout", total),
      ],
      { totals: ["tout"] },
    );
  it("refuses one hole, and two holes too small together", () => {
    expect(() => append(empty, table([null, 50, 60, 70], 190))).toThrow(/n1.*n2.*n3.*total/);
    expect(() => append(empty, table([null, null, 60, 70], 138))).toThrow(/n2.*n3.*total/);
    expect(append(empty, table([null, null, 60, 70], 150)).status).toBe("added");
  });
  it("takes the contract's own interval, and what a reader knows from elsewhere", () => {
    const strict = {
      ...table([null, null, 60, 70], 145),
      secrecy: { unit: "ménage", minUnits: 11, interval: [0, 20] as const },
    };
    expect(append(empty, table([null, null, 60, 70], 145)).status).toBe("added");
    expect(() => append(empty, strict)).toThrow(/fait connaître/);
    expect(() => append(empty, table([null, null, 60, 70], 150, { greatest: 10 }))).toThrow();
  });
  it("refuses a hidden count that surely is not zero, unless it is large or known to count enough", () => {
    // a + b = 30 and b + c = 12 leave a in [18, 30]; with 25 instead of 30, a is in [13, 25] or, under 11, may be protected.
    const linked = (ab: number, bc: number, secondary: boolean): Publication =>
      publication(
        "lié",
        [zone("a", "a"), zone("b", "b"), zone("c", "c"), zone("ab", "a", "b"), zone("bc", "b", "c")],
        [
          count("a", "a", null, secondary ? { secondary } : {}),
          count("b", "b", null),
          count("c", "c", null),
          count("ab", "ab", ab),
          count("bc", "bc", bc),
        ],
        { totals: ["ab", "bc"] },
      );
    expect(append(empty, linked(30, 12, false)).status).toBe("added");
    expect(() => append(empty, linked(17, 12, false))).toThrow(/fait connaître/);
    expect(append(empty, linked(17, 12, true)).status).toBe("added");
    expect(append(empty, linked(17, 12, true)).ledger.text).not.toContain("secondary");
  });
  it("refuses what a later number makes of a hole, and names the table", () => {
    const known = ledgerOf(table([null, null, 60, 70], 150));
    expect(() => append(known, publication("après", [zone("ac", "a", "c")], [count("ac", "ac", 75)]))).toThrow(
      /n2.*ac/,
    );
    expect(() =>
      append(known, publication("après", [zone("ac", "a", "c")], [count("ac", "ac", 75, { rounding: 4 })])),
    ).toThrow(/total.*ac/);
    expect(
      append(known, publication("après", [zone("ac", "a", "c")], [count("ac", "ac", 72, { rounding: 15 })])).status,
    ).toBe("added");
  });
});

describe("versions", () => {
  it("skips the same publication, and attacks a new version together with the old one", () => {
    const { ledger, status, line } = append(first, structuredClone(old));
    expect([ledger, status, line]).toEqual([first, "skipped", ""]);
    const more = publication(
      "bilan 2015",
      [zone("QPV 2015", "a", "b"), zone("b", "b")],
      [count("n15", "QPV 2015", 100), count("b", "b", 40)],
    );
    expect(append(first, more).status).toBe("new version");
    expect(() => append(first, { ...more, numbers: [count("n15", "QPV 2015", 101)] })).toThrow(/se contredisent/);
    expect(() => append(first, { ...more, numbers: [count("n15", "QPV 2015", 100), count("b", "b", 95)] })).toThrow(
      /n15.*b/,
    );
  });
});

describe("what no ledger can read", () => {
  it.each([
    ["Deux zones portent le même nom", publication("x", [zone("Z", "a"), zone("Z", "b")], [])],
    ["avec d'autres unités", publication("x", [zone("QPV 2015", "a")], [])],
    ["Univers non déclaré", publication("x", [], [count("n", "nulle part", 20)])],
    ["Univers non déclaré", publication("x", [], [], { totals: ["nulle part"] })],
    ["Effectif négatif", publication("x", [], [count("n", "QPV 2015", -1)])],
    ["Effectif négatif", publication("x", [], [mean("n", "QPV 2015", 3, { n: -1 })])],
    ["n'est pas entier", publication("x", [], [count("n", "QPV 2015", 20.5)])],
    ["Nombre illisible", publication("x", [], [count("n", "QPV 2015", Number.NaN)])],
    ["sans effectif de référence", publication("x", [], [{ ...count("n", "QPV 2015", 3), kind: "sum" }])],
    ["sans total", publication("x", [], [count("n", "QPV 2015", null)])],
    ["sans unité", publication("x", [], [], { secrecy: { unit: "", minUnits: 11 } })],
    ["sans seuil", publication("x", [], [], { secrecy: { unit: "ménage", minUnits: Number.NaN } })],
    ["Zone vide", publication("x", [zone("vide")], [])],
    [
      "Deux nombres portent le même nom",
      publication("x", [], [count("n", "QPV 2015", 20), count("n", "QPV 2015", 20)]),
    ],
    ["Publication sans nom", publication("", [], [])],
  ])("%s", (message, next) => {
    const before = structuredClone(first);
    expect(() => append(first, next)).toThrow(message);
    expect(first).toEqual(before);
  });
});
