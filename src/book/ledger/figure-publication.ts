import type { SourceRef } from "../../codes/lineage.ts";
import {
  type Column,
  type MissingReason,
  missingReasons,
  numberColumn,
  type Table,
  table,
  textColumn,
} from "../../codes/table.ts";
import type { BundledColumn, BundledFigure } from "../../notebook/bundle.ts";
import type { Publication } from "../../protection/ledger/publication.ts";
import { publicationOf } from "../../protection/ledger/publication-of.ts";
import type { ZonePieces } from "../../protection/ledger/stated-zones.ts";
import type { Statement } from "../../protection/statement.ts";

/** What the gate recorded of a figure's table, as it travels. */
interface RecordedRelease {
  readonly basis: "counts" | "published";
  readonly statement: Statement | null;
}

/** What a figure's numbers count, less the numbers that it does not print; null when it prints none that was stated. */
export function statementOf({ release, columns }: BundledFigure): Statement | null {
  const { statement } = release as unknown as RecordedRelease;
  if (!statement) return null;
  const numbers = statement.numbers.filter(({ column }) => column in columns);
  const named = [...(statement.zone ? [statement.zone.column] : []), ...statement.by.map(({ column }) => column)];
  return numbers.length > 0 && named.every((column) => column in columns) ? { ...statement, numbers } : null;
}

/** A figure as the ledger reads it, or null when nothing in it was stated. `date` is the edition's: the ledger has no clock. */
export function figurePublication(figure: BundledFigure, zones: ZonePieces, date: string): Publication | null {
  const statement = statementOf(figure);
  return statement === null ? null : publicationOf(tableOf(figure), statement, zones, { id: figure.id, date });
}

function tableOf({ columns, sources, release }: BundledFigure): Table {
  const published = (release as unknown as RecordedRelease).basis === "published";
  const lineage: readonly SourceRef[] = sources.map((source) => ({ ...source, published }));
  return table(Object.fromEntries(Object.entries(columns).map(([name, one]) => [name, columnOf(one)])), lineage);
}

function columnOf({ type, label, unit, values }: BundledColumn): Column {
  const reasonOf = (value: number | string): number =>
    typeof value === "string" ? missingReasons.indexOf(value as MissingReason) + 1 : 0;
  if (type === "text") return textColumn(values.map(String), { label });
  const numbers = values.map((value) =>
    typeof value === "number" ? value : value === "Infinity" ? Number.POSITIVE_INFINITY : Number.NaN,
  );
  return numberColumn(numbers, { label, unit, missing: Uint8Array.from(values, reasonOf) });
}
