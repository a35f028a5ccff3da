import { createHash } from "node:crypto";
import { appendFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { buildBook, outputs } from "../../../src/book/build.ts";
import { loadLedger } from "../../../src/book/ledger/ledger-files.ts";
import { verificationText, verifyReports } from "../../../src/book/verify/verify-reports.ts";
import { chart, fixtureProject, showCell } from "../fixture.ts";

const figureMime = "application/vnd.quartiers.figure+json";
const data = "ville,n\nPort-Hublot,40\n";

/** A table of counts by town that says what it counts. */
const stated = (
  id: string,
  values: readonly (number | string)[],
  names = ["Port-Hublot", "Saint-Orme", "La Roche-Fable"],
) => ({
  ...chart(),
  kind: "table" as const,
  id,
  title: `Trois villes et leurs ménages (${id})`,
  alt: "Tableau de trois villes imaginaires et de leur nombre de ménages.",
  spec: null,
  columns: {
    ville: { type: "text" as const, label: "Ville", unit: "", values: names },
    n: { type: "number" as const, label: "Ménages", unit: "ménages", values },
  },
  numRows: names.length,
  sources: chart().sources.map((source) => ({
    ...source,
    sha256: createHash("sha256").update(data).digest("hex"),
  })),
  release: {
    unit: "ménage",
    minUnits: 11,
    basis: "counts",
    findings: [],
    overrides: [],
    statement: {
      population: "ménages, 2024",
      unit: "ménage",
      zone: { column: "ville", kind: "commune" },
      by: [],
      numbers: [{ column: "n", kind: "count", measure: "menages" }],
    },
  },
});

const build = async (root: string): Promise<unknown> => buildBook({ root, today: "2026-11-24" });
const project = (...figures: readonly object[]): string => {
  const root = fixtureProject(
    [
      { type: "markdown" as const, source: "# Un essai\n\nDes ménages inventés." },
      ...figures.map((content) => ({ type: "code" as const, source: showCell([{ mime: figureMime, content }]) })),
    ],
    { preface: "# Préface\n\nUn livre d'essai.\n" },
  );
  mkdirSync(join(root, "data"), { recursive: true });
  writeFileSync(join(root, "data/essai.csv"), data);
  return root;
};
const check = (root: string) =>
  verifyReports({ reports: join(root, "reports"), data: join(root, "data"), entries: outputs });

describe("quartiers verify", () => {
  let root = "";
  beforeAll(async () => {
    root = project(stated("menages-par-ville", [40, 25, 60]));
    await build(root);
  }, 120_000);

  test("finds nothing in what was just built", () => {
    const whole = check(root);
    expect(whole.damages).toEqual([]);
    expect([whole.inputs, whole.publications]).toEqual([1, 1]);
    expect(verificationText(whole)).toMatch(/^Rien n'a changé/);
  });

  test.each([
    ["input", "data/essai.csv"],
    ["report", "reports/figures/menages-par-ville/menages-par-ville.csv"],
    ["report", "reports/livre-blanc.pdf"],
    ["report", "reports/site/index.html"],
  ] as const)("finds one changed byte in an %s: %s", (kind, file) => {
    const path = join(root, file);
    const before = readFileSync(path);
    const changed = Buffer.from(before);
    changed[changed.length - 2] = (changed[changed.length - 2] ?? 0) ^ 1;
    writeFileSync(path, changed);
    try {
      expect(check(root).damages.map((damage) => [damage.kind, file.endsWith(damage.file)])).toEqual([[kind, true]]);
    } finally {
      writeFileSync(path, before);
    }
  });

  test("finds one changed byte in the ledger, and names its line", () => {
    const path = join(root, "reports/registre/essai/publications.jsonl");
    const before = readFileSync(path, "utf8");
    writeFileSync(path, before.replace('"value":25', '"value":26'));
    try {
      const damages = check(root).damages;
      expect(damages.map(({ kind }) => kind)).toEqual(["report", "ledger"]);
      expect(verificationText(check(root))).toMatch(/ligne 1/);
    } finally {
      writeFileSync(path, before);
    }
  });

  test("finds a file that nobody wrote, and one that is gone", () => {
    const path = join(root, "reports/figures/intrus.txt");
    writeFileSync(path, "x");
    expect(check(root).damages.map(({ file }) => file)).toEqual(["figures/intrus.txt"]);
    rmSync(path);
    const gone = join(root, "data/essai.csv");
    rmSync(gone);
    expect(check(root).damages.map(({ kind, file }) => [kind, file])).toEqual([["input", "essai.csv"]]);
    writeFileSync(gone, data);
  });
});

describe("the ledger of a book", () => {
  test("keeps earlier publications, skips those that are the same, and refuses what subtracts to a few", async () => {
    const root = project(stated("menages-par-ville", [40, 25, 60]));
    await build(root);
    const first = loadLedger(join(root, "reports"), "essai");
    // The same book, made again without its cache.
    rmSync(join(root, ".quartiers"), { recursive: true });
    await build(root);
    expect(loadLedger(join(root, "reports"), "essai").text).toBe(first.text);

    // Another table counts, of the same households, those of one class: 40 less 36.
    const whole = stated("menages-par-ville", [40, 25, 60]);
    const owners = stated("proprietaires-par-ville", [36, 25, 60]);
    const other = project(whole, {
      ...owners,
      columns: {
        ...owners.columns,
        statut: {
          type: "text",
          label: "Statut",
          unit: "",
          values: ["propriétaires", "propriétaires", "propriétaires"],
        },
      },
      release: {
        ...owners.release,
        statement: {
          ...owners.release.statement,
          by: [{ column: "statut", dimension: "statut", total: "ensemble" }],
        },
      },
    });
    const refusal = await build(other).then(
      () => "",
      (error: unknown) => String(error),
    );
    expect(refusal).toMatch(/jointe aux précédentes/);
    expect(refusal).toMatch(/proprietaires-par-ville/);
    expect(refusal).not.toMatch(/\b4\b/);
    const lines = readFileSync(join(other, ".quartiers/refus.jsonl"), "utf8");
    expect(lines).toContain('"code":"recoupement"');
  }, 240_000);

  test("a damaged ledger stops the next build and is left as it is", async () => {
    const root = project(stated("menages-par-ville", [40, 25, 60]));
    await build(root);
    const path = join(root, "reports/registre/essai/publications.jsonl");
    appendFileSync(path, '{"coupé');
    const damaged = readFileSync(path, "utf8");
    rmSync(join(root, ".quartiers"), { recursive: true });
    await expect(build(root)).rejects.toThrow(/registre/i);
    expect(readFileSync(path, "utf8")).toBe(damaged);
  }, 240_000);

  test("of another territory stands beside, and is carried as it is", async () => {
    const root = project(stated("menages-par-ville", [40, 25, 60]));
    await build(root);
    const first = loadLedger(join(root, "reports"), "essai").text;
    const settings = join(root, "notebooks/livre/livre.json");
    const book = JSON.parse(readFileSync(settings, "utf8")) as { territories: Record<string, object> };
    book.territories.autre = { label: "Un autre territoire d'essai", data: "data" };
    writeFileSync(settings, JSON.stringify(book));
    await buildBook({ root, territory: "autre", today: "2026-11-24" });
    expect(loadLedger(join(root, "reports"), "essai").text).toBe(first);
    expect(loadLedger(join(root, "reports"), "autre").publications).toHaveLength(1);
    expect(check(root).publications).toBe(2);
  }, 240_000);

  test("still holds what a figure printed before, when it prints it no more", async () => {
    const root = project(stated("menages-par-ville", [40, 25, 60]));
    await build(root);
    const mute = stated("menages-par-ville", [41, 26, 61]);
    const other = project({ ...mute, release: { ...mute.release, statement: null } });
    cpSync(join(root, "reports"), join(other, "reports"), { recursive: true });
    await build(other);
    expect(loadLedger(join(other, "reports"), "essai").publications).toHaveLength(1);
  }, 240_000);
});
