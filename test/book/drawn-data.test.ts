import { describe, expect, test } from "vitest";
import { checkDrawnData } from "../../src/book/drawn-data.ts";
import type { BundledFigure } from "../../src/notebook/bundle.ts";

const rows = [
  { practice: "Cinéma", share: 44 },
  { practice: "Musée", share: null },
];
const number = { type: "number", label: "Part", unit: "%", values: [44, "s"] } as const;
const text = { type: "text", label: "Pratique", unit: "", values: ["Cinéma", "Musée"] } as const;

/** A figure of two released rows, one of which is hidden, with more in its specification. */
const figureOf = (more: Readonly<Record<string, unknown>>): BundledFigure => ({
  kind: "chart",
  id: "essai",
  title: "Essai",
  subtitle: "Essai",
  alt: "Essai",
  champ: "Essai",
  lecture: "Essai",
  source: "Essai",
  licence: "CC0",
  vintage: "2026",
  synthetic: true,
  orientation: "portrait",
  columns: { practice: text, share: number },
  numRows: 2,
  spec: { datasets: { drawn: rows }, data: { name: "drawn" }, mark: "point", ...more },
  sources: [],
  release: {},
  parameters: {},
});
const check = (more: Readonly<Record<string, unknown>>) => (): void => checkDrawnData(figureOf(more), "essai.ipynb");
const select = { type: "point", fields: ["practice"], on: "@active_marks:click", clear: "dblclick" };
const choice = { name: "pratique", select };
const calculation = /demande un calcul ou un fichier au dessin.*params/s;

describe("a choice by click", () => {
  test("of drawn points by a column passes, on the whole figure or on a layer, alone or with another", () => {
    expect(check({})).not.toThrow();
    expect(check({ params: [choice] })).not.toThrow();
    expect(check({ layer: [{ mark: "point", params: [choice, { ...choice, name: "bloc" }] }] })).not.toThrow();
    expect(
      check({ params: [{ name: "pratique", select: { type: "point", fields: ["practice", "share"] } }] }),
    ).not.toThrow();
    expect(check({ params: [] })).not.toThrow();
  });

  test.each<readonly [what: string, param: unknown]>([
    ["a start value", { ...choice, value: [{ practice: "Musée" }] }],
    ["a value alone", { name: "seuil", value: 11 }],
    ["a control bound to it", { ...choice, bind: { input: "range" } }],
    ["a legend bound to it", { ...choice, bind: "legend" }],
    ["an expression", { name: "part", expr: "datum.share / 100" }],
    ["an expression beside the choice", { ...choice, expr: "1" }],
    ["other views", { ...choice, views: ["autre"] }],
    ["an interval", { name: "zone", select: { type: "interval", encodings: ["x"] } }],
    ["an interval with the keys of a point", { name: "zone", select: { ...select, type: "interval" } }],
    ["a choice without columns", { name: "pratique", select: { type: "point", on: "click" } }],
    ["a choice by the word alone", { name: "pratique", select: "point" }],
    ["columns that are not names", { name: "pratique", select: { ...select, fields: [{ expr: "datum.share" }] } }],
    ["channels instead of columns", { name: "pratique", select: { type: "point", encodings: ["x"] } }],
    ["a value inside the choice", { name: "pratique", select: { ...select, value: 3 } }],
    ["the nearest point", { name: "pratique", select: { ...select, nearest: true } }],
    ["a rule to add", { name: "pratique", select: { ...select, toggle: "event.shiftKey" } }],
    ["no name", { select }],
    ["a name that is not a word", { name: 3, select }],
    ["no choice", { name: "pratique" }],
    ["a choice that is null", { name: "pratique", select: null }],
  ])("is refused with %s, and the figure is named", (_, param) => {
    expect(check({ params: [param] })).toThrow(calculation);
    expect(check({ params: [choice, param] })).toThrow(/« essai »/);
    expect(check({ layer: [{ mark: "point", params: [param] }] })).toThrow(/essai\.ipynb/);
  });

  test("is a list, nothing else", () => {
    expect(check({ params: choice })).toThrow(calculation);
    expect(check({ params: "pratique" })).toThrow(calculation);
    expect(check({ params: null })).toThrow(calculation);
  });

  test("excuses nothing beside it: a computation, a file or hidden metadata stay refused", () => {
    for (const key of ["transform", "usermeta", "url", "aggregate", "bin", "timeUnit"])
      expect(check({ params: [choice], layer: [{ [key]: "x" }] }), key).toThrow(new RegExp(`au dessin.*${key}`, "s"));
  });
});

describe("drawn rows", () => {
  const drawing = (drawn: readonly unknown[]) => check({ params: [choice], datasets: { drawn } });

  test("are the released ones: a hidden number is null, and no other", () => {
    expect(drawing(rows)).not.toThrow();
    expect(drawing([rows[0], { practice: "Musée", share: 7 }])).toThrow(/ligne absente de sa table contrôlée/);
    expect(drawing([rows[0], { practice: "Musée", share: 0 }])).toThrow(/ligne absente de sa table contrôlée/);
  });

  test("are all there, and carry no other column", () => {
    expect(drawing([rows[0]])).toThrow(/ne dessine pas autant de lignes/);
    expect(drawing([rows[0], { ...rows[1], people: 4 }])).toThrow(/champ people/);
    expect(drawing([rows[0], { ...rows[1], share_manque: "s" }])).not.toThrow();
    expect(drawing([rows[0], { ...rows[1], share_manque: "7" }])).toThrow(/raison d'absence/);
  });

  test("a value inside a layer is held to the same rule", () => {
    expect(check({ layer: [{ data: { values: [{ practice: "Musée", share: 7 }] } }] })).toThrow(/ligne absente/);
    expect(check({ layer: [{ data: { values: [{ x: 1, y: 2, label: "repère" }] } }] })).not.toThrow();
    expect(check({ layer: [{ data: { values: "practice,share\nMusée,7" } }] })).toThrow(/liste de lignes/);
  });
});

describe("the gate's own rules on drawings", () => {
  test.each<readonly [code: string, more: Readonly<Record<string, unknown>>]>([
    ["donnees-cachees", { brouillon: [{ practice: "Musée", share: 7 }] }],
    ["metadonnees", { name: "musée-7" }],
    ["texte-indiscret", { description: "Musée\u00a0: 7 personnes" }],
    ["extremes", { mark: { type: "boxplot", extent: "min-max" } }],
    ["bulle-indiscrete", { mark: { type: "point", tooltip: { content: "data" } } }],
    ["adresse", { mark: { type: "point", href: "essai" } }],
    ["bornes", { encoding: { color: { field: "share", type: "quantitative", scale: { domain: [3.71, 88.93] } } } }],
    ["calcul", { encoding: { x: { field: "share", type: "quantitative", axis: { labelExpr: "datum.value / 7" } } } }],
  ])("%s is refused, and the figure is named", (code, more) => {
    expect(check(more)).toThrow(new RegExp(`« essai » \\(${code}\\)`));
  });

  test("what only writes or emphasises released values passes", () => {
    expect(check({ description: "Cinéma\u00a0: 44 ; Musée\u00a0: non diffusé" })).not.toThrow();
    const labelExpr = "datum.value === 0 ? '0' : format(datum.value * 100, '+,.6~f')";
    expect(check({ encoding: { x: { field: "share", type: "quantitative", axis: { labelExpr } } } })).not.toThrow();
  });
});
