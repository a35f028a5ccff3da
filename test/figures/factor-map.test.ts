import fc from "fast-check";
import * as vega from "vega";
import { expressionInterpreter } from "vega-interpreter";
import * as vegaLite from "vega-lite";
import { describe, expect, test } from "vitest";
import { texts } from "../../src/codes/table.ts";
import { factorMap } from "../../src/figures/factor-map.ts";
import { ellipsePoints } from "../../src/figures/factor-map-lines.ts";
import type { Figure } from "../../src/figures/figure.ts";
import { type LedLabel, leadLabels } from "../../src/figures/leader-labels.ts";
import { planeFrame } from "../../src/figures/plane-frame.ts";
import { layTree, type TreeNode } from "../../src/figures/tree-layout.ts";
import { isRound } from "../../src/protection/drawing/judge-ends.ts";
import { bundled } from "./bundled.ts";
import * as samples from "./culture-gallery.ts";
import { passed, words } from "./gallery.ts";

describe("names on a crowded plane", () => {
  const frame = { left: 0, right: 500, top: 0, bottom: 300 };
  const label = fc.record({
    x: fc.integer({ min: 20, max: 480 }),
    y: fc.integer({ min: 20, max: 280 }),
    width: fc.integer({ min: 10, max: 120 }),
    height: fc.constantFrom(13, 27),
    radius: fc.integer({ min: 2, max: 10 }),
  });
  const boxOf = ({ width, height }: LedLabel, { left, middle }: { left: number; middle: number }) => ({
    left,
    right: left + width,
    top: middle - height / 2,
    bottom: middle + height / 2,
  });
  type Box = ReturnType<typeof boxOf>;
  const cover = (a: Box, b: Box): boolean =>
    a.left < b.right - 1e-9 && b.left < a.right - 1e-9 && a.top < b.bottom - 1e-9 && b.top < a.bottom - 1e-9;

  test("none covers another, none covers a point, all are inside the frame", () => {
    fc.assert(
      fc.property(fc.array(label, { maxLength: 30 }), (labels) => {
        const places = leadLabels(labels, frame);
        const boxes = places.flatMap((place, i) => (place ? [boxOf(labels[i], place)] : []));
        for (const [i, box] of boxes.entries()) {
          for (const other of boxes.slice(i + 1)) expect(cover(box, other)).toBe(false);
          for (const { x, y, radius } of labels)
            expect(cover(box, { left: x - radius, right: x + radius, top: y - radius, bottom: y + radius })).toBe(
              false,
            );
          expect(box.left).toBeGreaterThanOrEqual(0);
          expect(box.bottom).toBeLessThanOrEqual(300);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("a lone name stands at the right of its point without a line; a name with no room is left out", () => {
    const own = { x: 100, y: 100, width: 60, height: 13, radius: 4 };
    expect(leadLabels([own], frame)).toEqual([{ left: 106, middle: 100, leader: null }]);
    expect(leadLabels([{ ...own, width: 600 }], frame)).toEqual([null]);
  });

  test("a name that found no place in the order given is placed in a later round", () => {
    const narrow = { left: 0, right: 90, top: 0, bottom: 60 };
    const many = [10, 26, 42].map((y) => ({ x: 45, y, width: 40, height: 13, radius: 3 }));
    expect(leadLabels(many, narrow).every((place) => place !== null)).toBe(true);
  });
});

describe("the plane", () => {
  test("has one scale in both directions, whatever the points", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.double({ min: -5, max: 5, noNaN: true }), fc.double({ min: -5, max: 5, noNaN: true }))),
        (points) => {
          const { width, height, axes, toPage } = planeFrame(points);
          const perUnit = (pixels: number, { scale }: (typeof axes)["x"]): number => {
            const [low = 0, high = 1] = scale["domain"] as number[];
            return pixels / (high - low);
          };
          const across = perUnit(width, axes.x);
          expect(Math.abs(perUnit(height, axes.y) / across - 1)).toBeLessThan(1e-6);
          for (const [x, y] of points) {
            const [px, py] = toPage(x, y);
            expect(px).toBeGreaterThanOrEqual(-1e-6);
            expect(px).toBeLessThanOrEqual(width + 1e-6);
            expect(py).toBeGreaterThanOrEqual(-1e-6);
            expect(py).toBeLessThanOrEqual(height + 1e-6);
          }
          for (const { scale } of [axes.x, axes.y]) {
            const ends = scale["domain"] as [number, number];
            for (const end of ends) expect(isRound(end, ends[1] - ends[0]), String(end)).toBe(true);
          }
          expect(height).toBeLessThanOrEqual(600 + 1e-6);
        },
      ),
    );
  });

  test("an ellipse is closed, and each of its points is at its half axes", () => {
    const [x0, y0, major, minor, angle] = [1, -2, 3, 0.5, 0.7];
    const points = ellipsePoints({ centre: [x0, y0], major, minor, angle });
    expect(points.at(-1)).toEqual(points[0]);
    for (const [x, y] of points) {
      const [along, across] = [
        (x - x0) * Math.cos(angle) + (y - y0) * Math.sin(angle),
        -(x - x0) * Math.sin(angle) + (y - y0) * Math.cos(angle),
      ];
      expect((along / major) ** 2 + (across / minor) ** 2).toBeCloseTo(1, 9);
    }
    expect(points[0]?.[0]).toBeCloseTo(x0 + major * Math.cos(angle), 12);
    expect(points[0]?.[1]).toBeCloseTo(y0 + major * Math.sin(angle), 12);
  });
});

describe("the factor map", () => {
  const svgOf = async (made: Figure, change: (view: vega.View) => void = () => {}): Promise<string> => {
    const { spec } = vegaLite.compile(made.spec as unknown as vegaLite.TopLevelSpec);
    const view = new vega.View(vega.parse(spec), { renderer: "none" });
    await view.runAsync();
    change(view);
    await view.runAsync();
    const svg = await view.toSVG();
    view.finalize();
    return svg;
  };

  test("titles say which axis, how much and by which rate; hidden categories are counted", async () => {
    const svg = await svgOf(factorMap(samples.factorTable(), samples.factorOptions));
    expect(svg).toContain("Axe 1\u00a0: 82,3\u202f% de l’inertie (taux de Benzécri)");
    expect(svg).toContain("sans point\u00a0: 1 non diffusé");
    expect(svg).toContain("Quartier prioritaire");
    expect(svg).not.toContain(">Collection<");
  });

  test("linked, a chosen block keeps its colour and the others fade; on paper nothing is chosen", async () => {
    const plain = factorMap(samples.factorTable(), samples.factorOptions);
    expect(JSON.stringify(plain.spec)).not.toContain('"params"');
    const linked = factorMap(samples.factorTable(), { ...samples.factorOptions, linked: true });
    expect(JSON.stringify((await bundled(linked)).spec)).toContain('"params"');
    const faded = (svg: string): number => [...svg.matchAll(/opacity="0.12"/g)].length;
    expect(faded(await svgOf(linked))).toBe(0);
    const choose = (view: vega.View): void => {
      const [tuple] = [{ unit: "", _vgsid_: 1, fields: [{ type: "E", field: "bloc" }], values: ["Âge"] }];
      view.data("bloc_store", [tuple]);
    };
    const drawn = texts(samples.factorTable(), "bloc").values;
    const hidden = 1;
    expect(faded(await svgOf(linked, choose))).toBe(drawn.filter((block) => block !== "Âge").length - hidden);
    // A click on the key chooses a block, one on a point its variable: each is heard from its own marks, which exist.
    const { spec } = vegaLite.compile(linked.spec as unknown as vegaLite.TopLevelSpec);
    const heard = [...JSON.stringify(spec.signals).matchAll(/"markname":"(\w+)"/g)].map(([, name]) => name);
    const marks = (spec.marks ?? []).map(({ name }) => name);
    expect(new Set(heard)).toEqual(new Set(["key_marks", "active_marks", "supplementary_marks"]));
    for (const name of heard) expect(marks).toContain(name);
  });

  test("linked, it is the same drawing without compiled expressions, as the page's policy asks", async () => {
    const { spec } = vegaLite.compile(
      factorMap(samples.factorTable(), { ...samples.factorOptions, linked: true })
        .spec as unknown as vegaLite.TopLevelSpec,
    );
    const drawn = async (ast: boolean): Promise<string> => {
      const runtime = vega.parse(spec, undefined, { ast });
      const view = new vega.View(runtime, { renderer: "none", ...(ast ? { expr: expressionInterpreter } : {}) });
      vega.resetSVGDefIds();
      return view.toSVG();
    };
    expect(await drawn(true)).toBe(await drawn(false));
  });

  test("a column that has the name of a place on the page is refused, with a way out", () => {
    const { axe1 = samples.factorTable().columns["axe2"], ...others } = samples.factorTable().columns;
    expect(() =>
      factorMap(passed({ ...others, ...(axe1 ? { x: axe1 } : {}) }), { ...samples.factorOptions, x: "x" }),
    ).toThrow(/celui d'une place sur la page.*axe_1/s);
  });

  test("two rows of one category and a seventh block are refused", () => {
    const data = samples.factorTable();
    const twice = words(
      texts(data, "modalite").values.map((name, i) => (i === 35 ? "15-24 ans" : name)),
      "Modalité",
    );
    expect(() => factorMap(passed({ ...data.columns, modalite: twice }), samples.factorOptions)).toThrow(
      /deux lignes pour un même point/,
    );
    const { block: _, ...byVariable } = samples.factorOptions;
    expect(() => factorMap(data, byVariable)).toThrow(/trop de séries/);
  });
});

describe("the tree of classes", () => {
  const node = (name: string, parent: string, height: number, group = ""): TreeNode => ({
    name,
    parent,
    height,
    group,
  });
  const small = [
    node("r", "", 5),
    node("p", "r", 2),
    node("a", "p", 0, "A"),
    node("b", "p", 0, "A"),
    node("c", "r", 0, "B"),
  ];

  test("leaves keep the order of the rows, a node is above the middle of its branches, the cut between the classes", () => {
    const { leaves, across, group, cut } = layTree(small, "essai");
    expect(leaves).toEqual([2, 3, 4]);
    expect(across).toEqual([1.75, 1, 0.5, 1.5, 2.5]);
    expect(group).toEqual([null, "A", "A", "A", "B"]);
    expect(cut).toBe(3.5);
    expect(layTree([node("a", "", 0, "A")], "essai").cut).toBeNull();
  });

  test("refuses two roots, an unknown parent, a single branch, a node under its branches, classes of no height, a ring", () => {
    expect(() => layTree([...small, node("s", "", 1)], "essai")).toThrow(/une seule racine/);
    expect(() => layTree([...small, node("d", "z", 0, "B")], "essai")).toThrow(/branche sans nœud/);
    expect(() => layTree([node("r", "", 1), node("a", "r", 0, "A")], "essai")).toThrow(/une seule branche/);
    expect(() =>
      layTree(
        small.map((own) => (own.name === "p" ? { ...own, height: 6 } : own)),
        "essai",
      ),
    ).toThrow(/plus bas que ses branches/);
    const crossed = [
      node("r", "", 5),
      node("p", "r", 1),
      node("a", "p", 0, "A"),
      node("b", "p", 0, "B"),
      node("q", "r", 3),
      node("c", "q", 0, "C"),
      node("d", "q", 0, "C"),
    ];
    expect(() => layTree(crossed, "essai")).toThrow(/ne sont pas une coupure/);
    const ring = [...small, node("x", "y", 1), node("y", "x", 1)];
    expect(() => layTree(ring, "essai")).toThrow(/hors de l'arbre/);
  });
});
