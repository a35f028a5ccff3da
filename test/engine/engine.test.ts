import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { QuartiersError } from "../../src/codes/errors.ts";
import { explainWriting, replaceDirectory, writeFileAtomic } from "../../src/engine/atomic.ts";
import { withDatabase } from "../../src/engine/database.ts";
import { canonicalJson, sha256, sha256File } from "../../src/engine/hash.ts";
import { silentProgress, terminalProgress } from "../../src/engine/progress.ts";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "engine-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("writing whole or not at all", () => {
  test("a file", async () => {
    const path = join(folder, "a/b.txt");
    await writeFileAtomic(path, "un");
    await writeFileAtomic(path, "deux");
    expect(readFileSync(path, "utf8")).toBe("deux");
    expect(readdirSync(join(folder, "a"))).toEqual(["b.txt"]);
  });

  test("a folder, and the previous one stays when filling fails", async () => {
    const target = join(folder, "site");
    expect(await replaceDirectory(target, async (fresh) => writeFileSync(join(fresh, "un"), "1"))).toBeUndefined();
    await expect(
      replaceDirectory(target, async (fresh) => {
        writeFileSync(join(fresh, "deux"), "2");
        throw new Error("panne");
      }),
    ).rejects.toThrow("panne");
    expect(readdirSync(folder)).toEqual(["site"]);
    expect(readdirSync(target)).toEqual(["un"]);
    await replaceDirectory(target, async (fresh) => writeFileSync(join(fresh, "trois"), "3"));
    expect(readdirSync(target)).toEqual(["trois"]);
    expect(readdirSync(folder)).toEqual(["site"]);
  });

  test("a full disk and a forbidden folder are told in French", async () => {
    const full = explainWriting(Object.assign(new Error("x"), { code: "ENOSPC" }), "reports");
    expect(full).toBeInstanceOf(QuartiersError);
    expect((full as Error).message).toMatch(/disque est plein.*reports.*libérer de la place/);
    writeFileSync(join(folder, "fichier"), "");
    await expect(writeFileAtomic(join(folder, "fichier/x.txt"), "")).rejects.toThrow(
      /Un fichier se trouve là où un dossier est attendu/,
    );
  });

  test.skipIf(!existsSync("/dev/full"))("a disk that is really full leaves the previous file", async () => {
    const error = await import("node:fs/promises")
      .then(({ writeFile }) => writeFile("/dev/full", "x"))
      .catch((caught: unknown) => caught);
    expect((explainWriting(error, "livre.pdf") as Error).message).toContain("plein");
  });

  test.skipIf(process.getuid?.() === 0)("a folder without the right to write", async () => {
    mkdirSync(join(folder, "clos"));
    chmodSync(join(folder, "clos"), 0o500);
    await expect(writeFileAtomic(join(folder, "clos/x"), "")).rejects.toThrow(/pas permise/);
  });
});

describe("DuckDB in process", () => {
  test("gives columns, in order, and takes columns of text past one chunk", async () => {
    const values = Array.from({ length: 5000 }, (_, i) => (i % 7 === 0 ? null : `é${i}`));
    const answer = await withDatabase(async (database) => {
      await database.createTextTable("t", { a: values });
      return database.query("SELECT record, a FROM t ORDER BY record");
    });
    expect(answer.a).toEqual(values);
    expect(answer.record?.at(-1)).toBe(4999);
  });

  test("an error of the query is thrown, and the next database opens", async () => {
    await expect(withDatabase((database) => database.query("SELECT rien FROM nulle_part"))).rejects.toThrow(
      /nulle_part/,
    );
    expect(await withDatabase((database) => database.query("SELECT 1 AS un"))).toEqual({ un: [1] });
  });
});

describe("hashes", () => {
  test("FIPS 180-2 known answer, text and file alike", async () => {
    const abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    expect(sha256("abc")).toBe(abc);
    writeFileSync(join(folder, "abc"), "abc");
    expect(await sha256File(join(folder, "abc"))).toBe(abc);
  });

  test("canonical JSON sorts keys, drops the undefined, refuses NaN", () => {
    expect(canonicalJson({ b: [1, { d: undefined, c: "é" }], a: null })).toBe('{"a":null,"b":[1,{"c":"é"}]}');
    expect(() => canonicalJson({ a: Number.NaN })).toThrow(/NaN/);
  });
});

describe("progress", () => {
  const record = (isTTY: boolean) => {
    const written: string[] = [];
    let clock = 0;
    const progress = terminalProgress(
      { isTTY, columns: 30, write: (text) => written.push(text) },
      () => (clock += 1000),
    );
    progress.step("carnet emploi, cellule 3 sur 9, et une suite trop longue");
    progress.milestone("3 carnets");
    progress.end();
    return written;
  };
  test("one line rewritten on a terminal, cut to its width", () => {
    const [step = "", milestone] = record(true);
    expect(step.startsWith("\r\u001b[2K1,0\u00a0s  carnet")).toBe(true);
    expect(step).not.toContain("\n");
    expect(step.replace("\r\u001b[2K", "").length).toBeLessThan(30);
    expect(milestone).toBe("\r\u001b[2K2,0\u00a0s  3 carnets\n");
  });
  test("milestones alone in a log", () => expect(record(false)).toEqual(["1,0\u00a0s  3 carnets\n"]));
  test("silence by default", () => expect(silentProgress.step("x")).toBeUndefined());
});

describe("a stream of rows", () => {
  test("gives all rows in order, then ends", async () => {
    await withDatabase(async (database) => {
      const seen: number[] = [];
      await database.stream("SELECT i::DOUBLE AS i FROM range(300000) t(i)", (batch) => seen.push(...batch.numbers(0)));
      expect(seen.length).toBe(300_000);
      expect(seen.every((value, i) => value === i)).toBe(true);
      const none: number[] = [];
      await database.stream("SELECT 1::DOUBLE AS i WHERE false", (batch) => none.push(batch.rowCount));
      expect(none).toEqual([]);
    });
  });

  test("a lack of memory is told as such, by a query as by a stream; other errors are the engine's", async () => {
    await withDatabase(
      async (database) => {
        const sql =
          "SELECT max(len(s))::DOUBLE AS n FROM (SELECT string_agg(i::VARCHAR || repeat('y', 200)) AS s FROM range(1000000) t(i))";
        await expect(database.query(sql)).rejects.toThrow(/moteur manque de mémoire.*moins de colonnes/);
        await expect(database.stream(sql, () => undefined)).rejects.toBeInstanceOf(QuartiersError);
        await expect(database.query("SELECT absente")).rejects.not.toBeInstanceOf(QuartiersError);
      },
      { memoryMegabytes: 20 },
    );
  });

  test.each([0, 1, 2047, 2048, 122_880, 250_000, 299_999])("fails when the engine fails at row %i", async (bad) => {
    await withDatabase(async (database) => {
      const sql = `SELECT CASE WHEN i = ${bad} THEN error('halt') ELSE i::DOUBLE END AS i FROM range(300000) t(i)`;
      await expect(database.stream(sql, () => undefined)).rejects.toThrow();
    });
  });
});
