import { frenchNumber } from "../../codes/french.ts";
import { numbers } from "../../codes/table.ts";
import { type PolicyAssumptions, policyChapter } from "../employment/policies.ts";
import { seekerCounts } from "../employment/study-columns.ts";
import type { AccessRun } from "./access-sensitivity.ts";
import { fewerPlaces } from "./fewer-places.ts";
import type { Sensitivity } from "./sensitivity-table.ts";

/** Places on which policies are priced again. */
const FEWEST_PLACES = 8;

/** Where each supposition is read: the line of its policy, and the column of costs. */
const supposed: readonly {
  readonly key: string;
  readonly field: keyof PolicyAssumptions;
  readonly policy: number;
  readonly measured: string;
  readonly column: string;
  readonly unit: string;
}[] = [
  {
    key: "adoption",
    field: "takeUp",
    policy: 0,
    measured: "postes pour 100 personnes une fois partagés\u00a0: ce que le permis y change",
    column: "partage",
    unit: "",
  },
  ...(["licenceEuros", "licenceYears", "carEurosPerYear"] as const).map((field) => ({
    ...{ key: field, field, policy: 0, measured: "coût par an du permis et de la voiture, par gagnant" },
    ...{ column: "par_gagnant", unit: "€" },
  })),
  ...(["ebikeEuros", "ebikeYears"] as const).map((field) => ({
    ...{ key: field, field, policy: 1, measured: "coût par an du vélo électrique, par gagnant" },
    ...{ column: "par_gagnant", unit: "€" },
  })),
  ...(["vehicleHourEuros", "daysPerYear"] as const).map((field) => ({
    ...{ key: field, field, policy: 2, measured: "coût de la navette par an", column: "total", unit: "€" },
  })),
];

const settingUnit = (field: keyof PolicyAssumptions): string =>
  field.includes("uro") ? "€" : field.endsWith("Years") ? "ans" : "jours";

/** Each supposition halved, then doubled; then the seed and the number of draws. */
export function policyRows({ study: whole, travel: all, seed, draws, assumptions }: AccessRun): readonly Sensitivity[] {
  const { study, travel } = fewerPlaces(whole, all, FEWEST_PLACES);
  const costs = (changed: PolicyAssumptions) =>
    policyChapter(study, travel, { seed, draws: 2, assumptions: changed }).costs.data;
  const base = costs(assumptions);
  const people = seekerCounts(study).reduce((sum, count) => sum + count, 0);
  const where = `, sur ${study.places.length} ${study.words.many}`;
  const rows = supposed.map(({ key, field, policy, measured, column, unit }): Sensitivity => {
    const at = (factor: number): Sensitivity["low"] => {
      const value = factor * assumptions[field];
      const setting =
        field === "takeUp"
          ? frenchNumber(100 * value, { unit: "%" })
          : frenchNumber(value, { decimals: value % 1 ? 1 : 0, unit: settingUnit(field) });
      return {
        setting,
        result: numbers(costs({ ...assumptions, [field]: value }), column).values[policy] ?? Number.NaN,
      };
    };
    const missing = policy >= base.numRows;
    return {
      parameter: key,
      measured: measured + where,
      unit,
      decimals: column === "partage" ? 1 : 0,
      units: people,
      low: at(0.5),
      base: numbers(base, column).values[policy] ?? Number.NaN,
      high: at(2),
      ...(missing ? { why: "aucune navette n’améliore la mesure\u00a0: ce réglage ne sert pas ici" } : {}),
    };
  });
  const lowEnd = (changed: { readonly seed?: number; readonly draws?: number }): number =>
    numbers(policyChapter(study, travel, { seed, draws, assumptions, ...changed }).before.data, "bas").values[0] ??
    Number.NaN;
  const interval = {
    measured: `borne basse de l’effet du permis${where}`,
    unit: "points",
    decimals: 1,
    units: people,
    base: lowEnd({}),
  };
  const other = (value: number): Sensitivity["low"] => ({ setting: String(value), result: lowEnd({ seed: value }) });
  const fewer = Math.max(2, Math.round(draws / 2));
  return [
    ...rows,
    { parameter: "graine", ...interval, low: other(seed + 1), high: other(seed + 2) },
    {
      parameter: "tirages",
      ...interval,
      low: { setting: String(fewer), result: lowEnd({ draws: fewer }) },
      high: { setting: String(2 * draws), result: lowEnd({ draws: 2 * draws }) },
    },
  ];
}
