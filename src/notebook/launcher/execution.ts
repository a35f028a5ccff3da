import { closeSync, openSync, writeSync } from "node:fs";
import { dirname, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { inspect } from "node:util";
import vm from "node:vm";
import type { CellCompiler, CellDiagnostic } from "./compiler.ts";
import { ImportFailure, type NativeImports, type ProjectSources } from "./imports.ts";
import type { CellPlace, MadePositions } from "./positions.ts";

/** A failed cell, in the words of the Jupyter protocol, with its place. */
export interface CellError {
  readonly ename: string;
  readonly evalue: string;
  readonly traceback: readonly string[];
  /** Line of the cell that failed, or null. */
  readonly line: number | null;
}

/** What the server gives to a cell that runs. */
export interface CellOutputs {
  /** The value of the last expression, as a MIME bundle. */
  result(data: Readonly<Record<string, unknown>>): void;
}

const displaySymbol = Symbol.for("Jupyter.display");
const frame = /\bcell-(\d+):(\d+):(\d+)/;
const hiddenFrames = /notebook\/launcher\/|tslab\/dist|node:vm|node:internal|typescript-for-tslab/;

/** Runs cells one after the other: compile, import, run, show. */
export class CellExecution {
  readonly #compiler: CellCompiler;
  readonly #imports: NativeImports;
  readonly #sources: ProjectSources;
  readonly #folder: string;
  readonly #exports: Record<string, unknown> = cellExports();
  readonly #positions = new Map<number, { readonly made: MadePositions; readonly source: string }>();
  readonly #thrown = new Map<unknown, string>();
  readonly #positionFile: number | null;
  #declarations = "";
  #running: { readonly cell: number; readonly fail: (reason: unknown) => void } | null = null;
  #line = 0;

  constructor(folder: string, compiler: CellCompiler, imports: NativeImports, sources: ProjectSources) {
    this.#folder = folder;
    this.#compiler = compiler;
    this.#imports = imports;
    this.#sources = sources;
    const { QUARTIERS_POSITION } = process.env;
    this.#positionFile = QUARTIERS_POSITION ? openSync(QUARTIERS_POSITION, "w", 0o600) : null;
  }

  /** Runs a cell; returns its error, or null. */
  async run(cell: number, source: string, outputs: CellOutputs): Promise<CellError | null> {
    this.#at(cell, firstLine(source));
    this.#compiler.filesChanged(this.#sources.refresh());
    this.#thrown.clear();
    const failed = new Promise<never>((_, reject) => {
      this.#running = { cell, fail: reject };
    });
    failed.catch(() => {});
    try {
      return await this.#run(cell, source, outputs, failed);
    } catch (error) {
      return this.describe(error, cell);
    } finally {
      this.#running = null;
    }
  }

  async #run(cell: number, source: string, outputs: CellOutputs, failed: Promise<never>): Promise<CellError | null> {
    if (/^\s*\/\*\*\s*@module\b/.test(source)) {
      return {
        ename: "UnsupportedCell",
        evalue: "Une cellule @module n’est pas prise en charge\u00a0: écrire ce code dans src/.",
        traceback: [],
        line: 1,
      };
    }
    const { diagnostics, javascript, declarations, lastExpression, positions } = this.#compiler.compile(
      this.#declarations,
      source,
    );
    if (diagnostics.length > 0) return describeTypeErrors(diagnostics, cell, source);
    this.#positions.set(cell, { made: positions, source });
    if (javascript) {
      try {
        await this.#imports.load(this.#compiler.typescript, javascript);
      } catch (error) {
        if (error instanceof ImportFailure) return this.#describeImport(error, cell, source);
        throw error;
      }
      await this.#runJavascript(cell, javascript, failed);
    }
    this.#declarations = declarations;
    if (lastExpression) {
      const value = this.#exports[lastExpression];
      delete this.#exports[lastExpression];
      if (value !== undefined && value !== null) outputs.result(await Promise.race([bundleOf(value), failed]));
    }
    return null;
  }

  /** The cell runs as an async function, so that nested `await` and `for await` need no rewriting. */
  async #runJavascript(cell: number, javascript: string, failed: Promise<never>): Promise<void> {
    const prefix = "(async function (exports, require, __at, __thrown) { ";
    // An interruption that came while the cell was compiled waits in the event loop: hear it before a computation that never ends.
    await Promise.race([turnOfEventLoop(), failed]);
    const body = vm.runInThisContext(`${prefix}${javascript}\n})`, {
      filename: `cell-${cell}`,
      columnOffset: -prefix.length,
    }) as (...values: unknown[]) => Promise<void>;
    const call = {
      body,
      values: [
        this.#exports,
        this.#imports.require,
        (line: number) => this.#at(cell, line),
        (value: unknown) => this.#keepThrown(value),
      ],
      done: Promise.resolve(),
    };
    (globalThis as Record<string, unknown>).__quartiersCall = call;
    // Called from a script, because only a script can be stopped by SIGINT while it computes.
    vm.runInThisContext("__quartiersCall.done = __quartiersCall.body(...__quartiersCall.values)", {
      filename: "node:vm",
      breakOnSigint: true,
    });
    delete (globalThis as Record<string, unknown>).__quartiersCall;
    await Promise.race([call.done, failed]);
    // Node reports an unhandled rejection after the microtasks: leave it the time to say so.
    await Promise.race([new Promise((resolve) => setImmediate(resolve)), failed]);
  }

  /** Fails the running cell from outside of it: an unhandled rejection, an interruption. Returns false when no cell runs. */
  fail(reason: unknown): boolean {
    this.#running?.fail(reason);
    return this.#running !== null;
  }

  interrupt(): void {
    this.fail(new Interruption());
  }

  inspect(source: string, position: number): unknown {
    return this.#compiler.inspect(this.#declarations, source, position);
  }

  complete(
    source: string,
    position: number,
  ): { readonly start: number; readonly end: number; readonly candidates: readonly string[] } {
    return this.#compiler.complete(this.#declarations, source, position);
  }

  close(): void {
    if (this.#positionFile !== null) closeSync(this.#positionFile);
  }

  /** Remembers which statement runs; in a file too, because a killed kernel tells nothing more. */
  #at(cell: number, line: number): void {
    this.#line = line;
    if (this.#positionFile !== null) writeSync(this.#positionFile, `${cell} ${line}`.padEnd(24), 0);
  }

  /** A thrown text has no stack: keep the one of the place that throws it. */
  #keepThrown(value: unknown): unknown {
    if (!(value instanceof Error)) this.#thrown.set(value, new Error().stack ?? "");
    return value;
  }

  /** An error as its author can read it: name, message, and places in cells and sources. */
  describe(error: unknown, cell: number): CellError {
    if (error instanceof Interruption || isNodeInterruption(error)) return this.#describeInterruption(cell);
    if (isCompilerFailure(error)) return describeCompilerFailure(error, this.#line, cell);
    const isError =
      error instanceof Error || (typeof error === "object" && error !== null && "stack" in error && "message" in error);
    const { name, message } = isError
      ? (error as Error)
      : { name: "Error", message: typeof error === "string" ? error : inspect(error) };
    const stack = isError ? String((error as Error).stack) : (this.#thrown.get(error) ?? "");
    const { frames, line } = this.#readStack(stack, cell);
    const causes = isError ? causesOf(error as Error) : [];
    return {
      ename: String(name || "Error"),
      evalue: this.#withoutMachine(String(message)),
      traceback: [`${name}: ${this.#withoutMachine(String(message))}`, ...frames, ...causes],
      line: line ?? (cell > 0 ? this.#line || null : null),
    };
  }

  /** The frames of a stack in cells and sources, and the line of the failed cell itself. */
  #readStack(stack: string, cell: number): { readonly frames: readonly string[]; readonly line: number | null } {
    const frames: string[] = [];
    let line: number | null = null;
    for (const text of stack.split("\n")) {
      if (!/^\s+at /.test(text) || hiddenFrames.test(text)) continue;
      const [found, inCell, madeLine, madeColumn] = frame.exec(text) ?? [];
      if (!found) {
        frames.push(this.#shortPath(text));
        continue;
      }
      const known = this.#positions.get(Number(inCell));
      const place = known?.made(Number(madeLine), Number(madeColumn));
      if (!place) continue;
      if (Number(inCell) === cell) line ??= place.line;
      const functionName = /at (?:async )?(.+?) \(/.exec(text)?.[1];
      const at = `cellule [${inCell}], ligne ${place.line}, colonne ${place.column}`;
      frames.push(
        functionName && functionName !== "eval" && functionName !== "Object.body"
          ? `    at ${functionName} (${at})`
          : `    at ${at}`,
      );
      if (frames.length === 1) frames.push(...excerpt(known?.source ?? "", place));
    }
    return { frames, line };
  }

  /** Paths are those of the notebook's folder: an executed notebook names no machine. */
  #shortPath(text: string): string {
    return text.replace(
      /\(?(file:\/\/[^\s)]+?|\/[^\s)]+?)(\?v=\d+)?((?::\d+){1,2})\)?$/,
      (_, path: string, _version, place: string) => {
        const file = path.startsWith("file:") ? fileURLToPath(path) : path;
        return `(${relative(this.#folder, file)}${place})`;
      },
    );
  }

  #withoutMachine(message: string): string {
    const parent = dirname(this.#folder);
    return parent === "/" ? message : message.replaceAll(`${this.#folder}/`, "").replaceAll(`${parent}/`, "../");
  }

  #describeImport({ specifier, cause }: ImportFailure, cell: number, source: string): CellError {
    const described = this.describe(cause, cell);
    const line =
      source.split("\n").findIndex((text) => text.includes(`"${specifier}"`) || text.includes(`'${specifier}'`)) + 1;
    return {
      ...described,
      line: line || null,
      traceback: [...described.traceback, `    at import "${specifier}" (cellule [${cell}], ligne ${line})`],
    };
  }

  #describeInterruption(cell: number): CellError {
    return {
      ename: "Interrupted",
      evalue: "La cellule a été interrompue.",
      traceback: [`Interrupted: cellule [${cell}], ligne ${this.#line}`],
      line: this.#line,
    };
  }
}

class Interruption extends Error {}

const isNodeInterruption = (error: unknown): boolean =>
  (error as { code?: unknown } | null)?.code === "ERR_SCRIPT_EXECUTION_INTERRUPTED";

/** An assertion inside the compiler: the cell is right, the compiler is not. */
const isCompilerFailure = (error: unknown): error is Error =>
  error instanceof Error && /^Debug Failure/.test(error.message);

function describeCompilerFailure(error: Error, line: number, cell: number): CellError {
  const evalue = `Le compilateur de tslab ne sait pas écrire le type d’une variable de cette cellule (${error.message.split("\n")[0]}). À faire\u00a0: couper l’expression en deux, ou annoter la variable avec un type importé.`;
  return { ename: "CompilerError", evalue, traceback: [`CompilerError: ${evalue}`, `    at cellule [${cell}]`], line };
}

/** tslab's store of the variables of all cells: an imported name can be assigned again, so definitions become plain values. */
function cellExports(): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  return new Proxy(values, {
    defineProperty(_target, name, { get, value }) {
      if (name !== "__esModule") values[name as string] = get ? get() : value;
      return true;
    },
  });
}

/** A value as a MIME bundle: its own (`Symbol.for("Jupyter.display")`, a promise or not), its HTML, or its text. */
async function bundleOf(value: unknown): Promise<Readonly<Record<string, unknown>>> {
  const displayed = value as { [displaySymbol]?: () => unknown; toHTML?: () => unknown };
  if (typeof displayed[displaySymbol] === "function")
    return (await displayed[displaySymbol]()) as Readonly<Record<string, unknown>>;
  if (typeof displayed.toHTML === "function")
    return { "text/html": String(displayed.toHTML()), "text/plain": inspect(value) };
  return { "text/plain": inspect(value) };
}

function describeTypeErrors(diagnostics: readonly CellDiagnostic[], cell: number, source: string): CellError {
  const lines = source.split("\n");
  const traceback = diagnostics.flatMap(({ start, code, messageText, fileName }) => {
    const line = Math.min(start.line + 1, lines.length);
    if (fileName) return [`${fileName}, ligne ${start.line + 1}\u00a0: TS${code} ${messageText}`];
    return [
      `cellule [${cell}], ligne ${line}, colonne ${start.character + 1}\u00a0: TS${code} ${messageText}`,
      ...excerpt(source, { line, column: start.character + 1 }),
    ];
  });
  const [first] = diagnostics;
  return {
    ename: "TypeScriptError",
    evalue: `TS${first?.code} ${first?.messageText}`,
    traceback,
    line: first && !first.fileName ? Math.min(first.start.line + 1, lines.length) : null,
  };
}

/** The line of a place, with a mark under it. */
function excerpt(source: string, { line, column }: CellPlace): string[] {
  const text = source.split("\n")[line - 1];
  return text === undefined ? [] : [`  ${text}`, `  ${" ".repeat(column - 1)}^`];
}

function causesOf(error: Error): string[] {
  const causes: string[] = [];
  for (let cause: unknown = error.cause; cause instanceof Error && causes.length < 5; cause = cause.cause)
    causes.push(`Cause\u00a0: ${cause.name}: ${cause.message}`);
  return causes;
}

/** One whole turn: a first immediate may come before the events are looked at, the second comes after. */
async function turnOfEventLoop(): Promise<void> {
  for (let phase = 0; phase < 2; phase++) await new Promise((resolve) => setImmediate(resolve));
}

const firstLine = (source: string): number => source.split("\n").findIndex((line) => line.trim() !== "") + 1 || 1;
