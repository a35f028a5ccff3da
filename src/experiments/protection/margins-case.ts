import type { Table } from "../../codes/table.ts";
import { dataTable } from "../../figures/data-table.ts";
import type { Figure } from "../../figures/figure.ts";
import { release } from "../../protection/release.ts";
import { attack } from "./attack-lesson.ts";
import { inventedTable } from "./invented-table.ts";

/** Recovering a hidden cell from the totals: one hidden, then a line, then a rectangle. */
export interface MarginsCase {
  /** The table as it is printed, one cell hidden. */
  readonly seen: Figure;
  readonly one: Figure;
  readonly line: Figure;
  readonly four: Figure;
  /** Three numbers hidden under their total. */
  readonly list: Figure;
  /** The tables, for the reader to attack again and change. */
  readonly tables: Readonly<Record<"one" | "line" | "four" | "list", Table>>;
}

type Hidden = readonly (readonly (number | null)[])[];

const twoByTwo = (id: string, cells: Hidden): Table =>
  inventedTable({
    id,
    title: "Demandeurs par quartier et sexe",
    rows: { label: "Quartier", values: ["Quartier A", "Quartier B", "Ensemble"] },
    columns: { label: "Sexe", values: ["Femmes", "Hommes", "Ensemble"] },
    cells,
  });

/** The cases of section 18 of our notes on protection: 4, 20 / 15, 30 with totals; 100, 1, 2 under 103. */
export async function marginsCase(): Promise<MarginsCase> {
  const tables = {
    one: twoByTwo("marges-une", [
      [null, 20, 24],
      [15, 30, 45],
      [19, 50, 69],
    ]),
    line: twoByTwo("marges-ligne", [
      [null, null, 24],
      [15, 30, 45],
      [19, 50, 69],
    ]),
    four: twoByTwo("marges-quatre", [
      [null, null, 24],
      [null, null, 45],
      [19, 50, 69],
    ]),
    list: inventedTable({
      id: "marges-liste",
      title: "Demandeurs par métier",
      rows: { label: "Métier", values: ["Métier A", "Métier B", "Métier C", "Ensemble"] },
      columns: { label: "Demandeurs", values: ["Demandeurs"] },
      cells: [[null], [null], [null], [103]],
    }),
  };
  const [one, line, four, list] = await Promise.all([
    attack(tables.one, { id: "protection-une-case" }),
    attack(tables.line, { id: "protection-une-ligne" }),
    attack(tables.four, {
      id: "protection-quatre-cases",
      title: "Quatre cases masquées en rectangle ne se retrouvent plus, mais restent bornées",
    }),
    attack(tables.list, {
      id: "protection-une-liste",
      title: "Sous un total, trois cases masquées peuvent valoir de 0 à ce total",
    }),
  ]);
  return { seen: seenTable(tables.one), one, line, four, list, tables };
}

const seenTable = (t: Table): Figure =>
  dataTable(release(t, { name: "tableau à une case masquée", open: ["ligne"] }), {
    id: "protection-tableau",
    title: "Un tableau publié : la seule case de moins de onze personnes est masquée",
    subtitle: "Demandeurs d’emploi par quartier et par sexe",
    alt: "Tableau de deux quartiers par sexe avec leurs totaux ; la case des femmes du quartier A est masquée.",
    champ: "table inventée pour la leçon",
    lecture: "le quartier B compte 15 femmes et 30 hommes.",
  });
