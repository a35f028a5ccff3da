import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { buildBook } from "../../src/book/build.ts";

const root = join(import.meta.dirname, "../..");
const signed = "c2s-beneficiaires/c2s_qpv.contrat.yaml";
let folder = "";
let out = "";

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "permissions-"));
  out = join(folder, "rapports");
  cpSync(join(root, "data-samples"), join(folder, "donnees"), { recursive: true });
  mkdirSync(out);
  writeFileSync(join(out, "livre-blanc.pdf"), "le livre d'avant");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** The refusal of a build of the book, with the contract of the C2S file changed. */
async function refusal(change: (yaml: string) => string | null, today = "2026-11-24"): Promise<string> {
  const path = join(folder, "donnees", signed);
  const changed = change(readFileSync(path, "utf8"));
  if (changed === null) rmSync(path);
  else writeFileSync(path, changed);
  const error = await buildBook({ root, data: join(folder, "donnees"), out, today }).then(
    () => new Error("construit"),
    (caught: Error) => caught,
  );
  expect(readFileSync(join(out, "livre-blanc.pdf"), "utf8")).toBe("le livre d'avant");
  return error.message;
}

describe("the next build refuses, and names the article", () => {
  test("when a permission is withdrawn", async () => {
    const message = await refusal((yaml) =>
      yaml
        .replace("statut: accordée", "statut: retirée")
        .replace(/(statut: retirée\n\s+le: )"[^"]+"/, '$1"2026-11-20"')
        .replace("status: active", "status: retired"),
    );
    expect(message).toMatch(/retirée depuis le 20 novembre 2026.*article 9 de la clause de données/);
  });

  test("when the date of retention is past", async () => {
    const message = await refusal((yaml) => yaml.replaceAll("2099-12-31", "2026-06-30"));
    expect(message).toMatch(/30 juin 2026.*article 7 de la clause de données/);
  });

  test("on the day after the last day, and not before, though no file changes", async () => {
    expect(await refusal((yaml) => yaml.replaceAll("2099-12-31", "2026-11-24"), "2026-11-25")).toMatch(/article 7/);
  });

  test("when the experiment is no longer among the purposes", async () => {
    expect(await refusal((yaml) => yaml.replaceAll("- non-recours-c2s", "- pratiques-culturelles"))).toMatch(
      /non-recours-c2s.*article 3/,
    );
  });

  test("when the signed contract is gone", async () => {
    expect(await refusal(() => null)).toMatch(/contrat signé.*article 10/i);
  });
});
