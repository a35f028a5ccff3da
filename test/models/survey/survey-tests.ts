import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type SurveyDesign, surveyDesign } from "../../../src/models/survey/design.ts";
import { jackknifeReplicates } from "../../../src/models/survey/jackknife-replicates.ts";
import type { ProportionMethod } from "../../../src/models/survey/proportion-interval.ts";
import type { SurveyWeighting } from "../../../src/models/survey/replicate-design.ts";
import { reference } from "../../reference/reference.ts";
import { realData } from "../../support/real-data.ts";

interface Found {
  readonly statistic: number;
  readonly parameter: readonly [number, number];
  readonly pValue: number;
}
export interface ExpectedTest {
  readonly first: string;
  readonly second: string;
  readonly F: Found;
  readonly Chisq: Found;
  readonly Wald: Found;
  readonly adjWald: Found;
}
interface ExpectedInterval {
  readonly method: Exclude<ProportionMethod, "wilson">;
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}
interface SurveyTests {
  readonly rows: {
    readonly stratum: readonly string[];
    readonly weight: readonly number[];
    readonly diploma: readonly string[];
    readonly cluster: readonly string[];
    readonly cinema: readonly string[];
    readonly partial: readonly (string | null)[];
    readonly rare: readonly number[];
    readonly common: readonly number[];
    readonly group: readonly number[];
  };
  readonly intervals: readonly (ExpectedInterval & {
    readonly design: string;
    readonly answer: "common" | "rare";
    readonly domain: string;
    readonly standardError: number;
    readonly df: number;
  })[];
  readonly tests: readonly (ExpectedTest & { readonly design: string; readonly domain: string })[];
  readonly groups: readonly {
    readonly design: string;
    readonly group: readonly number[];
    readonly estimate: readonly number[];
    readonly standardError: readonly number[];
  }[];
  readonly api: readonly (ExpectedTest & { readonly data: string })[];
  readonly apiIntervals: readonly (ExpectedInterval & { readonly data: string })[];
}

/** Values of R survey, and the invented answers they come from. */
export const surveyTests: SurveyTests = reference<SurveyTests>("survey-tests");

/** The designs of the invented answers: weights alone, strata, clusters, clusters of a finite population, and the jackknife of clusters. */
export function invented(name: string): SurveyWeighting {
  const { weight, stratum, cluster } = surveyTests.rows;
  const weights = Float64Array.from(weight);
  if (name === "weights") return surveyDesign({ weights });
  if (name === "strata") return surveyDesign({ weights, strata: stratum });
  const clusters = { weights, strata: stratum, clusters: cluster };
  if (name === "jackknife") return jackknifeReplicates(surveyDesign(clusters));
  return surveyDesign(
    name === "finite" ? { ...clusters, populationUnits: new Float64Array(weights.length).fill(30) } : clusters,
  );
}

/** A set of R survey's api data where the machine has it, with its design (no finite population correction). */
export function apiSurvey(name: string): {
  readonly design: SurveyDesign;
  readonly column: (name: string) => readonly string[];
} {
  const [head = "", ...lines] = readFileSync(join(realData ?? "", `reference/statistics/${name}.csv`), "utf8")
    .trim()
    .split("\n");
  const cells = (line: string): readonly string[] =>
    [...line.matchAll(/("[^"]*"|[^,]*)(,|$)/g)].map(([, cell = ""]) => cell.replaceAll('"', ""));
  const names = cells(head);
  const rows = lines.map(cells);
  const column = (wanted: string): readonly string[] => rows.map((row) => row[names.indexOf(wanted)] ?? "");
  const weights = Float64Array.from(column("pw"), Number);
  const strata = name === "apistrat" ? { strata: column("stype") } : {};
  const clusters = name.startsWith("apiclus") ? { clusters: column("dnum") } : {};
  return { design: surveyDesign({ weights, ...strata, ...clusters }), column };
}
