import { seededRandom } from "../../src/codes/random.ts";
import { NOT_AVAILABLE, numberColumn, PRESENT, SECRET, type Table, table, textColumn } from "../../src/codes/table.ts";
import { type AreaViewer, type AreaViewerOptions, areaViewer } from "../../src/figures/area-viewer.ts";
import type { PlacedShape } from "../../src/figures/neighbourhood-map.ts";
import { release } from "../../src/protection/release.ts";
import type { Released } from "../../src/protection/released.ts";
import { sampleLineage } from "../support/lineage.ts";

/** Invented areas for the viewer: what the tests read, and what the browser shows. */
const lineage = sampleLineage({ published: true });
const passed = (columns: Table["columns"]): Released => release(table(columns, lineage), { name: "visionneuse" });
const words = (values: readonly string[], label: string): ReturnType<typeof textColumn> =>
  textColumn(values, { label });

const townNames = ["Port-Brume", "Saint-Orme-les-Bains", "Élancourt-la-Lande", "La Roche-Fable", "Quai-Neuf"];
const streetNames = [
  "Les Brumes",
  "La Vigie du Phare",
  "Cité des Terre-Neuvas",
  "Maurepas",
  "Le Gast",
  "Beau-Soleil",
  "L’Étang",
];
const factorNames = ["revenu", "taille des foyers", "âge", "occupation du logement", "régime", "recours"];

export const hypotheses: readonly { readonly id: string; readonly label: string }[] = [
  { id: "2023", label: "droit du 1er avril 2023" },
  { id: "2024", label: "droit du 1er avril 2024" },
  { id: "2025", label: "droit du 1er avril 2025, avec la présomption" },
];

export interface SampleArea {
  readonly code: string;
  readonly name: string;
  readonly town: string;
}

export function sampleAreas(count: number): readonly SampleArea[] {
  return Array.from({ length: count }, (_, i) => ({
    code: `QN${String(99_001 + i)}M`,
    name: `${streetNames[i % streetNames.length]}${i >= streetNames.length ? ` ${Math.floor(i / streetNames.length) + 1}` : ""}`,
    town: townNames[(i * 3) % townNames.length] as string,
  }));
}

/** Hexagons strewn over each town, in metres. */
export function samplePerimeters(areas: readonly SampleArea[]): readonly PlacedShape[] {
  const random = seededRandom(7);
  return areas.map(({ code, town }, i) => {
    const [x, y] = [600_000 + townNames.indexOf(town) * 50_000 + random() * 4000, 6_200_000 + ((i * 977) % 3500)];
    const radius = 180 + random() * 260;
    const ring = Float64Array.from({ length: 14 }, (__, k) => {
      const angle = (Math.floor(k / 2) * Math.PI) / 3;
      return k % 2 === 0 ? x + radius * Math.cos(angle) : y + radius * Math.sin(angle);
    });
    return { code, group: town, metres: { polygons: [[ring]] } };
  });
}

const estimateRows = (
  areas: readonly SampleArea[],
): readonly { area: SampleArea; hypothesis: string; share: number; i: number; h: number }[] => {
  const random = seededRandom(11);
  const base = areas.map(() => 0.12 + random() * 0.3);
  return hypotheses.flatMap(({ id }, h) =>
    areas.map((area, i) => ({ area, hypothesis: id, share: (base[i] ?? 0) + h * 0.012, i, h })),
  );
};

export function sampleEstimates(areas: readonly SampleArea[]): Released {
  const rows = estimateRows(areas);
  const part = (
    values: readonly number[],
    label: string,
    missing: Uint8Array | null = null,
  ): ReturnType<typeof numberColumn> => numberColumn(values, { label, unit: "part", missing });
  const persons = (values: readonly number[], label: string): ReturnType<typeof numberColumn> =>
    numberColumn(values, { label, unit: "personnes" });
  const byHypothesis = hypotheses.map(({ id }) =>
    rows.filter(({ hypothesis }) => hypothesis === id).sort((a, b) => b.share - a.share),
  );
  const place = rows.map((row) => (byHypothesis[row.h] ?? []).indexOf(row) + 1);
  const spread = rows.map(({ i }) => (i % 4 === 0 ? areas.length : 2));
  const rank = (values: readonly number[], label: string): ReturnType<typeof numberColumn> =>
    numberColumn(values, { label, unit: "rang" });
  const absent = Uint8Array.from(rows, ({ i }) => (i % 5 === 1 ? SECRET : i % 5 === 3 ? NOT_AVAILABLE : PRESENT));
  const rate = rows.map(({ share }) => 0.62 - share);
  return passed({
    hypothese: words(
      rows.map(({ hypothesis }) => hypothesis),
      "Hypothèse",
    ),
    code_qp: words(
      rows.map(({ area }) => area.code),
      "Code du quartier",
    ),
    part: part(
      rows.map(({ share }) => share),
      "Part des personnes éligibles",
    ),
    part_bas: part(
      rows.map(({ share }) => share - 0.021),
      "Part, borne basse",
    ),
    part_haut: part(
      rows.map(({ share }) => share + 0.034),
      "Part, borne haute",
    ),
    rang_bas: rank(
      place.map((p, row) => Math.max(1, p - (spread[row] ?? 0))),
      "Rang, borne basse",
    ),
    rang_haut: rank(
      place.map((p, row) => Math.min(areas.length, p + (spread[row] ?? 0))),
      "Rang, borne haute",
    ),
    proba: part(
      place.map((p) => Math.max(0, 1 - p / areas.length)),
      "Probabilité d’être parmi les plus élevés",
    ),
    attendus: persons(
      rows.map(({ share }) => Math.round(share * 900)),
      "Non-recourants attendus",
    ),
    attendus_bas: persons(
      rows.map(({ share }) => Math.round(share * 700)),
      "Attendus, borne basse",
    ),
    attendus_haut: persons(
      rows.map(({ share }) => Math.round(share * 1150)),
      "Attendus, borne haute",
    ),
    non_recours: part(rate, "Taux de non-recours", absent),
    non_recours_bas: part(
      rate.map((v) => v - 0.08),
      "Taux, borne basse",
      absent,
    ),
    non_recours_haut: part(
      rate.map((v) => v + 0.09),
      "Taux, borne haute",
      absent,
    ),
  });
}

export function sampleContributions(areas: readonly SampleArea[]): Released {
  const random = seededRandom(3);
  const rows = estimateRows(areas).flatMap(({ area, hypothesis, share, i, h }) => {
    const base = 0.23 + h * 0.01;
    const draws = factorNames.map(() => random() - 0.5);
    const left = share - base - draws.slice(1).reduce((sum, draw) => sum + draw / 20, 0);
    return factorNames.map((factor, k) => ({
      area,
      hypothesis,
      factor,
      base,
      level: share,
      part: k === 0 ? left : (draws[k] ?? 0) / 20,
      hidden: i === 5,
    }));
  });
  const hidden = Uint8Array.from(rows, (row) => (row.hidden ? SECRET : PRESENT));
  return passed({
    hypothese: words(
      rows.map(({ hypothesis }) => hypothesis),
      "Hypothèse",
    ),
    code_qp: words(
      rows.map(({ area }) => area.code),
      "Code du quartier",
    ),
    composante: words(
      rows.map(({ factor }) => factor),
      "Composante",
    ),
    contribution: numberColumn(
      rows.map(({ part }) => part),
      { label: "Contribution", unit: "part", missing: hidden },
    ),
    reference: numberColumn(
      rows.map(({ base }) => base),
      { label: "Référence", unit: "part" },
    ),
    niveau: numberColumn(
      rows.map(({ level }) => level),
      { label: "Niveau", unit: "part", missing: hidden },
    ),
  });
}

export function sampleViewerOptions(count = 12): AreaViewerOptions {
  const areas = sampleAreas(count);
  return {
    id: "non-recours",
    title: "Où vivent ceux qui ont droit à la C2S, et ce que l’on en sait quartier par quartier",
    subtitle: "Personnes ayant droit à la complémentaire santé solidaire, estimées par microsimulation",
    champ: "personnes des ménages des quartiers inventés, 2024",
    lecture: "aux Brumes (Port-Brume), la part des personnes qui ont droit est connue à quelques points près",
    areas: passed({
      code_qp: words(
        areas.map(({ code }) => code),
        "Code du quartier",
      ),
      nom_qp: words(
        areas.map(({ name }) => name),
        "Quartier",
      ),
      ville: words(
        areas.map(({ town }) => town),
        "Commune",
      ),
    }),
    estimates: sampleEstimates(areas),
    hypothesis: "hypothese",
    code: "code_qp",
    name: "nom_qp",
    town: "ville",
    measures: [
      {
        id: "part",
        label: "Part des personnes qui ont droit à la C2S",
        value: "part",
        low: "part_bas",
        high: "part_haut",
        rank: { low: "rang_bas", high: "rang_haut", probability: "proba" },
      },
      {
        id: "attendus",
        label: "Non-recourants attendus",
        value: "attendus",
        low: "attendus_bas",
        high: "attendus_haut",
        decimals: 0,
      },
      {
        id: "non-recours",
        label: "Taux de non-recours",
        value: "non_recours",
        low: "non_recours_bas",
        high: "non_recours_haut",
        absence: "le nombre de bénéficiaires n’est pas publié pour tous les quartiers.",
      },
    ],
    hypotheses,
    hypothesisTitle: "Date du droit",
    opening: "2024",
    interval: "à 90 %",
    perimeters: samplePerimeters(areas),
    communes: samplePerimeters(areas.slice(0, 1)).map(({ group, metres }) => ({
      code: "99001",
      group,
      metres: {
        polygons: metres.polygons.map((rings) =>
          rings.map((ring) => ring.map((v, i) => v + (i % 2 === 0 ? 200 : -300))),
        ),
      },
    })),
    explanation: {
      data: sampleContributions(areas),
      code: "code_qp",
      factor: "composante",
      contribution: "contribution",
      base: "reference",
      level: "niveau",
      hypothesis: "hypothese",
      label: "Part des personnes qui ont droit à la C2S",
      reference: "ensemble des quartiers inventés",
    },
    calculator: true,
    parameters: { tirages: 200 },
  };
}

export const sampleViewer = (count = 12): AreaViewer => areaViewer(sampleViewerOptions(count));
