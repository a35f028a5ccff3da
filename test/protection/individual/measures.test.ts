import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { numberColumn, type Table, table, textColumn, texts } from "../../../src/codes/table.ts";
import {
  equivalenceClasses,
  kAnonymity,
  sampleUniques,
} from "../../../src/protection/individual/equivalence-classes.ts";
import {
  expectedReidentifications,
  householdRisks,
  individualRisk,
  individualRiskSdcMicro,
  recordRisks,
} from "../../../src/protection/individual/individual-risk.ts";
import {
  distinctDiversity,
  entropyDiversity,
  recursiveDiversity,
} from "../../../src/protection/individual/l-diversity.ts";
import { sensitiveCounts } from "../../../src/protection/individual/sensitive-counts.ts";
import { tCloseness } from "../../../src/protection/individual/t-closeness.ts";
import { expectRelative, reference } from "../../reference/reference.ts";
import { realData } from "../../support/real-data.ts";
import "../../support/seed.ts";

interface Reference {
  readonly files: Record<string, { quasi: string[]; sensitive: string; k: number; l: number; t: number }>;
  readonly risks: readonly (readonly [number, number, number])[];
}
const expected = reference<Reference>("individual-files");

function readFile(name: string): Table {
  const [head = [], ...rows] = readFileSync(join(realData ?? "", `reference/disclosure/${name}.csv`), "utf8")
    .trim()
    .split(/\r?\n/)
    .map((line) => line.match(/("[^"]*"|[^,]*)(,|$)/g)?.map((cell) => cell.replace(/,$/, "")) ?? []);
  return table(
    Object.fromEntries(
      head
        .filter((name) => name !== "")
        .map((name, i) => {
          const values = rows.map((row) => row[i] ?? "");
          return [
            name,
            name === "Score"
              ? numberColumn(values.map(Number), { label: name, unit: "points" })
              : textColumn(values, { label: name }),
          ];
        }),
    ),
  );
}

describe("reference software", () => {
  test.skipIf(realData === null).each(Object.entries(expected.files))("%s: k, l and t of pyCANON", (name, values) => {
    const t = readFile(name);
    const classes = equivalenceClasses(t, values.quasi);
    const counts = sensitiveCounts(classes, t.columns[values.sensitive] ?? textColumn([], { label: "" }));
    expect(kAnonymity(classes)).toBe(values.k);
    expect(distinctDiversity(counts)).toBe(values.l);
    expectRelative(tCloseness(counts), values.t, 1e-9, name);
  });

  test("individual risk equals the integral, to 11 digits", () => {
    for (const [f, p, risk] of expected.risks) expectRelative(individualRisk(f, f / p), risk, 1e-11, `f=${f} p=${p}`);
  });

  // The risks that sdcMicro's documentation prints for its own example, with four keys.
  test.skipIf(realData === null)("the eight records of francdat", () => {
    const file = readFile("sdcmicro_francdat");
    const weights = texts(file, '"w"').values.map(Number);
    const risks = recordRisks(equivalenceClasses(file, ['"Key1"', '"Key2"', '"Key3"', '"Key4"']), weights);
    const printed = [0.01714426, 0.02204233, 0.02204233, 0.17707583, 0.01165448, 0.29706308, 0.40235948, 0.01714426];
    expect(risks).toHaveLength(8);
    printed.forEach((risk, row) => {
      expect(risks[row]).toBeCloseTo(risk, 7);
    });
  });
});

const t = table({
  q: textColumn(["a", "a", "a", "a", "b", "b"], { label: "" }),
  s: textColumn(["x", "x", "x", "y", "x", "y"], { label: "" }),
  n: numberColumn([1, 1, 2, 3, 1, 3], { label: "", unit: "" }),
});
const classes = equivalenceClasses(t, ["q"]);

describe("by hand", () => {
  test("entropy and recursive diversity keep the order of the paper", () => {
    const counts = sensitiveCounts(classes, t.columns.s as never);
    expectRelative(entropyDiversity(counts), Math.exp(-(0.75 * Math.log(0.75) + 0.25 * Math.log(0.25))), 1e-14);
    expect(recursiveDiversity(counts, 2)).toBe(3); // r1 = 3, r2 = 1; ascending order would give 1/3
    expect(recursiveDiversity(counts, 3)).toBe(Number.POSITIVE_INFINITY);
  });

  test("ordered distance of numbers", () => {
    // File 3/6, 1/6, 2/6; class b 1/2, 0, 1/2: cumulated differences 0 and 1/6, over m - 1 = 2. Class a: 0, 1/12.
    expectRelative(tCloseness(sensitiveCounts(classes, t.columns.n as never)), 1 / 12, 1e-12);
  });

  test("a missing value is a value of its own, by reason", () => {
    const column = textColumn(["a", "", "", ""], { label: "", missing: Uint8Array.of(0, 1, 1, 3) });
    expect(equivalenceClasses(table({ column }), ["column"]).sizes).toEqual(Int32Array.of(1, 2, 1));
  });

  test("risks: one over f without weights, households, an approximation by its name, a weight refused", () => {
    const risks = recordRisks(classes);
    expectRelative(expectedReidentifications(risks), 2, 1e-14); // one a class
    expect(householdRisks(Float64Array.of(0.5, 0.5, 0.1), Int32Array.of(0, 0, 1))).toEqual(
      Float64Array.of(0.75, 0.75, 0.1),
    );
    expectRelative(individualRiskSdcMicro(3, 30), 0.1 / 2.1, 1e-14);
    expect(() => recordRisks(classes, [1, 1, 1, 1, 0, 1])).toThrow("poids");
    expect(sampleUniques(classes)).toBe(0);
  });
});

describe("properties", () => {
  const rows = fc.array(
    fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 2 })),
    {
      minLength: 1,
      maxLength: 60,
    },
  );
  const tableOf = (list: readonly (readonly [number, number, number])[]): Table => {
    const numbersOf = (i: 0 | 1 | 2): ReturnType<typeof numberColumn> =>
      numberColumn(
        list.map((row) => row[i]),
        { label: "", unit: "" },
      );
    return table({ a: numbersOf(0), b: numbersOf(1), s: numbersOf(2) });
  };

  test("coarsening never lowers k nor l, and never raises t nor expected re-identifications", () => {
    fc.assert(
      fc.property(rows, (list) => {
        const [fine, coarse] = [
          equivalenceClasses(tableOf(list), ["a", "b"]),
          equivalenceClasses(tableOf(list), ["a"]),
        ];
        const [few, many] = [fine, coarse].map((own) => sensitiveCounts(own, tableOf(list).columns.s as never));
        if (!few || !many) throw new Error();
        expect(kAnonymity(coarse)).toBeGreaterThanOrEqual(kAnonymity(fine));
        expect(distinctDiversity(many)).toBeGreaterThanOrEqual(distinctDiversity(few));
        expect(entropyDiversity(many)).toBeGreaterThanOrEqual(entropyDiversity(few) - 1e-12);
        expect(tCloseness(many)).toBeLessThanOrEqual(tCloseness(few) + 1e-12);
        expect(expectedReidentifications(recordRisks(coarse))).toBeLessThanOrEqual(
          expectedReidentifications(recordRisks(fine)) + 1e-9,
        );
      }),
    );
  });

  test("a file written twice has twice its k, the same l and the same t", () => {
    fc.assert(
      fc.property(rows, (list) => {
        const [once, twice] = [tableOf(list), tableOf([...list, ...list])].map((file) => {
          const own = equivalenceClasses(file, ["a", "b"]);
          const counts = sensitiveCounts(own, file.columns.s as never);
          return { k: kAnonymity(own), l: distinctDiversity(counts), t: tCloseness(counts) };
        });
        if (!once || !twice) throw new Error();
        expect(twice.k).toBe(2 * once.k);
        expect(twice.l).toBe(once.l);
        expect(twice.t).toBeCloseTo(once.t, 12);
      }),
    );
  });
});
