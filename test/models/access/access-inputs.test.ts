import { describe, expect, test } from "vitest";
import {
  binaryDecay,
  customDecay,
  type Decay,
  decayWeightColumns,
  decayWeights,
  exponentialDecay,
  gaussianDecay,
  linearDecay,
  logisticDecay,
  powerDecay,
  pysalGravityDecay,
  steppedDecay,
} from "../../../src/models/access/decay.ts";
import { distinctCosts } from "../../../src/models/access/distinct-costs.ts";
import { gravity } from "../../../src/models/access/gravity.ts";
import { codeIds } from "../../../src/models/access/id-column.ts";
import { alignLandUse } from "../../../src/models/access/land-use.ts";
import {
  costColumn,
  pairCount,
  type TravelMatrixOptions,
  type TravelRows,
  travelMatrix,
  unreachedOrigins,
} from "../../../src/models/access/travel-matrix.ts";
import { travelMatrices } from "../../../src/models/access/travel-matrix-groups.ts";

const floats = (...values: number[]): Float64Array => Float64Array.of(...values);
const outward: TravelMatrixOptions = { direction: "outward" };
/** Three homes, two work places; the rows are in no order and one pair is absent. */
const good: TravelRows = {
  from_id: ["b", "a", "a", "c", "b"],
  to_id: ["y", "y", "x", "x", "x"],
  costs: { timeMinutes: floats(10, 20, 5, 7, 30) },
};
const changed = (change: Partial<TravelRows>): TravelRows => ({ ...good, ...change });

describe("a travel matrix", () => {
  test("rows in any order give the pairs by origin, then destination", () => {
    const matrix = travelMatrix(good, { ...outward, originIds: ["a", "b", "c"], destinationIds: ["x", "y"] });
    expect([...matrix.starts]).toEqual([0, 2, 4, 5]);
    expect([...(matrix.destinations ?? [])]).toEqual([0, 1, 0, 1, 0]);
    expect([...costColumn(matrix, "timeMinutes")]).toEqual([5, 20, 30, 10, 7]);
  });

  test("an absent pair is out of reach, and dense storage writes Infinity", () => {
    const dense = travelMatrix(good, {
      ...outward,
      originIds: ["a", "b", "c"],
      destinationIds: ["x", "y"],
      storage: "dense",
    });
    expect(dense.destinations).toBeNull();
    expect([...costColumn(dense, "timeMinutes")]).toEqual([5, 20, 30, 10, 7, Number.POSITIVE_INFINITY]);
  });

  test("an origin that reaches nothing stays, with nothing", () => {
    const options = { ...outward, originIds: ["far", "a", "b", "c"] };
    for (const storage of ["sparse", "dense"] as const) {
      const matrix = travelMatrix(good, { ...options, storage });
      expect(unreachedOrigins(matrix, "timeMinutes")).toEqual(["far"]);
      const weights = decayWeights(costColumn(matrix, "timeMinutes"), binaryDecay(100));
      const posts = new Float64Array(2).fill(1);
      expect([...gravity(matrix, { weights, opportunities: { posts } }).posts.access]).toEqual([0, 2, 2, 1]);
    }
  });

  test("the way back turns the matrix over: origins are where people are", () => {
    const back = travelMatrix(good, { direction: "return" });
    expect(back.originIds).toEqual(["y", "x"]);
    expect(back.destinationIds).toEqual(["b", "a", "c"]);
    expect([...costColumn(back, "timeMinutes")]).toEqual([10, 20, 30, 5, 7]);
  });

  test("ids already coded give the same matrix", () => {
    const coded = { ...good, from_id: codeIds(good.from_id, "from_id"), to_id: codeIds(good.to_id, "to_id") };
    expect(travelMatrix(coded, outward)).toEqual(travelMatrix(good, outward));
    const options = { ...outward, originIds: ["c", "b", "a"], destinationIds: ["y", "x"] };
    expect(travelMatrix(coded, options)).toEqual(travelMatrix(good, options));
  });

  test("several costs, Infinity and null of a router", () => {
    const costs = {
      timeMinutes: floats(10, Number.NaN, 5, Number.POSITIVE_INFINITY, 30),
      fareEuros: floats(1, 2, 3, 4, 5),
    };
    const matrix = travelMatrix(changed({ costs }), { ...outward, missingCosts: "unreachable" });
    expect([...costColumn(matrix, "timeMinutes")].filter((cost) => cost === Number.POSITIVE_INFINITY)).toHaveLength(2);
    expect(pairCount(matrix)).toBe(5);
    expect(() => costColumn(matrix, "distanceKm")).toThrow("timeMinutes, fareEuros");
  });

  test("a table of several modes is one matrix a mode, on the same places", () => {
    const rows = { from_id: ["a", "a", "b"], to_id: ["x", "x", "x"], costs: { timeMinutes: floats(5, 9, 7) } };
    const groups = travelMatrices(rows, { mode: ["car", "bus", "car"] }, outward);
    expect(groups.map(({ group }) => group["mode"])).toEqual(["car", "bus"]);
    expect(groups.map(({ matrix }) => [...costColumn(matrix, "timeMinutes")])).toEqual([[5, 7], [9]]);
    expect(groups.map(({ matrix }) => matrix.originIds)).toEqual([
      ["a", "b"],
      ["a", "b"],
    ]);
    expect(groups[1]?.matrix.starts).toEqual(Int32Array.of(0, 1, 1));
    expect(() => travelMatrices(rows, { mode: ["car", "car", "car"] }, outward)).toThrow("lignes 1 et 2");
    expect(() =>
      travelMatrices(
        rows,
        { mode: ["car", "bus", "bus"] },
        { ...outward, missingCosts: "refuse", destinationIds: ["z"] },
      ),
    ).toThrow(/absents/);
  });
});

describe("bad rows are refused by name", () => {
  const refused: readonly (readonly [string, Partial<TravelRows>, TravelMatrixOptions, RegExp])[] = [
    [
      "negative cost",
      { costs: { timeMinutes: floats(10, -1, 5, 7, 30) } },
      outward,
      /négatif ou manquant \(1 ligne\).*ligne 2\u00a0: -1/,
    ],
    [
      "missing cost",
      { costs: { timeMinutes: floats(10, 1, 5, Number.NaN, 30) } },
      outward,
      /ligne 4\u00a0: NaN.*missingCosts/,
    ],
    [
      "negative cost when missing ones are accepted",
      { costs: { timeMinutes: floats(10, -1, 5, 7, 30) } },
      { ...outward, missingCosts: "unreachable" },
      /ligne 2/,
    ],
    ["no unit", { costs: { travel_time: floats(1, 2, 3, 4, 5) } }, outward, /sans unité.*travel_time/],
    ["no cost", { costs: {} }, outward, /sans coût/],
    ["duplicated pair", { to_id: ["y", "x", "x", "x", "x"] }, outward, /deux fois \(1\).*a – x, lignes 2 et 3/],
    [
      "id not announced",
      {},
      { ...outward, destinationIds: ["x"] },
      /to_id absents.*\(2 lignes\).*y, ligne 1 ; y, ligne 2/,
    ],
    ["empty id", { from_id: ["b", "a", "", "c", "b"] }, outward, /vides dans from_id \(1 ligne\).*ligne 3/],
    ["list that repeats an id", {}, { ...outward, originIds: ["a", "b", "c", "a"] }, /deux fois.*a, lignes 1 et 4/],
    ["columns of other lengths", { to_id: ["x"] }, outward, /longueurs différentes/],
    ["cost of another length", { costs: { timeMinutes: floats(1) } }, outward, /autre longueur/],
  ];
  test.each(refused)("%s", (_, change, options, message) => {
    expect(() => travelMatrix(changed(change), options)).toThrow(message);
  });
});

describe("land use", () => {
  const jobs = floats(1, 2, 3);
  const ids = ["a", "b", "c"];
  test("in the order of the matrix, with what the matrix does not have", () => {
    expect(alignLandUse(["c", "a"], { ids, columns: { jobs } })).toEqual({
      columns: { jobs: floats(3, 1) },
      unmatchedIds: ["b"],
    });
  });
  test("refusals name the places", () => {
    expect(() => alignLandUse(["c", "z"], { ids, columns: { jobs } })).toThrow(/absents.*z/);
    expect(() => alignLandUse(["c"], { ids: ["a", "a", "c"], columns: { jobs } })).toThrow(/deux fois/);
    expect(() => alignLandUse(["b"], { ids, columns: { jobs: floats(1, Number.NaN, 3) } })).toThrow(
      /jobs.*b, ligne 2\u00a0: NaN/,
    );
    expect(() => alignLandUse(["c"], { ids, columns: { jobs: floats(-1, 2, 3) } })).toThrow(/a, ligne 1\u00a0: -1/);
    expect(() => alignLandUse(["c"], { ids, columns: { jobs: floats(1) } })).toThrow(/autre longueur/);
  });
  test("a missing value of a place that the matrix does not have is of no consequence", () => {
    expect(alignLandUse(["a"], { ids, columns: { jobs: floats(1, Number.NaN, 3) } }).columns).toEqual({
      jobs: floats(1),
    });
  });
  test("zero in place of absent or missing is asked for", () => {
    const options = { absentIds: "zero", missingValues: "zero" } as const;
    expect(alignLandUse(["z", "b"], { ids, columns: { jobs: floats(1, Number.NaN, 3) } }, options).columns).toEqual({
      jobs: floats(0, 0),
    });
  });
});

describe("decays", () => {
  test.each<[string, Decay, readonly number[]]>([
    ["binary, bound included", binaryDecay(30), [1, 1, 0]],
    ["power, capped under 1", powerDecay(2), [1, 1 / 900, 1 / 3600]],
    ["linear", linearDecay(60), [1, 0.5, 0]],
    ["gaussian", gaussianDecay(30), [1, Math.exp(-0.5), Math.exp(-2)]],
    ["steps from, right-open", steppedDecay([30, 60], [0.5, 0.2]), [1, 0.5, 0.2]],
    ["steps up to, PySAL", steppedDecay([30, 60], [1, 0.5], { bound: "upTo" }), [1, 1, 0.5]],
    ["gravity, PySAL", pysalGravityDecay(30, -1, 1), [30, 1, 0.5]],
    ["custom", customDecay("half", (cost) => cost / 2), [0, 15, 30]],
  ])("%s, at 0, 30 and 60", (_, decay, expected) => {
    for (const [i, cost] of [0, 30, 60].entries()) expect(decay.weight(cost)).toBeCloseTo(expected[i] ?? 0, 14);
  });
  test("the logistic weighs 1 at no cost, and a little over one half at its cut-off", () => {
    expect(logisticDecay(30, 10).weight(0)).toBe(1);
    expect(logisticDecay(30, 10).weight(30)).toBeCloseTo((1 + Math.exp((-3 * Math.PI) / Math.sqrt(3))) / 2, 14);
  });
  test("out of reach weighs 0, even for a rate of 0", () => {
    expect([...decayWeights(floats(5, Number.POSITIVE_INFINITY), exponentialDecay(0))]).toEqual([1, 0]);
    expect([...decayWeights(floats(5, Number.POSITIVE_INFINITY), powerDecay(0))]).toEqual([1, 0]);
  });
  test("a vector of parameters is a column each", () => {
    const columns = decayWeightColumns(
      floats(10),
      [0.2, 0.5].map((rate) => exponentialDecay(rate)),
    );
    expect(columns).toEqual({ "exponential 0.2": floats(Math.exp(-2)), "exponential 0.5": floats(Math.exp(-5)) });
  });
  test("impossible parameters and weights", () => {
    expect(() => exponentialDecay(-1)).toThrow(/rate/);
    expect(() => linearDecay(0)).toThrow(/cutoff/);
    expect(() => gaussianDecay(Number.NaN)).toThrow(/width/);
    expect(() => logisticDecay(30, 0)).toThrow(/standardDeviation/);
    expect(() => steppedDecay([30, 20], [0.5, 0])).toThrow(/croissantes/);
    expect(() => steppedDecay([30], [0.5, 0])).toThrow(/autant de poids/);
    expect(() => steppedDecay([], [])).toThrow(/Marches/);
    expect(() => pysalGravityDecay(60, -1, 0)).toThrow(/minimum/);
    expect(() =>
      decayWeights(
        floats(0, 1),
        customDecay("1 / c", (cost) => 1 / cost),
      ),
    ).toThrow(/coût de 0 \(1 \/ c\)/);
    expect(() =>
      decayWeights(
        floats(2),
        customDecay("1 - c", (cost) => 1 - cost),
      ),
    ).toThrow(/-1/);
  });
});

describe("distinct costs", () => {
  test.each([
    ["whole minutes", [3, 1, 3, 2]],
    ["tenths", [5.8, 0.1, 5.8]],
    ["seconds as minutes", [1 / 60, 2.5, 7 / 60]],
    ["any reals", [Math.PI, Math.E, Math.PI, 1e9]],
    ["unreachable ones", [1, Number.POSITIVE_INFINITY, 0.5]],
    ["unreachable ones among reals", [Math.PI, Number.POSITIVE_INFINITY]],
    ["only unreachable ones", [Number.POSITIVE_INFINITY]],
    ["none", []],
  ])("%s come back as they were, in increasing order", (_, costs) => {
    const { values, codes } = distinctCosts(Float64Array.from(costs));
    expect([...codes].map((code) => values[code])).toEqual(costs);
    expect([...values]).toEqual([...new Set(costs)].sort((a, b) => a - b));
  });
});
