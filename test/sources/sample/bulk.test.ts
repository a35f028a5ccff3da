import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { toLambert93 } from "../../../src/sources/sample/lambert93.ts";

const script = join(import.meta.dirname, "../../bench/bulk.mjs");
const folder = mkdtempSync(join(tmpdir(), "bulk-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface Truth {
  readonly rows: number;
  readonly bytes: number;
  readonly communes: Readonly<Record<string, { readonly rows: number; readonly weight?: number }>>;
}

/** Runs the script in a process of its own and reads back what it wrote. */
function write(kind: string, rows: number, seed = 1, name = `${kind}-${seed}`): { text: string; truth: Truth } {
  const out = join(folder, name);
  execFileSync(process.execPath, [
    script,
    "--kind",
    kind,
    "--rows",
    String(rows),
    "--seed",
    String(seed),
    "--out",
    out,
  ]);
  return { text: readFileSync(out, "utf8"), truth: JSON.parse(readFileSync(`${out}.json`, "utf8")) as Truth };
}

/** Lines as lists of fields, the header apart. */
function parse(text: string, separator: string): { header: string[]; lines: string[][] } {
  const [header = "", ...lines] = text.trimEnd().split("\n");
  return { header: header.split(separator), lines: lines.map((line) => line.split(separator)) };
}

const luhn = (digits: string): boolean =>
  [...digits].reverse().reduce((sum, digit, i) => {
    const value = Number(digit) * (i % 2 === 1 ? 2 : 1);
    return sum + (value > 9 ? value - 9 : value);
  }, 0) %
    10 ===
  0;

describe("large invented files", () => {
  test.each([
    ["mobpro", ";", 33, "COMMUNE"],
    ["sirene", ",", 16, "codeCommuneEtablissement"],
    ["sirene-geo", ";", 12, "plg_code_commune"],
  ])("%s: whole rows, and the counts by commune that the file beside it says", (kind, separator, columns, commune) => {
    const { text, truth } = write(kind, 20_000);
    const { header, lines } = parse(text, separator);
    expect(header.length).toBe(columns);
    expect(lines.length).toBe(20_000);
    expect(lines.every((line) => line.length === columns)).toBe(true);
    expect(Buffer.byteLength(text)).toBe(truth.bytes);
    const at = header.indexOf(commune);
    const counts = new Map<string, number>();
    for (const line of lines) counts.set(line[at], (counts.get(line[at]) ?? 0) + 1);
    for (const [code, { rows }] of Object.entries(truth.communes)) expect(counts.get(code) ?? 0, code).toBe(rows);
    expect([...counts.keys()].every((code) => /^00\d{3}$/.test(code))).toBe(true);
  });

  test("weights of mobpro and indcvi add up to what is said", () => {
    for (const kind of ["mobpro", "indcvi"]) {
      const { text, truth } = write(kind, 20_000, 2);
      const { header, lines } = parse(text, ";");
      const at = header.indexOf("IPONDI");
      const total = lines.reduce((sum, line) => sum + Number(line[at]), 0);
      const said = Object.values(truth.communes).reduce((sum, { weight = 0 }) => sum + weight, 0);
      expect(Math.abs(total / said - 1)).toBeLessThan(1e-9);
    }
  });

  test("establishments have a SIRET of their own, with its key, and the same one in both files", () => {
    const stock = parse(write("sirene", 10_000, 3).text, ",");
    const places = parse(write("sirene-geo", 10_000, 3).text, ";");
    const sirets = stock.lines.map((line) => line[2]);
    expect(new Set(sirets).size).toBe(10_000);
    expect(sirets.every((siret) => siret.length === 14 && luhn(siret) && luhn(siret.slice(0, 9)))).toBe(true);
    expect(places.lines.map(([siret]) => siret)).toEqual(sirets);
    expect(places.lines.map(([, x, y]) => `${x} ${y}`)).toEqual(stock.lines.map((line) => `${line[14]} ${line[15]}`));
  });

  test("degrees say the same place as metres, to two metres", () => {
    const { lines } = parse(write("sirene-geo", 5_000, 6).text, ";");
    for (const line of lines) {
      const [x, y] = toLambert93(Number(line[11]), Number(line[10]));
      expect(Math.hypot(x - Number(line[1]), y - Number(line[2]))).toBeLessThan(2);
    }
  });

  test("the same seed gives the same bytes, another seed others; no half file stays", () => {
    const one = write("mobpro", 5_000, 4);
    expect(write("mobpro", 5_000, 4, "encore").text).toBe(one.text);
    expect(write("mobpro", 5_000, 5).text).not.toBe(one.text);
    expect(readdirSync(folder).filter((file) => file.endsWith(".partiel"))).toEqual([]);
  });

  test("1 609 perimeters are closed outlines with codes of their own", () => {
    const { features } = JSON.parse(write("perimetres", 1_609).text) as {
      features: { properties: { code_qp: string }; geometry: { coordinates: number[][][] } }[];
    };
    expect(new Set(features.map(({ properties }) => properties.code_qp)).size).toBe(1_609);
    expect(
      features.every(({ geometry: { coordinates } }) => {
        const ring = coordinates[0] ?? [];
        return ring.length >= 13 && String(ring[0]) === String(ring.at(-1));
      }),
    ).toBe(true);
  });

  test("a wrong kind is refused", () => {
    expect(() => write("inconnu", 10)).toThrow();
  });
});
