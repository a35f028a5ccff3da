import { QuartiersError } from "../../codes/errors.ts";
import { type Link, type LinkName, links } from "./link.ts";

/** The law of the outcome; "quasi" families keep the mean and the variance's shape, and estimate the dispersion. */
export type FamilyName = "binomial" | "quasibinomial" | "poisson" | "quasipoisson" | "gaussian";

/** What one row says at a linear predictor, for a weight of 1. */
export interface Family {
  readonly name: FamilyName;
  readonly kind: "proportion" | "count" | "number";
  /** Whether the dispersion is estimated (Pearson) rather than 1. */
  readonly dispersed: boolean;
  readonly link: Link;
  /** Variance of the outcome at a linear predictor, up to the dispersion. */
  readonly variance: (predictor: number) => number;
  /** Contribution of an outcome to the deviance. */
  readonly deviance: (outcome: number, predictor: number) => number;
  /** A mean to start from, inside the range (the rule of R's families; `weight` is the weight with the trials). */
  readonly startMean: (outcome: number, weight: number) => number;
}

const allowedLinks: Readonly<Record<Family["kind"], readonly LinkName[]>> = {
  proportion: ["logit", "probit", "cloglog"],
  count: ["log"],
  number: ["identity"],
};

const kinds: Readonly<Record<FamilyName, Family["kind"]>> = {
  binomial: "proportion",
  quasibinomial: "proportion",
  poisson: "count",
  quasipoisson: "count",
  gaussian: "number",
};

/** A family with its link, the canonical one when none is asked for. Refuses a link that is not of the family. */
export function familyWithLink(name: FamilyName, linkName?: LinkName): Family {
  const kind = kinds[name];
  const chosen = linkName ?? allowedLinks[kind][0];
  if (!allowedLinks[kind].includes(chosen))
    throw new QuartiersError({
      what: `Le lien n'est pas de la famille ${name}`,
      value: chosen,
      expected: allowedLinks[kind].join(", "),
    });
  const link = links[chosen];
  const dispersed = name !== "binomial" && name !== "poisson";
  if (kind === "proportion")
    return {
      ...{ name, kind, dispersed, link },
      variance: (eta) => link.mean(eta) * link.complement(eta),
      deviance: (y, eta) => 2 * (entropy(y, link.mean(eta)) + entropy(1 - y, link.complement(eta))),
      startMean: (y, weight) => (weight * y + 0.5) / (weight + 1),
    };
  if (kind === "count")
    return {
      ...{ name, kind, dispersed, link },
      variance: link.mean,
      deviance: (y, eta) => 2 * (entropy(y, link.mean(eta)) - (y - link.mean(eta))),
      startMean: (y) => y + 0.1,
    };
  return {
    ...{ name, kind, dispersed, link },
    variance: () => 1,
    deviance: (y, eta) => (y - eta) ** 2,
    startMean: (y) => y,
  };
}

/** y log(y / mean), 0 when y is 0. */
const entropy = (y: number, mean: number): number => (y === 0 ? 0 : y * Math.log(y / mean));
