import { open } from "node:fs/promises";
import { basename } from "node:path";
import { crc32, createInflateRaw } from "node:zlib";
import { zipSync } from "fflate";
import { QuartiersError } from "../../codes/errors.ts";
import { refusePage } from "../file-text.ts";
import { archiveFault, SMALL_BYTES, tooDense } from "./archive-member.ts";
import { through } from "./guarded-write.ts";
import { type OpenZip, openZip, type ZipMember } from "./zip-archive.ts";

/** A sheet of a million rows and a hundred columns; over it, a text does not fit in the engine of JavaScript. */
const MAX_PART_BYTES = 500e6;
const MAX_RATIO = 400;

/** Parts that hold no cell: they are not opened. */
const unread = /^(docProps|customXml)\/|^xl\/(media|drawings|charts|embeddings|printerSettings|externalLinks)\//i;

/**
 * The parts of a workbook that hold cells, each with its CRC-32 checked, as a ZIP file in memory: the reader of workbooks checks no checksum, and reads
 * some archives otherwise than their directory says.
 * @throws QuartiersError when the file is no .xlsx workbook, is damaged, or would not fit in memory
 */
export async function workbookParts(path: string, name?: string): Promise<{ file: string; bytes: Uint8Array }> {
  const file = name ?? basename(path);
  await refuseOtherFormats(path, file);
  const opened = await openZip(path, { maxBytes: 2e9, maxRatio: MAX_RATIO }, file);
  try {
    const members = opened.members.filter(({ path: part }) => /\.(xml|rels)$/i.test(part) && !unread.test(part));
    if (!opened.members.some(({ path: part }) => /^xl\/workbook\.xml$/i.test(part))) throw notWorkbook(opened, file);
    const parts: Record<string, [Uint8Array, { level: 0 }]> = {};
    for (const member of members) parts[member.path] = [await partOf(opened, member, file), { level: 0 }];
    return { file, bytes: zipSync(parts, { mtime: "1980-01-01" }) };
  } finally {
    opened.zip.close();
  }
}

async function refuseOtherFormats(path: string, file: string): Promise<void> {
  const start = Buffer.alloc(1024);
  const handle = await open(path, "r").catch((error: unknown) => {
    throw unreadable(file, error);
  });
  const { bytesRead } = await handle
    .read(start, 0, start.length, 0)
    .catch((error: unknown) => {
      throw unreadable(file, error);
    })
    .finally(() => handle.close());
  const bytes = start.subarray(0, bytesRead);
  refusePage(bytes, file);
  if (bytes.subarray(0, 2).toString("latin1") === "PK") return;
  const isOld = bytes.subarray(0, 4).toString("hex") === "d0cf11e0";
  throw new QuartiersError({
    what: isOld
      ? "Le classeur est protégé par un mot de passe, ou d'un format ancien (.xls)"
      : "Le fichier n'est pas un classeur Excel",
    ...(isOld || bytes.length === 0 ? {} : { value: `premiers octets ${bytes.subarray(0, 8).toString("hex")}` }),
    where: file,
    expected: "un classeur .xlsx",
    remedy: isOld
      ? "l'ouvrir dans un tableur, ôter le mot de passe, et l'enregistrer au format .xlsx"
      : "vérifier que c'est le fichier du producteur",
  });
}

const unreadable = (file: string, cause: unknown): QuartiersError =>
  new QuartiersError({
    what: "Le classeur ne peut pas être lu",
    where: file,
    remedy: "vérifier que c'est un fichier et que l'on a le droit de le lire",
    cause,
  });

function notWorkbook({ members }: OpenZip, file: string): QuartiersError {
  const paths = members.map(({ path }) => path);
  const other = paths.some((path) => /^xl\/workbook\.bin$/i.test(path))
    ? "un classeur binaire (.xlsb)"
    : paths.includes("content.xml")
      ? "un document OpenDocument (.ods)"
      : "une archive ZIP";
  return new QuartiersError({
    what: `Le fichier n'est pas un classeur .xlsx, mais ${other}`,
    where: file,
    expected: "un classeur .xlsx",
    remedy: "l'ouvrir dans un tableur, et l'enregistrer au format .xlsx",
  });
}

/** The bytes of a part, whole: its closing tag is there. */
async function partOf({ zip }: OpenZip, { entry, path, bytes, packedBytes }: ZipMember, file: string): Promise<Buffer> {
  const where = `${file}, partie ${path}`;
  if (entry.isEncrypted()) throw archiveFault("encrypted", where);
  if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) throw archiveFault("method", where);
  if (bytes > MAX_PART_BYTES || (bytes > SMALL_BYTES && bytes > MAX_RATIO * packedBytes))
    throw tooDense(bytes, packedBytes, MAX_RATIO, where);
  const chunks: Uint8Array[] = [];
  let read = 0;
  try {
    const packed = await zip.openReadStreamPromise(entry, { decodeFileData: false });
    for await (const chunk of entry.compressionMethod === 0 ? packed : through(packed, createInflateRaw())) {
      read += chunk.length;
      if (read > bytes) break;
      chunks.push(chunk as Uint8Array);
    }
  } catch (error) {
    throw archiveFault("damaged", where, { cause: error });
  }
  if (read !== bytes) throw archiveFault("size", where, { value: `${read} octets`, expected: `${bytes} octets` });
  const content = Buffer.concat(chunks);
  if (crc32(content) !== entry.crc32) throw archiveFault("crc", where);
  const root = /<((?:\w+:)?\w+)[\s>/]/.exec(
    content
      .subarray(0, 4096)
      .toString("latin1")
      .replace(/<\?[^>]*>/, ""),
  )?.[1];
  if (content.includes("<!DOCTYPE") || content.includes("<!ENTITY"))
    throw new QuartiersError({
      what: "Une partie du classeur définit des entités XML, ce qu'aucun tableur n'écrit\u00a0: c'est une bombe",
      where,
      expected: "du XML sans DOCTYPE",
      remedy: "ne pas ouvrir ce classeur\u00a0: le redemander à son producteur",
    });
  const tail = content.subarray(-256).toString("latin1").trimEnd();
  if (root === undefined || !(tail.endsWith(`</${root}>`) || tail.endsWith("/>")))
    throw archiveFault("truncated", where);
  return content;
}
