import { describe, expect, test } from "vitest";
import { numberColumn, numbers, type Table, table, texts } from "../../src/codes/table.ts";
import { beforeAfter } from "../../src/figures/before-after.ts";
import { dotPlot } from "../../src/figures/dot-plot.ts";
import type { Figure } from "../../src/figures/figure.ts";
import { flowMap } from "../../src/figures/flow-map.ts";
import { hourChart } from "../../src/figures/hour-chart.ts";
import { lorenzCurveChart } from "../../src/figures/lorenz-curve.ts";
import { placeMap } from "../../src/figures/place-map.ts";
import { profileCurve } from "../../src/figures/profile-curve.ts";
import { slopeChart } from "../../src/figures/slope-chart.ts";
import type { Released } from "../../src/protection/released.ts";
import { bundled, drawn } from "./bundled.ts";
import * as samples from "./gallery.ts";

interface Kind {
  readonly data: () => Released;
  readonly make: (data: Released) => Figure;
  /** Number columns that are drawn and may be missing. */
  readonly drawnNumbers: readonly string[];
  /** Whether an infinite value has a sense here. */
  readonly reaches: boolean;
}

const kinds: Readonly<Record<string, Kind>> = {
  profileCurve: {
    data: samples.profileTable,
    make: (data) => profileCurve(data, samples.profileOptions),
    drawnNumbers: ["part"],
    reaches: true,
  },
  slopeChart: {
    data: samples.slopeTable,
    make: (data) => slopeChart(data, samples.slopeOptions),
    drawnNumbers: ["km"],
    reaches: true,
  },
  hourChart: {
    data: samples.hourTable,
    make: (data) => hourChart(data, samples.hourOptions),
    drawnNumbers: ["part"],
    reaches: true,
  },
  lorenzCurveChart: {
    data: samples.lorenzTable,
    make: (data) => lorenzCurveChart(data, samples.lorenzOptions),
    drawnNumbers: ["personnes", "part", "gini"],
    reaches: false,
  },
  beforeAfter: {
    data: samples.policyTable,
    make: (data) => beforeAfter(data, samples.policyOptions),
    drawnNumbers: ["avant", "apres", "ecart", "bas", "haut"],
    reaches: true,
  },
  placeMap: {
    data: samples.cellTable,
    make: (data) => placeMap(data, samples.cellOptions),
    drawnNumbers: ["minutes"],
    reaches: true,
  },
  flowMap: {
    data: samples.flowTable,
    make: (data) => flowMap(data, samples.flowOptions),
    drawnNumbers: ["personnes"],
    reaches: false,
  },
  dotPlot: {
    data: samples.rankTable,
    make: (data) => dotPlot(data, { ...samples.rankOptions, highlight: [] }),
    drawnNumbers: ["km", "bas", "haut"],
    reaches: true,
  },
};

/** The same table with other numbers in its drawn columns. */
function withNumbers(
  data: Released,
  names: readonly string[],
  value: (old: number, row: number) => number,
  missing: number,
): Released {
  const columns: Record<string, Table["columns"][string]> = { ...data.columns };
  for (const name of names) {
    const old = numbers(data, name);
    columns[name] = numberColumn(old.values.map(value), {
      label: old.label,
      unit: old.unit,
      missing: missing === 0 ? null : new Uint8Array(old.values.length).fill(missing),
    });
  }
  return samples.passed(columns);
}

const firstRow = (data: Released): Released =>
  samples.passed(
    Object.fromEntries(
      Object.entries(data.columns).map(([name, column]) => [
        name,
        column.type === "number"
          ? numberColumn(column.values.slice(0, 1), {
              label: column.label,
              unit: column.unit,
              missing: column.missing?.slice(0, 1) ?? null,
            })
          : { ...column, values: column.values.slice(0, 1), missing: null },
      ]),
    ),
  );

type Properties = Readonly<Record<string, unknown>>;
const drawnRowsOf = (made: Figure): readonly Properties[] =>
  (
    made.spec as { datasets: { drawn: readonly (Properties & { readonly properties?: Properties })[] } }
  ).datasets.drawn.map((row) => row.properties ?? row);

/** A drawing has marks, no NaN in a path, and room for its texts. */
async function svgOf(made: Figure): Promise<string> {
  const { svg, width, height } = await drawn(await bundled(made));
  expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  expect(width).toBeGreaterThan(100);
  expect(width).toBeLessThan(760);
  expect(height).toBeGreaterThan(60);
  return svg;
}

describe.each(Object.entries(kinds))("%s", (_, { data, make, drawnNumbers }) => {
  test("passes the book's check, is drawn, twice the same bytes", async () => {
    const [one, two] = [make(data()), make(data())];
    expect(JSON.stringify(one.spec)).toBe(JSON.stringify(two.spec));
    expect(await svgOf(one)).toBe(await svgOf(two));
  });

  test("the numbers drawn are the numbers released, and no other", () => {
    const released = data();
    const rows = drawnRowsOf(make(released));
    expect(rows).toHaveLength(released.numRows);
    for (const name of drawnNumbers) {
      const expected = Array.from(numbers(released, name).values, (value) => (Number.isFinite(value) ? value : null));
      const sorted = (values: readonly unknown[]): readonly string[] => values.map(String).sort();
      expect(sorted(rows.map((row) => row[name]))).toEqual(sorted(expected));
    }
  });

  test("a table that did not pass the gate is refused, even when cast", () => {
    const released = data();
    expect(() => make(table(released.columns, released.lineage) as unknown as Released)).toThrow(/release\(\)/);
  });

  test("all hidden: no number is drawn, « non diffusé » is written", async () => {
    const hidden = withNumbers(data(), drawnNumbers, () => Number.NaN, 1);
    const made = make(hidden);
    for (const row of drawnRowsOf(made)) for (const name of drawnNumbers) expect(row[name]).toBeNull();
    expect(await svgOf(made)).toContain("non diffusé");
  });

  test("one row only", async () => {
    const one = firstRow(data());
    const svg = await svgOf(make(withNumbers(one, drawnNumbers, () => 0.5, 0)));
    expect(svg).toMatch(/<path[^>]* d="M[^"]+"/);
  });

  test("all equal: ties have places of their own", async () => {
    await svgOf(make(withNumbers(data(), drawnNumbers, () => 0.5, 0)));
    await svgOf(make(withNumbers(data(), drawnNumbers, () => 0, 0)));
  });

  test("texts are at least 11 px", async () => {
    const sizes = [...(await svgOf(make(data()))).matchAll(/font-size="([\d.]+)px"/g)].map(([, size]) => Number(size));
    expect(sizes.length).toBeGreaterThan(0);
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(11);
  });
});

describe("infinite values", () => {
  test.each(Object.entries(kinds).filter(([, { reaches }]) => reaches))(
    "%s: out of reach is named, and is not « non diffusé »",
    async (_, { data, make, drawnNumbers }) => {
      const unreachable = withNumbers(data(), drawnNumbers, () => Number.POSITIVE_INFINITY, 0);
      const svg = await svgOf(make(unreachable));
      expect(svg).toMatch(/hors d’atteinte|pas de service/);
      expect(svg).not.toContain("non diffusé");
    },
  );
});

describe("what each kind refuses", () => {
  const twice = (data: Released): Released =>
    samples.passed(
      Object.fromEntries(
        Object.entries(data.columns).map(([name, column]) => [
          name,
          column.type === "number"
            ? numberColumn([...column.values, column.values[0] ?? 0], { label: column.label, unit: column.unit })
            : { ...column, values: [...column.values, column.values[0] ?? ""], missing: null },
        ]),
      ),
    );
  test.each(["profileCurve", "slopeChart", "hourChart", "beforeAfter", "placeMap", "flowMap"])(
    "%s: two rows for one mark",
    (name) => {
      const kind = kinds[name];
      expect(() => kind?.make(twice(kind.data()))).toThrow(/deux lignes pour un même point/);
    },
  );

  test("a seventh series", () => {
    const names = Array.from({ length: 7 }, (_, i) => `lieu ${i}`);
    const data = samples.passed({
      lieu: samples.words(names, "Lieu"),
      minutes: samples.measures(
        names.map(() => 10),
        "Temps",
        "min",
      ),
      part: samples.measures(
        names.map(() => 0.2),
        "Part",
        "part",
      ),
    });
    expect(() => profileCurve(data, samples.profileOptions)).toThrow(/trop de séries.*7 séries/);
  });

  test("an hour without a row: a line would bridge it", () => {
    const whole = samples.hourTable();
    const cut = samples.passed(
      Object.fromEntries(
        Object.entries(whole.columns).map(([name, column]) => [
          name,
          column.type === "number"
            ? numberColumn(column.values.slice(0, -1), { label: column.label, unit: column.unit })
            : { ...column, values: column.values.slice(0, -1) },
        ]),
      ),
    );
    expect(() => hourChart(cut, samples.hourOptions)).toThrow(/retour au quartier, 23\u00a0h/);
  });

  test("shares in percents, and two indices for one curve", () => {
    const percents = withNumbers(samples.lorenzTable(), ["part"], (value) => value * 100, 0);
    expect(() => lorenzCurveChart(percents, samples.lorenzOptions)).toThrow(/hors de 0 à 1/);
    const uneven = withNumbers(samples.lorenzTable(), ["gini"], (value, row) => value + (row === 0 ? 0.1 : 0), 0);
    expect(() => lorenzCurveChart(uneven, samples.lorenzOptions)).toThrow(/plusieurs indices de Gini/);
  });

  test("a place that is nowhere, a name that no row has, a negative count on a logarithmic axis", () => {
    expect(() => placeMap(samples.cellTable(), { ...samples.cellOptions, places: [] })).toThrow(/où placer/);
    const { elsewhere: _, ...strict } = samples.flowOptions;
    expect(() => flowMap(samples.flowTable(), strict)).toThrow(/« ailleurs »|ailleurs/);
    expect(() => slopeChart(samples.slopeTable(), { ...samples.slopeOptions, highlight: ["Rennes"] })).toThrow(
      /Rennes/,
    );
    const negative = withNumbers(samples.profileTable(), ["part"], () => -1, 0);
    expect(() => profileCurve(negative, { ...samples.profileOptions, scale: "log" })).toThrow(/logarithmique/);
  });
});

describe("what is written on the drawings", () => {
  test("numbers are French: comma, narrow spaces, signs, points for a gap of shares", async () => {
    const svg = await svgOf(kinds["beforeAfter"]?.make(samples.policyTable()) as Figure);
    expect(svg).toContain("+12,3\u00a0points [+10,2\u202f; +15,7]");
    expect(svg).toContain("+0,4\u00a0point ");
    expect(svg).toContain("60\u202f%");
  });

  test("the index of each Lorenz curve is the table's", async () => {
    const svg = await svgOf(kinds["lorenzCurveChart"]?.make(samples.lorenzTable()) as Figure);
    for (const gini of ["0,55", "0,35", "0,13"]) expect(svg).toContain(`Gini\u00a0: ${gini}`);
  });

  test("no service is said where there is none, and never drawn as zero", async () => {
    const made = kinds["hourChart"]?.make(samples.hourTable()) as Figure;
    expect(drawnRowsOf(made).filter(({ part }) => part === 0)).toEqual([]);
    const svg = await svgOf(made);
    expect(svg).toContain("pas de service (retour au quartier)");
    expect(svg).toContain("horaires inconnus (aller vers l’emploi)");
  });

  test("a ranked list goes from the largest to the smallest, those without a value last, in two columns of one scale", () => {
    const { hconcat } = dotPlot(samples.rankTable(), samples.rankOptions).spec as unknown as {
      hconcat: { layer: { encoding: { y: { sort: string[] }; x: { scale: { domain: number[] } } } }[] }[];
    };
    const order = hconcat.flatMap(({ layer }) => layer[0]?.encoding.y.sort ?? []);
    const { values } = numbers(samples.rankTable(), "km");
    const names = samples.rankTable().columns["nom"]?.values as readonly string[];
    const ranked = order.map((name) => values[names.indexOf(name)] ?? Number.NaN);
    const shown = ranked.filter(Number.isFinite);
    expect(shown).toEqual([...shown].sort((a, b) => b - a));
    expect(ranked.slice(-3).some(Number.isFinite)).toBe(false);
    expect(hconcat[0]?.layer[0]?.encoding.x.scale.domain).toEqual(hconcat[1]?.layer[0]?.encoding.x.scale.domain);
  });

  test("two rows of one name are refused, unless their series or block differs", () => {
    const table = samples.rankTable();
    const names = texts(table, "nom").values.map((name, i) => (i === 1 ? "Les Hauts de Lanvaux 1" : name));
    const twice = samples.passed({ ...table.columns, nom: samples.words(names, "Quartier") });
    expect(() => dotPlot(twice, samples.rankOptions)).toThrow(
      /deux lignes de même nom.*Les Hauts de Lanvaux 1.*ajouter la commune/s,
    );
    expect(() => dotPlot(twice, { ...samples.rankOptions, facet: "departement" })).not.toThrow();
    expect(() => dotPlot(twice, { ...samples.rankOptions, series: "departement", columns: 1 })).not.toThrow();
  });

  test("105 long names: letters of 7 points or more on A4, names under half of the width, whole names in the data", async () => {
    const made = dotPlot(samples.longNameTable(), { ...samples.rankOptions, highlight: [] });
    const { svg, width, height } = await drawn(await bundled(made));
    const points = 11 * Math.min(0.75, 430 / width, 500 / height);
    expect(points).toBeGreaterThanOrEqual(7);
    expect(width).toBeLessThan(675);
    expect((2 * 150) / width).toBeLessThan(0.5);
    const written = new Set([...svg.matchAll(/<text[^>]*text-anchor="end"[^>]*>([^<]*)</g)].map(([, text]) => text));
    expect([...written].filter((text) => text?.includes("…")).length).toBeGreaterThan(50);
    const rows = (made.spec as unknown as { datasets: { drawn: readonly { nom: string }[] } }).datasets.drawn;
    expect(new Set(rows.map(({ nom }) => nom)).size).toBe(105);
    expect(rows.some(({ nom }) => nom.includes("…"))).toBe(false);
  });

  test("a bundled flow is written, a hidden one has one width whatever it holds", async () => {
    const svg = await svgOf(kinds["flowMap"]?.make(samples.flowTable()) as Figure);
    expect(svg).toContain("Maurepas → autres destinations\u00a0: 18\u00a0personnes");
    expect(svg).not.toContain(": 3\u00a0personnes");
  });
});
