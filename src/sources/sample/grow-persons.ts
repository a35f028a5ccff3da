import type { SampleZones } from "./grow-zones.ts";
import type { SampleQpv } from "./neighbourhoods.ts";
import { makePracticeSurvey, practiceTruths, writePracticeSurvey } from "./practices.ts";
import { trajectoryTruths, writeTrajectories } from "./trajectories.ts";

/** Invented persons: the survey of practices and the monthly paths. */
export function growPersons(
  qpvs: readonly SampleQpv[],
  zones: SampleZones,
  populations: ReadonlyMap<string, number>,
  seed: number,
): [string, string][] {
  const survey = makePracticeSurvey(zones, populations, seed);
  return [
    ["enquete-pratiques/pratiques_2018.csv", writePracticeSurvey(survey)],
    ["trajectoires/trajectoires.csv", writeTrajectories(qpvs, seed)],
    ["verite/pratiques-2018.json", practiceTruths(survey)],
    ["verite/trajectoires.json", trajectoryTruths()],
  ];
}
