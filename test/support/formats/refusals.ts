import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "vitest";
import { QuartiersError } from "../../../src/codes/errors.ts";

/** A folder for the files of a test, and its end. */
export interface Scratch {
  readonly folder: string;
  /** Writes a file of that name and gives its path. */
  readonly file: (name: string, content: string | Uint8Array) => string;
  readonly path: (name: string) => string;
  readonly names: () => string[];
  readonly remove: () => void;
}

/** A new folder under the system's temporary one. */
export function scratch(): Scratch {
  const folder = mkdtempSync(join(tmpdir(), "quartiers-formats-"));
  const path = (name: string): string => join(folder, name);
  return {
    folder,
    path,
    file: (name, content) => {
      writeFileSync(path(name), content);
      return path(name);
    },
    names: () => readdirSync(folder).sort(),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The refusal of a task; fails when it succeeds, or fails otherwise than in words. */
export async function refusal(task: () => unknown): Promise<QuartiersError> {
  let value: unknown;
  try {
    value = await task();
  } catch (error) {
    if (!(error instanceof QuartiersError)) throw error;
    return error;
  }
  expect.fail(`rien n'a été refusé, mais donné : ${JSON.stringify(value)?.slice(0, 200)}`);
}

/** The outcome of a task on a damaged file: what it gave, or its refusal in words; any other error is a failure of the test that says how. */
export async function outcome<T>(how: string, task: () => T | Promise<T>): Promise<T | QuartiersError> {
  try {
    return await task();
  } catch (error) {
    if (error instanceof QuartiersError) return error;
    throw new Error(`${how}, une erreur sans mots`, { cause: error });
  }
}
