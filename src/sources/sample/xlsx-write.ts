import { zip } from "./zip.ts";

export interface Sheet {
  readonly name: string;
  /** Rows of cells; null leaves a cell empty. */
  readonly rows: readonly (readonly (string | number | null)[])[];
}

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const PACKAGE = "http://schemas.openxmlformats.org/package/2006";

const escaped = (text: string): string =>
  text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/"/g, "&quot;");

/** Letters of a column, from 0: A, B... Z, AA. */
function letters(column: number): string {
  const last = String.fromCharCode(65 + (column % 26));
  return column < 26 ? last : letters(Math.floor(column / 26) - 1) + last;
}

/** A workbook as Office Open XML (ECMA-376) writes it, with shared strings and one fixed date: the same cells give the same bytes. */
export function writeXlsx(sheets: readonly Sheet[], title: string): Uint8Array {
  const strings = new Map<string, number>();
  const shared = (text: string): number => {
    const known = strings.get(text) ?? strings.size;
    strings.set(text, known);
    return known;
  };
  const pages = sheets.map(({ rows }) => {
    const lines = rows.map((row, r) => {
      const cells = row.map((cell, c) => {
        const at = `${letters(c)}${r + 1}`;
        if (cell === null) return "";
        return typeof cell === "number"
          ? `<c r="${at}"><v>${cell}</v></c>`
          : `<c r="${at}" t="s"><v>${shared(cell)}</v></c>`;
      });
      return `<row r="${r + 1}">${cells.join("")}</row>`;
    });
    return `${HEAD}<worksheet xmlns="${MAIN}"><sheetData>${lines.join("")}</sheetData></worksheet>`;
  });
  const types = [
    ["/xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"],
    ["/xl/styles.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"],
    ["/xl/sharedStrings.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"],
    ["/docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"],
    ...sheets.map((_, i) => [
      `/xl/worksheets/sheet${i + 1}.xml`,
      "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml",
    ]),
  ];
  const overrides = types.map(([part, type]) => `<Override PartName="${part}" ContentType="${type}"/>`).join("");
  const relations = (list: readonly (readonly [type: string, target: string])[]): string =>
    `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${list
      .map(([type, target], i) => `<Relationship Id="rId${i + 1}" Type="${type}" Target="${target}"/>`)
      .join("")}</Relationships>`;
  const core = `${HEAD}<cp:coreProperties xmlns:cp="${PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>${escaped(title)}</dc:title><dcterms:created xsi:type="dcterms:W3CDTF">2022-03-01T00:00:00Z</dcterms:created></cp:coreProperties>`;
  const names = sheets
    .map(({ name }, i) => `<sheet name="${escaped(name)}" sheetId="${i + 1}" r:id="rId${i + 1}"/>`)
    .join("");
  const texts = [...strings.keys()].map((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`).join("");
  return zip([
    [
      "[Content_Types].xml",
      `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${overrides}</Types>`,
    ],
    [
      "_rels/.rels",
      relations([
        [`${OFFICE}/officeDocument`, "xl/workbook.xml"],
        [`${PACKAGE}/relationships/metadata/core-properties`, "docProps/core.xml"],
      ]),
    ],
    ["docProps/core.xml", core],
    ["xl/workbook.xml", `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${names}</sheets></workbook>`],
    [
      "xl/_rels/workbook.xml.rels",
      relations([
        ...sheets.map((_, i) => [`${OFFICE}/worksheet`, `worksheets/sheet${i + 1}.xml`] as const),
        [`${OFFICE}/styles`, "styles.xml"],
        [`${OFFICE}/sharedStrings`, "sharedStrings.xml"],
      ]),
    ],
    [
      "xl/styles.xml",
      `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="1"><xf/></cellXfs></styleSheet>`,
    ],
    ...pages.map((page, i) => [`xl/worksheets/sheet${i + 1}.xml`, page] as const),
    ["xl/sharedStrings.xml", `${HEAD}<sst xmlns="${MAIN}" uniqueCount="${strings.size}">${texts}</sst>`],
  ]);
}
