import type { SampleCommune } from "./communes.ts";
import type { SampleIndicators } from "./indicators.ts";
import { logNormal, type QuantileOfNormal, throughDeciles } from "./living-standards.ts";
import { normalShare } from "./normal-law.ts";

/** Standards of living of a commune: its neighbourhoods, each with its own law, and the rest. */
export interface CommuneLiving {
  /** Log-normal, EUR a year and consumption unit. */
  readonly outside: { readonly median: number; readonly sigma: number; readonly persons: number };
  readonly neighbourhoods: readonly { readonly code: string; readonly persons: number }[];
  /** All its persons together. */
  readonly quantile: QuantileOfNormal;
}

/** A neighbourhood on two communes gives half of its persons to each. */
export function communeLiving(
  commune: SampleCommune,
  indicators: readonly SampleIndicators[],
  persons: number,
  outside: { readonly median: number; readonly sigma: number },
): CommuneLiving {
  const parts = indicators
    .filter(({ qpv }) => qpv.communes.includes(commune))
    .map(({ qpv, income }) => ({
      code: qpv.code,
      persons: qpv.population / qpv.communes.length,
      law: throughDeciles(income),
    }));
  const rest = persons - parts.reduce((sum, part) => sum + part.persons, 0);
  const law = logNormal(outside);
  return {
    outside: { ...outside, persons: rest },
    neighbourhoods: parts.map(({ code, persons: own }) => ({ code, persons: own })),
    quantile: parts.length === 0 ? law : mixture([...parts, { persons: rest, law }]),
  };
}

/** The quantiles of several laws put together: the standard of living under which the right share of all persons lives (bisection). */
function mixture(parts: readonly { readonly persons: number; readonly law: QuantileOfNormal }[]): QuantileOfNormal {
  const total = parts.reduce((sum, { persons }) => sum + persons, 0);
  const shareUnder = (value: number): number =>
    parts.reduce((sum, { persons, law }) => sum + persons * normalShare(deviateOf(law, value)), 0) / total;
  return (z) => {
    const wanted = normalShare(z);
    let [low, high] = [1_000, 200_000];
    for (let i = 0; i < 50; i++) {
      const middle = (low + high) / 2;
      if (shareUnder(middle) < wanted) low = middle;
      else high = middle;
    }
    return (low + high) / 2;
  };
}

/** The deviate of a value: laws are log-linear on each side of their median. */
function deviateOf(law: QuantileOfNormal, value: number): number {
  const ratio = Math.log(value / law(0));
  return ratio / Math.abs(Math.log(law(ratio < 0 ? -1 : 1) / law(0)));
}
