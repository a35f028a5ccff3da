import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { keyedCells, recordKeys } from "../../../src/protection/perturbation/cell-keys.ts";
import { attackerSentence, compareMethods } from "../../../src/protection/perturbation/compare-methods.ts";
import { roundCrossed } from "../../../src/protection/perturbation/controlled-rounding.ts";
import { keyedWords } from "../../../src/protection/perturbation/keyed-words.ts";
import { laplaceCounts } from "../../../src/protection/perturbation/laplace-counts.ts";
import { noiseTable, perturbCounts } from "../../../src/protection/perturbation/noise-table.ts";
import { noisedIntervals } from "../../../src/protection/perturbation/noised-intervals.ts";
import { openAccount } from "../../../src/protection/perturbation/privacy-account.ts";
import { roundedIntervals } from "../../../src/protection/perturbation/rounded-intervals.ts";
import { roundNearest } from "../../../src/protection/perturbation/rounding.ts";
import { roundCrossedUnbiased } from "../../../src/protection/perturbation/unbiased-rounding.ts";
import { realData } from "../../support/real-data.ts";
import { linesOf, listOf } from "./crossed.ts";

const key = "9e107d9d372bb6826bd81d3542a419d6";

// Education by race in the classic « adult » file: 16 by 5, a third of whose cells are under 24.
test.skipIf(realData === null)("what each method costs on education by race of 32 561 people", () => {
  const people = readFileSync(join(realData ?? "", "reference/disclosure/adult_raw.csv"), "utf8")
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(",").map((field) => field.trim()));
  const educations = [...new Set(people.map(([, , , education = ""]) => education))].sort();
  const races = [...new Set(people.map((person) => person[8] ?? ""))].sort();
  const [rows, columns] = [educations.length, races.length];
  const records = recordKeys(
    key,
    people.map((_, i) => String(i)),
  );
  const row = people.map((person) => educations.indexOf(person[3] ?? ""));
  const column = people.map((person) => races.indexOf(person[8] ?? ""));
  const parts = [
    keyedCells(
      row.map((r, i) => r * columns + (column[i] ?? 0)),
      records,
      rows * columns,
    ),
    keyedCells(row, records, rows),
    keyedCells(column, records, columns),
    keyedCells(
      row.map(() => 0),
      records,
      1,
    ),
  ] as const;
  const counts = {
    rows,
    columns,
    cells: parts[0].counts,
    rowTotals: parts[1].counts,
    columnTotals: parts[2].counts,
    total: people.length,
  };
  const truth = listOf(counts);
  const lines = linesOf(counts);
  const keys = Uint32Array.from(parts.flatMap((part) => [...part.keys]));

  const controlled = roundCrossed(counts, 5);
  if (controlled === null) throw new Error("aucun arrondi");
  const noise = noiseTable({ greatest: 5, variance: 3, smallest: 2 });
  const published = {
    hidden: truth.map((value) => (value > 0 && value < 11 ? Number.NaN : value)),
    keyed: perturbCounts(truth, keys, noise),
    nearest: roundNearest(truth, 5),
    controlled: listOf({ ...counts, ...controlled }),
    unbiased: listOf({ ...counts, ...roundCrossedUnbiased(counts, 5, keyedWords(key, "adult")) }),
    laplace: laplaceCounts(truth, openAccount(1000), {
      key,
      names: truth.map((_, i) => `adult ${i}`),
      label: "diplôme par origine",
      milliEpsilon: 100,
      cellsPerUnit: 4,
    }).published,
  };
  const [hidden, keyed, nearest, kept, unbiased, laplace] = compareMethods(
    truth,
    [
      { method: "Masquage", published: published.hidden, attacker: attackerSentence.suppression },
      {
        method: "Bruit par clés",
        published: published.keyed,
        intervals: noisedIntervals(published.keyed, lines, noise),
        attacker: attackerSentence.cellKeys(5),
      },
      {
        method: "Arrondi au plus proche",
        published: published.nearest,
        intervals: roundedIntervals(published.nearest, lines, 5, { rounding: "nearest" }),
        attacker: attackerSentence.nearest(5),
      },
      {
        method: "Arrondi contrôlé",
        published: published.controlled,
        intervals: roundedIntervals(published.controlled, lines, 5, { rounding: "either" }),
        attacker: attackerSentence.controlled(5),
      },
      {
        method: "Arrondi contrôlé sans biais",
        published: published.unbiased,
        attacker: attackerSentence.controlled(5),
      },
      { method: "Laplace", published: published.laplace, attacker: attackerSentence.laplace(100) },
    ],
    { lines, minUnits: 11 },
  );
  expect(truth.at(-1)).toBe(32_561);
  expect(truth[truth.length - 1]).toBe(Array.from(counts.rowTotals).reduce((sum, value) => sum + value, 0));
  expect([hidden?.meanAbsolute, kept?.brokenShare, unbiased?.brokenShare]).toEqual([0, 0, 0]);
  expect(hidden?.hiddenShare).toBeGreaterThan(0);
  for (const cost of [keyed, nearest, laplace]) expect(cost?.brokenShare).toBeGreaterThan(0.25);
  // The least distance lies between nearest rounding, which ignores sums, and the unbiased draw.
  expect(kept?.meanAbsolute).toBeGreaterThanOrEqual(nearest?.meanAbsolute ?? Number.NaN);
  expect(unbiased?.meanAbsolute).toBeGreaterThan(kept?.meanAbsolute ?? Number.NaN);
  expect(laplace?.meanAbsolute).toBeGreaterThan(3 * (keyed?.meanAbsolute ?? Number.NaN));
  // No cell is known exactly, and every true count lies in what the attacker says.
  expect([keyed?.exactShare, kept?.exactShare]).toEqual([0, 0]);
  noisedIntervals(published.keyed, lines, noise).forEach(({ least, greatest }, i) => {
    expect(least).toBeLessThanOrEqual(truth[i] ?? Number.NaN);
    expect(greatest).toBeGreaterThanOrEqual(truth[i] ?? Number.NaN);
  });
  // Small counts published with js = 2 are 0 or at least 3.
  expect([...published.keyed].some((value) => value === 1 || value === 2)).toBe(false);
  expect(kept?.meanPossible).toBeGreaterThan(nearest?.meanPossible ?? Number.NaN);
});
