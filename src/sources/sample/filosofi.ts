import { normal } from "../../codes/random.ts";
import { type CommuneLiving, communeLiving } from "./commune-living.ts";
import type { SampleCommune } from "./communes.ts";
import type { SampleIndicators } from "./indicators.ts";
import { logNormal, type QuantileOfNormal } from "./living-standards.ts";
import { stream } from "./stream.ts";
import { rounded } from "./writing.ts";
import { type Sheet, writeXlsx } from "./xlsx-write.ts";

/** Groups of households: sheet, prefix of its columns, label, share of households, persons a household, living standard against all. */
const groups = [
  ["TAILLEM_1", "TME1", "Ménages d'une personne", 0.37, 1, 0.95],
  ["TAILLEM_2", "TME2", "Ménages de deux personnes", 0.33, 2, 1.12],
  ["TAILLEM_3", "TME3", "Ménages de trois personnes", 0.13, 3, 1.05],
  ["TAILLEM_4", "TME4", "Ménages de quatre personnes", 0.115, 4, 1.03],
  ["TAILLEM_5", "TME5", "Ménages de cinq personnes et plus", 0.055, 5.5, 0.8],
  ["TYPMENR_1", "TYM1", "Hommes seuls", 0.16, 1, 0.94],
  ["TYPMENR_2", "TYM2", "Femmes seules", 0.21, 1, 0.93],
  ["TYPMENR_3", "TYM3", "Couples sans enfant", 0.27, 2, 1.2],
  ["TYPMENR_4", "TYM4", "Couples avec enfant(s)", 0.24, 3.9, 1.05],
  ["TYPMENR_5", "TYM5", "Familles monoparentales", 0.085, 2.7, 0.72],
  ["TYPMENR_6", "TYM6", "Ménages complexes", 0.035, 3.4, 0.88],
] as const;

/** Under these numbers of households: nothing (secret), then the median only (not available below). */
export const HIDDEN_UNDER = 11;
export const MEDIAN_ONLY_UNDER = 200;
export const DECILES_UNDER = 1_000;

const deciles = ["D1", "D2", "D3", "D4", "D6", "D7", "D8", "D9"];
const quartiles = ["Q1", "Q2", "Q3"];
const zOf: Readonly<Record<string, number>> = {
  D1: -1.2816,
  D2: -0.8416,
  Q1: -0.6745,
  D3: -0.5244,
  D4: -0.2533,
  Q2: 0,
  D6: 0.2533,
  D7: 0.5244,
  Q3: 0.6745,
  D8: 0.8416,
  D9: 1.2816,
};

/** Living standard of one group of one commune, before anything is hidden. */
interface Cell {
  readonly commune: SampleCommune;
  readonly sheet: string;
  readonly households: number;
  readonly persons: number;
  readonly median: number;
  /** Of a log-normal law; for all households of a commune with neighbourhoods, a mixture, from its first and last decile. */
  readonly sigma: number;
  readonly quantile: QuantileOfNormal;
  /** What all households of the commune are made of. */
  readonly living: CommuneLiving;
}

/** Medians and spreads by commune and household type. A commune is the mixture of its neighbourhoods and of the rest: towns that have some are poorer and more unequal. */
export function makeFilosofi(
  communes: readonly SampleCommune[],
  indicators: readonly SampleIndicators[],
  populations: ReadonlyMap<string, number>,
  seed: number,
): readonly Cell[] {
  const random = stream(seed, "filosofi");
  return communes.flatMap((commune) => {
    const persons = populations.get(commune.code) ?? 0;
    const inside = indicators.reduce(
      (sum, { qpv }) => (qpv.communes.includes(commune) ? sum + qpv.population / qpv.communes.length : sum),
      0,
    );
    const share = persons === 0 ? 0 : inside / persons;
    const outside = {
      median: 22_600 - 2_000 * share + 900 * normal(random),
      sigma: 0.36 + 0.02 * normal(random),
    };
    const living = communeLiving(commune, indicators, persons, outside);
    const { quantile } = living;
    const median = quantile(0);
    const sigma = Math.log(quantile(zOf.D9) / quantile(zOf.D1)) / (zOf.D9 - zOf.D1);
    const households = Math.round(persons / 2.15);
    const all: Cell = { commune, sheet: "ENSEMBLE", households, persons, median, sigma, quantile, living };
    const parts = groups.map(([sheet, , , part, size, level]): Cell => {
      const own = Math.round(households * part * Math.exp(0.08 * normal(random)));
      const law = {
        median: median * level * Math.exp(0.03 * normal(random)),
        sigma: sigma * (0.95 + 0.1 * random()),
      };
      return {
        commune,
        sheet,
        households: own,
        persons: Math.round(own * size),
        ...law,
        quantile: logNormal(law),
        living,
      };
    });
    return [all, ...parts];
  });
}

/** What is printed for a quantile of a cell. */
function shown({ households, quantile: law }: Cell, quantile: string): number | "s" | "nd" {
  if (households < HIDDEN_UNDER) return "s";
  if (households < MEDIAN_ONLY_UNDER && quantile !== "Q2") return "nd";
  if (households < DECILES_UNDER && quantile.startsWith("D")) return "nd";
  return Math.round(law(zOf[quantile]) / 10) * 10;
}

/** `FILO2019_DISP_COM.xlsx`: a sheet for all households and one by type, five lines of title, technical names on line 6. */
export function writeFilosofi(cells: readonly Cell[]): Uint8Array {
  const pages = [
    ["ENSEMBLE", "", "Ensemble des ménages"] as const,
    ...groups.map(([sheet, prefix, label]) => [sheet, prefix, label] as const),
  ];
  const sheets = pages.map(([sheet, prefix, label]): Sheet => {
    const own = cells.filter((cell) => cell.sheet === sheet);
    const measures = [...quartiles, ...deciles];
    const names = ["NBMEN", "NBPERS", "NBUC", ...measures].map((name) => `${prefix}${name}19`);
    const shares = sheet === "ENSEMBLE" ? ["RD19", "S80S2019", "GI19"] : [];
    const labels = [
      "Code géographique",
      "Libellé géographique",
      "Nombre de ménages fiscaux",
      "Nombre de personnes",
      "Nombre d'unités de consommation",
      ...measures.map((name) => `${name} du niveau de vie (euros)`),
      ...shares.map(() => "Indicateur d'inégalité"),
    ];
    const rows = own.map((cell) => {
      const { commune, households, persons, sigma } = cell;
      const hidden = households < HIDDEN_UNDER;
      const counts = hidden
        ? (["s", "s", "s"] as const)
        : ([households, persons, rounded(0.48 * persons + 0.5 * households, 1)] as const);
      const few = households < DECILES_UNDER;
      const indices = shares.map((_, i) =>
        hidden
          ? "s"
          : few
            ? "nd"
            : [
                rounded(Math.exp(2 * 1.2816 * sigma), 1),
                rounded(Math.exp(2.2 * sigma) + 1, 1),
                rounded(0.56 * sigma + 0.06, 3),
              ][i],
      );
      return [commune.code, commune.name, ...counts, ...measures.map((name) => shown(cell, name)), ...indices];
    });
    return {
      name: sheet,
      rows: [
        [
          `Structure et distribution des revenus, inégalité des niveaux de vie en 2019 : ${label} — DONNÉES SYNTHÉTIQUES`,
        ],
        ["Revenu disponible par commune ; niveau de vie par unité de consommation, distribution de personnes"],
        ["Champ : territoire inventé d'Armorelle, hors communautés"],
        ["s : secret statistique ; nd : non disponible"],
        labels,
        ["CODGEO", "LIBGEO", ...names, ...shares],
        ...rows,
      ],
    };
  });
  return writeXlsx(sheets, "Filosofi 2019, communes — synthétique");
}

/** Medians behind the holes, and the counts that made them. */
export function filosofiTruths(cells: readonly Cell[]): string {
  const truth = {
    synthetique: true,
    definition: {
      niveau_de_vie: "log-normal : quantile = médiane × exp(z σ), arrondi à la dizaine",
      ensemble:
        "ENSEMBLE d'une commune à quartiers : mélange, en personnes, de ses quartiers (loi par disp_d1, disp_q2, disp_d9) et du reste (log-normal, melanges) ; σ est alors log(D9 / D1) / 2,5632",
      trous: `s sous ${HIDDEN_UNDER} ménages ; médiane seule sous ${MEDIAN_ONLY_UNDER} (nd ailleurs) ; quartiles seuls sous ${DECILES_UNDER}`,
    },
    cellules: cells.map(({ commune, sheet, households, median, sigma }) => [
      commune.code,
      sheet,
      households,
      rounded(median, 2),
      rounded(sigma, 5),
    ]),
    melanges: cells
      .filter(({ sheet, living }) => sheet === "ENSEMBLE" && living.neighbourhoods.length > 0)
      .map(({ commune, living: { outside, neighbourhoods } }) => ({
        commune: commune.code,
        reste: [rounded(outside.median, 2), rounded(outside.sigma, 5), outside.persons],
        quartiers: neighbourhoods.map(({ code, persons }) => [code, persons]),
      })),
  };
  return `${JSON.stringify(truth)}\n`;
}
