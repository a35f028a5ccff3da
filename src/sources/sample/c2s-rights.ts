import { type FoyerKind, foyerBudget, foyerPersons } from "./foyer-budgets.ts";
import type { InventedHousehold, InventedPerson } from "./invented-households.ts";

/** Rights from the poorest on: RSA (and the free C2S with it), free by its resources, with participation. */
export const plantedRights = ["rsa", "free", "participation"] as const;

/** The ceiling of 1 April 2020 for one person, EUR a year, its coefficients by persons of the foyer, and what participation adds. */
export const ceilingModel = {
  plafond_1_personne_eur_an: 9031.56,
  date_du_plafond: "2020-04-01",
  coefficients_du_plafond: [1, 1.5, 1.8, 2.1, 2.5, 2.9, 3.3],
  participation: 1.35,
} as const;

/** A foyer of a household, with its share of the household's income. */
export interface InventedFoyer {
  readonly kind: FoyerKind;
  /** Share of the household's disposable income: each reference person, partner, grown child and other person brings the same. */
  readonly share: number;
}

const unitsOf = ({ age }: InventedPerson, i: number): number => (i === 0 ? 1 : age >= 14 ? 0.5 : 0.3);

/** Consumption units: 1, then 0.5 from 14 years on, 0.3 under. */
export const householdUnits = ({ persons }: InventedHousehold): number =>
  persons.reduce((sum, person, i) => sum + unitsOf(person, i), 0);

/** The foyers of a household: the reference person, the partner and the children under 25; each grown child and each other person alone, housed free. */
export function foyersOf(household: InventedHousehold): readonly InventedFoyer[] {
  const { persons, tenure } = household;
  const mayHaveRsa = (age: number): boolean => age >= 25 && age < 65;
  const apart = ({ age, link }: InventedPerson): boolean => link === "other" || (link === "child" && age >= 25);
  const adults = persons.filter(({ link }) => link === "reference" || link === "partner");
  const children = persons.filter((person) => person.link === "child" && !apart(person));
  const working = adults.filter(({ employed }) => employed).length as 0 | 1 | 2;
  const bringing = adults.length + persons.filter(apart).length;
  const first: InventedFoyer = {
    kind: {
      adults: adults.length === 2 ? 2 : 1,
      dependants: children.length,
      under20: children.filter(({ age }) => age < 20).length,
      earners: working,
      housing: tenure === "owner" ? "owner" : tenure === "free" ? "free" : "tenant",
      rsaAge: children.length > 0 || adults.some(({ age }) => mayHaveRsa(age)),
    },
    share: adults.length / bringing,
  };
  return [
    first,
    ...persons.filter(apart).map(
      ({ employed, age }): InventedFoyer => ({
        kind: {
          adults: 1,
          dependants: 0,
          under20: 0,
          earners: employed ? 1 : 0,
          housing: "free",
          rsaAge: mayHaveRsa(age),
        },
        share: 1 / bringing,
      }),
    ),
  ];
}

/** Disposable incomes of the foyer under which it has each right, EUR a year, never decreasing. */
export type Thresholds = readonly [rsa: number, free: number, participation: number];

/** Finds the market income at which each right ends (bisection: the resources grow with it), and what the foyer then has to live on. */
export function rightThresholds(kind: FoyerKind): Thresholds {
  const ceiling = Math.round(
    ceilingModel.plafond_1_personne_eur_an * ceilingModel.coefficients_du_plafond[foyerPersons(kind) - 1],
  );
  const disposableWhere = (has: (market: number) => boolean): number => {
    if (!has(0)) return 0;
    let [low, high] = [0, 200_000];
    for (let i = 0; i < 60; i++) {
      const middle = (low + high) / 2;
      if (has(middle)) low = middle;
      else high = middle;
    }
    return foyerBudget(kind, high).disposable;
  };
  const rsa = disposableWhere((market) => foyerBudget(kind, market).rsa > 0);
  const free = Math.max(
    rsa,
    disposableWhere((market) => foyerBudget(kind, market).resources < ceiling),
  );
  const paying = disposableWhere(
    (market) => foyerBudget(kind, market).resources < ceilingModel.participation * ceiling,
  );
  return [rsa, free, Math.max(free, paying)];
}

/** Thresholds by kind of foyer, found once a kind. */
export function thresholdsByKind(): (kind: FoyerKind) => Thresholds {
  const known = new Map<string, Thresholds>();
  return (kind) => {
    const key = `${kind.adults} ${kind.dependants} ${kind.under20} ${kind.earners} ${kind.housing} ${kind.rsaAge}`;
    const found = known.get(key) ?? rightThresholds(kind);
    known.set(key, found);
    return found;
  };
}
