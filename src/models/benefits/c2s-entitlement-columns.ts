import { chainCeilingOf, incrementTenths } from "./c2s-ceiling.ts";
import { type C2sColumns, checkColumns, personFlags } from "./c2s-columns.ts";
import { countedCents, MARK_ABATED, MARK_BAD, minimaCents } from "./c2s-counted-cents.ts";
import { CLAIMANT_FROM_AGE, DEPENDANT_UNDER_AGE } from "./c2s-foyer.ts";
import { c2sAreas, c2sRoles, c2sSituations, c2sTies, occupancies } from "./c2s-household.ts";
import { AGES, type LawOfDay, lawOf, MOST_PERSONS } from "./c2s-law-of-day.ts";
import { C2S_MAYOTTE_SINCE, type C2sArea } from "./c2s-parameters.ts";

/** Codes of `right`. */
export const rightCodes = { none: 0, free: 1, participation: 2, refused: 255 } as const;
/** Codes of `refusal`: why a household has no answer. */
export const refusalCodes = { composition: 1, amount: 2, law: 3 } as const;

/** The answers, a row a household. A refused household has `right` 255, its reason in `refusal`, and -1 everywhere else; no cell is ever NaN. */
export interface C2sAnswers {
  readonly right: Uint8Array;
  /** 0, or a code of `refusalCodes`. */
  readonly refusal: Uint8Array;
  readonly persons: Int16Array;
  readonly coefficientHundredths: Int16Array;
  readonly resourcesCents: Float64Array;
  readonly freeEurYear: Int32Array;
  readonly participationEurYear: Int32Array;
  /** 0 when free; -1 without a right or before November 2019. */
  readonly participationCentsMonth: Int32Array;
  /** How many households were refused. */
  readonly refused: number;
}

const CLAIMANT = c2sRoles.indexOf("claimant");
const SPOUSE = c2sRoles.indexOf("spouse");
const CONCUBIN = c2sRoles.indexOf("concubin");
const CHILD = c2sRoles.indexOf("child");
const [TAX, ROOF, PENSION] = [
  c2sTies.indexOf("tax-household"),
  c2sTies.indexOf("same-roof"),
  c2sTies.indexOf("deducted-pension"),
];
const TENANT = occupancies.indexOf("tenant");
const MAYOTTE = c2sAreas.indexOf("mayotte");

/**
 * `entitlement` over columns: the same rule and the same amounts to the cent, without an object a household. Throws for a date without published ceilings; a household that
 * `entitlement` would refuse is refused by code. O(persons x items with a column). Cut into slices, it runs on several threads.
 * @example
 * ```ts
 * const one = (value) => Uint8Array.of(value);
 * const { right, resourcesCents } = entitlementColumns({
 *   start: Int32Array.of(0, 1), area: one(0), occupancy: one(2), housingBenefitEurMonth: Float64Array.of(200), receivesRsa: one(0), alsaceMoselle: one(0), role: one(0), tie: one(0),
 *   age: one(50), ageOnFirstJanuary: one(49), situation: one(0), flags: Uint16Array.of(0), resources: { wages: Float64Array.of(11_000) } }, "2025-06-15");
 * [right[0], resourcesCents[0]] // [ 2, 1193096 ]
 * ```
 */
export function entitlementColumns(columns: C2sColumns, date: string): C2sAnswers {
  const law = lawOf(date);
  checkColumns(columns);
  const { cents: counted, marks } = countedCents(columns, date);
  const {
    start,
    area,
    occupancy,
    housingBenefitEurMonth,
    receivesRsa,
    alsaceMoselle,
    role,
    tie,
    age,
    flags,
    ageOnFirstJanuary: firstJanuary,
    situation,
  } = columns;
  const households = start.length - 1;
  const answers = {
    right: new Uint8Array(households),
    refusal: new Uint8Array(households),
    persons: new Int16Array(households),
    coefficientHundredths: new Int16Array(households),
    resourcesCents: new Float64Array(households),
    freeEurYear: new Int32Array(households),
    participationEurYear: new Int32Array(households),
    participationCentsMonth: new Int32Array(households),
  };
  const dependants = new Int32Array(MOST_PERSONS);
  const abated = new Int32Array(MOST_PERSONS);
  const { dueCents } = law;
  let refused = 0;
  const refuse = (h: number, code: number): void => {
    answers.right[h] = rightCodes.refused;
    answers.refusal[h] = code;
    answers.persons[h] = -1;
    answers.coefficientHundredths[h] = -1;
    answers.resourcesCents[h] = -1;
    answers.freeEurYear[h] = -1;
    answers.participationEurYear[h] = -1;
    answers.participationCentsMonth[h] = -1;
    refused++;
  };
  for (let h = 0; h < households; h++) {
    const from = start[h] as number;
    const to = start[h + 1] as number;
    const place = area[h] as number;
    const benefit = housingBenefitEurMonth[h] as number;
    if (to - from < 1 || to - from > MOST_PERSONS || place > MAYOTTE || (occupancy[h] as number) > TENANT) {
      refuse(h, refusalCodes.composition);
      continue;
    }
    let claimant = -1;
    let partner = -1;
    let partners = 0;
    let claimants = 0;
    let children = 0;
    let halves = 0;
    let recipients = 0;
    let cents = 0;
    let due = 0;
    const rates = ((alsaceMoselle[h] as number) & 1) * AGES;
    let wrong = !(benefit >= 0 && benefit <= 1e9) ? refusalCodes.amount : 0;
    for (let i = from; i < to; i++) {
      const who = role[i] as number;
      const years = age[i] as number;
      const facts = flags[i] as number;
      if (
        who >= c2sRoles.length ||
        (tie[i] as number) >= c2sTies.length ||
        years > 130 ||
        (firstJanuary[i] as number) > 130 ||
        (situation[i] as number) >= c2sSituations.length
      )
        wrong ||= refusalCodes.composition;
      if ((facts & personFlags.alternating) !== 0 && years >= 18) wrong ||= refusalCodes.composition;
      const mark = marks[i] as number;
      if ((mark & MARK_BAD) !== 0) wrong ||= refusalCodes.amount;
      if (who === CLAIMANT) {
        claimants++;
        claimant = i;
      } else if (who === SPOUSE || who === CONCUBIN) {
        partners++;
        if (who === SPOUSE && (facts & personFlags.taxedSeparately) !== 0) continue;
        partner = i;
      } else {
        if (years >= DEPENDANT_UNDER_AGE) continue;
        const tied = tie[i] as number;
        const belongs = tied === TAX || (who === CHILD && (tied === ROOF || (tied === PENSION && years >= 18)));
        if (!belongs) continue;
        // The key sorts from the oldest, then as given; its last bit says a half increment.
        const half = facts & personFlags.alternating;
        dependants[children++] = ((130 - years) * 64 + i - from) * 2 + half;
        halves += half;
      }
      cents += counted[i] as number;
      due += dueCents[rates + (firstJanuary[i] as number)] as number;
      if ((mark & MARK_ABATED) !== 0) abated[recipients++] = i;
    }
    if (claimants !== 1 || partners > 1) wrong ||= refusalCodes.composition;
    const persons = 1 + (partner >= 0 ? 1 : 0) + children;
    const withBenefit = Math.round(benefit * 100) > 0;
    const housed = withBenefit || occupancy[h] !== TENANT;
    if (place === MAYOTTE && (date < C2S_MAYOTTE_SINCE || housed)) wrong ||= refusalCodes.law;
    if (wrong !== 0) {
      refuse(h, wrong);
      continue;
    }
    let lawful = true;
    for (let k = 0; k < recipients; k++) {
      const i = abated[k] as number;
      const minima = minimaCents(columns, i, i === claimant ? partner : i === partner ? claimant : -1, law.abatements);
      cents += minima;
      lawful &&= minima >= 0;
    }
    if (!lawful) {
      refuse(h, refusalCodes.law);
      continue;
    }
    if (housed) {
      const forfait = law.forfait[(withBenefit ? 3 : 0) + Math.min(persons, 3) - 1] as number;
      cents += 12 * (withBenefit ? Math.min(Math.round(benefit * 100), forfait) : forfait);
    }
    cents = Math.max(cents, 0);
    const cell = (place * (MOST_PERSONS + 1) + persons) * 2;
    let hundredths = law.hundredths[persons] as number;
    let free = law.ceilings[cell] as number;
    let participation = law.ceilings[cell + 1] as number;
    if (halves > 0) {
      hundredths = halvedHundredths(dependants, children, partner >= 0);
      free = chainCeilingOf(law.period, hundredths, c2sAreas[place] as C2sArea, "free");
      participation = chainCeilingOf(law.period, hundredths, c2sAreas[place] as C2sArea, "participation");
    }
    const right = decide(
      columns,
      claimant,
      partner,
      persons,
      children,
      cents,
      free * 100,
      participation * 100,
      receivesRsa[h] === 1,
      law,
    );
    answers.right[h] = right;
    answers.persons[h] = persons;
    answers.coefficientHundredths[h] = hundredths;
    answers.resourcesCents[h] = cents;
    answers.freeEurYear[h] = free;
    answers.participationEurYear[h] = participation;
    answers.participationCentsMonth[h] =
      right === rightCodes.none || !law.isC2s ? -1 : right === rightCodes.free ? 0 : due;
  }
  return { ...answers, refused };
}

/** The coefficient of a foyer with a child in alternating residence; the last bit of a key in `dependants` says a half increment. */
function halvedHundredths(dependants: Int32Array, children: number, hasPartner: boolean): number {
  const sorted = dependants.subarray(0, children).sort();
  let hundredths = hasPartner ? 100 + incrementTenths(2) * 10 : 100;
  for (let i = 0; i < children; i++)
    hundredths += incrementTenths(i + (hasPartner ? 3 : 2)) * (((sorted[i] as number) & 1) === 1 ? 5 : 10);
  return hundredths;
}

function decide(
  { age, flags }: C2sColumns,
  claimant: number,
  partner: number,
  persons: number,
  children: number,
  cents: number,
  freeCents: number,
  participationCents: number,
  receivesRsa: boolean,
  law: LawOfDay,
): number {
  if (receivesRsa) return rightCodes.free;
  const first = flags[claimant] as number;
  const second = partner < 0 ? first : (flags[partner] as number);
  const years = age[claimant] as number;
  if (years < CLAIMANT_FROM_AGE) return rightCodes.none;
  const own = personFlags.independent | personFlags.studentAid;
  const adult = years >= DEPENDANT_UNDER_AGE || (partner >= 0 && (age[partner] as number) >= DEPENDANT_UNDER_AGE);
  if (children === 0 && !adult && ((first & own) === 0 || (second & own) === 0)) return rightCodes.none;
  if (cents < freeCents) return rightCodes.free;
  if (cents < participationCents) return rightCodes.participation;
  const idle = (first & second & personFlags.idle) !== 0;
  const opens = persons === 1 ? law.presumesAlone : law.presumes;
  return idle && ((first | second) & opens) !== 0 ? rightCodes.participation : rightCodes.none;
}
