import { reasonAt, type Table } from "../../codes/table.ts";
import type { GateFinding } from "../gate-finding.ts";
import { Refusal } from "../refusal.ts";
import type { Released } from "../released.ts";
import { checkDrawing } from "./check-drawing.ts";
import { type DrawingContext, releasedContext } from "./drawing-context.ts";
import { rewrittenFinding } from "./drawing-finding.ts";
import { type Json, readSpec } from "./read-spec.ts";
import { safeCounts } from "./safe-counts.ts";
import { safePeople } from "./safe-people.ts";

/** A drawing that may be published, and what was changed to make it so. */
export interface SafeDrawing {
  readonly spec: Json;
  /** The released table that it draws. */
  readonly data: Released;
  /** One for each reason that the gate had to refuse the author's drawing. */
  readonly changes: readonly GateFinding[];
}

/**
 * Rewrites a drawing that the gate refuses into one that it accepts, or null when no safe rewriting exists. The new specification is written from the
 * records or from the counts once they have passed `release()`; of the author's it keeps the kind of mark, the channels and the titles that say nothing
 * protected. It is judged again, and its bytes are searched for every identifier of the records, before it is returned.
 * @param records the units, when the rows of the drawing are units; else any table whose sources are those of the counts drawn
 */
export function safeDrawing(spec: Json, records: Table, context: DrawingContext): SafeDrawing | null {
  const changes: GateFinding[] = [];
  for (const finding of checkDrawing(spec, context)) {
    const change = rewrittenFinding(finding, context);
    if (change === null) return null;
    changes.push(change);
  }
  const parts = readSpec(spec);
  const made = rewritten(() =>
    context.rows === "units" ? safePeople(parts, records, context) : safeCounts(spec, parts, records, context),
  );
  if (made === null) return null;
  const left = checkDrawing(made.spec, { ...releasedContext(made.data, context.name), minUnits: context.minUnits });
  if (left.length > 0 || holdsIdentifier(made.spec, records, context)) return null;
  return { ...made, changes };
}

/** A table that the gate cannot make safe has no safe drawing. */
function rewritten<T>(make: () => T): T | null {
  try {
    return make();
  } catch (error) {
    if (error instanceof Refusal) return null;
    throw error;
  }
}

/** A shorter identifier is met by chance in any file; its column is left out by construction. */
const shortestSought = 4;

/** Whether the bytes of a specification hold the identifier of some record. */
export function holdsIdentifier(spec: Json, records: Table, { columns }: DrawingContext): boolean {
  const bytes = JSON.stringify(spec);
  return Object.entries(columns).some(([name, kind]) => {
    const column = records.columns[name];
    if (kind !== "identifier" || column === undefined) return false;
    return Array.from({ length: records.numRows }, (_, row) => row).some((row) => {
      const text = String(column.values[row]);
      return reasonAt(column, row) === null && text.length >= shortestSought && bytes.includes(text);
    });
  });
}
