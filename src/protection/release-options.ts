import type { Table } from "../codes/table.ts";
import type { Override } from "./override.ts";
import type { RateRelation } from "./rates.ts";
import type { Cell, ColumnSum, Margin } from "./relations.ts";
import type { Statement } from "./statement.ts";

/** Who contributes what to the amounts of a table: needed for the provider's rules of concentration. */
export interface Contributions {
  /** One row a contribution. */
  readonly records: Table;
  /** Text columns that the table and the records share, which name the cell; none for a table of one row. */
  readonly by: readonly string[];
  /** Label that, in the table, stands for every value of a column of `by`. */
  readonly totalLabel?: string;
  /** Column of the table that publishes the sum. */
  readonly column: string;
  /** Column of the records that holds the amount. */
  readonly value: string;
  /** Column of the records that says who contributes; each row is one contributor without it. */
  readonly contributor?: string;
  /** Column of the records that weighs them. */
  readonly weight?: string;
}

/** What the gate must know of a table. */
export interface ReleaseOptions {
  /** What the table is, for messages. */
  readonly name: string;
  /** Column counting the units behind each row; omitted only when every source is `published`. Several when weighted and unweighted both bind. */
  readonly counts?: string | readonly string[];
  /** Columns hidden with the row when it is under the threshold. Default: every number column except those in `open`. */
  readonly protects?: readonly string[];
  /** Columns that are public in themselves: codes, names, populations published elsewhere. Never hidden. */
  readonly open?: readonly string[];
  /** Additive relations among the rows of a column. */
  readonly margins?: readonly Margin[];
  /** Additive relations among the columns of each row. A part that is also in `counts` is judged cell by cell. */
  readonly columnSums?: readonly ColumnSum[];
  /** Rates that turn back into counts. */
  readonly rates?: readonly RateRelation[];
  /** Amounts with their contributors, judged by the provider's dominance, p % and zero rules. */
  readonly contributions?: readonly Contributions[];
  /** Cells to hide first, as a suppressor proposes them; the attacker judges them like the others. */
  readonly hide?: readonly Cell[];
  /** Signed decisions to publish in spite of a rule; the book prints them and refuses those that do not hold on its day. */
  readonly overrides?: readonly Override[];
  /** What the numbers count, for the ledger of publications. */
  readonly statement?: Statement;
}
