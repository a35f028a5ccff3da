import { QuartiersError } from "../codes/errors.ts";
import { mergeLineages, type SourceRef } from "../codes/lineage.ts";
import { type Table, texts } from "../codes/table.ts";
import { type Change, type Day, daysOf } from "./commune-events.ts";

/** A piece of ground that was never divided, or the two that it was divided into. Lists of two years are compared piece by piece. */
export interface Piece {
  /** Code of the commune for which it was first seen. */
  readonly code: string;
  parts: readonly Piece[] | null;
}

/** The list of communes on one 1 January: the pieces of each commune. */
export type CommuneList = ReadonlyMap<string, readonly Piece[]>;

/** All lists of communes between two years, made by playing INSEE's events forward from 1943. */
export interface CommuneHistory {
  /** Last year that the events reach. */
  readonly through: number;
  readonly lineage: readonly SourceRef[];
  /** The list of the COG of a year: codes in force on its 1 January. */
  readonly listOf: (year: number) => CommuneList;
}

/** The first year of the lists: that of the oldest events. */
const FIRST_YEAR = 1943;

/**
 * Builds the history of communes out of INSEE's events (`cogMouvementsContract`) and a current list (`communesContract`) of the same year.
 * The events are played forward, day by day; several events of one day follow each other. A commune that comes back after a merger takes
 * back the pieces that it had. Refuses a list that does not agree with the events.
 * O(events), then O(codes + events) for each list asked.
 * @param through year of the edition of both files
 * @throws QuartiersError naming the codes on which the two files disagree
 */
export function communeHistory(
  events: Table,
  communes: Table,
  { through, code = "code_commune" }: { readonly through: number; readonly code?: string },
): CommuneHistory {
  const current = texts(communes, code).values;
  const days = daysOf(events, current);
  const first = firstList(days, current);
  const alive = new Map(first);
  const memory = new Map<string, readonly Piece[]>();
  const changes = days.map((day) => ({
    date: day.date,
    codes: day.date <= `${through}-01-01` ? play(day, alive, memory) : new Map<string, readonly Piece[] | null>(),
  }));
  refuseDisagreement(alive, current, through);
  return {
    through,
    lineage: mergeLineages(events.lineage, communes.lineage),
    listOf: (year) => {
      if (!(year >= FIRST_YEAR && year <= through))
        throw new QuartiersError({
          what: "Cette année n'est pas dans l'historique des communes",
          value: String(year),
          expected: `une année de ${FIRST_YEAR} à ${through}`,
          remedy: `prendre le fichier des événements du COG ${year} ou d'une année suivante`,
        });
      const list = new Map(first);
      for (const { date, codes } of changes) {
        if (date > `${year}-01-01`) break;
        for (const [code, pieces] of codes)
          if (pieces) list.set(code, pieces);
          else list.delete(code);
      }
      return list;
    },
  };
}

/**
 * The undivided pieces of some ground.
 * @example
 * ```ts
 * const west = { code: "35130", parts: null };
 * const east = { code: "35317", parts: null };
 * leaves([{ code: "35130", parts: [west, east] }]).map(({ code }) => code) // [ '35130', '35317' ]
 * ```
 */
export function leaves(pieces: readonly Piece[]): readonly Piece[] {
  return pieces.flatMap((piece) => (piece.parts ? leaves(piece.parts) : [piece]));
}

/** The communes of 1943: those whose first event finds them there, and those to which nothing happened. */
function firstList(days: readonly Day[], current: readonly string[]): Map<string, readonly Piece[]> {
  const seen = new Set<string>();
  const first: string[] = [];
  for (const { moves } of days) {
    const arriving = new Set(moves.filter(({ before, after }) => before !== after).map(({ after }) => after));
    const staying = new Set(moves.filter(({ before, after }) => before === after).map(({ after }) => after));
    const befores = new Set(moves.map(({ before }) => before));
    for (const code of befores) if (!seen.has(code) && (staying.has(code) || !arriving.has(code))) first.push(code);
    for (const code of [...befores, ...arriving]) seen.add(code);
  }
  const untouched = current.filter((code) => !seen.has(code));
  return new Map([...first, ...untouched].map((code) => [code, [{ code, parts: null }]]));
}

/**
 * Plays one day: `alive` becomes the list of the evening; `memory` keeps the pieces that a commune had before it was merged.
 * Returns what changed: the pieces of a commune in the evening, null for one that is no more.
 */
function play(
  { moves, nested, stillNested }: Day,
  alive: Map<string, readonly Piece[]>,
  memory: Map<string, readonly Piece[]>,
): ReadonlyMap<string, readonly Piece[] | null> {
  const targetsOf = movesBySource(moves);
  const sources = [...targetsOf.keys()].filter((code) => alive.has(code));
  const evening = new Map<string, Piece[]>();
  const put = (code: string, pieces: readonly Piece[]): unknown =>
    evening.set(code, [...(evening.get(code) ?? []), ...pieces]);
  for (const code of sources) {
    const pieces = alive.get(code) ?? [];
    const targets = endsOf(code, targetsOf);
    if (targets.length > 1)
      for (const [target, share] of divide(code, pieces, targets, moves, memory)) put(target, share);
    else put(targets[0], pieces);
  }
  for (const code of sources) {
    const merged = !endsOf(code, targetsOf).includes(code);
    if ((merged || nested.has(code)) && !stillNested.has(code)) memory.set(code, alive.get(code) ?? []);
  }
  for (const code of sources) alive.delete(code);
  const changed = new Map<string, readonly Piece[] | null>(sources.map((code) => [code, null]));
  for (const [code, pieces] of evening) {
    const all = [...new Set([...(alive.get(code) ?? []), ...pieces])];
    alive.set(code, all);
    changed.set(code, all);
  }
  return changed;
}

function movesBySource(moves: readonly Change[]): ReadonlyMap<string, readonly Change[]> {
  const found = new Map<string, Change[]>();
  for (const move of moves) {
    const list = found.get(move.before);
    if (list) list.push(move);
    else found.set(move.before, [move]);
  }
  return found;
}

/** Where a commune is in the evening: a code that the day both receives and sends on was only passed through. */
function endsOf(code: string, targetsOf: ReadonlyMap<string, readonly Change[]>): readonly string[] {
  const ends = new Set<string>();
  const visited = new Set<string>();
  const visit = (from: string): void => {
    visited.add(from);
    for (const { after } of targetsOf.get(from) ?? []) {
      const onward = targetsOf.get(after);
      if (!onward || onward.some((move) => move.after === after)) ends.add(after);
      else if (!visited.has(after)) visit(after);
    }
  };
  visit(code);
  if (ends.size === 0) for (const { after } of targetsOf.get(code) ?? []) ends.add(after);
  return [...ends];
}

/**
 * Shares a commune's pieces between several. Each target takes back the pieces that it had before it was merged; one that never stood
 * alone takes a part of the main piece. What is left goes to the target that keeps the name, or else the code.
 */
function divide(
  code: string,
  pieces: readonly Piece[],
  targets: readonly string[],
  moves: readonly Change[],
  memory: ReadonlyMap<string, readonly Piece[]>,
): ReadonlyMap<string, readonly Piece[]> {
  const heir =
    moves.find((move) => move.before === code && targets.includes(move.after) && move.beforeName === move.afterName)
      ?.after ?? (targets.includes(code) ? code : targets[0]);
  const left = new Set(leaves(pieces));
  const shares = new Map<string, readonly Piece[]>();
  const fresh: string[] = [];
  for (const target of targets) {
    if (target === heir) continue;
    const own = leaves(memory.get(target) ?? []).filter((piece) => left.has(piece));
    if (own.length === 0 || own.length === left.size) fresh.push(target);
    else {
      shares.set(target, own);
      for (const piece of own) left.delete(piece);
    }
  }
  for (const target of fresh) {
    const main = [...left].find((piece) => piece.code === code) ?? [...left][0];
    const [kept, given]: readonly Piece[] = [
      { code: main.code, parts: null },
      { code: target, parts: null },
    ];
    main.parts = [kept, given];
    left.delete(main);
    left.add(kept);
    shares.set(target, [given]);
  }
  return shares.set(heir, [...left]);
}

/** How well the codes of a file fit the list of a year. */
export interface ListFit {
  readonly year: number;
  /** Codes of the file that the list of that year does not have. */
  readonly unknown: number;
  /** Communes of that year that the file does not have, among those of the départements that it has. */
  readonly absent: number;
}

/**
 * The years whose list of communes fits the codes of a file, best first: the year that a publisher announces is that of the data, not always that of the
 * codes (Filosofi 2016 is on the COG 2019). O(codes × years).
 */
export function fitLists(
  history: CommuneHistory,
  codes: readonly string[],
  years: readonly number[],
): readonly ListFit[] {
  const own = new Set(codes.filter((code) => code !== ""));
  const places = new Set([...own].map((code) => code.slice(0, 2)));
  const fits = years.map((year): ListFit => {
    const list = history.listOf(year);
    return {
      year,
      unknown: [...own].filter((code) => !list.has(code)).length,
      absent: [...list.keys()].filter((code) => places.has(code.slice(0, 2)) && !own.has(code)).length,
    };
  });
  return fits.sort((a, b) => a.unknown + a.absent - (b.unknown + b.absent) || a.year - b.year);
}

function refuseDisagreement(alive: CommuneList, current: readonly string[], through: number): void {
  const listed = new Set(current);
  const gone = current.filter((code) => !alive.has(code));
  const extra = [...alive.keys()].filter((code) => !listed.has(code));
  if (gone.length + extra.length === 0) return;
  const some = (codes: readonly string[]): string =>
    codes.length === 0 ? "aucune" : `${codes.slice(0, 5).join(", ")}${codes.length > 5 ? "…" : ""}`;
  throw new QuartiersError({
    what: `Les événements et la liste des communes ne s'accordent pas (${gone.length + extra.length} codes)`,
    value: `dans la liste seulement\u00a0: ${some(gone)}\u00a0; d'après les événements seulement\u00a0: ${some(extra)}`,
    expected: `deux fichiers du COG ${through}`,
    remedy: `prendre le fichier des événements et la liste du même COG (v_mvt_commune_${through}.csv)`,
  });
}
