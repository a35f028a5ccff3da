import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { workHours } from "../../../src/models/matching/work-hours.ts";
import { occupations } from "../../../src/sources/sample/occupations.ts";
import { conditionModel, licenceExceptions } from "../../../src/sources/sample/offer-conditions.ts";

const json = <T>(file: string): T =>
  JSON.parse(readFileSync(join(import.meta.dirname, "../../../data-samples", file), "utf8")) as T;

interface Offer {
  readonly romeCode: string;
  readonly nombrePostes: number;
  readonly dureeTravailLibelle: string;
  readonly dureeTravailLibelleConverti: string;
  readonly permis?: readonly { readonly libelle: string; readonly exigence: string }[];
  readonly contexteTravail?: { readonly horaires?: readonly string[]; readonly conditionsExercice?: readonly string[] };
}
interface Counts {
  readonly offres: number;
  readonly postes: number;
  readonly permis_exige: number;
  readonly part_permis_exige: number;
  readonly permis_souhaite: number;
  readonly horaires_decales: number;
  readonly horaires: Readonly<Record<string, number>>;
}

const { resultats: offers } = json<{ resultats: readonly Offer[] }>("offres/offres.json");
const truth = json<{
  ensemble: Counts;
  par_famille: Readonly<Record<string, Counts>>;
  par_domaine: Readonly<Record<string, Counts>>;
}>("verite/offres.json");

/** Everything that an offer says, as one text. */
const said = ({ dureeTravailLibelle, contexteTravail = {} }: Offer): string =>
  [dureeTravailLibelle, ...(contexteTravail.horaires ?? []), ...(contexteTravail.conditionsExercice ?? [])].join(";");

/** Counts made again from the written file alone, by words of our own. */
function recount(rows: readonly Offer[]): Partial<Counts> {
  const count = (test: (offer: Offer) => boolean): number => rows.filter(test).length;
  const asks = (offer: Offer, demand: string): boolean =>
    (offer.permis ?? []).some(({ exigence }) => exigence === demand);
  return {
    offres: rows.length,
    postes: rows.reduce((sum, { nombrePostes }) => sum + nombrePostes, 0),
    permis_exige: count((offer) => asks(offer, "E")),
    permis_souhaite: count((offer) => asks(offer, "S")),
    horaires_decales: count((offer) => /2X8|3X8|nuit|décalés/.test(said(offer))),
  };
}

describe("what offers ask for", () => {
  test("the planted counts are found again in the file, in all, by family and by domain", () => {
    expect(truth.ensemble).toMatchObject(recount(offers));
    expect(Object.keys(truth.par_famille)).toEqual(["X", "Y", "Z"]);
    expect(Object.keys(truth.par_domaine)).toEqual(Object.keys(conditionModel));
    for (const [group, counts] of Object.entries({ ...truth.par_famille, ...truth.par_domaine })) {
      expect(counts, group).toMatchObject(recount(offers.filter(({ romeCode }) => romeCode.startsWith(group))));
      expect(counts.part_permis_exige, group).toBeCloseTo(counts.permis_exige / counts.offres, 6);
    }
  });

  test("the model of hours reads each label as it was drawn", () => {
    const label = (offer: Offer): string => {
      const hours = workHours(said(offer));
      if (hours === null) return "tu";
      if (hours.sunday) return "fin de semaine";
      if (hours.saturday) return "samedi";
      const names = { day: "normaux", "two-shifts": "2X8", "three-shifts": "3X8", night: "nuit", staggered: "décalés" };
      return (names as Record<string, string>)[hours.patterns[0]] ?? "variables";
    };
    const found: Record<string, number> = {};
    for (const offer of offers) found[label(offer)] = (found[label(offer)] ?? 0) + 1;
    expect(found).toEqual(truth.ensemble.horaires);
  });

  test("shares are those of the model, within four standard errors", () => {
    for (const { code } of occupations) {
      const own = offers.filter(({ romeCode }) => romeCode === code);
      const share = licenceExceptions[code] ?? conditionModel[code.slice(0, 3)].licence;
      const required = own.filter(({ permis = [] }) => permis.some(({ exigence }) => exigence === "E")).length;
      const error = Math.sqrt(own.length * share * (1 - share));
      expect(Math.abs(required - share * own.length), code).toBeLessThanOrEqual(4 * error + 1e-9);
    }
    for (const [domain, { hours }] of Object.entries(conditionModel)) {
      const { offres, horaires_decales } = truth.par_domaine[domain];
      const share = 0.9 * (hours[0] + hours[1] + hours[2] + hours[3]);
      expect(Math.abs(horaires_decales - share * offres), domain).toBeLessThanOrEqual(
        4 * Math.sqrt(offres * share * (1 - share)) + 1e-9,
      );
    }
  });

  test("families differ enough to be told apart", () => {
    const { X, Y, Z } = truth.par_famille;
    expect(X.part_permis_exige).toBeLessThan(0.15);
    expect(Z.part_permis_exige).toBeGreaterThan(0.28);
    expect(Z.horaires_decales / Z.offres).toBeGreaterThan(1.5 * (Y.horaires_decales / Y.offres));
    expect(truth.par_domaine["Z13"].part_permis_exige).toBeGreaterThan(0.25);
  });

  test("the dirt of the publisher is there: silence, hours in one field only, line ends, lorries that ask for C alone", () => {
    const silent = offers.filter((offer) => workHours(said(offer)) === null);
    expect(silent.length / offers.length).toBeGreaterThan(0.07);
    expect(offers.filter(({ permis }) => permis === undefined).length / offers.length).toBeGreaterThan(0.5);
    expect(
      offers.some((offer) => workHours(offer.dureeTravailLibelle) === null && workHours(said(offer)) !== null),
    ).toBe(true);
    expect(offers.some(({ contexteTravail }) => contexteTravail?.conditionsExercice !== undefined)).toBe(true);
    expect(offers.some(({ dureeTravailLibelle }) => dureeTravailLibelle.includes("\n"))).toBe(true);
    const lorries = offers.filter(({ romeCode }) => romeCode === "Z1304");
    expect(lorries.length).toBeGreaterThan(10);
    expect(lorries.every(({ permis }) => permis?.[0]?.libelle.startsWith("C - "))).toBe(true);
    expect(new Set(offers.map(({ dureeTravailLibelleConverti }) => dureeTravailLibelleConverti))).toEqual(
      new Set(["Temps plein", "Temps partiel"]),
    );
  });
});
