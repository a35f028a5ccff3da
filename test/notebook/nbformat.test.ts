import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { checkNotebook, stripNotebook } from "../../src/notebook/hygiene.ts";
import {
  type Cell,
  injectParameters,
  linesOf,
  type Notebook,
  nbformatErrors,
  notebookText,
  type Output,
  textOf,
} from "../../src/notebook/nbformat.ts";
import { type Displays, OutputCollector } from "../../src/notebook/outputs.ts";
import { notebookOf } from "./fixture.ts";

const clean = notebookOf(["const a = 1;", "console.log(a);"]);
const withCell = (changes: Readonly<Record<string, unknown>>): Notebook => ({
  ...clean,
  cells: [{ ...clean.cells[0], ...changes } as unknown as Cell],
});
const withOutput = (output: unknown): Notebook => withCell({ outputs: [output] });

describe("nbformat 4.5", () => {
  test("valid notebooks: prose, raw, every kind of output", () => {
    const outputs: Output[] = [
      { output_type: "stream", name: "stdout", text: ["a\n", "b"] },
      {
        output_type: "display_data",
        data: {
          "text/html": ["<b>", "</b>"],
          "application/vnd.quartiers.figure+json": { a: [1, null] },
          "image/svg+xml": "<svg/>",
        },
        metadata: {},
      },
      { output_type: "execute_result", execution_count: 3, data: { "text/plain": "1" }, metadata: {} },
      { output_type: "error", ename: "E", evalue: "v", traceback: ["t"] },
    ];
    const prose: Cell = {
      cell_type: "markdown",
      id: "titre_1",
      metadata: { tags: ["une"] },
      source: ["# Titre\n"],
      attachments: { "a.png": { "image/png": "AAAA" } },
    };
    expect(
      nbformatErrors({
        ...withCell({ outputs, execution_count: 3 }),
        cells: [...withCell({ outputs, execution_count: 3 }).cells, prose, { ...prose, cell_type: "raw", id: "brut" }],
      }),
    ).toEqual([]);
  });

  test.each([
    ["a key that nbformat does not know", { ...clean, extra: 1 }],
    ["nbformat 3", { ...clean, nbformat: 3 }],
    ["4.4, without identifiers", { ...clean, nbformat_minor: 4 }],
    ["no cells", { metadata: {}, nbformat: 4, nbformat_minor: 5 }],
    ["an empty identifier", withCell({ id: "" })],
    ["an identifier with an accent", withCell({ id: "donnée" })],
    ["an identifier of 65 characters", withCell({ id: "a".repeat(65) })],
    ["an unknown kind of cell", withCell({ cell_type: "sql" })],
    ["a code cell without outputs", withCell({ outputs: undefined })],
    ["outputs on prose", withCell({ cell_type: "markdown" })],
    ["a tag with a comma", withCell({ metadata: { tags: ["a,b"] } })],
    ["a repeated tag", withCell({ metadata: { tags: ["a", "a"] } })],
    ["a source that is a number", withCell({ source: 3 })],
    ["a kernelspec without a display name", { ...clean, metadata: { kernelspec: { name: "a" } } }],
    ["an unknown kind of output", withOutput({ output_type: "picture" })],
    ["a stream without a name", withOutput({ output_type: "stream", text: "a" })],
    ["a stream with a data key", withOutput({ output_type: "stream", name: "stdout", text: "a", data: {} })],
    ["a result without its count", withOutput({ output_type: "execute_result", data: {}, metadata: {} })],
    [
      "an error with a text as traceback",
      withOutput({ output_type: "error", ename: "E", evalue: "v", traceback: "t" }),
    ],
    ["a negative count", withCell({ execution_count: -1 })],
  ])("refused: %s", (_, notebook) => {
    expect(nbformatErrors(JSON.parse(JSON.stringify(notebook))).length).toBeGreaterThan(0);
  });

  test("a repeated identifier is named", () => {
    expect(nbformatErrors({ ...clean, cells: [clean.cells[0], clean.cells[0]] })).toEqual([
      "l’identifiant de cellule « cellule-1 » est employé plusieurs fois",
    ]);
  });

  test("lines and text are inverse, whatever the text", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("a", "\n", "é", "\r", " ") }),
        (text) => textOf(linesOf(text)) === text,
      ),
    );
  });

  test("the text of a file: one space of indent, a final line end", () => {
    expect(notebookText(clean)).toMatch(/^\{\n "cells": \[\n {2}\{\n[\s\S]*\}\n$/);
  });
});

describe("parameters", () => {
  const tagged = notebookOf([{ tags: ["parameters"], source: 'const a: string = "x", b = 2;' }, "a"]);

  test("are declared by a cell after the tagged one, which replaces one injected before", () => {
    const once = injectParameters(tagged, { a: 'y"\n', b: 3 }, "f");
    const twice = injectParameters(once, { b: 4 }, "f");
    expect(textOf(once.cells[1]?.source ?? "")).toBe('const a = "y\\"\\n";\nconst b = 3;');
    expect(twice.cells.map(({ id }) => id)).toEqual(["cellule-1", "injected-parameters", "cellule-2"]);
    expect(textOf(twice.cells[1]?.source ?? "")).toBe("const b = 4;");
    expect(nbformatErrors(twice)).toEqual([]);
    expect(injectParameters(tagged, {}, "f")).toBe(tagged);
  });

  test("unknown names and untagged notebooks are refused", () => {
    expect(() => injectParameters(tagged, { c: 1 }, "f.ipynb")).toThrow(/«\sc\s».*f\.ipynb/s);
    expect(() => injectParameters(tagged, { "a; process.exit()": 1 }, "f.ipynb")).toThrow(/inconnu/);
    expect(() => injectParameters(clean, { a: 1 }, "f.ipynb")).toThrow(/étiquetée « parameters »/);
  });
});

describe("outputs", () => {
  const shown = (id: string, text: string): Record<string, unknown> => ({
    data: { "text/plain": text },
    metadata: {},
    transient: { display_id: id },
  });

  test("streams of one name merge; a stream of another name or a display separates them", () => {
    const collector = new OutputCollector(new Map());
    for (const [name, text] of [
      ["stdout", "a\n"],
      ["stdout", "b\n"],
      ["stderr", "c"],
      ["stdout", "d"],
    ] as const)
      collector.receive("stream", { name, text });
    expect(collector.outputs).toEqual([
      { output_type: "stream", name: "stdout", text: ["a\n", "b\n"] },
      { output_type: "stream", name: "stderr", text: ["c"] },
      { output_type: "stream", name: "stdout", text: ["d"] },
    ]);
  });

  test("a later cell updates what an earlier one shows, and the same display shown twice", () => {
    const displays: Displays = new Map();
    const [first, second] = [new OutputCollector(displays), new OutputCollector(displays)];
    first.receive("display_data", shown("a", "0"));
    second.receive("display_data", shown("a", "1"));
    expect(first.outputs).toMatchObject([{ data: { "text/plain": "1" } }]);
    second.receive("update_display_data", shown("a", "2"));
    expect([...first.outputs, ...second.outputs]).toMatchObject([
      { data: { "text/plain": "2" } },
      { data: { "text/plain": "2" } },
    ]);
    expect(JSON.stringify(first.outputs)).not.toContain("transient");
  });

  test("clear_output empties the cell, at once or when the next output comes", () => {
    const collector = new OutputCollector(new Map());
    collector.receive("stream", { name: "stdout", text: "a" });
    collector.receive("clear_output", { wait: true });
    expect(collector.outputs.length).toBe(1);
    collector.receive("stream", { name: "stdout", text: "b" });
    expect(collector.outputs).toMatchObject([{ text: ["b"] }]);
    collector.receive("clear_output", { wait: false });
    expect(collector.outputs).toEqual([]);
  });
});

describe("hygiene", () => {
  test("a clean notebook has no finding, and stripping leaves it as it is", () => {
    expect(checkNotebook(clean)).toEqual([]);
    const stripped = stripNotebook(clean);
    expect(stripNotebook(stripped)).toEqual(stripped);
    expect(stripped.cells.map(({ id, source }) => [id, textOf(source)])).toEqual(
      clean.cells.map(({ id, source }) => [id, source]),
    );
  });

  test("an executed notebook is found, and stripped clean", () => {
    const executed: Notebook = {
      ...injectParameters(notebookOf([{ tags: ["parameters"], source: "const a = 1;" }]), { a: 2 }, "f"),
      metadata: { ...clean.metadata, widgets: {}, language_info: { name: "typescript", version: "5.0.4" } },
    };
    const dirty = {
      ...executed,
      cells: executed.cells.map(
        (cell) =>
          ({
            ...cell,
            execution_count: 4,
            outputs: [{ output_type: "stream", name: "stdout", text: "1" }],
            metadata: { ...cell.metadata, execution: {} },
          }) as Cell,
      ),
    };
    expect(checkNotebook(dirty).map(({ rule, cellId }) => [rule, cellId])).toEqual([
      ["sorties", "cellule-1"],
      ["compteur", "cellule-1"],
      ["sorties", "injected-parameters"],
      ["compteur", "injected-parameters"],
    ]);
    const stripped = stripNotebook(dirty);
    expect(checkNotebook(stripped)).toEqual([]);
    expect(stripped.metadata).toEqual({ ...clean.metadata, language_info: { name: "typescript" } });
    expect(stripped.cells).toMatchObject([
      { id: "cellule-1", metadata: { tags: ["parameters"] }, outputs: [], execution_count: null },
    ]);
    expect(stripped.cells[0]?.metadata.execution).toBeUndefined();
  });

  test.each([
    ["function load() {}", "définition"],
    ["const a = 1;\nclass Box {}", "définition"],
    ["const load = (year: number) => year;", "définition"],
    ["const load = function () {};", "définition"],
    ['const file = "/home/ada/qpv.csv";', "chemin"],
    ['const file = "C:\\\\donnees\\\\qpv.csv";', "chemin"],
    ["const file = `/srv/data/${1}.csv`;", "chemin"],
    ['const file = "file:///a/b.csv";', "chemin"],
    ["const a = (1;", "syntaxe"],
  ])("%s: %s", (source, rule) => {
    expect(checkNotebook(notebookOf([source])).map((finding) => finding.rule)).toContain(rule);
  });

  test("callbacks, relative paths, units and addresses are no finding; the line is that of the cell", () => {
    expect(
      checkNotebook(
        notebookOf([
          'const far = [1, 2].filter((km) => km > 1);\nconst file = "../data-samples/qpv.csv";\nconst unit = "€/mois";\nconst page = "https://example.org/a/b";\nconst slash = "/";',
        ]),
      ),
    ).toEqual([]);
    expect(checkNotebook(notebookOf(["const a = 1;\n\nfunction f() {}"]))).toMatchObject([
      { line: 3, cellId: "cellule-1" },
    ]);
  });
});
