import { describe, expect, test } from "vitest";
import { texts } from "../../../src/codes/table.ts";
import { publishedCulture } from "../../../src/experiments/culture/published-culture.ts";
import { publishedTable } from "../../../src/experiments/culture/published-table.ts";
import type { PlacedSupply } from "../../../src/experiments/culture/supply.ts";
import { sampleLineage } from "../../support/lineage.ts";

/** What the table reads of a supply. */
const supply = {
  noneWithinKm: 7,
  insideShare: { facilities: 0.1246, residents: 0.2817 },
  lineage: sampleLineage({ published: true }),
} as unknown as PlacedSupply;

const ours = (of: PlacedSupply | null): readonly (readonly [fact: string, ours: string])[] => {
  const { data } = publishedTable(of, 78);
  return texts(data, "fait").values.map((fact, row) => [fact ?? "", texts(data, "ici").values[row] ?? ""]);
};

describe("published facts", () => {
  test("stand beside a measure of ours for the two of a near definition, and for no other", () => {
    const compared = ours(supply).filter(([, here]) => here !== "autre question : pas de comparaison");
    expect(compared).toEqual([
      [
        "Équipements culturels situés dans les quartiers, et part de la population qui y vit",
        "12,5\u202f% pour 28,2\u202f% (définition voisine : six sortes d’équipements de la base permanente)",
      ],
      [
        "Quartiers sans aucun équipement culturel à moins d’un kilomètre",
        "7 sur 78 (définition voisine : six sortes d’équipements de la base permanente)",
      ],
    ]);
    expect(ours(supply).length).toBe(publishedCulture.length);
  });

  test("are not compared with a supply that is known by commune: the two are said to be out of reach, not 0", () => {
    const out = ours(null).filter(([, here]) => here === "incalculable : lieux connus à la commune");
    expect(out.map(([fact]) => fact)).toEqual(
      ours(supply)
        .slice(0, 2)
        .map(([fact]) => fact),
    );
    for (const [, here] of ours(null)) expect(here).not.toMatch(/\d/);
  });

  test("no rate of practice is ever set beside another year, age or question", () => {
    const asked = new Map(publishedCulture.map(({ what, about }) => [what, about]));
    for (const [fact, here] of ours(supply))
      if (asked.get(fact) !== "offre") expect(here, fact).toBe("autre question : pas de comparaison");
  });

  test("say their population, their year and whether they were read at their publisher", () => {
    const { data, alt } = publishedTable(null, 0);
    const [population, source] = [texts(data, "population").values, texts(data, "source").values];
    publishedCulture.forEach((fact, row) => {
      expect(population[row]).toBe(`${fact.population}, ${fact.year}`);
      expect(source[row]?.includes("de seconde main"), fact.what).toBe(!fact.atPublisher);
    });
    expect(publishedCulture.some(({ atPublisher }) => !atPublisher)).toBe(true);
    expect(publishedCulture.length).toBe(9);
    expect(alt).toContain("neuf faits");
  });

  test("two facts of one title are two populations or two years, never one series", () => {
    const told = publishedCulture.map(({ what, year, population }) => `${what}, ${year}, ${population}`);
    expect(new Set(told).size).toBe(told.length);
  });
});
