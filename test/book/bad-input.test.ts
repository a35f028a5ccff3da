import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sha256 } from "../../src/engine/hash.ts";

// The whole command, on a damaged copy of the sample, as a reader would meet it.
const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "quartiers-"));
const data = join(folder, "data");
const out = join(folder, "reports");

const book = (...args: string[]): { status: number | null; text: string } => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(root, "src/cli.mjs"), "book", "--data", data, "--out", out, ...args],
    { encoding: "utf8", cwd: root },
  );
  return { status, text: stdout + stderr };
};
const hashes = (): Record<string, string> =>
  Object.fromEntries(
    readdirSync(out, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => [join(entry.parentPath, entry.name), sha256(readFileSync(join(entry.parentPath, entry.name)))]),
  );

const qp = "qpv-indicateurs/qp.csv";
const edit =
  (file: string, change: (text: string) => string | Uint8Array): (() => void) =>
  () =>
    writeFileSync(join(data, file), change(readFileSync(join(data, file), "utf8")));

/** The chapter that reads the damaged file: the others would only be waited for. */
const chapterOf = (name: string): string =>
  name === "an unknown commune" ? "pratiques-culturelles" : "distance-a-l-emploi";

const cases: readonly (readonly [name: string, damage: () => void, message: RegExp])[] = [
  ["a missing file", () => rmSync(join(data, qp)), /qp\.csv/],
  ["a truncated CSV", edit(qp, (text) => text.slice(0, text.length / 2)), /qp\.csv.*(coupé|tronqu|ligne \d+)/s],
  [
    "a wrong encoding",
    edit(qp, (text) => Buffer.from(text.replace("Les ", "É "), "latin1")),
    /qp\.csv.*(UTF-8|encodage)/s,
  ],
  [
    "a web page in place of the file",
    edit(qp, () => "<!doctype html><html><body>404</body></html>"),
    /qp\.csv.*(HTML|page)/s,
  ],
  ["an unknown commune", edit("bpe-xy/bpe23.csv", (text) => text.replace(/;00001;/g, ";99999;")), /bpe23\.csv.*99999/s],
  ["duplicated keys", edit(qp, (text) => text.replace("QP000002,", "QP000001,")), /qp\.csv.*QP000001/s],
  [
    "a QPV code of the wrong generation",
    edit(qp, (text) => text.replace("QP000001,", "QN00001M,")),
    /QN00001M.*(2024|2015)/s,
  ],
];

describe("a damaged file ends the build with one clear message, and the previous reports stay", () => {
  let before: Record<string, string>;
  const reset = (): void => {
    rmSync(data, { recursive: true, force: true });
    cpSync(join(root, "data-samples"), data, { recursive: true });
  };
  beforeAll(() => {
    mkdirSync(join(out, "figures/ancienne"), { recursive: true });
    writeFileSync(join(out, "livre-blanc.pdf"), "le livre précédent");
    writeFileSync(join(out, "figures/ancienne/ancienne.csv"), "a,b\n");
    before = hashes();
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each(cases)(
    "%s",
    (name, damage, message) => {
      reset();
      damage();
      const { status, text } = book("--chapter", chapterOf(name));
      expect(text).toMatch(message);
      expect(text).not.toMatch(/\n\s+at /);
      expect(status).toBe(1);
      expect(hashes()).toEqual(before);
      expect(readdirSync(folder).filter((name) => name.includes("tmp-"))).toEqual([]);
    },
    240_000,
  );

  const small = join(folder, "petit");
  mkdirSync(small);
  const mounted =
    process.platform === "linux" && spawnSync("mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", small]).status === 0;
  test.skipIf(!mounted)(
    "a full disk (a 2 MB file system; needs the right to mount one)",
    () => {
      try {
        reset();
        const { status, text } = book("--chapter", "pratiques-culturelles", "--out", join(small, "reports"));
        expect(text).toMatch(/plein/);
        expect(status).toBe(1);
        expect(existsSync(join(small, "reports/livre-blanc.pdf"))).toBe(false);
      } finally {
        spawnSync("umount", [small]);
      }
    },
    240_000,
  );
});
