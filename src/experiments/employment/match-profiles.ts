import { type MatchProfiles, matchProfile } from "../../models/access/match-profile.ts";
import type { MatchLevel } from "../../models/matching/rome-match.ts";
import type { AccessStudy } from "./access-study.ts";
import { studyCells, studyHomes, studyOffers } from "./study-columns.ts";
import { modeLabels, type StudyTravel, type TravelMode } from "./study-travel.ts";

/** Minutes of the three published limits. */
export const limitsMinutes: readonly number[] = [20, 30, 45];
/** The limit of the headline figure: « en moins de 30 minutes ». */
export const HEADLINE_LIMIT = 30;
const headline = limitsMinutes.indexOf(HEADLINE_LIMIT);

/** A row of some profiles. */
export interface ProfileRow {
  readonly all: MatchProfiles;
  readonly row: number;
}

/** The profiles of every place. */
export interface StudyProfiles {
  /** Null for a place without any visible seeker, or for what is not computed. */
  readonly find: (
    place: number,
    mode: TravelMode,
    level: MatchLevel,
    counting?: "offers" | "seekers",
    family?: string,
  ) => ProfileRow | null;
  readonly families: readonly string[];
}

/**
 * Every mode at the near level; every level for transit; families of occupations for transit and car at the near level. What nobody prints is not computed.
 */
export function studyProfiles(study: AccessStudy, { minutes, carKm }: StudyTravel): StudyProfiles {
  const base = {
    homes: studyHomes(study),
    cells: studyCells(study),
    offers: studyOffers(study),
    matching: study.matching,
  };
  const profile = (modes: readonly TravelMode[], levels: readonly MatchLevel[], families: boolean): MatchProfiles =>
    matchProfile(
      // Lengths by road whatever the mode: one distance for all.
      { ...base, travel: modes.map((mode) => ({ mode, minutes: minutes[mode], km: mode === "car" ? carKm : null })) },
      { limitsMinutes, levels, families },
    );
  const parts = study.hasOccupations
    ? [
        profile(["walk", "bike"], ["near"], false),
        profile(["transit", "car"], ["near"], true),
        profile(["transit"], ["strict", "wide"], false),
      ]
    : [profile(["walk", "bike", "transit", "car"], ["near"], false)];
  const places = new Map(study.places.map(({ code }, place) => [code, place]));
  const keys = new Map<string, ProfileRow>();
  for (const all of parts)
    all.group.forEach((group, row) => {
      const key = [places.get(group), all.mode[row], all.level[row], all.counting[row], all.family[row]];
      keys.set(key.join("|"), { all, row });
    });
  return {
    find: (place, mode, level, counting = "offers", family = "") =>
      keys.get([place, mode, level, counting, family].join("|")) ?? null,
    families: [...new Set(parts.flatMap(({ family }) => [...family]))].filter((family) => family !== "").sort(),
  };
}

/** One number a place, NaN where the place has no visible seeker. */
export function byPlace(
  study: AccessStudy,
  profiles: StudyProfiles,
  pick: (all: MatchProfiles, row: number) => number,
  mode: TravelMode = "transit",
  level: MatchLevel = "near",
  counting: "offers" | "seekers" = "offers",
): Float64Array {
  return Float64Array.from(study.places, (_, place) => {
    const found = profiles.find(place, mode, level, counting);
    return found ? pick(found.all, found.row) : Number.NaN;
  });
}

/** Matching posts in reach within the headline limit, and their share. */
export const reachedOf = (all: MatchProfiles, row: number): number => all.reached[headline]?.[row] ?? Number.NaN;
export const shareOf = (all: MatchProfiles, row: number): number => all.share[headline]?.[row] ?? Number.NaN;

export const modeOf = (mode: TravelMode): string => modeLabels[mode];
