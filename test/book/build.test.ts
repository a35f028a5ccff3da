import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { getDocument } from "pdfjs-dist/legacy/build/pdf.mjs";
import { beforeAll, describe, expect, test } from "vitest";
import { buildBook } from "../../src/book/build.ts";
import { hashFile, listFiles } from "../../src/book/keys.ts";
import { lockOf } from "../../src/book/publish.ts";
import { typographyFaults } from "../../src/book/typography.ts";
import { cells, chart, dataTable, fixtureProject, notebookJson, showCell } from "./fixture.ts";

const hashes = (folder: string): Record<string, string> =>
  Object.fromEntries(listFiles(folder).map((file) => [file, hashFile(join(folder, file))]));
const figureMime = "application/vnd.quartiers.figure+json";

interface Tag {
  readonly role?: string;
  readonly alt?: string;
  readonly children?: readonly Tag[];
}

describe("a whole build of a small book", () => {
  let root = "";
  beforeAll(async () => {
    root = fixtureProject();
    await buildBook({ root });
  }, 90_000);

  test("the PDF reads as PDF/UA-1, in French, with its fonts, bookmarks and alternatives", async () => {
    const pdf = await getDocument({
      data: new Uint8Array(readFileSync(join(root, "reports/livre-blanc.pdf"))),
      verbosity: 0,
    }).promise;
    const { info, metadata } = (await pdf.getMetadata()) as unknown as {
      info: Record<string, unknown>;
      metadata: { get: (name: string) => string };
    };
    expect(info.Language).toBe("fr-FR");
    expect(metadata.get("pdfuaid:part")).toBe("1");
    expect((await pdf.getMarkInfo())?.Marked).toBe(true);
    expect((await pdf.getOutline())?.map(({ title }) => title)).toEqual(
      ["Préface", "La distance à l’emploi", "Provenance des figures"].map((title, i) =>
        expect.stringMatching(new RegExp(`${i + 1}.*${title}|${title}`)),
      ),
    );
    const alternatives: string[] = [];
    const roles = new Set<string>();
    const fonts = new Set<string>();
    let words = "";
    for (let number = 1; number <= pdf.numPages; number++) {
      const page = await pdf.getPage(number);
      const walk = ({ role, alt, children = [] }: Tag): void => {
        if (role) roles.add(role);
        if (role === "Figure" && alt) alternatives.push(alt);
        children.forEach(walk);
      };
      walk((await page.getStructTree()) as Tag);
      await page.getOperatorList();
      for (const [, object] of page.commonObjs as unknown as Iterable<[string, { name?: string } | null]>)
        if (object?.name) fonts.add(object.name.replace(/^[A-Z]{6}\+/, ""));
      words += (await page.getTextContent()).items.map((item) => ("str" in item ? item.str : "")).join("");
    }
    expect(alternatives).toHaveLength(1);
    expect(alternatives[0]).toContain("Nuage de points");
    for (const role of ["H1", "TOC", "Caption", "Table", "TH", "Formula"]) expect(roles).toContain(role);
    for (const font of fonts) expect(font).toMatch(/^(SourceSans3|SourceSerif4|NewCMMath)-/);
    expect(words).toMatch(/6,8\skm/);
    expect(words).toMatch(/figure\s1/);
    expect(words).toMatch(/tableau\s1/);
    expect(words).not.toMatch(/@fig|@tab|\{\{/);
  });

  test("the site has the same words, numbers and typography, and no foreign address", () => {
    const page = readFileSync(join(root, "reports/site/essai.html"), "utf8");
    expect(page).toContain('href="#figure-distance-par-ville">figure\u00a01');
    expect(page).toContain('<th scope="col"');
    expect(page).toContain('<details class="code">');
    expect(page).toContain("<math");
    expect(page).toMatch(
      /<div class="abstract" lang="en">\s*<p><strong>Abstract\.<\/strong> How far\? Not far; really\./,
    );
    for (const file of listFiles(join(root, "reports/site")).filter((name) => name.endsWith(".html"))) {
      const text = readFileSync(join(root, "reports/site", file), "utf8");
      expect(text).not.toMatch(/(?:src|href)="https?:/);
      const prose = text
        .replace(/<(style|script|pre|svg)[\s\S]*?<\/\1>/g, "")
        .replace(/<[^>]+>/g, "|")
        .replace(/&\w+;/g, "_");
      expect(typographyFaults(prose)).toEqual([]);
    }
  });

  test("each figure has its files, and the CSV is what is drawn", () => {
    const folder = join(root, "reports/figures/distance-par-ville");
    expect(listFiles(folder)).toEqual([
      "dictionnaire.csv",
      "distance-par-ville.csv",
      "distance-par-ville.pdf",
      "distance-par-ville.png",
      "distance-par-ville.svg",
      "distance-par-ville.vl.json",
      "meta.json",
    ]);
    const spec = JSON.parse(readFileSync(join(folder, "distance-par-ville.vl.json"), "utf8")) as {
      datasets: { drawn: { town: string; km: number | null }[] };
    };
    expect(readFileSync(join(folder, "distance-par-ville.csv"), "utf8")).toBe(
      `town,km\n${spec.datasets.drawn.map(({ town, km }) => `${town},${km ?? "s"}\n`).join("")}`,
    );
    const svg = readFileSync(join(folder, "distance-par-ville.svg"), "utf8");
    expect(svg).toContain("SYNTHÉTIQUE");
    expect(svg).not.toMatch(/aria-label/);
    const meta = JSON.parse(readFileSync(join(folder, "meta.json"), "utf8")) as { provenance: Record<string, unknown> };
    expect(meta.provenance).toMatchObject({
      notebook: "01-essai.ipynb",
      cell: 4,
      seed: 20260301,
      sources: [{ sha256: "ab".repeat(32) }],
    });
    for (const file of listFiles(join(root, "reports")))
      expect(readFileSync(join(root, "reports", file), "latin1")).not.toContain(root);
  });

  test("nothing changed: nothing is done; without cache: the same bytes; a sentence: no notebook runs", async () => {
    const before = hashes(join(root, "reports"));
    expect((await buildBook({ root })).upToDate).toBe(true);
    const other = fixtureProject();
    const again = await buildBook({ root: other });
    expect(again.ran).toEqual(["01-essai.ipynb"]);
    expect(hashes(join(other, "reports"))).toEqual(before);
    writeFileSync(join(other, "notebooks/livre/preface.md"), "# Préface\n\nUne autre phrase.\n");
    const edited = await buildBook({ root: other });
    expect(edited).toMatchObject({ upToDate: false, ran: [], drawn: [] });
  }, 90_000);

  test("a failure leaves the previous reports untouched: prose, seal, alternative, thrown error", async () => {
    const before = hashes(join(root, "reports"));
    const rewrite = (list: typeof cells): void =>
      writeFileSync(join(root, "notebooks/01-essai.ipynb"), notebookJson(list));
    const said: string[] = [];
    const broken = async (list: typeof cells): Promise<void> => {
      rewrite(list);
      await buildBook({ root }).then(
        () => said.push("construit"),
        (error: Error) => said.push(error.message),
      );
      expect(hashes(join(root, "reports"))).toEqual(before);
    };
    await broken(cells.map((cell, i) => (i === 0 ? { ...cell, source: `${cell.source}\n\n{{essai.median}}` } : cell)));
    await broken(
      cells.map((cell, i) =>
        i === 2 ? { ...cell, source: showCell([{ mime: figureMime, content: chart({ alt: "" }) }]) } : cell,
      ),
    );
    await broken(
      cells.map((cell, i) =>
        i === 2
          ? {
              ...cell,
              source: `({ [Symbol.for("Jupyter.display")]: async () => ({ ${JSON.stringify(figureMime)}: { content: ${JSON.stringify(dataTable())}, seal: "00" } }) })`,
            }
          : cell,
      ),
    );
    await broken(cells.map((cell, i) => (i === 2 ? { ...cell, source: 'throw new Error("panne voulue");' } : cell)));
    await broken(
      cells.map((cell, i) =>
        i === 2 ? { ...cell, source: 'const one = 1;\nprocess.kill(process.pid, "SIGKILL");' } : cell,
      ),
    );
    await broken(
      cells.map((cell, i) =>
        i === 2
          ? {
              ...cell,
              source: showCell([
                {
                  mime: figureMime,
                  content: chart({
                    spec: {
                      ...chart().spec,
                      datasets: { drawn: [], petites: [{ commune: "Val-de-Craie", effectif: 3 }] },
                    },
                  }),
                },
              ]),
            }
          : cell,
      ),
    );
    expect(said[0]).toMatch(/essai\.median.*cellule 1.*essai\.mediane/s);
    expect(said[1]).toMatch(/distance-par-ville.*texte alternatif/s);
    expect(said[2]).toMatch(/modifiée.*01-essai\.ipynb, cellule 4/s);
    expect(said[3]).toMatch(/01-essai\.ipynb, cellule.*panne voulue/s);
    expect(said[4]).toMatch(/01-essai\.ipynb, cellule.*(SIGKILL|mort|arrêté)/s);
    expect(said[5]).toMatch(/distance-par-ville.*champ commune/s);
    expect(said[5]).not.toContain("3");
    rewrite(cells);
    expect(existsSync(lockOf(root, join(root, "reports")))).toBe(false);
  }, 120_000);

  test("a second build is refused while the first lives; a dead one's lock is taken over", async () => {
    const lock = lockOf(root, join(root, "reports"));
    mkdirSync(join(root, ".quartiers"), { recursive: true });
    writeFileSync(lock, String(process.pid));
    await expect(buildBook({ root })).rejects.toThrow(/Une autre construction/);
    writeFileSync(lock, "999999999");
    await expect(buildBook({ root })).resolves.toBeDefined();
  }, 90_000);

  test("an unknown territory, a missing folder, an unknown chapter each say what is known", async () => {
    await expect(buildBook({ root, territory: "atlantide" })).rejects.toThrow(/atlantide.*exemple/s);
    await expect(buildBook({ root, data: join(root, "absent") })).rejects.toThrow(/introuvable/);
    await expect(buildBook({ root, only: ["rien"] })).rejects.toThrow(/preface, essai/);
  });
});
