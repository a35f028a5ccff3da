import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { seededRandom } from "../../src/codes/random.ts";
import { numbers, reasonAt, texts } from "../../src/codes/table.ts";
import { type AggregateOptions, aggregateSource } from "../../src/sources/aggregate.ts";
import { type Contract, noSecrecy } from "../../src/sources/contract.ts";
import { loadTable } from "../../src/sources/load.ts";
import { streamSource } from "../../src/sources/stream.ts";
import { openTerritory } from "../../src/sources/territory.ts";

const contract: Contract = {
  id: "essai",
  title: "Essai",
  publisher: "Insee",
  licence: "Licence Ouverte 2.0",
  vintage: "2021",
  url: "https://www.insee.fr/essai",
  geography: "communes, COG 2021",
  geographies: { commune: 2021 },
  unit: "personne",
  access: "public",
  files: ["essai.csv"],
  format: "csv",
  csv: { separator: ";", encoding: "utf-8", decimal: "," },
  columns: [
    { name: "commune", type: "commune", label: "Commune", missing: { ZZZZZ: "nd" } },
    { name: "mode", type: "text", label: "Mode", values: ["pied", "bus"], required: true },
    {
      name: "poids",
      type: "number",
      label: "Poids",
      unit: "personnes",
      summable: true,
      range: [0, 100],
      required: true,
    },
    {
      name: "montant",
      type: "number",
      label: "Montant",
      unit: "EUR",
      summable: true,
      range: [-10_000, 10_000],
      missing: { s: "s", ns: "ns", "": "nd" },
    },
    { name: "mediane", type: "number", label: "Médiane", unit: "EUR", range: [0, 1e6] },
  ],
  key: [],
  published: true,
  secrecy: noSecrecy,
};

let folder = "";
const rows: { commune: string; mode: string; poids: number; montant: string }[] = [];
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "agregats-"));
  const random = seededRandom(11);
  for (let i = 0; i < 20_000; i++) {
    const commune = i % 97 === 0 ? "ZZZZZ" : String(1001 + Math.floor(random() * 40)).padStart(5, "0");
    const montant = commune === "01001" && i % 3 === 0 ? "s" : ((random() - 0.5) * 20_000).toFixed(2).replace(".", ",");
    rows.push({ commune, mode: random() < 0.5 ? "pied" : "bus", poids: Number((random() * 5).toFixed(12)), montant });
  }
  const line = (row: (typeof rows)[number]): string =>
    `${row.commune};${row.mode};${String(row.poids).replace(".", ",")};${row.montant};12`;
  write(rows.map(line));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const territory = () => openTerritory({ territory: "exemple", data: folder });
function write(lines: readonly string[]): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "essai.csv"), `commune;mode;poids;montant;mediane\n${lines.join("\n")}\n`);
}
const sums = (options: Partial<AggregateOptions> = {}) =>
  aggregateSource(territory(), contract, {
    by: ["commune"],
    measures: { personnes: { sum: "poids" }, euros: { sum: "montant" }, lignes: "count" },
    ...options,
  });

describe("sums of a file that is never held", () => {
  test("equal those of its rows, group by group, to the last digit that doubles have", async () => {
    const found = await sums();
    const exact = new Map<string, { weight: bigint; rows: number }>();
    for (const { commune, poids } of rows) {
      const key = commune === "ZZZZZ" ? "" : commune;
      const own = exact.get(key) ?? { weight: 0n, rows: 0 };
      exact.set(key, { weight: own.weight + BigInt(Math.round(poids * 1e12)), rows: own.rows + 1 });
    }
    const codes = texts(found, "commune").values;
    expect([...codes].sort()).toEqual([...exact.keys()].sort());
    codes.forEach((code, row) => {
      const own = exact.get(code);
      expect(numbers(found, "lignes").values[row]).toBe(own?.rows);
      expect(Math.abs(numbers(found, "personnes").values[row] - Number(own?.weight) / 1e12)).toBeLessThan(1e-10);
    });
  });

  test("an absent code makes a group whose code is absent; the list of places has its year", async () => {
    const found = await sums();
    const row = texts(found, "commune").values.indexOf("");
    expect(reasonAt(texts(found, "commune"), row)).toBe("nd");
    expect(texts(found, "commune").geography).toEqual({ kind: "commune", vintage: 2021 });
  });

  test("two signs of one reason make one group", async () => {
    const two: Contract = {
      ...contract,
      columns: contract.columns.map((column) =>
        column.name === "commune" ? { ...column, missing: { ZZZZZ: "nd", "01001": "nd", "01002": "s" } } : column,
      ),
    };
    const found = await aggregateSource(territory(), two, { by: ["commune"], measures: { lignes: "count" } });
    const codes = texts(found, "commune");
    const absent = codes.values.flatMap((code, row) => (code === "" ? [row] : []));
    expect(absent.map((row) => reasonAt(codes, row)).sort()).toEqual(["nd", "s"]);
    const counted = rows.filter(({ commune }) => commune === "ZZZZZ" || commune === "01001").length;
    expect(absent.map((row) => numbers(found, "lignes").values[row])).toContain(counted);
  });

  test("a secret member makes a secret sum; asked for, the known part comes with the count of the others", async () => {
    const strict = await sums();
    const row = texts(strict, "commune").values.indexOf("01001");
    expect(reasonAt(numbers(strict, "euros"), row)).toBe("s");
    expect(reasonAt(numbers(strict, "personnes"), row)).toBeNull();
    const known = await sums({ missing: "known" });
    expect(reasonAt(numbers(known, "euros"), row)).toBeNull();
    expect(numbers(known, "euros_absents").values[row]).toBe(
      rows.filter(({ commune, montant }) => commune === "01001" && montant === "s").length,
    );
  });

  test("only the rows asked for", async () => {
    const found = await sums({ where: { mode: ["bus"] } });
    const total = numbers(found, "lignes").values.reduce((sum, n) => sum + n, 0);
    expect(total).toBe(rows.filter(({ mode }) => mode === "bus").length);
  });

  test("no value asked for gives no row, and says so without blaming the file", async () => {
    expect((await sums({ where: { mode: [] } })).numRows).toBe(0);
  });

  test("a measure does not take the place of a key, nor of the count of absences", async () => {
    await expect(sums({ measures: { commune: { sum: "poids" } } })).rejects.toThrow(/même nom.*commune/);
    const measures = { x: { sum: "montant" }, x_absents: "count" } as const;
    await expect(sums({ measures, missing: "known" })).rejects.toThrow(/même nom.*x_absents/);
    expect(Object.keys((await sums({ measures })).columns)).toEqual(["commune", "x", "x_absents"]);
  });

  test("the same bits twice, whatever the threads did", async () => {
    const [one, two] = [await sums({ scanFirstBytes: 0 }), await sums({ scanFirstBytes: 0 })];
    expect(numbers(one, "personnes").values).toEqual(numbers(two, "personnes").values);
    expect(numbers(one, "personnes").values).toEqual(numbers(await sums(), "personnes").values);
  });

  test("a median is not summed, nor a text, nor a column without bounds", async () => {
    await expect(sums({ measures: { x: { sum: "mediane" } } })).rejects.toThrow(/pas sommable.*mediane/);
    await expect(sums({ measures: { x: { sum: "mode" } } })).rejects.toThrow(/somme pas du texte/);
    const open: Contract = {
      ...contract,
      columns: contract.columns.map(({ range, ...column }) =>
        column.name === "poids" ? column : { ...column, ...(range ? { range } : {}) },
      ),
    };
    await expect(
      aggregateSource(territory(), open, { by: ["commune"], measures: { x: { sum: "poids" } } }),
    ).rejects.toThrow(/bornes/);
  });
});

describe("what is broken is refused by each way of reading, with the line", () => {
  const cases: readonly (readonly [string, string, RegExp])[] = [
    ["a weight out of range", "01002;bus;101;5;12", /bornes.*ligne 20002, colonne poids/],
    ["a weight that is no number", "01002;bus;un;5;12", /nombre lisible.*ligne 20002/],
    ["thousands marked by underscores", "01002;bus;1_0;5;12", /nombre lisible.*ligne 20002/],
    ["a commune without its zero", "1002;bus;1;5;12", /mal formé.*1002.*ligne 20002/],
    ["a mode out of the list", "01002;avion;1;5;12", /liste du contrat.*avion.*ligne 20002/],
    ["too few fields", "01002;bus;1", /trop peu de champs.*ligne 20002/],
  ];
  test.each(cases)("%s", async (_, bad, message) => {
    const text = rows.map(
      (row) => `${row.commune};${row.mode};${String(row.poids).replace(".", ",")};${row.montant};12`,
    );
    write([...text, bad]);
    try {
      for (const scanFirstBytes of [0, 64 << 20]) {
        await expect(loadTable(territory(), contract, { scanFirstBytes })).rejects.toThrow(message);
        await expect(sums({ by: ["commune", "mode"], scanFirstBytes })).rejects.toThrow(message);
        const columns = ["commune", "mode", "poids"];
        await expect(streamSource(territory(), contract, { columns, scanFirstBytes }, () => undefined)).rejects.toThrow(
          message,
        );
      }
    } finally {
      write(text);
    }
  });

  test("what the visitor of a stream throws is passed on as it is", async () => {
    const mistake = new RangeError("le programme se trompe");
    const streamed = streamSource(territory(), contract, { columns: ["poids"] }, () => {
      throw mistake;
    });
    await expect(streamed).rejects.toBe(mistake);
  });

  test("a stream gives the rows in the order of the file", async () => {
    const seen: number[] = [];
    const { rows: count } = await streamSource(
      territory(),
      contract,
      { columns: ["poids"], scanFirstBytes: 0 },
      (batch) => seen.push(...batch.numbers("poids")),
    );
    expect(count).toBe(rows.length);
    expect(seen).toEqual(rows.map(({ poids }) => poids));
  });
});
