import { describe, expect, test } from "vitest";
import { checkDrawing } from "../../../src/protection/drawing/check-drawing.ts";
import { safeDrawing } from "../../../src/protection/drawing/safe-drawing.ts";
import { list, records, rewritten } from "./played.ts";
import { render } from "./rendered.ts";
import { counted } from "./section-18.ts";

// Attacks of the list on drawings: each is played on one that was really compiled and drawn, then on what the gate makes of it.

const bar = { x: { field: "groupe", type: "nominal" }, y: { field: "n", type: "quantitative" } };

describe("attack 10: the exact count beside a masking class, and the menu that gives the source", () => {
  const rows = [
    { quartier: "Q1", classe: "moins de 11", n: 4 },
    { quartier: "Q2", classe: "moins de 11", n: 9 },
    { quartier: "Q3", classe: "11 à 100", n: 61 },
    { quartier: "Q4", classe: "11 à 100", n: 88 },
    { quartier: "Q5", classe: "11 à 100", n: 70 },
  ];
  const spec = {
    data: { values: rows },
    mark: "rect",
    encoding: {
      x: { field: "quartier", type: "nominal" },
      color: { field: "classe", type: "nominal" },
      tooltip: [
        { field: "quartier", type: "nominal" },
        { field: "n", type: "quantitative" },
      ],
    },
  };
  const context = counted({ quartier: "zone", classe: "class" });

  test("pointing at the masked zone gives its count", async () => {
    const { tooltips } = await render(spec);
    expect(tooltips.some((tooltip) => tooltip.includes("Q1") && tooltip.includes('"n":"4"'))).toBe(true);
  });

  test("what the gate lets through has no tooltip, and neither the counts nor the class of hidden zones", async () => {
    const safe = await rewritten(spec, context, "bulle-indiscrete");
    expect(safe.tooltips).toEqual([]);
    expect(safe.compiled).not.toMatch(/"n":\s*\d/);
    expect(safe.compiled).not.toContain("moins de 11");
  });

  test("a menu asked for in the specification or on the page is refused", () => {
    const asked = { ...spec, usermeta: { embedOptions: { actions: true } } };
    expect(checkDrawing(asked, context).map(({ code }) => code)).toContain("menu-source");
    expect(checkDrawing(spec, { ...context, embed: {} }).map(({ code }) => code)).toContain("menu-source");
    expect(checkDrawing(spec, { ...context, embed: { actions: false } }).map(({ code }) => code)).not.toContain(
      "menu-source",
    );
    expect(JSON.stringify(safeDrawing(asked, records, context)?.spec)).not.toContain("embedOptions");
  });
});

describe("attack 11: metadata survives compilation", () => {
  const spec = {
    usermeta: { lignes: list.slice(0, 20) },
    description: `Le plus riche déclare ${list[3]?.revenu} euros`,
    data: {
      values: [
        { groupe: "a", n: 55 },
        { groupe: "b", n: 61 },
      ],
    },
    mark: "bar",
    encoding: bar,
  };

  test("rows and a sentence put in the metadata are in the compiled Vega", async () => {
    const { compiled } = await render(spec);
    expect(list.slice(0, 20).every(({ nom }) => compiled.includes(nom))).toBe(true);
    expect(compiled).toContain(String(list[3]?.revenu));
  });

  test("neither is in what the gate lets through, whose text comes from the released counts", async () => {
    const context = counted({ groupe: "category" });
    expect(checkDrawing(spec, context).map(({ code }) => code)).toContain("texte-indiscret");
    const safe = await rewritten(spec, context, "metadonnees");
    expect(list.some(({ nom }) => safe.compiled.includes(nom))).toBe(false);
    expect(safe.compiled).not.toContain(String(list[3]?.revenu));
    expect(safe.compiled).toMatch(/a\u00a0: 55\u202f; b\u00a0: 61/);
  });
});
