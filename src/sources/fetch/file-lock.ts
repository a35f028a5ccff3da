import { randomBytes } from "node:crypto";
import { link, mkdir, open, readFile, rename, rm, stat, utimes } from "node:fs/promises";
import { hostname } from "node:os";
import { basename, dirname } from "node:path";
import { setTimeout } from "node:timers/promises";
import { explainWriting } from "../../engine/atomic.ts";
import { FetchFault } from "./faults.ts";

/** A lock of another machine (a shared folder) is kept fresh by its owner; older than this, its owner is gone. */
const STALE_MS = 120_000;
const HEARTBEAT_MS = 20_000;

interface Owner {
  readonly pid: number;
  readonly host: string;
  readonly token: string;
}

/**
 * Runs a task while this process alone holds a lock file; another process, or another task of this one, waits and then gives up.
 * The lock of a process that died is taken over.
 * @param waitMs how long to wait for the other, in milliseconds
 */
export async function withFileLock<T>(path: string, task: () => Promise<T>, waitMs = 0): Promise<T> {
  const owner: Owner = { pid: process.pid, host: hostname(), token: randomBytes(8).toString("hex") };
  const deadline = performance.now() + waitMs;
  await mkdir(dirname(path), { recursive: true }).catch((error) => {
    throw explainWriting(error, dirname(path));
  });
  for (;;) {
    if (await take(path, owner)) break;
    if (await removeIfDead(path)) continue;
    if (performance.now() >= deadline) throw busy(path);
    await setTimeout(25);
  }
  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined);
  }, HEARTBEAT_MS);
  heartbeat.unref();
  try {
    return await task();
  } finally {
    clearInterval(heartbeat);
    if ((await ownerOf(path))?.token === owner.token) await rm(path, { force: true });
  }
}

/** Makes the lock file, unless there is one. */
async function take(path: string, owner: Owner): Promise<boolean> {
  try {
    const file = await open(path, "wx");
    await file.writeFile(JSON.stringify(owner)).finally(() => file.close());
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw explainWriting(error, path);
  }
}

async function ownerOf(path: string): Promise<Owner | undefined> {
  try {
    return JSON.parse(await readFile(path, "utf8")) as Owner;
  } catch {
    return undefined; // removed meanwhile, or being written
  }
}

async function isDead(path: string, owner: Owner | undefined): Promise<boolean> {
  if (owner?.host === hostname()) {
    try {
      process.kill(owner.pid, 0);
      return false;
    } catch (error) {
      return (error as NodeJS.ErrnoException).code === "ESRCH";
    }
  }
  const age = await stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  );
  return age > STALE_MS;
}

/**
 * Steps the lock of a dead process aside, and says whether it did. If another process has just taken it over, what was stepped aside is that
 * one's lock: it is given back.
 */
async function removeIfDead(path: string): Promise<boolean> {
  const dead = await ownerOf(path);
  if (!(await isDead(path, dead))) return false;
  const aside = `${path}.${randomBytes(4).toString("hex")}`;
  try {
    await rename(path, aside);
    if ((await ownerOf(aside))?.token !== dead?.token) await link(aside, path).catch(() => undefined);
    return true;
  } catch {
    return false; // another process did it first
  } finally {
    await rm(aside, { force: true });
  }
}

function busy(path: string): FetchFault {
  return new FetchFault("busy", {
    what: "Un autre «\u202fquartiers fetch\u202f» est en train d'écrire ce fichier",
    where: basename(path).replace(/\.verrou$/, ""),
    remedy: "attendre qu'il finisse, puis relancer la même commande",
  });
}
