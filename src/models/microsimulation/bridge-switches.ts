import { QuartiersError } from "../../codes/errors.ts";

/** A switch of the bridge: on, off, or the share (0 to 1) of foyers that have what it imputes. */
export type BridgeSwitch = boolean | number;

/**
 * What the bridge imputes between living standard and resources. Each can be switched off, to show what it changes; all off, resources are the disposable income.
 */
export interface BridgeSwitches {
  /** Housing benefit of tenants. Default 1. Less where rents are low or the benefit is not claimed. */
  readonly housingBenefit: BridgeSwitch;
  /** Reduced rent of social tenants, which takes as much from the benefit. Default 1. */
  readonly rentReduction: BridgeSwitch;
  /** AF, complément familial, ASF, PAJE, ARS. Default 1. */
  readonly familyBenefits: BridgeSwitch;
  /** RSA. Default 1. Where it is 0 no foyer has the right by the RSA; a share only changes the income of those who still have some RSA. */
  readonly rsa: BridgeSwitch;
  /** Prime d'activité. Default 1. */
  readonly activityBonus: BridgeSwitch;
  readonly incomeTax: BridgeSwitch;
  /** The forfait logement of the C2S, the RSA and the prime d'activité. Default 1. */
  readonly forfaitLogement: BridgeSwitch;
}

/** The switches as shares. */
export type BridgeShares = { readonly [Name in keyof BridgeSwitches]: number };

/** All on. */
export const bridgeDefaults: BridgeShares = {
  housingBenefit: 1,
  rentReduction: 1,
  familyBenefits: 1,
  rsa: 1,
  activityBonus: 1,
  incomeTax: 1,
  forfaitLogement: 1,
};

/** How low and how high each switch may reasonably be, and who says so: for tests of sensitivity. */
export const bridgeBounds: Readonly<
  Record<keyof BridgeSwitches, { readonly low: number; readonly high: number; readonly why: string }>
> = {
  housingBenefit: { low: 0.85, high: 1, why: "supposé\u00a0: loyers sous le plafond, aide non demandée" },
  rentReduction: { low: 0.5, high: 1, why: "supposé\u00a0: bailleurs et logements sans la réduction" },
  familyBenefits: { low: 0.9, high: 1, why: "supposé\u00a0: ASF non demandée, autres presque automatiques" },
  rsa: {
    low: 0.66,
    high: 1,
    why: "DREES, dossier 92 (2022)\u00a0: non-recours de 34 % par trimestre en 2018, 15 % en HLM",
  },
  activityBonus: {
    low: 0.7,
    high: 1,
    why: "rapport d'évaluation de la prime d'activité (DGCS, 2017)\u00a0: non-recours de moins de 30 %\u00a0; pas de mesure depuis",
  },
  incomeTax: { low: 0.9, high: 1, why: "supposé\u00a0: réductions et crédits d'impôt" },
  forfaitLogement: { low: 1, high: 1, why: "loi (R861-5, R861-7 CSS), sans hypothèse" },
};

/** All off: the living standard is taken for the resources, as a poverty rate does. */
export const noBridge: BridgeShares = {
  housingBenefit: 0,
  rentReduction: 0,
  familyBenefits: 0,
  rsa: 0,
  activityBonus: 0,
  incomeTax: 0,
  forfaitLogement: 0,
};

/**
 * Switches given by name, the others on, as shares. Refuses an unknown name or a share outside 0 to 1.
 * @example
 * ```ts
 * const { rsa, incomeTax, housingBenefit } = bridgeShares({ housingBenefit: 0.9, incomeTax: false });
 * [rsa, incomeTax, housingBenefit] // [ 1, 0, 0.9 ]
 * ```
 */
export function bridgeShares(given: Partial<BridgeSwitches> = {}): BridgeShares {
  const shares: Record<string, number> = { ...bridgeDefaults };
  for (const [name, value] of Object.entries(given)) {
    const share = Number(value);
    if (!(name in bridgeDefaults) || !(share >= 0 && share <= 1)) {
      throw new QuartiersError({
        what: "Réglage impossible du passage du niveau de vie aux ressources",
        value: `${name} = ${String(value)}`,
        expected: `vrai, faux ou une part de 0 à 1, pour l'un de ${Object.keys(bridgeDefaults).join(", ")}`,
      });
    }
    shares[name] = share;
  }
  return shares as BridgeShares;
}
