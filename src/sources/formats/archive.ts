import { open } from "node:fs/promises";
import { basename } from "node:path";
import { QuartiersError } from "../../codes/errors.ts";
import { type Progress, silentProgress } from "../../engine/progress.ts";
import { refusePage } from "../file-text.ts";
import { type ArchiveKind, kindOf } from "./archive-kind.ts";
import { type ArchiveMember, chooseMember, defaultLimits, type ExtractLimits } from "./archive-member.ts";
import { extractGzip, gzipMember } from "./gzip-archive.ts";
import { extractSevenZipMember, sevenZipMembers } from "./seven-zip.ts";
import { extractZipMember, openZip } from "./zip-archive.ts";

export type { ArchiveKind } from "./archive-kind.ts";
export type { ArchiveMember, ExtractLimits } from "./archive-member.ts";

export interface ArchiveOptions extends Partial<ExtractLimits> {
  /** The archive's name in messages; its base name by default. */
  readonly file?: string;
}

/** What a file is by its first bytes; null when it is no archive. An Office workbook is a ZIP file too: ask only where an archive is expected. */
export async function archiveKind(path: string): Promise<ArchiveKind | null> {
  return kindOf(await firstBytes(path));
}

/** Whether a file is an archive by its first bytes, whatever its name. */
export async function isArchive(path: string): Promise<boolean> {
  return (await archiveKind(path)) !== null;
}

/**
 * The members of an archive, in the order of its directory; folders end with "/".
 * @throws QuartiersError when the file is no archive, or one that is truncated, damaged or hostile
 */
export async function listMembers(path: string, options: ArchiveOptions = {}): Promise<readonly ArchiveMember[]> {
  const { limits, file } = settled(path, options);
  const kind = await expectArchive(path, file);
  if (kind === "gzip") return [await gzipMember(path, file)];
  if (kind === "7z") return (await sevenZipMembers(path, limits, file)).map(declared);
  const { zip, members } = await openZip(path, limits, file);
  zip.close();
  return members.map(declared);
}

/**
 * Extracts one member of an archive to a plain file, whole or not at all. The bytes flow to the disk: memory does not grow with the member.
 * @param pattern path or base name of the member; `*` stands for any run of characters
 * @returns the path of the member in the archive
 * @throws QuartiersError when no member or several answer the pattern, and for every damage: truncated, wrong checksum or size, encrypted,
 *   hostile paths, bombs, an archive in an archive, a web page under an archive's name
 */
export async function extractMember(
  path: string,
  pattern: string,
  targetPath: string,
  options: ArchiveOptions = {},
  progress: Progress = silentProgress,
): Promise<string> {
  const { limits, file } = settled(path, options);
  const kind = await expectArchive(path, file);
  if (kind === "gzip") {
    const member = chooseMember([await gzipMember(path, file)], pattern, file);
    await extractGzip(path, targetPath, limits, file, progress);
    return member.path;
  }
  if (kind === "7z") {
    const members = await sevenZipMembers(path, limits, file);
    const member = chooseMember(members, pattern, file);
    await extractSevenZipMember(path, members, member, targetPath, limits, file, progress);
    return member.path;
  }
  const opened = await openZip(path, limits, file);
  try {
    const member = chooseMember(opened.members, pattern, file);
    await extractZipMember(opened, member, targetPath, limits, file, progress);
    return member.path;
  } finally {
    opened.zip.close();
  }
}

const declared = ({ path, bytes, packedBytes }: ArchiveMember): ArchiveMember => ({ path, bytes, packedBytes });

function settled(path: string, { file, ...limits }: ArchiveOptions): { limits: ExtractLimits; file: string } {
  return { limits: { ...defaultLimits, ...limits }, file: file ?? basename(path) };
}

async function firstBytes(path: string): Promise<Buffer> {
  const handle = await open(path, "r").catch((error: unknown) => {
    throw new QuartiersError({
      what: "L'archive ne peut pas être lue",
      where: basename(path),
      remedy: "vérifier que c'est un fichier et que l'on a le droit de le lire",
      cause: error,
    });
  });
  try {
    const buffer = Buffer.alloc(1024);
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, 0);
    return buffer.subarray(0, bytesRead);
  } catch (error) {
    throw new QuartiersError({
      what: "L'archive ne peut pas être lue",
      where: basename(path),
      remedy: "vérifier que c'est un fichier, et non un dossier",
      cause: error,
    });
  } finally {
    await handle.close();
  }
}

async function expectArchive(path: string, file: string): Promise<ArchiveKind> {
  const bytes = await firstBytes(path);
  const kind = kindOf(bytes);
  if (kind) return kind;
  refusePage(bytes, file);
  const isEmpty = bytes.length === 0;
  throw new QuartiersError({
    what: isEmpty ? "L'archive est vide" : "Le fichier porte le nom d'une archive, mais n'en est pas une",
    ...(isEmpty ? {} : { value: `premiers octets ${bytes.subarray(0, 8).toString("hex")}` }),
    where: file,
    expected: "une archive ZIP, 7z ou gzip",
    remedy: "le télécharger de nouveau, ou corriger le nom du fichier dans le contrat de la source",
  });
}
