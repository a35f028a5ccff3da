import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { gaussHermite } from "../../../src/models/areas/gauss-hermite.ts";
import { marginalLikelihood } from "../../../src/models/areas/random-intercept-likelihood.ts";
import { randomInterceptLogit } from "../../../src/models/areas/random-intercept-logit.ts";
import { expectNear, reference } from "../../reference/reference.ts";

interface LogitFit {
  readonly nodes: number;
  readonly coefficients: readonly number[];
  readonly standardErrors: readonly number[];
  readonly deviation: number;
  readonly logLikelihood: number;
  readonly effects: readonly number[];
  readonly effectVariances: readonly number[];
}
type Fits = Readonly<Record<"laplace" | "quadrature", LogitFit>>;
const { takeup, mrp } = reference<{
  readonly takeup: Readonly<Record<"area" | "old" | "alone" | "n" | "y", readonly number[]>> & { readonly fits: Fits };
  readonly mrp: Fits;
}>("small-areas");
const seeded = {
  successes: Float64Array.from(takeup.y),
  trials: Float64Array.from(takeup.n),
  area: Int32Array.from(takeup.area),
  covariates: { old: Float64Array.from(takeup.old), alone: Float64Array.from(takeup.alone) },
  areas: 25,
};

/** glmer's optimiser stops near 1e-6 of the parameters, and its standard errors come from finite differences of the deviance. */
function expectFit(fit: ReturnType<typeof randomInterceptLogit>, expected: LogitFit): void {
  const kept = Math.sqrt(fit.covariance.length);
  expectNear(fit.deviation, expected.deviation, 1e-6, "écart type");
  expected.coefficients.forEach((value, k) => {
    expectNear(fit.coefficients[k], value, 1e-6, `coefficient ${k}`);
    expectNear(
      Math.sqrt(fit.covariance[k * kept + k]),
      expected.standardErrors[k] ?? Number.NaN,
      1e-5,
      `erreur type ${k}`,
    );
  });
  expected.effects.forEach((value, area) => {
    expectNear(fit.effects[area], value, 1e-6, `effet ${area}`);
    expectNear(fit.effectVariances[area], expected.effectVariances[area] ?? Number.NaN, 1e-6, `variance ${area}`);
  });
  // With several nodes lme4 leaves out a constant of the data.
  if (expected.nodes === 1) {
    expectNear(fit.logLikelihood, expected.logLikelihood, 1e-8, "vraisemblance");
    expect(fit.logLikelihood).toBeGreaterThan(expected.logLikelihood - 1e-9);
  }
}

describe("the logit with an effect for each area is that of R glmer", () => {
  test.each(["laplace", "quadrature"] as const)("seeded cells, %s", (name) => {
    expectFit(randomInterceptLogit(seeded, { nodes: takeup.fits[name].nodes }), takeup.fits[name]);
  });
  const file = join(import.meta.dirname, "../../../../shared/data/reference/c2s/mrp_cells.csv");
  test.runIf(existsSync(file)).each(["laplace", "quadrature"] as const)("cells by age, %s", (name) => {
    const rows = readFileSync(file, "utf8")
      .trim()
      .split("\n")
      .slice(1)
      .map((line) => line.split(","));
    const ages = [...new Set(rows.map(([, age]) => age ?? ""))].sort().slice(1);
    const fit = randomInterceptLogit(
      {
        successes: Float64Array.from(rows, (row) => Number(row[3])),
        trials: Float64Array.from(rows, (row) => Number(row[2])),
        area: Int32Array.from(rows, (row) => Number(row[0]) - 1),
        covariates: Object.fromEntries(
          ages.map((age) => [age, Float64Array.from(rows, (row) => (row[1] === age ? 1 : 0))]),
        ),
        areas: new Set(rows.map(([area]) => area)).size,
      },
      { nodes: mrp[name].nodes },
    );
    expectFit(fit, mrp[name]);
  });
});

test("the gradient is the slope of the likelihood, for any number of nodes", () => {
  const { cells } = randomInterceptLogit(seeded);
  for (const nodes of [1, 3, 10]) {
    const at = (parameters: Float64Array) =>
      marginalLikelihood(cells, parameters, gaussHermite(nodes), new Float64Array(25));
    const parameters = Float64Array.of(-0.5, 0.8, 0.2, 0.9);
    const { gradient } = at(parameters);
    for (let k = 0; k < 4; k++) {
      const moved = (by: number): number =>
        at(parameters.map((value, index) => (index === k ? value + by : value))).logLikelihood;
      expectNear(gradient[k], (moved(1e-4) - moved(-1e-4)) / 2e-4, 1e-6, `${nodes} nœuds, paramètre ${k}`);
    }
  }
});

test("the quadrature goes to the integral: 50 nodes and a fine sum over the effect agree", () => {
  const { cells } = randomInterceptLogit(seeded);
  const parameters = Float64Array.of(-0.5, 0.8, 0.2, 1.4);
  const { logLikelihood } = marginalLikelihood(cells, parameters, gaussHermite(30), new Float64Array(25));
  let total = 0;
  for (let area = 0; area < 25; area++) {
    let sum = 0;
    for (let u = -9; u <= 9; u += 0.01) {
      let log = -(u * u) / 2;
      seeded.area.forEach((own, cell) => {
        if (own !== area) return;
        const logit = -0.5 + 0.8 * seeded.covariates.old[cell] + 0.2 * seeded.covariates.alone[cell] + 1.4 * u;
        log += seeded.successes[cell] * logit - seeded.trials[cell] * Math.log1p(Math.exp(logit));
      });
      sum += (0.01 * Math.exp(log)) / Math.sqrt(2 * Math.PI);
    }
    total += Math.log(sum);
  }
  expectNear(logLikelihood, total, 1e-9);
});

test("areas closer than chance: a variance of 0, said, and the coefficients of the plain logit", () => {
  const fit = randomInterceptLogit({
    successes: Float64Array.of(5, 10, 20, 0),
    trials: Float64Array.of(20, 40, 80, 0),
    area: Int32Array.of(0, 1, 2, 3),
    areas: 5,
  });
  expect(fit.status).toBe("zero-variance");
  expect(fit.deviation).toBe(0);
  expectNear(fit.coefficients[0], Math.log(35 / 105), 1e-9);
  expectNear(fit.covariance[0], 1 / (140 * 0.25 * 0.75), 1e-7);
  expect([...fit.effects]).toEqual([0, 0, 0, 0, 0]);
});

describe("bad input is refused with a reason", () => {
  const base = {
    successes: Float64Array.of(1, 2, 3, 2),
    trials: Float64Array.of(4, 4, 5, 6),
    area: Int32Array.of(0, 0, 1, 1),
    areas: 2,
  };
  test.each([
    ["more successes than trials", { ...base, successes: Float64Array.of(9, 2, 3, 2) }, "cellule 1"],
    ["a missing count", { ...base, trials: Float64Array.of(4, Number.NaN, 5, 6) }, "cellule 2"],
    ["an unknown area", { ...base, area: Int32Array.of(0, 0, 1, 2) }, "cellule 4"],
    ["nobody", { ...base, successes: new Float64Array(4) }, "Personne"],
    ["one area", { ...base, area: new Int32Array(4) }, "Trop peu de territoires"],
    ["a missing covariate", { ...base, covariates: { x: Float64Array.of(1, Number.NaN, 0, 0) } }, "x"],
    ["collinear covariates", { ...base, covariates: { x: Float64Array.of(1, 1, 1, 1) } }, "colinéarité"],
    [
      "a profile where everybody succeeds",
      { ...base, successes: Float64Array.of(4, 1, 5, 2), covariates: { x: Float64Array.of(1, 0, 1, 0) } },
      "oui",
    ],
  ])("%s", (_, input, reason) => {
    expect(() => randomInterceptLogit(input)).toThrow(reason);
  });
  test("no node", () => {
    expect(() => randomInterceptLogit(base, { nodes: 0 })).toThrow("nœuds");
  });
});
