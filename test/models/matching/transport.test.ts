import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/codes/random.ts";
import { assignment } from "../../../src/models/matching/assignment.ts";
import { certifyTransport, explainTransport } from "../../../src/models/matching/certify-transport.ts";
import { InfeasibleAssignmentError } from "../../../src/models/matching/infeasible.ts";
import { type TransportPlan, transport } from "../../../src/models/matching/transport.ts";
import type { TransportProblem } from "../../../src/models/matching/transport-problem.ts";
import { expectRelative, reference } from "../../reference/reference.ts";
import { costInstance, type InstanceKind, problem, transportInstance } from "./instances.ts";
import "../../support/seed.ts";

interface Expected {
  readonly kind: InstanceKind;
  readonly cells: number;
  readonly offers: number;
  readonly seed: number;
  /** null: as many placed as possible. */
  readonly unassignedCost: number | null;
  readonly objective: number;
  readonly total: number | null;
  readonly unassigned: number | null;
}
const instances = reference<{ transport: readonly Expected[] }>("matching").transport;

describe("the same optimum as scipy and networkx, and its proof", () => {
  test.each(instances)("$kind $cells x $offers, unassigned $unassignedCost", (expected) => {
    const { kind, cells, offers, seed, unassignedCost } = expected;
    const given = transportInstance(kind, cells, offers, seed);
    const plan = transport(given, unassignedCost === null ? "fewest" : { cost: unassignedCost });
    const proof = certifyTransport(given, plan);
    expect(proof.optimal).toBe(true);
    expect([...plan.flow].every(Number.isInteger)).toBe(true);
    if (expected.total === null) {
      expectRelative(plan.objective, expected.objective, 1e-9);
      expectRelative(proof.lowerBound, expected.objective, 1e-9);
    } else {
      expectRelative(plan.total, expected.total, 1e-9);
      expect(plan.unassignedCount).toBeCloseTo(expected.unassigned ?? -1, 6);
    }
  });
  test("every kind is there", () => expect(instances).toHaveLength(42));
});

test("one seeker a cell and one post an offer is the linear assignment", () => {
  for (const kind of ["integer", "clustered-rounded", "tied"] as const) {
    const [rows, columns] = [60, 80];
    const given = {
      ...transportInstance(kind, rows, columns, 9),
      seekers: new Float64Array(rows).fill(1),
      posts: new Float64Array(columns).fill(1),
    };
    const plan = transport(given, "none");
    expect(plan.total).toBe(assignment({ rows, columns, values: costInstance(kind, rows, columns, 9) }).total);
    expect(plan.unassignedCount).toBe(0);
  }
});

describe("the unassigned", () => {
  const given = problem({ a: 3, b: 2 }, { x: 2, y: 2 }, "a x 1; a y 8; b x 2");
  test("as few as possible, then the cheapest", () => {
    const plan = transport(given, "fewest");
    expect([...plan.flow]).toEqual([1, 2, 1]);
    expect([plan.unassignedCount, plan.assignedCount, plan.total]).toEqual([1, 4, 19]);
    expect([[...plan.unassigned], [...plan.spare]]).toEqual([
      [0, 1],
      [0, 0],
    ]);
  });
  test("at a stated cost, a dearer pair is not made", () => {
    const plan = transport(given, { cost: 5 });
    expect([...plan.flow]).toEqual([2, 0, 0]);
    expect([plan.unassignedCount, plan.objective]).toEqual([3, 17]);
    expect(transport(given, { cost: 0 }).assignedCount).toBe(0);
  });
  test("nobody, or the group is named", () => {
    const error = failure(given);
    expect(error.group).toEqual({ members: ["a", "b"], reached: ["x", "y"], needed: 5, available: 4 });
    expect(error.message).toMatch(/5 à placer pour 4 poste/);
  });
  test("all unreachable: everybody is unassigned, and nothing is NaN", () => {
    const alone = { ...given, arcs: { cell: new Int32Array(0), offer: new Int32Array(0), cost: new Float64Array(0) } };
    const plan = transport(alone, "fewest");
    expect([plan.assignedCount, plan.unassignedCount, plan.total]).toEqual([0, 5, 0]);
    expect(certifyTransport(alone, plan).optimal).toBe(true);
    expect(failure(alone).group).toEqual({ members: ["a"], reached: [], needed: 3, available: 0 });
  });
  test("the group leaves out those who are not concerned", () => {
    const others = problem(
      { a: 3, b: 2, c: 1, d: 4 },
      { x: 4, y: 9, z: 1 },
      "a x 1; b x 3; c y 2; d y 1; d z 1; c x 1",
    );
    expect(failure(others).group).toEqual({ members: ["a", "b"], reached: ["x"], needed: 5, available: 4 });
  });
});

function failure(given: TransportProblem): InfeasibleAssignmentError {
  try {
    transport(given, "none");
  } catch (error) {
    if (error instanceof InfeasibleAssignmentError) return error;
    throw error;
  }
  throw new Error("un plan a été trouvé");
}

const anyProblem = fc
  .record({
    seekers: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 6 }),
    posts: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 6 }),
    seed: fc.integer({ min: 0, max: 1_000_000 }),
    density: fc.constantFrom(0.2, 0.5, 1),
    whole: fc.boolean(),
  })
  .map(({ seekers, posts, seed, density, whole }): TransportProblem => {
    const random = seededRandom(seed);
    const pairs = seekers.flatMap((_, i) => posts.map((_, j) => [i, j] as const)).filter(() => random() < density);
    return {
      cellIds: seekers.map((_, i) => `c${i}`),
      seekers: Float64Array.from(seekers),
      offerIds: posts.map((_, j) => `o${j}`),
      posts: Float64Array.from(posts),
      arcs: {
        cell: Int32Array.from(pairs, ([i]) => i),
        offer: Int32Array.from(pairs, ([, j]) => j),
        cost: Float64Array.from(pairs, () => (whole ? Math.floor(random() * 8) : random() * 8)),
      },
    };
  });

describe("whatever the problem", () => {
  test("the plan is proved, and everybody is counted once", () => {
    fc.assert(
      fc.property(anyProblem, fc.constantFrom("fewest" as const, { cost: 3 }), (given, rule) => {
        const plan = transport(given, rule);
        expect(certifyTransport(given, plan).optimal).toBe(true);
        expect(plan.assignedCount + plan.unassignedCount).toBe(given.seekers.reduce((a, b) => a + b, 0));
        expect(plan.assignedCount + plan.spare.reduce((a, b) => a + b, 0)).toBe(given.posts.reduce((a, b) => a + b, 0));
      }),
      { numRuns: 600 },
    );
  });
  test("as persons and posts one by one, the assignment costs the same", () => {
    fc.assert(
      fc.property(anyProblem, (given) => {
        const people = [...given.seekers].flatMap((n, i) => new Array<number>(n).fill(i));
        const posts = [...given.posts].flatMap((n, j) => new Array<number>(n).fill(j));
        const far = 1000;
        const cost = new Map([...given.arcs.cost].map((c, k) => [`${given.arcs.cell[k]} ${given.arcs.offer[k]}`, c]));
        const columns = posts.length + people.length;
        const values = Float64Array.from(
          people.flatMap((i) => [...posts.map((j) => cost.get(`${i} ${j}`) ?? 10 * far), ...people.map(() => far)]),
        );
        const plan = transport(given, { cost: far });
        expectRelative(plan.objective, assignment({ rows: people.length, columns, values }).total, 1e-12);
      }),
      { numRuns: 200 },
    );
  });
  test("an infeasible group needs more than it reaches, and no cell of it can be taken away", () => {
    let impossible = 0;
    fc.assert(
      fc.property(anyProblem, (given) => {
        if (transport(given, "fewest").unassignedCount === 0) return;
        impossible++;
        const { members, reached, needed, available } = failure(given).group;
        const excess = (group: readonly string[]): number => {
          const { cell, offer } = given.arcs;
          const near = new Set(
            [...cell.keys()].filter((k) => group.includes(given.cellIds[cell[k]] ?? "")).map((k) => offer[k]),
          );
          const seekers = group.reduce((sum, id) => sum + given.seekers[given.cellIds.indexOf(id)], 0);
          return seekers - [...near].reduce((sum, j) => sum + given.posts[j], 0);
        };
        expect(excess(members)).toBe(needed - available);
        expect(excess(members)).toBeGreaterThan(0);
        const offersNear = new Set(
          [...given.arcs.cell.keys()]
            .filter((k) => members.includes(given.cellIds[given.arcs.cell[k]] ?? ""))
            .map((k) => given.offerIds[given.arcs.offer[k]]),
        );
        expect(reached).toEqual([...offersNear].sort());
        if (members.length > 1)
          for (const id of members) expect(excess(members.filter((other) => other !== id))).toBeLessThanOrEqual(0);
      }),
      { numRuns: 400 },
    );
    expect(impossible).toBeGreaterThan(50);
  });
  test("the plan by id does not depend on the order of the tables", () => {
    fc.assert(
      fc.property(anyProblem, fc.integer(), (given, seed) => {
        const random = seededRandom(seed);
        const shuffle = (n: number): number[] => Array.from({ length: n }, (_, k) => k).sort(() => random() - 0.5);
        const [cells, offers, arcs] = [
          shuffle(given.cellIds.length),
          shuffle(given.offerIds.length),
          shuffle(given.arcs.cost.length),
        ];
        const other: TransportProblem = {
          cellIds: cells.map((i) => given.cellIds[i] ?? ""),
          seekers: Float64Array.from(cells, (i) => given.seekers[i]),
          offerIds: offers.map((j) => given.offerIds[j] ?? ""),
          posts: Float64Array.from(offers, (j) => given.posts[j]),
          arcs: {
            cell: Int32Array.from(arcs, (k) => cells.indexOf(given.arcs.cell[k])),
            offer: Int32Array.from(arcs, (k) => offers.indexOf(given.arcs.offer[k])),
            cost: Float64Array.from(arcs, (k) => given.arcs.cost[k]),
          },
        };
        const lines = (
          { cellIds, offerIds, arcs: { cell, offer } }: TransportProblem,
          { flow }: TransportPlan,
        ): string[] => [...flow].map((n, k) => `${cellIds[cell[k]]} ${offerIds[offer[k]]} ${n}`).sort();
        expect(lines(other, transport(other, "fewest"))).toEqual(lines(given, transport(given, "fewest")));
      }),
      { numRuns: 300 },
    );
  });
});

describe("the certificate", () => {
  const given = problem({ a: 3, b: 2 }, { x: 2, y: 2 }, "a x 1; a y 8; b x 2");
  const plan = transport(given, { cost: 50 });
  test("says in words what it proves", () => {
    const text = explainTransport(certifyTransport(given, plan), "km");
    expect(text).toContain("Plan optimal");
    expect(text).toContain("4 demandeur(s) placé(s)");
    expect(text).toContain("69,000\u00a0km");
  });
  test.each([
    ["another plan", { flow: Float64Array.of(2, 1, 0) }],
    ["prices too high", { cellDuals: Float64Array.of(60, 50) }],
    ["a price that is missing", { offerDuals: Float64Array.of(Number.NaN, -42) }],
    ["a positive price of an offer", { offerDuals: Float64Array.of(1, -42) }],
  ])("does not accept %s", (_, change) => {
    const proof = certifyTransport(given, { ...plan, ...change });
    expect(proof.optimal).toBe(false);
    expect(explainTransport(proof, "km")).toContain("n'est pas prouvée");
  });
  test.each([
    ["more seekers than there are", { flow: Float64Array.of(0, 0, 3) }, /b/],
    ["more than the posts", { flow: Float64Array.of(1, 0, 2) }, /x/],
    ["part of a seeker", { flow: Float64Array.of(0.5, 0, 0) }, /0\.5/],
    ["flows of another size", { flow: Float64Array.of(1) }, /1 flux/],
    ["prices of another size", { cellDuals: Float64Array.of(1) }, /Prix/],
  ])("refuses %s", (_, change, message) => {
    expect(() => certifyTransport(given, { ...plan, ...change })).toThrow(message);
  });
});

describe("bad input", () => {
  const good = problem({ a: 3, b: 2 }, { x: 2, y: 2 }, "a x 1; a y 8; b x 2");
  const arcs = (change: Partial<TransportProblem["arcs"]>): TransportProblem => ({
    ...good,
    arcs: { ...good.arcs, ...change },
  });
  test.each([
    ["zero capacity", { ...good, posts: Float64Array.of(2, 0) }, /Nombre de postes.*0.*y/],
    ["a masked count", { ...good, seekers: Float64Array.of(Number.NaN, 2) }, /masqué/],
    ["half a seeker", { ...good, seekers: Float64Array.of(0.5, 2) }, /entier/],
    ["an infinite count", { ...good, posts: Float64Array.of(2, Number.POSITIVE_INFINITY) }, /Infinity/],
    ["no cell", { ...good, cellIds: [], seekers: new Float64Array(0) }, /vide.*cellule/],
    ["no offer", { ...good, offerIds: [], posts: new Float64Array(0) }, /vide.*offre/],
    ["an id twice", { ...good, cellIds: ["a", "a"] }, /répété/],
    ["a negative cost", arcs({ cost: Float64Array.of(1, -8, 2) }), /négatif.*-8.*a, y/],
    ["a missing cost", arcs({ cost: Float64Array.of(1, 8, Number.NaN) }), /manquant.*b, x/],
    ["an infinite cost", arcs({ cost: Float64Array.of(1, Number.POSITIVE_INFINITY, 2) }), /infini.*retirer la paire/],
    ["an offer that is not there", arcs({ offer: Int32Array.of(0, 7, 0) }), /Paire inconnue à la ligne 2/],
    ["a pair given twice", arcs({ offer: Int32Array.of(0, 0, 0) }), /Paire répétée.*a, x/],
    ["columns of unequal length", arcs({ cost: Float64Array.of(1) }), /3, 3 et 1 lignes/],
  ])("%s is refused", (_, given, message) => expect(() => transport(given, "fewest")).toThrow(message));
  test.each([Number.NaN, -1, Number.POSITIVE_INFINITY])("an unassigned cost of %s is refused", (cost) =>
    expect(() => transport(good, { cost })).toThrow(/non-affecté/),
  );
});
