import { describe, expect, test } from "vitest";
import { numberColumn, numbers, reasonAt, table, textColumn } from "../../src/codes/table.ts";
import { dataTable } from "../../src/figures/data-table.ts";
import { displaySymbol, show } from "../../src/notebook/display.ts";
import { keyNumbers } from "../../src/protection/key-numbers.ts";
import { release } from "../../src/protection/release.ts";
import { sampleLineage } from "../support/lineage.ts";

// Attacks that once succeeded against the gate, kept so that they never do again.
const lineage = sampleLineage({ minUnits: 11 });
const count = (values: readonly number[]) =>
  numberColumn(values, { label: "Effectif", unit: "personnes", summable: true });
const zones = (n: number) =>
  textColumn(
    Array.from({ length: n }, (_, i) => `Z${i}`),
    { label: "Zone" },
  );

describe("attacks on the gate", () => {
  test("a visible column does not tell which of two hidden counts is the small one", () => {
    const out = release(
      table(
        {
          zone: zones(4),
          n: count([1, 11, 40, 52]),
          revenu: numberColumn([900, 1000, 1100, 1050], { label: "Revenu", unit: "EUR" }),
        },
        lineage,
      ),
      { name: "essai", counts: "n", open: ["zone"], margins: [{ column: "n", total: 3, parts: [0, 1, 2] }] },
    );
    const hidden = (name: string): boolean[] =>
      Array.from({ length: 4 }, (_, row) => reasonAt(numbers(out, name), row) === "s");
    expect(hidden("n").filter(Boolean).length).toBeGreaterThanOrEqual(2);
    for (let row = 0; row < 4; row++) if (hidden("n")[row]) expect(hidden("revenu")[row]).toBe(true);
    expect(out.release.findings.join(" ")).not.toMatch(/\b1 cellule.*1 pour/);
  });

  test("what is printed of the gate does not part the small cells from their protectors", async () => {
    const out = release(table({ zone: zones(3), n: count([4, 20, 30]) }, lineage), {
      name: "essai",
      counts: "n",
      open: ["zone"],
    });
    const made = dataTable(out, {
      id: "essai",
      title: "Un essai",
      subtitle: "s",
      alt: "Un tableau de trois zones et de leur effectif.",
      champ: "c",
      lecture: "l",
    });
    const bundle = JSON.stringify(await show(made)[displaySymbol]());
    expect(bundle).not.toContain('"primary"');
    expect(bundle).toContain('"hidden":1');
  });

  test("a count that is not a number hides its row", () => {
    const n = count([5, 20]);
    n.values[0] = Number.NaN;
    const out = release(
      table({ zone: zones(2), n, km: numberColumn([3, 4], { label: "Distance", unit: "km" }) }, lineage),
      { name: "essai", counts: "n", open: ["zone"] },
    );
    expect(reasonAt(numbers(out, "km"), 0)).toBe("s");
  });

  test("a total whose label no row bears is an error, not an absence of totals", () => {
    const t = table({ zone: textColumn(["A", "B", "Ensemble"], { label: "Zone" }), n: count([3, 20, 23]) }, lineage);
    expect(() =>
      release(t, {
        name: "essai",
        counts: "n",
        open: ["zone"],
        margins: [{ column: "n", by: ["zone"], totalLabel: "ensemble" }],
      }),
    ).toThrow(/marge croisée/);
  });

  test("a rate in an unknown unit is refused, one that fits no count is hidden", () => {
    const rates = [{ rate: "r", base: "n", decimals: 1 }];
    const make = (values: readonly number[], unit: string) =>
      table({ zone: zones(2), n: count([1000, 1000]), r: numberColumn(values, { label: "Taux", unit }) }, lineage);
    expect(() =>
      release(make([0.2, 50], "pour 100 hab."), { name: "essai", counts: "n", open: ["zone"], rates }),
    ).toThrow(/unité d'un taux/);
    const out = release(make([100.4, 50], "%"), { name: "essai", counts: "n", open: ["zone"], rates });
    expect(reasonAt(numbers(out, "r"), 0)).toBe("s");
    const perThousand = release(make([2, 500], "‰"), { name: "essai", counts: "n", open: ["zone"], rates });
    expect(reasonAt(numbers(perThousand, "r"), 0)).toBe("s");
  });

  test("a word of the prose about too few units is hidden like a number; a strange n is too few", () => {
    const raw = table({ zone: zones(1), n: count([1]) }, lineage);
    const out = keyNumbers(
      [
        { key: "a", label: "A", value: "3 allocataires", unit: "", decimals: 0, n: 3 },
        { key: "b", label: "B", value: 3, unit: "", decimals: 0, n: -1 },
        { key: "c", label: "C", value: 40, unit: "", decimals: 0, n: 40 },
      ],
      [raw],
    );
    expect(JSON.stringify(out.columns)).not.toContain("allocataires");
    expect(Array.from(numbers(out, "value").values)).toEqual([Number.NaN, Number.NaN, 40]);
  });

  test("a table changed between show() and the drawing is refused", async () => {
    const out = release(table({ zone: zones(2), n: count([3, 40]) }, lineage), {
      name: "essai",
      counts: "n",
      open: ["zone"],
    });
    const made = dataTable(out, {
      id: "essai",
      title: "Un essai",
      subtitle: "s",
      alt: "Un tableau de deux zones et de leur effectif.",
      champ: "c",
      lecture: "l",
    });
    const shown = show(made);
    numbers(out, "n").values[0] = 3;
    (numbers(out, "n").missing as Uint8Array)[0] = 0;
    await expect(shown[displaySymbol]()).rejects.toThrow(/release/);
  });
});
