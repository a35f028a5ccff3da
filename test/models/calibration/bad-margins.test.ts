import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { seededRandom } from "../../../src/codes/random.ts";
import { agreeTotals } from "../../../src/models/calibration/agree-totals.ts";
import { type CalibrationInput, calibrate } from "../../../src/models/calibration/calibrate.ts";
import {
  ConflictingMarginsError,
  InfeasibleCalibrationError,
} from "../../../src/models/calibration/calibration-errors.ts";
import { marginTargets } from "../../../src/models/calibration/margin-targets.ts";
import { proportionalFitting } from "../../../src/models/calibration/proportional-fitting.ts";
import { reachableMargins } from "../../../src/models/calibration/reachable-margins.ts";
import { ridgeOfErrors } from "../../../src/models/calibration/ridge.ts";
import { type SeedColumns, seedColumns } from "../../../src/models/calibration/seed-columns.ts";
import { dense, invented, totalsOf } from "./territory.ts";
import "../../support/seed.ts";

/** Six households: sizes 1, 1, 2, 2, 3, 3; tenants and owners; children in the last three. */
const columns: SeedColumns = seedColumns({
  households: 6,
  householdOfPerson: [0, 1, 2, 2, 3, 3, 4, 4, 4, 5, 5, 5],
  variables: [
    { of: "households", name: "logement", categories: ["locataire", "propriétaire"], codes: [0, 1, 0, 1, 0, 1] },
    { of: "persons", name: "âge", categories: ["enfant", "adulte"], codes: [1, 1, 1, 1, 0, 1, 0, 1, 1, 0, 0, 1] },
  ],
});
const weights = new Float64Array(6).fill(10);
const met = { logement: { locataire: 30, propriétaire: 30 }, âge: { enfant: 40, adulte: 80 } };
const totals = (changes: Partial<Record<keyof typeof met, Record<string, number>>>): Float64Array =>
  marginTargets(columns, { ...met, ...changes });

function failure(input: Partial<CalibrationInput>): unknown {
  try {
    calibrate(columns, { weights, targets: totals({}), ...input });
  } catch (error) {
    return error;
  }
  throw new Error("le calage a abouti");
}
const message = (input: Partial<CalibrationInput>): string => (failure(input) as Error).message;

describe("margins that cannot be read are refused by name", () => {
  test("absent, unknown, infinite and negative totals", () => {
    expect(() => marginTargets(columns, { logement: { locataire: 30 }, âge: met.âge })).toThrow(
      /Marge absente.*logement = propriétaire/,
    );
    expect(() => marginTargets(columns, { logement: met.logement })).toThrow(/Marge absente.*âge = enfant/);
    expect(() => totals({ âge: { enfant: 40, adulte: Number.NaN } })).toThrow(/Marge absente.*âge = adulte/);
    expect(() => totals({ âge: { ...met.âge, senior: 4 } })).toThrow(/ne connaît pas.*âge = senior/);
    expect(message({ targets: Float64Array.of(30, 30, Number.NaN, 80) })).toMatch(/absente ou infinie.*âge = enfant/);
    expect(message({ targets: totals({ âge: { enfant: -1, adulte: 80 } }) })).toMatch(
      /négative.*âge = enfant\u00a0: -1/,
    );
    expect(message({ targets: Float64Array.of(30), where: "Figuerolles" })).toMatch(/Figuerolles.*4 totaux/);
  });

  test("a margin of 0 with households in it, refused or excluded", () => {
    const targets = totals({ âge: { enfant: 0, adulte: 45 } });
    expect(message({ targets })).toMatch(/Marge nulle.*âge = enfant.*exclude/);
    const { weights: after, report } = calibrate(columns, {
      weights,
      targets: totals({ logement: { locataire: 25, propriétaire: 10 }, âge: { enfant: 0, adulte: 55 } }),
      zeroMargins: "exclude",
    });
    expect(report.excluded).toBe(3);
    expect([...after.slice(3)]).toEqual([0, 0, 0]);
    expect(totalsOf(columns, after).map((total) => total.toFixed(9))).toEqual([
      "25.000000000",
      "10.000000000",
      "0.000000000",
      "55.000000000",
    ]);
    expect(
      message({
        targets: totals({ logement: { locataire: 0, propriétaire: 60 }, âge: { enfant: 0, adulte: 0 } }),
        zeroMargins: "exclude",
      }),
    ).toMatch(/sans aucun ménage.*logement = propriétaire \(60\)/);
    // All that is left is as if the excluded had never been there, however many share a profile.
    const twice = seedColumns({
      households: 4,
      variables: [{ of: "households", name: "taille", categories: ["1", "2"], codes: [0, 1, 1, 0] }],
    });
    const half = calibrate(twice, {
      weights: Float64Array.of(1, 1, 1, 1),
      targets: Float64Array.of(6, 0),
      zeroMargins: "exclude",
    });
    expect(half.report).toMatchObject({
      excluded: 2,
      effectiveBefore: 2,
      ratios: { min: expect.closeTo(3, 9), median: expect.closeTo(3, 9), max: expect.closeTo(3, 9) },
    });
    const stuck = { targets: totals({ logement: { locataire: 1, propriétaire: 70 }, âge: { enfant: 0, adulte: 9 } }) };
    expect(message({ ...stuck, zeroMargins: "exclude" })).toMatch(/hors d'atteinte/);
    const last = calibrate(columns, { weights, targets: Float64Array.of(60, 0, 40, 80), method: "linear" });
    expect(Math.abs(last.report.margins[1].after)).toBeLessThan(1e-8);
    const tied = seedColumns({
      households: 4,
      variables: [
        { of: "households", name: "taille", categories: ["1", "2"], codes: [0, 0, 1, 1] },
        { of: "households", name: "logement", categories: ["a", "b"], codes: [0, 1, 0, 1] },
      ],
    });
    const free = calibrate(tied, {
      weights: new Float64Array(4).fill(1),
      targets: Float64Array.of(0.1, 0.2, 0.3, 0),
      method: "linear",
    });
    expect(Math.abs(free.report.margins[3].after)).toBeLessThan(1e-12);
    const linear = calibrate(columns, { weights, targets, method: "linear" });
    expect(Math.abs(linear.report.margins[2].after)).toBeLessThan(1e-8);
  });

  test("a margin that no household of the seed holds", () => {
    const wider = seedColumns({
      households: 2,
      variables: [{ of: "households", name: "taille", categories: ["1", "2", "3+"], codes: [0, 1] }],
    });
    const run = (targets: Float64Array) => calibrate(wider, { weights: Float64Array.of(1, 1), targets });
    expect(() => run(Float64Array.of(1, 1, 5))).toThrow(/sans aucun ménage.*taille = 3\+ \(5\)/);
    expect([...run(Float64Array.of(2, 3, 0)).weights].map((weight) => weight.toFixed(9))).toEqual([
      "2.000000000",
      "3.000000000",
    ]);
    expect(() =>
      proportionalFitting(wider, { weights: Float64Array.of(1, 1), targets: Float64Array.of(1, 1, 5) }),
    ).toThrow(/taille = 3\+ \(5\)/);
  });

  test("weights, bounds, softness and seed codes", () => {
    expect(message({ weights: Float64Array.of(1, 1, 0, 1, 1, 1) })).toMatch(/Poids de départ.*ménage 3/);
    expect(message({ weights: Float64Array.of(1) })).toMatch(/1 poids/);
    expect(message({ method: "logit" })).toMatch(/demande des bornes/);
    expect(message({ bounds: [0.5, 2] })).toMatch(/raking n'a pas de bornes/);
    for (const bounds of [
      [1, 2],
      [0.5, 1],
      [-1, 2],
      [0.5, Number.POSITIVE_INFINITY],
    ] as const)
      for (const method of ["logit", "linear"] as const)
        expect(message({ method, bounds })).toMatch(/Bornes des rapports/);
    expect(message({ ridge: -1 })).toMatch(/Souplesse.*-1/);
    expect(message({ ridge: Float64Array.of(1) })).toMatch(/Souplesse.*4 nombres/);
    expect([...ridgeOfErrors(Float64Array.of(0, 5, 100), 0.1)]).toEqual([1, 1, 100]);
    expect(() => ridgeOfErrors(Float64Array.of(1), [-0.1])).toThrow(/Erreur relative.*marge 1/);
    const one = { of: "households" as const, name: "taille", categories: ["1"] };
    expect(() => seedColumns({ households: 2, variables: [{ ...one, codes: [0, -1] }] })).toThrow(
      /absente ou inconnue.*ménage 2/,
    );
    expect([...seedColumns({ households: 2, variables: [{ ...one, codes: [0, -1], partial: true }] }).value]).toEqual([
      1,
    ]);
    expect(() => seedColumns({ households: 2, variables: [{ ...one, codes: [0] }] })).toThrow(/2 ménages/);
    expect(() => seedColumns({ households: 1, variables: [{ ...one, of: "persons", codes: [0] }] })).toThrow(
      /Ménage de chaque personne/,
    );
    expect(() =>
      seedColumns({ households: 1, householdOfPerson: [4], variables: [{ ...one, of: "persons", codes: [0] }] }),
    ).toThrow(/un ménage de 0 à 0/);
    expect(() =>
      seedColumns({
        households: 1,
        variables: [
          { ...one, codes: [0] },
          { ...one, codes: [0] },
        ],
      }),
    ).toThrow(/deux fois.*taille/);
    expect(() => seedColumns({ households: 0, variables: [] })).toThrow(/vide/);
    expect(() =>
      seedColumns({ households: 1, variables: [{ of: "quantity", name: "pièces", values: [Number.NaN] }] }),
    ).toThrow(/pièces.*ménage 1/);
  });
});

describe("margins that contradict each other", () => {
  const tenures = seedColumns({
    households: 4,
    variables: [
      { of: "households", name: "taille", categories: ["1", "2"], codes: [0, 0, 1, 1] },
      { of: "households", name: "logement", categories: ["a", "b"], codes: [0, 1, 0, 1] },
    ],
  });
  const apart = Float64Array.of(60, 40, 70, 40);
  const input = { weights: Float64Array.of(25, 25, 25, 25), targets: apart };

  test("the combination is named, with what it gives", () => {
    for (const method of ["raking", "linear"] as const) {
      const run = () => calibrate(tenures, { ...input, method });
      expect(run).toThrow(ConflictingMarginsError);
      expect(run).toThrow(/\[taille = 1\].*\[taille = 2\].*\[logement = a\].*\[logement = b\].*font 10/);
    }
    try {
      calibrate(tenures, input);
    } catch (error) {
      expect((error as ConflictingMarginsError).conflicts).toEqual([
        {
          difference: 10,
          terms: [
            { margin: "taille = 1", coefficient: -1, target: 60 },
            { margin: "taille = 2", coefficient: -1, target: 40 },
            { margin: "logement = a", coefficient: 1, target: 70 },
            { margin: "logement = b", coefficient: 1, target: 40 },
          ],
        },
      ]);
    }
  });

  test("agreed totals or a softness are the ways out", () => {
    const { targets, agreed } = agreeTotals(tenures, apart);
    expect(agreed[1]).toEqual({ variable: "logement", total: 110, factor: 100 / 110 });
    expect(calibrate(tenures, { ...input, targets }).report.largestGap).toBeLessThan(1e-9);
    const soft = calibrate(tenures, { ...input, ridge: ridgeOfErrors(apart, 0.05) });
    expect(soft.report.largestGap).toBeGreaterThan(0.01);
    expect(soft.report.largestGap).toBeLessThan(0.1);
    expect(() => agreeTotals(tenures, Float64Array.of(0, 0, 1, 1))).toThrow(/taille/);
    expect([...agreeTotals(tenures, apart, ["logement"]).targets]).toEqual([...apart]);
  });
});

describe("margins out of reach come with a proof", () => {
  test("bounds that are too tight: the margin, the largest total, the nearest one", () => {
    for (const method of ["logit", "linear"] as const) {
      const error = failure({ method, bounds: [0.5, 1.5], targets: totals({ âge: { enfant: 70, adulte: 80 } }) });
      expect(error).toBeInstanceOf(InfeasibleCalibrationError);
      const { proof, nearest } = error as InfeasibleCalibrationError;
      expect(proof.demanded).toBeGreaterThan(proof.largest);
      expect(proof.terms.find(({ margin }) => margin === "âge = enfant")?.coefficient).toBeGreaterThan(0);
      expect(nearest.length).toBeGreaterThan(0);
      expect((error as Error).message).toMatch(/hors d'atteinte.*âge = enfant.*entre 0,5 et 1,5/);
    }
  });

  test("no positive weights at all: more children than the households can have", () => {
    const error = failure({ targets: totals({ âge: { enfant: 500, adulte: 80 } }) }) as InfeasibleCalibrationError;
    expect(error).toBeInstanceOf(InfeasibleCalibrationError);
    // In every household, children are at most twice the adults.
    expect(error.proof.largest).toBeCloseTo(0, 9);
    expect(error.proof.demanded).toBeGreaterThan(0);
  });

  test("the proof holds for any weights between the bounds, and the nearest margins can be had", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.double({ min: 0.1, max: 1.5, noNaN: true }), (seed, spread) => {
        const { columns: own, weights: start, targets } = invented(seed, 40, spread);
        const [low, high] = [0.6, 1.7];
        const sums = new Float64Array(own.profiles);
        start.forEach((weight, i) => {
          sums[own.profileOf[i]] += weight;
        });
        const margins = Int32Array.from(own.margins.keys());
        const found = reachableMargins(own, { start: sums, targets, margins, low, high });
        if (!found) throw new Error("le programme linéaire ne finit pas");
        expect(Math.abs(found.demanded - found.largest - found.gap)).toBeLessThan(
          1e-6 * Math.max(1, Math.abs(found.demanded)),
        );
        const random = seededRandom(seed);
        // Wherever it begins, the programme ends at the same gap.
        const guess = sums.map(() => low + (high - low) * random());
        const again = reachableMargins(own, { start: sums, targets, margins, low, high, guess });
        expect(Math.abs((again?.gap ?? Number.NaN) - found.gap)).toBeLessThan(1e-6);
        const rows = dense(own);
        for (let turn = 0; turn < 20; turn++) {
          // The weights that push the combination most, then any.
          const score = (row: number[]): number => row.reduce((sum, value, k) => sum + value * found.combination[k], 0);
          const some = start.map((weight, i) =>
            turn === 0 ? weight * (score(rows[i]) > 0 ? high : low) : weight * (low + (high - low) * random()),
          );
          const value = totalsOf(own, some).reduce((sum, total, k) => sum + total * found.combination[k], 0);
          expect(value).toBeLessThanOrEqual(found.largest + 1e-6 * Math.max(1, Math.abs(found.largest)));
        }
        const feasible = found.gap < 1e-6;
        const run = () => calibrate(own, { weights: start, targets, method: "logit", bounds: [low, high] });
        if (feasible) expect(run().report.largestGap).toBeLessThan(1e-9);
        else expect(run).toThrow(InfeasibleCalibrationError);
      }),
      { numRuns: 60 },
    );
  });

  test("both outcomes of the property above are drawn", () => {
    const outcome = (spread: number): boolean => {
      const { columns: own, weights: start, targets } = invented(5, 40, spread);
      try {
        return (
          calibrate(own, { weights: start, targets, method: "logit", bounds: [0.6, 1.7] }).report.largestGap < 1e-9
        );
      } catch {
        return false;
      }
    };
    expect([outcome(0.2), outcome(3)]).toEqual([true, false]);
  });
});

test("margins that only weights of nearly zero can meet: met, and the report counts the households that vanish", () => {
  // No household is (2, b), so that (1, b) takes all of b and (2, a) all of 2: nothing is left to (1, a).
  const seed = seedColumns({
    households: 3,
    variables: [
      { of: "households", name: "taille", categories: ["1", "2"], codes: [0, 0, 1] },
      { of: "households", name: "logement", categories: ["a", "b"], codes: [0, 1, 0] },
    ],
  });
  const { weights: after, report } = calibrate(seed, {
    weights: Float64Array.of(1, 1, 1),
    targets: Float64Array.of(50, 50, 50, 50),
  });
  expect(after[0]).toBeGreaterThan(0);
  expect(after[0]).toBeLessThan(1e-6);
  expect(report.ratios.vanishing).toBe(1);
  expect(report.largestGap).toBeLessThan(1e-9);
});
