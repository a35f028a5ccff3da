import { describe, expect, test } from "vitest";
import { numberColumn, table, takeRows, withColumns } from "../../src/codes/table.ts";
import { type AreaViewerOptions, areaViewer } from "../../src/figures/area-viewer.ts";
import { townPanels } from "../../src/figures/area-viewer-map.ts";
import { neighbourhoodMap } from "../../src/figures/neighbourhood-map.ts";
import { release } from "../../src/protection/release.ts";
import type { Released } from "../../src/protection/released.ts";
import { sampleViewer, sampleViewerOptions } from "./area-viewer-sample.ts";

const options = sampleViewerOptions(6);
const passed = (data: Parameters<typeof release>[0]): Released => release(data, { name: "essai" });

/** The sample with one column of one table changed, let through the gate again. */
function changed(
  of: "estimates" | "explanation",
  name: string,
  change: (values: Float64Array) => void,
): AreaViewerOptions {
  const explanation = options.explanation as NonNullable<typeof options.explanation>;
  const data = of === "estimates" ? options.estimates : explanation.data;
  const column = data.columns[name];
  if (column?.type !== "number") throw new Error(`${name} n'est pas une colonne de nombres`);
  const values = Float64Array.from(column.values);
  change(values);
  const made = passed(withColumns(data, { [name]: numberColumn(values, { ...column }) }));
  return of === "estimates"
    ? { ...options, estimates: made }
    : { ...options, explanation: { ...explanation, data: made } };
}

describe("a viewer of areas", () => {
  test("holds what it shows: sources, classes of the opening shared by all positions, panels at one scale", () => {
    const viewer = sampleViewer(12);
    expect(viewer).toMatchObject({ kind: "viewer", synthetic: true, opening: "2024", licence: "CC0" });
    expect(viewer.measures.map(({ classes }) => classes.labels.length)).toEqual([4, 5, 3]);
    expect(viewer.panels.flatMap(({ shapes }) => shapes.map(({ code }) => code)).sort()).toEqual(
      [...(viewer.areas.columns["code_qp"]?.values ?? [])].sort(),
    );
  });

  test.each([0, 9])(
    "has the classes of the chapter's map of the same values, at least %s points wide",
    (leastWidth) => {
      const own = sampleViewerOptions(24);
      const measures = own.measures.map((measure) => (measure.id === "part" ? { ...measure, leastWidth } : measure));
      const [measure] = areaViewer({ ...own, measures }).measures;
      const positions = own.estimates.columns["hypothese"]?.values ?? [];
      const rows = Array.from({ length: own.estimates.numRows }, (_, row) => row);
      const map = neighbourhoodMap(
        passed(
          takeRows(
            own.estimates,
            rows.filter((row) => positions[row] === own.opening),
          ),
        ),
        {
          id: "carte",
          title: "Carte",
          subtitle: "Part",
          alt: "Carte des quartiers inventés, colorés selon la part.",
          champ: "quartiers inventés",
          lecture: "une part",
          code: "code_qp",
          name: "code_qp",
          value: "part",
          unit: "%",
          legend: "Part",
          leastWidth,
          perimeters: own.perimeters,
        },
      );
      const labels = measure?.classes.labels ?? [];
      expect(JSON.stringify(map.spec)).toContain(`"domain":${JSON.stringify(labels)}`);
      expect(labels.length > 1 && labels.length < 5).toBe(leastWidth > 0);
    },
  );

  test("refuses a table that did not pass the gate, or was altered since, whichever it is", () => {
    const raw = table(options.estimates.columns, options.estimates.lineage) as Released;
    expect(() => areaViewer({ ...options, estimates: raw })).toThrow(/n'accepte que des tables passées par release/);
    const explanation = options.explanation as NonNullable<typeof options.explanation>;
    const copy = table(explanation.data.columns, explanation.data.lineage) as Released;
    expect(() => areaViewer({ ...options, explanation: { ...explanation, data: copy } })).toThrow(
      /passées par release/,
    );
    expect(() =>
      areaViewer({ ...options, areas: table(options.areas.columns, options.areas.lineage) as Released }),
    ).toThrow(/passées par release/);
  });

  test.each(["title", "subtitle", "champ", "lecture"] as const)("without %s it is refused", (field) => {
    expect(() => areaViewer({ ...options, [field]: " " })).toThrow(/« non-recours » n'a pas de/);
  });

  test("an area or a position without its row, a row too many, an unknown code are each named", () => {
    const rows = Array.from({ length: options.estimates.numRows }, (_, row) => row);
    const without = passed(takeRows(options.estimates, rows.slice(1)));
    expect(() => areaViewer({ ...options, estimates: without })).toThrow(/toutes ses estimations.*2023, QN99001M/s);
    const twice = passed(takeRows(options.estimates, [...rows, 0]));
    expect(() => areaViewer({ ...options, estimates: twice })).toThrow(/deux lignes.*2023, QN99001M/s);
    expect(() => areaViewer({ ...options, hypotheses: options.hypotheses.slice(1) })).toThrow(
      /hypothèse inconnue.*2023/s,
    );
    expect(() =>
      areaViewer({ ...options, hypotheses: [...options.hypotheses, { id: "2031", label: "plus tard" }] }),
    ).toThrow(/toutes ses estimations.*2031/s);
    expect(() => areaViewer({ ...options, opening: "2031" })).toThrow(/s'ouvre sur une hypothèse inconnue.*2031/s);
    const lone = { code: "QN00000X", group: "Ailleurs", metres: { polygons: [] } };
    expect(() => areaViewer({ ...options, perimeters: [...options.perimeters, lone] })).toThrow(
      /périmètre sans quartier.*QN00000X/s,
    );
    expect(() => areaViewer({ ...options, measures: [] })).toThrow(/n'a pas de mesure/);
  });

  test("an interval that does not hold its value, or an impossible rank, is refused", () => {
    const low = changed("estimates", "part_bas", (values) => {
      values[3] = 0.99;
    });
    expect(() => areaViewer(low)).toThrow(/intervalle qui ne contient pas sa valeur \(part\)/);
    const rank = changed("estimates", "rang_haut", (values) => {
      values[0] = 7;
    });
    expect(() => areaViewer(rank)).toThrow(/rang impossible.*haut ≤ 6/s);
  });

  test("contributions that do not make the gap are refused, by the area", () => {
    const wrong = changed("explanation", "contribution", (values) => {
      values[0] = (values[0] ?? 0) + 1e-6;
    });
    expect(() => areaViewer(wrong)).toThrow(/contributions qui ne font pas l'écart.*QN99001M/s);
    const two = changed("explanation", "reference", (values) => {
      values[1] = 0.5;
    });
    expect(() => areaViewer(two)).toThrow(/deux écarts/);
  });

  test("an area without a perimeter is listed and not drawn", () => {
    const viewer = areaViewer({ ...options, perimeters: options.perimeters.slice(1) });
    expect(viewer.panels.flatMap(({ shapes }) => shapes)).toHaveLength(5);
    expect(viewer.areas.numRows).toBe(6);
  });

  test("a panel is as wide as its areas and 150 m on each side; near vertices are left out; the commune lies behind", () => {
    const square = Float64Array.from([0, 0, 1000, 0, 1000, 3, 1000, 500, 0, 500, 0, 0]);
    const ground = Float64Array.from([-5000, -5000, 5000, -5000, 5000, 5000]);
    const [panel] = townPanels(
      [{ code: "A", group: "Ville", metres: { polygons: [[square]] } }],
      [
        { code: "1", group: "Ville", metres: { polygons: [[ground]] } },
        { code: "2", group: "Autre", metres: { polygons: [[ground]] } },
      ],
    );
    expect(panel).toEqual({
      town: "Ville",
      widthMetres: 1300,
      heightMetres: 800,
      shapes: [{ code: "A", path: "M150 650L1150 650L1150 150L150 150L150 650Z" }],
      ground: "M-4850 5650L5150 5650L5150 -4350Z",
    });
  });
});
