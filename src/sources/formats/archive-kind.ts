import { archiveFault } from "./archive-member.ts";

/** Containers that publishers use. */
export type ArchiveKind = "zip" | "7z" | "gzip";

const magics: readonly (readonly [string, ArchiveKind])[] = [
  ["504b0304", "zip"],
  ["504b0506", "zip"],
  ["504b0708", "zip"],
  ["377abcaf271c", "7z"],
  ["1f8b08", "gzip"],
];

/**
 * What bytes are by their first ones; null when they begin no archive.
 * @example
 * ```ts
 * kindOf(Uint8Array.of(0x1f, 0x8b, 0x08, 0)) // "gzip"
 * ```
 */
export function kindOf(bytes: Uint8Array): ArchiveKind | null {
  const start = Buffer.from(bytes.subarray(0, 6)).toString("hex");
  return magics.find(([magic]) => start.startsWith(magic))?.[1] ?? null;
}

/** A member that is an archive is not data: opening archives in archives has no end (a file can hold itself). Workbooks are ZIP files, and are data. */
export function refuseNested(start: Uint8Array, where: string): void {
  const kind = kindOf(start);
  if (kind === null || (kind === "zip" && /\.(xlsx|xlsm|ods)$/i.test(where))) return;
  throw archiveFault("nested", where);
}
