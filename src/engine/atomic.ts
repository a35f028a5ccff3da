import { randomBytes } from "node:crypto";
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { QuartiersError } from "../codes/errors.ts";

/**
 * Writes a file whole or not at all: a temporary file beside it, flushed to the disk, then renamed over it.
 * On failure the previous file is untouched. Missing folders are made.
 */
export async function writeFileAtomic(path: string, content: string | Uint8Array): Promise<void> {
  const temporary = siblingName(path, "tmp");
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(temporary, "wx");
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw explainWriting(error, path);
  }
}

/**
 * Replaces a folder whole or not at all: `fill` writes into a new sibling folder, which then takes the place of the previous one.
 * If `fill` throws, the previous folder is untouched and the new one is removed.
 * @returns what `fill` returns
 */
export async function replaceDirectory<T>(target: string, fill: (folder: string) => Promise<T>): Promise<T> {
  const folder = resolve(target);
  const fresh = siblingName(folder, "neuf");
  const previous = siblingName(folder, "ancien");
  try {
    await mkdir(fresh, { recursive: true });
    const result = await fill(fresh);
    await swap(folder, fresh, previous);
    return result;
  } catch (error) {
    throw explainWriting(error, target);
  } finally {
    await rm(fresh, { recursive: true, force: true }).catch(() => undefined);
    await rm(previous, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Two renames: the previous folder steps aside, the new one takes its name. If the second fails, the first is undone. */
async function swap(folder: string, fresh: string, previous: string): Promise<void> {
  const existed = await stat(folder).then(
    () => true,
    () => false,
  );
  if (existed) await rename(folder, previous);
  try {
    await rename(fresh, folder);
  } catch (error) {
    if (existed) await rename(previous, folder);
    throw error;
  }
}

const siblingName = (path: string, kind: string): string =>
  join(dirname(path), `.${basename(path)}.${kind}-${randomBytes(4).toString("hex")}`);

interface Explanation {
  readonly what: string;
  readonly remedy: string;
}

const explanations: Readonly<Record<string, Explanation>> = {
  ENOSPC: {
    what: "Le disque est plein\u00a0: rien n'a été remplacé",
    remedy: "libérer de la place, puis relancer la même commande",
  },
  EDQUOT: {
    what: "Le quota de disque est atteint\u00a0: rien n'a été remplacé",
    remedy: "libérer de la place, puis relancer la même commande",
  },
  EACCES: {
    what: "L'écriture n'est pas permise à cet endroit",
    remedy: "donner le droit d'écrire dans ce dossier, ou en choisir un autre",
  },
  EPERM: {
    what: "L'écriture n'est pas permise à cet endroit",
    remedy: "fermer le fichier s'il est ouvert ailleurs, et vérifier les droits du dossier",
  },
  EROFS: { what: "Ce disque est en lecture seule", remedy: "choisir un autre dossier de sortie" },
  EBUSY: { what: "Ce fichier est occupé par un autre programme", remedy: "le fermer, puis relancer la même commande" },
  EEXIST: {
    what: "Un fichier se trouve là où un dossier est attendu",
    remedy: "déplacer ce fichier, ou choisir un autre dossier de sortie",
  },
  ENOTDIR: {
    what: "Un fichier se trouve là où un dossier est attendu",
    remedy: "déplacer ce fichier, ou choisir un autre dossier de sortie",
  },
};

/** An error of the file system as a French sentence that says what to do; any other error is given back as it is. */
export function explainWriting(error: unknown, path: string): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const explanation = explanations[code];
  if (!explanation || error instanceof QuartiersError) return error;
  return new QuartiersError({ ...explanation, where: path, cause: error });
}
