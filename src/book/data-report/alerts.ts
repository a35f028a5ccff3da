import { frenchNumber } from "../../codes/french.ts";
import type { Contract } from "../../sources/contract.ts";
import { countOf, quantileOf } from "./distribution.ts";
import type { JoinFinding } from "./joins.ts";
import type { ShownColumn } from "./shown-column.ts";
import type { SourceReport } from "./source-report.ts";
import type { TableSummary } from "./summary.ts";

/** A zero is doubtful when the smallest other value is at least this, and zeros are fewer than this part of the values. */
const FAR_FROM_ZERO = 10;
const FEW_ZEROS = 0.2;
/** Parts from which absent cells or lost rows are worth a sentence. */
const MANY_ABSENT = 0.5;
const MANY_LOST = 0.01;

const percent = (share: number): string => frenchNumber(share * 100, { decimals: share < 0.1 ? 1 : 0, unit: "%" });
const lines = (count: number): string => `${frenchNumber(count)} ligne${count > 1 ? "s" : ""}`;

/** What a careful reader must look at before using a source: French sentences, made of counts that may be shown. */
export function alertsOf(report: SourceReport, contract: Contract, summary: TableSummary): readonly string[] {
  const empty = report.columns.filter(({ present }) => present === 0);
  const rare = report.columns.filter(
    ({ absentShare }) => absentShare !== null && absentShare >= MANY_ABSENT && absentShare < 1,
  );
  const hiding = report.columns.filter(
    ({ suspiciousZeros }) => typeof suspiciousZeros === "number" && suspiciousZeros > 0,
  );
  return [
    ...named(empty, () => "", { one: () => "est vide", several: "sont vides" }),
    ...named(rare, shareAbsent, {
      one: (column) => `n'a pas de valeur dans ${shareAbsent(column)} des lignes`,
      several: "n'ont pas de valeur dans la moitié des lignes ou plus",
    }),
    ...named(hiding, ({ suspiciousZeros }) => String(suspiciousZeros), {
      one: ({ suspiciousZeros }) =>
        `a ${suspiciousZeros === 1 ? "un zéro qui cache" : `${suspiciousZeros} zéros qui cachent`} un secret selon le contrat, lu « s »`,
      several: "ont des zéros qui cachent un secret selon le contrat, lus « s »",
    }),
    ...(report.threshold > 1 ? [] : doubtfulZeros(contract, summary)),
    ...(report.threshold > 1 ? [] : edgeBlanks(summary)),
    ...(typeof report.duplicates === "number" && report.duplicates > 0
      ? [`${lines(report.duplicates)} répète${report.duplicates > 1 ? "nt" : ""} une autre ligne en entier.`]
      : []),
    ...report.places.flatMap(({ column, lines: groups, unknownCodes }) => {
      const unknown = groups.reduce((sum, { known }) => sum + (known?.unknown ?? 0), 0);
      return unknown > 0
        ? [
            `« ${column} »\u00a0: ${frenchNumber(unknown)} code${unknown > 1 ? "s" : ""} hors de la liste des communes, actuelles ou anciennes (${unknownCodes.join(", ")}${unknown > unknownCodes.length ? "…" : ""}).`,
          ]
        : [];
    }),
    ...report.joins.flatMap(joinAlert(report.id)),
    ...report.editions.flatMap(({ label, refusal }) => (refusal ? [`Comparaison refusée avec ${label}.`] : [])),
  ];
}

const shareAbsent = ({ absentShare }: ShownColumn): string => percent(absentShare ?? 0);

/** One sentence for the columns that share a trait, each with its detail; none when there is no column. */
function named(
  columns: readonly ShownColumn[],
  detail: (column: ShownColumn) => string,
  verbs: { readonly one: (column: ShownColumn) => string; readonly several: string },
): readonly string[] {
  const [first] = columns;
  if (!first) return [];
  const told = (column: ShownColumn): string => `${column.name}${detail(column) ? ` (${detail(column)})` : ""}`;
  return columns.length === 1
    ? [`La colonne « ${first.name} » ${verbs.one(first)}.`]
    : [`${columns.length} colonnes ${verbs.several} : ${columns.map(told).join(", ")}.`];
}

/** Texts that begin or end with a blank do not meet the same text without it. */
function edgeBlanks({ columns }: TableSummary): readonly string[] {
  return columns.flatMap(({ name, texts }) =>
    texts && texts.edgeBlanks > 0
      ? [
          `« ${name} » : ${lines(texts.edgeBlanks)} commence${texts.edgeBlanks > 1 ? "nt" : ""} ou fini${texts.edgeBlanks > 1 ? "ssent" : "t"} par un blanc.`,
        ]
      : [],
  );
}

/** Counts whose few zeros stand far under every other value: the sign of a hidden value that the contract does not say. */
function doubtfulZeros(contract: Contract, summary: TableSummary): readonly string[] {
  return contract.columns.flatMap(({ name, summable, suspiciousZero }) => {
    const numbers = summary.columns.find((column) => column.name === name)?.numbers;
    if (!numbers || summable !== true || suspiciousZero) return [];
    const zeros = countOf(numbers, 0);
    const next = numbers.values.find((value) => value > 0) ?? 0;
    if (zeros === 0 || next < FAR_FROM_ZERO || zeros / numbers.total > FEW_ZEROS || quantileOf(numbers, 0.5) === 0)
      return [];
    return [
      `« ${name} »\u00a0: ${frenchNumber(zeros)} zéro${zeros > 1 ? "s" : ""}, alors que la plus petite autre valeur est ${frenchNumber(next, { decimals: Number.isInteger(next) ? 0 : 1 })}. Valeur cachée ou vrai zéro\u00a0? Le contrat ne le dit pas.`,
    ];
  });
}

const joinAlert =
  (id: string) =>
  ({ left, right, outcome, refusal, throughPassage }: JoinFinding): readonly string[] => {
    if (left.id !== id) return [];
    if (refusal && !throughPassage) return [`Jointure de « ${left.column} » avec « ${right.title} » refusée.`];
    const { lost, matchedShare } = outcome ?? throughPassage ?? {};
    if (typeof lost !== "number" || matchedShare == null || lost === 0 || 1 - matchedShare < MANY_LOST) return [];
    const means = throughPassage ? ", même avec une table de passage" : "";
    return [
      `« ${left.column} » : ${lines(lost)} ne trouve${lost > 1 ? "nt pas leur" : " pas son"} code dans « ${right.title} »${means}.`,
    ];
  };
