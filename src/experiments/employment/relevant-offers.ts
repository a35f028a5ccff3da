import type { MatchLevel } from "../../models/matching/rome-match.ts";
import type { AccessStudy } from "./access-study.ts";

/** For each place, 1 for the offers that match an occupation that somebody there looks for; null for a place without any visible seeker. */
export function relevantOffers(
  { seekers, matching, offers }: AccessStudy,
  level: MatchLevel,
): readonly (Float64Array | null)[] {
  return seekers.map((byRome) => {
    if (byRome.size === 0) return null;
    const accepted = new Set([...byRome.keys()].flatMap((code) => [...(matching[level].get(code) ?? [])]));
    const relevance = Float64Array.from(offers.rome, (code) => (accepted.has(code) ? 1 : 0));
    return relevance.some((weight) => weight > 0) ? relevance : null;
  });
}
