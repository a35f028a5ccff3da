import { QuartiersError } from "../../codes/errors.ts";
import { normal, seededRandom } from "../../codes/random.ts";
import type { Interval } from "../areas/non-take-up.ts";
import { normalQuantile } from "../uncertainty/normal.ts";

/** An area to plan for. Counts of persons of the whole area: nothing here can hold a person. */
export interface OutreachArea {
  readonly code: string;
  /** Eligible persons without the benefit: draws of the whole chain (joint with the other areas: draw d is the same world everywhere), or an estimate with its interval. */
  readonly nonTakers: Float64Array | Interval;
  /** Inhabitants among whom contacts are made without aim: a contact meets a non-taker with probability nonTakers / persons. */
  readonly persons: number;
  /** Contacts that can be made at most; all inhabitants by default. */
  readonly reachablePersons?: number;
  /** EUR to open the action in the area, whatever is done there; that of the costs by default. */
  readonly fixedEur?: number;
}

/** An area that can be planned for: everything known. */
export interface PlannableArea {
  readonly code: string;
  readonly persons: number;
  readonly reachable: number;
  readonly fixedEur: number;
  /** Expected non-takers. */
  readonly expected: number;
  /** One count of non-takers a replicate, never clipped. */
  readonly draws: Float64Array;
  /** Draws under 0 or above the inhabitants: the model of the eligible fails there. No right is opened under 0, and all contacts are non-takers above. */
  readonly impossibleDraws: number;
}

export interface LeftOutArea {
  readonly code: string;
  /** In French, to print. */
  readonly reason: string;
}

/** Fewer inhabitants are not an area: a stairwell or a list of persons is no input. */
export const fewestPersons = 100;

/**
 * Sorts out areas: what lacks a number is left out with its reason, never counted as 0.
 *
 * @throws QuartiersError when a code comes twice, when draws are not equally many in all areas, when an interval has no order, or when no area is left
 */
export function outreachAreas(
  areas: readonly OutreachArea[],
  options: {
    readonly fixedEurArea: number;
    readonly replicates: number;
    readonly seed: number;
    /** Of the intervals given. */
    readonly confidence: number;
  },
): { readonly planned: readonly PlannableArea[]; readonly leftOut: readonly LeftOutArea[] } {
  checkAreas(areas);
  const leftOut: LeftOutArea[] = [];
  const planned: PlannableArea[] = [];
  for (const [i, area] of areas.entries()) {
    const reason = whyLeftOut(area);
    if (reason !== null) {
      leftOut.push({ code: area.code, reason });
      continue;
    }
    const { code, nonTakers, persons, reachablePersons = persons, fixedEur = options.fixedEurArea } = area;
    const draws = drawsOf(nonTakers, i, options);
    const expected = expectedOf(nonTakers);
    const impossibleDraws = draws.reduce((count, draw) => count + (draw < 0 || draw > persons ? 1 : 0), 0);
    const reachable = Math.floor(reachablePersons);
    planned.push({ code, persons, reachable, fixedEur, expected, draws, impossibleDraws });
  }
  if (planned.length === 0)
    throw new QuartiersError({
      what: "Aucun territoire ne peut entrer dans le plan",
      value: [...new Set(leftOut.map(({ reason }) => reason))].join("\u202f; ") || "aucun territoire donné",
      expected: `au moins un territoire de ${fewestPersons} habitants ou plus, avec ses non-recourants estimés`,
    });
  return { planned, leftOut };
}

const expectedOf = (nonTakers: OutreachArea["nonTakers"]): number =>
  nonTakers instanceof Float64Array
    ? nonTakers.reduce((sum, draw) => sum + draw / nonTakers.length, 0)
    : nonTakers.value;

function whyLeftOut({ nonTakers, persons, reachablePersons = persons, fixedEur = 0 }: OutreachArea): string | null {
  if (nonTakers instanceof Float64Array) {
    if (nonTakers.length === 0) return "aucun tirage du non-recours";
    const missing = nonTakers.filter((draw) => !Number.isFinite(draw)).length;
    if (missing > 0)
      return `non-recours sans valeur dans ${missing} tirage${missing > 1 ? "s" : ""} sur ${nonTakers.length}`;
  } else if (![nonTakers.value, nonTakers.low, nonTakers.high].every(Number.isFinite))
    return "non-recours non estimé, ou sans intervalle fini";
  if (!Number.isFinite(persons)) return "nombre d’habitants inconnu";
  if (!Number.isFinite(reachablePersons) || !Number.isFinite(fixedEur))
    return "personnes joignables ou coût fixe inconnus";
  if (persons < fewestPersons) return `moins de ${fewestPersons} habitants\u00a0: ce n’est pas un territoire`;
  const expected = expectedOf(nonTakers);
  if (expected < 0) return "non-recours estimé négatif\u00a0: le modèle des éligibles est en défaut ici";
  if (expected > persons) return "plus de non-recourants estimés que d’habitants\u00a0: le modèle est en défaut ici";
  return null;
}

/** Draws given are used in turn; an interval is drawn as two half normals that meet at the value, with the bounds at its confidence. */
function drawsOf(
  nonTakers: OutreachArea["nonTakers"],
  place: number,
  { replicates, seed, confidence }: { readonly replicates: number; readonly seed: number; readonly confidence: number },
): Float64Array {
  if (nonTakers instanceof Float64Array)
    return Float64Array.from({ length: replicates }, (_, draw) => nonTakers[draw % nonTakers.length]);
  const random = seededRandom(seed * 10_007 + place);
  const z = normalQuantile((1 + confidence) / 2);
  const { value, low, high } = nonTakers;
  return Float64Array.from({ length: replicates }, () => {
    const deviate = normal(random);
    return value + (deviate / z) * (deviate > 0 ? high - value : value - low);
  });
}

function checkAreas(areas: readonly OutreachArea[]): void {
  const seen = new Set<string>();
  let draws = 0;
  for (const { code, nonTakers, persons, reachablePersons = persons, fixedEur = 0 } of areas) {
    // The code only: counts may not be released yet.
    const refuse = (what: string, expected: string): never => {
      throw new QuartiersError({ what, where: `territoire ${code}`, expected });
    };
    if (seen.has(code)) refuse("Territoire donné deux fois", "un territoire par ligne");
    seen.add(code);
    if (nonTakers instanceof Float64Array) {
      if (draws > 0 && nonTakers.length !== draws && nonTakers.length > 0)
        refuse("Les tirages ne sont pas communs à tous les territoires", `${draws} tirages`);
      draws = nonTakers.length || draws;
    } else if (nonTakers.low > nonTakers.value || nonTakers.value > nonTakers.high)
      refuse("Intervalle impossible", "borne basse <= valeur <= borne haute");
    if (persons < 0 || reachablePersons < 0 || fixedEur < 0) refuse("Nombre négatif", "des nombres positifs ou nuls");
    if (reachablePersons > persons)
      refuse("Plus de personnes joignables que d'habitants", "au plus tous les habitants");
  }
}
