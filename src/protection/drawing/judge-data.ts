import type { GateFinding } from "../gate-finding.ts";
import type { DrawingContext } from "./drawing-context.ts";
import { drawingFinding } from "./drawing-finding.ts";
import { isLayout, knownFields, measuredData, numberIn, releasedRowTest } from "./drawn-rows.ts";
import { channelName, fieldOf, type SpecParts, type UnitView } from "./read-spec.ts";

/**
 * What the rows of a specification say by being in the file, drawn or not: rows of units, identifiers, fields that nothing declares or draws,
 * rows that are not of the released table, counts under the threshold.
 */
export function judgeData(parts: SpecParts, context: DrawingContext): readonly GateFinding[] {
  const findings: GateFinding[] = [];
  const add = (code: Parameters<typeof drawingFinding>[0], place: string): void => {
    findings.push(drawingFinding(code, place, context));
  };
  const known = knownFields(context);
  const drawn = drawnFields(parts.views);
  const released = context.released ? releasedRowTest(context.released) : null;
  for (const { place, rows } of parts.data) {
    if (rows === null) {
      add("donnees-illisibles", place);
      continue;
    }
    const fields = new Set(rows.flatMap((row) => Object.keys(row)));
    for (const field of fields) {
      if (isLayout(field, context)) continue;
      if (context.columns[field] === "identifier") add("identifiant", `${place}, champ ${field}`);
      else if (!known.has(field)) add("champ-non-declare", `${place}, champ ${field}`);
      else if (!context.released && !context.counts.includes(field) && !drawn.has(field))
        add("donnees-cachees", `${place}, champ ${field}`);
    }
  }
  for (const place of parts.unused) {
    const rows = parts.data.find((data) => data.place === place)?.rows ?? [];
    // Released rows may be carried without being drawn: they are published beside the drawing.
    if (!(released && rows.every(released))) add("donnees-cachees", place);
  }
  for (const { place, rows } of measuredData(parts, context)) {
    if (released) {
      if (!rows.every(released)) add("ligne-hors-table", place);
      continue;
    }
    if (context.rows === "units") {
      add("lignes-brutes", place);
      continue;
    }
    const counted = context.counts.filter((count) => rows.some((row) => count in row));
    if (counted.length === 0) add("effectif-inconnu", place);
    for (const count of counted) {
      const units = rows.map((row) => numberIn(row, count));
      const measured = rows.some((row, i) => units[i] === null && hasMeasure(row, context));
      if (measured || units.some((n) => n !== null && !(n >= 0))) add("effectif-inconnu", `${place}, champ ${count}`);
      if (units.some((n) => n !== null && n > 0 && n < context.minUnits))
        add(isHistogram(parts.views) ? "histogramme-fin" : "petite-cellule", `${place}, champ ${count}`);
    }
  }
  return findings;
}

/** Fields that some channel, facet or transform names. */
export function drawnFields(views: readonly UnitView[]): ReadonlySet<string> {
  return new Set(
    views.flatMap(({ encoding }) =>
      Object.entries(encoding).flatMap(([channel, definition]) =>
        ["tooltip", "detail", "key"].includes(channelName(channel)) ? [] : (fieldOf(definition) ?? []),
      ),
    ),
  );
}

/** Bars over bins that were made before the drawing. */
const isHistogram = (views: readonly UnitView[]): boolean =>
  views.some(({ encoding }) => Object.values(encoding).some(({ bin }) => bin === "binned"));

function hasMeasure(row: Readonly<Record<string, unknown>>, { columns }: DrawingContext): boolean {
  return Object.entries(row).some(
    ([field, value]) => typeof value === "number" && ["measure", "rate", "extreme"].includes(columns[field] ?? ""),
  );
}
