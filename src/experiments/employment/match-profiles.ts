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

/** The profiles of every place, with what is asked of them most often. */
export interface StudyProfiles {
  readonly all: MatchProfiles;
  /** Row of a place in `all`; -1 for a place without any visible seeker. */
  readonly rowOf: (
    place: number,
    mode: TravelMode,
    level: MatchLevel,
    counting?: "offers" | "seekers",
    family?: string,
  ) => number;
  readonly families: readonly string[];
}

/** Profiles by mode and level for all occupations, and by family of occupations for the headline mode and level. */
export function studyProfiles(study: AccessStudy, { minutes, carKm }: StudyTravel): StudyProfiles {
  const modes: readonly TravelMode[] = ["walk", "bike", "transit", "car"];
  const all = matchProfile(
    {
      homes: studyHomes(study),
      cells: studyCells(study),
      offers: studyOffers(study),
      matching: study.matching,
      travel: modes.map((mode) => ({
        mode,
        minutes: minutes[mode],
        // Lengths by road, whatever the mode: one distance for all.
        km: carKm,
      })),
    },
    {
      limitsMinutes,
      levels: study.hasOccupations ? ["strict", "near", "wide"] : ["near"],
      families: study.hasOccupations,
    },
  );
  const keys = new Map<string, number>();
  all.group.forEach((group, row) => {
    keys.set([group, all.mode[row], all.level[row], all.counting[row], all.family[row]].join("|"), row);
  });
  return {
    all,
    rowOf: (place, mode, level, counting = "offers", family = "") =>
      keys.get([study.places[place]?.code, mode, level, counting, family].join("|")) ?? -1,
    families: [...new Set(all.family)].filter((family) => family !== "").sort(),
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
    const row = profiles.rowOf(place, mode, level, counting);
    return row < 0 ? Number.NaN : pick(profiles.all, row);
  });
}

/** Matching posts in reach within the headline limit, and their share. */
export const reachedOf = (all: MatchProfiles, row: number): number => all.reached[headline]?.[row] ?? Number.NaN;
export const shareOf = (all: MatchProfiles, row: number): number => all.share[headline]?.[row] ?? Number.NaN;

export const modeOf = (mode: TravelMode): string => modeLabels[mode];
