import { describe, expect, test } from "vitest";
import { numberColumn, table, textColumn } from "../../src/codes/table.ts";
import { dotPlot } from "../../src/figures/dot-plot.ts";
import { figure } from "../../src/figures/figure.ts";
import { neighbourhoodMap } from "../../src/figures/neighbourhood-map.ts";
import { release } from "../../src/protection/release.ts";
import type { Released } from "../../src/protection/released.ts";
import { sampleLineage } from "../support/lineage.ts";

const raw = table(
  {
    code_qp: textColumn(["QP000001", "QP000002", "QP000003"], { label: "Code" }),
    nom_qp: textColumn(["Les Brumes", "La Vigie", "Le Phare"], { label: "Quartier" }),
    km: numberColumn([4.2, 8.1, 15.3], { label: "Distance", unit: "km" }),
    n: numberColumn([120, 300, 4], { label: "Demandeurs", unit: "personnes", summable: true }),
  },
  sampleLineage({ minUnits: 5 }),
);
const released = release(raw, { name: "essai", counts: "n", open: ["code_qp", "nom_qp"] });
const text = {
  id: "essai-distance",
  title: "La distance va de un à quatre",
  subtitle: "Distance médiane, kilomètres",
  alt: "Trois points rangés du plus proche au plus lointain.",
  champ: "trois quartiers inventés",
  lecture: "aux Brumes, la moitié des emplois est à moins de 4,2 km.",
};

describe("a figure says all that it must, or is not made", () => {
  test.each(["title", "subtitle", "alt", "champ", "lecture"] as const)(
    "without %s it is refused and named",
    (field) => {
      expect(() => figure({ ...text, [field]: " ", data: released })).toThrow(/« essai-distance » n'a pas de/);
    },
  );

  test("an alternative that copies the caption, starts with « image de » or is too short is refused", () => {
    expect(() => figure({ ...text, alt: text.title, data: released })).toThrow(/recopie la légende/);
    expect(() => figure({ ...text, alt: "Image de trois points rangés par distance", data: released })).toThrow(
      /commence par/,
    );
    expect(() => figure({ ...text, alt: "Trois points", data: released })).toThrow(/caractères/);
  });

  test("an identifier that would not do in a URL is refused", () => {
    expect(() => figure({ ...text, id: "Figure 1", data: released })).toThrow(/Identifiant de figure mal formé/);
  });

  test("source, licence and the synthetic stamp come from the lineage", () => {
    const made = figure({ ...text, data: released });
    expect(made.source).toContain("Producteur d’essai");
    expect(made.synthetic).toBe(true);
  });

  test("a table that did not pass the gate is refused, even when cast", () => {
    expect(() => figure({ ...text, data: raw as unknown as Released })).toThrow(
      /n'accepte que des tables passées par release/,
    );
    expect(() =>
      dotPlot({ ...released } as Released, { ...text, row: "nom_qp", value: "km", axisTitle: "km" }),
    ).toThrow(/release/);
  });

  test("a hidden value reaches neither the specification nor the rows", () => {
    const made = dotPlot(released, { ...text, row: "nom_qp", value: "km", axisTitle: "Kilomètres" });
    const json = JSON.stringify(made.spec);
    expect(json).not.toContain("15.3");
    expect(json).toContain("4.2");
    expect(json).toContain("SYNTHÉTIQUE");
    const rows = (made.spec as { datasets: { drawn: { nom_qp: string; label: string }[] } }).datasets.drawn;
    expect(rows.map(({ nom_qp, label }) => [nom_qp, label])).toEqual([
      ["Les Brumes", ""],
      ["La Vigie", ""],
      ["Le Phare", "non diffusé"],
    ]);
  });
});

describe("the map of the neighbourhoods", () => {
  const square = (x: number, y: number, side: number): Float64Array =>
    Float64Array.of(x, y, x + side, y, x + side, y + side, x, y + side, x, y);
  const perimeters = [
    { code: "QP000001", group: "Port-Brume", metres: { polygons: [[square(0, 0, 500)]] } },
    { code: "QP000002", group: "Port-Brume", metres: { polygons: [[square(2000, 1000, 800)]] } },
    { code: "QP000003", group: "Haute-Vigie", metres: { polygons: [[square(90_000, 40_000, 600)]] } },
  ];
  const map = neighbourhoodMap(released, {
    ...text,
    id: "essai-carte",
    code: "code_qp",
    name: "nom_qp",
    value: "km",
    unit: "km",
    legend: "Distance",
    perimeters,
  });
  const { drawn } = (
    map.spec as {
      datasets: { drawn: { geometry: { coordinates: number[][][][] }; properties: Record<string, unknown> }[] };
    }
  ).datasets;

  test("every neighbourhood is drawn, the hidden one without its value", () => {
    expect(drawn).toHaveLength(3);
    const hidden = drawn.find(({ properties }) => properties["code_qp"] === "QP000003");
    expect(hidden?.properties).toMatchObject({ km: null, classe: "non diffusé" });
  });

  test("all perimeters have one scale", () => {
    const side = (code: string): number => {
      const ring = drawn.find(({ properties }) => properties["code_qp"] === code)?.geometry.coordinates[0]?.[0] ?? [];
      const xs = ring.map(([x]) => x ?? 0);
      return Math.max(...xs) - Math.min(...xs);
    };
    expect(side("QP000002") / side("QP000001")).toBeCloseTo(800 / 500, 2);
    expect(side("QP000003") / side("QP000001")).toBeCloseTo(600 / 500, 2);
  });
});
