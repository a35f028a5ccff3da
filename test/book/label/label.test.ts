import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Charter, readCharter } from "../../../src/book/label/charter.ts";
import { labelPart } from "../../../src/book/label/label-part.ts";
import {
  keepResults,
  type RunnerReport,
  readResults,
  resultsOf,
  type TestResults,
} from "../../../src/book/label/test-results.ts";
import { securityMeasures } from "../../../src/book/register/security-measures.ts";
import { frenchSpaces, typographyFaults } from "../../../src/book/typography.ts";

const root = join(import.meta.dirname, "../../..");
const charter = readCharter(join(root, "notebooks/livre/charte.yaml"));
const artefacts = new Map([["registre.json", "{}\n"]]);

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "dossier-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Every test of the charter, with one result. */
const resultsWith = (passed: boolean): TestResults => ({
  codeVersion: "0123456789abcdef",
  day: "2026-11-23",
  passed: Object.fromEntries(
    charter.commitments.flatMap(({ tests }) => tests.map((name) => [`${name} > cas`, passed])),
  ),
});

const made = (results: TestResults | null, from: Charter = charter): ReturnType<typeof labelPart> =>
  labelPart({ charter: from, results, artefacts });

describe("the charter", () => {
  const named = [
    ...charter.commitments.flatMap(({ tests }) => tests),
    ...securityMeasures.map(({ test: name }) => name),
  ];

  test.each([...new Set(named)])("names a test that exists: %s", (name) => {
    const [file = "", ...titles] = name.split(" > ");
    const text = readFileSync(join(root, file), "utf8");
    expect(file).toMatch(/^test\/.*\.test\.ts$/);
    // A title stands in the call that makes the group or the test.
    for (const title of titles) expect(text).toMatch(called(title));
  });

  const called = (title: string): RegExp =>
    new RegExp(
      String.raw`\b(?:describe|test)(?:\.\w+\([\s\S]{0,2000}?\))?\(\s*["'\x60]${title.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}["'\x60]`,
    );

  test("names no label, and says whose text it is", () => {
    expect(charter.commitments.length).toBe(10);
    expect(charter.source).toMatch(/pas le texte signé/);
  });

  test.each([
    ["twice the same name", (yaml: string) => yaml.replace("id: rgpd", "id: anonymisation"), /même nom.*anonymisation/],
    ["no rule", (yaml: string) => yaml.replace(/\n {4}regle: Chaque expérience.*/, ""), /regle.*engagement 1/],
    ["a strange field", (yaml: string) => yaml.replace("    piece:", "    pièce:"), /pièce/],
    ["a name that is no folder", (yaml: string) => yaml.replace("id: rgpd", "id: ../rgpd"), /nom d'un engagement/],
    ["nothing", () => "# rien\n", /introuvable, ou vide/],
  ])("%s is refused", (_, change, message) => {
    const path = join(folder, "charte.yaml");
    writeFileSync(path, change(readFileSync(join(root, "notebooks/livre/charte.yaml"), "utf8")));
    expect(() => readCharter(path)).toThrow(message);
  });
});

describe("the dossier", () => {
  test("without results, every commitment is « non vérifié », and no day is printed", () => {
    const { markdown, files } = made(null);
    expect(markdown.match(/\*\*Dernier résultat\.\*\* Non vérifié\./g)).toHaveLength(10);
    expect(markdown).not.toMatch(/20\d\d/);
    expect(JSON.parse(files.get("dossier-label/rgpd/preuve.json") ?? "")).toMatchObject({
      resultat: "non vérifié",
      date: null,
      versionDuCode: null,
    });
  });

  test("with results, the last one and its day", () => {
    const { markdown, files } = made(resultsWith(true));
    expect(markdown.match(/\*\*Dernier résultat\.\*\* Vérifié, le 23 novembre 2026\./g)).toHaveLength(10);
    expect(markdown).toContain("Sur dix engagements, dix sont vérifiés.");
    expect(JSON.parse(files.get("dossier-label/rgpd/preuve.json") ?? "")).toMatchObject({
      resultat: "vérifié",
      date: "2026-11-23",
      versionDuCode: "0123456789abcdef",
      piece: { fichier: "registre.json", sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
  });

  test("one test that fails is a commitment that fails; one that did not run leaves it unverified", () => {
    const [first = "", second = ""] = charter.commitments[3]?.tests ?? [];
    const all = resultsWith(true);
    const failed = made({ ...all, passed: { ...all.passed, [`${first} > cas`]: false } });
    expect(failed.markdown).toContain("| Respect du RGPD | en échec |");
    expect(failed.markdown).toContain("neuf sont vérifiés et un en échec");
    const { [`${second} > cas`]: _, ...others } = all.passed;
    const partial = made({ ...all, passed: others });
    expect(partial.markdown).toContain("| Respect du RGPD | non vérifié |");
    expect(partial.markdown).toContain("neuf sont vérifiés et un ne l'est pas");
  });

  test("a commitment without a test is never verified", () => {
    const [first] = charter.commitments;
    if (!first) throw new Error("aucun engagement");
    const { markdown } = made(resultsWith(true), { ...charter, commitments: [{ ...first, tests: [] }] });
    expect(markdown).toContain("**Dernier résultat.** Non vérifié.");
    expect(markdown).toContain("Aucun test ne porte sur cette règle.");
  });

  test("a folder a commitment, an index that leads to each, and a file that is absent is said absent", () => {
    const { files, markdown } = made(null);
    expect(files.size).toBe(1 + 2 * charter.commitments.length);
    for (const { id } of charter.commitments) {
      expect(files.get("dossier-label/README.md")).toContain(`](${id}/README.md)`);
      expect(files.has(`dossier-label/${id}/README.md`)).toBe(true);
    }
    expect(markdown).toContain("Le fichier `inventaire-algorithmes.csv`, absent de cette édition.");
    expect(markdown).toContain("Le fichier `registre.json`.");
  });

  test("French typography holds, and the same dossier gives the same bytes", () => {
    for (const results of [null, resultsWith(true)]) {
      const text = frenchSpaces(made(results).markdown.replaceAll(/`[^`]*`/g, "")).replaceAll(/ ?\| ?/g, "\n");
      expect(typographyFaults(text)).toEqual([]);
      expect(made(results)).toEqual(made(results));
    }
  });
});

describe("results of the tests", () => {
  const report = (cases: readonly (readonly [string, string])[]): RunnerReport => ({
    startTime: Date.UTC(2026, 10, 23, 12),
    testResults: [
      {
        name: join(root, "test/a.test.ts"),
        assertionResults: cases.map(([title, status]) => ({ ancestorTitles: ["groupe"], title, status })),
      },
    ],
  });
  const file = (): string => join(folder, "tests.json");
  const results = (cases: readonly (readonly [string, string])[], version = "v1"): TestResults =>
    resultsOf(report(cases), root, version);

  test("a test left aside is not there; two of one name pass when both do", () => {
    const { passed, day } = results([
      ["un", "passed"],
      ["deux", "skipped"],
      ["trois", "failed"],
      ["trois", "passed"],
      ["un", "passed"],
    ]);
    expect(passed).toEqual({ "test/a.test.ts > groupe > un": true, "test/a.test.ts > groupe > trois": false });
    expect(day).toBe("2026-11-23");
  });

  test("runs of a part complete each other on one version of the code; another version starts again", async () => {
    await keepResults(file(), results([["un", "passed"]]));
    await keepResults(file(), results([["deux", "failed"]]));
    expect(Object.values(readResults(file(), "v1")?.passed ?? {}).toSorted()).toEqual([false, true]);
    expect(readResults(file(), "v2")).toBeNull();
    await keepResults(file(), results([["deux", "passed"]], "v2"));
    expect(readResults(file(), "v1")).toBeNull();
    expect(Object.keys(readResults(file(), "v2")?.passed ?? {})).toEqual(["test/a.test.ts > groupe > deux"]);
  });

  test("a file that is absent, cut or altered tells nothing", async () => {
    expect(readResults(file(), "v1")).toBeNull();
    await keepResults(file(), results([["un", "passed"]]));
    const text = readFileSync(file(), "utf8");
    for (const damaged of [text.slice(0, 30), "[]", text.replace("true", '"oui"'), text.replace(/20\d\d-/, "hier-")]) {
      writeFileSync(file(), damaged);
      expect(readResults(file(), "v1")).toBeNull();
    }
  });
});
