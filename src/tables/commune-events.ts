import { reasonAt, type Table, texts } from "../codes/table.ts";

/** One line of the file whose two sides are known. */
export interface Change {
  readonly event: string;
  readonly before: string;
  readonly after: string;
  readonly beforeName: string;
  readonly afterName: string;
}

/** What happened on one day, between communes (COM to COM), and who became or stayed an associated or delegated commune. */
export interface Day {
  readonly date: string;
  readonly moves: Change[];
  /** Communes that became a part of another under their own code (COM x to COMA x or COMD x). */
  readonly nested: Set<string>;
  /** Parts that were parts before and stay so (COMD x to COMD x). */
  readonly stillNested: Set<string>;
}

/** Saint-Barthélemy and Saint-Martin left the Guadeloupe (organic law 2007-223, in force on 15 July 2007); INSEE's file does not tell it. */
const departures: readonly Change[] = [
  {
    event: "41",
    before: "97123",
    after: "97701",
    beforeName: "Saint-Barthélemy",
    afterName: "Saint-Barthélemy",
  },
  { event: "41", before: "97127", after: "97801", beforeName: "Saint-Martin", afterName: "Saint-Martin" },
];

/**
 * The days on which something happened to communes, in order, out of INSEE's events (`cogMouvementsContract`). What has nothing before (ground
 * taken from another country) is left out. O(events).
 * @param current codes of the current list: Saint-Barthélemy and Saint-Martin leave the Guadeloupe when it has them
 */
export function daysOf(events: Table, current: readonly string[]): readonly Day[] {
  const [event, date, typeBefore, before, nameBefore, typeAfter, after, nameAfter] = [
    "evenement",
    "date_effet",
    "type_avant",
    "code_avant",
    "nom_avant",
    "type_apres",
    "code_apres",
    "nom_apres",
  ].map((name) => texts(events, name));
  const days = new Map<string, Day>();
  const dayOf = (key: string): Day => {
    const day = days.get(key) ?? { date: key, moves: [], nested: new Set(), stillNested: new Set() };
    days.set(key, day);
    return day;
  };
  for (let row = 0; row < events.numRows; row++) {
    if (reasonAt(before, row) || before.values[row] === "") continue;
    const change: Change = {
      event: event.values[row],
      before: before.values[row],
      after: after.values[row],
      beforeName: nameBefore.values[row],
      afterName: nameAfter.values[row],
    };
    const day = dayOf(date.values[row]);
    const [from, to] = [typeBefore.values[row], typeAfter.values[row]];
    if (from === "COM" && to === "COM") day.moves.push(change);
    if (isPart(to) && change.before === change.after)
      (from === "COM" ? day.nested : day.stillNested).add(change.before);
  }
  const known = new Set([...days.values()].flatMap(({ moves }) => moves.map(({ before: code }) => code)));
  for (const departure of departures)
    if (current.includes(departure.after) && !known.has(departure.before)) dayOf("2007-07-15").moves.push(departure);
  return [...days.values()].sort((a, b) => (a.date < b.date ? -1 : 1));
}

const isPart = (type: string): boolean => type === "COMA" || type === "COMD";
