import { type CellObject, read, SSF, utils, type WorkBook, type WorkSheet } from "@e965/xlsx";
import { QuartiersError } from "../../codes/errors.ts";
import type { RawTable } from "./raw-table.ts";
import { workbookParts } from "./xlsx-parts.ts";

/** Which table of a workbook to read, and what to do with its formulas. */
export interface XlsxOptions {
  readonly sheet: string;
  /** Row of the technical header, from 1. */
  readonly headerRow: number;
  /**
   * "refuse" (the default) for a partner's file: what a formula shows depends on who opened it last. "cached" takes the value that the workbook
   * keeps, for a publisher whose files are known to be calculated.
   */
  readonly formulas?: "refuse" | "cached";
  /** The file's name in messages; its base name by default. */
  readonly file?: string;
}

type Cell = CellObject & { readonly F?: string };
/** Rows, then columns, from 0; holes where the sheet has no cell. */
type Grid = readonly (readonly (Cell | undefined)[] | undefined)[];

/**
 * Reads one sheet of an Excel workbook (.xlsx): numbers at full precision with a decimal point, dates AAAA-MM-JJ (with the hour after a space when there is
 * one), a number formatted « 00000 » as it shows ("01001"), empty cells null. Empty rows and columns at the ends are dropped.
 * @throws QuartiersError when the workbook is damaged or is another format, a sheet or the header is absent, a cell is an error (#N/A), a refused formula
 *   or merged with others
 */
export async function readXlsx(path: string, options: XlsxOptions): Promise<RawTable> {
  const { file, bytes } = await workbookParts(path, options.file);
  const workbook = parse(bytes, file, options.sheet);
  const sheet = sheetOf(workbook, options.sheet, file);
  const where = `${file}, feuille ${options.sheet}`;
  const grid: Grid = (sheet["!data"] ?? []) as Grid;
  refuseBeyond(grid, where);
  const names = headerOf(sheet, grid, options.headerRow, where);
  const first = options.headerRow;
  const last = lastRow(grid, first);
  refuseMerges(sheet, first, last, where);
  const date1904 = workbook.Workbook?.WBProps?.date1904 === true;
  const text = (row: number, column: number): string | null => {
    const cell = grid[row]?.[column];
    return cell === undefined
      ? null
      : cellText(cell, options.formulas ?? "refuse", date1904, () => `${where}, cellule ${address(row, column)}`);
  };
  const columns = names.map(({ at }) => Array.from({ length: last - first + 1 }, (_, i) => text(first + i, at)));
  refuseUnnamed(grid, names, first, where);
  return {
    names: names.map(({ name }) => name),
    columns,
    count: last - first + 1,
    where: (record) => `feuille ${options.sheet}, ligne ${first + record + 1}`,
  };
}

function parse(bytes: Uint8Array, file: string, sheet: string): WorkBook {
  try {
    return read(bytes, {
      type: "array",
      dense: true,
      cellNF: true,
      cellFormula: true,
      cellHTML: false,
      cellText: false,
      // Without them, a formula that was never calculated would be an empty cell.
      sheetStubs: true,
      sheets: sheet,
    });
  } catch (error) {
    throw new QuartiersError({
      what: "Le classeur est abîmé",
      where: file,
      expected: "un classeur Excel (.xlsx)",
      remedy: "le télécharger de nouveau, ou l'ouvrir et l'enregistrer de nouveau dans un tableur",
      cause: error,
    });
  }
}

function sheetOf({ SheetNames, Sheets }: WorkBook, sheet: string, file: string): WorkSheet {
  const found = Sheets[sheet];
  if (found?.["!ref"] !== undefined) return found;
  const isThere = SheetNames.includes(sheet);
  throw new QuartiersError({
    what: isThere ? "La feuille du classeur est vide" : "Le classeur n'a pas cette feuille",
    value: sheet,
    where: file,
    expected: isThere ? "un tableau" : `l'une des feuilles ${SheetNames.join(", ")}`,
    remedy: "vérifier que c'est le fichier du millésime annoncé, ou corriger la feuille dans le contrat de la source",
  });
}

interface HeaderName {
  readonly name: string;
  readonly at: number;
}

/** The names of the header row; a cell merged with others gives its name to each column that it covers. */
function headerOf(sheet: WorkSheet, grid: Grid, headerRow: number, where: string): HeaderName[] {
  const row = headerRow - 1;
  const cells = [...(grid[row] ?? [])];
  for (const { s, e } of sheet["!merges"] ?? [])
    if (s.r <= row && row <= e.r) for (let c = s.c; c <= Math.min(e.c, 16_383); c++) cells[c] = grid[s.r]?.[s.c];
  const names = cells.flatMap((cell, at) => {
    const name = cell?.v === undefined || cell.t === "e" ? "" : String(cell.v).trim();
    return name === "" ? [] : [{ name, at }];
  });
  if (names.length > 0) return names;
  const filled = grid.findIndex((cells) => (cells?.filter(hasValue).length ?? 0) > 1) + 1;
  throw new QuartiersError({
    what: "La ligne d'en-tête de la feuille est vide",
    where: `${where}, ligne ${headerRow}`,
    expected: "les noms des colonnes",
    remedy: `corriger la ligne d'en-tête dans le contrat de la source${filled > 0 ? `\u00a0: la première ligne de plusieurs cellules est la ${filled}` : ""}`,
  });
}

/** Rows and columns of a sheet, at most: a cell beyond them was not written by a spreadsheet, and would ask for all the memory. */
const [MAX_ROWS, MAX_COLUMNS] = [1_048_576, 16_384];

function refuseBeyond(grid: Grid, where: string): void {
  const hasRows = grid.length <= MAX_ROWS;
  // A sheet of a billion rows is not walked through.
  const widest = hasRows ? grid.reduce((most, cells) => Math.max(most, cells?.length ?? 0), 0) : 0;
  if (hasRows && widest <= MAX_COLUMNS) return;
  throw new QuartiersError({
    what: "Une cellule est au-delà des bornes d'une feuille",
    value: hasRows ? `${widest} colonnes` : `ligne ${grid.length}`,
    where,
    expected: `au plus ${MAX_ROWS} lignes et ${MAX_COLUMNS} colonnes`,
    remedy: "ne pas ouvrir ce classeur\u00a0: le redemander à son producteur",
  });
}

const hasValue = (cell: Cell | undefined): boolean =>
  cell !== undefined && (cell.f !== undefined || (cell.v !== undefined && String(cell.v).trim() !== ""));

function lastRow(grid: Grid, first: number): number {
  for (let row = grid.length - 1; row >= first; row--) if (grid[row]?.some(hasValue)) return row;
  return first - 1;
}

function refuseMerges(sheet: WorkSheet, first: number, last: number, where: string): void {
  const merge = sheet["!merges"]?.find(({ s, e }) => e.r >= first && s.r <= last);
  if (!merge || merge.e.r < first) return;
  throw new QuartiersError({
    what: "Des cellules de données sont fusionnées\u00a0: une seule porte la valeur",
    value: utils.encode_range(merge),
    where,
    expected: "une valeur dans chaque cellule",
    remedy: "défusionner ces cellules dans le tableur, et répéter la valeur là où elle vaut",
  });
}

/** A column of values without a name would be lost in silence. */
function refuseUnnamed(grid: Grid, names: readonly HeaderName[], first: number, where: string): void {
  const named = new Set(names.map(({ at }) => at));
  for (let row = first; row < grid.length; row++) {
    const column = grid[row]?.findIndex((cell, at) => !named.has(at) && hasValue(cell)) ?? -1;
    if (column < 0) continue;
    throw new QuartiersError({
      what: "Une cellule de données est dans une colonne sans nom",
      where: `${where}, cellule ${address(row, column)}`,
      expected: `un nom en ligne ${first}, ou une colonne vide`,
      remedy: "nommer la colonne, ou effacer ce qui n'appartient pas au tableau",
    });
  }
}

const address = (row: number, column: number): string => utils.encode_cell({ r: row, c: column });

/** What a cell says, as text; null when it is empty. The value itself is not printed by a refusal: it may be protected. */
function cellText(cell: Cell, formulas: "refuse" | "cached", date1904: boolean, where: () => string): string | null {
  if (formulas === "refuse" && (cell.f !== undefined || cell.F !== undefined))
    throw new QuartiersError({
      what: "Une cellule contient une formule",
      where: where(),
      expected: "une valeur",
      remedy: "copier la feuille, puis la coller par «\u202fcollage spécial, valeurs\u202f», et envoyer cette copie",
    });
  if (cell.t === "e")
    throw new QuartiersError({
      what: "Une cellule contient une erreur de tableur",
      value: errorNames[Number(cell.v)] ?? String(cell.w ?? cell.v),
      where: where(),
      expected: "une valeur, ou une cellule vide",
      remedy: "corriger la formule ou la donnée dans le classeur d'origine",
    });
  // The library gives 0 to a formula without a value, in a cell that it says empty (z).
  if (cell.t === "z" || cell.v === undefined || cell.v === null || cell.v === "") {
    if (cell.f === undefined) return null;
    throw new QuartiersError({
      what: "Une formule n'a pas été calculée",
      where: where(),
      expected: "la valeur de la formule",
      remedy: "ouvrir le classeur dans un tableur, et l'enregistrer de nouveau",
    });
  }
  if (cell.t !== "n") return String(cell.v);
  return numberText(Number(cell.v), String(cell.z ?? "General"), date1904, where);
}

const errorNames: Readonly<Record<number, string>> = {
  0: "#NULL!",
  7: "#DIV/0!",
  15: "#VALUE!",
  23: "#REF!",
  29: "#NAME?",
  36: "#NUM!",
  42: "#N/A",
};

/** A number as its shortest decimal that gives it back; as a date or with its zeros when its format says so. */
function numberText(value: number, format: string, date1904: boolean, where: () => string): string {
  if (/^0{2,}$/.test(format) && Number.isSafeInteger(value) && value >= 0)
    return String(value).padStart(format.length, "0");
  // An elapsed time, [h]:mm, is a number of days.
  if (!SSF.is_date(format) || /\[[hms]+\]/i.test(format)) return String(value);
  return dateText(value, date1904, where);
}

const two = (value: number): string => String(Math.floor(value)).padStart(2, "0");

function dateText(serial: number, date1904: boolean, where: () => string): string {
  const date = SSF.parse_date_code(serial, { date1904 }) as {
    y: number;
    m: number;
    d: number;
    H: number;
    M: number;
    S: number;
  } | null;
  // Serial 60 is the 29 February 1900 of Lotus 1-2-3, which never was.
  if (!date || serial < 0 || (Math.floor(serial) === 60 && !date1904))
    throw new QuartiersError({
      what: "Une cellule porte une date qui n'existe pas",
      where: where(),
      expected: "une date du calendrier",
      remedy: "corriger la date dans le classeur d'origine",
    });
  const hour = `${two(date.H)}:${two(date.M)}:${two(date.S)}`;
  if (serial < 1) return hour;
  const day = `${String(date.y).padStart(4, "0")}-${two(date.m)}-${two(date.d)}`;
  return serial === Math.floor(serial) ? day : `${day} ${hour}`;
}
