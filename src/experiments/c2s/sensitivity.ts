import { seededRandom } from "../../codes/random.ts";
import { noBridge } from "../../models/microsimulation/bridge-switches.ts";
import { placementGroups, type SeedHouseholds } from "../../models/microsimulation/seed-households.ts";
import { type ChainAreasInput, chainInputs, estimates } from "./eligible-chain.ts";
import { type AreaMarginSet, NO_INFORMATION } from "./margin-sets.ts";
import { SCHEME_SD } from "./take-up.ts";

/** What the chain answers when one step is taken out, or one assumption changed. */
export interface SensitivityRow {
  readonly label: string;
  /** "étape": a step taken out. "hypothèse": another choice. */
  readonly kind: "référence" | "étape" | "hypothèse";
  /** Eligible persons of all neighbourhoods. */
  readonly eligible: number;
  /** Of the free right. */
  readonly free: number;
  /** Mean over neighbourhoods of |share - share of the reference|, points of their inhabitants. */
  readonly shift: number;
  /** Eligible persons by neighbourhood; NaN without an answer. */
  readonly byArea: Float64Array;
  readonly freeByArea: Float64Array;
  /** What the share of the scheme is multiplied by in the non-take-up; 1 but in its own row. */
  readonly scheme: number;
}

/** The reference, each step taken out in turn, and the assumptions that nothing published decides. One estimate each, without replicates. */
export function sensitivity(input: ChainAreasInput): readonly SensitivityRow[] {
  const { assumptions } = input;
  const one = (change: Partial<ChainAreasInput["assumptions"]>): ChainAreasInput => ({
    ...input,
    assumptions: {
      ...assumptions,
      bridges: assumptions.bridges.slice(0, 1).map(alone),
      tails: assumptions.tails.slice(0, 1).map(alone),
      ...change,
    },
  });
  const tail = (lowerTail: "zero" | "flat"): ChainAreasInput =>
    one({ tails: [{ method: "hyman", lowerTail, upperTail: "pareto", chance: 1 }] });
  const variants: readonly (readonly [string, SensitivityRow["kind"], ChainAreasInput])[] = [
    ["Chaîne complète", "référence", one({})],
    ["Sans calage sur les marges", "étape", { ...one({}), sets: input.sets.map(withoutMargins) }],
    ["Sans placement des groupes", "étape", { ...one({}), shifts: new Float64Array(placementGroups) }],
    ["Sans passage aux ressources", "étape", one({ bridges: [{ chance: 1, switches: noBridge }] })],
    [
      "Revenu partagé par unité de consommation",
      "hypothèse",
      one({ bridges: [{ chance: 1, switches: {}, sharing: "by-unit" }] }),
    ],
    [
      "Prime d’activité demandée par 70 % des foyers",
      "hypothèse",
      one({ bridges: [{ chance: 1, switches: { activityBonus: 0.7 } }] }),
    ],
    [
      "Aide au logement reçue par 85 % des locataires",
      "hypothèse",
      one({ bridges: [{ chance: 1, switches: { housingBenefit: 0.85 } }] }),
    ],
    ["Aucun revenu plus bas que le premier décile", "hypothèse", tail("flat")],
    ["Tous à zéro sous le premier décile", "hypothèse", tail("zero")],
    ["Autres ménages de départ, rééchantillonnés", "hypothèse", { ...one({}), seed: resampled(input.seed) }],
    [SCHEME_ROW, "hypothèse", one({})],
    ["Loi d’avril 2019", "hypothèse", one({ lawDate: "2019-04-01" })],
    ["Loi d’avril 2021", "hypothèse", one({ lawDate: "2021-04-01" })],
  ];
  const base = answers(variants[0]?.[2] ?? input);
  return variants.map(([label, kind, changed]) => {
    const { all, free } = kind === "référence" ? base : answers(changed);
    const moved = [...all.keys()].filter((area) => Number.isFinite(all[area] + base.all[area]));
    return {
      label,
      kind,
      eligible: total(all),
      free: total(free),
      shift:
        moved.reduce((sum, area) => sum + (100 * Math.abs(all[area] - base.all[area])) / input.persons[area], 0) /
        moved.length,
      byArea: all,
      freeByArea: free,
      scheme: label === SCHEME_ROW ? 1 + SCHEME_SD : 1,
    };
  });
}

const SCHEME_ROW = "Part du régime général plus forte de 2 %";

/** The same households with other weights, as a replicate draws them, from a seed of its own. */
function resampled(seed: SeedHouseholds): SeedHouseholds {
  const random = seededRandom(7);
  return { ...seed, weight: seed.weight.map((weight) => weight * Math.max(1e-6, -Math.log(1 - random()))) };
}

const alone = <T extends { readonly chance: number }>(variant: T): T => ({ ...variant, chance: 1 });

const total = (column: Float64Array): number =>
  column.reduce((sum, value) => (Number.isFinite(value) ? sum + value : sum), 0);

/** Only the exact margins are held: the inhabitants. */
const withoutMargins = (set: AreaMarginSet): AreaMarginSet => ({
  ...set,
  ridge: set.ridge.map((softness, k) => {
    const { variable } = set.columns.margins[k % set.columns.margins.length] ?? { variable: "" };
    return variable === "habitants" ? softness : NO_INFORMATION;
  }),
});

function answers(input: ChainAreasInput): { readonly all: Float64Array; readonly free: Float64Array } {
  const column = (): Float64Array => new Float64Array(input.codes.length).fill(Number.NaN);
  const found = { all: column(), free: column() };
  estimates(chainInputs(input)).forEach((set, s) => {
    set.forEach((answer, a) => {
      const row = input.sets[s]?.rows[a] ?? -1;
      if (!answer.ok) return;
      found.all[row] = answer.eligible.all;
      found.free[row] = answer.eligible.free;
    });
  });
  return found;
}
