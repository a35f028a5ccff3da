import { describe, expect, test } from "vitest";
import { numberColumn, numbers, type Table, table, texts } from "../../src/codes/table.ts";
import { classProfiles } from "../../src/figures/class-profiles.ts";
import { dendrogram } from "../../src/figures/dendrogram.ts";
import { directAgainstModel } from "../../src/figures/direct-against-model.ts";
import { factorMap } from "../../src/figures/factor-map.ts";
import type { Figure } from "../../src/figures/figure.ts";
import { gapPlot } from "../../src/figures/gap-plot.ts";
import { isochroneMap } from "../../src/figures/isochrone-map.ts";
import { screeBars } from "../../src/figures/scree-bars.ts";
import { shrinkagePlot } from "../../src/figures/shrinkage-plot.ts";
import { supplyPracticeWish } from "../../src/figures/supply-practice-wish.ts";
import type { Released } from "../../src/protection/released.ts";
import * as samples from "./culture-gallery.ts";
import { measures, passed, words } from "./gallery.ts";
import { svgOf } from "./svg-of.ts";

interface Kind {
  readonly data: () => Released;
  readonly make: (data: Released) => Figure;
  readonly drawnNumbers: readonly string[];
}

const estimates = ["direct", "direct_bas", "direct_haut", "modele", "modele_bas", "modele_haut"];
const shares = ["pratique", "pratique_bas", "pratique_haut", "attente", "attente_bas", "attente_haut"];
const kinds: Readonly<Record<string, Kind>> = {
  factorMap: {
    data: samples.factorTable,
    make: (data) => factorMap(data, samples.factorOptions),
    drawnNumbers: ["axe1", "axe2", "contribution", "demi_grand", "demi_petit", "angle"],
  },
  dendrogram: {
    data: samples.treeTable,
    make: (data) => dendrogram(data, samples.treeOptions),
    drawnNumbers: ["hauteur", "personnes"],
  },
  classProfiles: {
    data: samples.profilesTable,
    make: (data) => classProfiles(data, samples.profilesOptions),
    drawnNumbers: ["part", "ensemble", "v_test"],
  },
  gapPlot: {
    data: samples.gapTable,
    make: (data) => gapPlot(data, samples.gapOptions),
    drawnNumbers: ["ecart", "bas90", "haut90", "bas95", "haut95", "brut"],
  },
  directAgainstModel: {
    data: samples.estimateTable,
    make: (data) => directAgainstModel(data, samples.estimateOptions),
    drawnNumbers: estimates,
  },
  shrinkagePlot: {
    data: samples.estimateTable,
    make: (data) => shrinkagePlot(data, samples.shrinkageOptions),
    drawnNumbers: ["direct", "modele", "enquetes"],
  },
  supplyPracticeWish: {
    data: samples.wishTable,
    make: (data) => supplyPracticeWish(data, samples.wishOptions),
    drawnNumbers: ["places", ...shares],
  },
  screeBars: {
    data: samples.screeTable,
    make: (data) => screeBars(data, samples.screeOptions),
    drawnNumbers: ["valeur", "brut", "benzecri", "greenacre"],
  },
};

/** The same table with other numbers in the named columns, or with them missing. */
function withNumbers(
  data: Released,
  change: Readonly<Record<string, (value: number, row: number) => number>>,
): Released {
  const columns: Record<string, Table["columns"][string]> = { ...data.columns };
  for (const [name, value] of Object.entries(change)) {
    const { values, label, unit } = numbers(data, name);
    const next = values.map(value);
    const missing = Uint8Array.from(next, (own) => (Number.isNaN(own) ? 1 : 0));
    columns[name] = numberColumn(next, { label, unit, missing });
  }
  return passed(columns);
}

const allOf = (names: readonly string[], value: number): Record<string, () => number> =>
  Object.fromEntries(names.map((name) => [name, () => value]));

type Row = Readonly<Record<string, unknown>>;
const datasetsOf = (made: Figure): Readonly<Record<string, readonly Row[]>> =>
  (made.spec as unknown as { datasets: Record<string, readonly Row[]> }).datasets;

describe.each(Object.entries(kinds))("%s", (_, { data, make, drawnNumbers }) => {
  test("passes the book's check, is drawn, twice the same bytes, texts are at least 11 px", async () => {
    const svg = await svgOf(make(data()));
    expect(await svgOf(make(data()))).toBe(svg);
    const sizes = [...svg.matchAll(/font-size="([\d.]+)px"/g)].map(([, size]) => Number(size));
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(11);
  });

  test("the numbers drawn are the numbers released, and no other", () => {
    const released = data();
    const rows = datasetsOf(make(released))["drawn"] ?? [];
    expect(rows).toHaveLength(released.numRows);
    for (const name of drawnNumbers) {
      const expected = Array.from(numbers(released, name).values, (value) => (Number.isFinite(value) ? value : null));
      expect(rows.map((row) => row[name])).toEqual(expected);
    }
  });

  test("a table that did not pass the gate is refused, even when cast", () => {
    const released = data();
    expect(() => make(table(released.columns, released.lineage) as unknown as Released)).toThrow(/release\(\)/);
  });

  test("all hidden: no number is drawn, « non diffusé » is written", async () => {
    const made = make(withNumbers(data(), allOf(drawnNumbers, Number.NaN)));
    for (const row of datasetsOf(made)["drawn"] ?? []) for (const name of drawnNumbers) expect(row[name]).toBeNull();
    expect(await svgOf(made)).toContain("non diffusé");
  });

  test("all equal, all zero: still drawn", async () => {
    await svgOf(make(withNumbers(data(), allOf(drawnNumbers, 0.5))));
    await svgOf(make(withNumbers(data(), allOf(drawnNumbers, 0))));
  });
});

describe("gaps and their margin", () => {
  test("the margin, the signs and the verdicts are written; a hidden gap says so in the place of its verdict", async () => {
    const svg = await svgOf(gapPlot(samples.gapTable(), samples.gapOptions));
    for (const words of ["négligeable\u00a0: ±\u202f5\u00a0points", "équivalent", "intervalle à 90\u202f%", "+10"])
      expect(svg).toContain(words);
    const hidden = datasetsOf(gapPlot(samples.gapTable(), samples.gapOptions))["drawn"]?.[14];
    expect(hidden?.["texte"]).toBe("non diffusé");
    expect(datasetsOf(gapPlot(samples.gapTable(), samples.gapOptions))["drawn"]?.[1]?.["texte"]).toMatch(
      /^−6,1\u00a0points \[−[\d,]+\u202f; −[\d,]+\]\u00a0: différent$/,
    );
  });

  test("a column in points is drawn as it is: the same page as the same gaps in parts", async () => {
    const data = samples.gapTable();
    const names = kinds["gapPlot"]?.drawnNumbers ?? [];
    const inPoints = passed({
      ...data.columns,
      ...Object.fromEntries(
        names.map((name) => {
          const { values, label, missing } = numbers(data, name);
          return [
            name,
            measures(
              Array.from(values, (own) => own * 100),
              label,
              "points",
              [...(missing ?? [])],
            ),
          ];
        }),
      ),
    });
    const page = async (own: Released): Promise<readonly string[]> =>
      [
        ...(await svgOf(gapPlot(own, samples.gapOptions))).matchAll(/translate\(([-\d.]+)|x2="([-\d.]+)"|>([^<]+)</g),
      ].map(([, x, x2, words = ""]) => x ?? x2 ?? words);
    const [points, parts] = [await page(inPoints), await page(data)];
    expect(points).toHaveLength(parts.length);
    for (const [i, own] of points.entries())
      if (Number.isNaN(Number(own))) expect(own).toBe(parts[i]);
      // The renderer puts gridlines on whole pixels.
      else expect(Math.abs(Number(own) - Number(parts[i]))).toBeLessThanOrEqual(1);
  });

  test("intervals that are not nested and a margin of 0 are refused", () => {
    const crossed = withNumbers(samples.gapTable(), { bas90: (value, row) => value - (row === 3 ? 0.2 : 0) });
    expect(() => gapPlot(crossed, samples.gapOptions)).toThrow(/ne s'emboîtent pas.*Spectacle vivant/s);
    expect(() => gapPlot(samples.gapTable(), { ...samples.gapOptions, margin: 0 })).toThrow(/marge d'équivalence/);
  });
});

describe("direct and model", () => {
  const names = (svg: string): readonly string[] =>
    [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, own = ""]) => own);

  test("lines go from the largest to the smallest of the model, those without one last", () => {
    const rows = datasetsOf(directAgainstModel(samples.estimateTable(), samples.estimateOptions))["drawn"] ?? [];
    const ranked = rows.toSorted((a, b) => Number(a["y"]) - Number(b["y"])).map((row) => row["modele"]);
    expect(ranked.at(-1)).toBeNull();
    const shown = ranked.slice(0, -1).map(Number);
    expect(shown).toEqual(shown.toSorted((a, b) => b - a));
  });

  test("40 areas are all named, of 105 a few with their ranks, the highlighted one among them", async () => {
    const forty = names(await svgOf(directAgainstModel(samples.estimateTable(40), samples.estimateOptions)));
    expect(
      forty.filter((own) => /\d+$/.test(own) && /Brume|Phare|Val|Lanvaux|Moulin/.test(own)).length,
    ).toBeGreaterThan(35);
    const many = names(await svgOf(directAgainstModel(samples.estimateTable(), samples.estimateOptions)));
    const ranked = many.filter((own) => /\(\d+\)$/.test(own));
    expect(ranked.length).toBeLessThan(25);
    expect(ranked.some((own) => own.startsWith("Quartier du Phare 3 ("))).toBe(true);
  });

  test("an area without respondents has the model alone, and the key says what its mark is", async () => {
    const made = directAgainstModel(samples.estimateTable(), samples.estimateOptions);
    const { alone = [], surveyed = [] } = datasetsOf(made);
    expect(alone.length).toBe(6);
    expect(alone.every((row) => row["direct"] === null && row["modele"] !== null)).toBe(true);
    expect(surveyed.length).toBe(99);
    const because = (data: Released): Promise<string> => svgOf(directAgainstModel(data, samples.estimateOptions));
    expect(await because(samples.estimateTable())).toContain("modèle seul (estimation directe\u00a0: non enquêté)");
    const hidden = withNumbers(samples.estimateTable(), allOf(["direct", "direct_bas", "direct_haut"], Number.NaN));
    expect(await because(hidden)).toContain("modèle seul (estimation directe\u00a0: non diffusé)");
  });
});

describe("profiles of classes", () => {
  test("lines are in the order of the v-tests of the class told, the same in all panels", () => {
    const data = samples.profilesTable();
    const made = classProfiles(data, { ...samples.profilesOptions, orderBy: "Toutes les pratiques" });
    const rows = datasetsOf(made)["drawn"] ?? [];
    const own = rows
      .filter((row) => row["classe_nom"] === "Toutes les pratiques")
      .toSorted((a, b) => Number(a["y"]) - Number(b["y"]))
      .map((row) => Number(row["v_test"]));
    expect(own).toEqual(own.toSorted((a, b) => b - a));
    const heights = new Map<unknown, unknown>();
    for (const row of rows) {
      expect(heights.get(row["pratique"]) ?? row["y"]).toBe(row["y"]);
      heights.set(row["pratique"], row["y"]);
    }
    expect(() => classProfiles(data, { ...samples.profilesOptions, orderBy: "Aucune" })).toThrow(/classe inconnue/);
  });

  test("a difference that is not assured is hollow, and percents or two shares of all are refused", () => {
    const { apart = [], near = [] } = datasetsOf(classProfiles(samples.profilesTable(), samples.profilesOptions));
    expect(apart.every((row) => Math.abs(Number(row["v_test"])) >= 1.96)).toBe(true);
    expect(near.length).toBeGreaterThan(0);
    expect(near.every((row) => Math.abs(Number(row["v_test"])) < 1.96)).toBe(true);
    const percents = withNumbers(samples.profilesTable(), { part: (value) => value * 100 });
    expect(() => classProfiles(percents, samples.profilesOptions)).toThrow(/hors de 0 à 1/);
    const uneven = withNumbers(samples.profilesTable(), { ensemble: (value, row) => (row === 30 ? 0.9 : value) });
    expect(() => classProfiles(uneven, samples.profilesOptions)).toThrow(/deux parts de l'ensemble/);
  });
});

describe("supply, practice and wish", () => {
  test("practice and wish have one scale, supply its own; 105 lines fit a page", async () => {
    const made = supplyPracticeWish(samples.wishTable(), samples.wishOptions);
    const { drawn: rows = [], practice = [], wish = [] } = datasetsOf(made);
    const scale = (panel: readonly Row[], column: string): number => {
      const points = panel.map((point) => {
        const value = Number(rows.find((row) => row["nom"] === point["group"])?.[column]);
        return [value, Number(point["x"])] as const;
      });
      const [a = [0, 0], b = [1, 1]] = [points[0], points[5]];
      return (b[1] - a[1]) / (b[0] - a[0]);
    };
    expect(scale(wish, "attente")).toBeCloseTo(scale(practice, "pratique"), 0);
    const svg = await svgOf(supplyPracticeWish(samples.wishTable(105), samples.wishOptions));
    expect(svg).toContain("1 non diffusé");
  });

  test("a bound alone and a negative supply are refused", () => {
    const { high: _, ...alone } = samples.wishOptions.practice;
    expect(() => supplyPracticeWish(samples.wishTable(), { ...samples.wishOptions, practice: alone })).toThrow(
      /une borne d'intervalle sans l'autre/,
    );
    const negative = withNumbers(samples.wishTable(), { places: (value, row) => (row === 2 ? -1 : value) });
    expect(() => supplyPracticeWish(negative, samples.wishOptions)).toThrow(/au-dessous de zéro/);
  });
});

describe("isochrones", () => {
  interface AreaLayer {
    readonly mark: { readonly type: string; readonly fill?: string };
    readonly data?: {
      readonly values?: readonly { readonly geometry?: { readonly coordinates: readonly unknown[] } }[];
    };
  }
  const make = (options: Partial<typeof samples.isochroneOptions> = {}): Figure =>
    isochroneMap(samples.facilityTable(), { ...samples.isochroneOptions, ...options });

  test("are drawn from the longest to the shortest, holes kept, every facility over them", async () => {
    const hole = samples.isochroneOptions.areas.map((area, k) =>
      k === 2
        ? { ...area, coordinates: area.coordinates.map((polygon) => [...polygon, (polygon[0] ?? []).toReversed()]) }
        : area,
    );
    const { layer } = make({ areas: hole.toReversed() }).spec as unknown as { layer: readonly AreaLayer[] };
    const areas = layer.filter(({ mark }) => mark.type === "geoshape" && mark.fill?.startsWith("#"));
    expect(areas.map(({ mark }) => mark.fill)).toEqual(["#BDD7EB", "#94C4DF", "#5BA3CF"]);
    const [longest] = areas[0]?.data?.values?.[0]?.geometry?.coordinates ?? [];
    expect(longest).toHaveLength(2);
    const svg = await svgOf(make());
    for (const words of ["Maurepas", "à 5\u00a0min à pied", "30\u00a0min", "Conservatoire", "Nord"])
      expect(svg).toContain(words);
    expect(datasetsOf(make())["drawn"]).toHaveLength(samples.facilityTable().numRows);
  });

  test("a facility without a place, two of one code, one time twice, too many times", () => {
    expect(() => make({ places: [] })).toThrow(/où placer un équipement/);
    const [area = { minutes: 5, coordinates: [] }] = samples.isochroneOptions.areas;
    expect(() => make({ areas: [area, area] })).toThrow(/ne se distingueraient pas/);
    const six = [1, 2, 3, 4, 5, 6].map((minutes) => ({ ...area, minutes }));
    expect(() => make({ areas: six })).toThrow(/5 durées au plus/);
    const data = samples.facilityTable();
    const codes = words(
      texts(data, "code").values.map(() => "E1"),
      "Code",
    );
    expect(() => isochroneMap(passed({ ...data.columns, code: codes }), samples.isochroneOptions)).toThrow(
      /deux lignes pour un même point/,
    );
  });
});

describe("eigenvalues", () => {
  test("rates are on one scale; an axis under the mean has no corrected rate and says so", async () => {
    const made = screeBars(samples.screeTable(), samples.screeOptions);
    const { drawn: rows = [], panel1 = [], panel2 = [] } = datasetsOf(made);
    const perUnit = (panel: readonly Row[], column: string): number =>
      (Number(panel[0]?.["x2"]) - Number(panel[0]?.["x"])) / Number(rows[0]?.[column]);
    expect(perUnit(panel1, "brut")).toBeCloseTo(perUnit(panel2, "benzecri"), 0);
    const svg = await svgOf(made);
    expect(svg).toContain("sans objet");
    expect(svg).toContain("moyenne\u00a0: 0,059");
  });
});
