import { Refusal } from "../refusal.ts";

/** A set of base units (parcels, IRIS, persons' classes...) over which numbers are published. */
export interface Universe {
  readonly name: string;
  readonly members: readonly string[];
}

/** One number that a reader can read: what it counts, over which universe, and how far it was rounded. */
export interface PublishedNumber {
  /** Name of the number in its publication. */
  readonly id: string;
  /** `rate` and `mean`: the numerator is `measure`, the denominator is `base`. */
  readonly kind: "count" | "sum" | "mean" | "rate";
  readonly measure: string;
  readonly unit: string;
  readonly universe: string;
  /** Null for a hidden cell: nothing is published, and nothing may be found. */
  readonly value: number | null;
  /** Half-width of the rounding: the true value lies within value ± rounding. Exact by default. */
  readonly rounding?: number;
  /** The count of the same units; required for a sum, a mean or a rate. */
  readonly base?: string;
  /** Count published beside a mean or a rate. */
  readonly n?: number;
  /** 100 for a percentage; 1 by default. */
  readonly per?: number;
}

/** What enters the ledger at once. The date is given: the ledger has no clock. */
export interface Publication {
  readonly id: string;
  readonly date: string;
  /** "public": totals known from elsewhere, which are recorded and cannot be refused. */
  readonly origin: "release" | "public";
  readonly universes: readonly Universe[];
  readonly numbers: readonly PublishedNumber[];
  /** Universes that total the table; required as soon as a cell is hidden, since readers know them. */
  readonly totals: readonly string[];
}

/**
 * Refuses a publication that no ledger can read: zone declared twice, universe unknown, negative count, hidden cells without totals.
 * Complexity: linear in members and numbers.
 */
export function checkPublication(publication: Publication, earlier: readonly Publication[]): void {
  const where = `publication «\u202f${publication.id}\u202f»`;
  const refuse = (what: string, value: string, expected: string): never => {
    throw new Refusal({ what, value, where, expected });
  };
  if (earlier.some(({ id }) => id === publication.id)) {
    refuse("Le registre contient déjà cette publication", publication.id, "un nom nouveau");
  }
  const known = new Map<string, string>();
  for (const { universes } of earlier) for (const { name, members } of universes) known.set(name, setKey(members));
  const own = new Set<string>();
  for (const { name, members } of publication.universes) {
    if (own.has(name)) refuse("Deux zones portent le même nom", name, "un nom par zone");
    own.add(name);
    const before = known.get(name);
    if (before !== undefined && before !== setKey(members)) {
      refuse(
        "Une zone du registre porte déjà ce nom, avec d'autres unités",
        name,
        "un nom propre au périmètre, par exemple son millésime",
      );
    }
    known.set(name, setKey(members));
  }
  const ids = new Set<string>();
  for (const number of publication.numbers) {
    const { id, kind, universe, value, rounding = 0, base, n, per = 1 } = number;
    if (ids.has(id)) refuse("Deux nombres portent le même nom", id, "un nom par nombre");
    ids.add(id);
    if (!known.has(universe))
      refuse("Univers non déclaré", universe, "une zone déclarée par cette publication ou une précédente");
    const negative = (kind === "count" && value !== null && value < 0) || (n !== undefined && n < 0);
    if (negative) refuse("Effectif négatif", id, "un effectif positif ou nul");
    const finite = [value ?? 0, rounding, n ?? 0, per].every(Number.isFinite) && rounding >= 0 && per > 0;
    if (!finite) refuse("Nombre illisible", id, "une valeur finie et un arrondi positif ou nul");
    if (kind !== "count" && base === undefined) {
      refuse("Somme, moyenne ou taux sans effectif de référence", id, "le champ base, qui nomme l'effectif");
    }
  }
  for (const total of publication.totals) {
    if (!known.has(total)) refuse("Univers non déclaré", total, "un total qui soit une zone déclarée");
  }
  if (publication.numbers.some(({ value }) => value === null) && publication.totals.length === 0) {
    refuse("Tableau à cellules masquées sans total déclaré", publication.id, "le champ totals, que le lecteur connaît");
  }
}

const setKey = (members: readonly string[]): string => JSON.stringify([...new Set(members)].sort());
