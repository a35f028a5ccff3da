import { describe, expect, test } from "vitest";
import { numberColumn, restrict, type Table, table, textColumn } from "../../../src/codes/table.ts";
import { judgeIndividualFile } from "../../../src/protection/individual/judge-individual-file.ts";
import { type KeyNumber, keyNumbers } from "../../../src/protection/key-numbers.ts";
import { appendToLedger, readLedger } from "../../../src/protection/ledger/ledger.ts";
import { publicationOf } from "../../../src/protection/ledger/publication-of.ts";
import { judgeModel } from "../../../src/protection/model-outputs/judge-model.ts";
import type { RegressionOutput } from "../../../src/protection/model-outputs/model-output.ts";
import { publish } from "../../../src/protection/publish.ts";
import { release, releaseModel } from "../../../src/protection/release.ts";
import { highsSolver } from "../../../src/protection/solver/highs.ts";
import { seen, source } from "../support.ts";

const raw = (n: readonly number[]): Table =>
  table({ n: numberColumn(n, { label: "Effectif", unit: "personnes", summable: true }) }, [source(11)]);
const entry = (value: number | string, more: Partial<KeyNumber> = {}): KeyNumber => ({
  key: "essai.cle",
  label: "Essai",
  value,
  unit: "personnes",
  decimals: 0,
  ...more,
});

describe("numbers quoted in prose", () => {
  const passed = release(raw([4, 30]), { name: "essai", counts: "n" });
  test("a count of few units is not quoted, whatever stands behind it", () => {
    expect(seen(keyNumbers([entry(7)], [passed]), "value")).toEqual([null]);
    expect(seen(keyNumbers([entry(7, { n: 5000 })], [raw([7])]), "value")).toEqual([null]);
    expect(seen(keyNumbers([entry(12)], [passed]), "value")).toEqual([12]);
    expect(seen(keyNumbers([entry(7, { unit: "quartiers" })], [passed]), "value")).toEqual([7]);
  });
  test("a number written as a word must say how many units are behind it too", () => {
    expect(() => keyNumbers([entry("7")], [raw([7])])).toThrow(/ne dit pas combien/);
    expect(() => keyNumbers([entry("environ 7")], [raw([7])])).toThrow(/ne dit pas combien/);
    expect(keyNumbers([entry("la distance")], [raw([7])]).numRows).toBe(1);
  });
  test("a rate loses the decimals that tell a small count, and is hidden where it turns back into a small count", () => {
    const rate = (value: number, n: number, decimals = 1): KeyNumber => entry(value, { unit: "%", decimals, n });
    expect(seen(keyNumbers([rate((100 * 3) / 97, 97)], [raw([97])]), "value")).toEqual([null]);
    expect(seen(keyNumbers([rate((100 * 40) / 97, 97)], [raw([97])]), "value")).toEqual([(100 * 40) / 97]);
    // 0.24 % of 3 750 is 9 people; 0.2 % may be 6 to 9, and is hidden; of 5 000, 10 people are one of 8 to 12.
    expect(seen(keyNumbers([rate(0.24, 3750)], [raw([3750])]), "value")).toEqual([null]);
    expect(seen(keyNumbers([rate((100 * 9) / 5000, 5000)], [raw([5000])]), "value")).toEqual([0.2]);
  });
});

describe("models", () => {
  const fit: RegressionOutput = { kind: "regression", observations: 400, parameters: 4, patterns: 120, levels: [] };
  test("a count that is not a number is not a count that is large enough", () => {
    const level = (units: number) => judgeModel("essai", { ...fit, levels: [{ name: "a", units }] }, 11);
    for (const units of [Number.NaN, -1, 2.5, Number.POSITIVE_INFINITY]) expect(() => level(units)).toThrow(/entier/);
    for (const wrong of [{ observations: Number.NaN }, { parameters: Number.NaN }, { patterns: Number.NaN }])
      expect(() => judgeModel("essai", { ...fit, ...wrong }, 11)).toThrow(/entier/);
    expect(() => judgeModel("essai", { kind: "leaves", leaves: [{ name: "a", units: Number.NaN }] }, 11)).toThrow(
      /entier/,
    );
    const curve = { kind: "survival", times: [1, 2], atRisk: [60, 4], events: [20] } as const;
    expect(() => judgeModel("essai", curve, 11)).toThrow(/entier/);
  });
  test("a refusal tells neither which levels or leaves are rare, nor how many", () => {
    const told = (units: readonly number[]) =>
      JSON.stringify(
        judgeModel("essai", { ...fit, levels: units.map((each, i) => ({ name: `niveau ${i}`, units: each })) }, 11),
      );
    expect(told([3, 40, 40])).toBe(told([40, 5, 1]));
    expect(told([3, 40, 40])).not.toContain("niveau");
    const leaves = (units: readonly number[]) =>
      JSON.stringify(
        judgeModel(
          "essai",
          { kind: "leaves", leaves: units.map((each, i) => ({ name: `feuille ${i}`, units: each })) },
          11,
        ),
      );
    expect(leaves([3, 40])).toBe(leaves([4, 7]));
  });
  test("no number passes under a mask", () => {
    const masked = numberColumn([7, 40], { label: "b", unit: "" });
    const column = { ...masked, missing: Uint8Array.of(1, 0) };
    const out = releaseModel(table({ b: column }, [source(11)]), "essai", []);
    expect(out.columns["b"]?.values[0]).toBeNaN();
    const text = { ...textColumn(["Durand", "x"], { label: "t" }), missing: Uint8Array.of(1, 0) };
    expect(releaseModel(table({ t: text }, [source(11)]), "essai", []).columns["t"]?.values[0]).toBe("");
  });
});

describe("a drawing", () => {
  test("that carries other rows than those of the released table is refused", () => {
    const zones = table(
      {
        zone: textColumn(["A", "B"], { label: "Zone" }),
        n: numberColumn([40, 25], { label: "Habitants", unit: "personnes", summable: true }),
      },
      [source(11)],
    );
    const records = release(zones, { name: "zones", counts: "n" });
    const draw = (values: readonly object[]) =>
      publish({
        kind: "drawing",
        name: "essai",
        records,
        spec: {
          data: { values },
          mark: "bar",
          encoding: { x: { field: "zone", type: "nominal" }, y: { field: "n", type: "quantitative" } },
        } as never,
        context: {
          name: "essai",
          minUnits: 11,
          unit: "personne",
          rows: "aggregates",
          counts: ["n"],
          columns: { zone: "zone", n: "count" },
        },
      });
    expect(draw([{ zone: "A", n: 40 }]).verdict).toBe("accept");
    expect(draw([{ zone: "A", n: 52 }]).verdict).toBe("refuse");
  });
});

describe("an individual file", () => {
  const rows = Array.from({ length: 60 }, (_, i) => i);
  const people = table({
    age: textColumn(
      rows.map((i) => (i % 2 ? "jeune" : "autre")),
      { label: "Âge" },
    ),
    c2s: textColumn(
      rows.map((i) => (i % 3 ? "oui" : "non")),
      { label: "C2S" },
    ),
    nom: textColumn(
      rows.map((i) => `Personne ${i}`),
      { label: "Nom" },
    ),
  });
  test("with a column in no role, such as a name, is not judged", () => {
    expect(() => judgeIndividualFile(people, { quasiIdentifiers: ["age"], sensitive: ["c2s"], k: 11 })).toThrow(/nom/);
  });
  test("the sentence of a finding does not count fewer than k classes or people", () => {
    const { columns } = people;
    const lone = table({
      age: textColumn(
        rows.map((i) => (i === 0 ? "seul" : "autre")),
        { label: "Âge" },
      ),
      ...(columns["c2s"] ? { c2s: columns["c2s"] } : {}),
    });
    const { findings } = judgeIndividualFile(lone, { quasiIdentifiers: ["age"], sensitive: ["c2s"], k: 11 });
    expect(findings[0]?.sentence).toContain("moins de 11, soit moins de 11 enregistrements sur 60");
  });
});

describe("a part of a population", () => {
  test("is compared with the whole: all but five people give the five", async () => {
    const options = { hash: (text: string) => String(text.length), solver: await highsSolver() };
    const people = (n: number, predicate?: string) => {
      const whole = table(
        {
          zone: textColumn(["QN1"], { label: "Zone" }),
          n: numberColumn([n], { label: "Habitants", unit: "personnes", summable: true }),
        },
        [source(11)],
      );
      const kept = predicate === undefined ? whole : restrict(whole, [0], predicate);
      const statement = {
        population: "habitants, 2024",
        unit: "personne",
        zone: { column: "zone", kind: "qpv2024" },
        by: [],
        numbers: [{ column: "n", kind: "count", measure: "habitants" }],
      } as const;
      const out = release(kept, { name: "essai", counts: "n", statement });
      const pieces = new Map([["qpv2024", new Map([["QN1", ["QN1"]]])]]);
      if (out.release.statement === null) throw new Error("énoncé perdu");
      return publicationOf(out, out.release.statement, pieces as never, { id: `${n}`, date: "2024" });
    };
    const { ledger } = appendToLedger(readLedger("", options.hash), people(437), options);
    expect(() => appendToLedger(ledger, people(432, "hors étudiants"), options)).toThrow(/fait connaître/);
    expect(appendToLedger(ledger, people(400, "hors étudiants"), options).status).toBe("added");
  });
});
