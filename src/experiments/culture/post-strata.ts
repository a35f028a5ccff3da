import { QuartiersError } from "../../codes/errors.ts";
import type { SourceRef } from "../../codes/lineage.ts";
import { numbers, texts } from "../../codes/table.ts";
import { type AreaCalibration, areaWeights, calibrateAreas } from "../../models/calibration/calibrate-areas.ts";
import { marginTargets } from "../../models/calibration/margin-targets.ts";
import { type SeedColumns, seedColumns } from "../../models/calibration/seed-columns.ts";
import type { CategoricalVariable } from "../../models/factors/categorical-variable.ts";
import { loadTable } from "../../sources/load.ts";
import { populationAges, populationDiplomas, populationQpvContract } from "../../sources/population-qpv.ts";
import type { Territory } from "../../sources/territory.ts";
import type { PracticeSurvey } from "./practice-survey.ts";

/** Residents of 15 or more of each neighbourhood by age, sex and diploma: the cells to which a model's rates are carried. */
export interface PostStrata {
  /** Codes of the neighbourhoods, in the order of `area`. */
  readonly codes: readonly string[];
  /** One entry a cell: its neighbourhood, age class, sex and diploma, as in the survey, and its persons. */
  readonly area: Int32Array;
  readonly age: Int32Array;
  readonly sex: Int32Array;
  readonly diploma: Int32Array;
  readonly persons: Float64Array;
  /** Residents of 15 or more of each neighbourhood. */
  readonly residents: Float64Array;
  readonly lineage: readonly SourceRef[];
}

/** A person is added to each cell of the seed, shared among all, so that a cell that nobody of the survey stands for is not impossible. */
const smoothing = 1;

/**
 * Joint cells from published margins (sex x age, diploma) by iterative proportional fitting from the survey's own cross table inside the neighbourhoods: the
 * margins are exact, the association of diploma with age and sex is the survey's, the same everywhere: an assumption, printed in the chapter.
 */
export async function postStrata(territory: Territory, survey: PracticeSurvey): Promise<PostStrata> {
  const file = await loadTable(territory, populationQpvContract);
  const { age, sex, diploma } = survey.social;
  const inside = survey.homes?.inside;
  if (!inside || !diploma) throw new Error("Post-strata need a survey that knows neighbourhoods and diplomas.");
  const levels = { age: age.levels.length, sex: sex.levels.length, diploma: diploma.levels.length };
  const cells = levels.age * levels.sex * levels.diploma;
  const codeOf = (cell: number) => ({
    age: Math.floor(cell / (levels.sex * levels.diploma)),
    sex: Math.floor(cell / levels.diploma) % levels.sex,
    diploma: cell % levels.diploma,
  });
  const seed = seedCells(survey.design.weights, inside, { age, sex, diploma }, cells);
  const columns = seedColumns({
    households: cells,
    variables: [
      {
        of: "households",
        name: "sexe et âge",
        categories: sex.levels.flatMap((one) => age.levels.map((other) => `${one}, ${other}`)),
        codes: Int32Array.from({ length: cells }, (_, cell) => codeOf(cell).sex * levels.age + codeOf(cell).age),
      },
      {
        of: "households",
        name: "diplôme",
        categories: diploma.levels,
        codes: Int32Array.from({ length: cells }, (_, cell) => codeOf(cell).diploma),
      },
    ],
  });
  const codes = texts(file, "code_qp").values.map((code) => code ?? "");
  const targets = codes.map((_, row) => {
    const bySexAge = sex.levels.flatMap((one, s) =>
      age.levels.map((other, a) => [
        `${one}, ${other}`,
        numbers(file, `${s === 0 ? "h" : "f"}_${populationAges[a]?.[0]}`).values[row],
      ]),
    );
    return marginTargets(columns, {
      "sexe et âge": Object.fromEntries(bySexAge),
      diplôme: Object.fromEntries(
        diploma.levels.map((level, d) => [level, numbers(file, `dipl_${populationDiplomas[d]?.[0]}`).values[row]]),
      ),
    });
  });
  const fitted = calibrateAreas(columns, {
    areas: codes,
    weights: seed,
    targets: Float64Array.from(targets.flatMap((row) => [...row])),
    zeroMargins: "exclude",
  });
  const persons = Float64Array.from(fitted.flatMap((area) => [...weightsOf(area, columns, seed)]));
  const cellOf = (pick: (of: ReturnType<typeof codeOf>) => number): Int32Array =>
    Int32Array.from(persons, (_, i) => pick(codeOf(i % cells)));
  return {
    codes,
    area: Int32Array.from(persons, (_, i) => Math.floor(i / cells)),
    age: cellOf(({ age: a }) => a),
    sex: cellOf(({ sex: s }) => s),
    diploma: cellOf(({ diploma: d }) => d),
    persons,
    residents: numbers(file, "pop_15p").values as Float64Array,
    lineage: file.lineage,
  };
}

function weightsOf(area: AreaCalibration, columns: SeedColumns, seed: Float64Array): Float64Array {
  if (area.ok) return areaWeights(columns, seed, area.ratios);
  throw new QuartiersError({
    what: "La composition d'un quartier ne se reconstitue pas",
    value: area.area,
    where: area.message,
    expected: "des marges de sexe, d'âge et de diplôme qui s'accordent",
    remedy: "corriger la ligne de ce quartier dans le fichier des habitants, ou la retirer",
  });
}

function seedCells(
  weights: Float64Array,
  inside: Float64Array,
  { age, sex, diploma }: Readonly<Record<"age" | "sex" | "diploma", CategoricalVariable>>,
  cells: number,
): Float64Array {
  const seed = new Float64Array(cells);
  let total = 0;
  let people = 0;
  for (let row = 0; row < weights.length; row++) {
    if (inside[row] !== 1 || age.codes[row] < 0 || sex.codes[row] < 0 || diploma.codes[row] < 0) continue;
    const cell = (age.codes[row] * sex.levels.length + sex.codes[row]) * diploma.levels.length + diploma.codes[row];
    seed[cell] += weights[row];
    total += weights[row];
    people++;
  }
  return seed.map((weight) => weight + (smoothing * total) / people / cells);
}
