import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/codes/random.ts";
import { type Assignment, assignment } from "../../../src/models/matching/assignment.ts";
import { certifyAssignment, explainAssignment } from "../../../src/models/matching/certify-assignment.ts";
import type { CostMatrix } from "../../../src/models/matching/cost-matrix.ts";
import { InfeasibleAssignmentError } from "../../../src/models/matching/infeasible.ts";
import { expectRelative, reference } from "../../reference/reference.ts";
import { costInstance, type InstanceKind } from "./instances.ts";
import "../../support/seed.ts";

interface Expected {
  readonly kind: InstanceKind;
  readonly rows: number;
  readonly columns: number;
  readonly seed: number;
  /** null: scipy finds no assignment. */
  readonly total: number | null;
}
const instances = reference<{ assignment: readonly Expected[] }>("matching").assignment;

const matrix = (rows: readonly (readonly number[])[]): CostMatrix => ({
  rows: rows.length,
  columns: rows[0]?.length ?? 0,
  values: Float64Array.from(rows.flat()),
});
const X = Number.POSITIVE_INFINITY;

function infeasible(costs: CostMatrix): InfeasibleAssignmentError {
  try {
    assignment(costs);
  } catch (error) {
    if (error instanceof InfeasibleAssignmentError) return error;
    throw error;
  }
  throw new Error("une affectation a été trouvée");
}

describe("the same optimum as scipy, and its proof", () => {
  test.each(instances)("$kind $rows x $columns", ({ kind, rows, columns, seed, total }) => {
    const costs = { rows, columns, values: costInstance(kind, rows, columns, seed) };
    const before = costs.values.slice();
    if (total === null) {
      expect(infeasible(costs).group.available).toBeLessThan(infeasible(costs).group.needed);
      return;
    }
    const found = assignment(costs);
    expect(costs.values).toEqual(before);
    if (kind === "random" || kind === "clustered") expectRelative(found.total, total, 1e-12);
    else expect(found.total).toBe(total);
    const proof = certifyAssignment(costs, found);
    expect(proof).toMatchObject({ optimal: true, pairs: Math.min(rows, columns) });
    expectRelative(proof.total, total, 1e-12);
    expectRelative(proof.lowerBound, total, 1e-9);
  });
  test("every kind of instance is there, feasible and not", () => {
    expect(new Set(instances.map(({ kind }) => kind)).size).toBe(6);
    expect(instances.filter(({ total }) => total === null)).toHaveLength(2);
  });
});

test("the example of the notes", () => {
  const costs = matrix([
    [8, 4, 7],
    [5, 2, 3],
    [9, 4, 8],
  ]);
  const found = assignment(costs);
  expect(found.total).toBe(15);
  expect([...found.columnOfRow]).toEqual([0, 2, 1]);
  expect([...found.rowOfColumn]).toEqual([0, 2, 1]);
});

/** The cheapest assignment by trying them all, Infinity when there is none. */
function cheapest({ rows, columns, values }: CostMatrix): number {
  const small = Math.min(rows, columns);
  const cost = (a: number, b: number): number => (rows <= columns ? values[a * columns + b] : values[b * columns + a]);
  const best = (a: number, used: ReadonlySet<number>): number => {
    if (a === small) return 0;
    let least = X;
    for (let b = 0; b < Math.max(rows, columns); b++)
      if (!used.has(b)) least = Math.min(least, cost(a, b) + best(a + 1, new Set([...used, b])));
    return least;
  };
  return best(0, new Set());
}

const smallMatrix = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 6 })).chain(([rows, columns]) =>
  fc
    .array(fc.oneof(fc.integer({ min: 0, max: 6 }), fc.constant(X)), {
      minLength: rows * columns,
      maxLength: rows * columns,
    })
    .map((values): CostMatrix => ({ rows, columns, values: Float64Array.from(values) })),
);

describe("whatever the matrix", () => {
  test("the total is the smallest of all assignments, or the group proves that there is none", () => {
    let impossible = 0;
    fc.assert(
      fc.property(smallMatrix, (costs) => {
        const least = cheapest(costs);
        if (least < X) {
          const found = assignment(costs);
          expect(found.total).toBe(least);
          expect(certifyAssignment(costs, found).optimal).toBe(true);
          return;
        }
        impossible++;
        const { members, reached } = infeasible(costs).group;
        const byRows = members[0]?.startsWith("demandeur") ?? false;
        expect(byRows).toBe(costs.rows < costs.columns || (costs.rows === costs.columns && byRows));
        const numbers = members.map((name) => Number(name.split(" ").at(-1)) - 1);
        const size = byRows ? costs.columns : costs.rows;
        const costOf = (a: number, b: number): number =>
          byRows ? costs.values[a * costs.columns + b] : costs.values[b * costs.columns + a];
        const lines = numbers.map((a) => Array.from({ length: size }, (_, b) => costOf(a, b)));
        const neighbours = Array.from({ length: size }, (_, b) => b).filter((b) =>
          lines.some((line) => (line[b] ?? X) < X),
        );
        expect(reached.map((name) => Number(name.split(" ").at(-1)) - 1)).toEqual(neighbours);
        expect(reached.length).toBe(members.length - 1);
        // Minimal: the others could all be placed.
        for (const left of lines.keys()) {
          const others = lines.filter((_, k) => k !== left);
          if (others.length > 0) expect(cheapest(matrix(others))).toBeLessThan(X);
        }
      }),
      { numRuns: 800 },
    );
    expect(impossible).toBeGreaterThan(50);
  });

  test("the answer by id does not depend on the order of the table", () => {
    fc.assert(
      fc.property(smallMatrix, fc.integer(), (costs, seed) => {
        const { rows, columns, values } = costs;
        fc.pre(cheapest(costs) < X);
        const named = {
          ...costs,
          rowIds: Array.from({ length: rows }, (_, i) => `c${i}`),
          columnIds: Array.from({ length: columns }, (_, j) => `o${j}`),
        };
        const random = seededRandom(seed);
        const shuffle = (n: number): number[] => Array.from({ length: n }, (_, k) => k).sort(() => random() - 0.5);
        const [rowOrder, columnOrder] = [shuffle(rows), shuffle(columns)];
        const shuffled = {
          rows,
          columns,
          values: Float64Array.from(rowOrder.flatMap((i) => columnOrder.map((j) => values[i * columns + j]))),
          rowIds: rowOrder.map((i) => `c${i}`),
          columnIds: columnOrder.map((j) => `o${j}`),
        };
        const pairs = (table: typeof named, { columnOfRow }: Assignment): string[] =>
          table.rowIds.map((id, i) => `${id} ${table.columnIds[columnOfRow[i]] ?? "-"}`).sort();
        expect(pairs(shuffled, assignment(shuffled))).toEqual(pairs(named, assignment(named)));
      }),
      { numRuns: 400 },
    );
  });
});

describe("the certificate", () => {
  const costs = matrix([
    [1, 2, 9],
    [4, 9, 9],
  ]);
  const good = assignment(costs);
  test("says in words what it proves", () => {
    const text = explainAssignment(certifyAssignment(costs, good), "km");
    expect(text).toContain("Affectation optimale");
    expect(text).toContain("6,000\u00a0km");
  });
  test("does not accept a dearer assignment, whatever its prices", () => {
    const dear = { ...good, columnOfRow: Int32Array.of(0, 1), rowOfColumn: Int32Array.of(0, 1, -1) };
    const proof = certifyAssignment(costs, dear);
    expect(proof).toMatchObject({ optimal: false, total: 10, lowerBound: 6, gap: 4 });
    expect(explainAssignment(proof, "km")).toContain("n'est pas prouvée");
  });
  test.each([
    ["prices too high", { rowDuals: Float64Array.of(5, 4) }],
    ["a price missing", { rowDuals: Float64Array.of(Number.NaN, 4) }],
    ["a positive price of an unused column", { columnDuals: Float64Array.of(0, 0, 1) }],
    ["a loose pair", { columnDuals: Float64Array.of(-3, 0, 0), rowDuals: Float64Array.of(2, 4) }],
  ])("does not accept %s", (_, change) => {
    expect(certifyAssignment(costs, { ...good, ...change }).optimal).toBe(false);
  });
  test.each([
    ["a column taken twice", { columnOfRow: Int32Array.of(0, 0) }, /qu'une fois/],
    ["a column that is not there", { columnOfRow: Int32Array.of(7, 0) }, /colonne 7/],
    ["rows that disagree with columns", { rowOfColumn: Int32Array.of(0, 1, -1) }, /désaccord/],
    ["too few pairs", { columnOfRow: Int32Array.of(0, -1), rowOfColumn: Int32Array.of(0, -1, -1) }, /1 paires/],
    ["another size", { columnOfRow: Int32Array.of(0) }, /2 lignes/],
    ["prices of another size", { rowDuals: Float64Array.of(0) }, /prix/],
  ])("refuses %s", (_, change, message) => {
    expect(() => certifyAssignment(costs, { ...good, ...change })).toThrow(message);
  });
  test("refuses a forbidden pair", () => {
    const forbidden = matrix([[X, 1]]);
    const found = { ...assignment(forbidden), columnOfRow: Int32Array.of(0), rowOfColumn: Int32Array.of(0, -1) };
    expect(() => certifyAssignment(forbidden, found)).toThrow(/permise/);
  });
});

describe("bad input", () => {
  test.each([
    ["a negative cost", { rows: 1, columns: 2, values: Float64Array.of(1, -2) }, /Coût négatif.*-2.*offre n° 2/],
    [
      "a missing cost",
      { rows: 2, columns: 1, values: Float64Array.of(1, Number.NaN) },
      /Coût manquant.*demandeur n° 2/,
    ],
    ["minus infinity", { rows: 1, columns: 1, values: Float64Array.of(-X) }, /négatif/],
    ["no seeker", { rows: 0, columns: 2, values: new Float64Array(0) }, /vide.*demandeur/],
    ["no offer", { rows: 2, columns: 0, values: new Float64Array(0) }, /vide.*offre/],
    ["a wrong size", { rows: 2, columns: 2, values: new Float64Array(3) }, /3 coûts.*2 lignes × 2 colonnes/],
    ["an id twice", { rows: 2, columns: 1, values: new Float64Array(2), rowIds: ["a", "a"] }, /répété.*a/],
    ["too few ids", { rows: 2, columns: 1, values: new Float64Array(2), rowIds: ["a"] }, /2 identifiants/],
  ])("%s is refused", (_, costs, message) => expect(() => assignment(costs)).toThrow(message));
  test("everything out of reach", () => {
    expect(infeasible(matrix([[X, X]])).group).toEqual({
      members: ["demandeur n° 1"],
      reached: [],
      needed: 1,
      available: 0,
    });
    expect(infeasible(matrix([[X], [X]])).group.members).toEqual(["offre n° 1"]);
  });
  test("three cells for two offers: the group is named, and only it", () => {
    const costs = {
      ...matrix([
        [1, 2, X, X],
        [3, 1, X, X],
        [X, X, 5, 6],
        [4, 4, X, X],
      ]),
      rowIds: ["a", "b", "c", "d"],
      columnIds: ["p", "q", "r", "s"],
    };
    const error = infeasible(costs);
    expect(error.group).toEqual({ members: ["a", "b", "d"], reached: ["p", "q"], needed: 3, available: 2 });
    expect(error.message).toMatch(/a, b, d.*3 à placer pour 2.*p, q.*rayon/);
  });
  test("one seeker", () => expect([...assignment(matrix([[3, 1, 2]])).columnOfRow]).toEqual([1]));
});
