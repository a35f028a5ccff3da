import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { inspect } from "node:util";
import { describe, expect, test } from "vitest";

/** An example of a docstring: code whose last expression is followed by `// the value it prints`. */
interface Example {
  readonly file: string;
  readonly line: number;
  readonly code: string;
  readonly expected: string;
}

const folder = join(import.meta.dirname, "../src");

function examplesOf(file: string): Example[] {
  const text = readFileSync(join(folder, file), "utf8");
  return [...text.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap((comment) =>
    [...comment[0].matchAll(/```ts\n([\s\S]*?)```/g)].flatMap((block) => {
      const lines = (block[1] ?? "")
        .split("\n")
        .map((line) => line.replace(/^\s*\* ?/, ""))
        .filter((line) => line.trim() !== "");
      const last = lines.at(-1) ?? "";
      const line = text.slice(0, (comment.index ?? 0) + (block.index ?? 0)).split("\n").length;
      if (last.trim().startsWith("//"))
        return [{ file, line, code: lines.slice(0, -1).join("\n"), expected: last.trim().slice(2).trim() }];
      const parts = last.split(/\s\/\/\s/);
      if (parts.length < 2)
        return [{ file, line, code: lines.join("\n"), expected: "(aucune valeur attendue n'est écrite)" }];
      return [
        {
          file,
          line,
          code: [...lines.slice(0, -1), parts[0]].join("\n"),
          expected: parts.slice(1).join(" // ").trim(),
        },
      ];
    }),
  );
}

/** One spelling for what two writers may write differently: kinds of space and of quotes, blanks inside brackets, escapes. */
const plain = (text: string): string =>
  text
    .replace(/\\u202f|\\u00a0|[\u202f\u00a0]/g, " ")
    .replaceAll('\\"', '"')
    .replaceAll("'", '"')
    .replace(/\s+/g, " ")
    .replace(/(?<=[[{(]) | (?=[\]})])/g, "")
    .replace(/"(\w+)": ?/g, "$1: ")
    .trim();

/** Runs the example with the exports of its module (and of the codes) in scope. */
async function run({ file, code }: Example): Promise<unknown> {
  const own = await import(pathToFileURL(join(folder, file)).href);
  const codes = await Promise.all(
    ["code", "table", "french", "random", "errors", "lineage"].map(
      (name) => import(pathToFileURL(join(folder, `codes/${name}.ts`)).href),
    ),
  );
  const scope: Record<string, unknown> = Object.assign({}, ...codes, own);
  const lines = code.split("\n");
  // The expression may span lines: return the longest tail that parses.
  for (let start = lines.length - 1; start >= 0; start--) {
    const body = `${lines.slice(0, start).join("\n")}\nreturn (${lines.slice(start).join("\n").replace(/;\s*$/, "")});`;
    try {
      const AsyncFunction = (async () => undefined).constructor as new (
        ...args: string[]
      ) => (...values: unknown[]) => Promise<unknown>;
      const example = new AsyncFunction(...Object.keys(scope), body);
      return await example(...Object.values(scope));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  throw new Error("Cet exemple ne se lit pas.");
}

const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts") && !file.endsWith("cli.ts"))
  .map((file) => file.replaceAll("\\", "/"));
const examples = files.flatMap(examplesOf);

describe("the examples of the docstrings print what they say", () => {
  test("there are examples", () => expect(examples.length).toBeGreaterThan(8));
  test.each(examples.map((example) => [`${example.file}:${example.line}`, example] as const))(
    "%s",
    async (_, example) => {
      const value = await run(example);
      const printed = [
        inspect(value, { breakLength: Number.POSITIVE_INFINITY, depth: 6 }),
        JSON.stringify(value) ?? "undefined",
      ].map(plain);
      expect(printed).toContain(plain(example.expected));
    },
  );
});
