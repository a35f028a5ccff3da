import { describe, expect, test } from "vitest";
import { checkDrawing } from "../../../src/protection/drawing/check-drawing.ts";
import { safeDrawing } from "../../../src/protection/drawing/safe-drawing.ts";
import { possible } from "../brute-force.ts";
import { drawNumbers, people, peopleTable } from "./people.ts";
import { counted } from "./section-18.ts";

// Random drawings of a crossed table, cell by cell in random views, against an attacker that tries whole numbers one by one.
type Json = Readonly<Record<string, unknown>>;

const sexes = ["F", "H"];
const ages = ["18-29", "30-49", "50+"];
const minUnits = 5;
const records = peopleTable(people(1));
const context = counted({ sexe: "category", age: "category" }, { minUnits });

interface Drawn {
  readonly truth: readonly (readonly number[])[];
  readonly spec: Json;
}

/** A random table, of which each view shows some cells: the crossing, then each margin. A careful author leaves every small cell out. */
function randomDrawing(seed: number, careful: boolean): Drawn {
  const draw = drawNumbers(seed);
  const inner = sexes.map(() => ages.map(() => (draw() < 0.15 ? 0 : Math.floor(draw() ** 2 * 22))));
  const kept = (rows: readonly CountRow[]): readonly CountRow[] =>
    rows.filter(({ n }) => draw() < 0.8 && !(careful && n > 0 && n < minUnits));
  const crossing = sexes.flatMap((sexe, i) => ages.map((age, j) => ({ sexe, age, n: inner[i]?.[j] ?? 0 })));
  const bySex = sexes.map((sexe, i) => ({ sexe, n: sum(inner[i] ?? []) }));
  const byAge = ages.map((age, j) => ({ age, n: sum(inner.map((row) => row[j] ?? 0)) }));
  const views = [crossing, bySex, byAge].map(kept).filter((rows) => rows.length > 0);
  return { truth: inner, spec: { vconcat: views.map(viewOf) } };
}

interface CountRow {
  readonly sexe?: string;
  readonly age?: string;
  readonly n: number;
}

function viewOf(values: readonly CountRow[]): Json {
  const [first] = values;
  const fields = ["sexe", "age"].filter((field) => first !== undefined && field in first);
  const classes = fields.map((field, i) => [i === 0 ? "x" : "color", { field, type: "nominal" }]);
  return {
    data: { values },
    mark: "bar",
    encoding: { ...Object.fromEntries(classes), y: { field: "n", type: "quantitative" } },
  };
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** What a reader has: the grid with totals, null where nothing is shown. */
function gridOf(spec: Json): (number | null)[][] {
  const grid = Array.from({ length: sexes.length + 1 }, () => new Array<number | null>(ages.length + 1).fill(null));
  for (const { data } of spec.vconcat as readonly { readonly data: { readonly values: readonly Json[] } }[]) {
    for (const { sexe, age, n } of data.values) {
      const i = sexe === undefined ? sexes.length : sexes.indexOf(String(sexe));
      const j = age === undefined ? ages.length : ages.indexOf(String(age));
      const row = grid[i];
      if (row && typeof n === "number") row[j] = n;
    }
  }
  return grid;
}

/** Small cells that the reader knows to be small: no value of the threshold or more is possible in them. */
function narrowed({ truth }: Drawn, published: Json): readonly string[] {
  const grid = gridOf(published);
  return truth.flatMap((row, i) =>
    row.flatMap((n, j) => {
      if (n === 0 || n >= minUnits) return [];
      if (grid[i]?.[j] !== null) return [`${i} ${j}`];
      const answer = possible({ grid, truth, least: 0, cap: 70, cell: [i, j], accepts: (value) => value >= minUnits });
      return answer === "no" ? [`${i} ${j}`] : [];
    }),
  );
}

const seeds = Array.from({ length: 300 }, (_, seed) => seed + 1);

describe("drawings of a crossed table in several views", () => {
  test("what the check accepts narrows no small cell under the threshold", { timeout: 120_000 }, () => {
    let accepted = 0;
    for (const seed of seeds) {
      const drawing = randomDrawing(seed, true);
      if (checkDrawing(drawing.spec, context).length > 0) continue;
      accepted++;
      expect(narrowed(drawing, drawing.spec), `tirage ${seed}`).toEqual([]);
    }
    expect(accepted).toBeGreaterThan(seeds.length / 5);
    expect(accepted).toBeLessThan(seeds.length);
  });

  test("what the rewriting lets through narrows none either, whatever the author left in", { timeout: 120_000 }, () => {
    let rewritten = 0;
    for (const seed of seeds) {
      const drawing = randomDrawing(seed, seed % 2 === 0);
      const safe = safeDrawing(drawing.spec, records, context);
      if (safe === null) continue;
      rewritten++;
      expect(narrowed(drawing, safe.spec), `tirage ${seed}`).toEqual([]);
    }
    expect(rewritten).toBeGreaterThan(seeds.length / 2);
  });

  test("a refusal says the same whatever the protected values are", () => {
    const told = (n: number, m: number): unknown =>
      checkDrawing(
        {
          data: {
            values: [
              { sexe: "F", n: 55 },
              { sexe: "H", n },
              { sexe: "autre", n: m },
            ],
          },
          mark: "bar",
          encoding: { x: { field: "sexe" }, y: { field: "n" } },
        },
        context,
      );
    expect(told(1, 40)).toEqual(told(4, 3));
    expect(JSON.stringify(told(4, 3))).not.toMatch(/\b[34]\b/);
  });
});
