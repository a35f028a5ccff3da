import { statSync } from "node:fs";
import { createRequire, isBuiltin, registerHooks } from "node:module";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import type { Compiler } from "./compiler.ts";

/** How the launcher asks for a package as an import written in the notebook's folder would. */
const fromCell = "quartiers-cell:";

const isLocalSource = (url: string): boolean =>
  url.startsWith("file:") && !url.includes("/node_modules/") && /\.m?ts$/.test(new URL(url).pathname);

/**
 * Project sources are imported under an address that changes when any of them changes: running an import cell again after an edit gives the new
 * code, however deep the edit. All project modules are then new: what they keep in memory (an open database) is opened again.
 */
export class ProjectSources {
  readonly #seen = new Map<string, string>();
  #version = 0;

  constructor(folder: string) {
    const cell = pathToFileURL(join(folder, "cell.js")).href;
    registerHooks({
      resolve: (specifier, context, next) => {
        const found = specifier.startsWith(fromCell)
          ? next(specifier.slice(fromCell.length), { ...context, parentURL: cell })
          : next(specifier, context);
        return isLocalSource(found.url) ? { ...found, url: this.address(fileURLToPath(found.url)) } : found;
      },
    });
  }

  /** Looks at every source imported so far; returns those that changed since the last look. */
  refresh(): string[] {
    const changed: string[] = [];
    for (const [file, stamp] of this.#seen) {
      const now = stampOf(file);
      if (now === stamp) continue;
      this.#seen.set(file, now);
      changed.push(file);
    }
    if (changed.length > 0) this.#version++;
    return changed;
  }

  /** The present address of a source. */
  address(file: string): string {
    if (!this.#seen.has(file)) this.#seen.set(file, stampOf(file));
    return `${pathToFileURL(file).href}?v=${this.#version}`;
  }
}

function stampOf(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false });
  return found ? `${found.mtimeMs} ${found.size}` : "";
}

/** A package that cells can name although their folder is outside of it: the project itself. */
export interface OwnPackage {
  readonly name: string;
  readonly entry: string;
}

/** The project's own package, unless the notebook's folder finds one of that name by itself (it is inside the project, or has it installed). */
export function findOwnPackage(folder: string, projectFolder: string): OwnPackage | null {
  const { name, exports } = createRequire(import.meta.url)(join(projectFolder, "package.json")) as {
    name: string;
    exports: Record<string, string>;
  };
  const entry = exports["."];
  if (!entry) return null;
  try {
    createRequire(join(folder, "cell.js")).resolve(name);
    return null;
  } catch {
    return { name, entry: resolve(projectFolder, entry) };
  }
}

/** An import that failed, with the specifier that the cell wrote. */
export class ImportFailure extends Error {
  readonly specifier: string;

  constructor(specifier: string, cause: unknown) {
    super(`Import failed: ${specifier}`, { cause });
    this.specifier = specifier;
  }
}

/**
 * tslab turns `import` into `require`, which refuses packages with top-level await (vega). Every module that a compiled cell requires is imported
 * natively before the cell runs, and `require` serves it.
 */
export class NativeImports {
  readonly #modules = new Map<string, unknown>();
  readonly #folder: string;
  readonly #ownPackage: OwnPackage | null;
  readonly #sources: ProjectSources;
  readonly #require: NodeJS.Require;

  constructor(folder: string, ownPackage: OwnPackage | null, sources: ProjectSources) {
    this.#folder = folder;
    this.#sources = sources;
    this.#ownPackage = ownPackage;
    this.#require = createRequire(join(folder, "cell.js"));
  }

  /** Imports all that the JavaScript of a cell names. Throws `ImportFailure`. */
  async load(typescript: Compiler, javascript: string): Promise<void> {
    for (const { fileName: specifier } of typescript.preProcessFile(javascript, true, true).importedFiles) {
      if (specifier === "tslab" || isBuiltin(specifier) || specifier.endsWith(".json")) continue;
      const address = this.#address(specifier);
      if (this.#modules.has(specifier) && !isLocalSource(address)) continue;
      try {
        this.#modules.set(specifier, asCommonJs(await import(address)));
      } catch (error) {
        throw new ImportFailure(specifier, error);
      }
    }
  }

  /** The `require` of the cells. */
  readonly require = (specifier: string): unknown => {
    if (this.#modules.has(specifier)) return this.#modules.get(specifier);
    if (specifier === "tslab") return createRequire(import.meta.url)("tslab");
    return this.#require(specifier);
  };

  #address(specifier: string): string {
    const file = this.#file(specifier);
    if (file === null) return fromCell + specifier;
    const url = pathToFileURL(file).href;
    return isLocalSource(url) ? this.#sources.address(file) : url;
  }

  #file(specifier: string): string | null {
    if (specifier.startsWith(".")) return resolve(this.#folder, specifier);
    if (specifier === this.#ownPackage?.name) return this.#ownPackage.entry;
    try {
      return this.#require.resolve(specifier);
    } catch {
      return null; // a package with only an "import" condition, or none at all
    }
  }
}

/** A native module, as the CommonJS that TypeScript writes expects it. */
function asCommonJs(namespace: Record<string, unknown>): unknown {
  const commonJs = namespace["module.exports"];
  if (commonJs !== undefined) return commonJs;
  return new Proxy(namespace, { get: (target, name) => (name === "__esModule" ? true : target[name as string]) });
}
