import { describe, expect, test } from "vitest";
import { categoricalVariable } from "../../../src/models/factors/categorical-variable.ts";
import { modelMatrix } from "../../../src/models/regression/model-matrix.ts";
import { columnOf } from "../../../src/models/regression/scenario.ts";

const diploma = categoricalVariable("diplôme", ["aucun", "bac", "supérieur", "bac", ""], {
  levels: ["aucun", "bac", "brevet", "supérieur"],
});
const minutes = { name: "minutes", values: Float64Array.of(5, 10, Number.NaN, 2, 1) };

describe("modelMatrix", () => {
  test("compares each level with the reference, and drops the levels that nobody has", () => {
    const matrix = modelMatrix([{ ...diploma, reference: "bac" }], { missing: "drop" });
    expect(matrix.names).toEqual(["(constante)", "diplôme : aucun", "diplôme : supérieur"]);
    expect(Array.from(matrix.values)).toEqual([1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 1, 0]);
    expect(matrix.emptyLevels).toEqual([{ variable: "diplôme", level: "brevet" }]);
    expect(matrix.variables[0].reference).toBe("bac");
  });

  test("a missing value is refused, dropped and counted, or a level of its own", () => {
    expect(() => modelMatrix([diploma, minutes])).toThrow(
      /2 lignes du modèle ont une valeur manquante.*diplôme \(1\), minutes \(1\)/,
    );
    const dropped = modelMatrix([diploma, minutes], { missing: "drop" });
    expect([Array.from(dropped.keptRows), dropped.droppedRows, dropped.missingBy]).toEqual([
      [0, 1, 3],
      2,
      { diplôme: 1, minutes: 1 },
    ]);
    const level = modelMatrix([diploma], { missing: "level" });
    expect(level.names.at(-1)).toBe("diplôme : (sans réponse)");
    expect(level.droppedRows).toBe(0);
  });

  test("the outcome is a column that must be known, and a domain is not a missing value", () => {
    const matrix = modelMatrix([diploma], {
      missing: "drop",
      where: Uint8Array.of(1, 1, 1, 0, 0),
      complete: { cinéma: Float64Array.of(1, Number.NaN, 0, 1, 1) },
    });
    expect([Array.from(matrix.keptRows), matrix.missingBy]).toEqual([[0, 2], { cinéma: 1 }]);
  });

  test("products: a level by a number, two questions, the square of a number", () => {
    const sex = categoricalVariable("sexe", ["f", "h", "f", "f"]);
    const level = categoricalVariable("diplôme", ["aucun", "bac", "bac", "aucun"]);
    const time = { name: "minutes", values: Float64Array.of(1, 2, 3, 4) };
    const matrix = modelMatrix([
      ...[sex, level, time],
      { product: ["diplôme", "minutes"] },
      { product: ["sexe", "diplôme"] },
      { product: ["minutes", "minutes"] },
    ]);
    expect(matrix.names.slice(4)).toEqual(["diplôme : bac × minutes", "sexe : h × diplôme : bac", "minutes²"]);
    expect(Array.from(columnOf(matrix, 4))).toEqual([0, 2, 3, 0]);
    expect(Array.from(columnOf(matrix, 6))).toEqual([1, 4, 9, 16]);
    expect(matrix.factors.slice(3)).toEqual([[3], [2, 3], [1, 2], [3, 3]]);
  });

  test("a crossing that nobody has is dropped and reported", () => {
    const sex = categoricalVariable("sexe", ["f", "h", "f", "h"]);
    const level = categoricalVariable("diplôme", ["bac", "aucun", "aucun", "aucun"]);
    const matrix = modelMatrix([sex, level, { product: ["sexe", "diplôme"] }]);
    expect(matrix.columns).toBe(3);
    expect(matrix.emptyLevels).toEqual([{ variable: "sexe × diplôme", level: "sexe : h × diplôme : bac" }]);
  });

  test("says what it cannot build", () => {
    const one = categoricalVariable("sexe", ["f", "f", "f"]);
    const number = { name: "x", values: Float64Array.of(1, 2, 3) };
    expect(() => modelMatrix([one])).toThrow(/« sexe » n'a qu'une modalité/);
    expect(() => modelMatrix([{ ...diploma, reference: "brevet" }], { missing: "drop" })).toThrow(
      /référence de « diplôme » n'a personne.*brevet.*aucun, bac, supérieur/,
    );
    expect(() => modelMatrix([number, number])).toThrow(/même nom.*x/);
    expect(() => modelMatrix([number, { product: ["x", "y"] }])).toThrow(/absente du modèle.*y/);
    expect(() => modelMatrix([diploma, number], { missing: "drop" })).toThrow(/« x » n'a pas une valeur par ligne/);
    expect(() => modelMatrix([{ name: "x", values: Float64Array.of(1, Number.POSITIVE_INFINITY) }])).toThrow(
      /« x » a une valeur infinie.*ligne 2/,
    );
    expect(() => modelMatrix([number], { where: new Uint8Array(3) })).toThrow(/Aucune ligne connue/);
    const level = categoricalVariable("diplôme", ["bac", "aucun", "aucun"]);
    expect(() => modelMatrix([level, { product: ["diplôme", "diplôme"] }])).toThrow(/ne se croise pas avec elle-même/);
  });
});
