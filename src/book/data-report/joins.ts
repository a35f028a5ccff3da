import { QuartiersError } from "../../codes/errors.ts";
import { geographyLabel } from "../../codes/geography.ts";
import { numberColumn, numbers, reasonAt, type Table, table, textColumn, texts } from "../../codes/table.ts";
import { formerCodesPassage } from "../../tables/commune-passage.ts";
import { joinTables } from "../../tables/join.ts";
import { departementOfPlace, isDistrict, type KnownCommunes, type PlaceKind } from "./places.ts";
import type { CodeColumn, SourceReading } from "./read-source.ts";
import { rowThreshold } from "./shown-column.ts";
import { type Shown, shownCount, shownParts } from "./shown-counts.ts";

export type ReadSource = Extract<SourceReading, { readonly status: "lue" }>;

/** A column of codes of a source that was read. */
export interface JoinSide {
  readonly source: ReadSource;
  readonly column: CodeColumn;
}

/** What a join of two sources would keep and lose: rows of the left one, whose codes are looked for in the right one. */
export interface JoinFinding {
  readonly left: SideName;
  readonly right: SideName;
  readonly kind: PlaceKind;
  readonly leftCodes: number;
  readonly rightCodes: number;
  readonly outcome: JoinOutcome | null;
  /** Why the join is refused as it is, in the words of the refusal. */
  readonly refusal: string | null;
  /** The same join through a passage table, where there is one. */
  readonly throughPassage: JoinOutcome | null;
  readonly passage: string | null;
}

export interface SideName {
  readonly id: string;
  readonly title: string;
  readonly column: string;
  readonly list: string | null;
}

export interface JoinOutcome {
  readonly rows: Shown;
  readonly matched: Shown;
  readonly lost: Shown;
  readonly withoutKey: Shown;
  /** Part (0 to 1) of the rows that are matched, null where it would give a hidden count back. */
  readonly matchedShare: number | null;
  readonly matchedCodes: number;
  readonly lostCodes: number;
  readonly rightOnlyCodes: number;
  readonly reasons: readonly LossReason[];
  /** Codes that differ by the way of writing only, in words. */
  readonly nearKeys: string | null;
}

export interface LossReason {
  readonly reason: string;
  readonly codes: number;
  readonly rows: Shown;
  readonly examples: readonly string[];
}

/** The lists against which the codes of each kind are tried, by the id of their source; those that are present. */
export const references: Readonly<Record<PlaceKind, readonly string[]>> = {
  commune: ["communes"],
  iris: ["iris-contours", "rp-population-iris"],
  qpv2015: ["qpv-indicateurs", "qpv-perimetres"],
  qpv2024: ["qpv-liste-2024", "qpv-perimetres-2024"],
  departement: [],
  rome: ["rome-codes"],
};

/** Pairs that an experiment needs besides the references: two outlines and what is drawn on them, both generations of neighbourhoods. */
export const otherPairs: readonly (readonly [string, string])[] = [
  ["qpv-perimetres", "communes-contours"],
  ["communes-2018-bretagne", "filosofi-communes"],
  ["communes-2018-pays-de-la-loire", "filosofi-communes"],
  ["communes-2018-bretagne", "rp-communes-2018"],
  ["communes-2018-pays-de-la-loire", "rp-communes-2018"],
  ["qpv-indicateurs", "qpv-liste-2024"],
];

/** The pairs of columns to try among the sources that were read: each column of codes against the lists of its kind. */
export function joinPairs(readings: readonly ReadSource[]): readonly (readonly [JoinSide, JoinSide])[] {
  const sides = readings.flatMap((source) => source.codes.map((column) => ({ source, column })));
  const listOf = (id: string, kinds: readonly PlaceKind[]): JoinSide | undefined =>
    sides.find(
      ({ source, column }) =>
        source.contract.id === id &&
        kinds.includes(column.kind) &&
        source.contract.key.length === 1 &&
        source.contract.key[0] === column.name,
    );
  const qpv: readonly PlaceKind[] = ["qpv2015", "qpv2024"];
  return sides.flatMap((left) => {
    const { id } = left.source.contract;
    const { kind } = left.column;
    const others = otherPairs.flatMap(([from, to]) => (from === id ? [to] : []));
    const rights = [
      ...references[kind].flatMap((list) => listOf(list, [kind]) ?? []),
      ...others.flatMap((list) => listOf(list, qpv.includes(kind) ? qpv : [kind]) ?? []),
    ];
    return [...new Set(rights)]
      .filter((right) => right.source.contract.id !== id)
      .map((right) => [left, right] as const);
  });
}

/** Tries a join on the codes of two sources; a refusal is a finding. O(codes of both). */
export function tryJoin(
  left: JoinSide,
  right: JoinSide,
  known: KnownCommunes | null,
  communes: Table | null,
): JoinFinding {
  const base = {
    left: sideName(left),
    right: sideName(right),
    kind: left.column.kind,
    leftCodes: left.column.counts.size,
    rightCodes: right.column.counts.size,
  };
  const none = { outcome: null, refusal: null, throughPassage: null, passage: null };
  try {
    return { ...base, ...none, outcome: outcomeOf(left, right, known) };
  } catch (error) {
    if (!(error instanceof QuartiersError)) throw error;
    const refusal = error.message;
    const years = [left.column.geography?.vintage, right.column.geography?.vintage];
    const canPass = right.source.contract.id === "communes" && left.column.kind === "commune" && communes !== null;
    const [from, to] = years;
    if (!canPass || from === undefined || to === undefined || from > to) return { ...base, ...none, refusal };
    try {
      const passage = formerCodesPassage(communes, { from, to });
      return {
        ...base,
        ...none,
        refusal,
        throughPassage: outcomeOf(left, right, known, passage),
        passage: `par les anciens codes de chaque commune (de ${geographyLabel(passage.from)} à ${geographyLabel(passage.to)})`,
      };
    } catch (second) {
      if (!(second instanceof QuartiersError)) throw second;
      return { ...base, ...none, refusal, passage: second.message };
    }
  }
}

const sideName = ({ source, column }: JoinSide): SideName => ({
  id: source.contract.id,
  title: source.contract.title,
  column: column.name,
  list: column.geography ? geographyLabel(column.geography) : null,
});

/** Different codes as a table, with the number of rows of each. */
function codesTable({ source, column }: JoinSide, name: string): Table {
  const { counts, label, geography } = column;
  const codes = [...counts.keys()].sort();
  return table(
    {
      code: textColumn(codes, { label, ...(geography ? { geography } : {}) }),
      [name]: numberColumn(
        codes.map((code) => counts.get(code) ?? 0),
        { label: "Lignes", unit: "lignes", summable: true },
      ),
    },
    [source.lineage],
  );
}

function outcomeOf(
  left: JoinSide,
  right: JoinSide,
  known: KnownCommunes | null,
  passage?: ReturnType<typeof formerCodesPassage>,
): JoinOutcome {
  const joined = joinTables(codesTable(left, "rows"), codesTable(right, "right"), {
    on: "code",
    ...(passage ? { passage } : {}),
  });
  const codes = texts(joined.table, "code");
  const rows = numbers(joined.table, "rows").values;
  const found = numbers(joined.table, "right");
  let [matched, matchedCodes] = [0, 0];
  const listed = passage ? new Set(passage.fromCodes) : null;
  const lost = [...left.column.counts]
    .filter(([code]) => listed !== null && !listed.has(code))
    .map(([code, count]) => ({ code, rows: count }))
    .sort((a, b) => (a.code < b.code ? -1 : 1));
  codes.values.forEach((code, row) => {
    if (reasonAt(found, row) === null) {
      matched += rows[row];
      matchedCodes++;
    } else if (code !== "") lost.push({ code, rows: rows[row] });
  });
  const total = left.source.summary.rows;
  const { absent } = left.column;
  const threshold = Math.max(rowThreshold(left.source.contract), rowThreshold(right.source.contract));
  const lostRows = total - absent - matched;
  const parts = shownParts([matched, lostRows, absent], threshold);
  const [shownMatched = 0, shownLost = 0, withoutKey = 0] = parts;
  const isExact = parts.every((part) => typeof part === "number");
  return {
    rows: shownCount(total, threshold),
    matched: shownMatched,
    lost: shownLost,
    withoutKey,
    matchedShare: isExact && total > 0 ? Number((matched / total).toFixed(6)) : null,
    matchedCodes,
    lostCodes: lost.length,
    rightOnlyCodes: joined.report.rightOnly,
    reasons: reasonsOf(lost, { left, right, known, threshold, force: typeof shownLost === "string" }),
    nearKeys: joined.report.nearKeys.sentence || null,
  };
}

interface Reasoning {
  readonly left: JoinSide;
  readonly right: JoinSide;
  readonly known: KnownCommunes | null;
  readonly threshold: number;
  readonly force: boolean;
}

/** Why codes found nothing, most rows first. */
function reasonsOf(
  lost: readonly { readonly code: string; readonly rows: number }[],
  { left, right, known, threshold, force }: Reasoning,
): readonly LossReason[] {
  const { kind } = left.column;
  const covered = new Set([...right.column.counts.keys()].map((code) => departementOfPlace(code, kind)));
  const why = (code: string): string => {
    const departement = departementOfPlace(code, kind);
    if (kind === "commune" && isDistrict(code)) return "arrondissement municipal";
    if (departement !== null && !covered.has(departement))
      return `département absent de « ${right.source.contract.title} »`;
    if (kind === "commune" && known?.former.has(code)) return "ancien code, commune fusionnée ou renumérotée depuis";
    return `code absent de « ${right.source.contract.title} »`;
  };
  const groups = new Map<string, { code: string; rows: number }[]>();
  for (const line of lost) {
    const reason = why(line.code);
    groups.set(reason, [...(groups.get(reason) ?? []), line]);
  }
  const sorted = [...groups]
    .map(([reason, lines]) => ({ reason, lines, rows: lines.reduce((sum, line) => sum + line.rows, 0) }))
    .sort((a, b) => b.rows - a.rows || (a.reason < b.reason ? -1 : 1));
  const rows = shownParts(
    sorted.map((group) => group.rows),
    threshold,
    force,
  );
  return sorted.map(({ reason, lines }, i) => ({
    reason,
    codes: lines.length,
    rows: rows[i] ?? 0,
    examples: lines.slice(0, 5).map(({ code }) => code),
  }));
}
