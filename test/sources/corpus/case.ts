import type { Contract } from "../../../src/sources/contract.ts";

/** Files of a case, by their path relative to the folder of the case. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** One damaged file, how it is read, and what must come of it. */
export interface Case {
  /** "CSV ; UTF-8", "XLSX"... */
  readonly format: string;
  /** How it is damaged, in French: it is printed when the case fails. */
  readonly damage: string;
  /** How it is read; its file is the first of `files` unless said. */
  readonly contract: Contract;
  /** Name of the file that every refusal must say. */
  readonly file: string;
  readonly files: Files;
  /** For what a text cannot hold: a pipe, a link, a sparse file. `path` is the one of `file`. */
  readonly make?: (path: string, folder: string) => void;
  /** "either": a refusal, or exactly the sound table. */
  readonly outcome: "refused" | "same" | "either";
  /** What the refusal must say. */
  readonly words?: RegExp;
  /** True where the refusal is about the conditions of use, and names the source rather than a file. */
  readonly unnamed?: boolean;
  /** "same" but for a text of the table that the damage changes: what it was, what it becomes. */
  readonly instead?: readonly [string, string];
  /** What no message may print: protected values. */
  readonly hidden?: readonly string[];
  /** Another reading than the loader's: of a lock, of a reader that no contract reaches yet. */
  readonly read?: (path: string, folder: string) => Promise<unknown>;
  /** Runs while the source is being read: to take the file away. */
  readonly meanwhile?: (path: string) => void;
}
