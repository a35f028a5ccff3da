import { type ActivityBonusLaw, activityBonus, activityBonusLaw } from "../benefits/activity-bonus.ts";
import { type BenefitFamily, type FamilyAllowances, familyAllowances } from "../benefits/family-allowances.ts";
import { CRDS } from "../benefits/family-allowances-parameters.ts";
import { forfaitCents, rsaAmount } from "../benefits/forfait-logement.ts";
import { type HousingBenefitLine, housingBenefit, housingBenefitLine } from "../benefits/housing-benefit.ts";
import { type IncomeTaxLaw, incomeTax, incomeTaxLaw, netTaxable } from "../benefits/income-tax.ts";
import {
  childrenOf,
  forfaitCoefficient,
  housingForfaitShare,
  LEAST_RSA,
  mayHaveRsa,
} from "../benefits/socio-fiscal-rsa.ts";
import { type BridgeShares, type BridgeSwitches, bridgeShares } from "./bridge-switches.ts";

/** How the foyer is housed: "owner" stands for every dwelling without rent (owner, housed free, housed by its household). */
export type BridgeTenure = "owner" | "social" | "private";

/** A foyer alone with its housing: what the tax and benefit model sees. */
export interface BridgeFoyer extends BenefitFamily {
  readonly tenure: BridgeTenure;
}

export interface ThresholdOptions {
  /** Day of the claim, yyyy-mm-dd: ceilings and forfait logement of the C2S. */
  readonly lawDate: string;
  /** Day whose benefits and tax make the disposable income. The day of the claim when absent. */
  readonly incomeDate?: string;
  /** What is imputed between living standard and resources; all on when absent. */
  readonly switches?: Partial<BridgeSwitches>;
}

/** The law of a foyer on two days, ready to be evaluated at any income. EUR a month unless said. */
export interface BridgeLaw {
  readonly foyer: BridgeFoyer;
  readonly shares: BridgeShares;
  readonly family: FamilyAllowances;
  readonly housing: HousingBenefitLine | null;
  readonly bonus: ActivityBonusLaw;
  readonly tax: IncomeTaxLaw;
  /** RSA amount of the family on the day of income, and what it is without market income (family benefits and housing taken off); 0 when it may not have it. */
  readonly rsa: number;
  readonly rsaAtNoIncome: number;
  /** Housing benefit without market income, by the share of tenants who have it. */
  readonly housingAtNoIncome: number;
  /** Family benefits that RSA and prime d'activité count. */
  readonly familyCounted: number;
  /** Forfait logement of the C2S: a ceiling for tenants, an amount for others. */
  readonly forfait: number;
}

/** Where the disposable income of a foyer comes from, EUR a year. `income` + ... - `tax` = `disposable`. */
export interface DisposableIncome {
  readonly income: number;
  readonly familyBenefits: number;
  readonly housingBenefit: number;
  readonly rsa: number;
  readonly activityBonus: number;
  readonly tax: number;
  readonly disposable: number;
  /** What the C2S counts: income, AF, complément familial, ASF, forfait logement. */
  readonly resources: number;
}

/**
 * The law of a foyer: benefits and tax of `incomeDate`, forfait logement of the C2S of `lawDate`. Refuses a day without values. O(1).
 * @example
 * ```ts
 * const foyer = { couple: false, children0to2: 0, children3to13: 0, children14to19: 0, children20to24: 0, earners: 0, age: 40, tenure: "owner" };
 * bridgeLaw(foyer, { lawDate: "2020-06-01" }).rsa // 564.78
 * ```
 */
export function bridgeLaw(foyer: BridgeFoyer, options: ThresholdOptions): BridgeLaw {
  const { lawDate, incomeDate = lawDate, switches } = options;
  const persons = childrenOf(foyer) + (foyer.couple ? 2 : 1);
  const amount = rsaAmount(incomeDate).centsMonth / 100;
  const shares = bridgeShares(switches);
  const family = familyAllowances(foyer, incomeDate);
  const housing = foyer.tenure === "owner" ? null : housingBenefitLine(foyer, incomeDate);
  const housed = { foyer, shares, housing };
  const housingAtNoIncome = housingOf(housed, 0);
  const familyCounted =
    shares.familyBenefits * (family.allowancesBase + family.supplementBase + family.loneParentForfait + family.birth);
  const rsa = mayHaveRsa(foyer) ? amount * forfaitCoefficient(foyer) : 0;
  const rsaForfait = forfaitOf(housed, amount * housingForfaitShare(persons), housingAtNoIncome);
  return {
    ...housed,
    family,
    bonus: activityBonusLaw(foyer, incomeDate),
    tax: incomeTaxLaw(foyer, incomeDate),
    rsa,
    rsaAtNoIncome: Math.max(rsa - rsaForfait - familyCounted, 0),
    housingAtNoIncome,
    familyCounted,
    forfait: forfaitCents(rsaAmount(lawDate), persons, foyer.tenure !== "owner") / 100,
  };
}

/**
 * Disposable income and C2S resources of a foyer whose market income (pay, pensions or replacement income, net, the same in twelve months) is `income` EUR a year. O(1).
 * @example
 * ```ts
 * const foyer = { couple: false, children0to2: 0, children3to13: 0, children14to19: 0, children20to24: 0, earners: 0, age: 40, tenure: "social" };
 * const law = bridgeLaw(foyer, { lawDate: "2020-06-01" });
 * const { disposable, rsa, housingBenefit, resources } = disposableIncome(law, 0);
 * [disposable, rsa, housingBenefit, resources].map(Math.round) // [ 8702, 5964, 2738, 813 ]
 * ```
 */
export function disposableIncome(law: BridgeLaw, income: number): DisposableIncome {
  const { shares, family, foyer, bonus } = law;
  const month = income / 12;
  const net = netTaxable(law.tax, income);
  const housing = housingAt(law, income, net);
  const familyGross = family.allowances + supplementOf(law, net) + family.loneParent + family.birth + family.school;
  const bonusOther = law.familyCounted + forfaitOf(law, bonus.housingForfait, housing);
  const parts = {
    income,
    familyBenefits: 12 * (1 - CRDS) * shares.familyBenefits * familyGross,
    housingBenefit: 12 * housing,
    rsa: isOnRsa(law, income) ? 12 * shares.rsa * (law.rsaAtNoIncome - month) : 0,
    activityBonus: 12 * shares.activityBonus * activityBonus(bonus, foyer.earners, month, bonusOther),
    tax: shares.incomeTax * incomeTax(law.tax, net),
  };
  return {
    ...parts,
    disposable: income + parts.familyBenefits + parts.housingBenefit + parts.rsa + parts.activityBonus - parts.tax,
    resources: countedResources(law, income),
  };
}

/**
 * What the C2S counts of a foyer of a market income, EUR a year: the income, AF, complément familial and ASF after CRDS, the forfait logement. O(1).
 * @example
 * ```ts
 * const foyer = { couple: false, children0to2: 0, children3to13: 0, children14to19: 0, children20to24: 0, earners: 0, age: 40, tenure: "owner" };
 * Math.round(countedResources(bridgeLaw(foyer, { lawDate: "2025-06-01" }), 5000)) // 5931
 * ```
 */
export function countedResources(law: BridgeLaw, income: number): number {
  const { shares, family } = law;
  const net = netTaxable(law.tax, income);
  const familyGross = family.allowances + supplementOf(law, net) + family.loneParent;
  const forfait = forfaitOf(law, law.forfait, housingAt(law, income, net));
  return income + 12 * ((1 - CRDS) * shares.familyBenefits * familyGross + forfait);
}

/**
 * The income (EUR a year) from which a foyer has no RSA any more, because less than 6 EUR a month would be due; 0 when it has none at any income.
 * @example
 * ```ts
 * const foyer = { couple: false, children0to2: 0, children3to13: 0, children14to19: 0, children20to24: 0, earners: 0, age: 40, tenure: "owner" };
 * Math.round(endOfRsa(bridgeLaw(foyer, { lawDate: "2020-06-01" }))) // 5892
 * ```
 */
export function endOfRsa(law: BridgeLaw): number {
  return law.shares.rsa === 0 ? 0 : Math.max(12 * (law.rsaAtNoIncome - LEAST_RSA), 0);
}

function isOnRsa(law: BridgeLaw, income: number): boolean {
  return law.shares.rsa > 0 && law.rsaAtNoIncome - income / 12 >= LEAST_RSA;
}

/** Housing benefit of a market income, EUR a month. On the RSA it does not count pay nor unemployment benefit (R822-15 CCH); it counts pensions. */
function housingAt(law: BridgeLaw, income: number, net: number): number {
  const { shares, tax, housingAtNoIncome } = law;
  const plain = housingOf(law, net);
  if (tax.kind === "pensions" || !isOnRsa(law, income)) return plain;
  return shares.rsa * housingAtNoIncome + (1 - shares.rsa) * plain;
}

type Housed = Pick<BridgeLaw, "foyer" | "shares" | "housing">;

/** Housing benefit of a net taxable income, by the share of tenants who have it. */
function housingOf({ housing, foyer, shares }: Housed, net: number): number {
  if (housing === null || shares.housingBenefit === 0) return 0;
  const plain = housingBenefit(housing, net, false);
  if (foyer.tenure !== "social" || shares.rentReduction === 0) return shares.housingBenefit * plain;
  const reduced = housingBenefit(housing, net, true);
  return shares.housingBenefit * (plain + shares.rentReduction * (reduced - plain));
}

/** A forfait logement: whole for who pays no rent; for a tenant the benefit, at most the forfait. */
function forfaitOf({ foyer, shares }: Omit<Housed, "housing">, forfait: number, housing: number): number {
  if (foyer.tenure === "owner") return shares.forfaitLogement * forfait;
  const received = shares.housingBenefit === 0 ? 0 : housing / shares.housingBenefit;
  return shares.forfaitLogement * shares.housingBenefit * Math.min(received, forfait);
}

/**
 * Complément familial, EUR a month. The increase ends at a ceiling on the income of the year before last, not known here: its expected amount falls linearly from 15 %
 * under the ceiling to 15 % over it.
 */
function supplementOf({ family }: BridgeLaw, net: number): number {
  if (family.supplement === 0) return 0;
  const over = Math.min(Math.max((net / family.supplementCeiling - 0.85) / 0.3, 0), 1);
  return family.supplement - over * (family.supplement - family.supplementBase);
}
