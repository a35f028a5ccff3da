import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { numbers, texts } from "../../../src/codes/table.ts";
import { possibleValues } from "../../../src/experiments/protection/possible-values.ts";
import { c2sRelations, publishedHoles } from "../../../src/experiments/protection/published-holes.ts";
import { c2sInseeContract } from "../../../src/sources/c2s-insee.ts";
import { loadTable } from "../../../src/sources/load.ts";
import { openTerritory } from "../../../src/sources/territory.ts";
import { realData } from "../../support/real-data.ts";

interface PlantedHole {
  readonly niveau: string;
  readonly code: string;
  readonly annee: number;
  readonly mesure: string;
  readonly valeur: number;
  /** "ligne", "commune": the single subtractions that give it. */
  readonly retrouvable: readonly string[];
}

const columnOf: Readonly<Record<string, string>> = {
  NB_C2S: "c2s",
  NB_C2S_SANS_PART: "c2s_sans_participation",
  NB_C2S_AVEC_PART: "c2s_avec_participation",
};

describe("the sample's careless publication of the C2S", () => {
  test("the attacker finds every planted cell, with its value, and none wrongly", async () => {
    const file = join(import.meta.dirname, "../../../data-samples/verite/c2s-zones.json");
    const { cachees } = JSON.parse(readFileSync(file, "utf8")) as { readonly cachees: readonly PlantedHole[] };
    const t = await loadTable(openTerritory(), c2sInseeContract);
    const [levels, codes, years] = [texts(t, "niveau").values, texts(t, "code").values, numbers(t, "annee").values];
    const found = new Map(
      ((await possibleValues(t, c2sRelations(t))) ?? []).map(({ cell: { row, column }, least, greatest }) => [
        `${levels[row]} ${codes[row]} ${years[row]} ${column}`,
        { least, greatest },
      ]),
    );
    // All that is hidden is attacked, and nothing else.
    expect(found.size).toBe(cachees.length);
    let chained = 0;
    for (const { niveau, code, annee, mesure, valeur, retrouvable } of cachees) {
      const interval = found.get(`${niveau} ${code} ${annee} ${columnOf[mesure]}`);
      expect(interval).toBeDefined();
      if (!interval) continue;
      const { least, greatest } = interval;
      expect(least).toBeLessThanOrEqual(valeur);
      expect(greatest).toBeGreaterThanOrEqual(valeur);
      if (retrouvable.length > 0) expect(least, `${niveau} ${code} ${annee} ${mesure}`).toBe(greatest);
      else if (least === greatest) chained++;
    }
    expect(cachees.filter(({ retrouvable }) => retrouvable.length > 0).length).toBeGreaterThan(50);
    // Some are found only by two subtractions, one after the other.
    expect(chained).toBeGreaterThan(0);
  });

  test("the chapter tells how many, and names no place", async () => {
    const { figure, hidden, found } = await publishedHoles(openTerritory());
    expect(found).toBeGreaterThan(100);
    expect(hidden).toBeGreaterThan(found);
    const said = JSON.stringify([figure.title, figure.lecture, figure.alt, figure.data.columns]);
    expect(said).not.toMatch(/QP0\d|Kermadrec|Hauts-d/);
  });
});

describe.skipIf(realData === null)("the 105 neighbourhoods of Occitanie", () => {
  test("the cells that the producer hid hold against its own totals", async () => {
    const { figure, hidden, found, narrowed } = await publishedHoles(
      openTerritory({ territory: "occitanie", data: realData ?? "" }),
    );
    // Four neighbourhoods, women, men and both.
    expect([hidden, found, narrowed]).toEqual([12, 0, 0]);
    expect(figure.title).toContain("ne se retrouvent pas");
    expect(JSON.stringify(figure.data.columns)).not.toMatch(/QP0\d/);
  });
});
