import { writePopulationMargins } from "./population-margins.ts";
import { makePracticePopulation, type PracticeTerritory } from "./practice-population.ts";
import { writePracticeSurvey } from "./practice-survey-file.ts";
import { practiceTruths } from "./practice-truths.ts";
import { makePracticeSurvey } from "./practices.ts";
import { trajectoryTruths, writeTrajectories } from "./trajectories.ts";

/** Invented persons: the survey of practices, the population from which it is drawn, and the monthly paths. */
export function growPersons(territory: PracticeTerritory): [string, string][] {
  const { qpvs, seed } = territory;
  const population = makePracticePopulation(territory);
  const survey = makePracticeSurvey(population, seed);
  return [
    ["enquete-pratiques/pratiques_2018.csv", writePracticeSurvey(survey)],
    ...writePopulationMargins(population),
    ["trajectoires/trajectoires.csv", writeTrajectories(qpvs, seed)],
    ["verite/pratiques-2018.json", practiceTruths(population, survey)],
    ["verite/trajectoires.json", trajectoryTruths()],
  ];
}
