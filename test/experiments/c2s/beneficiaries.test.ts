import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { NOT_AVAILABLE, PRESENT, SECRET } from "../../../src/codes/table.ts";
import { inseeBeneficiaries, partnerBeneficiaries } from "../../../src/experiments/c2s/beneficiaries.ts";
import { c2sNonTakeUpUse } from "../../../src/experiments/c2s-non-take-up.ts";
import { openTerritory } from "../../../src/sources/territory.ts";

const territory = openTerritory({ purpose: c2sNonTakeUpUse.purpose });
/** The lines of a sample file, by code and year. */
const lines = readFileSync(join(import.meta.dirname, "../../../data-samples/c2s-insee/benef_c2s.csv"), "utf8")
  .split("\n")
  .map((line) => line.split(";"));
const written = (level: string, code: string, year: string): readonly string[] => {
  const found = lines.find(([one, own, , when]) => one === level && own === code && when === year);
  if (!found) throw new Error(`${code} is not in the file`);
  return found.slice(4);
};

test("counts of the INSEE file are those of the asked level and year; a hidden one keeps its mark, a code that the file does not hold is not available", async () => {
  const codes = ["QP000007", "QP000003", "QP999999"];
  const found = await inseeBeneficiaries(territory, { level: "QP", codes, year: 2021 });
  if (!found) throw new Error("no file");
  const [insured, all, free, participation] = written("QP", "QP000007", "2021").map(Number);
  expect([found.insured?.[0], found.all[0], found.free[0], found.participation[0]]).toEqual([
    insured,
    all,
    free,
    participation,
  ]);
  expect(written("QP", "QP000003", "2021")[3]).toBe("s");
  expect(found.participation[1]).toBeNaN();
  expect(found.all[1]).toBe(Number(written("QP", "QP000003", "2021")[1]));
  expect([found.all[2], found.free[2], found.insured?.[2]]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  expect([...found.missing]).toEqual([PRESENT, PRESENT, NOT_AVAILABLE]);
  expect(found.scheme).toBe("general");
});

test("a commune is read at its own level, and a year that the file does not hold is not available", async () => {
  const [town = []] = lines.filter(([level, , , year]) => level === "COM" && year === "2021");
  const code = town[1] ?? "";
  const ask = (level: "QP" | "COM", year: number) => inseeBeneficiaries(territory, { level, codes: [code], year });
  expect((await ask("COM", 2021))?.all[0]).toBe(Number(town[5]));
  expect((await ask("QP", 2021))?.all[0]).toBeNaN();
  const old = await ask("COM", 2010);
  expect([old?.all[0], old?.missing[0]]).toEqual([Number.NaN, NOT_AVAILABLE]);
});

test("of the partner's counts, a total with a hidden part is hidden with it", async () => {
  const found = await partnerBeneficiaries(territory, ["QP000001", "QP000003", "QP999999"]);
  if (!found) throw new Error("no file");
  expect([...found.missing]).toEqual([PRESENT, SECRET, NOT_AVAILABLE]);
  expect([found.all[0], found.all[1], found.all[2]]).toEqual([285 + 88, Number.NaN, Number.NaN]);
  expect(found.participation[1]).toBeNaN();
  expect([found.scheme, found.year, found.insured]).toEqual(["all", 2021, null]);
});

test("a territory without either file has no beneficiaries, rather than none", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sans-beneficiaires-"));
  try {
    const bare = openTerritory({ territory: "exemple", data: folder, purpose: c2sNonTakeUpUse.purpose });
    expect(await inseeBeneficiaries(bare, { level: "QP", codes: ["QP000001"], year: 2021 })).toBeNull();
    expect(await partnerBeneficiaries(bare, ["QP000001"])).toBeNull();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
