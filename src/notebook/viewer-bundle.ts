import { mergeLineages } from "../codes/lineage.ts";
import type { AreaViewer } from "../figures/area-viewer.ts";
import { assertReleased, type Released } from "../protection/released.ts";
import type { BundledTable, BundledViewer } from "./bundle.ts";
import { bundleColumn, recordOf, sourcesOf } from "./bundle-parts.ts";

/** The tables of a viewer, each let through by the gate. */
export function viewerTables({ id, areas, estimates, explanation }: AreaViewer): readonly Released[] {
  const tables = [areas, estimates, ...(explanation ? [explanation.data] : [])];
  for (const table of tables) assertReleased(table, `La visionneuse « ${id} »`);
  return tables;
}

/** What a viewer says of itself; whatever else an object carries stays behind. */
const viewerFields = [
  "id",
  "title",
  "subtitle",
  "alt",
  "champ",
  "lecture",
  "source",
  "licence",
  "vintage",
  "synthetic",
  "columns",
  "measures",
  "hypotheses",
  "hypothesisTitle",
  "opening",
  "interval",
  "panels",
  "calculator",
  "parameters",
] as const;

/** Only the columns that the page reads travel: what else a table carries stays behind. */
export function bundleViewer(value: AreaViewer): BundledViewer {
  const tables = viewerTables(value);
  const { areas, estimates, explanation, columns, measures } = value;
  const of = (data: Released, names: readonly (string | undefined)[]): BundledTable => ({
    columns: Object.fromEntries(
      [...new Set(names.filter((name) => name !== undefined))].map((name) => [name, bundleColumn(data, name)]),
    ),
    numRows: data.numRows,
  });
  const said = Object.fromEntries(viewerFields.map((field) => [field, value[field]])) as Pick<
    AreaViewer,
    (typeof viewerFields)[number]
  >;
  return {
    ...said,
    areas: of(areas, [columns.code, columns.name, columns.town]),
    estimates: of(estimates, [
      columns.hypothesis,
      columns.code,
      ...measures.flatMap(({ value: v, low, high, rank }) => [v, low, high, rank?.low, rank?.high, rank?.probability]),
    ]),
    explanation: explanation && {
      ...explanation,
      data: of(explanation.data, [
        explanation.code,
        explanation.hypothesis,
        explanation.factor,
        explanation.contribution,
        explanation.base,
        explanation.level,
      ]),
    },
    sources: sourcesOf(mergeLineages(...tables.map(({ lineage }) => lineage))),
    releases: tables.map(recordOf),
  };
}
