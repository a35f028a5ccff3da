import { Refusal } from "../refusal.ts";
import type { Publication, PublishedNumber } from "./publication.ts";

/**
 * Refuses a publication that no ledger can read: unit missing, zone declared twice, universe unknown, negative count, hidden cells without totals.
 * Complexity: linear in members and numbers.
 */
export function checkPublication(publication: Publication, earlier: readonly Publication[]): void {
  const { secrecy, numbers, totals } = publication;
  if (publication.id.trim() === "") refuse("Publication sans nom", "", publication.id, "un nom qu'un lecteur retrouve");
  const where = `publication «\u202f${publication.id}\u202f»`;
  if (typeof secrecy?.unit !== "string" || secrecy.unit.trim() === "") {
    refuse("Publication sans unité", where, "", "l'unité que compte le seuil, comme « ménage »");
  }
  if (!(secrecy.minUnits >= 1)) refuse("Publication sans seuil", where, "", "un seuil d'au moins une unité");
  const known = zonesOf(publication, earlier, where);
  const ids = new Set<string>();
  for (const number of numbers) {
    if (ids.has(number.id)) refuse("Deux nombres portent le même nom", where, number.id, "un nom par nombre");
    ids.add(number.id);
    if (!known.has(number.universe)) {
      refuse(
        "Univers non déclaré",
        where,
        number.universe,
        "une zone déclarée par cette publication ou une précédente",
      );
    }
    checkNumber(number, where);
  }
  for (const total of totals) {
    if (!known.has(total)) refuse("Univers non déclaré", where, total, "un total qui soit une zone déclarée");
  }
  if (numbers.some(({ value }) => value === null) && totals.length === 0) {
    refuse(
      "Tableau à cellules masquées sans total déclaré",
      where,
      publication.id,
      "le champ totals, que le lecteur connaît",
    );
  }
}

/** Names of the zones that the publication may use; one name is one set of units, in the whole ledger. */
function zonesOf(publication: Publication, earlier: readonly Publication[], where: string): ReadonlySet<string> {
  const known = new Map<string, string>();
  for (const { universes } of earlier) for (const { name, members } of universes) known.set(name, setKey(members));
  const own = new Set<string>();
  for (const { name, members } of publication.universes) {
    if (own.has(name)) refuse("Deux zones portent le même nom", where, name, "un nom par zone");
    own.add(name);
    if (members.length === 0) refuse("Zone vide", where, name, "au moins une unité de base");
    const before = known.get(name);
    if (before !== undefined && before !== setKey(members)) {
      refuse(
        "Une zone du registre porte déjà ce nom, avec d'autres unités",
        where,
        name,
        "un nom propre au périmètre, par exemple son millésime",
      );
    }
    known.set(name, setKey(members));
  }
  return new Set(known.keys());
}

function checkNumber(number: PublishedNumber, where: string): void {
  const { id, kind, population, measure, value, rounding = 0, base, n, per = 1, least = 0, greatest = 0 } = number;
  if (population === "" || measure === "") {
    refuse("Nombre sans population ou sans mesure", where, id, "qui est compté, et ce qui l'est");
  }
  if ((kind !== "sum" && kind !== "mean" && value !== null && value < 0) || (n !== undefined && n < 0)) {
    refuse("Effectif négatif", where, id, "un effectif positif ou nul");
  }
  const finite = [value ?? 0, rounding, n ?? 0, per, least, greatest].every(Number.isFinite);
  if (!finite || rounding < 0 || per <= 0) {
    refuse("Nombre illisible", where, id, "une valeur finie et un arrondi positif ou nul");
  }
  const part = kind === "count" && value !== null && rounding === 0 && !Number.isInteger(value);
  if (part || (n !== undefined && !Number.isInteger(n))) {
    refuse("Effectif qui n'est pas entier", where, id, "un effectif entier, ou son arrondi (rounding)");
  }
  if (kind !== "count" && base === undefined) {
    refuse("Somme, moyenne ou taux sans effectif de référence", where, id, "le champ base, qui nomme l'effectif");
  }
  if (Object.values(number.classes ?? {}).some((labels) => labels.length === 0)) {
    refuse("Classe vide", where, id, "au moins une classe par dimension nommée");
  }
}

/** `value` is a name, never a number. */
function refuse(what: string, where: string, value: string, expected: string): never {
  throw new Refusal({ what, value, where, expected });
}

const setKey = (members: readonly string[]): string => JSON.stringify([...new Set(members)].sort());
