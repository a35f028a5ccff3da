import { frenchNumber } from "../../codes/french.ts";
import type { CardData, CardEquity, CardSensitivity } from "./transparency-card.ts";

/** More files than this are counted, not named: their list is in the file of the card. */
const mostNamed = 16;

/** « Insee : Revenus des quartiers (2019), Logements (2018) ; Drees : … », publisher by publisher; invented files name whom they imitate. */
export function dataWords(data: readonly CardData[]): string {
  const byPublisher = new Map<string, string[]>();
  for (const { publisher, title, vintage } of data) {
    const imitated = /^Quartiers \(imite (.+)\)$/.exec(publisher)?.[1] ?? publisher;
    const name = title.replace(/, données synthétiques$/, "");
    const told = vintage ? `${name} (${vintage})` : name;
    const titles = byPublisher.get(imitated) ?? [];
    if (!titles.includes(told)) byPublisher.set(imitated, [...titles, told]);
  }
  const invented = data.length > 0 && data.every(({ publisher }) => publisher.startsWith("Quartiers (imite "));
  const start = invented ? "Données inventées, qui imitent celles-ci : " : "";
  if (data.length > mostNamed)
    return `${start}${frenchNumber(data.length)} fichiers de ${[...byPublisher.keys()].join(", ")} ; leur liste, avec leur empreinte, est dans le fichier de la carte`;
  return start + [...byPublisher].map(([publisher, titles]) => `${publisher} : ${titles.join(", ")}`).join(" ; ");
}

/** A result as printed; « non disponible » where it is missing. */
export const resultWords = (
  result: number | null,
  { decimals, unit }: Pick<CardSensitivity, "decimals" | "unit">,
): string => frenchNumber(result ?? Number.NaN, { decimals, ...(unit ? { unit } : {}) });

/** A gap of the table of errors, in points; « s » where the gate hides the group. */
export const gapWords = (value: CardEquity["error"]): string =>
  value === null ? "s" : frenchNumber(value, { decimals: 1, unit: "points" });
