import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { normal, seededRandom } from "../../../src/codes/random.ts";
import { nestedError } from "../../../src/models/areas/nested-error.ts";
import { expectNear, reference } from "../../reference/reference.ts";

interface UnitFit {
  readonly areaVariance: number;
  readonly unitVariance: number;
  readonly coefficients: readonly number[];
  readonly standardErrors: readonly number[];
  readonly effects: readonly number[];
  readonly means: readonly number[];
  readonly mse: readonly number[];
  readonly logLikelihood: number;
  readonly finite: { readonly means: readonly number[]; readonly mse: readonly number[] };
}
type Columns<Name extends string> = Readonly<Record<Name, readonly number[]>>;
const { units, corn } = reference<{
  readonly units: Columns<"area" | "size" | "tenant" | "income" | "populationSize" | "meanSize" | "meanTenant"> & {
    readonly fit: UnitFit;
  };
  readonly corn: UnitFit & {
    readonly populationMeans: Columns<"CornPix" | "SoyBeansPix">;
    readonly populationSizes: readonly number[];
    readonly sae: { readonly means: readonly number[]; readonly areaVariance: number };
  };
}>("small-areas");
const column = (values: readonly number[]): Float64Array => Float64Array.from(values);
const seeded = {
  response: column(units.income),
  area: Int32Array.from(units.area),
  covariates: { size: column(units.size), tenant: column(units.tenant) },
  areas: 15,
  populationMeans: { size: column(units.meanSize), tenant: column(units.meanTenant) },
};

function expectFit(fit: ReturnType<typeof nestedError>, expected: UnitFit): void {
  // lmer stops at 1e-8 of the ratio of standard deviations.
  expectNear(fit.areaVariance, expected.areaVariance, 1e-6, "variance des territoires");
  expectNear(fit.unitVariance, expected.unitVariance, 1e-6, "variance des unités");
  expectNear(fit.logLikelihood, expected.logLikelihood, 1e-10, "vraisemblance");
  const p = expected.coefficients.length;
  expected.coefficients.forEach((value, k) => {
    expectNear(fit.coefficients[k], value, 1e-6, `coefficient ${k}`);
    expectNear(
      Math.sqrt(fit.covariance[k * p + k]),
      expected.standardErrors[k] ?? Number.NaN,
      1e-6,
      `erreur type ${k}`,
    );
  });
  expected.effects.forEach((value, area) => {
    expectNear(fit.effects[area], value, 1e-6, `effet ${area}`);
  });
}
function expectMeans(fit: ReturnType<typeof nestedError>, means: readonly number[], mse: readonly number[]): void {
  means.forEach((value, area) => {
    expectNear(fit.estimates[area], value, 1e-6, `moyenne ${area}`);
    expectNear(fit.mse[area], mse[area] ?? Number.NaN, 1e-6, `erreur ${area}`);
  });
}

describe("the unit model is that of R lme4 and sae, its errors those of whole matrices", () => {
  test("seeded units", () => {
    const fit = nestedError(seeded);
    expectFit(fit, units.fit);
    expectMeans(fit, units.fit.means, units.fit.mse);
    const finite = nestedError({ ...seeded, populationSizes: column(units.populationSize) });
    expectMeans(finite, units.fit.finite.means, units.fit.finite.mse);
  });
  const file = join(import.meta.dirname, "../../../../shared/data/reference/c2s/cornsoybean_bhf.csv");
  test.runIf(existsSync(file))("the published corn example, means of populations invented", () => {
    const rows = readFileSync(file, "utf8")
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.split(",").map(Number));
    const of = (index: number): Float64Array => Float64Array.from(rows, (row) => row[index] ?? Number.NaN);
    const input = {
      response: of(1),
      area: Int32Array.from(of(0), (county) => county - 1),
      covariates: { CornPix: of(3), SoyBeansPix: of(4) },
      areas: 12,
      populationMeans: {
        CornPix: column(corn.populationMeans.CornPix),
        SoyBeansPix: column(corn.populationMeans.SoyBeansPix),
      },
    };
    const fit = nestedError(input);
    expectFit(fit, corn);
    expectMeans(fit, corn.means, corn.mse);
    const finite = nestedError({ ...input, populationSizes: column(corn.populationSizes) });
    expectMeans(finite, corn.finite.means, corn.finite.mse);
    // sae fits by nlme, which stops a little earlier.
    corn.sae.means.forEach((value, area) => {
      expectNear(finite.estimates[area], value, 1e-6, `moyenne ${area}`);
    });
  });
});

test("a balanced sample, by hand: the variances are those of the analysis of variance", () => {
  const fit = nestedError({
    response: Float64Array.of(10, 14, 20, 22, 30, 36),
    area: Int32Array.of(0, 0, 1, 1, 2, 2),
    areas: 3,
  });
  const within = (8 + 2 + 18) / 3;
  const between = (2 * ((12 - 22) ** 2 + (21 - 22) ** 2 + (33 - 22) ** 2)) / 2;
  expectNear(fit.unitVariance, within, 1e-9);
  expectNear(fit.areaVariance, (between - within) / 2, 1e-8);
});

test("an area without a unit, a whole population sampled, a variance of 0", () => {
  const wider = {
    ...seeded,
    areas: 16,
    populationMeans: { size: column([...units.meanSize, 2.5]), tenant: column([...units.meanTenant, 0.5]) },
  };
  const fit = nestedError(wider);
  expectNear(fit.estimates[15], fit.coefficients[0] + 2.5 * fit.coefficients[1] + 0.5 * fit.coefficients[2], 1e-10);
  expect(fit.mse[15]).toBeGreaterThan(fit.areaVariance);
  expect(fit.effects[15]).toBe(0);
  expectNear(fit.estimates[3], units.fit.means[3] ?? Number.NaN, 1e-6);

  const all = nestedError({
    response: Float64Array.of(1, 3, 6, 8, 7),
    area: Int32Array.of(0, 0, 1, 1, 1),
    areas: 2,
    populationSizes: Float64Array.of(2, 30),
  });
  expectNear(all.estimates[0], 2, 1e-12);
  expectNear(all.mse[0], 0, 1e-12);

  const flat = nestedError({
    response: Float64Array.of(1, 9, 2, 8, 0, 10),
    area: Int32Array.of(0, 0, 1, 1, 2, 2),
    areas: 3,
  });
  expect(flat.status).toBe("zero-variance");
  expect(flat.areaVariance).toBe(0);
  for (const estimate of flat.estimates) expectNear(estimate, 5, 1e-12);
  expect(flat.mse.every((error) => error > 0)).toBe(true);
});

test("planted areas: 90 % intervals hold the truth in 86 to 93 % of cases, and the error is what is announced", () => {
  const random = seededRandom(31);
  const areas = 40;
  const area = Int32Array.from(
    Array.from({ length: areas - 4 }, (_, index) => new Array<number>(1 + (index % 7)).fill(index)).flat(),
  );
  const x = Float64Array.from(area, () => 4 * random());
  const means = Float64Array.from({ length: areas }, () => 1.5 + random());
  const repetitions = 200;
  let [inside, announced, seen] = [0, 0, 0];
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const effects = Float64Array.from({ length: areas }, () => 1.2 * normal(random));
    const response = x.map((value, unit) => 3 + 2 * value + effects[area[unit]] + 2 * normal(random));
    const fit = nestedError({ response, area, covariates: { x }, areas, populationMeans: { x: means } });
    for (let index = 0; index < areas; index++) {
      const error = fit.estimates[index] - (3 + 2 * means[index] + effects[index]);
      if (Math.abs(error) <= 1.6449 * Math.sqrt(fit.mse[index])) inside++;
      announced += fit.mse[index];
      seen += error * error;
    }
  }
  expect(inside / (areas * repetitions)).toBeGreaterThan(0.86);
  expect(inside / (areas * repetitions)).toBeLessThan(0.93);
  expectNear(announced / seen, 1, 0.07);
});

describe("bad input is refused with a reason", () => {
  const two = { response: Float64Array.of(1, 3, 6, 8), area: Int32Array.of(0, 0, 1, 1), areas: 2 };
  test.each([
    ["a missing response", { ...two, response: Float64Array.of(1, Number.NaN, 6, 8) }, "unité 2"],
    ["an unknown area", { ...two, area: Int32Array.of(0, 0, 1, 7) }, "unité 4"],
    ["one area", { ...two, area: Int32Array.of(0, 0, 0, 0), areas: 1 }, "Trop peu de territoires"],
    ["one unit an area", { ...two, area: Int32Array.of(0, 1, 2, 3), areas: 4 }, "Trop peu d'unités"],
    [
      "a covariate without its mean in the population",
      { ...two, covariates: { x: Float64Array.of(1, 2, 4, 3) } },
      "dans la population",
    ],
    [
      "a missing mean in the population",
      { ...seeded, populationMeans: { ...seeded.populationMeans, size: new Float64Array(15).fill(Number.NaN) } },
      "size",
    ],
    [
      "a covariate that only tells two areas apart",
      { ...two, covariates: { x: Float64Array.of(1, 1, 2, 2) }, populationMeans: { x: Float64Array.of(1, 2) } },
      "Trop peu de territoires",
    ],
    [
      "collinear covariates",
      { ...seeded, covariates: { size: seeded.covariates.size, tenant: seeded.covariates.size.map((s) => 2 * s - 1) } },
      "colinéarité",
    ],
    ["a population smaller than its sample", { ...two, populationSizes: Float64Array.of(1, 10) }, "territoire 1"],
    ["a perfect fit", { ...two, response: Float64Array.of(2, 2, 5, 5) }, "sans erreur"],
    ["the same response everywhere", { ...two, response: Float64Array.of(2, 2, 2, 2) }, "sans erreur"],
  ])("%s", (_, input, reason) => {
    expect(() => nestedError(input)).toThrow(reason);
  });
});
