import { frenchNumber } from "../../codes/french.ts";
import { type MissingReason, missingReasons } from "../../codes/table.ts";
import type { ColumnContract, Contract } from "../contract.ts";
import { enumerate, reasonWords, typeWords, unitOf } from "./clause-words.ts";

/** The columns of a contract as a table in plain French, one row a column; columns that differ by a number only share one. Markdown. */
export function columnTable({ columns, key }: Contract): string {
  const renamed = columns.some(({ name, from }) => from !== undefined && from !== name);
  const head = [
    "Colonne",
    ...(renamed ? ["Nom dans le fichier"] : []),
    "Ce qu'elle contient",
    "Forme",
    "Valeurs absentes",
  ];
  const rows = runsOf(columns).map((run) => {
    const [first, last] = [run[0] as ColumnContract, run.at(-1) as ColumnContract];
    const both = (text: (column: ColumnContract) => string): string =>
      run.length === 1 ? text(first) : `${text(first)} à ${text(last)}`;
    return [
      `${both(({ name }) => `\`${name}\``)}${key.includes(first.name) ? " (clé)" : ""}`,
      ...(renamed ? [both(({ name, from }) => `\`${from ?? name}\``)] : []),
      run.length === 1 ? first.label : `de « ${first.label} » à « ${last.label} »`,
      formOf(first),
      absencesOf(first),
    ];
  });
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Columns in a row that say the same but for a number (« m01 »... « m36 »), together when there are more than three. */
function runsOf(columns: readonly ColumnContract[]): readonly (readonly ColumnContract[])[] {
  const shape = (column: ColumnContract): string =>
    [column.name, column.from ?? column.name, column.label, formOf(column), absencesOf(column)]
      .map((text, i) => (i < 3 ? text.replace(/\d+/g, "#") : text))
      .join("\n");
  const runs: ColumnContract[][] = [];
  for (const column of columns) {
    const run = runs.at(-1);
    if (run?.[0] && /\d/.test(column.name) && shape(run[0]) === shape(column)) run.push(column);
    else runs.push([column]);
  }
  return runs.flatMap((run) => (run.length > 3 ? [run] : run.map((column) => [column])));
}

/** "nombre entier, en personnes, de 0 à 200 000". */
function formOf(column: ColumnContract): string {
  const { type, range, values, pattern } = column;
  return [
    typeWords[type],
    unitOf(column),
    range ? boundsOf(range) : "",
    pattern ? pattern.expected : "",
    values ? `une valeur parmi ${enumerate(values.map((value) => `«\u202f${value}\u202f»`))}` : "",
  ]
    .filter((part) => part !== "")
    .join(", ");
}

function boundsOf([low, high]: readonly [number, number]): string {
  if (low === high) return `égal à ${numberText(low)}`;
  if (high === Number.POSITIVE_INFINITY) return `au moins ${numberText(low)}`;
  return low === Number.NEGATIVE_INFINITY
    ? `au plus ${numberText(high)}`
    : `de ${numberText(low)} à ${numberText(high)}`;
}

/** A year keeps its four digits together. */
const numberText = (value: number): string =>
  Number.isInteger(value) && value >= 1900 && value <= 2100
    ? String(value)
    : frenchNumber(value, { decimals: Number.isInteger(value) ? 0 : (String(value).split(".")[1]?.length ?? 0) });

/** The signs of each reason together: "« NA » ou case vide : valeur non disponible". */
function absencesOf({ required, missing = {}, suspiciousZero }: ColumnContract): string {
  const empty: Readonly<Record<string, MissingReason>> = required || "" in missing ? {} : { "": "nd" };
  const signs = Object.entries({ ...missing, ...empty });
  const zero: readonly (readonly [string, MissingReason])[] = suspiciousZero ? [["0", "s"]] : [];
  const groups = missingReasons.flatMap((reason) => {
    const own = [...signs, ...zero].filter(([, other]) => other === reason).map(([sign]) => signWords(sign));
    return own.length === 0 ? [] : [`${enumerate(own, "ou")} : ${reasonWords[reason]}`];
  });
  return groups.length === 0 ? "aucune : la valeur est toujours due" : groups.join(" ; ");
}

const signWords = (sign: string): string => (sign === "" ? "case vide" : `«\u202f${sign}\u202f»`);
