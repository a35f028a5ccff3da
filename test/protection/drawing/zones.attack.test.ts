import { describe, expect, test } from "vitest";
import { checkDrawing } from "../../../src/protection/drawing/check-drawing.ts";
import { drawNumbers, ofPeople } from "./people.ts";
import { type Json, list, minUnits, objectsWith, rewritten } from "./played.ts";
import { type Rendered, render, spoken } from "./rendered.ts";
import { counted } from "./section-18.ts";

// Attacks of the list on drawings: each is played on one that was really compiled and drawn, then on what the gate makes of it.

describe("attack 12: ends of axes, and classes of one zone", () => {
  const zones = ["Q1", "Q2", "Q3", "Q4"].map((quartier) => {
    const own = list.filter((person) => person.quartier === quartier).map(({ revenu }) => revenu);
    return {
      quartier,
      n: own.length,
      revenu: Math.round(own.reduce((sum, each) => sum + each, 0) / own.length / 100) * 100,
    };
  });
  const richest = Math.max(...list.map(({ revenu }) => revenu));
  const poorest = Math.min(...list.map(({ revenu }) => revenu));
  const spec = {
    data: { values: zones },
    mark: "point",
    encoding: {
      y: { field: "quartier", type: "nominal" },
      x: { field: "revenu", type: "quantitative", scale: { domain: [poorest, richest], nice: false } },
      size: { field: "n", type: "quantitative" },
    },
  };

  test("an axis from the least to the greatest income gives the richest person's", async () => {
    const scale = objectsWith((await render(spec)).compiled, "domain").find(({ name }) => name === "x");
    expect(scale?.domain).toEqual([poorest, richest]);
  });

  test("what the gate lets through has an axis of round numbers around the released means", async () => {
    const safe = await rewritten(spec, counted({ quartier: "zone", revenu: "measure" }), "bornes");
    expect(safe.compiled).not.toContain(String(richest));
    expect(safe.compiled).not.toContain(String(poorest));
    const scale = objectsWith(safe.compiled, "domain").find(({ name }) => name === "x");
    const ends = (scale as { readonly domain: readonly number[] }).domain;
    for (const end of ends) expect(end % 100).toBe(0);
  });

  const classed = {
    data: {
      values: [
        { quartier: "Q1", classe: "12,4 à 15" },
        { quartier: "Q2", classe: "15 à 20" },
        { quartier: "Q3", classe: "15 à 20" },
        { quartier: "Q4", classe: "20 à 38,7" },
        { quartier: "Q5", classe: "20 à 38,7" },
      ].map((row, i) => ({ ...row, n: 40 + i })),
    },
    mark: "rect",
    encoding: {
      x: { field: "quartier", type: "nominal" },
      color: { field: "classe", type: "nominal", scale: { domain: ["12,4 à 15", "15 à 20", "20 à 38,7"] } },
    },
  };
  /** What a class says of a zone that is alone in it: its lower and upper end. */
  const lone = ({ compiled }: Rendered): readonly unknown[] => {
    const rows = objectsWith(compiled, "classe");
    return rows.filter(({ classe }) => rows.filter((other) => other.classe === classe).length === 1);
  };

  test("a legend from the least to the greatest value, and a class of one zone, give its value", async () => {
    const open = await render(classed);
    expect(lone(open)).toHaveLength(1);
    expect(open.svg).toContain(">12,4 à 15<");
    expect(open.svg).toContain(">20 à 38,7<");
  });

  test("what the gate lets through has open ends and two zones at least a class", async () => {
    const context = counted({ quartier: "zone", classe: "class" });
    expect(checkDrawing(classed, context).map(({ code }) => code)).toContain("bornes");
    const safe = await rewritten(classed, context, "classe-d-une-zone");
    expect(lone(safe)).toEqual([]);
    for (const end of ["12,4", "38,7"]) expect(safe.svg + safe.compiled).not.toContain(end);
    expect(safe.svg).toContain("moins de 15 ou 15 à 20");
  });
});

describe("attack 12: a map of small cells", () => {
  const square = (left: number): Json => ({
    type: "Polygon",
    coordinates: [
      [
        [left, 0],
        [left, 1],
        [left + 1, 1],
        [left + 1, 0],
        [left, 0],
      ],
    ],
  });
  const spec = {
    data: {
      values: [4, 61, 88, 70].map((n, i) => ({
        type: "Feature",
        geometry: square(i),
        properties: { quartier: `Q${i + 1}`, n, nom: `Personne-${i}` },
      })),
    },
    projection: { type: "identity" },
    mark: "geoshape",
    encoding: { color: { field: "properties.n", type: "quantitative" } },
  };

  test("each zone says its count, the smallest included", async () => {
    const open = await render(spec);
    expect(spoken(open.svg).some((label) => /: 4\b/.test(label))).toBe(true);
  });

  test("what the gate lets through keeps the outlines, hides the small cell and drops the names", async () => {
    const context = counted({ quartier: "zone", nom: "identifier" });
    const safe = await rewritten(spec, context, "petite-cellule");
    const drawn = objectsWith(safe.spec, "geometry").map(({ properties }) => properties as Json);
    expect(drawn.map(({ n }) => n)).toEqual([null, 61, 88, 70]);
    expect(drawn.every((properties) => !("nom" in properties))).toBe(true);
    expect(spoken(safe.svg).some((label) => /: 4\b/.test(label))).toBe(false);
    expect((safe.svg.match(/aria-roledescription="geoshape"/g) ?? []).length).toBeGreaterThan(2);
  });
});

describe("a map of jittered points", () => {
  const draw = drawNumbers(11);
  const release = (): readonly Json[] =>
    list.map(({ lon, lat }, i) => ({
      ordre: i,
      lon: lon + (draw() - 0.5) * 0.0005,
      lat: lat + (draw() - 0.5) * 0.0005,
    }));
  const spec = (values: readonly Json[]): Json => ({
    data: { values },
    mark: "circle",
    encoding: { longitude: { field: "lon", type: "quantitative" }, latitude: { field: "lat", type: "quantitative" } },
  });

  test("each release is near the address, and their mean is nearer", async () => {
    const releases = await Promise.all(
      Array.from({ length: 20 }, async () => objectsWith((await render(spec(release()))).spec, "lon")),
    );
    const error = (positions: readonly Json[][]): number =>
      list.reduce((sum, { lon }, i) => {
        const mean = positions.reduce((total, points) => total + Number(points[i]?.lon), 0) / positions.length;
        return sum + Math.abs(mean - lon);
      }, 0) / list.length;
    const alone = error([[...(releases[0] ?? [])]]);
    expect(alone).toBeLessThan(0.0003);
    expect(error(releases.map((points) => [...points]))).toBeLessThan(alone / 2);
  });

  test("what the gate lets through counts people by zone", async () => {
    const context = ofPeople({ columns: { ...ofPeople().columns, lon: "moved-position", lat: "moved-position" } });
    const safe = await rewritten(spec(release()), context, "points-brouilles");
    expect(safe.compiled).not.toMatch(/2\.3\d{3}/);
    expect(objectsWith(safe.spec, "n").every(({ n }) => Number(n) >= minUnits)).toBe(true);
  });
});
