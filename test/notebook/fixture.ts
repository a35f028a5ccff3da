import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Cell, Notebook, Output } from "../../src/notebook/nbformat.ts";
import { textOf } from "../../src/notebook/nbformat.ts";

const projectFolder = join(import.meta.dirname, "../..");

/** A package of its own with sources two imports deep and a folder of notebooks, out of the project. */
export class FixturePackage {
  readonly folder: string = mkdtempSync(join(tmpdir(), "quartiers-test-"));
  readonly notebooks: string = join(this.folder, "notebooks");

  constructor() {
    mkdirSync(this.notebooks);
    symlinkSync(join(projectFolder, "node_modules"), join(this.folder, "node_modules"), "junction");
    this.write("package.json", JSON.stringify({ name: "essai", type: "module", exports: { ".": "./src/index.ts" } }));
    this.write(
      "src/index.ts",
      'export { outer } from "./outer.ts";\nexport { type Commune, median } from "./inner.ts";\n',
    );
    this.write(
      "src/outer.ts",
      'import { inner } from "./inner.ts";\nexport const outer = (): number => 10 * inner();\n',
    );
    this.write(
      "src/inner.ts",
      'export interface Commune { readonly name: string }\nexport const inner = (): number => 1;\nexport function median(values: Float64Array): number {\n  if (values.length === 0) throw new RangeError("aucune valeur");\n  return values[values.length >> 1] ?? 0;\n}\n',
    );
  }

  write(file: string, text: string): string {
    const path = join(this.folder, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  /** Writes a notebook of code cells; returns its file. */
  notebook(
    name: string,
    sources: readonly (string | { readonly tags: readonly string[]; readonly source: string })[],
  ): string {
    return this.write(`notebooks/${name}.ipynb`, JSON.stringify(notebookOf(sources)));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function notebookOf(
  sources: readonly (string | { readonly tags: readonly string[]; readonly source: string })[],
): Notebook {
  const cells = sources.map((cell, index): Cell => {
    const { source, tags } = typeof cell === "string" ? { source: cell, tags: [] } : cell;
    return {
      cell_type: "code",
      id: `cellule-${index + 1}`,
      metadata: tags.length > 0 ? { tags } : {},
      source,
      outputs: [],
      execution_count: null,
    };
  });
  return {
    cells,
    metadata: { kernelspec: { name: "quartiers", display_name: "TypeScript (Quartiers)" } },
    nbformat: 4,
    nbformat_minor: 5,
  };
}

/** The text that a cell printed. */
export function printed(outputs: readonly Output[]): string {
  return outputs.map((output) => (output.output_type === "stream" ? textOf(output.text) : "")).join("");
}

/** The outputs of a cell of a result. */
export function outputsOf(notebook: Notebook, index: number): readonly Output[] {
  const cell = notebook.cells[index];
  return cell?.cell_type === "code" ? cell.outputs : [];
}
