import { beforeAll, describe, expect, test } from "vitest";
import { numbers, type Table } from "../../../src/codes/table.ts";
import { type C2sNonTakeUp, c2sNonTakeUp } from "../../../src/experiments/c2s-non-take-up.ts";
import type { Figure } from "../../../src/figures/figure.ts";
import { openTerritory } from "../../../src/sources/territory.ts";
import { realData } from "../../support/real-data.ts";
import { writtenIn } from "./shown.ts";

const column = (data: Table, name: string): number[] => Array.from(numbers(data, name).values);

describe.skipIf(realData === null)("on Occitanie", () => {
  let result: C2sNonTakeUp;
  beforeAll(async () => {
    result = await c2sNonTakeUp(openTerritory({ territory: "occitanie", data: realData ?? "" }), { draws: 40 });
  }, 240_000);

  test("105 neighbourhoods, each with an interval that holds its value", () => {
    const { data } = result.map;
    expect(data.numRows).toBe(105);
    column(data, "part").forEach((share, row) => {
      expect(column(data, "part_basse")[row]).toBeLessThanOrEqual(share);
      expect(column(data, "part_haute")[row]).toBeGreaterThanOrEqual(share);
      expect(column(data, "part_gratuite")[row]).toBeLessThan(share);
      expect(column(data, "part_rsa")[row]).toBeLessThan(column(data, "part_gratuite")[row] ?? 0);
    });
    for (const figure of [result.map, result.ranked, result.expected, result.contributions, result.sensitivity])
      expect(figure.synthetic, figure.id).toBe(false);
  });

  test("what is not counted is not drawn, and the chapter says what to ask for", () => {
    for (const name of ["observed", "byRight", "ranks", "diagnostics", "truth"] as const)
      expect(result[name].kind, name).toBe("note");
    expect(result.viewer.measures.map(({ id }) => id)).toEqual(["part"]);
    for (const what of [
      "ménages du recensement",
      "composition des ménages de chaque quartier",
      "bénéficiaires de la C2S par quartier",
    ])
      expect(result.missing.markdown).toContain(what);
    for (const one of writtenIn(result).strings) expect(one).not.toMatch(/\bNaN\b|\bundefined\b|Infinity/);
  });

  test("persons without take-up are expected at the national rates, with bounds", () => {
    const { data } = result.expected;
    expect(data.numRows).toBeGreaterThan(40);
    column(data, "attendu").forEach((persons, row) => {
      expect(persons % 10).toBe(0);
      expect(persons).toBeGreaterThan(0);
      expect(column(data, "bas")[row]).toBeLessThanOrEqual(persons);
      expect(column(data, "haut")[row]).toBeGreaterThanOrEqual(persons);
    });
  });

  test("the same chain on all of France: as many free rights as the Drees, a seventh too many paying ones", () => {
    const { data } = result.nationalCheck as Figure;
    const [free, paying] = column(data, "rapport");
    expect(Math.abs((free ?? 0) - 100)).toBeLessThan(5);
    expect(Math.abs((paying ?? 0) - 86)).toBeLessThan(5);
    column(data, "modele").forEach((own, row) => {
      const printed = column(data, "rapport")[row] ?? 0;
      expect(Math.abs((100 * (column(data, "drees")[row] ?? 0)) / own - printed)).toBeLessThan(1);
    });
  });

  test("a good agreement with the nation is told to prove little: the ratio under each assumption", () => {
    const { data, title } = result.nationalHypotheses as Figure;
    expect(data.numRows).toBe(11);
    const ratios = column(data, "rapport_gratuite");
    expect(ratios[0]).toBe(column((result.nationalCheck as Figure).data, "rapport")[0]);
    expect(Math.max(...ratios)).toBeGreaterThan(150);
    expect(Math.min(...ratios)).toBeLessThan(90);
    expect(title).toContain(String(Math.max(...ratios)));
  });

  test("twelve départements beside their RSA, none above it", () => {
    const { data } = result.rsaCheck as Figure;
    expect(data.numRows).toBe(12);
    for (const ratio of column(data, "rapport")) {
      expect(ratio).toBeGreaterThan(0);
      expect(ratio).toBeLessThan(60);
    }
  });

  test("fewer persons have a right outside the neighbourhoods than inside", () => {
    const { data } = result.outsideTable as Figure;
    const shares = column(data, "part");
    for (let row = 0; row < shares.length; row += 2) expect(shares[row + 1]).toBeLessThan((shares[row] ?? 0) / 2);
  });
});
