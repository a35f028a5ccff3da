import { describe, expect, test } from "vitest";
import { ofPeople } from "./people.ts";
import { list, minUnits, objectsWith, rewritten } from "./played.ts";
import { pointsReadBack, type Rendered, render } from "./rendered.ts";
import { counted } from "./section-18.ts";

// Attacks of the list on drawings: each is played on one that was really compiled and drawn, then on what the gate makes of it.

const bar = { x: { field: "groupe", type: "nominal" }, y: { field: "n", type: "quantitative" } };

describe("attack 5: the raw rows of a bar chart", () => {
  const spec = {
    data: { values: list },
    mark: "bar",
    encoding: { x: { field: "groupe", type: "nominal" }, y: { aggregate: "count", type: "quantitative" } },
  };
  const namesIn = ({ spec: source, compiled }: Rendered): number =>
    list.filter(({ nom }) => source.includes(nom) && compiled.includes(nom)).length;

  test("every person is in the specification and in the compiled Vega, though the picture shows three bars", async () => {
    const open = await render(spec);
    expect(namesIn(open)).toBe(list.length);
    expect(list.some(({ nom }) => open.svg.includes(nom))).toBe(false);
  });

  test("none is in what the gate lets through, nor any other field of theirs", async () => {
    const safe = await rewritten(spec, ofPeople(), "lignes-brutes");
    expect(namesIn(safe)).toBe(0);
    expect(objectsWith(safe.compiled, "revenu")).toEqual([]);
    const shown = objectsWith(safe.spec, "n").filter(({ n }) => n !== null);
    expect(shown.reduce((sum, { n }) => sum + Number(n), 0)).toBeLessThanOrEqual(list.length);
    expect(shown.every(({ n }) => Number(n) >= minUnits)).toBe(true);
  });
});

describe("attack 6: a filter keeps the small cell", () => {
  const rows = [
    { groupe: "a", n: 120 },
    { groupe: "b", n: 84 },
    { groupe: "c", n: 6 },
  ];
  const spec = { data: { values: rows }, transform: [{ filter: "datum.n >= 11" }], mark: "bar", encoding: bar };
  const smallCells = ({ compiled }: Rendered): readonly unknown[] =>
    objectsWith(compiled, "n").flatMap(({ n }) => (typeof n === "number" && n > 0 && n < minUnits ? [n] : []));

  test("the bar is not drawn, and its count is in the file", async () => {
    const open = await render(spec);
    expect(open.svg).not.toContain("groupe: c");
    expect(smallCells(open)).toEqual([6]);
  });

  test("the count is in no byte of what the gate lets through, and the large ones still are", async () => {
    const safe = await rewritten(spec, counted({ groupe: "category" }), "donnees-cachees");
    expect(smallCells(safe)).toEqual([]);
    expect(objectsWith(safe.spec, "n").map(({ n }) => n)).toEqual([120, 84, null]);
    expect(safe.compiled).not.toContain('filter","expr":"datum.n');
  });
});

describe("attack 7: a scatter read back from its picture", () => {
  const sixty = list.slice(0, 60);
  const spec = {
    width: 400,
    height: 400,
    data: { values: sixty },
    mark: { type: "point", aria: false },
    encoding: { x: { field: "age", type: "quantitative" }, y: { field: "revenu", type: "quantitative" } },
  };
  const found = (svg: string): number => {
    const points = pointsReadBack(svg);
    return sixty.filter(({ age, revenu }) =>
      points.some(({ x, y }) => Math.round(x) === age && Math.abs(y - revenu) < 1),
    ).length;
  };

  test("60 people of 60 are read from the coordinates, with no label to help", async () => {
    const { svg } = await render(spec);
    expect(svg).not.toContain("revenu: ");
    expect(found(svg)).toBe(60);
  });

  test("what the gate lets through has squares of at least 11 people, and no point", async () => {
    const safe = await rewritten({ ...spec, data: { values: list } }, ofPeople(), "marque-par-unite");
    expect(found(safe.svg)).toBe(0);
    const squares = objectsWith(safe.compiled, "n");
    expect(squares.length).toBeGreaterThan(3);
    for (const square of squares) {
      const inside = list.filter(
        ({ age, revenu }) =>
          age >= Number(square.age_de) &&
          age < Number(square.age_a) &&
          revenu >= Number(square.revenu_de) &&
          revenu < Number(square.revenu_a),
      );
      expect(inside.length).toBe(square.n);
      expect(inside.length).toBeGreaterThanOrEqual(minUnits);
    }
  });
});
