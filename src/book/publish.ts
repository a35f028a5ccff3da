import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { QuartiersError } from "../codes/errors.ts";
import { sha256 } from "../engine/hash.ts";

/** The lock of the builds into one folder: two territories may be built side by side, the same reports may not. */
export const lockOf = (root: string, out: string): string =>
  join(root, ".quartiers", `livre-${sha256(out).slice(0, 12)}.verrou`);

/** Runs a build alone: a second one on the same folder is refused while the first lives. The lock of a dead process is taken over. */
export async function alone<T>(lock: string, work: () => Promise<T>): Promise<T> {
  mkdirSync(dirname(lock), { recursive: true });
  take(lock);
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

function take(lock: string): void {
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const file = openSync(lock, "wx");
      writeSync(file, String(process.pid));
      closeSync(file);
      return;
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code !== "EEXIST") throw cause;
      const holder = Number(readFileSync(lock, "utf8"));
      if (attempt > 0 || isAlive(holder)) {
        throw new QuartiersError({
          what: "Une autre construction du livre est en cours",
          value: `processus ${holder}`,
          remedy: `attendre sa fin, ou effacer ${lock} si ce processus n'est pas une construction`,
          cause,
        });
      }
      rmSync(lock, { force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * Puts back what a build killed in the middle of its swap had set aside, and clears what dead builds left. Called under the lock, so that no living
 * build is touched. An entry that stands in `out` again is newer than the one set aside, and stays.
 */
export function recover(out: string): void {
  const folder = dirname(out);
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(`${basename(out)}.tmp-`)) continue;
    const kept = join(folder, name, "precedent");
    if (existsSync(kept)) {
      mkdirSync(out, { recursive: true });
      for (const entry of readdirSync(kept))
        if (!existsSync(join(out, entry))) renameSync(join(kept, entry), join(out, entry));
    }
    rmSync(join(folder, name), { recursive: true, force: true });
  }
}

/** Builds in a temporary sibling of `out`, then swaps the named entries in. Whatever fails before the swap leaves `out` untouched; so does a swap that fails midway. */
export async function publish<T>(
  out: string,
  names: readonly string[],
  make: (staging: string) => Promise<T>,
): Promise<T> {
  recover(out);
  const staging = `${out}.tmp-${process.pid}`;
  mkdirSync(staging, { recursive: true });
  try {
    const made = await make(staging);
    swap(staging, out, names);
    return made;
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

function swap(staging: string, out: string, names: readonly string[]): void {
  mkdirSync(out, { recursive: true });
  const kept = join(staging, "precedent");
  mkdirSync(kept);
  const moved: { readonly from: string; readonly to: string }[] = [];
  const move = (from: string, to: string): void => {
    renameSync(from, to);
    moved.push({ from, to });
  };
  try {
    for (const name of names) if (existsSync(join(out, name))) move(join(out, name), join(kept, name));
    for (const name of names) move(join(staging, name), join(out, name));
  } catch (error) {
    for (const { from, to } of moved.reverse()) renameSync(to, from);
    throw error;
  }
}
