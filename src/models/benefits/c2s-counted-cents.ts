import {
  type AbatementsOfDay,
  ACTIVITY_ABATEMENT_HUNDREDTHS,
  abatedAah,
  abatedAsi,
  abatedAspa,
} from "./c2s-abatements.ts";
import { type C2sColumns, personFlags } from "./c2s-columns.ts";
import { c2sSituations } from "./c2s-household.ts";
import { type ItemTreatment, resourceItems, treatmentOn } from "./c2s-resource-items.ts";
import { abatesActivity } from "./c2s-resources.ts";

/** What counts of each person, and what the loop over households must look at again. */
export interface CountedCents {
  /** Cents over twelve months, without AAH, ASI and ASPA. */
  readonly cents: Float64Array;
  /** 1: an amount is absent, negative or beyond reason. 2: receives AAH, ASI or ASPA. */
  readonly marks: Uint8Array;
}
export const MARK_BAD = 1;
export const MARK_ABATED = 2;

/** Persons taken together: their sums stay in the nearest cache while the columns pass. */
const BLOCK = 4096;

/** Adds up the columns of resources of each person as the law of a day treats them. O(persons x columns). */
export function countedCents(columns: C2sColumns, date: string): CountedCents {
  const persons = columns.role.length;
  const counted = { cents: new Float64Array(persons), marks: new Uint8Array(persons) };
  const abates = Uint8Array.from({ length: 256 }, (_, code) =>
    Number(code < c2sSituations.length && abatesActivity(c2sSituations[code] ?? "none", date)),
  );
  const parts = resourceItems.flatMap(({ id }) => {
    const amounts = columns.resources[id];
    const months = id === "aah" || id === "asi" || id === "aspa" ? columns.months?.[id] : undefined;
    return amounts ? [{ amounts, months, treatment: treatmentOn(id, date) }] : [];
  });
  for (let from = 0; from < persons; from += BLOCK) {
    const to = Math.min(from + BLOCK, persons);
    for (const { amounts, months, treatment } of parts) {
      addBlock(columns, amounts, treatment, abates, counted, from, to);
      if (months) markMonths(amounts, months, counted.marks, from, to);
    }
  }
  return counted;
}

function addBlock(
  { situation, flags }: C2sColumns,
  amounts: Float64Array,
  treatment: ItemTreatment,
  abates: Uint8Array,
  { cents, marks }: CountedCents,
  from: number,
  to: number,
): void {
  const sign = treatment === "excluded" || treatment === "abated" ? 0 : treatment === "deducted" ? -1 : 1;
  const activity = treatment === "activity";
  const training = treatment === "training";
  const mark = treatment === "abated" ? MARK_ABATED : 0;
  for (let i = from; i < to; i++) {
    const eur = amounts[i] as number;
    if (eur === 0) continue;
    if (!(eur > 0 && eur <= 1e9)) {
      marks[i] = (marks[i] as number) | MARK_BAD;
      continue;
    }
    let value = Math.round(eur * 100) * sign;
    if (activity) {
      if (abates[situation[i] as number] === 1)
        value = Math.round((value * (100 - ACTIVITY_ABATEMENT_HUNDREDTHS)) / 100);
    } else if (training && ((flags[i] as number) & personFlags.trainingPayStopped) !== 0) continue;
    cents[i] = (cents[i] as number) + value;
    marks[i] = (marks[i] as number) | mark;
  }
}

/** An amount is received on 1 to 12 months. */
function markMonths(amounts: Float64Array, months: Uint8Array, marks: Uint8Array, from: number, to: number): void {
  for (let i = from; i < to; i++)
    if (amounts[i] !== 0 && !((months[i] as number) >= 1 && (months[i] as number) <= 12))
      marks[i] = (marks[i] as number) | MARK_BAD;
}

/**
 * Cents of AAH, ASI and ASPA of one person after their abatements, with what the other adult of the couple receives (-1: none); -1 where no abatement is published.
 * Months received count from the first.
 */
export function minimaCents(columns: C2sColumns, i: number, other: number, law: AbatementsOfDay): number {
  const aah = monthly(columns, "aah", i);
  const asi = monthly(columns, "asi", i);
  const aspa = monthly(columns, "aspa", i);
  if ((aah > 0 && !law.aah) || (asi > 0 && !law.asi) || (aspa > 0 && !law.aspa)) return -1;
  const asiOfOther = other < 0 ? 0 : monthly(columns, "asi", other);
  const aspaOfOther = other < 0 ? 0 : monthly(columns, "aspa", other);
  let sumAah = 0;
  let sumAsi = 0;
  let sumAspa = 0;
  for (let m = 0; m < 12; m++) {
    const withAah = received(columns, "aah", i, m, aah) > 0;
    if (withAah && law.aah) sumAah += abatedAah(aah, law.aah);
    if (received(columns, "asi", i, m, asi) > 0 && law.asi)
      sumAsi += abatedAsi(asi, withAah, received(columns, "asi", other, m, asiOfOther) > 0, law.asi);
    if (received(columns, "aspa", i, m, aspa) > 0 && law.aspa) {
      const theirs = received(columns, "aspa", other, m, aspaOfOther);
      sumAspa += (abatedAspa(aspa, theirs, law.aspa) * aspa) / (aspa + theirs);
    }
  }
  return Math.round(sumAah * 100) + Math.round(sumAsi * 100) + Math.round(sumAspa * 100);
}

function monthly({ resources, months }: C2sColumns, id: "aah" | "asi" | "aspa", i: number): number {
  const eur = resources[id]?.[i] ?? 0;
  return eur === 0 ? 0 : eur / (months?.[id]?.[i] ?? 12);
}

function received({ months }: C2sColumns, id: "aah" | "asi" | "aspa", i: number, month: number, eur: number): number {
  return eur > 0 && month < (months?.[id]?.[i] ?? 12) ? eur : 0;
}
