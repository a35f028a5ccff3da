import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join, sep } from "node:path";
import type * as TypeScript from "@tslab/typescript-for-tslab";
import { type MadePositions, PositionMaps } from "./positions.ts";

const require = createRequire(import.meta.url);

/** The version of tslab whose internals this launcher changes. */
const supportedVersion = "1.0.22";

export type Compiler = typeof TypeScript;

interface CellPosition {
  readonly offset: number;
  /** From 0. */
  readonly line: number;
  /** From 0. */
  readonly character: number;
}

/** A type error of a cell, as tslab gives it. */
export interface CellDiagnostic {
  readonly start: CellPosition;
  readonly end: CellPosition;
  readonly messageText: string;
  readonly code: number;
  readonly fileName?: string;
}

interface ConvertedCell {
  readonly diagnostics: readonly CellDiagnostic[];
  readonly output?: string;
  readonly declOutput?: string;
  readonly lastExpressionVar?: string;
}

interface Converter {
  convert(previousDeclarations: string, source: string): ConvertedCell;
  inspect(previousDeclarations: string, source: string, position: number): unknown;
  complete(
    previousDeclarations: string,
    source: string,
    position: number,
  ): { readonly start: number; readonly end: number; readonly candidates: readonly string[] };
  close(): void;
}

/** A cell in JavaScript, ready to run, or the type errors that forbid it. */
export interface CompiledCell {
  readonly diagnostics: readonly CellDiagnostic[];
  readonly javascript: string;
  /** Declarations of this cell and of those before it, which the next cell is checked against. */
  readonly declarations: string;
  readonly lastExpression: string | null;
  readonly positions: MadePositions;
}

/** tslab's compiler of cells, changed from the outside: strict types, modern resolution of modules, source positions. */
export interface CellCompiler {
  readonly typescript: Compiler;
  compile(previousDeclarations: string, source: string): CompiledCell;
  readonly inspect: Converter["inspect"];
  readonly complete: Converter["complete"];
  /** Tells the compiler that these files changed or appeared. */
  filesChanged(files: readonly string[]): void;
}

/**
 * Starts tslab's compiler in `folder`. tslab reads no tsconfig and has no extension point: the TypeScript module that it loads is replaced by a
 * changed copy before tslab loads it. This relies on tslab's internals, so another version is refused.
 */
export function createCellCompiler(
  folder: string,
  ownPackage: { readonly name: string; readonly entry: string } | null,
): CellCompiler {
  const { version } = require("tslab/package.json") as { version: string };
  if (version !== supportedVersion) {
    throw new Error(
      `Ce noyau change les rouages de tslab ${supportedVersion}, et tslab ${version} est installé. À faire\u00a0: npm ci, ou adapter src/notebook/launcher à cette version.`,
    );
  }
  const compilerId = require.resolve("@tslab/typescript-for-tslab");
  const original = require(compilerId) as Compiler;
  const maps = new PositionMaps();
  const watchers = new FileWatchers();

  // The module object has read-only getters: tslab gets a writable copy of it.
  const changed = Object.fromEntries(Object.entries(original)) as {
    -readonly [Name in keyof Compiler]: Compiler[Name];
  };
  const loaded = require.cache[compilerId];
  if (!loaded) throw new Error("TypeScript is not in the module cache.");
  loaded.exports = changed;

  changed.sys = watchers.watching(original.sys);
  changed.createWatchCompilerHost = ((roots: string[], options: TypeScript.CompilerOptions, ...rest: never[]) => {
    changeOptions(original, options, folder, ownPackage);
    const host = (
      original.createWatchCompilerHost as (
        ...args: unknown[]
      ) => TypeScript.WatchCompilerHost<TypeScript.BuilderProgram>
    )(roots, options, ...rest);
    changeBuilder(original, host, folder);
    resolveAnew(original, host, folder);
    return host;
  }) as unknown as Compiler["createWatchCompilerHost"];

  keepPaths(original);

  // 6059: not under rootDir. 5097 and 2691: the import ends with .ts. Node runs these files itself.
  // 2742: a type that other machines could not name. The declarations of cells never leave this one.
  const accepted = new Set([6059, 5097, 2691, 2742]);
  const internals = original as unknown as {
    getPreEmitDiagnosticsOfFiles(...args: unknown[]): TypeScript.Diagnostic[];
  };
  Object.assign(changed, {
    getPreEmitDiagnosticsOfFiles: (...args: unknown[]) =>
      internals.getPreEmitDiagnosticsOfFiles(...args).filter(({ code }) => !accepted.has(code)),
    transpileModule: (input: string, options: TypeScript.TranspileOptions) => maps.transpile(original, input, options),
  });

  const { createConverter } = require("tslab/dist/converter.js") as {
    createConverter(options: { isJS: boolean; isBrowser: boolean }): Converter;
  };
  const converter = createConverter({ isJS: false, isBrowser: false });

  return {
    typescript: original,
    compile(previousDeclarations, source) {
      const expanded = expandShorthands(original, source);
      maps.begin(expanded.insertions, source);
      const converted = converter.convert(previousDeclarations, expanded.text);
      const javascript = converted.output ?? "";
      return {
        diagnostics: converted.diagnostics.map((diagnostic) => ({
          ...diagnostic,
          start: maps.inSource(diagnostic.start.offset),
        })),
        javascript,
        declarations: converted.declOutput ?? "",
        lastExpression: converted.lastExpressionVar ?? null,
        positions: maps.end(),
      };
    },
    inspect: (...args) => converter.inspect(...args),
    complete: (...args) => converter.complete(...args),
    filesChanged: (files) => watchers.tell(original, files),
  };
}

/**
 * A copied source file loses its path, and TypeScript 5.0 then fails ("Paths must either both be absolute or both be relative") on a variable whose
 * type comes from a package that the cell does not import. Here a file without a path answers with one in
 * the same folder (its own would be looked up in tables that the copy does not have).
 */
function keepPaths(typescript: Compiler): void {
  const { objectAllocator } = typescript as unknown as {
    objectAllocator: { getSourceFileConstructor(): { prototype: object } };
  };
  const paths = new WeakMap<object, string>();
  Object.defineProperty(objectAllocator.getSourceFileConstructor().prototype, "path", {
    configurable: true,
    enumerable: true,
    get(this: { fileName: string }) {
      return paths.get(this) || `${this.fileName}.copy.ts`;
    },
    set(this: object, path: string) {
      paths.set(this, path);
    },
  });
}

function changeOptions(
  typescript: Compiler,
  options: TypeScript.CompilerOptions,
  folder: string,
  ownPackage: { readonly name: string; readonly entry: string } | null,
): void {
  Object.assign(options, {
    moduleResolution: typescript.ModuleResolutionKind.Bundler,
    customConditions: [],
    strict: true,
    disableTopLevelAwait: false,
    // Without the types of the browser: they take a fifth of the start and 70 MB. Without "types", every package of @types is read.
    lib: ["lib.es2023.d.ts"],
    types: ["node"],
    inlineSourceMap: true,
    // tslab's own "outDir" is relative, but the paths that TypeScript compares it with are absolute.
    outDir: join(folder, "outDir"),
    ...(ownPackage ? { paths: { [ownPackage.name]: [ownPackage.entry] } } : {}),
  });
}

/** tslab compiles every local file that a cell imports and refuses those above its folder. Node runs these files itself, so only the cell is emitted. */
function changeBuilder(
  typescript: Compiler,
  host: TypeScript.WatchCompilerHost<TypeScript.BuilderProgram>,
  folder: string,
): void {
  const cellFile = join(folder, "__tslab__.ts").split(sep).join("/");
  const outDir = join(folder, "outDir").split(sep).join("/");
  const wrap = (builder: TypeScript.BuilderProgram): TypeScript.BuilderProgram =>
    new Proxy(builder, {
      get(target, name) {
        if (name === "getAllDependencies") return () => [cellFile];
        if (name === "emit") {
          const emit: TypeScript.BuilderProgram["emit"] = (file, write, cancellation, onlyDeclarations, transformers) =>
            target.emit(
              file,
              (fileName, text, ...rest) => write?.(fileName.replace(outDir, "outDir"), text, ...rest),
              cancellation,
              onlyDeclarations,
              { ...transformers, before: [...(transformers?.before ?? []), markStatements(typescript)] },
            );
          return emit;
        }
        const value = Reflect.get(target, name) as unknown;
        return typeof value === "function" ? value.bind(target) : value;
      },
    });
  let receive: ((builder: TypeScript.BuilderProgram) => void) | undefined;
  Object.defineProperty(host, "afterProgramCreate", {
    get: () => receive,
    set(setByTslab: (builder: TypeScript.BuilderProgram) => void) {
      receive = (builder) => setByTslab(wrap(builder));
    },
  });
}

/**
 * The imports of a cell are looked for each time it is compiled: a file that was absent may have been written since. Other files keep what they found;
 * a source that changes is looked at anew by the compiler itself.
 */
function resolveAnew(
  typescript: Compiler,
  host: TypeScript.WatchCompilerHost<TypeScript.BuilderProgram>,
  folder: string,
): void {
  const packages = typescript.createModuleResolutionCache(folder, (name) => name);
  host.resolveModuleNameLiterals = (literals, containingFile, redirected, options) => {
    const isPackage = containingFile.includes("/node_modules/");
    return literals.map(({ text }) => {
      const remembered = isPackage || !text.startsWith(".") ? packages : undefined;
      return typescript.resolveModuleName(text, containingFile, options, host, remembered, redirected);
    });
  };
  host.hasInvalidatedResolutions = (file) => file.endsWith("/__tslab__.ts");
}

/**
 * Writes `__at(line)` before each statement of the cell, so that the kernel knows where it is even when it is interrupted or killed, and
 * `throw __thrown(value)`, so that a thrown text, which has no stack, keeps its place.
 */
function markStatements(typescript: Compiler): TypeScript.TransformerFactory<TypeScript.SourceFile> {
  const { factory, SyntaxKind } = typescript;
  const passive = new Set<TypeScript.SyntaxKind>([
    SyntaxKind.ImportDeclaration,
    SyntaxKind.ExportDeclaration,
    SyntaxKind.FunctionDeclaration,
    SyntaxKind.InterfaceDeclaration,
    SyntaxKind.TypeAliasDeclaration,
    SyntaxKind.EmptyStatement,
  ]);
  const call = (name: string, ...values: TypeScript.Expression[]): TypeScript.CallExpression =>
    factory.createCallExpression(factory.createIdentifier(name), undefined, values);
  return (context) => (file) => {
    const visit = (node: TypeScript.Node): TypeScript.Node => {
      const visited = typescript.visitEachChild(node, visit, context);
      return typescript.isThrowStatement(visited)
        ? factory.updateThrowStatement(visited, call("__thrown", visited.expression))
        : visited;
    };
    const statements = file.statements.flatMap((statement) => {
      const visited = typescript.visitNode(statement, visit) as TypeScript.Statement;
      if (passive.has(statement.kind)) return [visited];
      const line = file.getLineAndCharacterOfPosition(statement.getStart(file)).line; // the first line is tslab's prefix
      return [factory.createExpressionStatement(call("__at", factory.createNumericLiteral(line))), visited];
    });
    return factory.updateSourceFile(file, statements);
  };
}

/** A text put into the source before it is compiled: where (in the original text) and how long it is. */
export interface Insertion {
  readonly at: number;
  readonly length: number;
}

/** Writes `{ a }` as `{ a: a }`: tslab loses the shorthand of a variable made by an earlier cell. */
function expandShorthands(
  typescript: Compiler,
  source: string,
): { readonly text: string; readonly insertions: readonly Insertion[] } {
  const file = typescript.createSourceFile("cell.ts", source, typescript.ScriptTarget.ESNext, true);
  const names: TypeScript.Identifier[] = [];
  const visit = (node: TypeScript.Node): void => {
    if (typescript.isShorthandPropertyAssignment(node) && !node.objectAssignmentInitializer) names.push(node.name);
    typescript.forEachChild(node, visit);
  };
  visit(file);
  let text = "";
  let from = 0;
  const insertions: Insertion[] = [];
  for (const name of names) {
    const inserted = `: ${name.text}`;
    text += source.slice(from, name.getEnd()) + inserted;
    from = name.getEnd();
    insertions.push({ at: from, length: inserted.length });
  }
  return { text: text + source.slice(from), insertions };
}

type FileCallback = (fileName: string, kind: number) => void;

/**
 * The compiler's watchers, without watching: hundreds of files and whole folders of packages would be watched for nothing, and their news would
 * come at a random moment. The kernel looks at its sources before each cell and tells.
 */
class FileWatchers {
  readonly #files = new Map<string, Set<FileCallback>>();

  watching(system: TypeScript.System): TypeScript.System {
    const watched = Object.create(system) as TypeScript.System;
    watched.watchFile = (file, callback) => {
      const callbacks = this.#files.get(file) ?? new Set();
      callbacks.add(callback);
      this.#files.set(file, callbacks);
      return { close: () => callbacks.delete(callback) };
    };
    watched.watchDirectory = () => ({ close: () => {} });
    return watched;
  }

  tell(typescript: Compiler, files: readonly string[]): void {
    const { Changed, Deleted } = typescript.FileWatcherEventKind;
    for (const file of files)
      for (const callback of this.#files.get(file) ?? []) callback(file, existsSync(file) ? Changed : Deleted);
  }
}
