import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { numbers, texts } from "../../src/codes/table.ts";
import { type ProtectionLesson, protectionLesson } from "../../src/experiments/protection-lesson.ts";
import { openTerritory } from "../../src/sources/territory.ts";
import { realData } from "../support/real-data.ts";
import { shownIn } from "./culture/shown.ts";

const broken = /NaN|undefined|null|Infinity|∞|\[object|non disponible|hors d’atteinte/;

interface NotebookFile {
  readonly cells: readonly { readonly cell_type: string; readonly source: readonly string[] }[];
}
const notebook = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../notebooks/05-protection-et-attaques.ipynb"), "utf8"),
) as NotebookFile;
const sources = notebook.cells.map(({ cell_type, source }) => ({ cell_type, text: source.join("") }));

function holdsForAnyTerritory(result: () => ProtectionLesson): void {
  test("every figure has its words and no hole in its sentences", () => {
    const { figures } = shownIn(result());
    expect(figures.length).toBeGreaterThanOrEqual(20);
    for (const { id, title, subtitle, alt, champ, lecture } of figures)
      for (const sentence of [title, subtitle, alt, champ, lecture]) {
        expect(sentence.trim().length, id).toBeGreaterThan(10);
        expect(sentence, id).not.toMatch(broken);
      }
    const ids = figures.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("the notebook shows what is there, quotes numbers that are there, and cites figures that it shows", () => {
    const lesson = result();
    const { figures, numbers: lists } = shownIn(lesson);
    const keys = new Set(lists.flatMap(({ data }) => [...texts(data, "key").values]));
    const shown = new Set<string>();
    for (const { cell_type, text } of sources) {
      const path = cell_type === "code" ? /^show\(lecon\.([\w.]+)\)/m.exec(text)?.[1] : undefined;
      if (path === undefined) continue;
      const value = path.split(".").reduce<unknown>((at, name) => (at as Record<string, unknown>)[name], lesson);
      expect(value, path).toBeDefined();
      const { kind, id } = value as { readonly kind: string; readonly id?: string };
      if (id) shown.add(`${kind === "table" ? "tab" : "fig"}:${id}`);
    }
    // Every figure of the lesson is shown.
    expect(
      figures.map(({ kind, id }) => `${kind === "table" ? "tab" : "fig"}:${id}`).filter((one) => !shown.has(one)),
    ).toEqual([]);
    for (const { cell_type, text } of sources) {
      if (cell_type !== "markdown") continue;
      for (const [, key] of text.matchAll(/\{\{([^}]*)\}\}/g)) expect(keys, text).toContain(key);
      for (const [, reference = ""] of text.matchAll(/@((?:fig|tab):[a-z0-9-]+)/g))
        expect(shown, text).toContain(reference);
    }
  });

  test("invented tables are stamped, and the territory's holes are told by counts alone", () => {
    const { holes, ...lesson } = result();
    for (const { id, synthetic } of shownIn(lesson).figures)
      if (id !== "protection-attaques") expect(synthetic, id).toBe(true);
    expect(JSON.stringify(holes.data.columns)).not.toMatch(/QP\d{6}/);
  });
}

describe("on the invented territory", () => {
  let lesson: ProtectionLesson;
  beforeAll(async () => {
    lesson = await protectionLesson(openTerritory());
  }, 60_000);
  holdsForAnyTerritory(() => lesson);

  test("the redrawn noise gives the count back, the keyed noise does not", () => {
    const { numbers: quoted } = lesson;
    const keys = texts(quoted.data, "key").values;
    const at = (key: string): number => numbers(quoted.data, "value").values[keys.indexOf(`protection.${key}`)];
    expect(Math.round(at("bruit.moyenne"))).toBe(at("bruit.vrai"));
    expect(at("bruit.cle")).not.toBe(at("bruit.vrai"));
    expect(at("nuage.retrouvees")).toBe(at("nuage.dessines"));
    expect(at("motif.minimum")).toBe(6);
  });
});

describe.skipIf(realData === null)("in Occitanie", () => {
  let lesson: ProtectionLesson;
  beforeAll(async () => {
    lesson = await protectionLesson(openTerritory({ territory: "occitanie", data: realData ?? "" }));
  }, 60_000);
  holdsForAnyTerritory(() => lesson);
});
