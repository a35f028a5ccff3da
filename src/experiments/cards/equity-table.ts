import type { SourceRef } from "../../codes/lineage.ts";
import { NOT_AVAILABLE, numberColumn, PRESENT, table, textColumn } from "../../codes/table.ts";
import { release } from "../../protection/release.ts";
import type { Released } from "../../protection/released.ts";

/** Error of an algorithm for one group, in the unit of the estimates. */
export interface GroupError {
  /** « grandes villes ». */
  readonly group: string;
  /** What the estimate is held against: « vérité inventée », « réponses de l’enquête ». */
  readonly against: string;
  /** Mean of estimate - truth. */
  readonly bias: number;
  /** Root of the mean squared gap. */
  readonly error: number;
  /** Estimates compared. */
  readonly compared: number;
  /** People behind them. */
  readonly people: number;
}

/** Errors compared between groups as a released table: through the same gate as everything else, on the people of each group. */
export function equityTable(
  rows: readonly GroupError[],
  {
    name,
    lineage,
    unit = "points",
  }: { readonly name: string; readonly lineage: readonly SourceRef[]; readonly unit?: string },
): Released {
  const tenths = (label: string, pick: (row: GroupError) => number) => {
    const values = rows.map((row) => Math.round(10 * pick(row)) / 10);
    return numberColumn(values, {
      label,
      unit,
      missing: Uint8Array.from(values, (value) => (Number.isNaN(value) ? NOT_AVAILABLE : PRESENT)),
    });
  };
  return release(
    table(
      {
        groupe: textColumn(
          rows.map(({ group }) => group),
          { label: "Groupe" },
        ),
        reference: textColumn(
          rows.map(({ against }) => against),
          { label: "Comparé à" },
        ),
        biais: tenths("Écart moyen", ({ bias }) => bias),
        erreur: tenths("Erreur", ({ error }) => error),
        comparaisons: numberColumn(
          rows.map(({ compared }) => compared),
          { label: "Estimations comparées", unit: "" },
        ),
        personnes: numberColumn(
          rows.map(({ people }) => people),
          { label: "Personnes", unit: "personnes" },
        ),
      },
      lineage,
    ),
    { name, counts: "personnes", open: ["groupe", "reference", "comparaisons"] },
  );
}

/** Bias and root mean squared error of gaps. */
export function errorsOf(gaps: readonly number[]): {
  readonly bias: number;
  readonly error: number;
  readonly compared: number;
} {
  const known = gaps.filter(Number.isFinite);
  const mean = (of: (gap: number) => number): number => known.reduce((sum, gap) => sum + of(gap), 0) / known.length;
  return { bias: mean((gap) => gap), error: Math.sqrt(mean((gap) => gap * gap)), compared: known.length };
}
