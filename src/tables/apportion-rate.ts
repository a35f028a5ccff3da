import { QuartiersError } from "../codes/errors.ts";
import { type NumberColumn, numberColumn, PRESENT, type Table, table } from "../codes/table.ts";
import { type ApportionReport, apportion, facingRows, summable } from "./apportion.ts";
import type { Shares } from "./area-shares.ts";

export interface ApportionRateOptions {
  readonly key: string;
  /** Summable column of the cases (unemployed, poor households...), a part of the denominator. */
  readonly numerator: string;
  /** Summable column of those who could be (active people, households...). */
  readonly denominator: string;
  readonly shares: Shares;
  /** Name of the rate in the result. */
  readonly name: string;
  readonly label: string;
}

/**
 * A rate shared out the only way that it can be: its numerator and its denominator are, and then divided. The result has `code`, the rate in % under
 * its name, `_min` and `_max`, `_erreur_type`, and both counts. Bounds: the people of the cut units may be in or out, cases and others apart, so that the
 * rate lies between N / (D + the others) and (N + the cases) / (D + the cases), N and D being the counts of the units wholly inside. Error by linearisation,
 * each share common to both counts: Var = Σ (n - r d)² Var(share) / D². A target without denominator is `nd`.
 */
export function apportionRate(
  t: Table,
  options: ApportionRateOptions,
): {
  readonly table: Table;
  readonly report: { readonly numerator: ApportionReport; readonly denominator: ApportionReport };
} {
  const { key, shares, name, label } = options;
  const [cases, all] = [summable(t, options.numerator), summable(t, options.denominator)];
  for (let row = 0; row < t.numRows; row++) {
    if (cases.values[row] > all.values[row] * (1 + 1e-9))
      throw new QuartiersError({
        what: `Le numérateur ${options.numerator} dépasse le dénominateur ${options.denominator}`,
        where: `ligne ${row + 1}`,
        expected: "des cas qui soient une partie du dénominateur",
        remedy: "vérifier que les deux colonnes comptent la même population, la même année",
      });
  }
  const top = apportion(t, { key, column: options.numerator, shares });
  const bottom = apportion(t, { key, column: options.denominator, shares });
  const [numerator, denominator] = [
    summable(top.table, options.numerator),
    summable(bottom.table, options.denominator),
  ];
  const { rowOf } = facingRows(t, key, shares);
  const numTargets = shares.targets.codes.length;
  const [variance, sureCases, sureAll] = [0, 0, 0].map(() => new Float64Array(numTargets)) as Three;
  const [cutCases, cutOthers, unknown] = [0, 0, 0].map(() => new Float64Array(numTargets)) as Three;
  const rate = numerator.values.map((n, target) => n / denominator.values[target]);
  shares.sources.codes.forEach((_, source) => {
    const row = rowOf[source];
    for (let i = shares.offsets[source]; i < shares.offsets[source + 1]; i++) {
      const target = shares.target[i];
      if (row < 0 || cases.missing?.[row] || all.missing?.[row]) {
        unknown[target] = 1;
        continue;
      }
      const [n, d] = [cases.values[row], all.values[row]];
      if (shares.areaShare[i] === 1) {
        sureCases[target] += n;
        sureAll[target] += d;
      } else {
        cutCases[target] += n;
        cutOthers[target] += d - n;
      }
      variance[target] += ((n - rate[target] * d) / denominator.values[target]) ** 2 * shares.variance[i];
    }
  });
  const reasons = Uint8Array.from(
    { length: numTargets },
    (_, target) => numerator.missing?.[target] || denominator.missing?.[target] || PRESENT,
  );
  const percent = (values: Float64Array, what: string): NumberColumn =>
    numberColumn(
      values.map((value) => 100 * value),
      { label: what, unit: "%", missing: reasons },
    );
  // Where a unit without value only touches the target, the bounds are not known.
  const bound = (of: (target: number) => number): Float64Array =>
    Float64Array.from({ length: numTargets }, (_, target) => (unknown[target] ? Number.NaN : of(target)));
  const low = bound((target) => sureCases[target] / (sureAll[target] + cutOthers[target]));
  const high = bound((target) => (sureCases[target] + cutCases[target]) / (sureAll[target] + cutCases[target]));
  for (let target = 0; target < numTargets; target++) {
    // Nobody is surely inside: a rate of the cut units alone can be anything that they allow.
    if (Number.isNaN(low[target]) && !unknown[target]) low[target] = rate[target];
    if (Number.isNaN(high[target]) && !unknown[target]) high[target] = rate[target];
  }
  return {
    table: table(
      {
        code: top.table.columns["code"] as NonNullable<Table["columns"][string]>,
        [name]: percent(rate, `${label} (${shares.method})`),
        [`${name}_min`]: percent(low, `${label}, au moins`),
        [`${name}_max`]: percent(high, `${label}, au plus`),
        [`${name}_erreur_type`]: numberColumn(
          variance.map((value) => 100 * Math.sqrt(value)),
          { label: `${label}, erreur type de la répartition`, unit: "points", missing: reasons },
        ),
        [options.numerator]: numerator,
        [options.denominator]: denominator,
      },
      top.table.lineage,
    ),
    report: { numerator: top.report, denominator: bottom.report },
  };
}

type Three = [Float64Array, Float64Array, Float64Array];
