import { numbers, reasonAt, type Table, texts } from "../../codes/table.ts";
import { Refusal } from "../refusal.ts";
import type { StatedNumber, Statement } from "../statement.ts";
import { strictestRule } from "../threshold.ts";
import type { Publication, PublishedNumber, Universe } from "./publication.ts";
import { classMembers, type ZonePieces, zoneMembers, zoneName } from "./stated-zones.ts";

export interface PublicationOptions {
  /** Name of the table or figure in the book. */
  readonly id: string;
  readonly date: string;
  readonly override?: { readonly signedBy: string; readonly reason: string };
  /** Cells hidden to protect others, that count enough units: never written, they only spare a refusal. */
  readonly isSecondary?: (column: string, row: number) => boolean;
}

/** Where a row stands, and words for a reader. */
interface Row {
  /** Null for the whole. */
  readonly code: string | null;
  readonly classes: Readonly<Record<string, readonly string[]>>;
  readonly words: string;
}

/**
 * The numbers of a released table as the ledger reads them: one published number a visible cell, one hidden number a secret cell; what is not
 * available or not significant says nothing. A table whose sources are all published is "public": it cannot teach more than they did.
 * The whole of the zones is declared as total, even where no row shows it, since readers know it. A dimension of which the table shows two
 * classes or more is taken as shown whole. Refuses a zone without base units, and two rows over the same zone and classes.
 * Complexity: linear in the cells and in the base units.
 * @example
 * ```ts
 * const secrecy = { unit: "personne", minUnits: 11, statedBy: "contrat" };
 * const columns = { qpv: textColumn(["QN1"], { label: "Quartier" }), n: numberColumn([40], { label: "Habitants", unit: "personnes" }) };
 * const statement = {
 *   population: "habitants, 2024", unit: "personne", zone: { column: "qpv", kind: "qpv2024" }, by: [],
 *   numbers: [{ column: "n", kind: "count", measure: "habitants" }],
 * };
 * const pieces = new Map([["qpv2024", new Map([["QN1", ["QN1"]]])]]);
 * publicationOf(table(columns, [{ secrecy }]), statement, pieces, { id: "t", date: "2024" }).numbers[0].id // "Habitants, QN1"
 * ```
 */
export function publicationOf(
  table: Table,
  statement: Statement,
  zones: ZonePieces,
  { id, date, override, isSecondary = () => false }: PublicationOptions,
): Publication {
  const rule = strictestRule(table.lineage, id);
  const rows = rowsOf(table, statement, zones);
  refuseTwice(rows, id);
  const published = statement.numbers.flatMap((stated) =>
    rows.flatMap((row, index) => {
      const cell = cellOf(table, stated, index);
      if (cell === null) return [];
      const hidden = cell.value === null;
      return {
        ...numberOf(stated, statement, row, numbers(table, stated.column).label, zones),
        ...cell,
        ...(hidden ? knownElsewhere(table, stated.column) : {}),
        ...(hidden && isSecondary(stated.column, index) ? { secondary: true } : {}),
      };
    }),
  );
  const codes = [...new Set([null, ...rows.map(({ code }) => code)])];
  const { minUnits, interval, amountPercent } = rule;
  return {
    id,
    date,
    origin: table.lineage.every((source) => source.published) ? "public" : "release",
    secrecy: {
      unit: statement.unit,
      minUnits,
      ...(interval ? { interval } : {}),
      ...(amountPercent === undefined ? {} : { amountPercent }),
    },
    universes: codes.map(
      (code): Universe => ({
        name: zoneName(statement, code, zones),
        members: zoneMembers(statement, code, zones),
      }),
    ),
    dimensions: shownWhole(rows, statement, zones),
    numbers: published,
    totals: [zoneName(statement, null, zones)],
    ...(override ? { override } : {}),
  };
}

/** A predicate that rows were kept by is a class of the population; those that it leaves out are the others. */
const kept = "dans le champ";

function rowsOf(table: Table, { zone, by, within = [] }: Statement, zones: ZonePieces): readonly Row[] {
  const zoneColumn = zone === null ? null : texts(table, zone.column);
  const dimensions = by.map((one) => ({ ...one, labels: texts(table, one.column).values }));
  return Array.from({ length: table.numRows }, (_, row) => {
    const written = zoneColumn === null ? null : (zoneColumn.values[row] ?? "");
    const code = written === zone?.whole && !zones.get(zone?.kind ?? "")?.has(written ?? "") ? null : written;
    const classed = dimensions
      .map(({ dimension, labels, total }) => ({ dimension, label: labels[row] ?? "", total }))
      .filter(({ label, total }) => label !== total);
    return {
      code,
      classes: Object.fromEntries([
        ...classed.map(({ dimension, label }) => [dimension, classMembers(dimension, label, zones)] as const),
        ...within.map((predicate) => [predicate, [kept]] as const),
      ]),
      words: [code ?? "ensemble", ...classed.map(({ label }) => label), ...within].join(", "),
    };
  });
}

/** The value of a cell and the count beside it; null when it says nothing. */
function cellOf(
  table: Table,
  { column, baseColumn }: StatedNumber,
  row: number,
): Pick<PublishedNumber, "value" | "n"> | null {
  const own = numbers(table, column);
  const reason = reasonAt(own, row);
  if (reason !== null && reason !== "s") return null;
  const base = baseColumn === undefined ? null : numbers(table, baseColumn);
  return {
    value: reason === "s" ? null : own.values[row],
    ...(base !== null && reasonAt(base, row) === null ? { n: base.values[row] } : {}),
  };
}

function numberOf(
  { kind, measure, base, rounding, per, classes: own = {} }: StatedNumber,
  statement: Statement,
  { code, classes, words }: Row,
  label: string,
  zones: ZonePieces,
): Omit<PublishedNumber, "value"> {
  const columnClasses = Object.entries(own).map(([dimension, name]) => [
    dimension,
    classMembers(dimension, name, zones),
  ]);
  const counted = { ...classes, ...(Object.fromEntries(columnClasses) as typeof classes) };
  return {
    id: `${label}, ${words}`,
    kind,
    population: statement.population,
    measure,
    universe: zoneName(statement, code, zones),
    ...(Object.keys(counted).length > 0 ? { classes: counted } : {}),
    ...(base === undefined ? {} : { base }),
    ...(rounding === undefined ? {} : { rounding }),
    ...(per === undefined ? {} : { per }),
  };
}

/** Bounds that the contracts say a reader may know of any cell of a column. */
function knownElsewhere({ lineage }: Table, column: string): Pick<PublishedNumber, "least" | "greatest"> {
  const bounds = lineage
    .flatMap(({ secrecy }) => secrecy.outsideKnowledge ?? [])
    .filter((one) => one.column === column);
  const least = Math.max(...bounds.map((one) => one.least ?? Number.NEGATIVE_INFINITY));
  const greatest = Math.min(...bounds.map((one) => one.greatest ?? Number.POSITIVE_INFINITY));
  return { ...(Number.isFinite(least) ? { least } : {}), ...(Number.isFinite(greatest) ? { greatest } : {}) };
}

function shownWhole(
  rows: readonly Row[],
  { by, numbers: stated }: Statement,
  zones: ZonePieces,
): Readonly<Record<string, readonly string[]>> {
  const dimensions = new Set([
    ...by.map(({ dimension }) => dimension),
    ...stated.flatMap(({ classes = {} }) => Object.keys(classes)),
  ]);
  const wholes = [...dimensions].map((dimension) => {
    const given = zones.get(dimension);
    if (given) return [dimension, [...new Set([...given.values()].flat())]] as const;
    const shown = [
      ...new Set([
        ...rows.flatMap(({ classes }) => classes[dimension] ?? []),
        ...stated.flatMap(({ classes = {} }) => classes[dimension] ?? []),
      ]),
    ];
    return [dimension, shown.length > 1 ? shown : []] as const;
  });
  return Object.fromEntries(wholes.filter(([, classes]) => classes.length > 0));
}

function refuseTwice(rows: readonly Row[], id: string): void {
  const seen = new Set<string>();
  for (const { words } of rows) {
    if (seen.has(words)) {
      throw new Refusal({
        what: "Deux lignes portent sur la même zone et les mêmes classes",
        value: words,
        where: `publication «\u202f${id}\u202f»`,
        expected: "une ligne par zone et par croisement des dimensions énoncées (by)",
        remedy: "énoncer la dimension qui les distingue",
      });
    }
    seen.add(words);
  }
}
