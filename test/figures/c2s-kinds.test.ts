import { describe, expect, test } from "vitest";
import { seededRandom } from "../../src/codes/random.ts";
import { numberColumn, numbers, type Table, table, texts } from "../../src/codes/table.ts";
import { contributionBars } from "../../src/figures/contribution-bars.ts";
import type { Figure } from "../../src/figures/figure.ts";
import { fittedNames, fittedText } from "../../src/figures/fitted-text.ts";
import { rankChart } from "../../src/figures/interval-rank.ts";
import { normalPlot } from "../../src/figures/normal-plot.ts";
import { outreachCurve } from "../../src/figures/outreach-curve.ts";
import { roughWidth } from "../../src/figures/text-room.ts";
import { waterfall } from "../../src/figures/waterfall.ts";
import { normalScores } from "../../src/models/areas/normal-scores.ts";
import { rankAreas } from "../../src/models/areas/rank-intervals.ts";
import type { Released } from "../../src/protection/released.ts";
import * as samples from "./c2s-gallery.ts";
import { measures, passed, words } from "./gallery.ts";
import { svgOf } from "./svg-of.ts";

interface Kind {
  readonly data: () => Released;
  readonly make: (data: Released) => Figure;
  readonly drawnNumbers: readonly string[];
}

const kinds: Readonly<Record<string, Kind>> = {
  rankChart: {
    data: samples.rankedTable,
    make: (data) => rankChart(data, samples.rankedOptions),
    drawnNumbers: ["rang_bas", "rang_haut", "rang_moyen", "probabilite"],
  },
  contributionBars: {
    data: samples.contributionTable,
    make: (data) => contributionBars(data, samples.contributionOptions),
    drawnNumbers: ["apport", "ecart"],
  },
  waterfall: {
    data: samples.waterfallTable,
    make: (data) => waterfall(data, samples.waterfallOptions),
    drawnNumbers: ["personnes"],
  },
  normalPlot: {
    data: samples.normalTable,
    make: (data) => normalPlot(data, samples.normalOptions),
    drawnNumbers: ["observe", "attendu", "bas", "haut"],
  },
  outreachCurve: {
    data: samples.outreachTable,
    make: (data) => outreachCurve(data, samples.outreachOptions),
    drawnNumbers: ["ouverts", "bas", "haut"],
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

type Row = Readonly<Record<string, unknown>>;
const drawnRowsOf = (made: Figure): readonly Row[] =>
  (made.spec as { datasets: { drawn: readonly Row[] } }).datasets.drawn;

describe.each(Object.entries(kinds))("%s", (_, { data, make, drawnNumbers }) => {
  test("passes the book's check, is drawn, twice the same bytes, texts are at least 11 px", async () => {
    const svg = await svgOf(make(data()));
    expect(await svgOf(make(data()))).toBe(svg);
    const sizes = [...svg.matchAll(/font-size="([\d.]+)px"/g)].map(([, size]) => Number(size));
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(11);
  });

  test("the numbers drawn are the numbers released, and no other", () => {
    const released = data();
    const rows = drawnRowsOf(make(released));
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
    const hidden = withNumbers(data(), Object.fromEntries(drawnNumbers.map((name) => [name, () => Number.NaN])));
    const made = make(hidden);
    for (const row of drawnRowsOf(made)) for (const name of drawnNumbers) expect(row[name]).toBeNull();
    expect(await svgOf(made)).toContain("non diffusé");
  });
});

describe("ranks", () => {
  test("105 lines stand in two columns, by printed probability then mean rank, those without one last", async () => {
    const made = kinds["rankChart"]?.make(samples.rankedTable()) as Figure;
    const { left, right } = (made.spec as unknown as { datasets: Record<string, readonly Row[]> }).datasets;
    expect([left?.length, right?.length]).toEqual([53, 52]);
    const shown = [...(left ?? []), ...(right ?? [])];
    expect(shown.at(-1)?.["probabilite"]).toBeNull();
    const places = shown.slice(0, -1).map((row) => [String(row["label"]), Number(row["rang_moyen"])] as const);
    for (const [i, [label, rank]] of places.entries())
      if (places[i + 1]?.[0] === label) expect(places[i + 1]?.[1]).toBeGreaterThanOrEqual(rank);
    const heights = (left ?? []).map((row) => Number(row["y"]));
    expect(heights).toEqual([...heights].sort((a, b) => a - b));
  });

  test("the title of the axis stands once, and the key tells of the shades, the mean and the dashed line", async () => {
    for (const areas of [12, 105]) {
      const svg = await svgOf(rankChart(samples.rankedTable(areas), samples.rankedOptions));
      const texts = [...svg.matchAll(/<text[^>]*>([^<]*)</g)].map(([, words]) => words);
      const times = (words: string): number => texts.filter((text) => text === words).length;
      expect(times(samples.rankedOptions.axisTitle)).toBe(1);
      for (const words of ["rang moyen", "fin des 11 premiers rangs", "de 10 à 90\u202f%"])
        expect(times(words)).toBe(1);
    }
  });

  test("draws of a model go from rankAreas to the page: > 99 % is written and never 100 %", async () => {
    const random = seededRandom(6);
    const [areas, draws] = [30, 200];
    const values = Float64Array.from(
      { length: areas * draws },
      (_, k) => (k % areas === areas - 1 ? 12 : (k % areas) / 4) + random() * 2,
    );
    const ranks = rankAreas({ areas, draws, values });
    const data = passed({
      nom: words(
        Array.from({ length: areas }, (_, i) => `Quartier ${i}`),
        "Quartier",
      ),
      rang_bas: measures([...ranks.rankLow], "Rang", "rang"),
      rang_haut: measures([...ranks.rankHigh], "Rang", "rang"),
      rang_moyen: measures([...ranks.meanRank], "Rang", "rang"),
      probabilite: measures([...ranks.probabilityHighest], "Probabilité", "part"),
    });
    const svg = await svgOf(rankChart(data, { ...samples.rankedOptions, highest: ranks.highest }));
    expect(svg).toContain(">\u00a099\u202f%".replace(">", "&gt;"));
    expect(svg).not.toContain("100\u202f%");
  });

  test("refuses percents for probabilities, ranks beyond the lines, two lines of one name", () => {
    const make = kinds["rankChart"]?.make as Kind["make"];
    expect(() => make(withNumbers(samples.rankedTable(), { probabilite: (value) => value * 100 }))).toThrow(
      /hors de 0 à 1/,
    );
    expect(() => make(withNumbers(samples.rankedTable(), { rang_haut: (value) => value + 30 }))).toThrow(
      /rangs impossibles/,
    );
    const twice = samples.rankedTable(12);
    const names = texts(twice, "nom").values.map((name, i) => (i === 3 ? "Cité Brume 2" : name));
    expect(() => make(passed({ ...twice.columns, nom: words(names, "Quartier") }))).toThrow(
      /deux lignes pour un même point/,
    );
  });
});

describe("contributions", () => {
  test("parts that do not add up are refused by the name of their area, never by a value; so are two totals", () => {
    const make = kinds["contributionBars"]?.make as Kind["make"];
    const data = samples.contributionTable();
    const off = withNumbers(data, { apport: (value, row) => value + (row === 7 ? 1 : 0) });
    expect(() => make(off)).toThrow(/ne s'additionnent pas.*Cité Brume 2/);
    const uneven = withNumbers(data, { ecart: (value, row) => value + (row === 7 ? 1 : 0) });
    expect(() => make(uneven)).toThrow(/deux totaux/);
    const offSteps = withNumbers(samples.waterfallTable(), { personnes: (value, row) => value + (row === 2 ? 10 : 0) });
    expect(() => waterfall(offSteps, samples.waterfallOptions)).toThrow(/ne mènent pas/);
  });

  test("the sign is said by the side of zero and by the printed number: a missing one has no bar", async () => {
    const made = kinds["contributionBars"]?.make(samples.contributionTable()) as Figure;
    for (const row of drawnRowsOf(made)) {
      const value = row["apport"] as number | null;
      if (value === null) continue;
      const zero = Number(row["right"]);
      if (value > 0) expect([row["x"], String(row["label"])[0]]).toEqual([zero, "+"]);
      if (value < 0) expect([row["x2"], String(row["label"])[0]]).toEqual([zero, "\u2212"]);
    }
    const { bars } = (made.spec as unknown as { datasets: Record<string, readonly Row[]> }).datasets;
    expect(bars?.some((row) => row["apport"] === null)).toBe(false);
    expect(await svgOf(made)).toContain("+207");
  });

  test("lengths of all columns are on one scale", () => {
    const rows = drawnRowsOf(kinds["contributionBars"]?.make(samples.contributionTable()) as Figure);
    const ratios = rows
      .filter((row) => Math.abs(Number(row["apport"])) > 20)
      .map((row) => (Number(row["x2"]) - Number(row["x"])) / Math.abs(Number(row["apport"])));
    expect(Math.max(...ratios) / Math.min(...ratios)).toBeLessThan(1.01);
  });
});

describe("normal scores", () => {
  test("symmetric, increasing with the value, medians inside their bounds, missing left out", () => {
    const { expected, low, high } = normalScores(Float64Array.of(3, Number.NaN, -2, 0, 9));
    expect(Array.from(expected, Number.isNaN)).toEqual([false, true, false, false, false]);
    expect(expected[2]).toBeCloseTo(-(expected[4] ?? 0), 12);
    expect(expected[2]).toBeLessThan(expected[3] ?? 0);
    for (const i of [0, 2, 3, 4]) {
      expect(low[i]).toBeLessThan(expected[i] ?? 0);
      expect(high[i]).toBeGreaterThan(expected[i] ?? 0);
    }
    // The largest of 2 uniforms is under m with probability m^2: its median is sqrt(1/2), of normal score 0.5450.
    expect(normalScores(Float64Array.of(1, 2)).expected[1]).toBeCloseTo(0.545, 3);
  });

  test("a point out of the band is named, at most so many, and more than two panels are refused", async () => {
    const svg = await svgOf(kinds["normalPlot"]?.make(samples.normalTable()) as Figure);
    expect(svg).toContain("Cité Lanvaux 8");
    expect(svg).toContain("1 sans point\u00a0: non diffusé");
    const data = samples.normalTable();
    const panels = words(
      texts(data, "nom").values.map((_, i) => `panneau ${i % 3}`),
      "Panneau",
    );
    expect(() => normalPlot(passed({ ...data.columns, panneau: panels }), samples.normalOptions)).toThrow(
      /deux panneaux/,
    );
  });
});

describe("names in their room", () => {
  test("whole when they fit; cut at a word; in the middle when two would look alike", () => {
    expect(fittedText("Maurepas", 100, 11)).toBe("Maurepas");
    const names = ["Quartiers Nord de la ville ancienne 1", "Quartiers Nord de la ville ancienne 2", "Maurepas"];
    const fitted = fittedNames(names, 110, 11);
    expect(new Set(fitted).size).toBe(3);
    for (const name of fitted) expect(roughWidth(name, 11)).toBeLessThanOrEqual(110);
    expect(fitted[0]?.endsWith("1")).toBe(true);
  });
});

describe("outreach", () => {
  test("a budget twice in one curve is refused; the marked budget is written", async () => {
    const data = samples.outreachTable();
    expect(() => outreachCurve(withNumbers(data, { budget: () => 5000 }), samples.outreachOptions)).toThrow(
      /deux lignes pour un même point.*5\u202f000\u00a0€/,
    );
    const svg = await svgOf(outreachCurve(data, samples.outreachOptions));
    expect(svg).toContain("60\u202f000\u00a0€");
    for (const name of ["Plan proposé", "Parts égales", "Selon la population"]) expect(svg).toContain(name);
  });

  test("where ends meet, each name has a piece of its line, in its dashes, and names stay apart", () => {
    interface NameLayer {
      readonly data?: { readonly values?: readonly Readonly<Record<string, number | string>>[] };
      readonly mark: { readonly strokeDash?: readonly number[]; readonly strokeWidth?: number };
    }
    const namesOf = (data: Released): readonly NameLayer[] =>
      (outreachCurve(data, samples.outreachOptions).spec as unknown as { layer: readonly NameLayer[] }).layer.slice(-6);
    const pairs = namesOf(samples.meetingTable());
    const pieces = pairs.filter((_, i) => i % 2 === 0);
    const labels = pairs.filter((_, i) => i % 2 === 1);
    expect(new Set(pieces.map(({ mark }) => JSON.stringify(mark.strokeDash))).size).toBe(3);
    for (const [i, piece] of pieces.entries()) {
      expect(piece.mark.strokeWidth).toBe(2.2);
      expect(piece.data?.values?.[0]?.["y"]).toBe(labels[i]?.data?.values?.[0]?.["y"]);
    }
    const heights = labels.map(({ data }) => Number(data?.values?.[0]?.["y"])).sort((a, b) => a - b);
    for (const [i, y] of heights.slice(1).entries()) expect(y - (heights[i] ?? 0)).toBeGreaterThanOrEqual(14);
    const apart = withNumbers(samples.outreachTable(), {
      ouverts: (value, row) => value * (1 - Math.floor(row / 17) / 4),
    });
    expect(namesOf(apart).some(({ mark }) => mark.strokeWidth === 2.2 && mark.strokeDash)).toBe(false);
  });
});
