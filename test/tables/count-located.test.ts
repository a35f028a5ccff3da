import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { rowAt } from "../../src/codes/table.ts";
import { type Contract, noSecrecy } from "../../src/sources/contract.ts";
import { openTerritory } from "../../src/sources/territory.ts";
import { countLocated } from "../../src/tables/count-located.ts";
import { pointIndex } from "../../src/tables/point-index.ts";

const degrees = (name: string) => ({ name, type: "number", label: name, unit: "degrés", range: [-180, 180] }) as const;
const contract: Contract = {
  id: "points",
  title: "Points d'essai",
  publisher: "Insee",
  licence: "Licence Ouverte 2.0",
  vintage: "2021",
  url: "https://www.insee.fr/essai",
  geography: "points",
  unit: "point",
  access: "public",
  files: ["points.csv"],
  format: "csv",
  csv: { separator: ";", encoding: "utf-8", decimal: "." },
  columns: [degrees("x"), degrees("y"), { name: "type", type: "text", label: "Type" }],
  key: [],
  published: true,
  secrecy: noSecrecy,
};

test("points without a code or a place are counted apart: the first under an absent code, the second in no shape", async () => {
  const folder = mkdtempSync(join(tmpdir(), "points-"));
  try {
    writeFileSync(join(folder, "points.csv"), "x;y;type\n2.5;46.5;gare\n2.5;46.5;\n9;46.5;gare\n;46.5;gare\n");
    const territory = openTerritory({ territory: "exemple", data: folder });
    const square = { polygons: [[Float64Array.of(2, 46, 3, 46, 3, 47, 2, 47)]] };
    const index = pointIndex([square], { unit: "degrees" });
    const found = await countLocated(territory, contract, index, { x: "x", y: "y", by: "type" });
    expect([0, 1, 2].map((row) => rowAt(found.table, row))).toEqual([
      { code: "nd", forme: 0, points: 1 },
      { code: "gare", forme: -1, points: 1 },
      { code: "gare", forme: 0, points: 1 },
    ]);
    expect(found).toMatchObject({ points: 4, inside: 2, unplaced: 1 });
    const all = await countLocated(territory, contract, index, { x: "x", y: "y" });
    expect(all.table.columns["code"]?.missing).toBeNull();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
