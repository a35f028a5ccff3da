import { normalCdf, normalQuantile } from "../uncertainty/normal.ts";

export type LinkName = "logit" | "probit" | "cloglog" | "log" | "identity";

/** A link: the mean as a function of the linear predictor, its two derivatives, and back. */
export interface Link {
  readonly name: LinkName;
  readonly mean: (predictor: number) => number;
  /** 1 - mean, exact where the mean is near 1; only read for proportions. */
  readonly complement: (predictor: number) => number;
  readonly slope: (predictor: number) => number;
  readonly curvature: (predictor: number) => number;
  readonly predictor: (mean: number) => number;
  /** Derivatives of the logarithms of the mean (a success) and of its complement (a failure), and minus their second derivatives; for proportions. */
  readonly success: (predictor: number) => readonly [number, number];
  readonly failure: (predictor: number) => readonly [number, number];
}

const logistic = (eta: number): number => {
  if (eta >= 0) return 1 / (1 + Math.exp(-eta));
  const odds = Math.exp(eta);
  return odds / (1 + odds);
};
const logisticSlope = (eta: number): number => {
  const odds = Math.exp(-Math.abs(eta));
  return odds / ((1 + odds) * (1 + odds));
};
const density = (eta: number): number => Math.exp((-eta * eta) / 2) / Math.sqrt(2 * Math.PI);
/** phi / Phi, kept where Phi is 0: it is then nearly -eta. */
const inverseMills = (eta: number): number => (eta < -37 ? -eta : density(eta) / normalCdf(eta));
const notProportion = (): readonly [number, number] => [Number.NaN, Number.NaN];
const one = (): number => 1;
const zero = (): number => 0;

/** The links by name (McCullagh and Nelder 1989, chapter 4). */
export const links: Readonly<Record<LinkName, Link>> = {
  logit: {
    name: "logit",
    mean: logistic,
    complement: (eta) => logistic(-eta),
    slope: logisticSlope,
    curvature: (eta) => logisticSlope(eta) * (logistic(-eta) - logistic(eta)),
    predictor: (mean) => Math.log(mean) - Math.log1p(-mean),
    success: (eta) => [logistic(-eta), logisticSlope(eta)],
    failure: (eta) => [-logistic(eta), logisticSlope(eta)],
  },
  probit: {
    name: "probit",
    mean: normalCdf,
    complement: (eta) => normalCdf(-eta),
    slope: density,
    curvature: (eta) => -eta * density(eta),
    predictor: normalQuantile,
    success: (eta) => [inverseMills(eta), inverseMills(eta) * (inverseMills(eta) + eta)],
    failure: (eta) => [-inverseMills(-eta), inverseMills(-eta) * (inverseMills(-eta) - eta)],
  },
  cloglog: {
    name: "cloglog",
    mean: (eta) => -Math.expm1(-Math.exp(eta)),
    complement: (eta) => Math.exp(-Math.exp(eta)),
    slope: (eta) => Math.exp(eta - Math.exp(eta)),
    curvature: (eta) => Math.exp(eta - Math.exp(eta)) * -Math.expm1(eta),
    predictor: (mean) => Math.log(-Math.log1p(-mean)),
    success: (eta) => {
      const hazard = Math.exp(eta);
      const ratio = hazard > 0 ? hazard / Math.expm1(hazard) : 1;
      return [ratio, ratio * (hazard + ratio - 1)];
    },
    failure: (eta) => [-Math.exp(eta), Math.exp(eta)],
  },
  log: {
    name: "log",
    mean: Math.exp,
    complement: (eta) => 1 - Math.exp(eta),
    slope: Math.exp,
    curvature: Math.exp,
    predictor: Math.log,
    success: notProportion,
    failure: notProportion,
  },
  identity: {
    name: "identity",
    mean: (eta) => eta,
    complement: (eta) => 1 - eta,
    slope: one,
    curvature: zero,
    predictor: (mean) => mean,
    success: notProportion,
    failure: notProportion,
  },
};
