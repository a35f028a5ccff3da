import { describe, expect, test } from "vitest";
import { type CellContent, readBundles } from "../../src/book/bundles.ts";
import { figureCsv } from "../../src/book/csv.ts";
import { checkReferences, fillNumbers, makeRegistry } from "../../src/book/registry.ts";
import { FIGURE_MIME, NUMBERS_MIME } from "../../src/notebook/bundle.ts";
import { seal, verifySeal } from "../../src/notebook/seal.ts";
import { chart, dataTable, source } from "./fixture.ts";

const figureAt = (cell: number, content = chart()): CellContent => ({ cell, mime: FIGURE_MIME, content });
const numbers: CellContent = {
  cell: 2,
  mime: NUMBERS_MIME,
  content: {
    numbers: [
      { key: "c2s.taux", label: "Taux", value: 44.25, unit: "%", decimals: 1 },
      { key: "c2s.secret", label: "Secret", value: "s", unit: "", decimals: 0 },
    ],
    sources: [source],
    release: {},
  },
};
const registry = makeRegistry([{ name: "a.ipynb", contents: [figureAt(3), figureAt(4, dataTable()), numbers] }]);

describe("seals", () => {
  test("do not depend on the order of keys; a changed value breaks them", () => {
    const sealed = seal({ a: 1, b: [2, { c: 3, d: 4 }] }, "clef");
    expect(verifySeal({ content: { b: [2, { d: 4, c: 3 }], a: 1 }, seal: sealed.seal }, "clef")).toBe(true);
    expect(verifySeal({ content: { ...sealed.content, a: 2 }, seal: sealed.seal }, "clef")).toBe(false);
    expect(verifySeal(sealed, "autre")).toBe(false);
    expect(seal(1, null).seal).toBeNull();
  });

  test("an unsealed or altered bundle is refused, with its notebook and cell", () => {
    const notebook = (bundle: unknown) => ({
      cells: [
        { cell_type: "markdown" as const, source: "# t" },
        {
          cell_type: "code" as const,
          source: "x",
          outputs: [{ output_type: "execute_result", data: { [FIGURE_MIME]: bundle } }],
        },
      ],
    });
    const read = (bundle: unknown) => readBundles(notebook(bundle), { name: "a.ipynb", key: "clef" });
    expect(read(seal(chart(), "clef"))).toHaveLength(1);
    expect(() => read({ content: chart(), seal: null })).toThrow(/sceau.*a\.ipynb, cellule 2/s);
    expect(() => read(chart())).toThrow(/sceau/);
    expect(() => read({ ...seal(chart(), "clef"), content: chart({ title: "Autre" }) })).toThrow(
      /modifiée.*cellule 2/s,
    );
  });
});

describe("the registry", () => {
  test("refuses two figures of one id and two numbers of one key", () => {
    expect(() =>
      makeRegistry([
        { name: "a.ipynb", contents: [figureAt(3)] },
        { name: "b.ipynb", contents: [figureAt(7)] },
      ]),
    ).toThrow(/distance-par-ville.*a\.ipynb, cellule 3 et b\.ipynb, cellule 7/s);
    expect(() => makeRegistry([{ name: "a.ipynb", contents: [numbers, numbers] }])).toThrow(/c2s\.taux/);
  });

  test("a figure without alternative is named", () => {
    expect(() => makeRegistry([{ name: "a.ipynb", contents: [figureAt(3, chart({ alt: " " }))] }])).toThrow(
      /distance-par-ville.*texte alternatif.*cellule 3/s,
    );
  });

  test("fills the numbers of the prose as its reader writes them", () => {
    expect(fillNumbers("{{c2s.taux}} ou {{c2s.taux|%.0}}, {{c2s.taux|nu}}, {{ c2s.secret }}", registry, "ici")).toBe(
      "44,3\u202f% ou 44\u202f%, 44,3, (secret)",
    );
    expect(() => fillNumbers("{{c2s.tau}}", registry, "a.ipynb, cellule 5")).toThrow(/cellule 5.*c2s\.taux/s);
    expect(() => fillNumbers("{{c2s.taux|gras}}", registry, "ici")).toThrow(/Format/);
  });

  test("refuses unknown references and names the nearest", () => {
    expect(() => checkReferences("@fig:distance-par-vile", registry, "ici")).toThrow(/distance-par-ville/);
    expect(() => checkReferences("@tab:distance-par-ville", registry, "ici")).toThrow(/@fig:distance-par-ville/);
    checkReferences("@fig:distance-par-ville et @tab:tableau-des-villes", registry, "ici");
  });

  test("refuses a specification that computes, loads or draws what was not released", () => {
    const planted = (change: (spec: Record<string, unknown>) => void): (() => unknown) => {
      const spec = structuredClone(chart().spec) as Record<string, unknown>;
      change(spec);
      return () => makeRegistry([{ name: "a.ipynb", contents: [figureAt(3, chart({ spec }))] }]);
    };
    const rows = (spec: Record<string, unknown>): Record<string, unknown>[] =>
      (spec.datasets as { drawn: Record<string, unknown>[] }).drawn;
    expect(
      planted((spec) => {
        spec.transform = [{ filter: "true" }];
      }),
    ).toThrow(/transform/);
    expect(
      planted((spec) => {
        spec.usermeta = { raw: 1 };
      }),
    ).toThrow(/usermeta/);
    expect(
      planted((spec) => {
        spec.data = { url: "x.csv" };
      }),
    ).toThrow(/url/);
    expect(
      planted((spec) => {
        (rows(spec)[3] as { km: number }).km = 9.9;
      }),
    ).toThrow(/absente de sa table contrôlée/);
    expect(
      planted((spec) => {
        rows(spec).pop();
      }),
    ).toThrow(/4 dessinées, 5 dans la table/);
    expect(
      planted((spec) => {
        (spec.datasets as Record<string, unknown>).brut = [{ town: "Hameau caché", km: 1 }];
      }),
    ).toThrow(/brut/);
    expect(
      planted((spec) => {
        spec.layer = [{ data: { values: "town,km\nHameau caché,1", format: { type: "csv" } } }];
      }),
    ).toThrow(/liste de lignes/);
    expect(
      planted((spec) => {
        (rows(spec)[0] as Record<string, unknown>).km_manque = "secret : 3";
      }),
    ).toThrow(/raison d'absence/);
    expect(
      planted((spec) => {
        (spec.datasets as Record<string, unknown>).carte = [
          { type: "Feature", note: "Hameau caché : 1", properties: {}, geometry: null },
        ];
      }),
    ).toThrow(/hors des propriétés/);
  });
});

test("the CSV is what is drawn, reasons kept", () => {
  expect(figureCsv(chart())).toBe(
    "town,km\nPort-Hublot,3.2\nSaint-Orme,5.6\nLa Roche-Fable,8\nVal-de-Craie,s\nMonts-le-Clair,12.8\n",
  );
});
