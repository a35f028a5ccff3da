import { fork } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { sha256 } from "../../../src/engine/hash.ts";
import {
  isInside,
  type LockEntry,
  lockText,
  parseLock,
  readLock,
  updateLock,
  verifyLock,
} from "../../../src/sources/fetch/lock.ts";
import { useFetchWorld } from "../../support/fetch-world.ts";

const world = useFetchWorld();

const entry = (content: string, source = "essai"): LockEntry => ({
  source,
  publisher: "Insee",
  licence: "Licence Ouverte 2.0",
  vintage: "2021",
  url: "https://www.insee.fr/a.csv",
  finalUrl: "https://www.insee.fr/b.csv",
  date: "2026-03-02T12:00:00.000Z",
  bytes: content.length,
  sha256: sha256(content),
});

describe("the lock file", () => {
  test("is sorted, whatever the order of the downloads", async () => {
    const { folder } = world();
    for (const name of ["z.csv", "a.csv", "m/n.csv"]) await updateLock(folder, name, { ...entry(name), etag: '"v"' });
    const text = readFileSync(join(folder, "quartiers.lock.json"), "utf8");
    const keys = Object.keys(JSON.parse(text).files);
    expect(keys).toEqual(["a.csv", "m/n.csv", "z.csv"]);
    expect(Object.keys(JSON.parse(text).files["a.csv"])).toEqual(
      "bytes date etag finalUrl licence publisher sha256 source url vintage".split(" "),
    );
    expect(text).toBe(lockText(await readLock(folder)));
    expect(world().files()).toEqual(["quartiers.lock.json"]);
  });

  test("keeps the entries of tasks and of processes that write at once", async () => {
    const { folder } = world();
    const script = join(folder, "ecrire.ts");
    const lock = join(import.meta.dirname, "../../../src/sources/fetch/lock.ts");
    writeFileSync(
      script,
      `import { updateLock } from ${JSON.stringify(lock)};
       for (let i = 0; i < 10; i++) await updateLock(${JSON.stringify(folder)}, process.argv[2] + i + ".csv", ${JSON.stringify(entry("x"))});`,
    );
    const others = ["p", "q"].map(
      (name) => new Promise<number | null>((resolve) => fork(script, [name], { execArgv: [] }).on("exit", resolve)),
    );
    await Promise.all(Array.from({ length: 10 }, (_, i) => updateLock(folder, `ici${i}.csv`, entry("x"))));
    expect(await Promise.all(others)).toEqual([0, 0]);
    expect((await readLock(folder)).size).toBe(30);
  });

  test("says which of its files are the same, changed or absent", async () => {
    const { folder } = world();
    for (const name of ["a", "b", "c"]) await updateLock(folder, `${name}.csv`, entry(name));
    writeFileSync(join(folder, "a.csv"), "a");
    writeFileSync(join(folder, "b.csv"), "autre");
    expect((await verifyLock(folder)).map(({ file, state }) => `${file} ${state}`)).toEqual([
      "a.csv same",
      "b.csv changed",
      "c.csv absent",
    ]);
    expect((await verifyLock(folder))[1]).toMatchObject({ expectedSha256: sha256("b"), foundSha256: sha256("autre") });
  });

  test("is empty when absent", async () => {
    expect((await readLock(world().folder)).size).toBe(0);
  });

  const good = { version: 1, files: { "a.csv": entry("a") } };
  const change = (field: string, value: unknown): unknown => ({
    version: 1,
    files: { "a.csv": { ...entry("a"), [field]: value } },
  });
  test.each([
    ["{", "ce n'est pas du JSON"],
    ["[]", "« version » manque"],
    [{ ...good, version: 2 }, "version 2"],
    [{ version: 1, files: [] }, "« files » manque"],
    [{ version: 1, files: { "../a.csv": entry("a") } }, "../a.csv"],
    [{ version: 1, files: { "a.csv": null } }, "null"],
    [change("sha256", "abc"), "sha256 = abc"],
    [change("bytes", -1), "bytes = -1"],
    [change("bytes", "12"), 'bytes = "12"'],
    [change("licence", undefined), "« licence » manque"],
    [change("etag", 3), "etag = 3"],
  ])("damaged: %j", (document, words) => {
    const text = typeof document === "string" ? document : JSON.stringify(document);
    expect(() => parseLock(text)).toThrow("Le verrou des téléchargements est abîmé");
    expect(() => parseLock(text)).toThrow(words);
  });

  test("a damaged one is never written over", async () => {
    const path = join(world().folder, "quartiers.lock.json");
    writeFileSync(path, "{ abîmé");
    await expect(updateLock(world().folder, "a.csv", entry("a"))).rejects.toThrow("est abîmé");
    expect(readFileSync(path, "utf8")).toBe("{ abîmé");
  });

  test("paths stay in the folder", () => {
    expect(["a.csv", "a/b.csv", "..a/b..csv"].map(isInside)).toEqual([true, true, true]);
    expect(["", "/a", "\\a", "C:\\a", "a/../../b", "..", "a\0b"].map(isInside)).toEqual(Array(7).fill(false));
  });
});
