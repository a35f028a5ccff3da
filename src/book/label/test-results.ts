import { existsSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { writeFileAtomic } from "../../engine/atomic.ts";
import { canonicalJson, sha256 } from "../../engine/hash.ts";
import { hashFile, listFiles } from "../keys.ts";

/** What the tests last gave, on one version of the code. */
export interface TestResults {
  /** Hash of the code and tests that ran. */
  readonly codeVersion: string;
  /** Day of the last run, AAAA-MM-JJ. */
  readonly day: string;
  /** Whether each test passed, by its name: file of tests, then its titles, joined by " > ". */
  readonly passed: Readonly<Record<string, boolean>>;
}

/** What the runner of tests writes (JSON of Vitest, in the form of Jest). */
export interface RunnerReport {
  /** Milliseconds since 1970. */
  readonly startTime: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly assertionResults: readonly {
      readonly ancestorTitles: readonly string[];
      readonly title: string;
      readonly status: string;
    }[];
  }[];
}

/** Where the results stand, in the folder of the project. */
export const testResultsFile = (root: string): string => join(root, ".quartiers", "tests.json");

/** Hash of all that a test may depend on: the code, the tests, the invented data, the notebooks, the packages. */
export function testedVersion(root: string): string {
  const folders = ["src", "test", "data-samples", "notebooks"];
  const files = folders.flatMap((folder) => listFiles(join(root, folder)).map((file) => `${folder}/${file}`));
  return sha256(
    [...files, "package-lock.json"].map((file) => `${file} ${hashFile(join(root, file))}`).join("\n"),
  ).slice(0, 16);
}

/** The results of a run: each test that ran, passed or not. Those that were left aside are not there. */
export function resultsOf(report: RunnerReport, root: string, codeVersion: string): TestResults {
  const ran = report.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ status }) => status === "passed" || status === "failed")
      .map(({ ancestorTitles, title, status }) => {
        const file = relative(root, name).replaceAll("\\", "/");
        return [[file, ...ancestorTitles, title].join(" > "), status === "passed"] as const;
      }),
  );
  const passed: Record<string, boolean> = {};
  // Two tests under one name: it passes when both do.
  for (const [name, ok] of ran) passed[name] = ok && (passed[name] ?? true);
  return { codeVersion, day: new Date(report.startTime).toISOString().slice(0, 10), passed };
}

/**
 * Keeps the results of a run. Runs of a part of the tests on the same code complete each other; another version of the code starts again.
 * Written to a temporary name, then renamed.
 */
export async function keepResults(path: string, results: TestResults): Promise<void> {
  const before = readResults(path, results.codeVersion);
  const passed = { ...before?.passed, ...results.passed };
  await writeFileAtomic(path, `${canonicalJson({ ...results, passed })}\n`);
}

/** The results kept for this version of the code; null when there are none, or when they are of another version or damaged. */
export function readResults(path: string, codeVersion: string): TestResults | null {
  if (!existsSync(path)) return null;
  try {
    const { codeVersion: version, day, passed } = JSON.parse(readFileSync(path, "utf8")) as TestResults;
    const sound =
      /^\d{4}-\d{2}-\d{2}$/.test(day) &&
      typeof passed === "object" &&
      Object.values(passed).every((ok) => typeof ok === "boolean");
    return sound && version === codeVersion ? { codeVersion: version, day, passed } : null;
  } catch {
    return null; // cut or altered: nothing is known
  }
}
