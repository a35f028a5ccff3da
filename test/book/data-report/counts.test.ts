import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareEditions } from "../../../src/book/data-report/differences.ts";
import { distributionOf, histogramOf, quantileOf } from "../../../src/book/data-report/distribution.ts";
import { departementOfPlace, isDistrict, summarisePlaces } from "../../../src/book/data-report/places.ts";
import { type Shown, shownParts } from "../../../src/book/data-report/shown-counts.ts";
import { summariseTable } from "../../../src/book/data-report/summary.ts";
import { countTexts, profileOf } from "../../../src/book/data-report/text-profile.ts";
import { bytesWord, shareWord, valueWord } from "../../../src/book/data-report/words.ts";
import { NOT_AVAILABLE, numberColumn, PRESENT, SECRET, table, textColumn } from "../../../src/codes/table.ts";

describe("distributions", () => {
  test("quantiles are values of the file, by hand", () => {
    const distribution = distributionOf(Float64Array.of(5, 1, Number.NaN, 3, 3, 9));
    expect([...distribution.values]).toEqual([1, 3, 5, 9]);
    expect([...distribution.counts]).toEqual([1, 2, 1, 1]);
    expect([0, 0.2, 0.25, 0.5, 0.75, 1].map((p) => quantileOf(distribution, p))).toEqual([1, 1, 3, 3, 5, 9]);
    expect(quantileOf(distributionOf(new Float64Array(0)), 0.5)).toBeNaN();
  });

  test("a histogram loses no row, its bars follow each other and hold what they say", () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.integer({ min: -50, max: 5000 }), fc.double({ min: -10, max: 1e6, noNaN: true })), {
          minLength: 1,
          maxLength: 300,
        }),
        (values) => {
          const bins = histogramOf(distributionOf(Float64Array.from(values)));
          expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(values.length);
          for (const [i, { from, to, count }] of bins.entries()) {
            if (i > 0) expect(from).toBe(bins[i - 1]?.to);
            const inside = values.filter(
              (v) => v >= (from ?? Number.NEGATIVE_INFINITY) - 1e-6 && v <= (to ?? Number.POSITIVE_INFINITY) + 1e-6,
            );
            expect(inside.length).toBeGreaterThanOrEqual(count);
          }
          expect(bins.length).toBeLessThan(60);
        },
      ),
    );
  });
});

describe("text profiles", () => {
  test("forms, lengths, most frequent values, absent rows left out", () => {
    const missing = Uint8Array.of(0, 0, 0, 3, 0);
    const profile = profileOf(countTexts(["01001", "2A004", "01001", "", "1001"], missing));
    expect(profile.distinct).toBe(3);
    expect(profile.frequent[0]).toEqual({ text: "01001", rows: 2 });
    expect(profile.forms).toEqual([
      { text: "99999", rows: 2 },
      { text: "9999", rows: 1 },
      { text: "9A999", rows: 1 },
    ]);
    expect(profile.lengths).toEqual([4, 5]);
    expect(profileOf(countTexts([" Rural", "Urbain", "Urbain ", "Centre bourg"], null)).edgeBlanks).toBe(2);
  });

  test("the ten most frequent are those of a full sort", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }).map(String), { maxLength: 300 }), (values) => {
        const counts = countTexts(values, null);
        const expected = [...counts]
          .map(([text, rows]) => ({ text, rows }))
          .sort((a, b) => b.rows - a.rows || (a.text < b.text ? -1 : 1))
          .slice(0, 10);
        expect(profileOf(counts).frequent).toEqual(expected);
      }),
    );
  });
});

describe("table summaries", () => {
  test("present and absent rows add up; repeated rows are counted when no key forbids them", () => {
    const t = table({
      code: textColumn(["a", "b", "a", ""], { label: "Code", missing: Uint8Array.of(0, 0, 0, NOT_AVAILABLE) }),
      n: numberColumn([1, 2, 1, 0], {
        label: "N",
        unit: "",
        missing: Uint8Array.of(PRESENT, SECRET, PRESENT, PRESENT),
      }),
    });
    const summary = summariseTable(t, { key: [] });
    expect(summary.duplicates).toBe(1);
    expect(summary.columns.map(({ present, s, ns, nd }) => [present, s, ns, nd])).toEqual([
      [3, 0, 0, 1],
      [3, 1, 0, 0],
    ]);
    expect(summariseTable(t, { key: ["code"] }).duplicates).toBeNull();
  });
});

describe("parts of a known total", () => {
  /** All the parts that a reader who knows the rule, the threshold and the total cannot rule out. */
  const compatible = (shown: readonly Shown[], total: number, threshold: number): readonly (readonly number[])[] => {
    const found: number[][] = [];
    const walk = (i: number, left: number, parts: number[]): void => {
      if (i === shown.length) {
        if (left === 0 && JSON.stringify(shownParts(parts, threshold)) === JSON.stringify(shown)) found.push(parts);
        return;
      }
      const own = shown[i];
      for (let n = 0; n <= left; n++) if (typeof own === "string" || own === n) walk(i + 1, left - n, [...parts, n]);
    };
    walk(0, total, []);
    return found;
  };

  test("an attacker who knows the rule cannot find a small part, whatever the parts", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 6 }),
        fc.array(fc.integer({ min: 0, max: 14 }), { minLength: 2, maxLength: 3 }),
        (threshold, parts) => {
          const total = parts.reduce((sum, n) => sum + n, 0);
          fc.pre(total >= 2 * threshold);
          const shown = shownParts(parts, threshold);
          const candidates = compatible(shown, total, threshold);
          parts.forEach((part, i) => {
            if (part === 0 || part >= threshold) return;
            expect(typeof shown[i]).toBe("string");
            const values = new Set(candidates.map((candidate) => candidate[i]));
            if (threshold > 2) expect(values.size).toBeGreaterThan(1);
          });
        },
      ),
      { numRuns: 300 },
    );
  });

  test("publications are shown whole; without a small part nothing is hidden", () => {
    expect(shownParts([97, 3, 0], 1)).toEqual([97, 3, 0]);
    expect(shownParts([97, 13, 0], 11)).toEqual([97, 13, 0]);
    expect(shownParts([97, 13, 0], 11, true)).toEqual(["masqué", 13, 0]);
    expect(shownParts([12, 3], 11)).toEqual(["masqué", "masqué"]);
  });
});

describe("places", () => {
  test("départements of each kind of code", () => {
    expect(departementOfPlace("97411", "commune")).toBe("974");
    expect(departementOfPlace("2A0040101", "iris")).toBe("2A");
    expect(departementOfPlace("QP974001", "qpv2015")).toBe("974");
    expect(departementOfPlace("QN04404M", "qpv2024")).toBe("44");
    expect(departementOfPlace("G1602", "rome")).toBeNull();
    expect(["75101", "75120", "69389", "13216", "13055", "69380"].map(isDistrict)).toEqual([
      true,
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  test("current, former, district and unknown communes", () => {
    const counts = new Map([
      ["35238", 4],
      ["35999", 1],
      ["75101", 2],
      ["49144", 3],
    ]);
    const known = { current: new Set(["35238", "44180"]), former: new Map([["49144", "44180"]]) };
    const { lines, unknownCodes } = summarisePlaces("c", "commune", counts, known, { threshold: 1, force: false });
    expect(lines.map(({ departement, rows, known: found }) => [departement, rows, found])).toEqual([
      ["35", 5, { current: 1, districts: 0, former: 0, unknown: 1 }],
      ["49", 3, { current: 0, districts: 0, former: 1, unknown: 0 }],
      ["75", 2, { current: 0, districts: 1, former: 0, unknown: 0 }],
    ]);
    expect(unknownCodes).toEqual(["35999"]);
  });
});

describe("differences between editions", () => {
  const edition = (codes: readonly string[], values: readonly number[], missing: readonly number[], more = {}) =>
    table({
      code: textColumn(codes, { label: "Code" }),
      income: numberColumn(values, { label: "Revenu", unit: "EUR/an", missing: Uint8Array.from(missing) }),
      ...more,
    });
  const before = edition(["a", "b", "c", "d"], [100, 200, 300, 400], [0, 0, 0, SECRET]);
  const after = edition(["b", "c", "d", "e"], [220, 300, 410, 5], [0, 0, 0, 0], {
    name: textColumn(["B", "C", "D", "E"], { label: "Nom" }),
  });

  test("rows followed by key, columns added, values changed, absences", () => {
    const difference = compareEditions(before, after, { key: ["code"], threshold: 1, namesKeys: true });
    expect(difference.columnsAdded).toEqual(["name"]);
    expect(difference.rows).toEqual({ added: 1, removed: 1, common: 3 });
    expect(difference.addedKeys).toEqual(["e"]);
    expect(difference.columns).toEqual([
      {
        name: "income",
        compared: 2,
        changed: 1,
        medianChange: 0,
        largest: [{ key: "b", before: 200, after: 220 }],
        missing: [
          { reason: "s", before: 1, after: 0 },
          { reason: "ns", before: 0, after: 0 },
          { reason: "nd", before: 0, after: 0 },
        ],
      },
    ]);
  });

  test("under a threshold, no value, no key and no small count", () => {
    const text = JSON.stringify(
      compareEditions(before, after, { key: ["code"], threshold: 11, namesKeys: false }).columns,
    );
    expect(text).not.toMatch(/220|"b"/);
    expect(text).toContain('"compared":"masqué"');
  });

  test("without a key, rows are not followed", () => {
    expect(compareEditions(before, after, { key: [], threshold: 1, namesKeys: true }).rows).toBeNull();
  });
});

describe("words", () => {
  test("values, shares and sizes as French readers write them", () => {
    expect(valueWord(43.60471, "degrés")).toBe("43,6047");
    expect(valueWord(2018, "")).toBe("2018");
    expect(valueWord(12345.678, "EUR")).toBe("12\u202f346");
    expect(valueWord(0.5, "%")).toBe("0,5");
    expect(shareWord(0.99996)).toBe("> 99,9\u202f%");
    expect(shareWord(0.00002)).toBe("< 0,1\u202f%");
    expect(shareWord(1)).toBe("100\u202f%");
    expect(bytesWord(4_285_031)).toBe("4,3\u00a0Mo");
  });
});
