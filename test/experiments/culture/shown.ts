import type { Column } from "../../../src/codes/table.ts";
import type { Note } from "../../../src/experiments/experiment.ts";
import type { Figure } from "../../../src/figures/figure.ts";
import type { KeyNumbers } from "../../../src/figures/key-numbers.ts";

/** All that a chapter shows, wherever its result holds it. */
export interface Shown {
  readonly figures: readonly Figure[];
  readonly notes: readonly Note[];
  readonly numbers: readonly KeyNumbers[];
}

export function shownIn(result: object): Shown {
  const figures: Figure[] = [];
  const notes: Note[] = [];
  const numbers: KeyNumbers[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    const { kind } = value as { readonly kind?: string };
    if (kind === "chart" || kind === "table") figures.push(value as Figure);
    else if (kind === "note") notes.push(value as Note);
    else if (kind === "numbers") numbers.push(value as KeyNumbers);
    else for (const inner of Object.values(value)) visit(inner);
  };
  visit(result);
  return { figures, notes, numbers };
}

/** Counts of people in a released table: the values of every column that counts them, and its name. */
export function peopleIn({ data }: Figure): readonly { readonly column: string; readonly values: Float64Array }[] {
  return Object.entries(data.columns as Readonly<Record<string, Column>>).flatMap(([column, source]) =>
    source.type === "number" && source.unit === "personnes" ? [{ column, values: source.values }] : [],
  );
}
