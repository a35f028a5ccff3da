import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type DataReport, dataReport } from "../../../src/book/data-report/data-report.ts";
import { typographyFaults } from "../../../src/book/typography.ts";
import { communesContract } from "../../../src/sources/communes.ts";
import type { Contract } from "../../../src/sources/contract.ts";
import { qpvIndicateursContract } from "../../../src/sources/qpv-indicateurs.ts";
import { qpvPerimetresContract } from "../../../src/sources/qpv-perimetres.ts";
import { openTerritory, type Territory } from "../../../src/sources/territory.ts";
import { realData } from "../../support/real-data.ts";

const samples = join(import.meta.dirname, "../../../data-samples");
const today = "2026-03-01";
const root = mkdtempSync(join(tmpdir(), "rapport-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const read = (folder: string, file: string): string => readFileSync(join(folder, file), "utf8");
/** Text of a page in our own words: without tags, nor what comes from the files. */
const wordsOf = (html: string): string =>
  html
    .replace(/<head>[\s\S]*?<\/head>/, "")
    .replace(/<code[^>]*>[\s\S]*?<\/code>/g, "x")
    .replace(/<span class="value">[\s\S]*?<\/span>/g, "x")
    .replace(/<[^>]+>/g, "\n")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">");

/** Every number that counts rows in a JSON report. */
function rowCountsIn(value: unknown, name = ""): readonly number[] {
  const counting =
    /^(present|s|ns|nd|zeros|rows|others|duplicates|matched|lost|withoutKey|added|removed|common|changed|compared|before|after)$/;
  if (typeof value === "number") return counting.test(name) ? [value] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, own]) => rowCountsIn(own, key));
}

describe("the report of the sample", () => {
  const asked = [
    "communes",
    "qpv-indicateurs",
    "qpv-perimetres",
    "menages-qpv",
    "c2s-beneficiaires",
    "bpe-iris",
    "rome-codes",
    "demandeurs-emploi-rome",
  ];
  let report: DataReport;
  const out = join(root, "sample");
  const territory = openTerritory({ today });
  beforeAll(async () => {
    report = await dataReport({ territory, sources: asked, out });
  });

  test("a page and a JSON a source, a first page, all their files beside them", () => {
    expect(report.refused).toEqual([]);
    const pages = asked.flatMap((id) => [`${id}.html`, `${id}.json`]);
    expect(readdirSync(out).sort()).toEqual(["assets", "index.html", "index.json", ...pages].sort());
    for (const file of [...asked.map((id) => `${id}.html`), "index.html"]) {
      const html = read(out, file);
      expect(html.match(/<script|style="|src="http|@import/g)).toBeNull();
      for (const [, link] of html.matchAll(/(?:href|src)="(?!https?:|data:|#)([^"#]+)/g))
        expect(readFileSync(join(out, link ?? ""))).toBeInstanceOf(Buffer);
      expect([...html.matchAll(/<h1>/g)].length).toBe(1);
      for (const [found] of html.matchAll(/<table>(?!<caption>)/g)) throw new Error(`${file} : ${found} sans légende`);
      for (const [found] of html.matchAll(/<th(?! scope=)[^>]*>/g))
        if (found !== "<thead>") throw new Error(`${file} : ${found}`);
    }
  });

  test("French spaces in every word of ours", () => {
    for (const file of [...asked.map((id) => `${id}.html`), "index.html"])
      expect([file, ...typographyFaults(wordsOf(read(out, file)))]).toEqual([file]);
  });

  test("numbers agree with the file read another way", () => {
    const lines = read(samples, "qpv-indicateurs/qp.csv")
      .trim()
      .split(/\r?\n/)
      .map((line) => line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/));
    const [header = [], ...rows] = lines;
    const at = header.indexOf("pop_mun");
    const values = rows.map((row) => Number(row[at])).sort((a, b) => a - b);
    const qpv = report.reports.find(({ id }) => id === "qpv-indicateurs");
    const column = qpv?.columns.find(({ name }) => name === "pop_mun");
    expect(qpv?.rows).toBe(rows.length);
    expect(column?.present).toBe(rows.length);
    expect([column?.numbers?.low, column?.numbers?.median, column?.numbers?.high]).toEqual([
      values[0],
      values[Math.ceil(values.length / 2) - 1],
      values[values.length - 1],
    ]);
    const zeros = rows.filter((row) => row[header.indexOf("abcde")] === "0").length;
    expect(qpv?.columns.find(({ name }) => name === "abcde")?.suspiciousZeros).toBe(zeros);
  });

  test("partners' pages are stamped, publications are not; the signed purpose is said", () => {
    const stamp = "Document de travail, ne pas diffuser";
    const [partner, publication] = [read(out, "demandeurs-emploi-rome.html"), read(out, "bpe-iris.html")];
    expect([stamp, "distance-emploi"].map((words) => partner.includes(words))).toEqual([true, true]);
    expect([stamp, "SYNTHÉTIQUE"].map((words) => publication.includes(words))).toEqual([false, true]);
  });

  test("joins are accounted for, row by row", () => {
    for (const { joins } of report.reports)
      for (const { outcome } of joins) {
        if (!outcome) continue;
        const parts = [outcome.matched, outcome.lost, outcome.withoutKey];
        if (parts.every((part): part is number => typeof part === "number"))
          expect(parts.reduce((sum, part) => sum + part, 0)).toBe(outcome.rows);
      }
    const join = report.reports
      .find(({ id }) => id === "c2s-beneficiaires")
      ?.joins.find(({ right }) => right.id === "qpv-indicateurs");
    expect(join?.outcome?.matchedShare).toBe(1);
  });

  test("two runs of one day give the same bytes", async () => {
    const again = join(root, "again");
    await dataReport({ territory, sources: asked, out: again });
    for (const file of readdirSync(out).filter((name) => name !== "assets"))
      expect(read(again, file)).toBe(read(out, file));
  });

  test("a file counted by the engine gives the same page as one in memory", async () => {
    const streamed = join(root, "streamed");
    const { reports } = await dataReport({
      territory,
      sources: ["bpe-iris", "qpv-indicateurs"],
      out: streamed,
      streamBytes: 0,
    });
    const { reports: loaded } = await dataReport({
      territory,
      sources: ["bpe-iris", "qpv-indicateurs"],
      out: join(root, "loaded"),
    });
    const withoutSteps = (text: string): unknown => JSON.parse(text);
    expect(withoutSteps(JSON.stringify(reports[0]?.columns))).toEqual(withoutSteps(JSON.stringify(loaded[0]?.columns)));
    expect(reports[0]?.joins).toEqual(loaded[0]?.joins);
    expect(
      reports[1]?.columns.map(({ present, s, ns, nd, suspiciousZeros }) => [present, s, ns, nd, suspiciousZeros]),
    ).toEqual(
      loaded[1]?.columns.map(({ present, s, ns, nd, suspiciousZeros }) => [present, s, ns, nd, suspiciousZeros]),
    );
  });

  test("an unknown source is refused with the list", async () => {
    await expect(dataReport({ territory, sources: ["qpv"], out: join(root, "none") })).rejects.toThrow(
      /Source inconnue.*qpv-perimetres/,
    );
  });
});

/** A small place of its own: some sample files, and what a test adds. */
function placeWith(
  name: string,
  files: Readonly<Record<string, string>>,
  copied: readonly string[] = ["communes/communes.json"],
): Territory {
  const data = join(root, name);
  for (const file of copied) {
    mkdirSync(join(data, dirname(file)), { recursive: true });
    copyFileSync(join(samples, file), join(data, file));
  }
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(join(data, dirname(file)), { recursive: true });
    writeFileSync(join(data, file), text);
  }
  return openTerritory({ territory: "exemple", data, today });
}

const persons: Contract = {
  id: "personnes",
  title: "Personnes d'un partenaire",
  publisher: "Partenaire",
  licence: "pas de rediffusion",
  vintage: "2025",
  url: "https://www.data.gouv.fr",
  geography: "QPV 2015",
  unit: "personne",
  access: "public",
  files: ["personnes.csv"],
  format: "csv",
  csv: { separator: ";", encoding: "utf-8", decimal: "," },
  columns: [
    { name: "numero", type: "text", label: "Numéro", required: true },
    { name: "code_qp", type: "qpv2015", label: "Quartier" },
    { name: "metier", type: "text", label: "Métier" },
    { name: "revenu", type: "number", label: "Revenu", unit: "EUR/an", missing: { s: "s" } },
    { name: "enfants", type: "integer", label: "Enfants", unit: "personnes", summable: true },
  ],
  key: ["numero"],
  published: false,
  secrecy: { unit: "personne", minUnits: 11, statedBy: "contrat du partenaire" },
};

const qpvCodes = read(samples, "qpv-indicateurs/qp.csv")
  .split("\n")
  .slice(1, 4)
  .map((line) => line.split(",")[0] ?? "");

function personsFile(count: number): string {
  const rows = Array.from({ length: count }, (_, i) => {
    const metier = i < 3 ? "funambule" : i < 60 ? "maçon" : "comptable";
    const quartier = i < 4 ? "QP000999" : i < 7 ? "" : qpvCodes[i % 2];
    const revenu = i === 0 ? "7654321,5" : i < 5 ? "s" : `${10000 + ((i * 7919) % 20000)},25`;
    return `identite-${1000 + i};${quartier};${metier};${revenu};${i === 1 ? 17 : i % 3}`;
  });
  return `numero;code_qp;metier;revenu;enfants\n${rows.join("\n")}\n`;
}

describe("persons of a partner, attacked", () => {
  const catalogue = [communesContract, qpvIndicateursContract, qpvPerimetresContract, persons];
  const files = ["communes/communes.json", "qpv-indicateurs/qp.csv", "qpv-perimetres/qp.geojson"];
  let pages = "";
  let json: {
    columns: {
      name: string;
      present: unknown;
      absentShare: unknown;
      numbers: { high: number | null; histogram: { share: number }[] | null } | null;
    }[];
  };
  beforeAll(async () => {
    const out = join(root, "personnes-rapport");
    await dataReport({
      territory: placeWith("personnes", { "personnes.csv": personsFile(400) }, files),
      catalogue,
      out,
    });
    pages =
      read(out, "personnes.html") + read(out, "personnes.json") + read(out, "index.html") + read(out, "index.json");
    for (const id of ["communes", "qpv-indicateurs", "qpv-perimetres"])
      pages += read(out, `${id}.html`) + read(out, `${id}.json`);
    json = JSON.parse(read(out, "personnes.json"));
  });

  test("no person, no rare text, no extreme value, no exact value of one row", () => {
    expect(pages.match(/identite-|funambule|7[\s\u202f]?654[\s\u202f]?321|\d{3},25\b/g)).toBeNull();
    expect(pages.includes("maçon")).toBe(true);
    expect(pages.includes("&lt;\u202f11")).toBe(true);
    const income = json.columns.find(({ name }) => name === "revenu")?.numbers;
    expect(income?.high).toBe(Number(income?.high?.toPrecision(2)));
  });

  test("no count of rows from 1 to 10 in the numbers", () => {
    const counts = rowCountsIn(json);
    expect(counts.length).toBeGreaterThan(10);
    expect(counts.filter((count) => count > 0 && count < 11)).toEqual([]);
  });

  test("totals less what is shown give no small count back", () => {
    for (const { present, absentShare } of json.columns.filter(({ name }) => name === "revenu" || name === "code_qp")) {
      expect(present).toBe("masqué");
      expect(absentShare).toBeNull();
    }
    const enfants = json.columns.find(({ name }) => name === "enfants");
    expect(enfants?.numbers?.high).toBe(2);
    for (const { share } of json.columns.find(({ name }) => name === "revenu")?.numbers?.histogram ?? [])
      expect(share * 400).toBeGreaterThanOrEqual(10.5);
  });

  test("a file of few persons says nothing of them", async () => {
    const out = join(root, "peu-rapport");
    await dataReport({ territory: placeWith("peu", { "personnes.csv": personsFile(8) }, files), catalogue, out });
    const few = JSON.parse(read(out, "personnes.json"));
    expect(few.rows).toBe("< 11");
    expect(rowCountsIn(few).filter((count) => count > 0)).toEqual([]);
    for (const { numbers } of few.columns.filter((column: { numbers: unknown }) => column.numbers))
      expect([numbers.low, numbers.q1, numbers.median, numbers.q3, numbers.high, numbers.histogram]).toEqual(
        Array(6).fill(null),
      );
  });

  test("a refusal of such a file quotes no cell", async () => {
    const out = join(root, "refus-rapport");
    const broken = personsFile(50)
      .replace("10000,25", "dix mille")
      .replace(/;maçon;[\d,]+/, ";maçon;secret-de-paul");
    const { refused } = await dataReport({
      territory: placeWith("refus", { "personnes.csv": broken }, files),
      catalogue,
      out,
    });
    expect(refused).toEqual(["personnes"]);
    const told = read(out, "personnes.html") + read(out, "personnes.json");
    expect(told.match(/n’est pas un nombre lisible|ligne \d+|secret-de-paul|identite-/g)).toEqual(
      expect.arrayContaining(["n’est pas un nombre lisible"]),
    );
    expect(told.match(/secret-de-paul|identite-/g)).toBeNull();
    expect(read(out, "index.html").includes("Sources refusées")).toBe(true);
    expect(read(out, "communes.html").includes("Pourquoi le fichier est refusé")).toBe(false);
  });
});

describe("editions and generations", () => {
  const source = (vintage: string, files: readonly string[]): Contract => ({
    ...persons,
    id: "revenus",
    title: "Revenus",
    published: true,
    vintage,
    files,
    columns: [
      { name: "code_qp", type: "qpv2015", label: "Quartier", required: true },
      { name: "revenu", type: "number", label: "Revenu", unit: "EUR/an", missing: { s: "s" } },
    ],
    key: ["code_qp"],
    editions: [{ vintage: "2019", files: ["revenus-2019.csv"] }],
  });
  const files = {
    "revenus.csv": "code_qp;revenu\nQP000001;110,5\nQP000002;200\nQP000003;s\n",
    "revenus-2019.csv": "code_qp;revenu\nQP000001;100\nQP000002;200\nQP000004;50\n",
  };

  test("another edition in the folder is the older one, whatever comes first in the contract", async () => {
    const out = join(root, "editions-rapport");
    const { reports } = await dataReport({
      territory: placeWith("editions", files),
      catalogue: [source("2020", ["revenus.csv"])],
      out,
    });
    const [edition] = reports[0]?.editions ?? [];
    expect([edition?.before, edition?.after]).toEqual(["2019", "2020"]);
    expect(edition?.difference?.rows).toEqual({ common: 2, added: 1, removed: 1 });
    expect(edition?.difference?.columns[0]?.largest).toEqual([{ key: "QP000001", before: 100, after: 110.5 }]);
    expect(read(out, "revenus.html")).toContain("Les plus grands changements");
  });

  test("an older folder is compared; a file of the other generation is refused and says why", async () => {
    const territory = placeWith("recent", { "revenus.csv": files["revenus.csv"] });
    const old = placeWith("old", { "revenus.csv": "code_qp;revenu\nQN00101M;100\n" });
    const out = join(root, "compare-rapport");
    const { reports, refused } = await dataReport({
      territory,
      catalogue: [source("2020", ["revenus.csv"])],
      out,
      compare: old.dataFolder,
    });
    expect(refused).toEqual([]);
    expect(reports[0]?.editions[0]?.refusal).toContain("génération 2024");
  });
});

describe.skipIf(realData === null)("the real files of Occitanie", () => {
  test("105 neighbourhoods meet their perimeters; 30 560 poverty rates are hidden and none is zero", async () => {
    const territory = openTerritory({ territory: "occitanie", data: realData ?? "", today });
    const { reports } = await dataReport({
      territory,
      sources: ["communes", "qpv-indicateurs", "qpv-perimetres", "qpv-liste-2024", "filosofi-communes"],
      out: join(root, "reel"),
    });
    const report = (id: string) => reports.find((own) => own.id === id);
    const perimeters = report("qpv-indicateurs")?.joins.find(
      ({ left, right }) => left.id === "qpv-indicateurs" && right.id === "qpv-perimetres",
    );
    expect(perimeters?.outcome?.matched).toBe(105);
    const poverty = report("filosofi-communes")?.columns.find(({ name }) => name === "TP60");
    expect([poverty?.s, poverty?.zeros]).toEqual([30_560, 0]);
    const generations = report("qpv-indicateurs")?.joins.find(({ right }) => right.id === "qpv-liste-2024");
    expect(generations?.refusal).toMatch(/deux générations/);
    const communes = report("qpv-liste-2024")?.joins.find(({ right }) => right.id === "communes");
    expect((communes?.outcome ?? communes?.throughPassage)?.matched).toBe(79);
  });
});
