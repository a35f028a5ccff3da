import { frenchNumber } from "../../codes/french.ts";
import { planOutreach } from "../../models/outreach/plan-outreach.ts";
import type { OutreachAssumptions } from "../c2s/outreach.ts";
import type { C2sRun } from "./c2s-sensitivity.ts";
import type { Sensitivity } from "./sensitivity-table.ts";

/** The plan with each supposition halved, then doubled, and with other seeds. */
export function planRows(run: C2sRun): readonly Sensitivity[] {
  const { plan, outreach, seed } = run;
  const best = (assumed: OutreachAssumptions, drawn = seed + 3) =>
    planOutreach({
      areas: plan.areas.map((area) => ({
        ...area,
        reachablePersons: Math.floor(assumed.reachable * area.persons),
      })),
      budgetEur: assumed.budgetEur,
      costs: assumed,
      yields: plan.yields,
      seed: drawn,
    }).best.opened;
  const people = plan.areas.reduce((sum, { persons }) => sum + persons, 0);
  const opened = best(outreach);
  const rows = (["budgetEur", "fixedEurArea", "eurPerContact", "reachable"] as const).map((field): Sensitivity => {
    const at = (factor: number): Sensitivity["low"] => {
      const value = factor * outreach[field];
      return {
        setting: field === "reachable" ? frenchNumber(100 * value, { unit: "%" }) : frenchNumber(value, { unit: "€" }),
        result: best({ ...outreach, [field]: value }).value,
      };
    };
    return {
      parameter: field,
      measured: "droits que le plan ouvrirait",
      unit: "",
      decimals: 0,
      units: people,
      low: at(0.5),
      base: opened.value,
      high: at(2),
    };
  });
  const other = (step: number): Sensitivity["low"] => ({
    setting: String(seed + step),
    result: best(outreach, seed + step).low,
  });
  return [
    ...rows,
    {
      parameter: "graine_plan",
      measured: "borne basse de ces droits",
      unit: "",
      decimals: 0,
      units: people,
      low: other(30),
      base: opened.low,
      high: other(31),
    },
  ];
}
