import { QuartiersError } from "../codes/errors.ts";
import { frenchNumber } from "../codes/french.ts";
import { mergeLineages } from "../codes/lineage.ts";
import {
  type MissingReason,
  missingReasons,
  NOT_AVAILABLE,
  type NumberColumn,
  numberColumn,
  numbers,
  PRESENT,
  type Table,
  table,
  textColumn,
  texts,
} from "../codes/table.ts";
import type { Shares } from "./area-shares.ts";
import { checkJoinRights } from "./join-rights.ts";
import { dominantReason } from "./sums.ts";

export interface ApportionOptions {
  /** Text column of the codes of the source units. */
  readonly key: string;
  /** Summable column of counts to share out. */
  readonly column: string;
  readonly shares: Shares;
  /** Number column that is 1 where the row is imputed by its publisher (`i_est_200` of INSEE's squares). */
  readonly imputed?: string;
}

/** What an apportionment kept and left, to be printed beside it: total = distributed + rest. */
export interface ApportionReport {
  /** Sum of the present values. */
  readonly total: number;
  readonly distributed: number;
  /** What lies in no target, or has no shape. */
  readonly rest: number;
  /** Codes of the table that have no shape. */
  readonly withoutShape: readonly string[];
  /** Codes of shapes that touch a target and have no row in the table: taken as not available. */
  readonly withoutRow: readonly string[];
  /** Source units that are cut by the border of a target. */
  readonly cutSources: number;
  /** Targets left without a value, by reason. */
  readonly missingTargets: Readonly<Record<MissingReason, number>>;
  readonly method: string;
  readonly assumption: string;
  readonly notes: readonly string[];
  /** The same in one French sentence. */
  readonly sentence: string;
}

/**
 * Shares a column of counts out of source units to targets. The table has one row a target: `code`, the estimate under the name of the column, and
 * `_min` and `_max` (hard bounds for counts: the units cut by the border wholly outside, wholly inside), `_erreur_type` (square root of Σ v² Var(share):
 * units independent, under the assumption that the report states), `part_coupee` (part of the estimate that comes from cut units),
 * `part_couverte` (part of the target's area where there are units at all) and `part_imputee`.
 *
 * A unit without value makes its targets miss theirs for the same reason (s before ns before nd), unless its share there is 0; one that touches with a share of
 * 0 leaves only the upper bound unknown; a target that no unit reaches is `nd`. Refuses columns that are not summable, negative counts, repeated codes, codes of another geography. O(rows + pairs).
 */
export function apportion(
  t: Table,
  { key, column, shares, imputed }: ApportionOptions,
): { readonly table: Table; readonly report: ApportionReport } {
  const counts = summable(t, column);
  checkJoinRights(t.lineage, [...(shares.sources.lineage ?? []), ...(shares.targets.lineage ?? [])]);
  const { rowOf, withoutShape } = facingRows(t, key, shares);
  const flags = imputed === undefined ? null : numbers(t, imputed).values;
  const numTargets = shares.targets.codes.length;
  const zeros = (): Float64Array => new Float64Array(numTargets);
  const [value, low, high, variance, cut, flagged] = [zeros(), zeros(), zeros(), zeros(), zeros(), zeros()];
  // Where no unit reaches nothing is known: it is not zero.
  const reached = new Set(shares.target);
  const unreached = Uint8Array.from({ length: numTargets }, (_, target) =>
    reached.has(target) ? PRESENT : NOT_AVAILABLE,
  );
  const [reason, highReason] = [Uint8Array.from(unreached), unreached];
  const withoutRow: string[] = [];
  let [total, rest, cutSources] = [0, 0, 0];
  for (const row of withoutShape) {
    if (!counts.missing?.[row]) {
      total += counts.values[row];
      rest += counts.values[row];
    }
  }
  shares.sources.codes.forEach((code, source) => {
    const row = rowOf[source];
    const [from, to] = [shares.offsets[source], shares.offsets[source + 1]];
    const missing = row < 0 ? NOT_AVAILABLE : (counts.missing?.[row] ?? PRESENT);
    if (row < 0 && to > from) withoutRow.push(code);
    const v = missing === PRESENT ? counts.values[row] : 0;
    total += v;
    let given = 0;
    let isCut = false;
    for (let i = from; i < to; i++) {
      const target = shares.target[i];
      const share = shares.share[i];
      if (missing !== PRESENT) {
        if (share > 0) reason[target] = dominantReason(reason[target], missing);
        highReason[target] = dominantReason(highReason[target], missing);
        continue;
      }
      const inside = shares.areaShare[i] === 1;
      if (!inside) isCut = true;
      value[target] += v * share;
      high[target] += v;
      if (inside) low[target] += v;
      else cut[target] += v * share;
      variance[target] += v * v * shares.variance[i];
      flagged[target] += v * share * (flags?.[row] === 1 ? 1 : shares.imputed[i]);
      given += share;
    }
    rest += v * (1 - given);
    if (isCut) cutSources++;
  });
  const { label, unit } = counts;
  const count = (values: Float64Array, what: string, missing: Uint8Array): NumberColumn =>
    numberColumn(values, { label: what, unit, summable: true, missing });
  const partOf = (values: Float64Array, what: string): NumberColumn =>
    numberColumn(
      values.map((part, target) => (value[target] > 0 ? part / value[target] : 0)),
      { label: what, unit: "part", missing: reason },
    );
  const { geography } = shares.targets;
  const result = table(
    {
      code: textColumn(shares.targets.codes, {
        label: "Code de la zone d'arrivée",
        ...(geography ? { geography } : {}),
      }),
      [column]: count(value, `${label} (${shares.method})`, reason),
      [`${column}_min`]: { ...count(low, `${label}, au moins`, reason), summable: false },
      [`${column}_max`]: { ...count(high, `${label}, au plus`, highReason), summable: false },
      [`${column}_erreur_type`]: numberColumn(variance.map(Math.sqrt), {
        label: `${label}, erreur type de la répartition`,
        unit,
        missing: reason,
      }),
      part_coupee: partOf(cut, "Part de l'estimation venant d'unités coupées par le périmètre"),
      part_couverte: numberColumn(shares.coverage, {
        label: "Part de la surface de la zone couverte par des unités",
        unit: "part",
      }),
      part_imputee: partOf(flagged, "Part de l'estimation venant de valeurs imputées par le producteur"),
    },
    mergeLineages(t.lineage, shares.sources.lineage ?? [], shares.targets.lineage ?? []),
  );
  const distributed = value.reduce((a, b) => a + b, 0);
  const missingTargets = { s: 0, ns: 0, nd: 0 };
  for (const code of reason) if (code !== PRESENT) missingTargets[missingReasons[code - 1] as MissingReason]++;
  const lost = missingTargets.s + missingTargets.ns + missingTargets.nd;
  const report: ApportionReport = {
    total,
    distributed,
    rest,
    withoutShape: withoutShape.map((row) => texts(t, key).values[row] ?? ""),
    withoutRow,
    cutSources,
    missingTargets,
    method: shares.method,
    assumption: shares.assumption,
    notes: shares.notes,
    sentence: `${label}\u00a0: ${shares.method} de ${frenchNumber(t.numRows)} unités, dont ${frenchNumber(cutSources)} coupées par un périmètre, vers ${frenchNumber(numTargets)} zones\u00a0; ${frenchNumber(lost)} zones sans valeur (${missingTargets.s} par secret, ${missingTargets.ns} non significatives, ${missingTargets.nd} non disponibles)\u00a0; ${frenchNumber(withoutShape.length)} unités sans contour. L'erreur suppose que ${shares.assumption}.`,
  };
  return { table: result, report };
}

/** The summable column of counts of that name, or the reason why it cannot be shared out. */
export function summable(t: Table, name: string): NumberColumn {
  const counts = numbers(t, name);
  if (!counts.summable)
    throw new QuartiersError({
      what: "Cette colonne ne se répartit pas\u00a0: médiane, décile ou taux, elle n'est pas sommable",
      value: name,
      expected: "une colonne de comptes (personnes, ménages, logements...)",
      remedy:
        "pour un taux, répartir son numérateur et son dénominateur (apportionRate)\u00a0; une médiane ne se répartit pas",
    });
  const negative = counts.values.findIndex((value) => value < 0 || value === Number.POSITIVE_INFINITY);
  if (negative >= 0)
    throw new QuartiersError({
      what: `Compte impossible dans la colonne ${name}`,
      where: `ligne ${negative + 1}`,
      expected: "un nombre positif ou nul\u00a0: les bornes d'une répartition ne valent que pour des comptes",
    });
  return counts;
}

/** The row of each source, or -1, and the rows that face no source. */
export function facingRows(
  t: Table,
  key: string,
  { sources }: Shares,
): { readonly rowOf: Int32Array; readonly withoutShape: readonly number[] } {
  const codes = texts(t, key);
  const [own, theirs] = [codes.geography, sources.geography];
  if (own && theirs && (own.kind !== theirs.kind || own.vintage !== theirs.vintage))
    throw new QuartiersError({
      what: "La table et les contours ne sont pas de la même géographie",
      value: `${own.kind} ${own.vintage} et ${theirs.kind} ${theirs.vintage}`,
      expected: "la même liste et la même année",
      remedy: "prendre les contours de l'année de la table, ou convertir ses codes par une table de passage",
    });
  const place = new Map(sources.codes.map((code, source) => [code, source]));
  const rowOf = new Int32Array(sources.codes.length).fill(-1);
  const withoutShape: number[] = [];
  codes.values.forEach((code, row) => {
    const source = place.get(code);
    if (source === undefined) withoutShape.push(row);
    else if (rowOf[source] >= 0)
      throw new QuartiersError({
        what: `Code répété dans la colonne ${key}`,
        value: code,
        expected: "une ligne par unité",
        remedy: "agréger la table avant de la répartir",
      });
    else rowOf[source] = row;
  });
  return { rowOf, withoutShape };
}
