import { frenchCount, frenchNumber } from "../../codes/french.ts";
import { mergeLineages } from "../../codes/lineage.ts";
import { numberColumn, numbers, textColumn, texts } from "../../codes/table.ts";
import { dataTable } from "../../figures/data-table.ts";
import { dotPlot } from "../../figures/dot-plot.ts";
import type { Figure } from "../../figures/figure.ts";
import { neighbourhoodMap } from "../../figures/neighbourhood-map.ts";
import type { Released } from "../../protection/released.ts";
import { type Neighbourhoods, placedShapes } from "../../tables/neighbourhoods.ts";
import { catchmentLimits, type KindSupply, type PlacedSupply, residentsWithin, supplyThresholds } from "./supply.ts";
import { points, releaseOpen, share } from "./supply-columns.ts";
import type { NearSupply } from "./supply-near.ts";
import { type SupplyMode, supplyHours, supplyModeLabels } from "./supply-travel.ts";

/** The threshold of the main figure: a quarter of an hour, the widest band of DEPS. */
const MAIN_MINUTES = 15;
export const mainThreshold: { readonly minutes: number; readonly index: number } = {
  minutes: MAIN_MINUTES,
  index: supplyThresholds.indexOf(MAIN_MINUTES),
};

export interface SupplyFigures {
  readonly within: Figure;
  readonly byMode: Figure | null;
  readonly map: Figure | null;
  readonly table: Figure;
  readonly released: Released;
}

/** Supply around the neighbourhoods, at the distances that people travel. */
export function placedSupplyFigures(places: Neighbourhoods, supply: PlacedSupply, region: string): SupplyFigures {
  const { kinds } = supply;
  const inNeighbourhoods = (near: readonly NearSupply[], threshold: number): number =>
    100 * residentsWithin(supply.residents, near, threshold);
  const champ = `habitants des quartiers prioritaires (génération 2015) ${region}, depuis les carreaux de 200 mètres où ils habitent ; équipements de ${supply.facilities.typequ.year} placés à leurs coordonnées`;
  const groups = ["quartiers prioritaires", "ensemble du territoire"] as const;
  const within = releaseOpen(
    "offre culturelle à un quart d’heure à pied",
    {
      lieu: textColumn(
        kinds.flatMap(({ label }) => groups.map(() => label)),
        { label: "Lieu" },
      ),
      population: textColumn(
        kinds.flatMap(() => groups),
        { label: "Population" },
      ),
      part: points(
        kinds.flatMap((kind) => [
          inNeighbourhoods(kind.near.walk, mainThreshold.index),
          100 * (kind.nearAll.walk.within[mainThreshold.index] ?? Number.NaN),
        ]),
        "Ont un lieu à 15 minutes à pied",
      ),
    },
    supply.lineage,
  );
  const first = kinds[0] as KindSupply;
  const cells = numbers(within, "part").values;
  const gapOf = (k: number): number => Math.abs(cells[2 * k] - cells[2 * k + 1]);
  const widest = [...kinds.keys()].sort((a, b) => gapOf(b) - gapOf(a))[0] ?? 0;
  const withinFigure = dotPlot(within, {
    id: "culture-offre",
    title: `${kinds[widest]?.label ?? ""} : ${share(cells[2 * widest])} des habitants des quartiers ont au moins un lieu à un quart d’heure à pied, ${share(cells[2 * widest + 1])} de l’ensemble des habitants`,
    subtitle:
      "Part des habitants qui ont au moins un lieu à 15 minutes à pied, par les rues ; le titre dit la sorte de lieu où les deux diffèrent le plus",
    alt: "Deux points par sorte de lieu, l’un pour les habitants des quartiers prioritaires, l’autre pour l’ensemble du territoire, sur une échelle de 0 à 100 %.",
    champ: `${champ} ; et tous les habitants ${region}, quartiers compris`,
    lecture: `${share(cells[0])} des habitants des quartiers ont au moins un lieu de la catégorie « ${first.label} » à 15 minutes à pied ; ${share(cells[1])} de l’ensemble des habitants.`,
    row: "lieu",
    value: "part",
    series: "population",
    axisTitle: "Part des habitants (%)",
    format: ",.0f",
    domain: [0, 100],
  });
  const modes: readonly SupplyMode[] = ["walk", "bike", "transit"];
  const byMode = releaseOpen(
    "offre culturelle à un quart d’heure selon le mode",
    {
      lieu: textColumn(
        kinds.flatMap(({ label }) => modes.map(() => label)),
        { label: "Lieu" },
      ),
      mode: textColumn(
        kinds.flatMap(() => modes.map((mode) => supplyModeLabels[mode])),
        { label: "Mode" },
      ),
      part: points(
        kinds.flatMap(({ near }) => modes.map((mode) => inNeighbourhoods(near[mode], mainThreshold.index))),
        "Ont un lieu à 15 minutes",
      ),
    },
    supply.lineage,
  );
  const byModeCells = numbers(byMode, "part").values;
  const stage = kinds.findIndex(({ code }) => code === "F315");
  const told = Math.max(stage, 0);
  const modeFigure = dotPlot(byMode, {
    id: "culture-offre-modes",
    title: `À vélo, ${share(byModeCells[3 * told + 1])} des habitants des quartiers ont un lieu « ${kinds[told]?.label ?? ""} » à un quart d’heure, ${share(byModeCells[3 * told])} à pied`,
    subtitle: `Part des habitants des quartiers qui ont au moins un lieu à 15 minutes ; transport en commun un mercredi vers ${supplyHours.outward} h, attente comprise`,
    alt: "Trois points par sorte de lieu : à pied, à vélo, à pied ou en transport collectif, sur une échelle de 0 à 100 %.",
    champ,
    lecture: `${share(byModeCells[1])} des habitants des quartiers ont un lieu « ${first.label} » à 15 minutes à vélo.`,
    row: "lieu",
    value: "part",
    series: "mode",
    axisTitle: "Part des habitants des quartiers (%)",
    format: ",.0f",
    domain: [0, 100],
  });
  return {
    within: withinFigure,
    byMode: modeFigure,
    map: libraryMap(places, supply, champ),
    table: supplyTable(places, supply, champ),
    released: within,
  };
}

/** Libraries for a thousand residents, with those who compete for them, neighbourhood by neighbourhood. */
function libraryMap(places: Neighbourhoods, { kinds, lineage }: PlacedSupply, champ: string): Figure | null {
  const kind = kinds.find(({ code }) => code === "F307") ?? kinds[0];
  const catchment = kind?.catchments.at(-1);
  if (!kind || !catchment) return null;
  const limit = catchmentLimits.at(-1) ?? 30;
  const data = releaseOpen(
    "offre par habitant, avec la concurrence",
    {
      code_qp: textColumn(texts(places.table, "code_qp").values as string[], { label: "Code du quartier" }),
      nom_qp: textColumn(texts(places.table, "nom_qp").values as string[], { label: "Quartier" }),
      offre: numberColumn(
        Float64Array.from(catchment.perThousand, (value) => Math.round(100 * value) / 100),
        { label: `${kind.label}, lieux pour 1 000 habitants`, unit: "lieux" },
      ),
    },
    mergeLineages(places.table.lineage, lineage),
  );
  const values = numbers(data, "offre").values;
  const most = values.indexOf(Math.max(...values));
  const empty = texts(data, "nom_qp").values.filter((_, row) => values[row] === 0);
  return neighbourhoodMap(data, {
    id: "culture-offre-carte",
    title: `${kind.label} : ${frenchNumber(empty.length)} ${empty.length < 2 ? "quartier" : "quartiers"} sur ${frenchNumber(values.length)} sans rien à ${limit} minutes à pied`,
    subtitle: `Lieux pour 1 000 habitants, partagés avec tous ceux qui peuvent y venir à pied en ${limit} minutes (E2SFCA) ; un lieu compte pour un : ni places ni horaires ne sont connus`,
    alt: `Carte des ${values.length} quartiers, ville par ville à la même échelle : plus la couleur est foncée, plus il y a de lieux par habitant, une fois partagés.`,
    champ,
    lecture: `dans le quartier ${texts(data, "nom_qp").values[most]}, ${frenchNumber(values[most], { decimals: 2 })} lieu pour 1 000 habitants, une fois partagé avec les voisins${emptyWords(empty, limit)}.`,
    code: "code_qp",
    name: "nom_qp",
    value: "offre",
    unit: "",
    decimals: 2,
    legend: "Lieux pour 1 000 habitants",
    perimeters: placedShapes(places),
  });
}

/** Names of the neighbourhoods with nothing, that the lightest class of the map does not tell from those with little. */
function emptyWords(names: readonly string[], limit: number): string {
  if (names.length === 0) return "";
  const most = 6;
  const others = names.length - most;
  const end = others > 0 ? ` et ${frenchCount(others)} ${others === 1 ? "autre" : "autres"}` : "";
  return ` ; sans rien à ${limit} minutes : ${names.slice(0, most).join(", ")}${end}`;
}

function supplyTable(places: Neighbourhoods, { kinds, lineage }: PlacedSupply, champ: string): Figure {
  const medianOf = (near: readonly NearSupply[]): number => {
    const sorted = near.map(({ median }) => median).sort((a, b) => a - b);
    return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
  };
  const none = (values: Float64Array): number => values.reduce((count, value) => count + (value === 0 ? 1 : 0), 0);
  const column = (pick: (kind: KindSupply) => number, label: string, unit: string) =>
    numberColumn(Float64Array.from(kinds, pick), { label, unit });
  const data = releaseOpen(
    "offre culturelle par sorte de lieu",
    {
      lieu: textColumn(
        kinds.map(({ label }) => label),
        { label: "Lieu" },
      ),
      lieux: column(({ units }) => units, "Lieux", "lieux"),
      dans: column(({ inside }) => inside, "Dont dans un quartier", "lieux"),
      minutes: column(({ near }) => Math.round(medianOf(near.walk)), "Minutes à pied, quartier médian", "min"),
      sans_km: column(
        ({ noneWithinKm }) => noneWithinKm.reduce((sum, value) => sum + value, 0),
        "Quartiers sans lieu à 1 km",
        "quartiers",
      ),
      ...Object.fromEntries(
        catchmentLimits.map((limit, k) => [
          `sans_${limit}`,
          column(
            ({ catchments }) => none(catchments[k]?.perThousand ?? new Float64Array()),
            `Quartiers sans lieu à ${limit} min à pied`,
            "quartiers",
          ),
        ]),
      ),
      retour: column(
        ({ backAtNight }) => backAtNight.filter(({ median }) => median <= 45).length,
        "Quartiers d’où l’on rentre en 45 min le soir",
        "quartiers",
      ),
    },
    mergeLineages(places.table.lineage, lineage),
  );
  const first = kinds[0] as KindSupply;
  return dataTable(data, {
    id: "culture-offre-table",
    title: "L’offre autour des quartiers, par sorte de lieu : la réponse change avec la portée",
    subtitle: `1 km à vol d’oiseau ; minutes à pied par les rues ; retour en transport en commun ou à pied, départ du lieu entre ${supplyHours.return} h et ${supplyHours.return + 1} h`,
    alt: "Tableau : pour chaque sorte de lieu, le nombre de lieux, ceux qui sont dans un quartier, la durée à pied du quartier médian, les quartiers sans lieu selon la portée, et ceux d’où l’on peut rentrer le soir.",
    champ,
    lecture: `${first.label} : ${frenchNumber(first.units)} lieux, dont ${frenchNumber(first.inside)} dans un quartier prioritaire.`,
  });
}
