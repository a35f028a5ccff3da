import { QuartiersError } from "../../codes/errors.ts";
import { checkCosts } from "../matching/cost-matrix.ts";
import type { OfferCells, SeekerCells } from "../matching/match-costs.ts";
import { type MatchLevel, matchLevels, type RomeMatching } from "../matching/rome-match.ts";
import { defaultLimitsMinutes } from "./access-gap.ts";
import { groupHomes, type HomePoints } from "./home-points.ts";
import { matchWeights, offerFinder, rowsByGroup } from "./match-weights.ts";
import {
  type Counting,
  type GroupJourneys,
  type ModeTravel,
  type ProfileNumbers,
  profileOf,
} from "./profile-numbers.ts";
import { checkOffers } from "./reach-replicates.ts";
import { checkLimit } from "./reach-shares.ts";
import { restrictJourneys, sortedJourneys } from "./sorted-journeys.ts";

export interface MatchProfileInput {
  readonly homes: HomePoints;
  /** Seekers by group and occupation; `origin` is the number of the group in `homes.groupIds`. */
  readonly cells: SeekerCells;
  /** `destination` is the column of the matrices. */
  readonly offers: OfferCells;
  readonly matching: RomeMatching;
  readonly travel: readonly ModeTravel[];
}

export interface MatchProfileOptions {
  /** 20, 30 and 45 minutes by default, bound included. */
  readonly limitsMinutes?: readonly number[];
  /** 10 by default. */
  readonly nearest?: number;
  /** 0.1 and 0.5 by default. */
  readonly sharesToReach?: readonly number[];
  readonly levels?: readonly MatchLevel[];
  /** Rows by family of occupations (the letter of the code), besides the row of all; true by default. */
  readonly families?: boolean;
}

/** Quartiles, one entry a row. */
export interface Quartiles {
  readonly first: Float64Array;
  readonly median: Float64Array;
  readonly third: Float64Array;
}

/** The published shape, one row a group, family, level of match, mode and way to count; columns of equal length. Never NaN. */
export interface MatchProfiles {
  readonly group: readonly string[];
  /** A letter, or "" for all occupations. */
  readonly family: readonly string[];
  readonly level: readonly MatchLevel[];
  readonly mode: readonly string[];
  readonly counting: readonly Counting[];
  /** Seekers of the row, and those for whom no offer of the territory matches: counts of people, to be protected like any. */
  readonly seekers: Float64Array;
  readonly withoutOffer: Float64Array;
  /** Matching posts: all of them, or those of a seeker on average. */
  readonly matching: Float64Array;
  readonly limitsMinutes: readonly number[];
  /** By limit: posts that somebody of the group (a seeker) reaches on average. */
  readonly reached: readonly Float64Array[];
  /** By limit, 0 to 1: of the posts that match; or the mean of each seeker's own share, 0 for those without any. */
  readonly share: readonly Float64Array[];
  /** Over all matching posts. Infinity where they are out of reach, or where there is none. */
  readonly minutes: Quartiles;
  readonly km: Quartiles | null;
  /** Over the k nearest posts of each home, nearest in minutes. */
  readonly nearestMinutes: Quartiles;
  readonly nearestKm: Quartiles | null;
  readonly sharesToReach: readonly number[];
  /** By share: the smallest number of minutes within which that share of the posts is reached. */
  readonly minutesToReach: readonly Float64Array[];
}

/**
 * How far the jobs are that the seekers of each group look for. A home is drawn among the points of the group; a pair of home and post counts for
 * (share of the group at that home) x (weight of the post). "offers": each post that matches somebody of the row weighs 1, « 202 offres sur 2 031 ». "seekers": each seeker
 * weighs 1, spread over the posts that match the occupation sought; a rare occupation is not drowned by the common ones. What cannot be reached stays at
 * Infinity and in the quantiles, like a seeker for whom nothing matches. Quartiles are those of `weightedQuantiles`.
 * A family gathers the occupations SOUGHT that begin with its letter; an offer may match two families, and the posts of families add up to more than all.
 *
 * Groups without seekers give no row. Refuses what `groupHomes` does, negative or missing costs, an occupation that the ROME does not list.
 * O(homes x places x levels x families x modes).
 * @example
 * ```ts
 * const codes = ["G1602", "K2204"].map(codeRome);
 * const same = new Map(codes.map((code) => [code, new Set([code])]));
 * const { reached, matching, share, minutes } = matchProfile({
 *   homes: { groupIds: ["QP1"], group: Int32Array.of(0), point: Int32Array.of(0), weight: Float64Array.of(1) },
 *   cells: { ids: ["QP1 G1602"], seekers: Float64Array.of(12), rome: codes.slice(0, 1), origin: Int32Array.of(0) },
 *   offers: { ids: ["a", "b", "c"], posts: Float64Array.of(1, 3, 9), rome: [codes[0], codes[0], codes[1]], destination: Int32Array.of(0, 1, 1) },
 *   matching: { strict: same, near: same, wide: same, titleOnly: new Set(), unknown: [] },
 *   travel: [{ mode: "car", minutes: { rows: 1, columns: 2, values: Float64Array.of(12, 40) } }],
 * }, { levels: ["strict"], families: false });
 * [reached[1][0], matching[0], share[1][0], minutes.median[0]] // [ 1, 4, 0.25, 40 ]
 * ```
 */
export function matchProfile(input: MatchProfileInput, options: MatchProfileOptions = {}): MatchProfiles {
  const { homes, cells, offers, travel } = input;
  const { limitsMinutes = defaultLimitsMinutes, nearest = 10, sharesToReach = [0.1, 0.5] } = options;
  const { levels = matchLevels, families = true } = options;
  limitsMinutes.forEach(checkLimit);
  checkAsked(nearest, sharesToReach);
  const columns = checkTravel(travel);
  checkOffers(offers, columns);
  const grouped = groupHomes(homes, travel[0]?.minutes.rows ?? 0);
  const find = offerFinder(input.matching, offers);
  const withKm = travel.some(({ km }) => km);
  const settings = { limitsMinutes, nearest, sharesToReach };
  const rows = rowsByGroup(cells, homes.groupIds);
  const table: ProfileRow[] = [];
  const places = Int32Array.from(new Set(offers.destination)).sort();
  rows.forEach((ofGroup, group) => {
    if (ofGroup.length === 0) return;
    const journeys = travel.map(({ minutes, km }) => ({
      minutes: sortedJourneys(minutes, grouped, group, places),
      km: km ? sortedJourneys(km, grouped, group, places) : null,
    }));
    for (const family of ["", ...(families ? familiesOf(cells, ofGroup) : [])]) {
      const ofFamily = ofGroup.filter((row) => (cells.rome[row] ?? "").startsWith(family));
      for (const level of levels) {
        const weights = matchWeights(find, level, cells, ofFamily, offers, columns);
        travel.forEach((mode, m) => {
          const { minutes, km } = journeys[m] as GroupJourneys;
          const sorted = {
            minutes: restrictJourneys(minutes, weights.union),
            km: km && restrictJourneys(km, weights.union),
          };
          for (const counting of ["offers", "seekers"] as const)
            table.push({
              ...{ group: homes.groupIds[group] ?? "", family, level, mode: mode.mode, counting },
              ...{ seekers: weights.seekers, withoutOffer: weights.withoutOffer },
              ...profileOf(grouped, group, weights, mode, sorted, offers, counting, settings),
            });
        });
      }
    }
  });
  const column = (of: (row: ProfileRow) => number): Float64Array => Float64Array.from(table, of);
  const quartiles = (of: (row: ProfileRow) => Float64Array): Quartiles => ({
    first: column((row) => of(row)[0]),
    median: column((row) => of(row)[1]),
    third: column((row) => of(row)[2]),
  });
  return {
    group: table.map(({ group }) => group),
    family: table.map(({ family }) => family),
    level: table.map(({ level }) => level),
    mode: table.map(({ mode }) => mode),
    counting: table.map(({ counting }) => counting),
    seekers: column(({ seekers }) => seekers),
    withoutOffer: column(({ withoutOffer }) => withoutOffer),
    matching: column(({ matching }) => matching),
    limitsMinutes,
    reached: limitsMinutes.map((_, limit) => column(({ reached }) => reached[limit])),
    share: limitsMinutes.map((_, limit) => column(({ share }) => share[limit])),
    minutes: quartiles(({ minutes }) => minutes),
    km: withKm ? quartiles(({ km }) => km) : null,
    nearestMinutes: quartiles(({ nearestMinutes }) => nearestMinutes),
    nearestKm: withKm ? quartiles(({ nearestKm }) => nearestKm) : null,
    sharesToReach,
    minutesToReach: sharesToReach.map((_, s) => column(({ minutesToReach }) => minutesToReach[s])),
  };
}

interface ProfileRow extends ProfileNumbers {
  readonly group: string;
  readonly family: string;
  readonly level: MatchLevel;
  readonly mode: string;
  readonly counting: Counting;
  readonly seekers: number;
  readonly withoutOffer: number;
}

/** Refuses a number of nearest posts or a share to reach that is not one. */
function checkAsked(nearest: number, shares: readonly number[]): void {
  if (nearest > 0 && nearest < Number.POSITIVE_INFINITY && shares.every((share) => share > 0 && share <= 1)) return;
  throw new QuartiersError({
    what: "Nombre de postes proches ou part à atteindre impossible",
    value: `${nearest} postes, parts ${shares.join(", ")}`,
    expected: "un nombre positif de postes, des parts entre 0 et 1",
  });
}

const familiesOf = ({ rome }: SeekerCells, rows: readonly number[]): string[] =>
  [...new Set(rows.map((row) => (rome[row] ?? "").slice(0, 1)))].sort();

/** Refuses no mode, or matrices that are not of the same places; returns the number of places of work. */
function checkTravel(travel: readonly ModeTravel[]): number {
  const first = travel[0]?.minutes;
  if (!first) throw new QuartiersError({ what: "Aucun mode de transport", expected: "au moins une matrice de durées" });
  for (const { mode, minutes, km } of travel)
    for (const matrix of km ? [minutes, km] : [minutes]) {
      checkCosts(matrix);
      if (matrix.rows !== first.rows || matrix.columns !== first.columns)
        throw new QuartiersError({
          what: `Matrice d'une autre taille pour le mode ${mode}`,
          value: `${matrix.rows} × ${matrix.columns}`,
          expected: `${first.rows} × ${first.columns}, les mêmes lieux que le premier mode`,
        });
    }
  return first.columns;
}
