import { type SurveyDesign, surveyDesign } from "../../../src/models/survey/design.ts";
import { column, expected } from "./regression-rows.ts";

const weights = column("weight");

/** 1 for the rows whose weight is not 0: those of R's design. */
export const whereWeighted: Uint8Array = Uint8Array.from(weights, (weight) => (weight > 0 ? 1 : 0));

const { stratum, cluster } = expected.designRows;
let next = 0;
const place = Array.from(whereWeighted, (kept) => (kept === 1 ? next++ : -1));
const nameOf = (values: number[]): string[] => place.map((at) => (at < 0 ? String(values[0]) : String(values[at])));

/** The seeded rows as a stratified sample of clusters, rows of weight 0 in units that are drawn anyway. */
export const seededDesign: SurveyDesign = surveyDesign({
  ...{ weights, strata: nameOf(stratum), clusters: nameOf(cluster), nest: true, zeroWeights: "keep" },
});
