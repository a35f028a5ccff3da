import { describe, expect, test } from "vitest";
import { numberColumn, table, textColumn } from "../../../src/codes/table.ts";
import { groupedSurvival } from "../../../src/protection/model-outputs/grouped-survival.ts";
import { judgeModel } from "../../../src/protection/model-outputs/judge-model.ts";
import type { RegressionOutput } from "../../../src/protection/model-outputs/model-output.ts";
import { publish } from "../../../src/protection/publish.ts";
import { source } from "../support.ts";

const fit: RegressionOutput = {
  kind: "regression",
  observations: 400,
  parameters: 4,
  patterns: 120,
  levels: [
    { name: "femmes", units: 210 },
    { name: "75 ans et plus", units: 31 },
  ],
};
const codes = (output: Parameters<typeof judgeModel>[1]): readonly string[] =>
  judgeModel("essai", output, 11).map(({ code }) => code);

describe("a regression", () => {
  test("on enough people is accepted", () => {
    expect(codes(fit)).toEqual([]);
  });
  test("with fewer than ten residual degrees of freedom is refused", () => {
    expect(codes({ ...fit, observations: 14 })).toEqual([]);
    expect(codes({ ...fit, observations: 13 })).toEqual(["degres-de-liberte"]);
  });
  test("with a level of 1 to t - 1 units is refused, an empty level is not", () => {
    const level = (units: number) => ({ ...fit, levels: [...fit.levels, { name: "rare", units }] });
    expect([0, 1, 10, 11].map((units) => codes(level(units)).length)).toEqual([0, 1, 1, 0]);
  });
  test("saturated is the table", () => {
    expect(codes({ ...fit, parameters: 8, patterns: 8 })).toEqual(["modele-sature"]);
  });
  test("beside the same fit on all but a few is a difference", () => {
    expect(codes({ ...fit, nested: [399] })).toEqual(["ajustements-emboites"]);
    expect(codes({ ...fit, nested: [389, 400] })).toEqual([]);
  });
});

describe("other outputs", () => {
  test("thin leaves, lists of units and objects fitted on people are refused", () => {
    expect(codes({ kind: "leaves", leaves: [{ name: "moins de 30 ans", units: 4 }] })).toEqual(["feuille-rare"]);
    expect(codes({ kind: "units", what: "medoids" })).toEqual(["unites-montrees"]);
    expect(codes({ kind: "object", individuals: true })).toEqual(["modele-livre"]);
    expect(codes({ kind: "object", individuals: false })).toEqual([]);
  });
  test("a thin survival curve is refused, and its grouped steps hold t events each", () => {
    const curve = {
      kind: "survival",
      times: [1, 2, 3, 4, 5],
      atRisk: [60, 52, 44, 30, 9],
      events: [8, 8, 14, 21, 4],
    } as const;
    expect(codes(curve)).toEqual(["marche-rare"]);
    const safe = groupedSurvival(curve, 11);
    expect(safe.times).toEqual([2, 3, 4]);
    expect(safe.surviving[0]).toBeCloseTo((52 / 60) * (44 / 52), 12);
    expect(safe.surviving[1]).toBeCloseTo((52 / 60) * (44 / 52) * (30 / 44), 12);
  });
  test("the gate lets coefficients through, or refuses with the same words for every small count", () => {
    const coefficients = table(
      { terme: textColumn(["femmes"], { label: "Terme" }), b: numberColumn([0.2], { label: "Coefficient", unit: "" }) },
      [source(11)],
    );
    const judge = (units: number) =>
      publish({
        kind: "model",
        name: "essai",
        table: coefficients,
        output: { ...fit, levels: [{ name: "femmes", units }] },
      });
    expect(judge(40).verdict).toBe("accept");
    expect(JSON.stringify(judge(2))).toBe(JSON.stringify(judge(9)));
    expect(judge(2).released).toBeNull();
  });
});
