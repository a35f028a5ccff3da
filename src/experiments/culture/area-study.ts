import { type Progress, silentProgress } from "../../engine/progress.ts";
import { type AreaRates, type AreaRatesOptions, type AreaWalk, areaRates } from "./area-rates.ts";
import { type Outing, outingsOf } from "./outings.ts";
import type { PostStrata } from "./post-strata.ts";
import type { PracticeSurvey } from "./practice-survey.ts";
import type { KindSupply, PlacedSupply } from "./supply.ts";

/** One outing in each neighbourhood: what is near, who goes, who would like to and does not. */
export interface OutingAreas {
  readonly outing: Outing;
  /** Supply of its kind, in the order of the neighbourhoods; null where facilities have no coordinates. */
  readonly supply: KindSupply | null;
  /** Places for 1 000 residents at the longest walk, shared with the neighbours, in the order of the strata; NaN for a neighbourhood that the supply does not have. Null like `supply`. */
  readonly perThousand: Float64Array | null;
  readonly practice: AreaRates;
  readonly unmet: AreaRates;
}

/** A walk longer than this is as long as it: nobody makes it. */
const longestWalk = 120;

/**
 * Practice and unmet wish of each outing in each neighbourhood, by the same model; the mean walk of the neighbourhood to the nearest place, measured along the
 * streets, is a covariate where it is known. `codes` are those of the supply, in its order.
 */
export function areaStudy(
  survey: PracticeSurvey,
  strata: PostStrata,
  supply: { readonly codes: readonly string[]; readonly placed: PlacedSupply | null },
  options: AreaRatesOptions,
  progress: Progress = silentProgress,
): readonly OutingAreas[] {
  return outingsOf(survey).map((outing, i) => {
    progress.step(`taux par quartier, ${outing.practice.label}`);
    const kind = supply.placed?.kinds.find(({ code }) => code === outing.typequ) ?? null;
    const walk = kind ? areaWalk(survey, strata, supply.codes, kind) : null;
    const rates = (answers: Float64Array, k: number): AreaRates =>
      areaRates(survey, strata, answers, walk, { ...options, seed: options.seed + 10 * i + k });
    const shared = kind?.catchments.at(-1)?.perThousand;
    const perThousand = shared
      ? Float64Array.from(strata.codes, (code) => shared[supply.codes.indexOf(code)] ?? Number.NaN)
      : null;
    return {
      outing,
      supply: kind,
      perThousand,
      practice: rates(outing.practice.answers, 0),
      unmet: rates(outing.unmet, 1),
    };
  });
}

function areaWalk({ homes }: PracticeSurvey, strata: PostStrata, codes: readonly string[], kind: KindSupply): AreaWalk {
  const rowOf = new Map(codes.map((code, row) => [code, row]));
  const minutesOf = (code: string): number => {
    const near = kind.near.walk[rowOf.get(code) ?? -1];
    return near ? Math.min(longestWalk, near.minutes) : Number.NaN;
  };
  return {
    ofAreas: Float64Array.from(strata.codes, minutesOf),
    ofRespondents: Float64Array.from(homes?.neighbourhood ?? [], minutesOf),
  };
}
