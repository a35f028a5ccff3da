import { frenchNumber } from "../../codes/french.ts";
import { gatheredTitles } from "./gathered-titles.ts";
import { grouped } from "./grouped.ts";
import type { CardData, CardEquity, CardSensitivity } from "./transparency-card.ts";

/** More files than this are counted, not named: their list is in the file of the card. */
const mostNamed = 30;

/** What an invented file imitates. */
const imitated = /^Quartiers \(imite (.+)\)$/;

/** « Insee : Revenus des quartiers (2019), Logements (2018) ; Drees : … », publisher by publisher; invented files stand apart, under whom they imitate. */
export function dataWords(data: readonly CardData[]): string {
  const invented = data.filter(({ publisher }) => imitated.test(publisher));
  const others = data.filter(({ publisher }) => !imitated.test(publisher));
  const list = data.length > mostNamed ? publishersOf : filesOf;
  const parts = [
    ...(others.length > 0 ? [list(others)] : []),
    ...(invented.length > 0 ? [`données inventées, qui imitent celles-ci : ${list(invented)}`] : []),
  ];
  const all = parts.map(capital).join(". ");
  return data.length > mostNamed
    ? `${frenchNumber(data.length)} fichiers, dont la liste et l’empreinte sont dans le fichier de la carte. ${all}`
    : all;
}

const publishersOf = (data: readonly CardData[]): string => [...byPublisher(data).keys()].join(" ; ");

const filesOf = (data: readonly CardData[]): string =>
  [...byPublisher(data)].map(([publisher, files]) => `${publisher} : ${titlesOf(files)}`).join(" ; ");

function byPublisher(data: readonly CardData[]): ReadonlyMap<string, readonly CardData[]> {
  return grouped(data, ({ publisher }) => imitated.exec(publisher)?.[1] ?? publisher);
}

/** Titles with their vintage, said once for those that share it. */
function titlesOf(files: readonly CardData[]): string {
  const byVintage = grouped(files, ({ vintage }) => vintage);
  return [...byVintage]
    .map(([vintage, some]) => {
      const titles = gatheredTitles(some.map(({ title }) => title.replace(/, données synthétiques$/, ""))).join(", ");
      return vintage ? `${titles} (${vintage})`.replace(/\) \((?=[^()]*\)$)/, ", ") : titles;
    })
    .join(", ");
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A result as printed; « non disponible » where it is missing. */
export const resultWords = (
  result: number | null,
  { decimals, unit }: Pick<CardSensitivity, "decimals" | "unit">,
): string => frenchNumber(result ?? Number.NaN, { decimals, ...(unit ? { unit } : {}) });

/** A gap of the table of errors, in points; « s » where the gate hides the group. */
export const gapWords = (value: CardEquity["error"]): string =>
  value === null ? "s" : frenchNumber(value, { decimals: 1, unit: "points" });
