import type { GateFinding } from "../gate-finding.ts";
import type { DrawingContext } from "./drawing-context.ts";
import { judgeCalculations } from "./judge-calculations.ts";
import { judgeChannels } from "./judge-channels.ts";
import { judgeConstants } from "./judge-constants.ts";
import { judgeCrossings } from "./judge-crossings.ts";
import { judgeData } from "./judge-data.ts";
import { judgeEnds } from "./judge-ends.ts";
import { judgeMarks } from "./judge-marks.ts";
import { judgeRates } from "./judge-rates.ts";
import { judgeTexts } from "./judge-texts.ts";
import { type Json, readSpec } from "./read-spec.ts";

/**
 * Judges a Vega-Lite specification before it is published, whoever wrote it: everything that its bytes carry is taken as read, drawn or not. One finding
 * for each reason and place; none when it may be published. The codes and what is done about each are in `drawingRules`.
 * No finding holds, nor varies in its words with, a value of the data.
 * @example
 * ```ts
 * const spec = { data: { values: [{ sexe: "F", n: 55 }, { sexe: "H", n: 6 }] }, mark: "bar", encoding: { x: { field: "sexe" }, y: { field: "n" } } };
 * checkDrawing(spec, { name: "essai", minUnits: 11, unit: "personne", rows: "aggregates", counts: ["n"], columns: { sexe: "category" } }).map(({ code }) => code) // ["petite-cellule"]
 * ```
 */
export function checkDrawing(spec: Json, context: DrawingContext): readonly GateFinding[] {
  const parts = readSpec(spec);
  const findings = [
    ...judgeData(parts, context),
    ...judgeMarks(parts, context),
    ...judgeCalculations(spec, parts, context),
    ...judgeChannels(spec, parts, context),
    ...judgeRates(parts, context),
    ...judgeCrossings(parts, context),
    ...judgeConstants(spec, parts, context),
    ...judgeEnds(parts, context),
    ...judgeTexts(spec, parts, context),
  ];
  const seen = new Map(findings.map((finding) => [`${finding.code} ${finding.place}`, finding]));
  return [...seen.values()];
}
