import { mergeLineages, type SourceRef } from "../../codes/lineage.ts";
import { numberColumn, type Table, table, textColumn } from "../../codes/table.ts";
import { noBridge } from "../../models/microsimulation/bridge-switches.ts";
import { referenceSeed } from "../../models/microsimulation/reference-seed.ts";
import type { Territory } from "../../sources/territory.ts";
import { type NationalModelOptions, nationalModel } from "./national-model.ts";

/** What the national model answers when one thing that it supposes is changed. */
export interface NationalSensitivityRow {
  readonly label: string;
  readonly kind: "référence" | "étape" | "hypothèse";
  /** Persons eligible in France but Mayotte. */
  readonly rsa: number;
  readonly free: number;
  readonly participationOnly: number;
  /** DREES's totals over those of the model. */
  readonly kappa: Readonly<Record<"free" | "participationOnly", number>>;
  readonly lineage: readonly SourceRef[];
}

const variants: readonly (readonly [string, NationalSensitivityRow["kind"], NationalModelOptions])[] = [
  ["Modèle national", "référence", {}],
  ["Sans placement des groupes", "étape", { placed: false }],
  ["Sans passage aux ressources", "étape", { law: { switches: noBridge } }],
  ["Prime d’activité demandée par 70 % des foyers", "hypothèse", { law: { switches: { activityBonus: 0.7 } } }],
  ["Aide au logement reçue par 85 % des locataires", "hypothèse", { law: { switches: { housingBenefit: 0.85 } } }],
  ["Aucun revenu plus bas que le premier décile", "hypothèse", { quantiles: { lowerTail: "flat" } }],
  ["Tous à zéro sous le premier décile", "hypothèse", { quantiles: { lowerTail: "zero" } }],
  ["Loi d’avril 2019", "hypothèse", { law: { lawDate: "2019-06-01" } }],
  ["Revenus de 2016, sans croissance", "hypothèse", { growth: 1 }],
  ["Petites communes moins mêlées (premier décile relevé de 10 %)", "hypothèse", { imputedD1: 1.1 }],
  ["Ménages de référence à poids égaux", "hypothèse", { seed: referenceSeed({ start: "equal" }) }],
];

/** The national model, each step taken out and each assumption changed in turn; empty without the incomes of communes. A few seconds a line. */
export async function nationalSensitivity(territory: Territory): Promise<readonly NationalSensitivityRow[]> {
  const rows: NationalSensitivityRow[] = [];
  for (const [label, kind, options] of variants) {
    const model = await nationalModel(territory, options);
    if (!model) return [];
    const { rsa, free, participationOnly } = model.eligible;
    rows.push({ label, kind, rsa, free, participationOnly, kappa: model.kappa, lineage: model.lineage });
  }
  return rows;
}

/** The same as a table for the chapter, in millions of persons: how far the model is from DREES, and what decides it. */
export function nationalTable(rows: readonly NationalSensitivityRow[]): Table {
  const hundredths = (value: number): number => Math.round(100 * value) / 100;
  const column = (label: string, unit: string, ofRow: (row: NationalSensitivityRow) => number) =>
    numberColumn(
      rows.map((row) => hundredths(ofRow(row))),
      { label, unit },
    );
  const percent = (label: string, ofRow: (row: NationalSensitivityRow) => number) =>
    numberColumn(
      rows.map((row) => Math.round(100 * ofRow(row))),
      { label, unit: "%" },
    );
  return table(
    {
      hypothese: textColumn(
        rows.map(({ label }) => label),
        { label: "Ce qui change" },
      ),
      nature: textColumn(
        rows.map(({ kind }) => kind),
        { label: "Nature" },
      ),
      rsa: column("RSA", "millions", (row) => row.rsa / 1e6),
      gratuite: column("Gratuite", "millions", (row) => row.free / 1e6),
      participation: column("Avec participation", "millions", (row) => row.participationOnly / 1e6),
      rapport_gratuite: percent("Drees sur chaîne, gratuite", (row) => row.kappa.free),
      rapport_participation: percent("Drees sur chaîne, avec participation", (row) => row.kappa.participationOnly),
    },
    mergeLineages(...rows.map(({ lineage }) => lineage)),
  );
}
