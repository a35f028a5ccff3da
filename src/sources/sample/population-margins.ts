import { populationAges, populationDiplomas } from "../population-qpv.ts";
import { type PracticeProfile, practiceProfiles } from "./practice-effects.ts";
import type { PracticeArea, PracticePopulation } from "./practice-population.ts";
import { csv } from "./writing.ts";

const countOf = ({ cells }: PracticeArea, kept: (profile: PracticeProfile) => boolean): number =>
  practiceProfiles.reduce((sum, profile, i) => (kept(profile) ? sum + cells[i] : sum), 0);

/** Total, men by age, women by age, diplomas. */
const marginsOf = (area: PracticeArea): readonly number[] => [
  area.adults,
  ...[false, true].flatMap((woman) =>
    populationAges.map((_, age) => countOf(area, (profile) => profile.woman === woman && profile.age === age)),
  ),
  ...populationDiplomas.map((_, diploma) => countOf(area, (profile) => profile.diploma === diploma)),
];

const header = [
  "POP_15P",
  ...["H", "F"].flatMap((sex) => populationAges.map(([name]) => `${sex}_${name.toUpperCase()}`)),
  ...populationDiplomas.map(([name]) => `DIPL_${name.toUpperCase()}`),
];

/** `population_qpv.csv` and `population_hors_qpv.csv`: whole persons, the margins of the population from which the survey is drawn. */
export function writePopulationMargins({ areas }: PracticePopulation): [string, string][] {
  const lines = (inside: boolean): (string | number)[][] =>
    areas
      .filter(({ qpv }) => (qpv !== null) === inside)
      .map((area) => [area.qpv?.code ?? area.commune.code, ...marginsOf(area)]);
  return [
    ["population-qpv/population_qpv.csv", csv(["CODE_QP", ...header], lines(true), { separator: ";" })],
    ["population-qpv/population_hors_qpv.csv", csv(["COMMUNE", ...header], lines(false), { separator: ";" })],
  ];
}
