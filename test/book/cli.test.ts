import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const cli = join(import.meta.dirname, "../../src/cli.mjs");
const run = (...args: string[]): { status: number | null; text: string } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { encoding: "utf8" });
  return { status, text: stdout + stderr };
};

describe("the command line", () => {
  test.each([
    [["livre"], 2, /Commande inconnue.*livre/],
    [["book", "--teritory", "x"], 2, /--teritory.*--territory/],
    [["book", "--seed", "sept"], 2, /graine.*sept/],
    [["notebook", "check"], 2, /notebook check/],
    [["book", "--territory", "atlantide"], 1, /atlantide.*occitanie/],
    [["book", "--territory", "occitanie"], 1, /--data DOSSIER/],
    [["clause", "c2s"], 1, /Aucune source.*c2s.*c2s-beneficiaires/],
    [["clause"], 2, /suivi d'une source/],
    [["clause", "c2s-beneficiaires"], 0, /Article\s7\.\s+Durée\sde\sconservation/],
    [["contract", "rp-mobpro"], 0, /apiVersion: v3\.1\.0/],
    [["contract", "rp-mobpro", "--format", "pdf"], 2, /Format inconnu.*pdf.*odcs, datapackage/],
    [["data", "rapport"], 2, /data report/],
    [["sources"], 0, /présent {2}qpv-indicateurs[\s\S]*sert à\u00a0: distance aux emplois/],
    [["fetch", "rien-de-tel", "--data", "donnees-absentes", "--dry-run"], 1, /rien-de-tel/],
    [["--help"], 0, /npm run book/],
  ])("%j ends with %i and one clear message", (args, status, message) => {
    const result = run(...args);
    expect(result.text).toMatch(message);
    expect(result.status).toBe(status);
    expect(result.text).not.toMatch(/\n\s+at /);
  });
});
