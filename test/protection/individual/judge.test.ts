import { createHash, createHmac } from "node:crypto";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/codes/random.ts";
import { numberColumn, selectColumns, type Table, table, textColumn } from "../../../src/codes/table.ts";
import { judgeIndividualFile } from "../../../src/protection/individual/judge-individual-file.ts";
import { keyedPseudonyms } from "../../../src/protection/individual/pseudonyms.ts";
import { specialUniques } from "../../../src/protection/individual/special-uniques.ts";

const random = seededRandom(7);
const people = (count: number, rare: boolean): Table => {
  const pick = (values: readonly string[]): string => values[Math.floor(random() * values.length)] ?? "";
  const rows = Array.from(
    { length: count },
    () => [pick(["QP031001", "QP031002"]), pick(["F", "M"]), pick(["oui", "non"])] as const,
  );
  if (rare) rows.push(["QP099999", "F", "oui"]);
  return table({
    quartier: textColumn(
      rows.map((row) => row[0]),
      { label: "Quartier" },
    ),
    sexe: textColumn(
      rows.map((row) => row[1]),
      { label: "Sexe" },
    ),
    c2s: textColumn(
      rows.map((row) => row[2]),
      { label: "C2S" },
    ),
    menage: numberColumn(
      rows.map((_, i) => Math.floor(i / 2)),
      { label: "Ménage", unit: "" },
    ),
    poids: numberColumn(
      rows.map(() => 3),
      { label: "Poids", unit: "" },
    ),
  });
};
/** The same without the household: it is delivered only with a role. */
const alone = (count: number, rare: boolean): Table =>
  selectColumns(people(count, rare), ["quartier", "sexe", "c2s", "poids"]);
const rules = { quasiIdentifiers: ["sexe", "quartier"], sensitive: ["c2s"], k: 11 };

describe("the judgement of an individual file", () => {
  test("large mixed classes are accepted, with their measures", () => {
    const judged = judgeIndividualFile(alone(400, false), { ...rules, t: 0.3, maxRisk: 0.05 });
    expect(judged).toMatchObject({ verdict: "accept", findings: [], coarsen: [] });
    expect(judged.measures?.k).toBeGreaterThan(60);
    expect(judged.measures?.expectedReidentifications).toBeCloseTo(4, 9);
  });

  test("one lone person is refused by k and by l, counted, never described", () => {
    const judged = judgeIndividualFile(alone(400, true), rules);
    expect(judged.verdict).toBe("refuse");
    expect(judged.findings.map(({ rule, classes, records }) => [rule, classes, records])).toEqual([
      ["k", 1, 1],
      ["l", 1, 1],
    ]);
    expect(judged.coarsen[0]).toBe("quartier");
    expect(judged.measures).toBeNull();
    expect(JSON.stringify(judged)).not.toMatch(/QP0|oui|"F"/);
  });

  test("a large class of one sensitive value is refused by l alone", () => {
    const same = table({
      q: textColumn(
        Array.from({ length: 30 }, () => "a"),
        { label: "" },
      ),
      s: textColumn(
        Array.from({ length: 30 }, () => "oui"),
        { label: "" },
      ),
    });
    const judged = judgeIndividualFile(same, { quasiIdentifiers: ["q"], sensitive: ["s"], k: 11 });
    expect(judged.findings.map(({ rule }) => rule)).toEqual(["l"]);
  });

  test("entropy, recursive diversity, distance, risks each refuse by their own limit", () => {
    const file = people(400, false);
    const ruleOf = (more: object): string[] =>
      judgeIndividualFile("household" in more ? file : selectColumns(file, ["quartier", "sexe", "c2s", "poids"]), {
        ...rules,
        ...more,
      }).findings.map(({ rule }) => rule);
    expect(ruleOf({ entropyL: 2.1 })).toEqual(["entropyL"]);
    expect(ruleOf({ recursive: { c: 1, l: 2 } })).toEqual(["recursive"]);
    expect(ruleOf({ recursive: { c: 3, l: 2 } })).toEqual([]);
    expect(ruleOf({ t: 0 })).toEqual(["t"]);
    expect(ruleOf({ maxRisk: 0.005 })).toEqual(["risk"]);
    expect(ruleOf({ maxRisk: 0.005, weights: "poids" })).toEqual([]);
    expect(ruleOf({ maxRisk: 0.02, household: { column: "menage", maxRisk: 0.012 } })).toEqual(["household"]);
  });

  test("contradictory rules are refused", () => {
    const file = alone(50, false);
    expect(() => judgeIndividualFile(file, { ...rules, k: 1 })).toThrow("mal posé");
    expect(() => judgeIndividualFile(file, { ...rules, l: 1 })).toThrow("mal posé");
    expect(() => judgeIndividualFile(file, { ...rules, sensitive: ["sexe"] })).toThrow("mal posé");
    expect(() => judgeIndividualFile(file, { ...rules, quasiIdentifiers: [] })).toThrow("quasi-identifiant");
  });
});

describe("special uniques", () => {
  test("minimal uniques equal those of the definition, on seeded tables", () => {
    for (let turn = 0; turn < 20; turn++) {
      const names = ["a", "b", "c", "d"];
      const rows = Array.from({ length: 25 }, () => names.map(() => Math.floor(random() * 4)));
      const t = table(
        Object.fromEntries(
          names.map((name, i) => [
            name,
            numberColumn(
              rows.map((row) => row[i] ?? 0),
              { label: "", unit: "" },
            ),
          ]),
        ),
      );
      const alone = (row: number, set: number): boolean =>
        rows.every((other, i) => i === row || names.some((_, j) => set & (1 << j) && other[j] !== rows[row]?.[j]));
      const expected = rows.map((_, row) =>
        Array.from({ length: 15 }, (_, i) => i + 1).filter(
          (set) => alone(row, set) && names.every((_, j) => !(set & (1 << j)) || !alone(row, set & ~(1 << j))),
        ),
      );
      const found = specialUniques(t, names, { maxSize: 4, disFraction: 0.1 });
      expect(found.minimal.map((sets) => [...sets].sort((a, b) => a - b))).toEqual(expected);
      expect(found.disScores?.every((score) => score >= 0 && score <= 1)).toBe(true);
    }
  });

  test("scores of the paper: (n - 1)! for one column of three, and the sum over minimal uniques", () => {
    const of = (values: number[]): ReturnType<typeof numberColumn> => numberColumn(values, { label: "", unit: "" });
    const t = table({ a: of([2, 1, 1]), b: of([0, 3, 0]), c: of([0, 6, 0]) });
    const { minimal, scores } = specialUniques(t, ["a", "b", "c"]);
    expect(scores).toEqual(Float64Array.of(2, 4, 2));
    // Share of each column in the total of the scores: 50, 37.5 and 37.5 %, as sdcMicro tests on the same three records.
    const worth = (set: number): number => (set & (set - 1) ? 1 : 2);
    const shares = [1, 2, 4].map(
      (bit) => minimal.flat().reduce((sum, set) => sum + (set & bit ? worth(set) : 0), 0) / 8,
    );
    expect(shares).toEqual([0.5, 0.375, 0.375]);
  });
});

describe("pseudonyms", () => {
  const places = Array.from({ length: 40 }, (_, i) => `QP0310${String(i + 1).padStart(2, "0")}`);
  const candidates = places.flatMap((place) => Array.from({ length: 100 }, (_, age) => `${place}|${age}`));
  const key = Uint8Array.from({ length: 32 }, (_, i) => (i * 37 + 11) % 256);
  const column = textColumn(["QP031007|34", "", "QP031007|34"], { label: "Personne", missing: Uint8Array.of(0, 3, 0) });
  const reversed = (pseudonym: string, hash: (text: string) => string): string | undefined =>
    candidates.find((candidate) => hash(candidate).startsWith(pseudonym));
  const plain = (text: string): string => createHash("sha256").update(text).digest("hex");

  test("a plain hash of neighbourhood and age is reversed by trying all of them; the keyed one is not", async () => {
    expect(reversed(plain("QP031007|34"), plain)).toBe("QP031007|34");
    const [pseudonym = ""] = (await keyedPseudonyms(column, key, "caf")).values;
    expect(reversed(pseudonym, plain)).toBeUndefined();
    expect(reversed(pseudonym, (text) => plain(`3:caf${text}`))).toBeUndefined();
    // Whoever holds the key can come back: the pseudonym is HMAC-SHA256, no more.
    expect(reversed(pseudonym, (text) => createHmac("sha256", key).update(`3:caf${text}`).digest("hex"))).toBe(
      "QP031007|34",
    );
  });

  test("stable in a context, apart between contexts, missing stays missing", async () => {
    const [caf, cpam] = [await keyedPseudonyms(column, key, "caf"), await keyedPseudonyms(column, key, "cpam")];
    expect(caf.values[0]).toBe(caf.values[2]);
    expect(caf.values[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(caf.values[1]).toBe("");
    expect(caf.values[0]).not.toBe(cpam.values[0]);
  });

  test.each([[new Uint8Array(0)], [key.subarray(0, 31)], [new Uint8Array(32)]])(
    "a weak key is refused and not printed",
    async (weak) => {
      await expect(keyedPseudonyms(column, weak, "caf")).rejects.toThrow("trop courte");
    },
  );
});
