import type { SourceRef } from "../../codes/lineage.ts";
import { NOT_AVAILABLE, numberColumn, PRESENT, table, textColumn } from "../../codes/table.ts";
import { release } from "../../protection/release.ts";
import type { Released } from "../../protection/released.ts";

/** A result at another value of a setting. */
export interface Variation {
  /** The other value, as printed: « 25 km ». */
  readonly setting: string;
  /** The measured quantity there; NaN where it cannot be computed, and `why` says so. */
  readonly result: number;
}

/** How a result moves when one setting is lowered, then raised, the others staying as they are. */
export interface Sensitivity {
  /** Key of the setting. */
  readonly parameter: string;
  /** What is measured: « part des postes à portée ». */
  readonly measured: string;
  readonly unit: string;
  readonly decimals: number;
  readonly low: Variation;
  /** At the value of the run. */
  readonly base: number;
  readonly high: Variation;
  /** People (or units) behind the results, when fewer than those of the whole table. */
  readonly units?: number;
  /** Why a result is missing; "" when none is. */
  readonly why?: string;
}

/** Sensitivities as a released table, one line a setting and a measured quantity; rounded to the printed decimals, on the count of the people (or units) behind all of them. */
export function sensitivityTable(
  rows: readonly Sensitivity[],
  { name, lineage, units }: { readonly name: string; readonly lineage: readonly SourceRef[]; readonly units: number },
): Released {
  const text = (label: string, pick: (row: Sensitivity) => string) => textColumn(rows.map(pick), { label });
  const result = (label: string, pick: (row: Sensitivity) => number) => {
    const values = rows.map((row) => Math.round(pick(row) * 10 ** row.decimals) / 10 ** row.decimals);
    return numberColumn(values, {
      label,
      unit: "",
      missing: Uint8Array.from(values, (value) => (Number.isNaN(value) ? NOT_AVAILABLE : PRESENT)),
    });
  };
  return release(
    table(
      {
        reglage: text("Réglage", ({ parameter }) => parameter),
        grandeur: text("Ce qui est mesuré", ({ measured }) => measured),
        unite: text("Unité", ({ unit }) => unit),
        decimales: numberColumn(
          rows.map(({ decimals }) => decimals),
          { label: "Décimales", unit: "" },
        ),
        valeur_basse: text("Réglage plus bas", ({ low }) => low.setting),
        resultat_bas: result("Résultat plus bas", ({ low }) => low.result),
        resultat: result("Résultat", ({ base }) => base),
        valeur_haute: text("Réglage plus haut", ({ high }) => high.setting),
        resultat_haut: result("Résultat plus haut", ({ high }) => high.result),
        raison: text("Pourquoi un résultat manque", ({ why = "" }) => why),
        unites: numberColumn(
          rows.map((row) => row.units ?? units),
          { label: "Unités prises en compte", unit: "unités" },
        ),
      },
      lineage,
    ),
    { name, counts: "unites", open: ["decimales"] },
  );
}
