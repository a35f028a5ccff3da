import { matchedOffers, offerFinder } from "../../models/access/match-weights.ts";
import type { MatchLevel } from "../../models/matching/rome-match.ts";
import type { AccessStudy } from "./access-study.ts";

/** For each place, 1 for the offers that match an occupation that somebody there looks for; null for a place where none does. */
export function relevantOffers(
  { seekers, matching, offers }: AccessStudy,
  level: MatchLevel,
): readonly (Float64Array | null)[] {
  const find = offerFinder(matching, offers);
  return seekers.map((byRome) => {
    const relevance = matchedOffers(find, level, byRome.keys(), offers.rome.length);
    return relevance.some((weight) => weight > 0) ? relevance : null;
  });
}
