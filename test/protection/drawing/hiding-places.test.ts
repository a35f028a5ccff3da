import { describe, expect, test } from "vitest";
import { checkDrawing } from "../../../src/protection/drawing/check-drawing.ts";
import type { DrawingContext } from "../../../src/protection/drawing/drawing-context.ts";
import { type DrawingCode, drawingRules } from "../../../src/protection/drawing/drawing-rules.ts";
import { ofPeople, people } from "./people.ts";
import { counted, refusedFigures } from "./section-18.ts";

type Json = Readonly<Record<string, unknown>>;

// A safe drawing in which one thing is planted, in each place of a specification that can carry it.
const rows = [
  { sexe: "F", n: 55 },
  { sexe: "H", n: 61 },
];
const x = { field: "sexe", type: "nominal" };
const y = { field: "n", type: "quantitative" };
const safe = { data: { values: rows }, mark: "bar", encoding: { x, y } };
const context = counted({ sexe: "category" });
const somebody = people(1)[0];
const codes = (spec: Json, more: Partial<DrawingContext> = {}): readonly string[] =>
  checkDrawing(spec, { ...context, ...more }).map(({ code }) => code);

const planted: readonly (readonly [place: string, code: DrawingCode, spec: Json, more?: Partial<DrawingContext>])[] = [
  ["an unknown key", "donnees-cachees", { ...safe, brouillon: [somebody] }],
  [
    "an unknown key of a layer",
    "donnees-cachees",
    { data: safe.data, layer: [{ mark: "bar", encoding: safe.encoding, note: somebody }] },
  ],
  ["a dataset that no view draws", "donnees-cachees", { ...safe, datasets: { autre: [{ sexe: "F", n: 40 }] } }],
  ["a sample of rows", "donnees-cachees", { ...safe, transform: [{ sample: 1 }] }],
  [
    "an order of classes that names somebody",
    "donnees-cachees",
    { ...safe, encoding: { x: { ...x, sort: ["F", "H", "Jeanne Martin"] }, y } },
  ],
  [
    "a domain that names somebody",
    "donnees-cachees",
    { ...safe, encoding: { x: { ...x, scale: { domain: ["F", "H", "Jeanne Martin"] } }, y } },
  ],
  [
    "ticks at a value that is not drawn",
    "donnees-cachees",
    { ...safe, encoding: { x, y: { ...y, axis: { values: [0, 37.21] } } } },
  ],
  [
    "a constant that is not drawn",
    "donnees-cachees",
    { ...safe, encoding: { x, y: { ...y }, size: { datum: 37.21 } } },
  ],
  [
    "a field that is not drawn",
    "donnees-cachees",
    { ...safe, data: { values: rows.map((row) => ({ ...row, revenu: 21_000 })) } },
    { columns: { ...context.columns, revenu: "measure" } },
  ],
  [
    "a field that nothing declares",
    "champ-non-declare",
    { ...safe, data: { values: rows.map((row) => ({ ...row, revenu: 21_000 })) } },
  ],
  [
    "a member of a perimeter",
    "champ-non-declare",
    { ...safe, data: { values: [{ type: "Feature", geometry: null, properties: rows[0], voisin: "Jeanne" }] } },
  ],
  [
    "an identifier",
    "identifiant",
    { ...safe, data: { values: rows.map((row) => ({ ...row, nom: "Jeanne" })) } },
    { columns: { ...context.columns, nom: "identifier" } },
  ],
  ["a text of CSV", "donnees-illisibles", { ...safe, data: { values: "sexe,n\nF,55" } }],
  ["TopoJSON", "donnees-illisibles", { ...safe, data: { values: { type: "Topology", objects: {} } } }],
  ["a file", "adresse", { ...safe, data: { url: "personnes.csv" } }],
  ["a link a mark", "adresse", { ...safe, encoding: { x, y, href: { field: "sexe" } } }],
  ["an image", "adresse", { ...safe, mark: "image", encoding: { x, y, url: { field: "sexe" } } }],
  ["a link of the title's mark", "adresse", { ...safe, mark: { type: "bar", href: "essai" } }],
  [
    "a lookup",
    "jointure",
    { ...safe, transform: [{ lookup: "sexe", from: { data: { values: people(3) }, key: "sexe", fields: ["nom"] } }] },
  ],
  ["a calculation", "calcul", { ...safe, transform: [{ calculate: "datum.n / 7", as: "part" }] }],
  ["an expression", "calcul", { ...safe, mark: { type: "bar", size: { expr: "datum.n" } } }],
  ["a parameter with a value", "calcul", { ...safe, params: [{ name: "seuil", value: [somebody] }] }],
  ["a label computed", "calcul", { ...safe, encoding: { x, y: { ...y, axis: { labelExpr: "datum.value" } } } }],
  [
    "a condition",
    "calcul",
    { ...safe, encoding: { x, y, color: { condition: { test: "datum.n < 11", value: "red" }, value: "blue" } } },
  ],
  ["an operation", "calcul", { ...safe, encoding: { x, y: { ...y, aggregate: "sum" } } }],
  ["the least value", "extremes", { ...safe, encoding: { x, y: { ...y, aggregate: "min" } } }],
  ["usermeta of a view", "metadonnees", { hconcat: [{ ...safe, usermeta: { note: "essai" } }] }],
  ["a name that is no word", "metadonnees", { ...safe, name: "revenu-21340" }],
  ["a schema that is no schema", "metadonnees", { ...safe, $schema: "https://exemple.fr/?n=37" }],
  ["a description", "texte-indiscret", { ...safe, description: "Femmes\u00a0: 55, hommes\u00a0: 37" }],
  ["the description of a mark", "texte-indiscret", { ...safe, mark: { type: "bar", description: "37 hommes" } }],
  [
    "the description of each mark",
    "texte-indiscret",
    { ...safe, encoding: { x, y, description: { value: "37 hommes" } } },
  ],
  ["a tooltip of everything", "bulle-indiscrete", { ...safe, mark: { type: "bar", tooltip: { content: "data" } } }],
  [
    "a tooltip of everything by default",
    "bulle-indiscrete",
    { ...safe, config: { mark: { tooltip: { content: "data" } } } },
  ],
  [
    "a group that says no count",
    "effectif-inconnu",
    { ...safe, data: { values: [...rows, { sexe: "autre", n: null, revenu: 21_000 }] } },
    { columns: { ...context.columns, revenu: "measure" } },
  ],
  ["no count at all", "effectif-inconnu", safe, { counts: [], columns: { sexe: "category", n: "measure" } }],
  [
    "totals that contradict their parts",
    "totaux-contraires",
    { ...safe, data: { values: [...rows, { sexe: "Ensemble", n: 90 }] } },
  ],
  ["a shade from the least to the greatest", "bornes", { ...safe, encoding: { x, color: y } }],
];

describe("what may be hidden in a specification", () => {
  test("the drawing in which it is planted is accepted without it", () => {
    expect(codes(safe)).toEqual([]);
    expect(codes({ ...safe, description: "Femmes\u00a0: 55, hommes\u00a0: 61, en 2024", name: "barres" })).toEqual([]);
  });

  test.each(planted.map(([place, code, spec, more = {}]) => ({ place, code, spec, more })))(
    "$place is found: $code",
    ({ code, spec, more }) => {
      expect(codes(spec, more)).toContain(code);
    },
  );

  test("no code of the page for authors is without a drawing that meets it", () => {
    const met = new Set<string>([
      ...planted.map(([, code]) => code),
      ...Object.values(refusedFigures).map(({ code }) => code),
      ...["menu-source", "classe-d-une-zone", "ligne-hors-table"], // words.attack, zones.attack and drawn-data tests
    ]);
    expect(Object.keys(drawingRules).filter((code) => !met.has(code))).toEqual([]);
  });

  test("a drawing of units without any data is no disclosure, and says so by having no finding", () => {
    expect(checkDrawing({ data: { values: [] }, mark: "point" }, ofPeople())).toEqual([]);
  });
});
