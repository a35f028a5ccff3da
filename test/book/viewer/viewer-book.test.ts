import { readFileSync } from "node:fs";
import { join } from "node:path";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { beforeAll, describe, expect, test } from "vitest";
import { buildBook } from "../../../src/book/build.ts";
import { hashFile, listFiles } from "../../../src/book/keys.ts";
import { viewerProject } from "./viewer-book.ts";

const page = "visionneuse-non-recours.html";

describe("a book with a viewer", () => {
  let root = "";
  beforeAll(async () => {
    root = await viewerProject(12);
    await buildBook({ root });
  }, 90_000);
  const read = (file: string): string => readFileSync(join(root, "reports/site", file), "utf8");

  test("the page is in the contents of every page, and its chapter leads to it and back", () => {
    for (const file of listFiles(join(root, "reports/site")).filter((name) => name.endsWith(".html")))
      expect(read(file)).toContain(`<li><a href="${page}"`);
    expect(read("essai.html")).toMatch(new RegExp(`id="visionneuse-non-recours".*href="${page}"`));
    expect(read(page)).toContain('href="essai.html#visionneuse-non-recours"');
    expect(read(page)).toContain("default-src 'none'");
    expect(read(page)).toContain("SYNTHÉTIQUE");
  });

  test("in print it is a paragraph with the address of the page", async () => {
    const data = new Uint8Array(readFileSync(join(root, "reports/livre-blanc.pdf")));
    const pdf = await getDocument({ data, verbosity: 0 }).promise;
    let words = "";
    for (let number = 1; number <= pdf.numPages; number++)
      words += (await (await pdf.getPage(number)).getTextContent()).items
        .map((item) => ("str" in item ? item.str : ""))
        .join(" ");
    expect(words.replace(/\s+/g, "")).toContain(`site/${page}`);
    expect(words.replace(/\s+/g, " ")).toContain("s’ouvre sans connexion");
  });

  test("its files hold the released values with their reasons, and say where they come from", () => {
    const folder = "visionneuses/non-recours";
    expect(listFiles(join(root, "reports/site", folder))).toEqual([
      "dictionnaire.csv",
      "estimations.csv",
      "explications.csv",
      "meta.json",
      "quartiers.csv",
    ]);
    const estimates = read(`${folder}/estimations.csv`).trimEnd().split("\n");
    expect(estimates).toHaveLength(1 + 3 * 12);
    expect(estimates.some((line) => line.endsWith(",s,s,s"))).toBe(true);
    const meta = JSON.parse(read(`${folder}/meta.json`)) as { provenance: Record<string, unknown> };
    expect(meta.provenance).toMatchObject({ notebook: "01-essai.ipynb", cell: 3, parameters: { tirages: 200 } });
    for (const file of listFiles(join(root, "reports/site")))
      expect(readFileSync(join(root, "reports/site", file), "latin1")).not.toContain(root);
  });

  test("built again elsewhere, the same bytes", async () => {
    const other = await viewerProject(12);
    await buildBook({ root: other });
    for (const file of listFiles(join(root, "reports/site")))
      expect(hashFile(join(other, "reports/site", file))).toBe(hashFile(join(root, "reports/site", file)));
  }, 90_000);
});
