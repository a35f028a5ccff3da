/** What an employer asks: a licence that is required (E), or wished for (S). */
export type LicenceDemand = "required" | "wished";

/** Licence B and those that nobody is given without it (directive 2006/126/CE, art. 6 § 1). */
const carLicences: ReadonlySet<string> = new Set("B BE C1 C1E C CE D1 D1E D DE".split(" "));

/** "B - Véhicule léger" → "B". */
const category = (label: string): string => label.trim().split(/[\s-]/, 1)[0].toUpperCase();

/**
 * Does an offer ask that one drives a car? It does when it asks for licence B, or for a heavier one, which presupposes B; the strongest
 * demand counts. O(length of the lists).
 *
 * @param labels labels of the licences, joined by ";" (`permisLibelle`); "" where the offer names none
 * @param demands E (required) or S (wished), in the same order and as many (`permisExigence`)
 * @returns null where nothing is said: no licence named, a demand not given, or lists whose places do not agree. Never « no licence needed »
 * @example
 * ```ts
 * licenceDemand("A - Moto;C - Poids lourds", "S;E") // "required"
 * ```
 */
export function licenceDemand(labels: string, demands: string): LicenceDemand | null {
  const named = labels.split(";");
  const asked = demands.split(";");
  if (named.length !== asked.length) return null;
  const ofCars = new Set(asked.filter((_, i) => carLicences.has(category(named[i]))));
  return ofCars.has("E") ? "required" : ofCars.has("S") ? "wished" : null;
}
