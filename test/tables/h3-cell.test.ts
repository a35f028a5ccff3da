import { describe, expect, test } from "vitest";
import { h3Parent, h3Resolution } from "../../src/tables/h3-cell.ts";
import reference from "../reference/h3-cells.json" with { type: "json" };

describe("parents of H3 cells", () => {
  test.each(reference.cells)("$cell: those of the h3 package", ({ cell, parents }) => {
    expect(h3Resolution(cell)).toBe(parents.length - 1);
    expect(parents.map((_, resolution) => h3Parent(cell, resolution))).toEqual(parents);
  });

  test("a parent's parent is a parent, and the cell is its own", () => {
    for (const { cell } of reference.cells) {
      const own = h3Resolution(cell);
      expect(h3Parent(cell, own)).toBe(cell);
      for (let middle = 0; middle <= own; middle++)
        for (let top = 0; top <= middle; top++) expect(h3Parent(h3Parent(cell, middle), top)).toBe(h3Parent(cell, top));
    }
  });

  test("capitals and the leading zero are read", () => expect(h3Parent("089A901288CFFFFF", 7)).toBe("87a901288ffffff"));

  test.each([
    ["", "empty"],
    ["89a901288cffff", "too short"],
    ["1589a901288cffff", "another mode: an edge"],
    ["99a901288cfffff", "a reserved bit"],
    ["89a901288cffff7", "a digit beyond the resolution"],
    ["89a90129ffffff7", "an unused digit among the used"],
    ["89fa01288cfffff", "no such base cell"],
    ["89a901288cfffffg", "not hexadecimal"],
    ["-51.23", "a number"],
  ])("« %s » is refused: %s", (id) =>
    expect(() => h3Parent(id, 0)).toThrow(/n'est pas l'identifiant d'une cellule H3/),
  );

  test.each([[10], [-1], [7.5], [Number.NaN]])("resolution %d is refused", (resolution) =>
    expect(() => h3Parent("89a901288cfffff", resolution)).toThrow(/un entier de 0 à 9/),
  );
});
