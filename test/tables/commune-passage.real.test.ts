import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { numberColumn, rowAt, table, textColumn, texts } from "../../src/codes/table.ts";
import { formerCodesPassage } from "../../src/tables/commune-passage.ts";
import { convert } from "../../src/tables/convert.ts";
import { realData } from "../support/real-data.ts";

interface Place {
  readonly code: string;
  readonly region: string;
  readonly type: string;
  readonly anciensCodes?: readonly string[];
}

/** The list of the COG 2026 that the project installs, with the former codes of each commune. */
const places: readonly Place[] = createRequire(import.meta.url)("@etalab/decoupage-administratif/data/communes.json");
const current = places.filter(({ type }) => type === "commune-actuelle");
const communes = table({
  code_commune: textColumn(
    current.map(({ code }) => code),
    { label: "Code" },
  ),
  anciens_codes: textColumn(
    current.map(({ anciensCodes }) => (anciensCodes ?? []).join(";")),
    { label: "Anciens codes" },
  ),
});
const west = new Set(current.filter(({ region }) => region === "52" || region === "53").map(({ code }) => code));

test.runIf(realData)("2 504 communes of the COG 2018 of Bretagne and Pays de la Loire land on the COG 2026", () => {
  const folder = join(realData ?? "", "contours_communes_2018");
  const codes = ["bretagne", "pays-de-la-loire"].flatMap((region): string[] =>
    JSON.parse(readFileSync(join(folder, `communes-${region}.geojson`), "utf8")).features.map(
      ({ properties }: { properties: { code: string } }) => properties.code,
    ),
  );
  expect(codes).toHaveLength(2504);
  const passage = formerCodesPassage(communes, { from: 2018, to: 2026 });
  const ones = table({
    code: textColumn(codes, { label: "Code" }),
    n: numberColumn(new Float64Array(codes.length).fill(1), { label: "Communes", unit: "communes", summable: true }),
  });
  const { table: now, report } = convert(ones, "code", passage);
  expect(report).toMatchObject({ rowsIn: 2504, rowsOut: 2428, unknown: 0, split: 0 });
  expect(Array.from({ length: now.numRows }, (_, row) => Number(rowAt(now, row).n)).reduce((a, b) => a + b)).toBe(2504);
  const reached = new Set(texts(now, "code").values);
  expect([...reached].filter((code) => !west.has(code))).toEqual([]);
  // Restored in 2024 from Essarts-en-Bocage: former codes know mergers only, INSEE's events are needed to divide it.
  expect([...west].filter((code) => !reached.has(code))).toEqual(["85165", "85212"]);
});

describe.runIf(realData)("Filosofi 2016", () => {
  const text = readFileSync(join(realData ?? "", "insee_doremifasoldata/filosofi_com_2016.csv"), "utf8");
  const all = text
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.slice(1, 6));
  const passage = formerCodesPassage(communes, { from: 2016, to: 2026 });
  const reportOf = (codes: readonly string[]) =>
    convert(table({ code: textColumn(codes, { label: "Code" }) }), "code", passage).report;
  test("2 444 rows of the two regions all land", () => {
    const departements = ["22", "29", "35", "56", "44", "49", "53", "72", "85"];
    const codes = all.filter((code) => departements.includes(code.slice(0, 2)));
    expect(reportOf(codes)).toMatchObject({ rowsIn: 2444, rowsOut: 2426, unknown: 0 });
  });
  test("of 34 932 rows, only the 45 arrondissements of Paris, Lyon and Marseille are not communes", () => {
    const report = reportOf(all);
    expect(report).toMatchObject({ rowsIn: 34_932, unknown: 45 });
    expect(report.sentence).toMatch(/arrondissements/);
  });
});
