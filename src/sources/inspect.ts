import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { QuartiersError } from "../codes/errors.ts";
import { eachPiece } from "../engine/chunks.ts";
import { sha256File } from "../engine/hash.ts";
import { checkText, endlessLine, LONGEST_LINE, lineAt, refusePage, type TextEncoding } from "./file-text.ts";

/** What a pass over the bytes of a file says of it. */
export interface Inspection {
  readonly sha256: string;
  readonly bytes: number;
}

/** Inspections of this process: the same file, unchanged, is walked through once. */
const known = new Map<string, Promise<Inspection>>();

/**
 * Walks through a file once: its fingerprint, and for a text the refusal of what is not the promised file (empty, a web page, another encoding, bytes
 * that are no text, a line without end, damaged accents). Memory is bounded. O(bytes), near the speed of the disk.
 * @param encoding null for a binary format, whose own reader checks it
 * @param file as printed in messages
 */
export async function inspectFile(path: string, file: string, encoding: TextEncoding | null): Promise<Inspection> {
  const { size, mtimeMs, ino } = statSync(path);
  const key = `${path} ${size} ${mtimeMs} ${ino} ${encoding}`;
  const found = known.get(key) ?? inspect(path, file, encoding, size);
  known.set(key, found);
  found.catch(() => known.delete(key));
  return found;
}

async function inspect(path: string, file: string, encoding: TextEncoding | null, size: number): Promise<Inspection> {
  if (size === 0)
    throw new QuartiersError({
      what: "Le fichier est vide",
      where: file,
      expected: "le fichier de données du producteur",
      remedy: "le télécharger de nouveau",
    });
  if (encoding === null) return { sha256: await sha256File(path), bytes: size };
  const hash = createHash("sha256");
  let [lineBefore, isUtf8Throughout, firstAccentLine] = [0, true, 0];
  const failures: unknown[] = [];
  /** Lines are counted only when a message needs them. */
  const linesUntil = (offset: number): number => {
    let lines = 0;
    eachPiece(path, (piece, at) => {
      if (at >= offset) return false;
      lines += lineAt(piece, Math.min(piece.length, offset - at)) - 1;
      return at + piece.length < offset;
    });
    return lines;
  };
  eachPiece(path, (piece, offset) => {
    hash.update(piece);
    try {
      if (offset === 0) refusePage(piece, file);
      if (piece.length > LONGEST_LINE && piece.indexOf(10) < 0)
        throw endlessLine(`${file}, ligne ${linesUntil(offset) + 1}`);
      const found = checkText(piece, encoding, file, () => {
        lineBefore = linesUntil(offset);
        return lineBefore;
      });
      if (encoding === "latin1" && !found.isAscii) {
        if (!found.isUtf8) isUtf8Throughout = false;
        else if (firstAccentLine === 0) firstAccentLine = linesUntil(offset) + found.firstAccentLine;
      }
      return true;
    } catch (error) {
      failures.push(error);
      return false;
    }
  });
  if (failures.length > 0) throw failures[0];
  if (encoding === "latin1" && isUtf8Throughout && firstAccentLine > 0) {
    throw new QuartiersError({
      what: "Le fichier est en UTF-8, alors que son contrat annonce Latin-1",
      where: `${file}, ligne ${firstAccentLine}`,
      expected: "un fichier en Latin-1 (ISO 8859-1)",
      remedy: "demander le fichier d'origine à son producteur, ou changer encoding dans le contrat de la source",
    });
  }
  return { sha256: hash.digest("hex"), bytes: size };
}
