import { describe, expect, test } from "vitest";
import { type CodeRome, codeRome } from "../../../src/codes/code.ts";
import { seededRandom } from "../../../src/codes/random.ts";
import { assignment } from "../../../src/models/matching/assignment.ts";
import { certificateLines } from "../../../src/models/matching/certificate-lines.ts";
import { certifyAssignment } from "../../../src/models/matching/certify-assignment.ts";
import { compareLevels, type LevelsInput } from "../../../src/models/matching/compare-levels.ts";
import { inevitableShare } from "../../../src/models/matching/inevitable-share.ts";
import { splitByLicence, stackCosts } from "../../../src/models/matching/licence-cells.ts";
import { matchCosts } from "../../../src/models/matching/match-costs.ts";
import { explainRemovals, type PairFilters } from "../../../src/models/matching/pair-filters.ts";
import { romeMatching } from "../../../src/models/matching/rome-match.ts";

const codes = ["G1602", "G1603", "G1803", "K2204", "A1101", "A1203"].map(codeRome);
const [cook] = codes as [CodeRome];
const matching = romeMatching(codes, {
  sought: [codes[1] as CodeRome, codes[3] as CodeRome],
  offered: [codes[3] as CodeRome, codes[4] as CodeRome],
  kind: ["Proche", "Proche"],
});

/** 6 places of residence with 5 cells each, 40 offers in 15 places. */
function market(seed: number): LevelsInput {
  const random = seededRandom(seed);
  const whole = (below: number): number => Math.floor(below * random());
  const code = (): CodeRome => codes[whole(codes.length)] as CodeRome;
  const cellCodes = Array.from({ length: 30 }, code);
  const offerIds = Array.from({ length: 40 }, (_, j) => `o${String(j).padStart(2, "0")}`);
  return {
    matching,
    cells: {
      ids: cellCodes.map((rome, k) => `QP${k % 6} ${k} ${rome}`),
      seekers: Float64Array.from(cellCodes, () => 1 + whole(9)),
      rome: cellCodes,
      origin: Int32Array.from(cellCodes, (_, k) => k % 6),
    },
    offers: {
      ids: offerIds,
      posts: Float64Array.from(offerIds, () => 1 + whole(5)),
      rome: offerIds.map(code),
      destination: Int32Array.from(offerIds, () => whole(15)),
    },
    costs: {
      rows: 6,
      columns: 15,
      values: Float64Array.from({ length: 90 }, () => (random() < 0.1 ? Number.POSITIVE_INFINITY : whole(60))),
      rowIds: Array.from({ length: 6 }, (_, q) => `QP${q}`),
    },
  };
}

describe("the three levels side by side", () => {
  test("on 30 markets: each plan proved, counts kept, a looser match never worse, the split adds up", () => {
    for (let seed = 1; seed <= 30; seed++) {
      const input = market(seed);
      const rows = compareLevels(input, { mostCost: 45 });
      const seekers = input.cells.seekers.reduce((a, b) => a + b, 0);
      rows.forEach((row, k) => {
        expect(row.certificate.optimal).toBe(true);
        expect(row.assigned + row.unassigned).toBe(seekers);
        expect(row.split.distance + row.split.competition + row.split.organisation).toBeCloseTo(row.split.observed, 9);
        expect(row.split.organisation).toBeGreaterThanOrEqual(0);
        expect(row.fairness.groups.map(({ group }) => group)).toEqual(input.costs.rowIds);
        const before = rows[k - 1];
        if (!before) return;
        expect(row.problem.arcs.cost.length).toBeGreaterThanOrEqual(before.problem.arcs.cost.length);
        expect(row.plan.objective).toBeLessThanOrEqual(before.plan.objective + 1e-9);
      });
      const [strict] = rows;
      if (strict) expect(inevitableShare(strict.problem, strict.plan, 45)).toMatchObject({ organisation: 0 });
    }
  });
  test("nobody can be placed: null means, no NaN", () => {
    const [strict] = compareLevels(
      { ...market(1), costs: { ...market(1).costs, values: new Float64Array(90).fill(Number.POSITIVE_INFINITY) } },
      { mostCost: 45, levels: ["strict"] },
    );
    expect(strict).toMatchObject({ assigned: 0, meanCost: null, nearestMeanCost: null });
    expect(strict?.split.observed).toBe(45 * (strict?.unassigned ?? 0));
  });
  test("the certificate in lines, for a notebook", () => {
    const [row] = compareLevels(market(2), { mostCost: 45, levels: ["near"] });
    const lines = row ? certificateLines(row.certificate, "min") : [];
    expect(lines[0]).toBe(`Demandeurs placés\u00a0: ${row?.assigned}`);
    expect(lines.at(-1)).toMatch(/^Verdict\u00a0: optimal/);
    expect(lines.some((line) => /^Écart à la borne\u00a0: \u2212?\d,\de[+\u2212]\d+\u00a0min$/.test(line))).toBe(true);
    const costs = { rows: 2, columns: 2, values: Float64Array.of(1, 2, 4, 9) };
    const best = assignment(costs);
    expect(certificateLines(certifyAssignment(costs, best), "km")[1]).toBe("Coût total\u00a0: 6,000\u00a0km");
    const broken = { ...best, total: 6, rowDuals: Float64Array.of(0, 0) };
    expect(certificateLines(certifyAssignment(costs, broken), "km").at(-1)).toMatch(/pas prouvée/);
  });
});

/** One place of residence; offers: licence required, early shift, late shift, hours not said. */
const one: LevelsInput = {
  matching,
  cells: { ids: ["QP"], seekers: Float64Array.of(10), rome: [cook], origin: Int32Array.of(0) },
  offers: {
    ids: ["permis", "matin", "soir", "muette", "loin"],
    posts: Float64Array.of(1, 1, 1, 1, 1),
    rome: [cook, cook, cook, cook, cook],
    destination: Int32Array.of(0, 1, 2, 3, 4),
  },
  costs: { rows: 1, columns: 5, values: Float64Array.of(10, 20, 25, 15, 90) },
};
const none = Number.POSITIVE_INFINITY;
const trips = (name: string, outward: readonly number[], back: readonly number[]) => ({
  name,
  outward: { rows: 1, columns: 5, values: Float64Array.from(outward) },
  back: { rows: 1, columns: 5, values: Float64Array.from(back) },
});
const hours: NonNullable<PairFilters["hours"]> = {
  shiftOfOffer: Int32Array.of(-1, 0, 1, -1, -1),
  shifts: [
    trips("5 h – 13 h", [9, none, 9, 9, 9], [9, 9, 9, 9, 9]),
    trips("13 h – 21 h", [9, 9, 28, 9, 9], [9, 9, none, 9, 9]),
  ],
};
const licence = { held: Uint8Array.of(0), required: Uint8Array.of(1, 0, 0, 0, 0) };
const kept = (filters: PairFilters, input = one): readonly unknown[] => {
  const { arcs, removals } = matchCosts(input.matching, "strict", input.cells, input.offers, input.costs, 30, filters);
  return [[...arcs.offer].map((j) => input.offers.ids[j]), [...arcs.cost], removals];
};
const zero = { licence: 0, unknownHours: 0, outward: 0, back: 0, cost: 0, kept: 0 };

describe("filters of pairs", () => {
  test("none: only the limit", () => {
    expect(kept({})).toEqual([["permis", "matin", "soir", "muette"], [10, 20, 25, 15], { ...zero, cost: 1, kept: 4 }]);
  });
  test("a licence that is not held takes the offer away, one that is held does not", () => {
    expect(kept({ licence })[2]).toEqual({ ...zero, licence: 1, cost: 1, kept: 3 });
    expect(kept({ licence: { ...licence, held: Uint8Array.of(1) } })[2]).toEqual({ ...zero, cost: 1, kept: 4 });
  });
  test("no bus before the early shift, none after the late one; an offer without hours keeps its cost, or goes", () => {
    expect(kept({ hours, licence })).toEqual([
      ["muette"],
      [15],
      { ...zero, licence: 1, outward: 1, back: 1, cost: 1, kept: 1 },
    ]);
    expect(kept({ hours: { ...hours, unknown: "remove" } })[2]).toEqual({
      ...zero,
      outward: 1,
      back: 1,
      unknownHours: 3,
    });
  });
  test("when both trips exist, the cost is that of the outward one at its hour", () => {
    const [first, second] = hours.shifts;
    const late = trips("13 h – 21 h", [9, 9, 28, 9, 9], [9, 9, 30, 9, 9]);
    const result = kept({ hours: { ...hours, shifts: [first ?? late, late] } });
    expect([result[0], result[1]]).toEqual([
      ["permis", "soir", "muette"],
      [10, 28, 15],
    ]);
    expect(second).toBeDefined();
  });
  test("in words", () => {
    expect(explainRemovals({ ...zero, licence: 1200, back: 3, kept: 8000 })).toEqual([
      "9\u202f203 paires de métiers correspondants, 8\u202f000 possibles",
      "1\u202f200 écartées\u00a0: le permis exigé manque",
      "3 écartées\u00a0: aucun trajet assez court pour rentrer",
    ]);
  });
  test("columns and tables of other sizes, a missing trip", () => {
    expect(() => kept({ licence: { ...licence, held: Uint8Array.of(0, 1) } })).toThrow(/permis des cellules.*2/);
    expect(() => kept({ hours: { ...hours, shiftOfOffer: Int32Array.of(0, 0, 0, 0, 2) } })).toThrow(
      /horaire d'une offre/,
    );
    const wide = { rows: 1, columns: 6, values: new Float64Array(6) };
    const [early] = hours.shifts;
    const shifts = early ? [{ ...early, back: wide }] : [];
    expect(() => kept({ hours: { shiftOfOffer: new Int32Array(5), shifts } })).toThrow(/5 h – 13 h.*6/);
    const gap = trips("nuit", [Number.NaN, 1, 1, 1, 1], [1, 1, 1, 1, 1]);
    expect(() => kept({ hours: { shiftOfOffer: new Int32Array(5), shifts: [gap] } })).toThrow(/manquant.*nuit/);
  });
});

describe("holders of a licence apart", () => {
  test("people are kept, in whole numbers; holders travel by their own rows", () => {
    const input = market(4);
    const { cells, held } = splitByLicence(input.cells, 0.4, 6);
    const total = (values: Float64Array): number => values.reduce((a, b) => a + b, 0);
    expect(total(cells.seekers)).toBe(total(input.cells.seekers));
    expect(cells.seekers.every((n) => Number.isInteger(n) && n > 0)).toBe(true);
    expect([...cells.origin].map((row) => (row >= 6 ? 1 : 0))).toEqual([...held]);
    const car = { ...input.costs, values: input.costs.values.map((km) => Math.min(km / 2, 25)) };
    const costs = stackCosts(input.costs, car);
    const required = Uint8Array.from(input.offers.ids, (_, j) => (j % 3 === 0 ? 1 : 0));
    const [apart] = compareLevels(
      { ...input, cells, costs },
      { mostCost: 30, levels: ["near"], filters: { licence: { held, required } } },
    );
    const [together] = compareLevels(input, {
      mostCost: 30,
      levels: ["near"],
      filters: { licence: { held: new Uint8Array(30), required } },
    });
    expect(apart?.certificate.optimal).toBe(true);
    expect(apart?.assigned).toBeGreaterThan(together?.assigned ?? 0);
  });
  test("bad shares and tables", () => {
    expect(() => splitByLicence(market(1).cells, 1.2)).toThrow(/1\.2/);
    expect(() => stackCosts(one.costs, { rows: 1, columns: 1, values: Float64Array.of(1) })).toThrow(/mêmes lieux/);
  });
});

test("64 neighbourhoods x 60 occupations against 3 600 offers: each level is assigned and proved", () => {
  const random = seededRandom(6);
  const letters = "ABCDEFGHIJKLMN";
  const sheets = [...letters].flatMap((letter) =>
    Array.from({ length: 30 }, (_, k) => codeRome(`${letter}1${Math.floor(k / 5)}0${k % 5}`)),
  );
  const any = (): CodeRome => sheets[Math.floor(random() * random() * sheets.length)] as CodeRome;
  const big = romeMatching(sheets, {
    sought: Array.from({ length: 1500 }, any),
    offered: Array.from({ length: 1500 }, any),
    kind: new Array<string>(1500).fill("Proche"),
  });
  const home = Array.from({ length: 64 }, () => [60 * random(), 60 * random()] as const);
  const work = Array.from({ length: 900 }, () => [60 * random(), 60 * random()] as const);
  const cells = home.flatMap((_, q) => [...new Set(Array.from({ length: 60 }, any))].map((rome) => ({ q, rome })));
  const offerIds = Array.from({ length: 3600 }, (_, j) => `o${j}`);
  const rows = compareLevels(
    {
      matching: big,
      cells: {
        ids: cells.map(({ q, rome }) => `QP${q} ${rome}`),
        seekers: Float64Array.from(cells, () => 1 + Math.floor(8 * random())),
        rome: cells.map(({ rome }) => rome),
        origin: Int32Array.from(cells, ({ q }) => q),
      },
      offers: {
        ids: offerIds,
        posts: Float64Array.from(offerIds, () => 1 + Math.floor(3 * random())),
        rome: offerIds.map(any),
        destination: Int32Array.from(offerIds, () => Math.floor(900 * random())),
      },
      costs: {
        rows: 64,
        columns: 900,
        values: Float64Array.from(home.flatMap(([x, y]) => work.map(([a, b]) => Math.hypot(x - a, y - b)))),
      },
    },
    { mostCost: 30 },
  );
  expect(cells.length).toBeGreaterThan(2500);
  for (const { certificate } of rows) expect(certificate.optimal).toBe(true);
  expect(rows[2]?.problem.arcs.cost.length).toBeGreaterThan(200_000);
  expect(rows[2]?.assigned).toBeGreaterThanOrEqual(rows[0]?.assigned ?? 0);
});
