import type { SourceRef } from "../../codes/lineage.ts";
import { mergeLineages } from "../../codes/lineage.ts";
import { numbers, type Table, texts } from "../../codes/table.ts";
import { areaWeights, calibrateAreas } from "../../models/calibration/calibrate-areas.ts";
import { marginTargets } from "../../models/calibration/margin-targets.ts";
import { type SeedColumns, seedColumns } from "../../models/calibration/seed-columns.ts";
import { calibratedDesign } from "../../models/survey/calibrated-design.ts";
import { type Proportion, proportions } from "../../models/survey/proportion.ts";
import { type Practice, type PracticeSurvey, practiceOf } from "./practice-survey.ts";

/** What a national survey says of the practice in a commune, from its composition alone. */
export interface ExpectedPractice {
  readonly code: string;
  readonly name: string;
  /** Residents of 15 or more. */
  readonly persons: number;
  readonly rate: Proportion;
}

export interface CommuneExpected {
  readonly practice: Practice;
  readonly communes: readonly ExpectedPractice[];
  /** Host communes without an answer: not in the file of communes of 2 000 inhabitants, or margins that the survey cannot meet. */
  readonly left: number;
  readonly lineage: readonly SourceRef[];
}

/** Ages and diplomas that both the census and the survey tell. */
const ages = ["15 à 29 ans", "30 à 74 ans", "75 ans et plus"] as const;

/**
 * Expected share of a practice in the communes that hold a neighbourhood: the survey's respondents reweighted to the commune's sex, age and diplomas
 * (raking), then a weighted share with the variance of a calibrated design. It says what the composition alone would give at the survey's
 * national behaviour and date; it holds no effect of the place, by construction.
 */
export function communeExpected(
  survey: PracticeSurvey,
  communes: Table,
  hosts: readonly string[],
  practiceName: string,
): CommuneExpected | null {
  const practice = practiceOf(survey, practiceName);
  const { years } = survey;
  const { sex, diploma } = survey.social;
  if (!practice || !diploma || !years) return null;
  const columns = seedColumns({
    households: survey.people,
    variables: [
      { of: "households", name: "sexe", categories: sex.levels, codes: sex.codes },
      {
        of: "households",
        name: "âge",
        categories: ages,
        codes: Int32Array.from(years, (age) => (age < 30 ? 0 : age < 75 ? 1 : 2)),
      },
      { of: "households", name: "diplôme", categories: diploma.levels, codes: diploma.codes, partial: true },
    ],
  });
  const rows = new Map(texts(communes, "code_commune").values.map((code, row) => [code, row]));
  const wanted = [...new Set(hosts)].sort();
  const known = wanted.filter((code) => rows.has(code));
  const found = calibrateAreas(columns, {
    areas: known,
    weights: survey.design.weights,
    targets: Float64Array.from(
      known.flatMap((code) => [...communeTargets(columns, communes, rows.get(code) ?? -1, { sex, diploma })]),
    ),
  });
  const names = texts(communes, "nom_commune").values;
  const expected = found.flatMap((area): ExpectedPractice[] => {
    if (!area.ok) return [];
    const weights = areaWeights(columns, survey.design.weights, area.ratios);
    const design = calibratedDesign(survey.design, columns, { weights, ratios: area.ratios });
    const row = rows.get(area.area) ?? -1;
    const rate = proportions(design, practice.answers)[0];
    return rate ? [{ code: area.area, name: names[row] ?? "", persons: adults(communes, row), rate }] : [];
  });
  return {
    practice,
    communes: expected,
    left: wanted.length - expected.length,
    lineage: mergeLineages(survey.lineage, communes.lineage),
  };
}

const adults = (communes: Table, row: number): number =>
  numbers(communes, "pop_tot").values[row] - numbers(communes, "pop_0_14").values[row];

/** Margins of one commune: 30 to 74 years by difference; women of 15 or more in the same share as women of all ages. */
function communeTargets(
  columns: SeedColumns,
  communes: Table,
  row: number,
  {
    sex,
    diploma,
  }: Pick<PracticeSurvey["social"], "sex"> & {
    readonly diploma: NonNullable<PracticeSurvey["social"]["diploma"]>;
  },
): Float64Array {
  const at = (name: string): number => numbers(communes, name).values[row];
  const persons = adults(communes, row);
  const women = (persons * at("pop_femmes")) / at("pop_tot");
  const [none, middle, bac, higher] = diploma.levels;
  return marginTargets(columns, {
    sexe: Object.fromEntries(sex.levels.map((level) => [level, level === "femme" ? women : persons - women])),
    âge: {
      [ages[0]]: at("pop_15_29"),
      [ages[1]]: persons - at("pop_15_29") - at("pop_75p"),
      [ages[2]]: at("pop_75p"),
    },
    diplôme: {
      [none ?? ""]: at("pop_dipl_aucun"),
      [middle ?? ""]: at("pop_dipl_bepc") + at("pop_dipl_capbep"),
      [bac ?? ""]: at("pop_dipl_bac"),
      [higher ?? ""]: at("pop_dipl_sup2") + at("pop_dipl_sup34") + at("pop_dipl_sup"),
    },
  });
}
