import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { QuartiersError } from "../../../src/codes/errors.ts";
import type { RawTable } from "../../../src/sources/formats/raw-table.ts";
import { readXlsx, type XlsxOptions } from "../../../src/sources/formats/xlsx.ts";
import { outcome, refusal, type Scratch, scratch } from "../../support/formats/refusals.ts";
import { corruptions, editZip, writeXlsx, writeZip, type XlsxCell, type XlsxSheet } from "../../support/formats.ts";
import { realData } from "../../support/real-data.ts";

let place: Scratch;
beforeAll(() => {
  place = scratch();
});
afterAll(() => place.remove());

const readSheet = (sheet: XlsxSheet, options: Partial<XlsxOptions> = {}): Promise<RawTable> =>
  readXlsx(place.file("essai.xlsx", writeXlsx({ Lisez: { rows: [["titre"]] }, ENSEMBLE: sheet })), {
    sheet: "ENSEMBLE",
    headerRow: 1,
    ...options,
  });
const cellsOf = async (...cells: XlsxCell[]): Promise<readonly (string | null)[]> =>
  (await readSheet({ rows: [["x"], ...cells.map((cell) => [cell])] })).columns[0];
const titles = Array.from({ length: 4 }, (_, i) => [`titre ${i + 1}`]);

describe("a sheet of INSEE: five rows of title, then the header", () => {
  test("its columns are named by row 6, and a record knows its row", async () => {
    const rows = [...titles, [null], ["CODGEO", "D119"], ["01001", 9870.5], ["2A004", "s"]];
    const table = await readSheet({ rows }, { headerRow: 6 });
    expect(table).toMatchObject({
      names: ["CODGEO", "D119"],
      columns: [
        ["01001", "2A004"],
        ["9870.5", "s"],
      ],
      count: 2,
    });
    expect(table.where(1)).toBe("feuille ENSEMBLE, ligne 8");
  });

  test("empty rows and columns at the ends are dropped, a hole stays a hole", async () => {
    const rows = [["a", null, "b", null], ["1", null, null, null], [null, null], [2, null, "x", null], [null], [" "]];
    const table = await readSheet({ rows });
    expect(table.names).toEqual(["a", "b"]);
    expect(table.columns).toEqual([
      ["1", null, "2"],
      [null, null, "x"],
    ]);
  });

  test("a merged header names each column that it covers, from above too", async () => {
    const rows = [
      ["code", "revenu", null],
      [null, "D1", "D9"],
      ["01001", 1, 2],
    ];
    const above = await readSheet({ rows, merges: ["A1:A2", "B1:C1"] }, { headerRow: 2 });
    expect(above.names).toEqual(["code", "D1", "D9"]);
    const wide = await readSheet({ rows: [rows[0], rows[2]], merges: ["B1:C1"] });
    expect(wide.names).toEqual(["code", "revenu", "revenu"]);
  });
});

describe("cells", () => {
  test("numbers keep every digit", async () => {
    expect(await cellsOf(0.1 + 0.2, 12345678900012, -1e-7, 1 / 3, 0)).toEqual([
      "0.30000000000000004",
      "12345678900012",
      "-1e-7",
      "0.3333333333333333",
      "0",
    ]);
  });

  test("codes: a text is as it is; a number gives its digits, with its zeros when its format has them", async () => {
    const padded: XlsxCell = { t: "n", v: 1001, z: "00000" };
    expect(await cellsOf("01001", 1001, padded, true)).toEqual(["01001", "1001", "01001", "true"]);
  });

  test("dates of both calendars of Excel, and hours", async () => {
    const date = (v: number, z: string): XlsxCell => ({ t: "n", v, z });
    expect(
      await cellsOf(
        date(44197, "dd/mm/yyyy"),
        date(44197.75, "dd/mm/yyyy hh:mm"),
        date(0.5, "hh:mm"),
        date(1.5, "[h]:mm"),
      ),
    ).toEqual(["2021-01-01", "2021-01-01 18:00:00", "12:00:00", "1.5"]);
    const mac = writeXlsx({ f: { rows: [["x"], [date(44197 - 1462, "yyyy-mm-dd")]] } }, { date1904: true });
    const table = await readXlsx(place.file("mac.xlsx", mac), { sheet: "f", headerRow: 1 });
    expect(table.columns).toEqual([["2021-01-01"]]);
    expect((await refusal(() => cellsOf(date(60, "dd/mm/yyyy")))).message).toMatch(/date qui n'existe pas.*cellule A2/);
  });

  test("a formula is refused in a partner's file, and its kept value read when asked", async () => {
    const rows: XlsxCell[][] = [
      ["a", "b"],
      [1, { t: "n", v: 2, f: "A2*2" }],
    ];
    expect((await refusal(() => readSheet({ rows }))).message).toMatch(/formule.*cellule B2.*collage spécial/);
    expect((await readSheet({ rows }, { formulas: "cached" })).columns[1]).toEqual(["2"]);
  });

  test("an error of the spreadsheet is refused with its address", async () => {
    const rows: XlsxCell[][] = [
      ["a", "b"],
      [1, 2],
      [1, { t: "e", v: 42 }],
    ];
    expect((await refusal(() => readSheet({ rows }))).message).toMatch(/#N\/A.*feuille ENSEMBLE, cellule B3/);
  });
});

describe("what is refused in words", () => {
  test("an absent sheet, by the list of the others; an empty one", async () => {
    const rows = [["a"], ["1"]];
    expect((await refusal(() => readSheet({ rows }, { sheet: "COM" }))).message).toMatch(/COM.*Lisez, ENSEMBLE/);
    expect((await refusal(() => readSheet({ rows: [] }))).message).toMatch(/feuille du classeur est vide/);
  });

  test("an empty header, by the row that may be it", async () => {
    const rows = [...titles, ["CODGEO", "D119"], ["01001", 1]];
    const message = (await refusal(() => readSheet({ rows }, { headerRow: 12 }))).message;
    expect(message).toMatch(/en-tête de la feuille est vide.*ligne 12.*est la 5/);
  });

  test("merged data, and data under no name", async () => {
    const merged = {
      rows: [
        ["a", "b"],
        [1, 2],
        [null, 3],
      ],
      merges: ["A2:A3"],
    };
    expect((await refusal(() => readSheet(merged))).message).toMatch(/fusionnées.*A2:A3/);
    expect((await refusal(() => readSheet({ rows: [["a"], [1, 2]] }))).message).toMatch(/sans nom.*cellule B2/);
  });

  test.each<[string, Uint8Array | string, RegExp]>([
    ["a web page", "<html><body>Connexion</body></html>", /page web/],
    ["a CSV renamed", "a;b\n1;2\n", /n'est pas un classeur Excel/],
    ["an old workbook", Buffer.from("d0cf11e0a1b11ae1", "hex"), /mot de passe, ou d'un format ancien/],
    ["another archive", writeZip([{ name: "a.csv", content: "a" }]), /mais une archive ZIP/],
    ["an OpenDocument", writeZip([{ name: "content.xml", content: "<a/>" }]), /OpenDocument/],
    ["a bomb", writeZip([{ name: "xl/workbook.xml", content: Buffer.alloc(30e6, 32) }]), /hors de toute proportion/],
    ["nothing", "", /n'est pas un classeur Excel/],
  ])("%s", async (_, content, words) => {
    const path = place.file("faux.xlsx", content);
    expect((await refusal(() => readXlsx(path, { sheet: "a", headerRow: 1 }))).message).toMatch(words);
  });

  test("a sheet cut short under a right checksum", async () => {
    const whole = writeXlsx({ f: { rows: [["a"], ["1"], ["2"]] } });
    const cut = editZip(whole, (name, text) => (name.endsWith("sheet1.xml") ? text.slice(0, -40) : text));
    const path = place.file("coupe.xlsx", cut);
    expect((await refusal(() => readXlsx(path, { sheet: "f", headerRow: 1 }))).message).toMatch(
      /tronquée.*sheet1\.xml/,
    );
  });

  test("damage: the right table or words", async () => {
    const whole = writeXlsx({
      f: {
        rows: [
          ["code", "n"],
          ["01001", 12.5],
          ["2A004", 7],
        ],
      },
    });
    const right = await readXlsx(place.file("juste.xlsx", whole), { sheet: "f", headerRow: 1 });
    for (const { how, bytes } of corruptions(whole, { cuts: 40, flips: 150, seed: 6 })) {
      const path = place.file("abime.xlsx", bytes);
      const result = await outcome(how, () => readXlsx(path, { sheet: "f", headerRow: 1 }));
      if (!(result instanceof QuartiersError)) expect(result.columns, how).toEqual(right.columns);
    }
  });

  test("random changes of the XML under right checksums end in a table or in words", async () => {
    const whole = writeXlsx({
      f: {
        rows: [
          ["code", "n"],
          ["01001", 12.5],
          ["2A004", 7],
        ],
      },
    });
    for (const { how, bytes } of corruptions(Buffer.alloc(2000), { cuts: 0, flips: 120, seed: 7 })) {
      const at = bytes.findIndex((byte) => byte !== 0);
      const edited = editZip(whole, (name, text) =>
        /sheet1\.xml$|workbook\.xml$|styles\.xml$/.test(name)
          ? text.slice(0, at % text.length) +
            String.fromCharCode(33 + (bytes[at] % 90)) +
            text.slice((at % text.length) + 1)
          : text,
      );
      const path = place.file("abime.xlsx", edited);
      await outcome(how, () => readXlsx(path, { sheet: "f", headerRow: 1 }));
    }
  });
});

test.skipIf(realData === null)("the crosswalk of ROME and ISCO-08, as published", async () => {
  const path = join(realData ?? "", "rome_emploi/bob_Correspondance_ROME_ISCO08.xlsx");
  const table = await readXlsx(path, { sheet: "ROME to ISCO-08", headerRow: 1 });
  expect(table.names).toEqual([
    "Code ROME",
    "Libellé codes ROME",
    "ISCO08 14SI4",
    "Code ISCO08",
    "Libellé codes ISCO08",
  ]);
  expect(table.count).toBe(532);
  expect(table.columns[0].every((code) => /^[A-N]\d{4}$/.test(code ?? ""))).toBe(true);
  expect(new Set(table.columns[0]).size).toBe(532);
});
