import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, test } from "vitest";
import { nbformatErrors } from "../../src/notebook/nbformat.ts";
import { failureSentence, type RunEvent, runNotebook, runNotebooks } from "../../src/notebook/run.ts";
import { FixturePackage, outputsOf, printed } from "./fixture.ts";

const fixture = new FixturePackage();
const foldersBefore = new Set(kernelFolders());
afterAll(() => fixture.remove());

function kernelFolders(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith("quartiers-kernel-"));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe("a notebook runs from top to bottom", () => {
  test("two in parallel: parameters, outputs updated and merged, events, nbformat 4.5", async () => {
    const first = fixture.notebook("premier", [
      { tags: ["parameters"], source: 'const territory: string = "exemple";\nconst seed = 1;' },
      "console.log(territory, seed);",
      'import * as tslab from "tslab";\nconst progress = tslab.newDisplay();\nprogress.html("<b>0</b>");',
      'progress.html("<b>fini</b>");\nconsole.error("attention");\nconsole.log("a");\nconsole.log("b");\n({ un: 1 })',
    ]);
    const second = fixture.notebook("second", [
      { tags: ["parameters"], source: "const territory = 'x', seed = 2;\nconst unused = seed;" },
      "process.env.QUARTIERS_ESSAI",
    ]);
    const events: RunEvent[] = [];
    const [one, two] = await runNotebooks([first, second], {
      parallel: 2,
      parameters: { territory: 'occitanie "76"', seed: 7 },
      env: { QUARTIERS_ESSAI: "oui" },
      onEvent: (event) => events.push(event),
    });
    if (!one || !two) throw new Error("Two results are expected.");
    expect([one.failure, two.failure]).toEqual([null, null]);
    expect(one.notebook.cells.map(({ id }) => id)).toEqual([
      "cellule-1",
      "injected-parameters",
      "cellule-2",
      "cellule-3",
      "cellule-4",
    ]);
    expect(printed(outputsOf(one.notebook, 2))).toBe('occitanie "76" 7\n');
    expect(outputsOf(one.notebook, 3)).toMatchObject([
      { output_type: "display_data", data: { "text/html": "<b>fini</b>" } },
    ]);
    expect(outputsOf(one.notebook, 4)).toEqual([
      { output_type: "stream", name: "stderr", text: ["attention\n"] },
      { output_type: "stream", name: "stdout", text: ["a\n", "b\n"] },
      { output_type: "execute_result", execution_count: 5, data: { "text/plain": "{ un: 1 }" }, metadata: {} },
    ]);
    expect(outputsOf(two.notebook, 2)).toMatchObject([{ data: { "text/plain": "'oui'" } }]);
    for (const { notebook, timings, startMs } of [one, two]) {
      expect(nbformatErrors(notebook)).toEqual([]);
      expect(timings.length).toBe(notebook.cells.length);
      expect(startMs).toBeGreaterThan(0);
    }
    expect(
      events.filter(({ notebook }) => notebook === second).map(({ kind, cell, cells }) => [kind, cell, cells]),
    ).toEqual([
      ["start", undefined, undefined],
      ["ready", undefined, undefined],
      ["cell", 1, 3],
      ["cell", 2, 3],
      ["cell", 3, 3],
      ["done", undefined, undefined],
    ]);
  });

  test("it stops at the first error, with cell, line and message; the cells after it have no output", async () => {
    const file = fixture.notebook("erreur", [
      "const a = 1;",
      "const b = 2;\nconst c: string = a;",
      "console.log('jamais');",
    ]);
    const { notebook, failure } = await runNotebook(file);
    expect(failure).toMatchObject({ cellId: "cellule-2", cellIndex: 1, line: 2, ename: "TypeScriptError" });
    expect(failure && failureSentence(file, failure)).toMatch(
      /^erreur\.ipynb, cellule 2 \(cellule-2\), ligne 2\s: TypeScriptError\s: TS2322/,
    );
    expect(outputsOf(notebook, 1)).toMatchObject([{ output_type: "error", ename: "TypeScriptError" }]);
    expect(outputsOf(notebook, 2)).toEqual([]);
    expect(nbformatErrors(notebook)).toEqual([]);
  });

  test("asked not to stop, it runs what follows and reports the first failure; an endless cell stops at the time limit, and the next one runs", async () => {
    const file = fixture.notebook("continue", [
      "const a = 1;\nwhile (true) {}",
      "throw new Error('deuxième');",
      "console.log('suite');",
    ]);
    const { notebook, failure, timings } = await runNotebook(file, { stopOnError: false, cellTimeoutMs: 700 });
    expect(failure).toMatchObject({ cellIndex: 0, line: 2, ename: "TimeLimit" });
    expect(timings[0]?.ms).toBeLessThan(3_000);
    expect(outputsOf(notebook, 1)).toMatchObject([{ ename: "Error", evalue: "deuxième" }]);
    expect(printed(outputsOf(notebook, 2))).toBe("suite\n");
  });

  test("a loop that does not listen to the interruption is ended with its kernel", async () => {
    const file = fixture.notebook("sourd", ["await Promise.resolve();\nconst a = 1;\nwhile (true) {}", "1"]);
    const { failure } = await runNotebook(file, { stopOnError: false, cellTimeoutMs: 500 });
    expect(failure).toMatchObject({ cellIndex: 0, line: 3, ename: "TimeLimit" });
  });

  test("a killed kernel is reported with cell, line and its last words", async () => {
    const file = fixture.notebook("tué", [
      "const a = 1;",
      'import { writeSync } from "node:fs";\nwriteSync(2, "plus de mémoire");\nprocess.kill(process.pid, "SIGKILL");\nawait new Promise(() => {});',
      "1",
    ]);
    const { failure, notebook } = await runNotebook(file);
    expect(failure).toMatchObject({ cellId: "cellule-2", cellIndex: 1, ename: "KernelDeath" });
    expect([3, 4]).toContain(failure?.line);
    expect(failure?.evalue).toMatch(/SIGKILL[\s\S]*plus de mémoire/);
    expect(nbformatErrors(notebook)).toEqual([]);
  });

  test("a rejection that comes after the last cell still fails the notebook", async () => {
    const file = fixture.notebook("tardif", [
      "const a = 1;\nPromise.resolve().then(() => {\n  throw new Error('oublié');\n});",
    ]);
    expect((await runNotebook(file)).failure).toMatchObject({ cellIndex: 0, line: 3, evalue: "oublié" });
  });

  test("bad input is refused before any kernel starts", async () => {
    await expect(runNotebook(join(fixture.notebooks, "absent.ipynb"))).rejects.toThrow(/Carnet introuvable/);
    await expect(runNotebook(fixture.write("notebooks/tronqué.ipynb", '{"cells": ['))).rejects.toThrow(
      /pas du JSON lisible/,
    );
    await expect(runNotebook(fixture.write("notebooks/vide.ipynb", '{"cells": []}'))).rejects.toThrow(/nbformat 4\.5/);
    await expect(runNotebook(fixture.notebook("sans", ["1"]), { parameters: { seed: 1 } })).rejects.toThrow(
      /ne reçoit pas de paramètre/,
    );
    await expect(
      runNotebook(fixture.notebook("autre", [{ tags: ["parameters"], source: "const seed = 1;" }]), {
        parameters: { sead: 1 },
      }),
    ).rejects.toThrow(/sead.*Attendu\s: seed/);
  });
});

describe("kernels never outlive their runner", () => {
  test.each(["SIGINT", "SIGTERM", "SIGKILL"] as const)("%s", async (signal) => {
    const file = fixture.notebook(`pid-${signal}`, [
      `import { writeFileSync } from "node:fs";\nwriteFileSync("pid-${signal}", String(process.pid));\nawait new Promise((resolve) => setTimeout(resolve, 60_000));`,
    ]);
    const script = fixture.write(
      "runner.mjs",
      `import { runNotebook } from ${JSON.stringify(join(import.meta.dirname, "../../src/notebook/run.ts"))};\nawait runNotebook(process.argv[2]);\n`,
    );
    const runner = spawn(process.execPath, [script, file], { stdio: "ignore" });
    const ended = new Promise((resolve) => runner.on("exit", resolve));
    const pid = await waitForPid(join(fixture.notebooks, `pid-${signal}`));
    expect(isAlive(pid)).toBe(true);
    runner.kill(signal);
    await ended;
    for (let tries = 0; isAlive(pid) && tries < 60; tries++) await sleep(50);
    expect(isAlive(pid)).toBe(false);
  });

  test("no connection file is left behind", () => {
    const left = kernelFolders().filter((name) => !foldersBefore.has(name));
    // Each of the two other test files that start a kernel may have one alive; each run of this file would have left one more.
    expect(left.length).toBeLessThanOrEqual(2);
  });
});

async function waitForPid(file: string): Promise<number> {
  const { readFileSync } = await import("node:fs");
  for (let tries = 0; tries < 600; tries++) {
    try {
      const pid = Number(readFileSync(file, "utf8"));
      if (pid) return pid;
    } catch {
      // not written yet
    }
    await sleep(50);
  }
  throw new Error("The kernel did not write its process id.");
}
