import { describe, expect, it } from "vitest";
import { sha256 } from "../../../src/engine/hash.ts";
import { appendToLedger, verifyLedger } from "../../../src/protection/ledger/ledger.ts";
import type { Publication, PublishedNumber, Universe } from "../../../src/protection/ledger/publication.ts";

const options = { hash: sha256, threshold: 11 };
const count = (
  id: string,
  universe: string,
  value: number | null,
  more: Partial<PublishedNumber> = {},
): PublishedNumber => ({
  id,
  kind: "count",
  measure: "ménages",
  unit: "ménage",
  universe,
  value,
  ...more,
});
const publication = (
  id: string,
  universes: readonly Universe[],
  numbers: readonly PublishedNumber[],
  more: Partial<Publication> = {},
): Publication => ({ id, date: "2026-11-24", origin: "release", universes, numbers, totals: [], ...more });
const zone = (name: string, ...members: readonly string[]): Universe => ({ name, members });

const old = publication("bilan 2015", [zone("QPV 2015", "a", "b")], [count("n15", "QPV 2015", 100)]);
const ring = (value: number, more: Partial<PublishedNumber> = {}): Publication =>
  publication("bilan 2024", [zone("QPV 2024", "a", "b", "c")], [count("n24", "QPV 2024", value, more)]);
const first = appendToLedger("", old, options);

describe("attack of a newcomer with what is already published", () => {
  it("refuses the ring between two perimeters, names both numbers and never the difference", () => {
    expect(() => appendToLedger(first, ring(104), options)).toThrow(
      /n15\s» \(bilan 2015\), puis «\sn24\s» \(bilan 2024\)/,
    );
    expect(() => appendToLedger(first, ring(104), options)).not.toThrow(/\b(4|104|100)\b/);
  });
  it("accepts an empty or a large ring, and one that rounding keeps wide", () => {
    for (const next of [ring(100), ring(150), ring(104, { rounding: 10 })]) {
      expect(verifyLedger(appendToLedger(first, next, options), sha256).whole).toBe(true);
    }
  });
  it("refuses a rounded ring that stays under the threshold", () => {
    expect(() => appendToLedger(first, ring(104, { rounding: 2 }), options)).toThrow(/zone protégée/);
  });
  it("refuses small multiples whose union is finer", () => {
    const zones = [
      zone("nord", "ne", "no"),
      zone("est", "ne", "se"),
      zone("nord-est ou sud-ouest", "ne", "so"),
      zone("tout", "ne", "no", "se", "so"),
    ];
    const one = appendToLedger(
      "",
      publication("un", zones, [count("nord", "nord", 60), count("tout", "tout", 124)]),
      options,
    );
    const two = appendToLedger(one, publication("deux", [], [count("est", "est", 62)]), options);
    expect(() =>
      appendToLedger(two, publication("trois", [], [count("diagonale", "nord-est ou sud-ouest", 6)]), options),
    ).toThrow(/nord|diagonale/);
  });
  it("refuses a hidden cell given by a public total", () => {
    const total = publication("Insee", [zone("commune", "a", "b", "c")], [count("total", "commune", 300)], {
      origin: "public",
    });
    const known = appendToLedger(first, total, options);
    const hidden = publication("reste", [zone("reste", "c")], [count("reste", "reste", null)], { totals: ["commune"] });
    expect(() => appendToLedger(known, hidden, options)).toThrow(/n15.*total\s» \(Insee\)/);
  });
  it("refuses a mean published with its n when both rings close", () => {
    const mean = (id: string, universe: string, n: number): PublishedNumber =>
      count(id, universe, 20.5, { kind: "mean", measure: "revenus", base: "ménages", n, rounding: 0.05 });
    const one = appendToLedger("", publication("un", [zone("A", "a")], [mean("m1", "A", 100)]), options);
    expect(() =>
      appendToLedger(one, publication("deux", [zone("B", "a", "b")], [mean("m2", "B", 103)]), options),
    ).toThrow(/m1.*m2/);
    expect(appendToLedger(one, publication("deux", [zone("B", "a", "b")], [mean("m2", "B", 140)]), options)).toContain(
      "m2",
    );
  });
  it("refuses the ring that two rates without their n would close once a count is known", () => {
    const rate = (id: string, universe: string, value: number): PublishedNumber =>
      count(id, universe, value, { kind: "rate", measure: "ménages pauvres", base: "ménages", per: 100 });
    const one = appendToLedger(first, publication("taux 2015", [], [rate("t15", "QPV 2015", 30)]), options);
    expect(() => appendToLedger(one, publication("taux 2016", [], [rate("t16", "QPV 2015", 4)]), options)).toThrow(
      /se contredisent.*t15.*t16/,
    );
    const wide = appendToLedger(one, ring(150), options);
    expect(() =>
      appendToLedger(wide, publication("taux 2024", [], [rate("t24", "QPV 2015 bis", 30)]), options),
    ).toThrow("Univers non déclaré");
    expect(() => appendToLedger(wide, publication("taux 2024", [], [rate("t24", "QPV 2024", 22)]), options)).toThrow(
      /n15.*t15.*n24.*t24/,
    );
    expect(appendToLedger(wide, publication("taux 2024", [], [rate("t24", "QPV 2024", 30)]), options)).toContain("t24");
  });
  it("does not refuse a total known from elsewhere, nor hold an old exposure against what does not use it", () => {
    const insee = publication("Insee", [zone("tout", "a", "b", "c")], [count("total", "tout", 104)], {
      origin: "public",
    });
    const known = appendToLedger(first, insee, options);
    const apart = publication("ailleurs", [zone("ailleurs", "z")], [count("nz", "ailleurs", 80)]);
    expect(verifyLedger(appendToLedger(known, apart, options), sha256).whole).toBe(true);
  });
  it("names numbers that contradict each other", () => {
    expect(() => appendToLedger(first, ring(90), options)).toThrow(/se contredisent.*n15.*n24/);
  });
});

describe("what no ledger can read", () => {
  it.each([
    ["Deux zones portent le même nom", publication("x", [zone("Z", "a"), zone("Z", "b")], [])],
    ["avec d'autres unités", publication("x", [zone("QPV 2015", "a")], [])],
    ["Univers non déclaré", publication("x", [], [count("n", "nulle part", 20)])],
    ["Effectif négatif", publication("x", [], [count("n", "QPV 2015", -1)])],
    ["sans total", publication("x", [], [count("n", "QPV 2015", null)])],
    ["contient déjà", old],
  ])("%s", (message, next) => {
    const before = first;
    expect(() => appendToLedger(before, next, options)).toThrow(message);
    expect(verifyLedger(before, sha256).whole).toBe(true);
  });
});

describe("chain of lines", () => {
  const whole = ["u", "v", "w"].reduce(
    (text, name) => appendToLedger(text, publication(name, [zone(name, name)], [count(name, name, 50)]), options),
    "",
  );
  const lines = whole.split("\n").slice(0, -1);
  const line = (text: string, head?: string): number | null => {
    const state = verifyLedger(text, sha256, head);
    return state.whole ? null : state.line;
  };
  it("names the first damaged line", () => {
    expect(line(whole)).toBeNull();
    expect(line(whole.replace('"universe":"v"', '"universe":"V"'))).toBe(2);
    expect(line(`${[lines[0], lines[2], lines[1]].join("\n")}\n`)).toBe(2);
    expect(line(`${[lines[0], lines[1], lines[1], lines[2]].join("\n")}\n`)).toBe(3);
  });
  it("sees every cut but at the end of a line, and those with the last hash", () => {
    const state = verifyLedger(whole, sha256);
    const head = state.whole ? state.head : "";
    for (let end = 0; end < whole.length; end += 7) {
      const cut = whole.slice(0, end);
      const at = cut.split("\n").length;
      expect(line(cut, head)).toBe(at);
      if (!cut.endsWith("\n") && cut !== "") expect(line(cut)).toBe(at);
    }
  });
  it("sees any changed byte", () => {
    for (let at = 0; at < whole.length; at += 5) {
      const changed = `${whole.slice(0, at)}${whole[at] === "7" ? "8" : "7"}${whole.slice(at + 1)}`;
      expect(line(changed), String(at)).toBe(whole.slice(0, at).split("\n").length);
    }
  });
  it("refuses to add to a damaged ledger", () => {
    expect(() => appendToLedger(whole.slice(0, -9), publication("z", [], []), options)).toThrow(/ligne 3/);
  });
});
