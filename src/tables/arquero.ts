import { table as arqueroTable, type ColumnTable } from "arquero";
import { QuartiersError } from "../codes/errors.ts";
import { type Geography, geographyLabel } from "../codes/geography.ts";
import { mergeLineages } from "../codes/lineage.ts";
import {
  type Column,
  type MissingReason,
  missingReasons,
  NOT_AVAILABLE,
  type NumberColumn,
  numberColumn,
  PRESENT,
  reasonAt,
  type Table,
  table,
  textColumn,
} from "../codes/table.ts";
import { checkJoinRights } from "./join-rights.ts";

/** What the reasons of a column are called in arquero: « habitants_manque » holds "s", "ns", "nd" or null beside « habitants ». */
export const REASON_SUFFIX = "_manque";

/** What arquero does not know about a column. */
export interface ColumnMeaning {
  readonly label: string;
  /** For numbers; "" when absent. */
  readonly unit?: string;
  readonly summable?: boolean;
  /** For codes of places. */
  readonly geography?: Geography;
}

/**
 * A table as an arquero table, for its verbs. A missing value is null, so that arquero's aggregates skip it; its reason stands in a column of the same
 * name with "_manque", which verbs carry along. Units, labels and lineage stay behind: give the source tables back to `fromArquero`. O(cells).
 * @example
 * ```ts
 * const t = table({ habitants: numberColumn([10, NaN], { label: "Habitants", unit: "personnes", missing: Uint8Array.of(0, 1) }) });
 * toArquero(t).objects() // [ { habitants: 10, habitants_manque: null }, { habitants: null, habitants_manque: 's' } ]
 * ```
 */
export function toArquero(t: Table): ColumnTable {
  const columns: Record<string, unknown[]> = {};
  for (const [name, column] of Object.entries(t.columns)) {
    columns[name] = Array.from(column.values as ArrayLike<number | string>, (value, row) =>
      reasonAt(column, row) ? null : value,
    );
    if (!column.missing) continue;
    if (`${name}${REASON_SUFFIX}` in t.columns) {
      throw new QuartiersError({
        what: "Le nom de la colonne des motifs est déjà pris",
        value: `${name}${REASON_SUFFIX}`,
        expected: "un autre nom pour cette colonne",
      });
    }
    columns[`${name}${REASON_SUFFIX}`] = Array.from({ length: t.numRows }, (_, row) => reasonAt(column, row));
  }
  return arqueroTable(columns) as ColumnTable;
}

/**
 * An arquero table as one of ours. Labels, units and lineage come from the source tables (`from`) by column name, or from `meanings`; a column that
 * neither describes is refused, because a number without a unit cannot be published; so are numbers whose reasons were left behind, unless `meanings` says
 * what they are. A null without a reason is `nd`. Tables that arquero brought
 * together must be allowed to meet, as in `joinTables`. O(cells).
 * @example
 * ```ts
 * const t = table({ km: numberColumn([1, 2], { label: "Distance", unit: "km" }) });
 * fromArquero(toArquero(t).slice(1), { from: [t] }).columns.km.values // Float64Array(1) [ 2 ]
 * ```
 */
export function fromArquero(
  frame: ColumnTable,
  {
    from,
    meanings = {},
  }: { readonly from: readonly Table[]; readonly meanings?: Readonly<Record<string, ColumnMeaning>> },
): Table {
  from.forEach((one, i) => {
    for (const other of from.slice(i + 1)) checkJoinRights(one.lineage, other.lineage);
  });
  const names = frame.columnNames();
  const isReason = (name: string): boolean =>
    name.endsWith(REASON_SUFFIX) && names.includes(name.slice(0, -REASON_SUFFIX.length));
  const columns = names
    .filter((name) => !isReason(name))
    .map((name) => {
      const values = Array.from(frame.array(name) as ArrayLike<unknown>);
      const reasons = names.includes(`${name}${REASON_SUFFIX}`)
        ? Array.from(frame.array(`${name}${REASON_SUFFIX}`) as ArrayLike<unknown>)
        : null;
      if (reasons === null && !(name in meanings)) refuseLostReasons(name, from);
      const meaning = meaningOf(name, from, meanings);
      const missing = missingMask(values, reasons);
      if (isText(values, name, from)) {
        return [
          name,
          textColumn(
            values.map((value, row) => (missing?.[row] || value === null || value === undefined ? "" : String(value))),
            { label: meaning.label, missing, ...(meaning.geography ? { geography: meaning.geography } : {}) },
          ),
        ] as const;
      }
      const numbers = Float64Array.from(values, (value) =>
        value === null || value === undefined ? Number.NaN : Number(value),
      );
      return [
        name,
        numberColumn(numbers, {
          label: meaning.label,
          unit: meaning.unit ?? "",
          summable: meaning.summable ?? false,
          missing,
        }),
      ] as const;
    });
  return table(Object.fromEntries(columns), mergeLineages(...from.map(({ lineage }) => lineage)));
}

function meaningOf(
  name: string,
  from: readonly Table[],
  meanings: Readonly<Record<string, ColumnMeaning>>,
): ColumnMeaning {
  const given = meanings[name];
  if (given) return given;
  const sources = from.flatMap(({ columns }) => columns[name] ?? []);
  const [source] = sources;
  if (source?.type === "number")
    return (({ label, unit, summable }: NumberColumn) => ({ label, unit, summable }))(source);
  if (source) {
    const geography = oneList(name, sources);
    return { label: source.label, ...(geography ? { geography } : {}) };
  }
  throw new QuartiersError({
    what: "Colonne faite par arquero sans libellé ni unité",
    value: name,
    expected: 'son sens dans meanings, par exemple { part: { label: "Part", unit: "%" } }',
  });
}

/** A sum of arquero skips what is absent: under the name of the column it would pass for the whole, and its secret part for nothing. */
function refuseLostReasons(name: string, from: readonly Table[]): void {
  const source = from.map(({ columns }) => columns[name]).find((c) => c !== undefined);
  if (source?.type !== "number" || !source.missing?.some((reason) => reason !== PRESENT)) return;
  throw new QuartiersError({
    what: "Les motifs des valeurs absentes de cette colonne ont été perdus dans arquero",
    value: name,
    expected: `la colonne ${name}${REASON_SUFFIX} à côté d'elle`,
    remedy: `garder ${name}${REASON_SUFFIX} dans select\u00a0; pour une somme par groupes, prendre groupBy de Quartiers, ou dire dans meanings ce que vaut une somme sans les valeurs absentes`,
  });
}

/** The list of places that the columns of one name share: arquero joins codes of two years without a word. */
function oneList(name: string, columns: readonly Column[]): Geography | null {
  const lists = columns.flatMap((c) => (c.type === "text" && c.geography ? [c.geography] : []));
  const [first = null] = lists;
  const other = lists.find(({ kind, vintage }) => kind !== first?.kind || vintage !== first.vintage);
  if (first === null || !other) return first;
  throw new QuartiersError({
    what: `La colonne ${name} vient de deux listes de codes`,
    value: `${geographyLabel(first)}\u00a0; ${geographyLabel(other)}`,
    expected: "la même liste et la même année dans toutes les tables",
    remedy: "joindre les tables par joinTables et une table de passage, ou dire la liste du résultat (meanings)",
  });
}

function missingMask(values: readonly unknown[], reasons: readonly unknown[] | null): Uint8Array | null {
  const mask = Uint8Array.from(values, (value, row) => {
    const reason = reasons?.[row];
    if (typeof reason === "string" && missingReasons.includes(reason as MissingReason))
      return missingReasons.indexOf(reason as MissingReason) + 1;
    return value === null || value === undefined || Number.isNaN(value) ? NOT_AVAILABLE : PRESENT;
  });
  return mask.some((reason) => reason !== PRESENT) ? mask : null;
}

/** Text when the values present are strings (or, when none is present, when the source column is text); refuses a column that mixes text and numbers. */
function isText(values: readonly unknown[], name: string, from: readonly Table[]): boolean {
  const kinds = new Set(values.filter((value) => value !== null && value !== undefined).map((value) => typeof value));
  const odd = [...kinds].find(
    (kind) => kind !== "string" && kind !== "number" && kind !== "bigint" && kind !== "boolean",
  );
  if (odd || (kinds.has("string") && kinds.size > 1)) {
    throw new QuartiersError({
      what: "Colonne d'arquero d'un type que la table ne connaît pas",
      value: `${name} : ${[...kinds].join(", ")}`,
      expected: "du texte, ou des nombres",
    });
  }
  if (kinds.size === 0) return from.some(({ columns }) => columns[name]?.type === "text");
  return kinds.has("string");
}
