import { frenchDate, frenchNumber } from "../../codes/french.ts";
import { groupCosts } from "../../models/access/reach-shares.ts";
import { matchCosts } from "../../models/matching/match-costs.ts";
import type { MatchLevel } from "../../models/matching/rome-match.ts";
import { transport } from "../../models/matching/transport.ts";
import type { Territory } from "../../sources/territory.ts";
import type { AccessStudy } from "../employment/access-study.ts";
import { LONGEST_JOURNEY } from "../employment/assignment.ts";
import { HEADLINE_LIMIT } from "../employment/match-profiles.ts";
import type { PolicyAssumptions } from "../employment/policies.ts";
import { placeHomes, seekerCounts, studyCells, studyOffers } from "../employment/study-columns.ts";
import type { StudyTravel } from "../employment/study-travel.ts";
import { travelRules } from "../travel/travel-rules.ts";
import { fewerPlaces } from "./fewer-places.ts";
import { policyRows } from "./policy-sensitivity.ts";
import type { Sensitivity } from "./sensitivity-table.ts";
import { shareInReach, type TravelAgain, type TravelSettings, withTravel } from "./travel-variations.ts";

/** Places on which times are computed again. */
const MOST_PLACES = 24;

export interface AccessRun {
  readonly territory: Territory;
  readonly study: AccessStudy;
  readonly travel: StudyTravel;
  readonly seed: number;
  readonly draws: number;
  readonly assumptions: PolicyAssumptions;
}

/** How the access measures move with each of their settings: times computed again on a few places, policies priced again on fewer. */
export async function accessSensitivity(run: AccessRun): Promise<readonly Sensitivity[]> {
  const few = fewerPlaces(run.study, run.travel, MOST_PLACES);
  const travel = await withTravel(run.territory, few.study, (again) => travelRows(few.study, again));
  const units = seekerCounts(few.study).reduce((sum, count) => sum + count, 0);
  const onFew = [...travel, ...levelRows(few.study, few.travel), assignmentRow(few.study, few.travel)];
  return [...onFew.map((row) => ({ ...row, units })), ...policyRows(run)];
}

/** Rules of travel with two other values each. */
const rules: readonly {
  readonly key: string;
  readonly rule: keyof typeof travelRules;
  readonly low: number;
  readonly high: number;
  readonly unit: string;
}[] = [
  { key: "marche_kmh", rule: "walkKmh", low: 3, high: 4.5, unit: "km/h" },
  { key: "marche_arret", rule: "stopWalkMinutes", low: 10, high: 30, unit: "min" },
  { key: "marche_correspondance", rule: "changeWalkMinutes", low: 4, high: 15, unit: "min" },
  { key: "correspondance_s", rule: "changeSeconds", low: 0, high: 180, unit: "s" },
  { key: "pas_depart", rule: "everyMinutes", low: 2, high: 15, unit: "min" },
];

async function travelRows(study: AccessStudy, again: TravelAgain): Promise<readonly Sensitivity[]> {
  const measured = `part des ${study.words.jobs} à ${HEADLINE_LIMIT} min sans voiture, sur ${study.places.length} ${study.words.many}`;
  const usual = await again.transit({});
  const base = shareInReach(study, usual, HEADLINE_LIMIT);
  const share = async (change: Partial<TravelSettings>): Promise<number> =>
    shareInReach(study, await again.transit(change), HEADLINE_LIMIT);
  const shown = (value: number, unit: string): string =>
    frenchNumber(value, { decimals: Number.isInteger(value) ? 0 : 1, unit });
  const row = (
    parameter: string,
    low: Sensitivity["low"],
    high: Sensitivity["high"],
    over: Partial<Sensitivity> = {},
  ): Sensitivity => ({ parameter, measured, unit: "%", decimals: 1, low, base, high, ...over });
  const rows: Sensitivity[] = [];
  for (const { key, rule, low, high, unit } of rules)
    rows.push(
      row(
        key,
        { setting: shown(low, unit), result: await share({ [rule]: low }) },
        { setting: shown(high, unit), result: await share({ [rule]: high }) },
      ),
    );
  const { hour, day } = study.transport;
  for (const [parameter, low, high] of [
    ["heure", { hour: hour - 1 }, { hour: hour + 1 }],
    ["jour", { day: dayAfter(day, 1) }, { day: dayAfter(day, 5) }],
  ] as const)
    rows.push(
      row(
        parameter,
        { setting: named(low), result: await share(low) },
        { setting: named(high), result: await share(high) },
      ),
    );
  const within = (limit: number) => ({
    setting: shown(limit, "min"),
    result: shareInReach(study, usual, limit),
  });
  rows.push(row("seuil_min", within(20), within(45)));
  const reached = async (maxMinutes: number): Promise<number> =>
    shareInReach(study, await again.transit({ maxMinutes }), maxMinutes);
  rows.push(
    row(
      "duree_max",
      { setting: shown(90, "min"), result: await reached(90) },
      { setting: shown(150, "min"), result: await reached(150) },
      {
        measured: `part des ${study.words.jobs} qu’un trajet permis atteint, quelle que soit sa durée, sur ${study.places.length} ${study.words.many}`,
        base: await reached(travelRules.maxMinutes),
      },
    ),
  );
  const byBike = async (kmh: number): Promise<number> => shareInReach(study, await again.bike(kmh), HEADLINE_LIMIT);
  for (const [parameter, base_, low, high, what] of [
    ["velo_kmh", travelRules.bikeKmh, 10, 15, "à vélo"],
    ["velo_electrique_kmh", travelRules.ebikeKmh, 17, 23, "en vélo électrique"],
  ] as const)
    rows.push(
      row(
        parameter,
        { setting: shown(low, "km/h"), result: await byBike(low) },
        { setting: shown(high, "km/h"), result: await byBike(high) },
        {
          measured: `part des ${study.words.jobs} à ${HEADLINE_LIMIT} min ${what}, sur ${study.places.length} ${study.words.many}`,
          base: await byBike(base_),
        },
      ),
    );
  return rows;
}

const named = (change: { readonly hour: number } | { readonly day: string }): string =>
  "hour" in change ? frenchNumber(change.hour, { unit: "h" }) : frenchDate(change.day);

/** The day so many days later, AAAA-MM-JJ. */
function dayAfter(day: string, days: number): string {
  const date = new Date(`${day}T12:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/** A stricter and a wider match, where occupations are known. */
function levelRows(study: AccessStudy, travel: StudyTravel): readonly Sensitivity[] {
  if (!study.hasOccupations) return [];
  const at = (level: MatchLevel): number => shareInReach(study, travel.minutes.transit, HEADLINE_LIMIT, level);
  return [
    {
      parameter: "correspondance",
      measured: `part des ${study.words.jobs} à ${HEADLINE_LIMIT} min sans voiture, sur ${study.places.length} ${study.words.many}`,
      unit: "%",
      decimals: 1,
      low: { setting: "même métier", result: at("strict") },
      base: at("near"),
      high: { setting: "même domaine", result: at("wide") },
    },
  ];
}

/** The share of people that the best plan places, under a shorter and a longer longest journey. */
function assignmentRow(study: AccessStudy, travel: StudyTravel): Sensitivity {
  const cells = studyCells(study);
  const seekers = Float64Array.from(cells.seekers, (count) => Math.round(count));
  const people = seekers.reduce((sum, count) => sum + count, 0);
  const costs = groupCosts(travel.minutes.transit, placeHomes(study));
  const offers = studyOffers(study);
  const posts = Float64Array.from(offers.posts, (count) => Math.round(count));
  const placed = (limit: number): number => {
    const problem = matchCosts(study.matching, "near", { ...cells, seekers }, { ...offers, posts }, costs, limit);
    return (100 * transport(problem, { cost: limit }).assignedCount) / people;
  };
  return {
    parameter: "duree_max_min",
    measured: `part des personnes que le meilleur plan place, s’il n’y avait que ${study.places.length} ${study.words.many}`,
    unit: "%",
    decimals: 1,
    low: { setting: "45\u00a0min", result: placed(45) },
    base: placed(LONGEST_JOURNEY),
    high: { setting: "90\u00a0min", result: placed(90) },
  };
}
