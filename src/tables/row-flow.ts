import { QuartiersError } from "../codes/errors.ts";
import type { ConversionReport } from "./conversion-report.ts";
import type { JoinReport } from "./join.ts";

/** Rows in, rows kept, rows lost by reason: what provenance says of a step. rowsIn = matched + all the losses. */
export interface RowFlow {
  readonly rowsIn: number;
  readonly matched: number;
  /** Rows lost, by French reason; only reasons that took some. */
  readonly lost: Readonly<Record<string, number>>;
}

/**
 * The order of magnitude of a step, for provenance. Refuses a report that does not account for every row.
 * @example
 * ```ts
 * orderOfMagnitude({ leftRows: 5, matched: 3, leftOnly: 2, leftWithoutKey: 0 }) // { rowsIn: 5, matched: 3, lost: { 'clé absente à droite': 2 } }
 * ```
 */
export function orderOfMagnitude(
  report:
    | Pick<JoinReport, "leftRows" | "matched" | "leftOnly" | "leftWithoutKey">
    | Pick<ConversionReport, "rowsIn" | "unchanged" | "recoded" | "merged" | "split" | "withoutKey" | "unknown">,
): RowFlow {
  const flow: RowFlow =
    "leftRows" in report
      ? {
          rowsIn: report.leftRows,
          matched: report.matched,
          lost: some({ "clé absente à droite": report.leftOnly, "sans clé": report.leftWithoutKey }),
        }
      : {
          rowsIn: report.rowsIn,
          matched: report.unchanged + report.recoded + report.merged + report.split,
          lost: some({ "code inconnu": report.unknown, "sans clé": report.withoutKey }),
        };
  const total = flow.matched + Object.values(flow.lost).reduce((sum, count) => sum + count, 0);
  if (total !== flow.rowsIn)
    throw new QuartiersError({
      what: "Un rapport ne rend pas compte de toutes les lignes",
      value: String(total),
      expected: `${flow.rowsIn} lignes`,
      remedy: "signaler cette erreur",
    });
  return flow;
}

const some = (counts: Readonly<Record<string, number>>): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
