import { randomBytes } from "node:crypto";
import { describe, expect, test } from "vitest";
import { guardedDigest, holdsGuarded } from "../../../src/book/scan/guarded-values.ts";
import { traces } from "../../../src/book/scan/identifiers.ts";
import { jsonDifferences } from "../../../src/book/scan/json-differences.ts";
import { machineWords } from "../../../src/book/scan/machine-words.ts";
import { markupUnits } from "../../../src/book/scan/markup-units.ts";
import { bareText, NumberContexts } from "../../../src/book/scan/number-contexts.ts";
import { pdfStrings } from "../../../src/book/scan/pdf-strings.ts";
import { PlacesInPrint } from "../../../src/book/scan/places-in-print.ts";
import { readCsvLines } from "../../../src/book/scan/read-csv.ts";
import { readMarkup } from "../../../src/book/scan/read-markup.ts";
import { readPdf } from "../../../src/book/scan/read-pdf.ts";
import { readPngChunks } from "../../../src/book/scan/read-png.ts";
import { refuseStrangers } from "../../../src/book/scan/refuse-strangers.ts";
import { readReleased } from "../../../src/book/scan/released-record.ts";
import { scanFinding } from "../../../src/book/scan/scan-finding.ts";
import { scanText } from "../../../src/book/scan/scan-text.ts";
import { strangeInSpec } from "../../../src/book/scan/spec-rows.ts";
import { chart } from "../fixture.ts";

describe("a number between its words", () => {
  const contexts = new NumberContexts([
    "À Saint-Orme, la moitié des demandeurs sont à plus de 5,6 km ; 12\u202f500 ménages répondent.",
    "Saint-Orme | 5,6 | s | 27,1",
  ]);
  test("is the same in another typography, and a stranger between other words or with another value", () => {
    expect(
      contexts.strangers(
        "À Saint-Orme, la moitié des demandeurs sont à plus de 5,6\u00a0km ; 12 500 ménages répondent.",
      ),
    ).toBe(0);
    expect(
      contexts.strangers("À Saint-Orme, la moitié des demandeurs sont à plus de 5,7 km ; 12 500 ménages répondent."),
    ).toBeGreaterThan(0);
    expect(contexts.strangers("Val-de-Craie : 5,6 km")).toBe(1);
    expect(contexts.strangers("Saint-Orme | 5,6 | s | 27,1")).toBe(0);
    expect(contexts.strangers("Saint-Orme | 5,6 | 6 | 27,1")).toBe(3);
    expect(contexts.strangers("5,6")).toBe(1);
    expect(contexts.strangers("sans nombre")).toBe(0);
  });
  test("two cells do not run into one number, and thousands do not fall apart", () => {
    expect(bareText("78 | 240\u202f831")).toBe("78|240831");
    expect(bareText("de 2015 à 2024, 6,8 %")).toBe("de2015à2024|6,8");
  });
  test("pages, sections and notes have their places, and only there", () => {
    const places = new PlacesInPrint(
      ["La question", "Sources", "1. Retrouver une case"],
      ["Une note, pour voir", "valeurs sûres\ue002."],
    );
    const at = (before: string, number: string, after: string): boolean => places.has({ before, number, after }, 40);
    expect(at("estion", "12", "|2lesd")).toBe(true);
    expect(at("estion", "412", "|2lesd")).toBe(false);
    expect(at("texte|", "4,2", "laques")).toBe(true);
    expect(at("ion84|", "7,2", "|1retr")).toBe(true);
    expect(at("ssûres", "1", "2,1laf")).toBe(true);
    expect(at("ssûres", "2", "2,1laf")).toBe(false);
    expect(at("decraie", "6", "kmfigu")).toBe(false);
  });
});

describe("files in their own format", () => {
  test("CSV with quotes, line ends and a last line without one", () => {
    expect(readCsvLines('a,b\r\n"x ""y"", z",2\n3,\n,')).toEqual([
      ["a", "b"],
      ['x "y", z', "2"],
      ["3", ""],
      ["", ""],
    ]);
  });
  test("markup: blocks, lines of tables, attributes that are heard; no script, style or call of a note", () => {
    const page = `<!doctype html><p>Deux <b>mots</b> et 3<a class="footnote-ref">4</a>.</p><img alt="une image"><table><tr><td>a</td><td>5</td></tr></table><script>6</script><style>7</style>`;
    expect(markupUnits(readMarkup(page) ?? []).map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      "texte Deux mots et 3.",
      "attribut une image",
      "ligne a | 5",
    ]);
    expect(readMarkup("<p>a</p><!-- b --><p")).toBeNull();
    expect((readMarkup("<p>a</p><!-- b -->") ?? []).map(({ kind }) => kind)).toEqual([
      "open",
      "text",
      "close",
      "aside",
    ]);
  });
  test("PDF strings: escapes, octal, nested parentheses, hexadecimal, UTF-16", () => {
    expect(pdfStrings("/A (a\\(b\\) \\051 \\\\ (c)) /B <48 69> /C <FEFF00E90036> /D << /E (f) >>")).toEqual([
      { key: "A", text: "a(b) ) \\ (c)" },
      { key: "B", text: "Hi" },
      { key: "C", text: "é6" },
      { key: "E", text: "f" },
    ]);
  });
  test("what is not a PDF or a PNG of the book is not understood, hence refused", () => {
    expect(readPdf(Buffer.from("%PDF-1.7\nrien"))).toBeNull();
    expect(readPdf(Buffer.from(""))).toBeNull();
    expect(readPngChunks(Buffer.from("\x89PNG"))).toBeNull();
    expect(readPngChunks(Buffer.from("89504e470d0a1a0a00000009494844520000", "hex"))).toBeNull();
  });
  test("a specification: rows by their columns, holes as holes, whatever the order", () => {
    const figure = chart();
    expect(strangeInSpec(figure.spec, figure)).toEqual([]);
    const rows = {
      datasets: {
        drawn: [
          { km: null, town: "Val-de-Craie" },
          { town: "Val-de-Craie", km: 6 },
          { town: "Val-de-Craie", km_manque: "6" },
        ],
      },
    };
    expect(strangeInSpec(rows, figure)).toEqual([
      { address: "/datasets/drawn/1", what: "ligne" },
      { address: "/datasets/drawn/2", what: "champ" },
    ]);
    expect(strangeInSpec({ "Val-de-Craie 6": { usermeta: 6 } }, figure)).toEqual([
      { address: "/*/usermeta", what: "membre" },
    ]);
  });
  test("differences of documents name addresses, never a key or a value that was not expected", () => {
    const found = jsonDifferences(
      { a: { b: 1 }, c: ["x"] },
      { a: { b: 6, "Val-de-Craie 6": 6 }, c: ["x", "Val-de-Craie"] },
    );
    expect(found).toEqual(["/a/b", "/a (1 membre en trop)", "/c/1 (autre longueur)"]);
  });
});

describe("what no file may hold", () => {
  test.each([
    ["/home/claire/donnees/c2s.csv", "chemin-de-machine"],
    ['"file":"C:\\Users\\claire"', "chemin-de-machine"],
    ["file:///etc/hosts", "chemin-de-machine"],
    ["dossier-du-partenaire/secret", "chemin-de-machine"],
    ["écrire à claire.martin@exemple.fr", "identifiant"],
    ["au 06 12 34 56 78", "identifiant"],
    ["+33 6 12 34 56 78", "identifiant"],
    // A key that holds: 97 - 1840575108001 mod 97.
    [`assuré 1 84 05 75 108 001 ${String(97 - Number(1840575108001n % 97n)).padStart(2, "0")}`, "identifiant"],
    ["12,73282932000074,3", "identifiant"],
    ["établissement 732 829 320 00074", "identifiant"],
  ])("%s", (text, trace) => {
    expect(traces(text, ["dossier-du-partenaire"])).toEqual([trace]);
  });
  test.each([
    "empreinte 15a8b732829320000747f0c1",
    "0.06123456780612345",
    "code 12345678901234 qui ne tombe pas juste",
    "d = 1840575108001 et 99",
    "https://www.insee.fr/fr/information/2028155",
    "/datasets/drawn/3",
    "@fig:distance-par-ville",
    "M0.612,34.56,78",
  ])("nothing in %s", (text) => {
    expect(traces(text, [])).toEqual([]);
  });
  test("rare values of guarded sources are known by their digests only", () => {
    const key = randomBytes(32);
    const guarded = {
      key,
      digests: new Set([guardedDigest("Résidence des Lilas", key), guardedDigest("19610,37", key)]),
    };
    expect(holdsGuarded("  résidence des lilas ", guarded)).toBe(true);
    expect(holdsGuarded("un revenu de 19610,37 euros", guarded)).toBe(true);
    expect(holdsGuarded("un revenu de 19610 euros", guarded)).toBe(false);
    expect(guardedDigest("19610,37", randomBytes(32))).not.toBe(guardedDigest("19610,37", key));
  });
  test("words of a machine: its folders and the secrets of its environment", () => {
    const words = machineWords(["/srv/livre"], {
      FRANCE_TRAVAIL_CLIENT_SECRET: "tres-secret",
      LANG: "fr_FR.UTF-8",
      QUARTIERS_SEAL: "abc",
    });
    expect(words).toEqual(expect.arrayContaining(["/srv/livre", "tres-secret"]));
    expect(words).not.toContain("abc");
    expect(words).not.toContain("fr_FR.UTF-8");
  });
  test("a folder that no build made has nothing to be compared with", () => {
    expect(() => readReleased("/nulle-part", "reports")).toThrow(/n'a pas été construit ici/);
  });
});

describe("what is told of a scan", () => {
  const finding = scanFinding("piece-cachee", "site/a.png", "bloc 3, octet 90");
  test("files and places, and what is not read", () => {
    expect(scanText([], "reports")).toMatch(/^reports\u00a0: rien dans les fichiers.*\nNon lus\u00a0: /);
    expect(scanText([finding], "reports")).toContain("site/a.png, bloc 3, octet 90");
  });
  test("a build stops on any finding, and only then", () => {
    expect(() => refuseStrangers([])).not.toThrow();
    expect(() => refuseStrangers([finding])).toThrow(/piece-cachee \(site\/a\.png, bloc 3, octet 90\).*intacts/);
    expect(() => refuseStrangers(Array.from({ length: 12 }, () => finding))).toThrow(/12 choses.*et 4 autres/);
  });
});
