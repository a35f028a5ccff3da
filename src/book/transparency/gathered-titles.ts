import { frenchNumber } from "../../codes/french.ts";
import { grouped } from "./grouped.ts";

/** Fewer titles than this are told one by one. */
const leastGathered = 3;

/**
 * Titles of one series told once, with how many they are: three or more that say the same before their first comma.
 * @example
 * ```ts
 * gatheredTitles(["Revenus, seuls", "Revenus, couples", "Revenus, familles", "Logements"]) // [ "Revenus (3 fichiers)", "Logements" ]
 * ```
 */
export function gatheredTitles(titles: readonly string[]): readonly string[] {
  const series = grouped(new Set(titles), (title) => title.split(",")[0] ?? title);
  return [...series].flatMap(([start, members]) =>
    members.length < leastGathered ? members : [`${start} (${frenchNumber(members.length)} fichiers)`],
  );
}
