import { beforeAll, describe, expect, test } from "vitest";
import { numbers, reasonAt, texts } from "../../src/codes/table.ts";
import {
  type CulturalPractices,
  culturalPractices,
  culturalPracticesUse,
} from "../../src/experiments/cultural-practices.ts";
import type { Note } from "../../src/experiments/experiment.ts";
import type { Figure } from "../../src/figures/figure.ts";
import { openTerritory } from "../../src/sources/territory.ts";
import { realData } from "../support/real-data.ts";
import { peopleIn, shownIn } from "./culture/shown.ts";

/** A hole as JavaScript writes it, and as `frenchNumber` does. */
const broken = /NaN|undefined|null|Infinity|∞|\[object|non disponible|hors d’atteinte/;

/** What every page of the chapter owes its reader, whatever the territory. */
function holdsForAnyTerritory(result: () => CulturalPractices): void {
  test("every figure has its title, its alternative, its field and a number read aloud, and no hole in its sentences", () => {
    const { figures } = shownIn(result());
    expect(figures.length).toBeGreaterThanOrEqual(18);
    for (const { id, title, subtitle, alt, champ, lecture } of figures)
      for (const sentence of [title, subtitle, alt, champ, lecture]) {
        expect(sentence.trim().length, id).toBeGreaterThan(10);
        expect(sentence, id).not.toMatch(broken);
      }
  });

  test("paragraphs have no hole either, and a figure has one name", () => {
    const { figures, notes } = shownIn(result());
    for (const { markdown } of notes) expect(markdown).not.toMatch(broken);
    const ids = figures.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("a paragraph quotes numbers that are there, and figures that are shown, as what they are", () => {
    const { figures, notes, numbers: lists } = shownIn(result());
    const keys = new Set(lists.flatMap(({ data }) => [...texts(data, "key").values]));
    const shown = new Map(figures.map(({ id, kind }) => [id, kind === "table" ? "tab" : "fig"]));
    let [quoted, referred] = [0, 0];
    for (const { markdown } of notes) {
      for (const [, key = ""] of markdown.matchAll(/\{\{([^}]*)\}\}/g)) {
        quoted++;
        expect(keys, markdown).toContain(key);
      }
      for (const [, kind, id = ""] of markdown.matchAll(/@(fig|tab):([a-z0-9-]+)/g)) {
        referred++;
        expect(`${shown.get(id)}:${id}`, markdown).toBe(`${kind}:${id}`);
      }
    }
    expect(quoted).toBeGreaterThan(10);
    expect(referred).toBeGreaterThan(8);
  });

  test("no released table shows a count of 1 to 10 people", () => {
    const { figures } = shownIn(result());
    let counted = 0;
    for (const figure of figures) {
      for (const { column, values } of peopleIn(figure)) {
        counted += values.length;
        expect(
          [...values].filter((people) => people > 0 && people < 11),
          `${figure.id}, ${column}`,
        ).toEqual([]);
      }
    }
    expect(counted).toBeGreaterThan(200);
  });

  test("figures that rest on people are judged on counts, under a threshold of 11 at least", () => {
    const { figures } = shownIn(result());
    const judged = figures.filter(({ data }) => data.release.basis === "counts");
    expect(judged.length).toBeGreaterThan(10);
    for (const { id, data } of judged) expect(data.release.minUnits, id).toBeGreaterThanOrEqual(11);
    for (const { id, data } of figures)
      if (data.release.unit === "enquêté") expect(data.release.basis, id).toBe("counts");
  });
}

const isFigure = (shown: Figure | Note): shown is Figure => shown.kind !== "note";

describe("on the synthetic territory", () => {
  let result: CulturalPractices;
  beforeAll(async () => {
    result = await culturalPractices(openTerritory());
  }, 180_000);

  holdsForAnyTerritory(() => result);

  test("every figure says that it is synthetic, in its source and on its drawing", () => {
    for (const { id, synthetic, kind, source, spec } of shownIn(result).figures) {
      expect(synthetic, id).toBe(true);
      expect(source, id).toContain("imite");
      if (kind === "chart") expect(JSON.stringify(spec), id).toContain("SYNTHÉTIQUE");
    }
  });

  test("nothing is an empty note: the territory has every side", () => {
    for (const { markdown } of shownIn(result).notes) expect(markdown.length).toBeGreaterThan(40);
    for (const shown of [
      result.distance,
      result.areas,
      result.triangle,
      result.areaTriangle,
      result.brakes,
      result.truth,
    ])
      expect(isFigure(shown)).toBe(true);
  });

  test("fewer neighbourhoods have nothing near as the walk accepted grows", () => {
    const { data } = result.supply.table;
    const [near, far] = [numbers(data, "sans_15").values, numbers(data, "sans_30").values];
    expect(data.numRows).toBeGreaterThanOrEqual(5);
    for (let row = 0; row < data.numRows; row++) expect(far[row]).toBeLessThanOrEqual(near[row]);
    expect(far.some((none, row) => none < near[row])).toBe(true);
  });

  test("by bicycle at least as many as on foot, and by transit too: both may be walked", () => {
    if (!isFigure(result.supply.byMode)) throw new Error("no figure of modes");
    const { data } = result.supply.byMode;
    const share = new Map(
      texts(data, "lieu").values.map((kind, row) => [
        `${kind} ${texts(data, "mode").values[row]}`,
        numbers(data, "part").values[row],
      ]),
    );
    for (const kind of new Set(texts(data, "lieu").values)) {
      const walk = share.get(`${kind} à pied`) ?? Number.NaN;
      expect(share.get(`${kind} à vélo`), `${kind}`).toBeGreaterThanOrEqual(walk);
      expect(share.get(`${kind} à pied ou en transport collectif`), `${kind}`).toBeGreaterThanOrEqual(walk - 0.1);
    }
  });

  test("the direct rate of a neighbourhood is hidden where fewer than 11 go or fewer than 11 do not", () => {
    if (!isFigure(result.areas)) throw new Error("no figure of neighbourhoods");
    const { data, title } = result.areas;
    const shown = numbers(data, "direct").values.filter(Number.isFinite).length;
    expect(data.numRows).toBe(78);
    expect(shown).toBeGreaterThan(5);
    expect(shown).toBeLessThan(78);
    expect(title).toContain(`n’est diffusée que dans ${shown}`);
    // The three cells of a hidden row have one sign: another would tell how its people answered.
    const signs = ["direct", "direct_bas", "direct_haut"].map((name) => numbers(data, name));
    for (let row = 0; row < 78; row++)
      expect(new Set(signs.map((column) => reasonAt(column, row))).size, `${row}`).toBe(1);
    expect(numbers(data, "modele").values.every(Number.isFinite)).toBe(true);
    expect(Object.keys(data.columns)).not.toContain("oui");
  });

  test("the same seed gives the same book, to the last number", async () => {
    const again = await culturalPractices(openTerritory(), { resamples: 50, draws: 500 });
    const told = (one: CulturalPractices): string =>
      JSON.stringify(shownIn(one), (_, value) => (ArrayBuffer.isView(value) ? [...(value as Float64Array)] : value));
    expect(told(again)).toBe(told(result));
  }, 180_000);
});

test("the chapter declares what it reads before it reads anything", () => {
  expect(culturalPracticesUse.purpose).toBe("pratiques-culturelles");
  const ids = culturalPracticesUse.sources.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toContain("enquete-pratiques");
});

describe.skipIf(realData === null)("on Occitanie", () => {
  let result: CulturalPractices;
  beforeAll(async () => {
    result = await culturalPractices(openTerritory({ territory: "occitanie", data: realData ?? "" }));
  }, 180_000);

  holdsForAnyTerritory(() => result);

  test("no figure is synthetic", () => {
    for (const { id, synthetic } of shownIn(result).figures) expect(synthetic, id).toBe(false);
  });

  test("no effect of the neighbourhood: distance, neighbourhoods, wishes and truth stay empty, and the text says why", () => {
    for (const shown of [
      result.distance,
      result.areaCheck,
      result.triangle,
      result.areaTriangle,
      result.brakes,
      result.truth,
      result.truthAreas,
      result.supply.byMode,
      result.supply.map,
      result.isochrones,
    ])
      expect(shown).toEqual({ kind: "note", markdown: "" });
    expect(result.reading.gap.markdown).toContain("aucun écart entre quartiers et reste n’est calculé");
    expect(result.reading.distance.markdown).toContain("l’effet de la distance n’est pas estimé");
    expect(result.reading.triangle.markdown).toContain("a un côté vide");
    expect(result.missing.markdown).toMatch(/une enquête qui sait le quartier/i);
    for (const { id, title, lecture } of shownIn(result).figures)
      if (id !== "culture-faits-publies") expect(`${title} ${lecture}`, id).not.toMatch(/écart entre (les )?quartiers/);
  });

  test("gaps are those of women and men, on the sample without weights, and say it", () => {
    expect(result.gaps.champ).toContain("femme moins homme");
    expect(result.gaps.champ).toContain("sans poids");
    expect(result.gaps.title).toContain("entre femmes et hommes");
    const { data } = result.gapTable;
    const at = (practice: string): number =>
      numbers(data, "ecart").values[texts(data, "pratique").values.findIndex((name) => name.startsWith(practice))];
    // Known of the survey of 2003: women read and knit more, men mend and fish more.
    expect(at("Lecture")).toBeGreaterThan(5);
    expect(at("Tricot")).toBeGreaterThan(20);
    expect(at("Pêche")).toBeLessThan(-5);
  });

  test("the commune is the finest place, said by the figure, by its field and among what is missing", () => {
    expect(result.supply.within.champ).toContain("à la commune");
    expect(result.supply.table.champ).toContain("à la commune");
    expect(result.missing.markdown).toContain("coordonnées");
    expect(result.published.title).toContain("Ce qui est publié");
    if (!isFigure(result.areas)) throw new Error("no figure of communes");
    expect(result.areas.title).toContain("selon la commune");
    expect(result.areas.subtitle).toContain("sans effet du lieu");
    expect(result.areas.data.numRows).toBe(48);
    expect(result.areas.data.columns["quartier"]).toBeUndefined();
  });

  test("the survey of 2003 gives its known rates: 44 % at the cinema, 65 % of the higher diplomas", () => {
    const { data } = result.rates.byDiploma;
    const higher = texts(data, "groupe").values.findIndex(
      (group, i) => group === "études supérieures" && texts(data, "pratique").values[i] === "Cinéma",
    );
    expect(numbers(data, "part").values[higher]).toBe(65);
    const all = texts(result.rates.all.data, "pratique").values.indexOf("Cinéma");
    expect(numbers(result.rates.all.data, "part").values[all]).toBe(44);
    expect(result.rates.byDiploma.vintage).toContain("2003");
  });
});
