import type { CodeRome } from "../../codes/code.ts";
import { QuartiersError } from "../../codes/errors.ts";
import type { OfferCells, SeekerCells } from "../matching/match-costs.ts";
import type { MatchLevel, RomeMatching } from "../matching/rome-match.ts";

/** Offers that match an occupation sought. */
export interface MatchingOffers {
  /** Rows of the offers, increasing. */
  readonly offers: Int32Array;
  /** Their posts. */
  readonly posts: number;
}

/** Finds the offers that match an occupation at a level, once for all groups. */
export type OfferFinder = (level: MatchLevel, sought: CodeRome) => MatchingOffers;

/** Prepares the search. Refuses, when asked for it, an occupation that is not in the list of the ROME. O(offers), then O(matches) an occupation. */
export function offerFinder(matching: RomeMatching, { rome, posts }: Pick<OfferCells, "rome" | "posts">): OfferFinder {
  const byRome = new Map<CodeRome, number[]>();
  rome.forEach((code, offer) => {
    const list = byRome.get(code);
    if (list) list.push(offer);
    else byRome.set(code, [offer]);
  });
  const found = new Map<string, MatchingOffers>();
  return (level, sought) => {
    const key = `${level} ${sought}`;
    const known = found.get(key);
    if (known) return known;
    const accepted = matching[level].get(sought);
    if (!accepted)
      throw new QuartiersError({
        what: "Métier recherché absent de la liste du ROME",
        value: sought,
        expected: "un code de la même version du ROME que la table des mobilités",
        remedy: "vérifier la version du ROME (3 ou 4) du fichier",
      });
    const offers = Int32Array.from([...accepted].flatMap((code) => byRome.get(code) ?? [])).sort();
    const result = { offers, posts: offers.reduce((sum, offer) => sum + posts[offer], 0) };
    found.set(key, result);
    return result;
  };
}

/** What counts for some seekers of one group at one level: weights by place of work (columns of the matrix of travel). */
export interface MatchWeights {
  readonly seekers: number;
  /** Seekers for whom no offer of the territory matches, near or far. */
  readonly withoutOffer: number;
  /** Posts that match somebody, each once: « 2 031 ». */
  readonly union: Float64Array;
  /** Posts that match a seeker, on average over the seekers. */
  readonly meanPosts: Float64Array;
  /** Each seeker weighs 1, spread over the posts that match the occupation sought. Adds up to the seekers less those without an offer. */
  readonly mixture: Float64Array;
  /** One entry an occupation that some offer matches. */
  readonly occupations: readonly { readonly seekers: number; readonly offers: Int32Array; readonly posts: number }[];
}

/** Weights of some cells (rows of `cells`) of one group. O(their matching offers + places). */
export function matchWeights(
  find: OfferFinder,
  level: MatchLevel,
  cells: SeekerCells,
  rows: readonly number[],
  { posts, destination }: Pick<OfferCells, "posts" | "destination">,
  columns: number,
): MatchWeights {
  const union = new Float64Array(columns);
  const meanPosts = new Float64Array(columns);
  const mixture = new Float64Array(columns);
  const counted = new Uint8Array(posts.length);
  const occupations: { seekers: number; offers: Int32Array; posts: number }[] = [];
  let [seekers, withoutOffer] = [0, 0];
  for (const row of rows) {
    const people = cells.seekers[row];
    const matching = find(level, cells.rome[row] as CodeRome);
    seekers += people;
    if (!(matching.posts > 0)) {
      withoutOffer += people;
      continue;
    }
    occupations.push({ seekers: people, ...matching });
    for (const offer of matching.offers) {
      const place = destination[offer];
      meanPosts[place] += people * posts[offer];
      mixture[place] += (people / matching.posts) * posts[offer];
      if (counted[offer] === 0) union[place] += posts[offer];
      counted[offer] = 1;
    }
  }
  return {
    ...{ seekers, withoutOffer, union, mixture, occupations },
    meanPosts: meanPosts.map((sum) => (seekers > 0 ? sum / seekers : 0)),
  };
}

/** Weight of each offer for a group, 1 when it matches an occupation that somebody of the group seeks: the `relevance` of `accessGap`. */
export function matchedOffers(
  find: OfferFinder,
  level: MatchLevel,
  sought: Iterable<CodeRome>,
  offers: number,
): Float64Array {
  const matched = new Float64Array(offers);
  for (const code of sought) for (const offer of find(level, code).offers) matched[offer] = 1;
  return matched;
}

/** Rows of the cells of each group. Refuses a cell of no group, or a count of seekers that is not one. */
export function rowsByGroup({ ids, seekers, origin }: SeekerCells, groupIds: readonly string[]): readonly number[][] {
  const rows: number[][] = groupIds.map(() => []);
  for (let cell = 0; cell < seekers.length; cell++) {
    const own = rows[origin[cell]];
    if (!own || !(seekers[cell] >= 0 && seekers[cell] < Number.POSITIVE_INFINITY))
      throw new QuartiersError({
        what: "Cellule de demandeurs d'emploi impossible",
        where: ids[cell] ?? `ligne ${cell + 1}`,
        value: own ? String(seekers[cell]) : `groupe ${origin[cell]}`,
        expected: `un groupe de 0 à ${groupIds.length - 1} et un effectif fini (un effectif masqué n'est pas un nombre)`,
      });
    if (seekers[cell] > 0) own.push(cell);
  }
  return rows;
}
