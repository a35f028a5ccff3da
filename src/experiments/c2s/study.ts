import { frenchOf } from "../../codes/french.ts";
import type { SourceRef } from "../../codes/lineage.ts";
import { type Column, numberColumn, table, textColumn } from "../../codes/table.ts";
import { release } from "../../protection/release.ts";
import type { Released } from "../../protection/released.ts";
import type { Territory } from "../../sources/territory.ts";
import type { Neighbourhoods } from "../../tables/neighbourhoods.ts";
import type { EligibleAreas } from "./eligible-areas.ts";

/** What the figures of the chapter share: the neighbourhoods, the eligible of each, and what they were computed from. */
export interface C2sStudy {
  readonly territory: Territory;
  readonly places: Neighbourhoods;
  readonly codes: readonly string[];
  readonly names: readonly string[];
  readonly towns: readonly string[];
  /** Inhabitants of each neighbourhood. */
  readonly persons: Float64Array;
  /** Households of each, where a partner's file counts them: the units behind its numbers. Null where all sources are published. */
  readonly households: Float64Array | null;
  /** Day of the claim, yyyy-mm-dd. */
  readonly lawDate: string;
  readonly eligible: EligibleAreas;
  readonly lineage: readonly SourceRef[];
  /** Printed with each figure. */
  readonly parameters: Readonly<Record<string, string | number>>;
}

/** Rows of neighbourhoods with their names, released on the count of their households where one is behind them. */
export function releaseNeighbourhoods(
  study: C2sStudy,
  name: string,
  columns: Readonly<Record<string, Column>>,
  {
    rows = [...study.codes.keys()],
    lineage = study.lineage,
  }: { readonly rows?: readonly number[]; readonly lineage?: readonly SourceRef[] } = {},
): Released {
  const text = (values: readonly string[], label: string) =>
    textColumn(
      rows.map((row) => values[row] ?? ""),
      { label },
    );
  const { households } = study;
  const counted = households
    ? {
        menages: numberColumn(
          rows.map((row) => households[row]),
          { label: "Ménages", unit: "ménages", summable: true },
        ),
      }
    : {};
  return release(
    table(
      {
        code_qp: text(study.codes, "Code du quartier"),
        nom_qp: text(study.names, "Quartier"),
        nom_commune: text(study.towns, "Commune"),
        ...columns,
        ...counted,
      },
      lineage,
    ),
    { name, open: ["code_qp", "nom_qp", "nom_commune"], ...(households ? { counts: "menages" } : {}) },
  );
}

/** The champ of a figure on all neighbourhoods. */
export const champOf = ({ territory }: C2sStudy): string =>
  `population municipale des quartiers prioritaires (génération 2015) ${frenchOf(territory.label)}`;

/** "quartier Les Ormelandes (Armévan)"; a name that already says so is not told twice. */
export const quartier = (study: C2sStudy, row: number): string => {
  const name = placeName(study, row);
  return name.startsWith("Quartier ") ? `q${name.slice(1)}` : `quartier ${name}`;
};

/** "Les Ormelandes (Armévan)". */
export const placeName = ({ names, towns }: C2sStudy, row: number): string => `${names[row]} (${towns[row]})`;

/** The names of neighbourhoods with their town, since many share one: a column for figures that have one line each. */
export const placeNames = (study: C2sStudy, rows: readonly number[] = [...study.codes.keys()]): Column =>
  textColumn(
    rows.map((row) => placeName(study, row)),
    { label: "Quartier et commune" },
  );

/** Rounds to a step: 0.1 point, 10 persons. */
export const roundTo = (value: number, step: number): number => {
  const inverse = 1 / step;
  return step < 1 ? Math.round(value * inverse) / inverse : Math.round(value / step) * step;
};
