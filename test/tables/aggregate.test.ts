import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../src/codes/random.ts";
import { numberColumn, numbers, rowAt, type Table, table, textColumn, texts } from "../../src/codes/table.ts";
import { sqlText, withDatabase } from "../../src/engine/database.ts";
import { groupBy } from "../../src/tables/aggregate.ts";
import { count, max, mean, median, min, share, sum } from "../../src/tables/measures.ts";
import { sampleLineage } from "../support/lineage.ts";

const towns: Table = table(
  {
    dep: textColumn(["35", "35", "22", "22", "56"], { label: "Département" }),
    pop: numberColumn([10, 20, 4, Number.NaN, 7], {
      label: "Habitants",
      unit: "personnes",
      summable: true,
      missing: Uint8Array.of(0, 0, 0, 1, 0),
    }),
    actifs: numberColumn([6, 10, 2, 3, 0], { label: "Actifs", unit: "personnes", summable: true }),
    taux: numberColumn([50, 10, 20, Number.NaN, Number.NaN], {
      label: "Taux de chômage",
      unit: "%",
      missing: Uint8Array.of(0, 0, 0, 2, 3),
    }),
    mediane: numberColumn([9, 8, 7, 6, 5], { label: "Niveau de vie médian", unit: "EUR/an" }),
    age: numberColumn([30, 50, 20, 40, 60], { label: "Âge", unit: "ans" }),
  },
  sampleLineage(),
);

describe("groups", () => {
  test("a secret member makes the sum secret; the rest is summed; lineage and meaning follow", () => {
    const grouped = groupBy(towns, "dep", { pop: sum("pop"), n: count() });
    expect([0, 1, 2].map((row) => rowAt(grouped, row))).toEqual([
      { dep: "35", pop: 30, n: 2 },
      { dep: "22", pop: "s", n: 2 },
      { dep: "56", pop: 7, n: 1 },
    ]);
    expect(grouped.lineage).toEqual(towns.lineage);
    expect(numbers(grouped, "pop")).toMatchObject({ unit: "personnes", label: "Habitants", summable: true });
  });
  test("the strongest reason wins: s, then ns, then nd", () => {
    const reasons = table({
      g: textColumn(["a", "a", "a", "b", "b", "c", "c"], { label: "g" }),
      v: numberColumn(new Float64Array(7), {
        label: "v",
        unit: "u",
        summable: true,
        missing: Uint8Array.of(3, 2, 1, 3, 2, 3, 0),
      }),
    });
    const grouped = groupBy(reasons, "g", { v: sum("v") });
    expect([0, 1, 2].map((row) => rowAt(grouped, row).v)).toEqual(["s", "ns", "nd"]);
  });
  test("partial keeps the known members and counts the absent ones; a group without any is not 0", () => {
    const grouped = groupBy(towns, "dep", { pop: sum("pop", { missing: "partial" }) });
    expect(rowAt(grouped, 1)).toEqual({ dep: "22", pop: 4, pop_absents_s: 1, pop_absents_ns: 0, pop_absents_nd: 0 });
    const hidden = table({
      v: numberColumn([1, 2], { label: "v", unit: "u", summable: true, missing: Uint8Array.of(1, 3) }),
    });
    expect(rowAt(groupBy(hidden, [], { v: sum("v", { missing: "partial" }) }), 0)).toMatchObject({
      v: "s",
      v_absents_s: 1,
      v_absents_nd: 1,
    });
  });
  test("a rate is averaged with its denominator, and a member without weight weighs nothing", () => {
    const grouped = groupBy(towns, "dep", { taux: mean("taux", { weight: "actifs" }) });
    expect(rowAt(grouped, 0).taux).toBe((50 * 6 + 10 * 10) / 16);
    expect(rowAt(grouped, 1).taux).toBe("ns");
    expect(rowAt(grouped, 2).taux).toBe("nd");
    expect(numbers(grouped, "taux").summable).toBe(false);
  });
  test("groups that no row has count 0 and sum to 0; their other measures are nd", () => {
    const levels = { levels: { dep: ["22", "29", "35", "56"] } };
    const grouped = groupBy(towns, "dep", { n: count(), actifs: sum("actifs"), min: min("actifs") }, levels);
    expect(rowAt(grouped, 3)).toEqual({ dep: "29", n: 0, actifs: 0, min: "nd" });
    const nothing = table({ v: numberColumn([], { label: "v", unit: "u", summable: true }) });
    expect(rowAt(groupBy(nothing, [], { n: count(), v: sum("v") }), 0)).toEqual({ n: 0, v: 0 });
    expect(groupBy(nothing, ["v"], { n: count() }).numRows).toBe(0);
  });
  test("a share needs both sums; a key without value keeps its reason", () => {
    const t = table({
      k: textColumn(["", "a", ""], { label: "k", missing: Uint8Array.of(3, 0, 1) }),
      a: numberColumn([1, 1, 0], { label: "a", unit: "u", summable: true }),
      b: numberColumn([2, 4, 0], { label: "b", unit: "u", summable: true }),
    });
    const grouped = groupBy(t, "k", { part: share("a", { of: "b" }) });
    expect([0, 1, 2].map((row) => rowAt(grouped, row))).toEqual([
      { k: "nd", part: 0.5 },
      { k: "a", part: 0.25 },
      { k: "s", part: "nd" },
    ]);
    expect(numbers(grouped, "part").unit).toBe("part");
  });
});

describe("refusals", () => {
  const refused = (measure: Parameters<typeof groupBy>[2][string]) =>
    expect(() => groupBy(towns, "dep", { m: measure }));
  test("what is not summable is not summed, nor averaged without weight", () => {
    refused(sum("taux")).toThrow(/non sommable.*«.taux.»/u);
    refused(mean("taux")).toThrow(/sans poids/);
    refused(share("taux", { of: "actifs" })).toThrow(/taux/);
    refused(mean("age", { weight: "actifs" })).toThrow(/as: "rate"/);
    refused(mean("taux", { weight: "age" })).toThrow(/prise pour poids.*«.age.»/u);
  });
  test("a median of medians is not a median, whatever is declared", () => {
    refused(mean("mediane", { weight: "pop" })).toThrow(/médianes/);
    refused(mean("mediane", { weight: "pop", as: "rate" })).toThrow(/médianes/);
    refused(median("mediane", { weight: "pop" })).toThrow(/médianes/);
    refused(median("taux", { weight: "pop" })).toThrow(/taux médian/);
  });
  test("values of individuals are averaged when declared; extremes are always allowed", () => {
    const grouped = groupBy(towns, [], {
      age: mean("age", { as: "individual" }),
      milieu: median("age", { as: "individual" }),
      bas: min("mediane"),
      haut: max("mediane"),
      pop: mean("actifs"),
    });
    expect(rowAt(grouped, 0)).toEqual({ age: 40, milieu: 40, bas: 5, haut: 9, pop: 4.2 });
  });
  test("a name taken by a key, levels for another key, negative weights, an absent column", () => {
    expect(() => groupBy(towns, "dep", { dep: count() })).toThrow(/dep/);
    expect(() => groupBy(towns, "dep", { n: count() }, { levels: { reg: ["53"] } })).toThrow(/reg/);
    expect(() => groupBy(towns, "rien", { n: count() })).toThrow(/rien/);
    const negative = table({
      ...towns.columns,
      w: numberColumn([-1, 1, 1, 1, 1], { label: "w", unit: "u", summable: true }),
    });
    expect(() => groupBy(negative, [], { m: mean("taux", { weight: "w" }) })).toThrow(/négatives/);
  });
});

test("weighted median: half of the weight, with the middle of two on an exact half", () => {
  const t = (values: number[], weights: number[]): Table =>
    table({
      v: numberColumn(values, { label: "v", unit: "km" }),
      w: numberColumn(weights, { label: "w", unit: "u", summable: true }),
    });
  const of = (values: number[], weights: number[]): unknown =>
    rowAt(groupBy(t(values, weights), [], { m: median("v", { weight: "w", as: "individual" }) }), 0).m;
  expect(of([1, 2, 3], [1, 1, 5])).toBe(3);
  expect(of([3, 1], [1, 1])).toBe(2);
  expect(of([1, 2, 9], [1, 0, 1])).toBe(5);
  expect(of([4], [0])).toBe("nd");
});

test("sums keep their digits, and total the same however the rows are grouped", () => {
  const values = fc.array(
    fc.integer({ min: -1e9, max: 1e9 }).map((i) => i / 1024),
    { minLength: 1, maxLength: 60 },
  );
  fc.assert(
    fc.property(values, fc.integer({ min: 1, max: 7 }), (list, groups) => {
      const t = table({
        g: textColumn(
          list.map((_, i) => String(i % groups)),
          { label: "g" },
        ),
        v: numberColumn(list, { label: "v", unit: "u", summable: true }),
      });
      const parts = groupBy(t, "g", { v: sum("v"), n: count() });
      const total = groupBy(parts, [], { v: sum("v"), n: sum("n") });
      expect(rowAt(total, 0)).toEqual({ v: rowAt(groupBy(t, [], { v: sum("v") }), 0).v, n: list.length });
    }),
  );
  const hard = table({ v: numberColumn([1, 1e100, 1, -1e100], { label: "v", unit: "u", summable: true }) });
  expect(rowAt(groupBy(hard, [], { v: sum("v") }), 0).v).toBe(2);
});

test("the same groups and measures as DuckDB on a seeded table, for the groups that lack nothing", async () => {
  const random = seededRandom(9);
  const rows = 5000;
  const pick = (n: number, prefix: string): string[] =>
    Array.from({ length: rows }, () => `${prefix}${Math.floor(random() * n)}`);
  const [a, b, c] = [pick(13, "a"), pick(7, "b"), pick(3, "c")];
  const v = Float64Array.from({ length: rows }, () => Math.round(random() * 1e6) / 64);
  const w = Float64Array.from({ length: rows }, () => Math.floor(random() * 9));
  const missing = Uint8Array.from({ length: rows }, () => (random() < 0.02 ? 1 + Math.floor(random() * 3) : 0));
  const t = table({
    a: textColumn(a, { label: "a" }),
    b: textColumn(b, { label: "b" }),
    c: textColumn(c, { label: "c" }),
    v: numberColumn(v, { label: "v", unit: "u", summable: true, missing }),
    w: numberColumn(w, { label: "w", unit: "u", summable: true }),
  });
  const ours = groupBy(t, ["a", "b", "c"], {
    n: count(),
    total: sum("v"),
    moyenne: mean("v", { weight: "w" }),
    milieu: median("v"),
    bas: min("v"),
    haut: max("v"),
    part: share("v", { of: "w" }),
  });
  const theirs = await withDatabase(async (database) => {
    const text = (values: ArrayLike<number>): (string | null)[] =>
      Array.from(values, (value, i) => (missing[i] !== 0 ? null : String(value)));
    await database.createTextTable("t", {
      a,
      b,
      c,
      v: text(v),
      w: Array.from(w, String),
      m: Array.from(missing, String),
    });
    return database.query(
      `SELECT a, b, c, count(*)::DOUBLE AS n, min(nullif(m, ${sqlText("0")}))::VARCHAR AS reason, sum(v::DOUBLE) AS total, ` +
        "sum(v::DOUBLE * w::DOUBLE) / nullif(sum(w::DOUBLE), 0) AS moyenne, median(v::DOUBLE) AS milieu, min(v::DOUBLE) AS bas, max(v::DOUBLE) AS haut, " +
        "sum(v::DOUBLE) / nullif(sum(w::DOUBLE), 0) AS part FROM t GROUP BY a, b, c ORDER BY min(record)",
    );
  });
  expect(ours.numRows).toBe(13 * 7 * 3);
  expect(texts(ours, "a").values).toEqual(theirs.a);
  let compared = 0;
  for (let row = 0; row < ours.numRows; row++) {
    const mine = rowAt(ours, row);
    expect([mine.b, mine.c, mine.n]).toEqual([theirs.b?.[row], theirs.c?.[row], theirs.n?.[row]]);
    const reason = theirs.reason?.[row];
    if (reason !== null) {
      expect(mine.total).toBe(["s", "ns", "nd"][Number(reason) - 1]);
      expect(mine.milieu).toBe(mine.total);
      continue;
    }
    compared++;
    for (const name of ["total", "moyenne", "milieu", "bas", "haut", "part"]) {
      const expected = Number(theirs[name]?.[row]);
      expect(Math.abs(Number(mine[name]) - expected)).toBeLessThanOrEqual(1e-12 * Math.abs(expected));
    }
  }
  expect(compared).toBeGreaterThan(150);
});
