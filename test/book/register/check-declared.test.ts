import { expect, test } from "vitest";
import { checkDeclared } from "../../../src/book/register/check-declared.ts";
import { chart } from "../fixture.ts";

const override = {
  place: "distance-par-ville",
  rule: "frequence",
  reason: "Effectifs déjà publiés par le fournisseur.",
  signedBy: "A. Exemple, directrice",
  on: "2026-01-05",
  until: "2026-12-31",
  agreement: "courrier du 4 janvier 2026",
};
const figure = chart({ release: { unit: "ménage", minUnits: 11, overrides: [override] } });

test("an override that a figure used must be declared in the same words", () => {
  expect(() => checkDeclared([figure], [override])).not.toThrow();
  expect(() => checkDeclared([figure], [])).toThrow(/distance-par-ville, frequence/);
  expect(() => checkDeclared([figure], [{ ...override, signedBy: "B. Autre" }])).toThrow(/derogations\.yaml/);
  expect(() => checkDeclared([chart()], [])).not.toThrow();
});
