import { numberColumn, type Table, table, textColumn } from "../../../src/codes/table.ts";
import type { ReleaseOptions } from "../../../src/protection/release-options.ts";
import type { Solver } from "../../../src/protection/solver/program.ts";
import { source } from "../support.ts";
import { Outsider } from "./outsider.ts";
import { type Draw, shown } from "./random-tables.ts";

/** Amounts by zone and trade with their margins, made of contributions. */
export interface RandomAmounts {
  readonly table: Table;
  readonly options: ReleaseOptions;
  /** Contributions of each row of the table. */
  readonly behind: readonly (readonly number[])[];
  /** [total, ...parts], as rows. */
  readonly sums: readonly (readonly number[])[];
}

const rule = { minUnits: 3, k: 85, pPercent: 10, amountPercent: 10 };

export function amountsTable(draw: Draw): RandomAmounts {
  const zones = 2 + draw(3);
  const trades = 2 + draw(3);
  const width = trades + 1;
  const cells = Array.from({ length: zones }, () =>
    Array.from({ length: trades }, () =>
      Array.from({ length: [0, 1, 2, 3, 4, 6, 9][draw(7)] ?? 3 }, () => 1 + draw(draw(5) === 0 ? 2000 : 60)),
    ),
  );
  const records = cells.flatMap((row, i) =>
    row.flatMap((own, j) => own.map((value) => ({ zone: `Z${i}`, trade: `M${j}`, value }))),
  );
  const behind = Array.from({ length: (zones + 1) * width }, (_, at) => {
    const i = Math.floor(at / width);
    const j = at % width;
    return cells
      .filter((_, zone) => i === zones || zone === i)
      .flatMap((row) => row.filter((_, t) => j === trades || t === j).flat());
  });
  const amount = { label: "Montant", unit: "EUR", summable: true };
  const text = (values: readonly string[], label: string) => textColumn(values, { label });
  const sums: number[][] = [];
  for (let i = 0; i <= zones; i++)
    sums.push([i * width + trades, ...Array.from({ length: trades }, (_, j) => i * width + j)]);
  for (let j = 0; j <= trades; j++)
    sums.push([zones * width + j, ...Array.from({ length: zones }, (_, i) => i * width + j)]);
  const secrecy = {
    unit: "établissement",
    minUnits: rule.minUnits,
    statedBy: "contrat",
    dominance: [{ n: 1, k: rule.k }],
    pPercent: rule.pPercent,
    amountPercent: rule.amountPercent,
  };
  const lineage = [source(rule.minUnits, { secrecy })];
  return {
    table: table(
      {
        zone: text(
          behind.map((_, at) => (Math.floor(at / width) === zones ? "Ensemble" : `Z${Math.floor(at / width)}`)),
          "Zone",
        ),
        trade: text(
          behind.map((_, at) => (at % width === trades ? "Ensemble" : `M${at % width}`)),
          "Métier",
        ),
        montant: numberColumn(
          behind.map((own) => own.reduce((sum, value) => sum + value, 0)),
          amount,
        ),
      },
      lineage,
    ),
    options: {
      name: "essai",
      margins: [{ column: "montant", by: ["zone", "trade"], totalLabel: "Ensemble" }],
      contributions: [
        {
          records: table(
            {
              zone: text(
                records.map(({ zone }) => zone),
                "Zone",
              ),
              trade: text(
                records.map(({ trade }) => trade),
                "Métier",
              ),
              value: numberColumn(
                records.map(({ value }) => value),
                amount,
              ),
            },
            lineage,
          ),
          by: ["zone", "trade"],
          totalLabel: "Ensemble",
          column: "montant",
          value: "value",
        },
      ],
    },
    behind,
    sums,
  };
}

/** Whether contributions break the provider's rules: frequency, dominance, p %. */
function breaks(contributions: readonly number[]): boolean {
  if (contributions.length === 0) return false;
  const [first = 0, second = 0] = [...contributions].sort((a, b) => b - a);
  const total = contributions.reduce((sum, value) => sum + value, 0);
  return (
    contributions.length < rule.minUnits ||
    100 * first > rule.k * total ||
    100 * (total - first - second) < rule.pPercent * first
  );
}

/** What a reader, or a contributor who is alone in his cell, finds closer than the contract allows. */
export function tooClose(
  { behind, sums, table: { columns } }: RandomAmounts,
  released: Table,
  solver: Solver,
): readonly string[] {
  const truth = columns.montant?.type === "number" ? columns.montant.values : new Float64Array();
  const seen = behind.map((_, row) => shown(released, "montant", row));
  const found = behind.flatMap((own, row): string[] =>
    seen[row] !== null && breaks(own) ? [`ligne ${row} : visible, alors qu'elle rompt une règle`] : [],
  );
  const margin = rule.amountPercent / 100;
  const views = [
    { who: "un lecteur", seen },
    ...behind.flatMap((own, row) => {
      if (own.length !== 1 || seen[row] !== null) return [];
      return [{ who: `le contributeur de la ligne ${row}`, seen: seen.with(row, truth[row]) }];
    }),
  ];
  for (const view of views) {
    const outsider = new Outsider(view.seen, sums, () => 0, false, solver);
    view.seen.forEach((value, row) => {
      if (value !== null) return;
      const own = truth[row];
      if (!outsider.mayDiffer(row, own, 1e-3)) found.push(`ligne ${row} : retrouvée par ${view.who}`);
      else if (
        breaks(behind[row] ?? []) &&
        !(outsider.mayReach(row, "max", own * (1 + margin)) && outsider.mayReach(row, "min", own * (1 - margin)))
      )
        found.push(`ligne ${row} : connue de trop près par ${view.who}`);
    });
  }
  return found;
}
