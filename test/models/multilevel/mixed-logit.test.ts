import { describe, expect, test } from "vitest";
import { randomInterceptLogit } from "../../../src/models/areas/random-intercept-logit.ts";
import { type MixedLogit, mixedLogit } from "../../../src/models/multilevel/mixed-logit.ts";
import { modelMatrix } from "../../../src/models/regression/model-matrix.ts";
import { expectNear } from "../../reference/reference.ts";
import { inventedRegion } from "./invented-region.ts";
import {
  coded,
  crossedCells,
  type ExactLaplace,
  type ExpectedLogit,
  expected,
  group,
  hasPublishedSets,
  indicators,
  numberMatrix,
  numbers,
  publishedSet,
} from "./reference-sets.ts";

/** lme4's optimiser stops short of the maximum, and its covariance comes from finite differences: ours must be as likely, to the last digits. */
function expectLogit(fit: MixedLogit, values: ExpectedLogit, { quadrature = false, covariance = 1e-4 } = {}): void {
  values.coefficients.forEach((value, k) => {
    expectNear(fit.coefficients[k], value, 3e-5, `coefficient ${k}`);
  });
  values.covariance.forEach((value, k) => {
    expectNear(fit.covariance[k], value, covariance, `covariance ${k}`);
  });
  for (const { name, levels, deviation, effects, variances } of fit.groups) {
    expectNear(deviation, values.deviations[name] ?? Number.NaN, 1e-5, `écart type ${name}`);
    values.effects[name]?.levels.forEach((level, index) => {
      const at = levels.indexOf(level);
      expectNear(effects[at], values.effects[name]?.modes[index] ?? Number.NaN, 3e-5, `effet ${level}`);
      expectNear(variances[at], values.effects[name]?.variances[index] ?? Number.NaN, 1e-5, `variance ${level}`);
    });
  }
  if (quadrature) return; // lme4 leaves out a constant of the data
  expectNear(fit.logLikelihood, values.logLikelihood, 1e-7, "vraisemblance");
  expect(fit.logLikelihood).toBeGreaterThan(values.logLikelihood - 1e-8);
}

function expectExact(fit: MixedLogit, values: ExactLaplace): void {
  expectNear(fit.logLikelihood, values.logLikelihood, 1e-11, "vraisemblance");
  values.coefficients.forEach((value, k) => {
    expectNear(fit.coefficients[k], value, 1e-6, `coefficient ${k}`);
  });
  values.covariance.forEach((value, k) => {
    expectNear(fit.covariance[k], value, 2e-6, `covariance ${k}`);
  });
  for (const { name, deviation } of fit.groups)
    expectNear(deviation, values.deviations[name] ?? Number.NaN, 1e-6, `écart type ${name}`);
}

describe("the mixed logit is that of R glmer", () => {
  const { groups, ...cells } = crossedCells();

  test("two crossed groups", () => {
    const fit = mixedLogit({ ...cells, groups: [groups.area, groups.diploma] });
    expectLogit(fit, expected.crossed.two, { covariance: 3e-4 });
    expectExact(fit, expected.crossed.exactTwo);
  });

  test("three crossed groups, in any order", () => {
    const fit = mixedLogit({ ...cells, groups: [groups.age, groups.area, groups.diploma] });
    expectLogit(fit, expected.crossed.three, { covariance: 3e-4 });
    expectExact(fit, expected.crossed.exactThree);
    expect(fit.groups.map(({ name }) => name)).toEqual(["age", "area", "diploma"]);
  });

  test("one group by quadrature of 25 nodes", () => {
    const ages = indicators(expected.crossed.age.map((age) => `${age + 1}`));
    const fixed = numberMatrix({ minutes: numbers(expected.crossed.minutes), ...ages }, cells.trials.length);
    expectLogit(mixedLogit({ ...cells, fixed, groups: [groups.area] }, { nodes: 25 }), expected.crossed.quadrature, {
      quadrature: true,
    });
  });

  test("a number far from 0, as a year, changes nothing but the constant", () => {
    const minutes = numbers(expected.crossed.minutes);
    const both = [groups.area, groups.diploma];
    const fit = mixedLogit({ ...cells, groups: both });
    const far = numberMatrix({ minutes: minutes.map((value) => 20000 + value) }, minutes.length);
    const moved = mixedLogit({ ...cells, fixed: far, groups: both });
    expectNear(moved.coefficients[1], fit.coefficients[1] ?? Number.NaN, 1e-9);
    expectNear(moved.covariance[3], fit.covariance[3] ?? Number.NaN, 1e-8);
    expectNear(moved.logLikelihood, fit.logLikelihood, 1e-10);
  });

  test("one group is that of the model of areas", () => {
    const fit = mixedLogit({ ...cells, groups: [groups.area] });
    const areas = randomInterceptLogit(
      {
        successes: cells.successes,
        trials: cells.trials,
        area: groups.area.codes,
        covariates: { minutes: numbers(expected.crossed.minutes) },
        areas: 30,
      },
      { nodes: 1 },
    );
    expectNear(fit.logLikelihood, areas.logLikelihood, 1e-10);
    expectNear(fit.groups[0]?.deviation ?? Number.NaN, areas.deviation, 1e-7);
    areas.effects.forEach((effect, area) => {
      expectNear(fit.groups[0]?.effects[area] ?? Number.NaN, effect, 1e-7);
    });
  });

  test("persons one by one or summed by cells: the same model", () => {
    const rows = [...expected.crossed.n.keys()].flatMap((cell) =>
      new Array<number>(expected.crossed.n[cell] ?? 0).fill(cell),
    );
    const seen = new Map<number, number>();
    const answers = rows.map((cell) => {
      const rank = seen.get(cell) ?? 0;
      seen.set(cell, rank + 1);
      return Number(rank < (expected.crossed.y[cell] ?? 0));
    });
    const one = mixedLogit({
      successes: numbers(answers),
      fixed: numberMatrix({ minutes: numbers(rows.map((cell) => expected.crossed.minutes[cell] ?? 0)) }, rows.length),
      groups: [
        coded(
          "area",
          rows.map((cell) => expected.crossed.area[cell] ?? 0),
        ),
        coded(
          "diploma",
          rows.map((cell) => expected.crossed.diploma[cell] ?? 0),
        ),
      ],
    });
    const summed = mixedLogit({ ...cells, groups: [groups.area, groups.diploma] });
    summed.coefficients.forEach((value, k) => {
      expectNear(one.coefficients[k], value, 1e-9);
    });
    expect(one.joint.cells.trials.length).toBe(summed.joint.cells.trials.length);
    expect(one.persons).toBe(summed.persons);
  });

  test.runIf(hasPublishedSets).each([
    ["laplace", 1],
    ["quadrature", 25],
  ] as const)("cbpp, %s", (name, nodes) => {
    const set = publishedSet("cbpp");
    const trials = numbers(set.size);
    const fit = mixedLogit(
      {
        successes: numbers(set.incidence),
        trials,
        fixed: numberMatrix(indicators(set.period), trials.length),
        groups: [group("herd", set.herd)],
      },
      { nodes },
    );
    expectLogit(fit, expected.cbpp[name], { quadrature: nodes > 1 });
  });

  test.runIf(hasPublishedSets)("verbagg, 316 persons by 24 items", () => {
    const set = publishedSet("verbagg");
    const fit = mixedLogit({
      successes: numbers(set.r2?.map((answer) => answer === "Y")),
      fixed: numberMatrix(
        {
          Anger: numbers(set.Anger),
          ...indicators(set.Gender),
          ...indicators(set.btype),
          ...indicators(set.situ),
        },
        set.r2?.length ?? 0,
      ),
      groups: [group("id", set.id), group("item", set.item)],
    });
    expectLogit(fit, expected.verbagg);
  });

  test.runIf(hasPublishedSets)("invented neighbourhoods: sex, walk, and age, diploma and area as effects", () => {
    const set = publishedSet("synth_qpv_culture_survey");
    const successes = numbers(set.library);
    const fit = mixedLogit({
      successes,
      fixed: numberMatrix({ ...indicators(set.sex), walk: numbers(set.walk_min_library) }, successes.length),
      groups: [group("age", set.age), group("diploma", set.diploma), group("qpv", set.qpv)],
    });
    expectLogit(fit, expected.qpv.library);
    const concert = mixedLogit({
      successes: numbers(set.live_show),
      fixed: numberMatrix(
        { ...indicators(set.age), ...indicators(set.diploma), ...indicators(set.sex) },
        successes.length,
      ),
      groups: [group("qpv", set.qpv)],
    });
    expectLogit(concert, expected.qpv.concert);
  });
});

describe("answers that are no estimate", () => {
  test("areas that do not differ: a deviation of 0, said", () => {
    const trials = new Float64Array(12).fill(20);
    const successes = Float64Array.of(10, 11, 9, 10, 10, 11, 9, 10, 10, 9, 11, 10);
    const groups = [coded("quartier", [0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3])];
    const fit = mixedLogit({ successes, trials, fixed: modelMatrix([], { rows: 12 }), groups });
    expect(fit.status).toBe("zero-variance");
    expect(fit.warning).toContain("« quartier » est estimée à 0");
    expect(fit.groups[0]?.deviation).toBe(0);
    expect([...(fit.groups[0]?.effects ?? [])]).toEqual([0, 0, 0, 0]);
    expectNear(fit.coefficients[0], 0, 1e-7);
  });

  test("a level without anybody keeps the law of its group", () => {
    const { groups, ...cells } = crossedCells();
    const area = { ...groups.area, levels: [...groups.area.levels, "jamais enquêté"] };
    const [effects] = mixedLogit({ ...cells, groups: [area] }).groups;
    expect(effects?.effects[30]).toBe(0);
    expectNear(effects?.variances[30] ?? Number.NaN, (effects?.deviation ?? 0) ** 2, 1e-12);
    expect(effects?.persons[30]).toBe(0);
  });

  test("each bad input has its message", () => {
    const trials = new Float64Array(8).fill(5);
    const successes = Float64Array.of(1, 2, 3, 4, 2, 3, 1, 4);
    const area = coded("quartier", [0, 0, 1, 1, 2, 2, 3, 3]);
    const ok = { successes, trials, fixed: modelMatrix([], { rows: 8 }), groups: [area] };
    expect(() => mixedLogit({ ...ok, successes: Float64Array.of(1, 2, 3, 4, 2, 3, 1, Number.NaN) })).toThrow(
      "Réponse ou effectif manquant, ou impossible. Lieu\u00a0: ligne 8",
    );
    expect(() => mixedLogit({ ...ok, successes: successes.map((value) => value / 2) })).toThrow("nombres entiers");
    expect(() => mixedLogit({ ...ok, successes: trials })).toThrow("tout le monde répond oui");
    expect(() => mixedLogit({ ...ok, groups: [] })).toThrow("sans groupe");
    expect(() => mixedLogit({ ...ok, groups: [coded("quartier", new Array(8).fill(0))] })).toThrow(
      "« quartier » n'a qu'un niveau observé",
    );
    expect(() => mixedLogit({ ...ok, groups: [{ ...area, codes: area.codes.with(2, -1) }] })).toThrow(
      "« quartier » manque. Lieu\u00a0: ligne 3",
    );
    expect(() =>
      mixedLogit({
        successes: Float64Array.of(0, 1, 1, 0),
        fixed: modelMatrix([], { rows: 4 }),
        groups: [coded("id", [0, 1, 2, 3])],
      }),
    ).toThrow("autant de niveaux que de personnes");
    const age = Float64Array.of(0, 1, 0, 1, 0, 1, 0, 1);
    expect(() => mixedLogit({ ...ok, fixed: numberMatrix({ age, vieux: age }, 8) })).toThrow("colinéarité");
    expect(() => mixedLogit({ ...ok, successes: age.map((old) => 5 * old), fixed: numberMatrix({ age }, 8) })).toThrow(
      "sépare parfaitement les oui des non\u00a0: son coefficient est infini",
    );
    expect(() => mixedLogit({ ...ok, groups: [area, coded("âge", [0, 1, 0, 1, 0, 1, 0, 1])] }, { nodes: 5 })).toThrow(
      "plusieurs groupes",
    );
  });
});

describe("answers that separate are told by name", () => {
  test("a level of a question where nobody says yes, the reference included", () => {
    const region = inventedRegion({ seed: 21, areas: 20 });
    const codes = region.population.groups[0]?.codes ?? new Int32Array(0);
    const { sample } = region;
    const sex = Int32Array.from(codes, (_, row) => row % 2);
    const successes = sample.successes.map((yes, row) => (sex[row] === 0 ? 0 : yes));
    expect(() => mixedLogit({ ...sample, successes })).toThrow("«\u202fsexe : sexe 2\u202f»");
  });

  test("levels of groups and a number that separate together, without any finite maximum", () => {
    const { sample } = inventedRegion({ seed: 5116, areas: 6, perArea: 5, deviation: 2 });
    expect(() => mixedLogit(sample)).toThrow("séparent parfaitement les oui des non\u00a0: leur variance est infinie");
  });

  test("a practice of very few is still a model", () => {
    const region = inventedRegion({ seed: 22, areas: 60, perArea: 60, deviation: 0.8 });
    const rare = region.sample.successes.map((yes, row) => (row % 11 === 0 ? Math.min(yes, 1) : 0));
    const fit = mixedLogit({ ...region.sample, successes: rare });
    expect(fit.coefficients[0]).toBeLessThan(-2);
    expect(fit.covariance.every(Number.isFinite)).toBe(true);
  });
});
