import { type AbatementsOfDay, abatementsOn } from "./c2s-abatements.ts";
import { c2sPeriod, ceilingAmount, coefficientTenths } from "./c2s-ceiling.ts";
import { personFlags } from "./c2s-columns.ts";
import { c2sAreas } from "./c2s-household.ts";
import { C2S_SINCE, type C2sPeriod } from "./c2s-parameters.ts";
import { presumptions } from "./c2s-presumptions.ts";
import { forfaitCents, rsaAmount } from "./forfait-logement.ts";
import { participationEurMonth } from "./participation.ts";

/** Persons of a foyer, at most. */
export const MOST_PERSONS = 50;
/** Ages from 0 to 130. */
export const AGES = 131;

/** The law of a day, in tables that the loop reads. */
export interface LawOfDay {
  readonly period: C2sPeriod;
  readonly isC2s: boolean;
  readonly abatements: AbatementsOfDay;
  /** Free and with participation, by area and number of persons. */
  readonly ceilings: Int32Array;
  readonly hundredths: Int32Array;
  /** Cents a month: without a benefit for 1, 2, 3 persons, then with it. */
  readonly forfait: Float64Array;
  /** Cents a month by age, general then Alsace-Moselle. */
  readonly dueCents: Int32Array;
  /** Bits of `flags` that open a presumption, whoever lives there; and for a person alone. */
  readonly presumes: number;
  readonly presumesAlone: number;
}

/** The tables of a day, from the same parameters as `entitlement`; throws where no ceiling is published. */
export function lawOf(date: string): LawOfDay {
  const period = c2sPeriod(date);
  const ceilings = new Int32Array(c2sAreas.length * (MOST_PERSONS + 1) * 2);
  const hundredths = new Int32Array(MOST_PERSONS + 1);
  for (let persons = 1; persons <= MOST_PERSONS; persons++) {
    hundredths[persons] = coefficientTenths(persons) * 10;
    c2sAreas.forEach((area, a) => {
      (["free", "participation"] as const).forEach((right, r) => {
        ceilings[(a * (MOST_PERSONS + 1) + persons) * 2 + r] = ceilingAmount(
          period,
          persons,
          hundredths[persons] as number,
          area,
          right,
        ).eurYear;
      });
    });
  }
  const rsa = rsaAmount(date);
  const isC2s = date >= C2S_SINCE;
  const dueCents = new Int32Array(2 * AGES);
  if (isC2s)
    for (let age = 0; age < AGES; age++)
      (["general", "alsace-moselle"] as const).forEach((scheme, s) => {
        dueCents[s * AGES + age] = Math.round(participationEurMonth({ ageOnFirstJanuary: age, date, scheme }) * 100);
      });
  const opens = (id: string, bit: number): number =>
    presumptions.some((one) => one.id === id && one.from <= date) ? bit : 0;
  const presumes = opens("aspa", personFlags.receivesAspa) | opens("asi", personFlags.receivesAsi);
  return {
    period,
    isC2s,
    abatements: abatementsOn(date),
    ceilings,
    hundredths,
    forfait: Float64Array.from([1, 2, 3, 1, 2, 3], (persons, i) => forfaitCents(rsa, persons, i > 2)),
    dueCents,
    presumes,
    presumesAlone: presumes | opens("aah", personFlags.receivesAah),
  };
}
