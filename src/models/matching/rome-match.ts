import { type CodeRome, romeDomain } from "../../codes/code.ts";
import { QuartiersError } from "../../codes/errors.ts";

/** Three declared levels, each containing the one before: same sheet; near occupation; same professional domain. */
export type MatchLevel = "strict" | "near" | "wide";

/** The levels from the narrowest to the widest. */
export const matchLevels: readonly MatchLevel[] = ["strict", "near", "wide"];

/** What each level is called on a page. */
export const matchLevelLabels: Readonly<Record<MatchLevel, string>> = {
  strict: "même métier",
  near: "métier proche",
  wide: "même domaine professionnel",
};

/** The official mobility table, one entry a row. DIRECTED: from the occupation sought to one it opens on. */
export interface RomeMobilities {
  readonly sought: readonly CodeRome[];
  readonly offered: readonly CodeRome[];
  /** "Proche", or "Evolution" (a career move that may need training: never a match). */
  readonly kind: readonly string[];
  /** Job title that a row starts from or points to, "" when it speaks of the whole sheet. */
  readonly soughtTitle?: readonly string[];
  readonly offeredTitle?: readonly string[];
}

export type RomeMatches = ReadonlyMap<CodeRome, ReadonlySet<CodeRome>>;

/** For each occupation sought, the occupations offered that match it, at each level. */
export interface RomeMatching {
  readonly strict: RomeMatches;
  readonly near: RomeMatches;
  readonly wide: RomeMatches;
  /** Pairs whose nearness rests on job titles only, not on whole sheets, written "sought offered". */
  readonly titleOnly: ReadonlySet<string>;
  /** Codes of the mobility table that are not in the list of occupations: not matched, to be reported. */
  readonly unknown: readonly CodeRome[];
}

/**
 * Builds the three levels. Mobility rows attached to job titles count for the whole sheet (764 of the 1 917 near rows of ROME 3 v347 point to a title):
 * they are listed in `titleOnly`. The offers' codes must be of the same ROME version as `occupations`. O(occupations x size of a domain + rows).
 * @example
 * ```ts
 * const matching = romeMatching([codeRome("G1602"), codeRome("G1603"), codeRome("K1304")], {
 *   sought: [codeRome("G1602")], offered: [codeRome("K1304")], kind: ["Proche"],
 * });
 * [...matching.wide.get(codeRome("G1602"))] // [ 'G1602', 'K1304', 'G1603' ]
 * ```
 */
export function romeMatching(occupations: readonly CodeRome[], mobilities: RomeMobilities): RomeMatching {
  const known = new Set([...occupations].sort());
  const { near, titleOnly, unknown } = nearPairs(known, mobilities);
  const byDomain = new Map<string, CodeRome[]>();
  for (const code of known) {
    const domain = byDomain.get(romeDomain(code));
    if (domain) domain.push(code);
    else byDomain.set(romeDomain(code), [code]);
  }
  const levels = [...known].map((sought) => {
    const nearSet = new Set([sought, ...(near.get(sought) ?? [])]);
    const wideSet = new Set([...nearSet, ...(byDomain.get(romeDomain(sought)) ?? [])]);
    return { sought, strict: new Set([sought]), near: nearSet, wide: wideSet };
  });
  const pick = (level: MatchLevel): RomeMatches => new Map(levels.map((row) => [row.sought, row[level]]));
  return { strict: pick("strict"), near: pick("near"), wide: pick("wide"), titleOnly, unknown };
}

interface NearPairs {
  readonly near: ReadonlyMap<CodeRome, readonly CodeRome[]>;
  readonly titleOnly: ReadonlySet<string>;
  readonly unknown: readonly CodeRome[];
}

function nearPairs(known: ReadonlySet<CodeRome>, mobilities: RomeMobilities): NearPairs {
  const { sought, offered, kind, soughtTitle, offeredTitle } = mobilities;
  if (offered.length !== sought.length || kind.length !== sought.length) {
    throw new QuartiersError({
      what: "Table des mobilités incomplète",
      value: `${sought.length}, ${offered.length} et ${kind.length} lignes`,
      expected: "trois colonnes de même longueur",
    });
  }
  const targets = new Map<CodeRome, Set<CodeRome>>();
  const wholeSheet = new Set<string>();
  const unknown = new Set<CodeRome>();
  sought.forEach((from, row) => {
    const to = offered[row];
    if (kind[row] !== "Proche" || to === undefined) return;
    for (const code of [from, to]) if (!known.has(code)) unknown.add(code);
    if (!known.has(from) || !known.has(to) || from === to) return;
    const set = targets.get(from) ?? new Set<CodeRome>();
    targets.set(from, set.add(to));
    if (!soughtTitle?.[row] && !offeredTitle?.[row]) wholeSheet.add(`${from} ${to}`);
  });
  const near = new Map([...targets].map(([from, set]) => [from, [...set].sort()] as const));
  const pairs = [...near].flatMap(([from, list]) => list.map((to) => `${from} ${to}`));
  return { near, titleOnly: new Set(pairs.filter((pair) => !wholeSheet.has(pair))), unknown: [...unknown].sort() };
}

/** Why an offer matches an occupation sought, or why it does not. */
export interface MatchExplanation {
  /** The narrowest level at which they match, or null. */
  readonly level: MatchLevel | null;
  /** The same, as a French sentence. */
  readonly sentence: string;
}

/**
 * Explains one pair.
 * @example
 * ```ts
 * const matching = romeMatching([codeRome("G1602"), codeRome("G1603")], { sought: [], offered: [], kind: [] });
 * explainMatch(matching, codeRome("G1602"), codeRome("G1603")).level // "wide"
 * ```
 */
export function explainMatch(matching: RomeMatching, sought: CodeRome, offered: CodeRome): MatchExplanation {
  if (!matching.strict.has(sought)) {
    throw new QuartiersError({
      what: "Métier recherché absent de la liste du ROME",
      value: sought,
      expected: "un code de la même version du ROME que la table des mobilités",
      remedy: "vérifier la version du ROME (3 ou 4) du fichier",
    });
  }
  const level = matchLevels.find((candidate) => matching[candidate].get(sought)?.has(offered)) ?? null;
  const pair = `${offered} pour ${sought}`;
  const titles = matching.titleOnly.has(`${sought} ${offered}`)
    ? ", par une appellation et non par la fiche entière"
    : "";
  const sentences: Record<MatchLevel, string> = {
    strict: `${pair}\u00a0: même fiche du ROME.`,
    near: `${pair}\u00a0: mobilité officielle «\u202fProche\u202f» de ${sought} vers ${offered}${titles}.`,
    wide: `${pair}\u00a0: même domaine professionnel (${romeDomain(sought)}), sans mobilité «\u202fProche\u202f» de l'un vers l'autre.`,
  };
  return {
    level,
    sentence: level
      ? sentences[level]
      : `${pair}\u00a0: ni la même fiche, ni une mobilité «\u202fProche\u202f», ni le même domaine professionnel.`,
  };
}
