import { type CellObject, utils, type WorkSheet, write } from "@e965/xlsx";
import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";

export type XlsxCell = string | number | boolean | null | CellObject;

export interface XlsxSheet {
  readonly rows: readonly (readonly XlsxCell[])[];
  /** "A1:B2": cells merged into one. */
  readonly merges?: readonly string[];
}

/** An Excel workbook by its writer: one sheet for each name. */
export function writeXlsx(
  sheets: Readonly<Record<string, XlsxSheet>>,
  { date1904 = false }: { date1904?: boolean } = {},
): Buffer {
  const workbook = utils.book_new();
  for (const [name, { rows, merges = [] }] of Object.entries(sheets)) {
    const sheet: WorkSheet = utils.aoa_to_sheet(rows.map((row) => [...row]));
    sheet["!merges"] = merges.map((range) => utils.decode_range(range));
    utils.book_append_sheet(workbook, sheet, name);
  }
  workbook.Workbook = { WBProps: { date1904 } };
  return write(workbook, { type: "buffer", bookType: "xlsx", compression: true }) as Buffer;
}

/** The same ZIP file with the text of some members changed, under right checksums. */
export function editZip(bytes: Uint8Array, edit: (name: string, text: string) => string): Buffer {
  const members = Object.entries(unzipSync(bytes)).map(([name, content]) => {
    const text = strFromU8(content);
    const changed = edit(name, text);
    return [name, changed === text ? content : strToU8(changed)] as const;
  });
  return Buffer.from(zipSync(Object.fromEntries(members), { mtime: "2020-01-01" }));
}
