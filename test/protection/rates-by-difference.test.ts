import { expect, it } from "vitest";
import { numberColumn, table } from "../../src/codes/table.ts";
import { ratesByDifference } from "../../src/protection/rates-by-difference.ts";
import { release } from "../../src/protection/release.ts";
import { seen, source } from "./support.ts";

const rows = (rates: readonly number[], bases: readonly number[]) =>
  table(
    {
      n: numberColumn(bases, { label: "Effectif", unit: "personnes", summable: true }),
      taux: numberColumn(rates, { label: "Part", unit: "%", summable: false }),
    },
    [source(11)],
  );
const relation = { rate: "taux", base: "n", decimals: 1 } as const;
const sums = [{ total: { column: "n", row: 3 }, parts: [0, 1, 2].map((row) => ({ column: "n", row })) }];

it("un taux masqué seul se retrouve par le taux de l'ensemble et ceux des autres : un autre est masqué avec lui", () => {
  // 3 of 97, 30 of 60, 44 of 88, so 77 of 245.
  const t = rows([(100 * 3) / 97, 50, 50, (100 * 77) / 245], [97, 60, 88, 245]);
  const alone = { ...t.columns, taux: { ...t.columns.taux, missing: Uint8Array.of(1, 0, 0, 0) } } as typeof t.columns;
  expect(ratesByDifference(alone, relation, sums, 11)).toEqual([0]);
  expect(ratesByDifference(alone, relation, [], 11)).toEqual([]);
  const out = release(t, {
    name: "essai",
    counts: "n",
    margins: [{ column: "n", total: 3, parts: [0, 1, 2] }],
    rates: [relation],
  });
  expect(seen(out, "taux")).toEqual([null, null, 50, 31.4]);
  expect(seen(out, "n")).toEqual([97, 60, 88, 245]);
});

it("un taux qui n'est pas la part de ces effectifs ne se soustrait pas", () => {
  const t = rows([50, 50, 50, 20], [97, 60, 88, 245]);
  expect(ratesByDifference(t.columns, relation, sums, 11)).toEqual([]);
});

it("une part visible à côté de sa base laisse les autres : trop peu nombreux, la part est masquée", () => {
  const count = (values: readonly number[], label: string) =>
    numberColumn(values, { label, unit: "personnes", summable: true });
  const t = table(
    {
      n: count([37, 36, 80], "Effectif"),
      part: count([34, 8, 40], "Part"),
      taux: numberColumn([(100 * 34) / 37, (100 * 8) / 36, 50], { label: "Part", unit: "%", summable: false }),
    },
    [source(5)],
  );
  const out = release(t, { name: "essai", counts: "n", rates: [{ ...relation, part: "part" }] });
  expect(seen(out, "part")).toEqual([null, 8, 40]);
  expect(seen(out, "taux")).toEqual([null, 22.2, 50]);
  expect(seen(out, "n")).toEqual([37, 36, 80]);
});
