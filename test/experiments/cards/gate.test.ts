import { describe, expect, test } from "vitest";
import { numbers, texts } from "../../../src/codes/table.ts";
import { gateCard } from "../../../src/experiments/cards/gate.ts";
import { show } from "../../../src/notebook/display.ts";

describe("the card of the gate", () => {
  const card = gateCard();
  const row = (key: string): number => texts(card.sensitivity, "reglage").values.indexOf(key);
  const value = (column: string, key: string): number =>
    numbers(card.sensitivity, column).values[row(key)] ?? Number.NaN;

  test("a lower threshold hides less, a higher one more", () => {
    expect(value("resultat_bas", "seuil")).toBeLessThan(value("resultat", "seuil"));
    expect(value("resultat_haut", "seuil")).toBeGreaterThan(value("resultat", "seuil"));
  });

  test("without totals, only the cells from 1 to 10 are hidden: 4 of 20", () => {
    // 6, 3, 8 and 9 are under 11; the 0 stays.
    expect(value("resultat_bas", "totaux")).toBe(20);
    expect(value("resultat", "totaux")).toBeGreaterThan(20);
  });

  test("its equity says the share of the hidden cells of each group", () => {
    expect(card.equityWords).toMatch(/masque \d+\u202f% des cellules des 75 ans et plus, contre \d+\u202f%/);
  });

  test("a card whose table did not pass the gate is not shown", () => {
    expect(() => show({ ...card, sensitivity: { ...card.sensitivity } as typeof card.sensitivity })).toThrow(/release/);
  });
});
