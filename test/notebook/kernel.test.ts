import { existsSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Kernel } from "../../src/notebook/kernel.ts";
import { kernelCommand } from "../../src/notebook/run.ts";
import { FixturePackage } from "./fixture.ts";

interface Ran {
  readonly status: string;
  readonly text: string;
  readonly result: Readonly<Record<string, unknown>> | undefined;
  readonly error:
    | {
        readonly ename: string;
        readonly evalue: string;
        readonly traceback: readonly string[];
        readonly line: number | null;
      }
    | undefined;
  readonly ms: number;
}

const fixture = new FixturePackage();
let kernel: Kernel;
let cellCount = 0;

beforeAll(async () => {
  kernel = await Kernel.start(kernelCommand, { cwd: fixture.notebooks });
});
afterAll(async () => {
  await kernel?.stop();
  fixture.remove();
});

async function run(code: string, stopOnError = false): Promise<Ran> {
  cellCount++;
  const started = performance.now();
  let text = "";
  let result: Ran["result"];
  let error: Ran["error"];
  const { status } = await kernel.execute(code, {
    stopOnError,
    onOutput: (type, content) => {
      if (type === "stream") text += content.text;
      if (type === "execute_result") result = content.data as Ran["result"];
      if (type === "error") error = content as unknown as Ran["error"];
    },
  });
  return { status, text, result, error, ms: performance.now() - started };
}

const plain = async (code: string): Promise<unknown> => {
  const { result, error } = await run(code);
  return error ?? result?.["text/plain"];
};

describe("the language of cells", () => {
  test("5 000 printed lines all arrive, in order", async () => {
    const { text, ms } = await run('for (let i = 0; i < 5000; i++) console.log("ligne", i);');
    expect(text).toBe(Array.from({ length: 5000 }, (_, i) => `ligne ${i}\n`).join(""));
    expect(ms).toBeLessThan(5_000);
  });

  test("shorthand, nested await, for await, redeclaration, closures over earlier cells", async () => {
    expect(await plain("const a = 1, b = [2];")).toBeUndefined();
    expect(await plain("const both = { a, b }; JSON.stringify({ both, a })")).toBe(`'{"both":{"a":1,"b":[2]},"a":1}'`);
    expect(await plain("await (await Promise.resolve({ json: async () => 7 })).json()")).toBe("7");
    expect(
      (await run('for await (const item of (async function* () { yield "un"; yield "deux"; })()) console.log(item);'))
        .text,
    ).toBe("un\ndeux\n");
    expect(await plain('const a = "déclaré à nouveau"; a')).toBe("'déclaré à nouveau'");
    expect(await plain("let count = 0; function increment() { count++; return count; } increment();")).toBe("1");
    expect(await plain("increment(); count")).toBe("2");
    expect(await plain("enum Level { Low, High } class Box<T> { constructor(readonly value: T) {} }")).toBeUndefined();
    expect(await plain("new Box(Level.High).value")).toBe("1");
  });

  test("strict types, with cell, line and column", async () => {
    const { error } = await run("const one = 1;\nconst text: string = null;");
    expect(error).toMatchObject({
      ename: "TypeScriptError",
      evalue: "TS2322 Type 'null' is not assignable to type 'string'.",
      line: 2,
    });
    expect(error?.traceback[0]).toContain(`cellule [${cellCount}], ligne 2, colonne 7`);
    expect(await plain("const implicit = (x) => x;")).toMatchObject({
      evalue: "TS7006 Parameter 'x' implicitly has an 'any' type.",
    });
    const shifted = await run("const n = 1; const o = { n }; const wrong: string = o.n;");
    expect(shifted.error?.traceback[0]).toContain("ligne 1, colonne 37");
  });

  test("a value shows itself: its own bundle, a promise of one, its HTML", async () => {
    const own = await run(
      "({ [Symbol.for('Jupyter.display')]: async () => ({ 'application/x+json': { a: [1] }, 'text/plain': 'plus tard' }) })",
    );
    expect(own.result).toEqual({ "application/x+json": { a: [1] }, "text/plain": "plus tard" });
    expect((await run("({ toHTML: () => '<b>gras</b>' })")).result?.["text/html"]).toBe("<b>gras</b>");
  });
});

describe("errors name cell and line", () => {
  test("thrown in the cell", async () => {
    const { error } = await run('const before = 1;\n\nthrow new RangeError("hors bornes");');
    expect(error).toMatchObject({ ename: "RangeError", evalue: "hors bornes", line: 3 });
    expect(error?.traceback.join("\n")).toContain(`cellule [${cellCount}], ligne 3, colonne 7`);
  });

  test("thrown inside a function of an earlier cell: both places", async () => {
    await run(
      'function load(year: number): number {\n  if (year > 2024)\n    throw new Error("pas de fichier");\n  return year;\n}',
    );
    const defined = cellCount;
    const { error } = await run("const fine = load(2024);\nload(2025);");
    expect(error).toMatchObject({ evalue: "pas de fichier", line: 2 });
    expect(error?.traceback.join("\n")).toMatch(
      new RegExp(
        `load \\(cellule \\[${defined}\\], ligne 3, colonne 11\\)[\\s\\S]*cellule \\[${cellCount}\\], ligne 2, colonne 1`,
      ),
    );
  });

  test("after an await, and inside the package's sources, without a path of this machine", async () => {
    const { error } = await run(
      'import { median } from "essai";\nawait new Promise((resolve) => setTimeout(resolve, 5));\nmedian(new Float64Array(0));',
    );
    expect(error).toMatchObject({ ename: "RangeError", evalue: "aucune valeur", line: 3 });
    const traceback = error?.traceback.join("\n") ?? "";
    expect(traceback).toContain("../src/inner.ts:4:");
    expect(traceback).not.toContain(fixture.folder);
    expect(traceback).not.toMatch(/node_modules|launcher/);
  });

  test.each([
    ["a thrown string", 'const x = 1;\nthrow "un texte";', { evalue: "un texte", line: 2 }],
    [
      "a failed display",
      'const x = 1;\n\n({ [Symbol.for("Jupyter.display")]: () => { throw new Error("pas dessiné"); } })',
      { evalue: "pas dessiné", line: 3 },
    ],
    [
      "an unhandled rejection",
      'const x = 1;\nPromise.reject(new Error("jamais attendu"));',
      { evalue: "jamais attendu", line: 2 },
    ],
    [
      "an error in a timer",
      'setTimeout(() => {\n  throw new Error("en retard");\n}, 5);\nawait new Promise((resolve) => setTimeout(resolve, 500));',
      { evalue: "en retard", line: 2 },
    ],
    ["process.exit", "const x = 1;\nprocess.exit(3);", { ename: "ProcessExit", line: 2 }],
    ["an absent package", 'const x = 1;\nimport { y } from "paquet-absent";', { ename: "TypeScriptError", line: 2 }],
    ["an import that throws", 'const x = 1;\nimport "../src/broken.ts";', { evalue: "module cassé", line: 2 }],
  ])("%s", async (_, code, expected) => {
    fixture.write("src/broken.ts", 'throw new Error("module cassé");\n');
    const { status, error } = await run(code);
    expect(status).toBe("error");
    expect(error).toMatchObject(expected);
    expect(await plain("1 + 1")).toBe("2");
  });
});

describe("imports", () => {
  test("packages with only an import condition, top-level await or old resolution: vega, vega-lite, arquero, duckdb, danfojs", async () => {
    expect(await plain('import * as aq from "arquero";\naq.table({ a: [1, 2, 3] }).numRows()')).toBe("3");
    expect(
      await plain(
        'import * as vega from "vega";\nimport * as vl from "vega-lite";\nconst spec: vl.TopLevelSpec = { data: { values: [{ a: 1 }] }, mark: "bar", encoding: { x: { field: "a", type: "quantitative" } } };\ntypeof vega.parse(vl.compile(spec).spec)',
      ),
    ).toBe("'object'");
    // Its type comes from a package file that the cell does not name: "Debug Failure" on stock tslab.
    expect(
      await plain(
        'import { DuckDBInstance } from "@duckdb/node-api";\nconst connection = await (await DuckDBInstance.create(":memory:")).connect();\n(await connection.runAndReadAll("select 42 as x")).getRowObjects()',
      ),
    ).toBe("[ { x: 42 } ]");
    expect(await plain('import { DataFrame } from "danfojs";\nnew DataFrame([[1, 2]]).shape')).toBe("[ 1, 2 ]");
    expect(await plain('const { mean } = await import("simple-statistics");\nmean([1, 2])')).toBe("1.5");
  });

  test("the package by its name, typed; an edit two imports deep gives new code and new types", async () => {
    const cell =
      'import { outer, type Commune } from "essai";\nconst commune: Commune = { name: "Vif" };\nconsole.log(outer(), commune.name);';
    expect((await run(cell)).text).toBe("10 Vif\n");
    fixture.write(
      "src/inner.ts",
      "export interface Commune { readonly name: string; readonly code?: string }\nexport const inner = (): number => 25;\nexport const median = (): number => 0;\n",
    );
    const reloaded = await run(cell);
    expect(reloaded.text).toBe("250 Vif\n");
    expect(reloaded.ms).toBeLessThan(2_000);
    fixture.write(
      "src/outer.ts",
      'import { inner } from "./inner.ts";\nexport const outer = (): string => `maintenant ${inner()}`;\n',
    );
    expect(await plain('import { outer } from "essai";\nconst text: number = outer();')).toMatchObject({
      line: 2,
      evalue: "TS2322 Type 'string' is not assignable to type 'number'.",
    });
    expect(await plain('import { outer } from "essai";\nouter()')).toBe("'maintenant 25'");
  });

  test("a source that did not exist at the first try is found when it does", async () => {
    const cell = 'import { later } from "../src/later.ts";\nlater';
    expect(await plain(cell)).toMatchObject({ ename: "TypeScriptError" });
    fixture.write("src/later.ts", "export const later: number = 5;\n");
    expect(await plain(cell)).toBe("5");
  });

  test.runIf(existsSync(join(import.meta.dirname, "../../src/index.ts")))(
    "the project's own name works from a folder outside of it",
    async () => {
      expect(await plain('import { frenchNumber } from "quartiers";\nfrenchNumber(12, { decimals: 1 })')).toBe(
        "'12,0'",
      );
    },
  );
});

describe("a person at the keyboard", () => {
  test("an endless loop and an endless await can be interrupted, with their line", async () => {
    for (const endless of [
      "const x = 1;\nwhile (true) {}",
      "const x = 1;\nawait new Promise((resolve) => setTimeout(resolve, 60_000));",
    ]) {
      const interrupted = run(endless);
      while (kernel.position()?.cell !== cellCount || kernel.position()?.line !== 2) await sleep(10);
      await sleep(50);
      kernel.interrupt();
      expect((await interrupted).error).toMatchObject({ ename: "Interrupted", line: 2 });
      expect(await plain("1 + 1")).toBe("2");
    }
  });

  test("an interruption that comes while the cell is compiled is not lost", async () => {
    let error: unknown;
    cellCount++;
    await kernel.execute("while (true) {}", {
      stopOnError: false,
      onOutput: (type, content) => {
        if (type === "execute_input") kernel.interrupt();
        if (type === "error") error = content.ename;
      },
    });
    expect(error).toBe("Interrupted");
  });

  test("cells sent together keep their own outputs; an error stops those behind it", async () => {
    const all = await Promise.all(
      ["console.log('un'); 1", "await new Promise((r) => setTimeout(r, 30)); 2", "console.log('trois'); 3"].map(
        (code) => run(code),
      ),
    );
    expect(all.map(({ text, result }) => text + result?.["text/plain"])).toEqual(["un\n1", "2", "trois\n3"]);
    const stopped = await Promise.all([run("throw new Error('premier')", true), run("1", true)]);
    expect(stopped.map(({ status }) => status)).toEqual(["error", "aborted"]);
    await sleep(250);
  });

  test("an error that comes after its cell is shown under it", async () => {
    let late: unknown;
    await kernel.execute('setTimeout(() => { throw new Error("tardif"); }, 20);', {
      onOutput: (type, content) => {
        if (type === "error") late = content.evalue;
      },
    });
    cellCount++;
    await sleep(150);
    await kernel.settle();
    expect(late).toBe("tardif");
  });
});
