import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { isAbsolute, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { jupyterDataFolder, registerKernel } from "../../src/notebook/kernelspec.ts";

const folder = mkdtempSync(join(tmpdir(), "quartiers-kernelspec-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the kernel is written for the project and for the user, with absolute paths, and twice gives the same bytes", () => {
  const lines: string[] = [];
  const options = {
    projectFolder: join(folder, "projet"),
    userFolder: join(folder, "jupyter"),
    print: (line: string) => lines.push(line),
  };
  const files = registerKernel(options);
  expect(files).toEqual([
    join(folder, "projet/.jupyter/kernels/quartiers/kernel.json"),
    join(folder, "jupyter/kernels/quartiers/kernel.json"),
  ]);
  const [first = "", second = ""] = files.map((file) => readFileSync(file, "utf8"));
  expect(second).toBe(first);
  const { argv, display_name, interrupt_mode } = JSON.parse(first);
  expect([display_name, interrupt_mode]).toEqual(["TypeScript (Quartiers)", "signal"]);
  expect(argv.slice(0, 2).every(isAbsolute)).toBe(true);
  expect(argv.at(-1)).toBe("{connection_file}");
  for (const file of files) expect(lines.join("\n")).toContain(file);
  registerKernel({ ...options, print: () => {} });
  expect(readFileSync(files[0] ?? "", "utf8")).toBe(first);
});

test("--local leaves the user's folder alone", () => {
  const files = registerKernel({
    projectFolder: join(folder, "local"),
    userFolder: join(folder, "never"),
    local: true,
    print: () => {},
  });
  expect(files).toEqual([join(folder, "local/.jupyter/kernels/quartiers/kernel.json")]);
});

test("a folder that cannot be written is named", () => {
  writeFileSync(join(folder, "fichier"), "");
  expect(() => registerKernel({ projectFolder: join(folder, "fichier"), local: true, print: () => {} })).toThrow(
    /Le noyau ne peut pas être écrit.*kernel\.json/s,
  );
});

test("the user's folder follows the platform", () => {
  expect(jupyterDataFolder("linux", {}, "/home/a")).toBe("/home/a/.local/share/jupyter");
  expect(jupyterDataFolder("darwin", {}, "/Users/a")).toBe("/Users/a/Library/Jupyter");
  expect(jupyterDataFolder("win32", { APPDATA: "/roaming" }, "/a")).toBe("/roaming/jupyter");
  expect(jupyterDataFolder("linux", { JUPYTER_DATA_DIR: "/data" }, "/home/a")).toBe("/data");
});
