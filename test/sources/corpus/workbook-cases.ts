import type { CellObject } from "@e965/xlsx";
import { strToU8, unzipSync, zipSync } from "fflate";
import { editZip, writeXlsx, writeZip, type XlsxCell } from "../../support/formats.ts";
import type { Case } from "./case.ts";
import { contractOf, partnerContract, signedYaml } from "./table.ts";
import { parquetBytes, xlsxRows } from "./writers.ts";

const file = "essai/table.xlsx";
const contract = contractOf("xlsx", file, { xlsx: { sheet: "T", headerRow: 1 } });
const lent = partnerContract(contract);

const workbook = (
  damage: string,
  bytes: Uint8Array,
  outcome: Case["outcome"],
  words?: RegExp,
  rest: Partial<Case> = {},
): Case => ({
  format: "XLSX",
  damage,
  contract,
  file,
  files: { [file]: bytes },
  outcome,
  ...(words ? { words } : {}),
  ...rest,
});

const sheet = (rows: readonly (readonly XlsxCell[])[], merges: readonly string[] = []): Buffer =>
  writeXlsx({ T: { rows, merges } });
const sound = sheet(xlsxRows);
/** The table with one cell changed; row and column from 0, the header is row 0. */
const withCell = (row: number, column: number, cell: XlsxCell): Buffer =>
  sheet(xlsxRows.map((cells, r) => cells.map((value, c) => (r === row && c === column ? cell : value))));
const edited = (part: RegExp, from: string | RegExp, to: string): Buffer => {
  let isEdited = false;
  const bytes = editZip(sound, (name, text) => {
    if (!part.test(name)) return text;
    const changed = text.replace(from, () => to);
    isEdited ||= changed !== text;
    return changed;
  });
  if (!isEdited) throw new Error(`rien à changer : ${from}`);
  return bytes;
};
const partner = (damage: string, bytes: Uint8Array, outcome: Case["outcome"], words?: RegExp): Case => ({
  ...workbook(damage, bytes, outcome, words, { contract: lent }),
  format: "XLSX d'un partenaire",
  files: { [file]: bytes, "essai/table.contrat.yaml": signedYaml(lent) },
});

const formula = { t: "n", v: 140, f: "SUM(E3:E9)" } as CellObject;
const error = { t: "e", v: 0x2a, w: "#N/A" } as CellObject;
const entities = `<!DOCTYPE lolz [<!ENTITY a "ha">${Array.from({ length: 9 }, (_, i) => `<!ENTITY ${"bcdefghij"[i]} "${`&${"abcdefghi"[i]};`.repeat(10)}">`).join("")}]>`;
const added = (name: string, text: string): Buffer =>
  Buffer.from(zipSync({ ...unzipSync(sound), [name]: strToU8(text) }, { mtime: "2020-01-01" }));
const without = (name: string): Buffer =>
  Buffer.from(
    zipSync(Object.fromEntries(Object.entries(unzipSync(sound)).filter(([path]) => path !== name)), {
      mtime: "2020-01-01",
    }),
  );

const title = [["Quartiers prioritaires"], [], ...xlsxRows];

/** What only a workbook suffers. */
export const workbookCases: readonly Case[] = [
  workbook("sans la feuille", writeXlsx({ Autre: { rows: xlsxRows } }), "refused", /n'a pas cette feuille.*Autre/),
  workbook("une feuille vide", writeXlsx({ T: { rows: [] } }), "refused", /vide/),
  workbook(
    "la feuille sous un nom presque pareil",
    writeXlsx({ "T ": { rows: xlsxRows } }),
    "refused",
    /n'a pas cette feuille/,
  ),
  workbook("un titre avant l'en-tête", sheet(title), "refused", /en-tête|colonne sans nom/),
  workbook("l'en-tête plus bas", sheet([[], [], ...xlsxRows]), "refused", /en-tête.*la 3|ligne 1/),
  workbook("l'en-tête seul", sheet(xlsxRows.slice(0, 1)), "refused", /aucune ligne/),
  workbook("un en-tête renommé", withCell(0, 3, "montant_2022"), "refused", /absentes : montant/),
  workbook("un en-tête en double", withCell(0, 2, "montant"), "refused", /en double : montant|absentes : nom/),
  workbook(
    "une colonne de plus, en double",
    sheet(xlsxRows.map((cells) => [...cells, cells[4] as XlsxCell])),
    "refused",
    /en double : nombre/,
  ),
  workbook(
    "des colonnes dans un autre ordre",
    sheet(xlsxRows.map((cells) => [4, 2, 0, 3, 1].map((i) => cells[i] as XlsxCell))),
    "same",
  ),
  workbook("une valeur dans une colonne sans nom", withCell(0, 4, null), "refused", /colonne sans nom/),
  workbook("des cellules fusionnées", sheet(xlsxRows, ["B2:B3"]), "refused", /fusionnées.*B2:B3/),
  workbook("une cellule en erreur", withCell(2, 3, error), "refused", /erreur de tableur.*cellule D3/),
  workbook("un zéro de tête perdu", withCell(1, 1, 1), "refused", /mal formé.*ligne 2/),
  workbook("un nombre en texte à virgule", withCell(1, 3, "12,5"), "refused", /pas un nombre.*12,5.*ligne 2/),
  workbook("un nombre hors des bornes", withCell(1, 3, 1e9), "refused", /bornes.*ligne 2/),
  workbook("un booléen pour un nombre", withCell(1, 4, true), "refused", /pas un nombre/),
  workbook("une clé en double", withCell(8, 0, "QP000001"), "refused", /double.*ligne 2.*ligne 9/),
  workbook("une formule d'un producteur, calculée", withCell(1, 4, formula), "same"),
  workbook(
    "une formule jamais calculée",
    edited(/sheet1\.xml$/, "<v>140</v>", "<f>SUM(E3:E9)</f>"),
    "refused",
    /pas été calculée/,
  ),
  workbook(
    "une bombe d'entités",
    edited(/sharedStrings\.xml$|sheet1\.xml$/, /<(sst|worksheet)/, `${entities}<$1`.replace("$1", "worksheet")),
    "refused",
    /entités XML/,
  ),
  workbook(
    "une entité qui lit un fichier",
    edited(/workbook\.xml$/, "<workbook", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><workbook'),
    "refused",
    /entités XML/,
  ),
  workbook("une ligne au bout du monde", edited(/sheet1\.xml$/, '<row r="9"', '<row r="999999999"'), "either"),
  workbook("une cellule au bout du monde", edited(/sheet1\.xml$/, 'r="A9"', 'r="ZZZZ999999999"'), "refused"),
  workbook(
    "une étendue menteuse",
    edited(/sheet1\.xml$/, /<dimension ref="[^"]*"/, '<dimension ref="A1:XFD1048576"'),
    "either",
  ),
  workbook(
    "un texte partagé qui n'existe pas",
    edited(
      /sheet1\.xml$/,
      /<c r="C2" t="\w+"><v>[^<]*<\/v>|<c r="C2" t="\w+"><is>.*?<\/is>|<c r="C2"[^>]*>/,
      '<c r="C2" t="s"><v>999</v>',
    ),
    "either",
  ),
  workbook(
    "un classeur sans feuilles",
    edited(/workbook\.xml$/, /<sheets>.*<\/sheets>/, "<sheets></sheets>"),
    "refused",
  ),
  workbook("sans workbook.xml", without("xl/workbook.xml"), "refused", /archive ZIP/),
  workbook("sans la partie de la feuille", without("xl/worksheets/sheet1.xml"), "refused"),
  workbook("sans les types", without("[Content_Types].xml"), "refused"),
  workbook("des macros", added("xl/vbaProject.bin", "macro"), "same"),
  workbook("des liens vers d'autres classeurs", added("xl/externalLinks/externalLink1.xml", "<externalLink/>"), "same"),
  workbook(
    "un chemin qui remonte dans le classeur",
    writeZip([
      ...Object.entries(unzipSync(sound)).map(([name, content]) => ({ name, content })),
      { name: "../x.xml", content: "<x/>" },
    ]),
    "refused",
    /sort de son dossier/,
  ),
  workbook(
    "une partie deux fois",
    writeZip(
      [...Object.entries(unzipSync(sound)), ...Object.entries(unzipSync(sound)).slice(0, 1)].map(([name, content]) => ({
        name,
        content,
      })),
    ),
    "refused",
    /même chemin/,
  ),
  workbook(
    "une partie qui grossit hors de proportion",
    added("xl/worksheets/sheet2.xml", `<worksheet>${" ".repeat(40e6)}</worksheet>`),
    "refused",
    /bombe/,
  ),
  workbook(
    "protégé par un mot de passe",
    Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(4096)]),
    "refused",
    /mot de passe/,
  ),
  workbook(
    "un classeur OpenDocument",
    writeZip([
      { name: "mimetype", content: "application/vnd.oasis.opendocument.spreadsheet" },
      { name: "content.xml", content: "<x/>" },
    ]),
    "refused",
    /OpenDocument/,
  ),
  {
    ...partner(
      "intact",
      sheet(xlsxRows.map((cells) => cells.map((cell) => (cell === "- hors périmètre -" ? "hors périmètre" : cell)))),
      "same",
    ),
    instead: ["- hors périmètre -", "hors périmètre"],
  },
  partner("une formule", withCell(1, 4, formula), "refused", /formule.*cellule E2/),
  partner("un texte en forme de formule", withCell(1, 2, "=HYPERLINK(A1)"), "refused", /formule.*ligne 2, colonne nom/),
  {
    ...partner("un petit effectif en clair", withCell(1, 4, 9), "refused", /petit effectif.*ligne 2/),
    hidden: ["9"],
  },
];

/** What only a Parquet file suffers. */
export async function parquetCases(): Promise<readonly Case[]> {
  const path = "essai/table.parquet";
  const parquet = async (
    damage: string,
    select: string,
    outcome: Case["outcome"],
    words?: RegExp,
    where = "",
  ): Promise<Case> => ({
    format: "Parquet",
    damage,
    contract: contractOf("parquet", path),
    file: path,
    files: { [path]: await parquetBytes(select, where) },
    outcome,
    ...(words ? { words } : {}),
  });
  return Promise.all([
    parquet("une colonne renommée", "* RENAME (montant AS montant_2022)", "refused", /absentes : montant/),
    parquet("une colonne en moins", "* EXCLUDE (nombre)", "refused", /absentes : nombre/),
    parquet("des colonnes dans un autre ordre", "nombre, nom, code_qp, montant, insee_com", "same"),
    parquet("une colonne de plus", "*, 1 AS autre", "same"),
    parquet(
      "des codes en nombres",
      "* REPLACE (insee_com::INTEGER AS insee_com)",
      "refused",
      /mal formé.*ligne 1, colonne insee_com/,
    ),
    parquet("des nombres en texte", "* REPLACE (nombre::VARCHAR AS nombre)", "same"),
    parquet("NaN", "* REPLACE ('nan'::DOUBLE AS montant)", "refused", /pas un nombre.*ligne 1, colonne montant/),
    parquet("l'infini", "* REPLACE ('inf'::DOUBLE AS montant)", "refused", /pas un nombre|bornes/),
    parquet(
      "des listes dans les cellules",
      "* REPLACE ([nombre, 1] AS nombre)",
      "refused",
      /une valeur par cellule.*colonne nombre/,
    ),
    parquet("des objets dans un texte", "* REPLACE ({'a': nom} AS nom)", "refused"),
    parquet("des octets dans un texte", "* REPLACE (encode(nom) AS nom)", "same"),
    parquet("des dates pour des nombres", "* REPLACE (DATE '2021-01-01' AS nombre)", "refused", /pas un nombre/),
    parquet("aucune ligne", "*", "refused", /aucune ligne/, "WHERE false"),
  ]);
}
