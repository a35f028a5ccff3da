import { QuartiersError } from "../codes/errors.ts";
import type { Geography } from "../codes/geography.ts";
import { geographyLabel } from "../codes/geography.ts";
import { mergeLineages, type SourceRef } from "../codes/lineage.ts";
import { numbers, type Table, texts } from "../codes/table.ts";

/** How the units of one list lie in those of another: one row a pair that share ground. */
export interface Passage {
  readonly from: Geography;
  readonly to: Geography;
  readonly fromCodes: readonly string[];
  readonly toCodes: readonly string[];
  /** Part (0 to 1) of the old unit that lies in the new one; NaN where the old unit is divided and no weight was given. */
  readonly shares: Float64Array;
  /** 1 where the new unit lies wholly in the old one: its weight is then the weight of the shared ground. */
  readonly inside: Uint8Array;
  /** Part of each new unit that the old list covers, where it is less than 1. Absent for lists that cover the same ground. */
  readonly coverage?: ReadonlyMap<string, number>;
  /** False when the date of each change is not known: whether all the old units of a new one are there cannot be checked. */
  readonly dated: boolean;
  readonly lineage: readonly SourceRef[];
}

/**
 * What a passage is, in one French sentence.
 * @example
 * ```ts
 * const from = { kind: "commune", vintage: 2018 };
 * const to = { kind: "commune", vintage: 2026 };
 * const pairs = { fromCodes: ["49144"], toCodes: ["44180"], shares: Float64Array.of(1), inside: Uint8Array.of(0) };
 * describePassage({ from, to, ...pairs, dated: true, lineage: [] })
 * // "Passage de communes, COG 2018 à communes, COG 2026 : 1 code d'origine, dont 0 partagé, vers 1."
 * ```
 */
export function describePassage(passage: Passage): string {
  const { from, to, fromCodes, toCodes, dated } = passage;
  const split = [...targetCounts(passage).values()].filter((count) => count > 1).length;
  const plural = (count: number, word: string): string => `${count} ${word}${count > 1 ? "s" : ""}`;
  const undated = dated
    ? ""
    : " Les changements ne sont pas datés\u00a0: la table d'origine n'a pas pu être vérifiée année par année.";
  return `Passage de ${geographyLabel(from)} à ${geographyLabel(to)}\u00a0: ${plural(new Set(fromCodes).size, "code")} d'origine, dont ${plural(split, "partagé")}, vers ${new Set(toCodes).size}.${undated}`;
}

/** How many new units each old unit lies in. */
export function targetCounts({ fromCodes }: Passage): ReadonlyMap<string, number> {
  return counted(fromCodes);
}

/** How many old units each new unit is made of. */
export function sourceCounts({ toCodes }: Passage): ReadonlyMap<string, number> {
  return counted(toCodes);
}

function counted(codes: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts;
}

/**
 * The same passage with the shares of the divided units, in proportion to a weight (population) of the new units.
 * A share that is known stays. Refuses a divided unit when one of its new units has no weight, or also holds ground of another old unit:
 * the weight of the part is then not known. O(pairs).
 * @param weights weight of each code of the new list
 */
export function weighPassage(passage: Passage, weights: ReadonlyMap<string, number>): Passage {
  const { fromCodes, toCodes, inside, to } = passage;
  const shares = Float64Array.from(passage.shares);
  const totals = new Map<string, number>();
  fromCodes.forEach((code, i) => {
    if (!Number.isNaN(shares[i])) return;
    const weight = weights.get(toCodes[i]) ?? Number.NaN;
    if (!(weight >= 0) || inside[i] === 0) {
      throw new QuartiersError({
        what:
          inside[i] === 0
            ? `Le poids de la partie de ${code} qui se trouve dans ${toCodes[i]} n'est pas connu\u00a0: ${toCodes[i]} tient aussi du sol d'autres unités`
            : `Un poids manque pour partager ${code}`,
        value: toCodes[i],
        expected: `un poids positif ou nul pour chaque code de ${geographyLabel(to)} issu de ${code}`,
        remedy: "passer par une année intermédiaire, ou donner les parts dans une table de passage",
      });
    }
    totals.set(code, (totals.get(code) ?? 0) + weight);
  });
  fromCodes.forEach((code, i) => {
    if (!Number.isNaN(shares[i])) return;
    const total = totals.get(code) ?? 0;
    if (total === 0)
      throw new QuartiersError({
        what: `Tous les poids des unités issues de ${code} sont nuls`,
        expected: "au moins un poids positif",
        remedy: "choisir un autre poids",
      });
    shares[i] = (weights.get(toCodes[i]) ?? 0) / total;
  });
  return { ...passage, shares };
}

/**
 * One passage after another, from the first list to the last. A share that is not known in one of them is not known in the result, unless
 * all its ways lead to the same unit. Where a merger is undone later, one passage of the history (`communePassage`) is finer than two. O(pairs).
 */
export function chainPassages(first: Passage, second: Passage): Passage {
  if (first.to.kind !== second.from.kind || first.to.vintage !== second.from.vintage)
    throw new QuartiersError({
      what: "Ces deux passages ne se suivent pas",
      value: `${geographyLabel(first.to)}, puis ${geographyLabel(second.from)}`,
      expected: "l'arrivée du premier est le départ du second",
    });
  const onward = new Map<string, number[]>();
  second.fromCodes.forEach((code, j) => {
    onward.set(code, [...(onward.get(code) ?? []), j]);
  });
  const pairs = new Map<string, { from: string; to: string; share: number; inside: number }>();
  const lost = new Set<string>();
  first.fromCodes.forEach((from, i) => {
    const ways = onward.get(first.toCodes[i]) ?? [];
    if (ways.length === 0) lost.add(from);
    for (const j of ways) {
      const to = second.toCodes[j];
      const key = `${from} ${to}`;
      const found = pairs.get(key);
      const share = first.shares[i] * second.shares[j];
      const inside = first.inside[i] & second.inside[j];
      pairs.set(key, found ? { from, to, share: found.share + share, inside: 0 } : { from, to, share, inside });
    }
  });
  const list = [...pairs.values()];
  const alone = counted(list.map(({ from }) => from));
  return {
    from: first.from,
    to: second.to,
    fromCodes: list.map(({ from }) => from),
    toCodes: list.map(({ to }) => to),
    shares: Float64Array.from(list, ({ from, share }) =>
      Number.isNaN(share) && alone.get(from) === 1 && !lost.has(from) ? 1 : share,
    ),
    inside: Uint8Array.from(list, ({ inside }) => inside),
    ...(first.coverage || second.coverage ? { coverage: chainedCoverage(first, second) } : {}),
    dated: first.dated && second.dated,
    lineage: mergeLineages(first.lineage, second.lineage),
  };
}

/** The least coverage met on the way to each new unit. */
function chainedCoverage(first: Passage, second: Passage): ReadonlyMap<string, number> {
  const coverage = new Map<string, number>();
  second.toCodes.forEach((to, j) => {
    const before = first.coverage?.get(second.fromCodes[j]) ?? 1;
    coverage.set(to, Math.min(coverage.get(to) ?? 1, before, second.coverage?.get(to) ?? 1));
  });
  return coverage;
}

/** Rounding allowed when shares are compared with 1. */
export const SHARE_TOLERANCE = 1e-6;

/**
 * The passage between the two generations of priority neighbourhoods that a table holds: one row a pair that overlaps, with code_2015,
 * code_2024, part_2015 (part of the neighbourhood of 2015 that lies in that of 2024) and part_2024 (the reverse), from 0 to 1.
 * @param vintages { from: 2015, to: 2024 } unless the way back is wanted
 */
export function qpvPassage(
  pairs: Table,
  { from, to }: { readonly from: 2015 | 2024; readonly to: 2015 | 2024 } = { from: 2015, to: 2024 },
): Passage {
  if (from === to)
    throw new QuartiersError({ what: "Un passage va d'une génération à l'autre", value: `${from} à ${to}` });
  const fromCodes = texts(pairs, `code_${from}`).values;
  const toCodes = texts(pairs, `code_${to}`).values;
  const shares = numbers(pairs, `part_${from}`).values;
  const parts = numbers(pairs, `part_${to}`).values;
  const odd = [...shares, ...parts].findIndex((part) => !(part >= 0 && part <= 1 + SHARE_TOLERANCE));
  if (odd >= 0)
    throw new QuartiersError({
      what: "Une part de la table de passage n'est pas entre 0 et 1",
      value: String(odd < shares.length ? shares[odd] : parts[odd - shares.length]),
      where: `ligne ${(odd % Math.max(1, shares.length)) + 1}`,
      expected: "une part de 0 à 1, sans valeur absente",
    });
  const coverage = new Map<string, number>();
  toCodes.forEach((code, i) => {
    coverage.set(code, (coverage.get(code) ?? 0) + parts[i]);
  });
  return {
    from: { kind: "qpv", vintage: from },
    to: { kind: "qpv", vintage: to },
    fromCodes,
    toCodes,
    shares: Float64Array.from(shares),
    inside: Uint8Array.from(parts, (part) => (part >= 1 - SHARE_TOLERANCE ? 1 : 0)),
    coverage,
    dated: true,
    lineage: pairs.lineage,
  };
}
