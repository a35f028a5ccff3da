import type { CodeRome } from "../../codes/code.ts";
import type { OfferCells, SeekerCells } from "../matching/match-costs.ts";
import type { MatchLevel, RomeMatching } from "../matching/rome-match.ts";
import { offerFinder, rowsByGroup } from "./match-weights.ts";

/** Who, in each group, would take an offer of each occupation: all that competition needs to know of occupations. */
export interface SoughtPosts {
  readonly groups: number;
  /** Occupations offered that somebody seeks at the level; offers of others have no competitor anywhere. */
  readonly occupations: readonly CodeRome[];
  /** Occupation of each offer, -1 when nobody seeks it. */
  readonly occupationOfOffer: Int32Array;
  /** Group of each cell, and the occupations offered that it accepts: those of cell c are `starts[c]` to `starts[c + 1]` (excluded) of `accepted`. */
  readonly groupOfCell: Int32Array;
  readonly starts: Int32Array;
  readonly accepted: Int32Array;
  /** Seekers of each group who accept each occupation: occupation x group, so that all groups of an offer are neighbours in memory. */
  readonly seekers: Float64Array;
}

/** Counts the seekers of each group by occupation offered that they accept. O(cells x occupations accepted + offers). */
export function soughtPosts(
  matching: RomeMatching,
  level: MatchLevel,
  cells: SeekerCells,
  offers: OfferCells,
  groupIds: readonly string[],
): SoughtPosts {
  const find = offerFinder(matching, offers);
  const kept = new Set(rowsByGroup(cells, groupIds).flat());
  const rank = new Map<CodeRome, number>();
  const starts = new Int32Array(cells.seekers.length + 1);
  const accepted: number[] = [];
  for (let cell = 0; cell < cells.seekers.length; cell++) {
    if (kept.has(cell))
      for (const code of new Set(Array.from(find(level, cells.rome[cell] as CodeRome).offers, (j) => offers.rome[j]))) {
        if (code === undefined) continue;
        if (!rank.has(code)) rank.set(code, rank.size);
        accepted.push(rank.get(code) ?? -1);
      }
    starts[cell + 1] = accepted.length;
  }
  const sought = {
    groups: groupIds.length,
    occupations: [...rank.keys()],
    occupationOfOffer: Int32Array.from(offers.rome, (code) => rank.get(code) ?? -1),
    groupOfCell: cells.origin,
    ...{ starts, accepted: Int32Array.from(accepted) },
  };
  return { ...sought, seekers: seekersByOccupation(sought, cells.seekers) };
}

/** The same count for other numbers of seekers (a replicate). O(cells x occupations accepted). */
export function seekersByOccupation(
  { groups, occupations, groupOfCell, starts, accepted }: Omit<SoughtPosts, "seekers">,
  seekers: Float64Array,
): Float64Array {
  const counts = new Float64Array(groups * occupations.length);
  for (let cell = 0; cell < seekers.length; cell++)
    for (let at = starts[cell]; at < starts[cell + 1]; at++)
      counts[accepted[at] * groups + groupOfCell[cell]] += seekers[cell];
  return counts;
}
