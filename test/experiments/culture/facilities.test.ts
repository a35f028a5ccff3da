import { afterEach, describe, expect, test } from "vitest";
import { kindLabel, loadFacilities, rowsOfKind } from "../../../src/experiments/culture/facilities.ts";
import { openTerritory } from "../../../src/sources/territory.ts";
import { realData } from "../../support/real-data.ts";
import { type SampleFolder, sampleFolder, sampleTerritory } from "./sample-survey.ts";

const file = "bpe-xy/bpe23.csv";
const typeOf = (line: string): string => line.split(";")[5] ?? "";
let sample: SampleFolder | null = null;
afterEach(() => {
  sample?.remove();
  sample = null;
});

const withFacilities = (change: (line: string) => string): SampleFolder => {
  sample = sampleFolder("bpe-xy", "communes", "cog");
  sample.editLines(file, (line, place) => (place === 0 || line === "" ? line : change(line)));
  return sample;
};

describe("where the territory tells coordinates", () => {
  test("facilities are those of the table of 2023, one by one, at their place; shops and schools are left out", async () => {
    const found = await loadFacilities(sampleTerritory());
    expect(found.typequ.year).toBe(2023);
    expect(found.kinds).toEqual([...found.typequ.labels.keys()].filter((code) => found.kinds.includes(code)));
    expect(found.kinds).toContain("F307");
    expect(new Set(found.kind)).toEqual(new Set(found.kinds));
    expect(found.units.every((unit) => unit === 1)).toBe(true);
    expect(found.points?.lon.every(Number.isFinite)).toBe(true);
    expect(found.points?.ids.length).toBe(found.kind.length);
    const libraries = rowsOfKind(found, "F307");
    expect(libraries.length).toBeGreaterThan(10);
    expect([...libraries].every((row) => found.kind[row] === "F307")).toBe(true);
    expect(kindLabel(found, "F307")).toBe("Bibliothèque");
  });

  test("a kind that the file does not hold is not listed: it is not known to be absent", async () => {
    const before = await loadFacilities(sampleTerritory());
    const { territory } = withFacilities((line) => line.replace(/;F307;/, ";F101;"));
    const found = await loadFacilities(territory);
    expect(found.kinds).toEqual(before.kinds.filter((code) => code !== "F307"));
    expect(found.typequ.labels.has("F307")).toBe(true);
    expect(rowsOfKind(found, "F307").length).toBe(0);
    expect(found.kind.length).toBe(before.kind.length - rowsOfKind(before, "F307").length);
  });

  test("a code of 2018 is not read with the table of 2023", async () => {
    const before = await loadFacilities(sampleTerritory());
    // F306 was the theatre in 2018; the table of 2023 has no such code.
    const { territory } = withFacilities((line) => line.replace(/;F315;/, ";F306;"));
    const found = await loadFacilities(territory);
    expect(found.kinds).not.toContain("F306");
    expect(found.kind.length).toBe(before.kind.length - rowsOfKind(before, "F315").length);
  });

  test("a cultural facility without coordinates is left out and counted; a shop without any is not", async () => {
    const before = await loadFacilities(sampleTerritory());
    let [cinemas, shops] = [0, 0];
    const { territory } = withFacilities((line) => {
      const cells = line.split(";");
      const isCinema = typeOf(line) === "F303" && cinemas < 3;
      if (!isCinema && !(typeOf(line).startsWith("B") && shops < 5)) return line;
      if (isCinema) cinemas++;
      else shops++;
      for (const k of [6, 7, 8, 9]) cells[k] = "";
      return cells.join(";");
    });
    const found = await loadFacilities(territory);
    expect([cinemas, shops]).toEqual([3, 5]);
    expect(found.unplaced).toBe(before.unplaced + 3);
    expect(rowsOfKind(found, "F303").length).toBe(rowsOfKind(before, "F303").length - 3);
  });
});

describe.skipIf(realData === null)("on Occitanie, where facilities are counted by commune", () => {
  test("the table is that of 2018, no place is told, and units are those of the file", async () => {
    const territory = openTerritory({
      territory: "occitanie",
      data: realData ?? "",
      purpose: "pratiques-culturelles",
    });
    const found = await loadFacilities(territory);
    expect(found.typequ.year).toBe(2018);
    expect(found.points).toBeNull();
    expect(found.kinds).toEqual(["F303", "F304", "F305", "F306"]);
    const cinemas = rowsOfKind(found, "F303").reduce((sum, row) => sum + found.units[row], 0);
    expect(cinemas).toBe(212);
    expect(found.rooms.every(Number.isNaN)).toBe(true);
    expect(kindLabel(found, "F307")).toBe("F307");
  });
});
