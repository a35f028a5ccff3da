import { SourceMap, type SourceMapPayload } from "node:module";
import type * as TypeScript from "@tslab/typescript-for-tslab";
import type { Compiler, Insertion } from "./compiler.ts";

/** A place in the text of a cell, as its author counts: lines and columns from 1. */
export interface CellPlace {
  readonly line: number;
  readonly column: number;
}

/** From a place in the JavaScript of a cell (from 1) to the place in the cell that it was made from, or null. */
export type MadePositions = (line: number, column: number) => CellPlace | null;

const inlineMap = /\n?\/\/# sourceMappingURL=data:application\/json;base64,([A-Za-z0-9+/=]+)\s*$/;
/** tslab writes `export {};` on a line of its own before the cell. */
const prefixLines = 1;

/** Follows a cell through the two steps that make JavaScript of it: TypeScript, then CommonJS. */
export class PositionMaps {
  #toModule: SourceMap | null = null;
  #toCommonJs: SourceMap | null = null;
  #insertions: readonly Insertion[] = [];
  #source = "";

  begin(insertions: readonly Insertion[], source: string): void {
    this.#toModule = null;
    this.#toCommonJs = null;
    this.#insertions = insertions;
    this.#source = source;
  }

  /** TypeScript's `transpileModule`, which keeps where each line came from. */
  transpile(typescript: Compiler, input: string, options: TypeScript.TranspileOptions): TypeScript.TranspileOutput {
    const [found, encoded] = inlineMap.exec(input) ?? [];
    if (found && encoded) this.#toModule = readMap(Buffer.from(encoded, "base64").toString("utf8"));
    const result = typescript.transpileModule(found ? input.slice(0, -found.length) : input, {
      ...options,
      compilerOptions: { ...options.compilerOptions, sourceMap: true },
    });
    if (result.sourceMapText) this.#toCommonJs = readMap(result.sourceMapText);
    return { ...result, outputText: result.outputText.replace(/\n?\/\/# sourceMappingURL=\S+\s*$/, "") };
  }

  /** The way back for the cell that was just compiled. */
  end(): MadePositions {
    const steps = [this.#toCommonJs, this.#toModule];
    const source = this.#source;
    const insertions = this.#insertions;
    return (line, column) => {
      let place = { line: line - 1, column: column - 1 };
      for (const step of steps) {
        const entry = step?.findEntry(place.line, place.column);
        if (!entry || !("originalLine" in entry) || entry.originalLine === undefined) return null;
        place = { line: entry.originalLine, column: entry.originalColumn };
      }
      const lineInCell = place.line - prefixLines;
      if (lineInCell < 0) return null;
      const lineStart = nthLineStart(source, lineInCell);
      const shift = insertions
        .filter(({ at }) => at >= lineStart)
        .reduce((total, { at, length }) => (at + total < lineStart + place.column ? total + length : total), 0);
      return { line: lineInCell + 1, column: Math.max(0, place.column - shift) + 1 };
    };
  }

  /** From an offset in the text given to the compiler to a place in the cell (lines and characters from 0, as tslab counts). */
  inSource(offset: number): { readonly offset: number; readonly line: number; readonly character: number } {
    let shift = 0;
    for (const { at, length } of this.#insertions) if (at + shift < offset) shift += length;
    const original = Math.min(Math.max(0, offset - shift), this.#source.length);
    const before = this.#source.slice(0, original).split("\n");
    return { offset: original, line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  }
}

const readMap = (text: string): SourceMap => new SourceMap(JSON.parse(text) as SourceMapPayload);

function nthLineStart(text: string, line: number): number {
  let start = 0;
  for (let count = 0; count < line; count++) start = text.indexOf("\n", start) + 1 || text.length;
  return start;
}
