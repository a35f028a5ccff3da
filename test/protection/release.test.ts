import { existsSync, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { numberColumn, numbers, reasonAt, type Table, table, textColumn } from "../../src/codes/table.ts";
import { attack } from "../../src/protection/attacker.ts";
import { keyNumbers } from "../../src/protection/key-numbers.ts";
import { countsOfRate, rateDiscloses } from "../../src/protection/rates.ts";
import { Refusal } from "../../src/protection/refusal.ts";
import { relationsOf } from "../../src/protection/relations.ts";
import { release } from "../../src/protection/release.ts";
import { assertReleased, isReleased, type Released } from "../../src/protection/released.ts";
import { assertRowsReleased } from "../../src/protection/scan.ts";
import { crossed, crossedMargin, seen, source } from "./support.ts";

const counted = (n: readonly number[], minUnits: number, changes = {}): Table =>
  table(
    {
      zone: textColumn(
        n.map((_, i) => `Z${i}`),
        { label: "Zone" },
      ),
      n: numberColumn(n, { label: "Effectif", unit: "personnes", summable: true }),
      km: numberColumn(
        n.map((_, i) => i + 0.5),
        { label: "Distance", unit: "km" },
      ),
    },
    [source(minUnits, changes)],
  );

describe("threshold", () => {
  test("1 to t - 1 units hide the row's numbers; 0 and t stay", () => {
    const out = release(counted([0, 1, 10, 11], 11), { name: "essai", counts: "n" });
    expect(seen(out, "n")).toEqual([0, null, null, 11]);
    expect(seen(out, "km")).toEqual([0.5, null, null, 3.5]);
    expect(reasonAt(numbers(out, "n"), 1)).toBe("s");
    expect(out.release.primary).toBe(4);
  });
  test("a joined table takes the strictest of its sources", () => {
    const joined = { ...counted([6], 5), lineage: [source(5), source(11)] };
    const out = release(joined, { name: "essai", counts: "n" });
    expect([out.release.minUnits, out.release.statedBy, seen(out, "n")]).toEqual([11, "contrat (11)", [null]]);
  });
  test("a table without a source is refused", () => {
    expect(() => release({ ...counted([20], 5), lineage: [] }, { name: "essai", counts: "n" })).toThrow(Refusal);
  });
  test("no count is needed only when every source is published", () => {
    expect(() => release(counted([20], 5), { name: "essai" })).toThrow(/non publiées/);
    expect(release(counted([20], 5, { published: true }), { name: "essai" }).release.basis).toBe("published");
  });
});

describe("margins", () => {
  const reader = (t: Table, hidden: readonly (readonly [number, number])[]): readonly string[] => {
    const n = numbers(t, "n");
    const missing = new Uint8Array(n.values.length);
    for (const [i, j] of hidden) missing[3 * i + j] = 1;
    const columns = { ...t.columns, n: numberColumn(n.values, { label: "n", unit: "", missing }) };
    const found = attack(columns, relationsOf(t, "essai", [crossedMargin], []), () => ({
      kind: "other",
      least: 0,
      reach: 0,
    }));
    return (found ?? []).map(({ verdict }) => verdict);
  };
  const square = crossed(
    [
      [4, 20],
      [15, 30],
    ],
    11,
  );
  test("one hidden cell, or two of one row, are recovered; four are not", () => {
    expect(reader(square, [[0, 0]])).toEqual(["recovered"]);
    expect(
      reader(square, [
        [0, 0],
        [0, 1],
      ]),
    ).toEqual(["recovered", "recovered"]);
    expect(
      reader(square, [
        [0, 0],
        [0, 1],
        [1, 0],
        [1, 1],
      ]),
    ).toEqual(["safe", "safe", "safe", "safe"]);
  });
  test("the gate hides the four and keeps the totals", () => {
    const out = release(square, { name: "essai", counts: "n", margins: [crossedMargin] });
    expect(seen(out, "n")).toEqual([null, null, 24, null, null, 45, 19, 50, 69]);
    expect(out.release.complementary).toBe(3);
  });
  test("hidden cells that sum to zero are all known", () => {
    const n = numberColumn([20, 20, 0, 0], { label: "n", unit: "", missing: Uint8Array.of(0, 0, 1, 1) });
    const relation = { total: { column: "n", row: 0 }, parts: [1, 2, 3].map((row) => ({ column: "n", row })) };
    const found = attack({ n }, [relation], () => ({ kind: "other", least: 0, reach: 0 }));
    expect(found?.map(({ verdict }) => verdict)).toEqual(["single value", "single value"]);
  });
  test("totals that contradict their parts are refused", () => {
    const wrong = counted([30, 12, 17], 5);
    expect(() =>
      release(wrong, { name: "essai", counts: "n", margins: [{ column: "n", total: 0, parts: [1, 2] }] }),
    ).toThrow(/contredisent/);
  });
  test("105 zones by 20 columns in about a second", () => {
    const inside = Array.from({ length: 105 }, (_, i) =>
      Array.from({ length: 20 }, (_, j) => (i * 7919 + j * 104_729 + i * j * 31) % 97),
    );
    const start = performance.now();
    const out = release(crossed(inside, 11), { name: "essai", counts: "n", margins: [crossedMargin] });
    const elapsed = performance.now() - start;
    console.log(`105 x 20: ${Math.round(elapsed)} ms, ${out.release.primary} + ${out.release.complementary}`);
    expect(elapsed).toBeLessThan(5000);
  });
});

describe("what may be hidden", () => {
  test("a total that is public in itself leaves nothing to hide: refused, not published", () => {
    const t = table(
      {
        population: numberColumn([34], { label: "Population", unit: "personnes" }),
        femmes: numberColumn([4], { label: "Femmes", unit: "personnes" }),
        enfants: numberColumn([30], { label: "Enfants", unit: "personnes" }),
      },
      [source(11)],
    );
    const options = {
      name: "essai",
      counts: ["femmes"],
      columnSums: [{ total: "population", parts: ["femmes", "enfants"] }],
    };
    expect(() => release(t, { ...options, open: ["population", "enfants"] })).toThrow(Refusal);
    expect(seen(release(t, { ...options, open: ["population"] }), "enfants")).toEqual([null]);
  });
  test("weighted and unweighted counts both bind", () => {
    const t = table(
      {
        enquetes: numberColumn([4, 20, 20], { label: "Enquêtés", unit: "personnes" }),
        poids: numberColumn([400.5, 8.5, 300.25], { label: "Pondéré", unit: "personnes" }),
        taux: numberColumn([1, 2, 3], { label: "Taux", unit: "%" }),
      },
      [source(11)],
    );
    expect(seen(release(t, { name: "essai", counts: ["enquetes", "poids"] }), "taux")).toEqual([null, null, 3]);
  });
  test("two releases of the same table are the same", () => {
    const t = crossed(
      [
        [4, 20, 7],
        [15, 30, 2],
        [9, 40, 12],
      ],
      11,
    );
    const once = () => release(t, { name: "essai", counts: "n", margins: [crossedMargin] });
    expect(once()).toEqual(once());
  });
});

describe("rates", () => {
  test.each([
    [3.1, 97, 1, 3, 3, true],
    [25, 40, 0, 10, 10, true],
    [33.3, 6, 1, 2, 2, true],
    [0.2, 5000, 1, 8, 12, false],
  ])("%d %% of %d", (rate, base, decimals, least, greatest, discloses) => {
    const counts = countsOfRate(rate, base, { decimals });
    expect(counts).toEqual({ least, greatest });
    expect(counts && rateDiscloses(counts, base, 11)).toBe(discloses);
  });
  test("a contract that guarantees the interval refuses 0.2 % of 5 000", () => {
    expect(rateDiscloses({ least: 8, greatest: 12 }, 5000, 11, "interval")).toBe(true);
  });
  test("the gate hides a rate that gives a small count away, or the count of the others", () => {
    const t = table(
      {
        n: numberColumn([97, 97, 97], { label: "n", unit: "personnes" }),
        part: numberColumn([(100 * 3) / 97, (100 * 40) / 97, (100 * 95) / 97], { label: "Part", unit: "%" }),
      },
      [source(11)],
    );
    const out = release(t, { name: "essai", counts: "n", rates: [{ rate: "part", base: "n", decimals: 1 }] });
    expect(seen(out, "part")).toEqual([null, 41.2, null]);
  });
});

describe("the gate itself", () => {
  const out = release(counted([4, 30], 11), { name: "essai", counts: "n" });
  test("a cast object, a copy and an altered table are refused", () => {
    expect(isReleased(out)).toBe(true);
    expect(() => assertReleased({ ...out } as Released, "Une figure")).toThrow(/release\(\)/);
    expect(() => assertReleased(counted([4], 5) as unknown as Released, "Une figure")).toThrow(/release\(\)/);
    const altered = release(counted([4, 30], 11), { name: "essai", counts: "n" });
    numbers(altered, "n").values[0] = 4;
    expect(() => assertReleased(altered, "Une figure")).toThrow(/modifiée/);
  });
  test("the input is neither changed nor shared", () => {
    const input = counted([4, 30], 11);
    const passed = release(input, { name: "essai", counts: "n" });
    expect(numbers(input, "n").values[0]).toBe(4);
    numbers(input, "n").values[1] = 5;
    expect(seen(passed, "n")).toEqual([null, 30]);
  });
  test("a raw small cell planted in an export fails, without being printed", () => {
    assertRowsReleased(out, [
      { zone: "Z0", n: "s" },
      { zone: "Z1", n: 30, km: "1,5" },
    ]);
    expect(() => assertRowsReleased(out, [{ zone: "Z0", n: 4 }])).toThrow(/ligne 1, colonne n/);
    expect(() => assertRowsReleased(out, [{ zone: "Z1", n: 31 }])).toThrow(/contrôlées/);
    expect(() => assertRowsReleased(out, [{ zone: "Z1", autre: 30 }])).toThrow(/colonne autre/);
  });
  test("a refusal is the same whatever the protected value", () => {
    const refusal = (value: number): string => {
      const t = counted([100 + value, 100, value], 50);
      try {
        release(t, {
          name: "essai",
          counts: ["n"],
          open: ["zone"],
          protects: ["km", "n"],
          margins: [{ column: "n", total: 0, parts: [1] }],
        });
      } catch (error) {
        return (error as Error).message;
      }
      return "accepté";
    };
    const first = refusal(1);
    expect(first).toMatch(/contredisent/);
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 49 }), (value) => {
        expect(refusal(value)).toBe(first);
      }),
      { seed: 1 },
    );
  });
  test("key numbers quoted from a released table pass; from raw counts they need their units", () => {
    const entry = { key: "emploi.mediane", label: "Médiane", value: 4.2, unit: "km", decimals: 1 };
    expect(seen(keyNumbers([entry], [out]), "value")).toEqual([4.2]);
    expect(() => keyNumbers([entry], [counted([30], 11)])).toThrow(Refusal);
    expect(
      seen(
        keyNumbers(
          [
            { ...entry, n: 3 },
            { ...entry, n: 30 },
          ],
          [counted([30], 11)],
        ),
        "value",
      ),
    ).toEqual([null, 4.2]);
  });
});

const occitanie = new URL("../../../shared/data/hackaviz2021_qpv_occitanie/qp.csv", import.meta.url);
test.runIf(existsSync(occitanie))("Occitanie: women + men = job seekers, no hole of the file is filled", () => {
  const [head = "", ...lines] = readFileSync(occitanie, "utf8")
    .replace(/^\uFEFF/, "")
    .trim()
    .split(/\r?\n/);
  const fields = (line: string): string[] =>
    line.replace(/"([^"]*)"/g, (_, quoted: string) => quoted.replaceAll(",", ";")).split(",");
  const names = fields(head);
  // The file writes hidden as 0 in the three columns of four neighbourhoods.
  const read = (name: string) => {
    const values = lines.map((line) => Number(fields(line)[names.indexOf(name)]));
    return numberColumn(values, {
      label: name,
      unit: "personnes",
      missing: Uint8Array.from(values, (n) => (n === 0 ? 1 : 0)),
    });
  };
  const columns = { abcde: read("abcde"), abcde_f: read("abcde_f"), abcde_h: read("abcde_h") };
  const t = table(columns, [source(5)]);
  const out = release(t, {
    name: "demandeurs",
    counts: Object.keys(columns),
    columnSums: [{ total: "abcde", parts: ["abcde_f", "abcde_h"] }],
  });
  expect([out.release.inherited, out.release.primary]).toEqual([12, 0]);
  expect(t.numRows).toBe(105);
  for (const name of Object.keys(columns)) {
    seen(t, name).forEach((value, row) => {
      if (value === null) expect(seen(out, name)[row]).toBeNull();
    });
  }
});
