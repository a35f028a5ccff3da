import type { CodeRome } from "../codes/code.ts";
import { frenchNumber, frenchOf } from "../codes/french.ts";
import { mergeLineages } from "../codes/lineage.ts";
import { numberColumn, numbers, PRESENT, type Table, table, textColumn, texts } from "../codes/table.ts";
import { dataTable } from "../figures/data-table.ts";
import { dotPlot } from "../figures/dot-plot.ts";
import type { Figure } from "../figures/figure.ts";
import { type KeyNumbers, keyNumberList } from "../figures/key-numbers.ts";
import { neighbourhoodMap } from "../figures/neighbourhood-map.ts";
import { stripPlot } from "../figures/strip-plot.ts";
import { type DistanceProfile, distanceProfileFromKm } from "../models/access/distance-profile.ts";
import { greatCircleMatrixKm, type Points } from "../models/access/great-circle.ts";
import { weightedQuantiles } from "../models/access/weighted-quantile.ts";
import { type MatchLevel, matchLevelLabels, matchLevels, romeMatching } from "../models/matching/rome-match.ts";
import { type Mixture, mixtureWithin, poolMixtures, seekerMixture } from "../models/matching/seeker-mixture.ts";
import { keyNumbers } from "../protection/key-numbers.ts";
import { release } from "../protection/release.ts";
import type { Released } from "../protection/released.ts";
import { bpeIrisContract } from "../sources/bpe-iris.ts";
import { communePointsContract } from "../sources/commune-points.ts";
import { demandeursEmploiRomeContract } from "../sources/demandeurs-emploi-rome.ts";
import { loadTable } from "../sources/load.ts";
import { isAvailable } from "../sources/locate.ts";
import { offresEmploiContract } from "../sources/offres-emploi.ts";
import { qpvIndicateursContract } from "../sources/qpv-indicateurs.ts";
import { qpvPerimetresContract } from "../sources/qpv-perimetres.ts";
import { romeCodesContract } from "../sources/rome-codes.ts";
import { romeMobilitesContract } from "../sources/rome-mobilites.ts";
import { forPurpose, type Territory } from "../sources/territory.ts";
import { establishmentsByCommune } from "../tables/establishments.ts";
import { locatedOffers, seekersByNeighbourhood } from "../tables/job-market.ts";
import { loadNeighbourhoods, type Neighbourhoods, placedShapes, townSizes } from "../tables/neighbourhoods.ts";
import type { AlgorithmCard } from "./cards/card.ts";
import { distanceCard } from "./cards/employment-distance.ts";
import { type DataUse, type MissingData, missingDataNote, type Note, note } from "./experiment.ts";
import { publishedIndicators } from "./published-indicators.ts";
import { finiteRows, rounded } from "./rows.ts";
import { RESIDENTS, residentsColumn, statedByGroup, statedByZone, statedSeekers } from "./stated-counts.ts";

/** What this experiment reads, and what for. */
export const employmentDistanceUse: DataUse = {
  purpose: "distance-emploi",
  title: "distance aux emplois recherchés",
  sources: [
    qpvIndicateursContract,
    qpvPerimetresContract,
    demandeursEmploiRomeContract,
    offresEmploiContract,
    romeCodesContract,
    romeMobilitesContract,
    bpeIrisContract,
    communePointsContract,
  ],
};

export interface EmploymentDistanceOptions {
  /** Destinations beyond this great-circle distance are out of reach, kilometres. */
  readonly radiusKm?: number;
}

export interface EmploymentDistance {
  readonly map: Figure;
  readonly bySize: Figure;
  readonly shares: Figure;
  /** Registered job seekers among the residents: where the file hides them, they are shown as hidden. */
  readonly seekersMap: Figure;
  /** How many neighbourhoods each published indicator leaves without a value. */
  readonly holes: Figure;
  /** The three levels of match side by side; a note where nothing tells the occupations sought. */
  readonly levels: Figure | Note;
  readonly numbers: KeyNumbers;
  readonly missing: Note;
  readonly coverage: Note;
  /** The card of transparency, computed when it is asked for. */
  readonly card: () => Promise<AlgorithmCard>;
}

/** All but the card, which is made of them. */
type Results = Omit<EmploymentDistance, "card">;

const thresholdsKm: readonly number[] = [5, 10, 20];
const levelName: Readonly<Record<MatchLevel, string>> = matchLevelLabels;

/**
 * Distance from each neighbourhood to the jobs its job seekers look for: median, quartiles and the share within 5, 10 and 20 km, at three
 * declared levels of match. Where no file tells the occupations sought, the distance to service establishments stands in, under that name.
 */
export async function employmentDistance(
  opened: Territory,
  { radiusKm = 50 }: EmploymentDistanceOptions = {},
): Promise<EmploymentDistance> {
  const territory = forPurpose(opened, employmentDistanceUse.purpose);
  const places = await loadNeighbourhoods(territory);
  const matched = isAvailable(territory, demandeursEmploiRomeContract) && isAvailable(territory, offresEmploiContract);
  const results = matched
    ? await matchedOffers(territory, places, radiusKm)
    : await serviceEstablishments(territory, places, radiusKm);
  return {
    ...results,
    card: () =>
      distanceCard({
        radiusKm,
        results,
        destinations: matched ? "" : serviceDestinations,
        again: (otherKm) => employmentDistance(opened, { radiusKm: otherKm }),
      }),
  };
}

/** What stands for jobs where no file tells the offers, as figures print it. */
const serviceDestinations = "établissements de services (BPE 2018)";

/** With a partner's file of occupations sought, and offers. */
async function matchedOffers(territory: Territory, places: Neighbourhoods, radiusKm: number): Promise<Results> {
  const [seekers, offers, occupations, mobilities] = await Promise.all([
    loadTable(territory, demandeursEmploiRomeContract),
    loadTable(territory, offresEmploiContract),
    loadTable(territory, romeCodesContract),
    loadTable(territory, romeMobilitesContract),
  ]);
  const located = locatedOffers(offers);
  const matching = romeMatching(texts(occupations, "code_rome").values as readonly CodeRome[], {
    sought: texts(mobilities, "code_rome").values as readonly CodeRome[],
    offered: texts(mobilities, "code_rome_cible").values as readonly CodeRome[],
    kind: texts(mobilities, "libelle_type_mobilite").values,
  });
  const sought = seekersByNeighbourhood(seekers, texts(places.table, "code_qp").values);
  const distances = greatCircleMatrixKm(pointsOf(places.table), located.points);
  const mixtures = new Map(
    matchLevels.map((level) => [
      level,
      sought.map(({ byRome }, row) =>
        seekerMixture(
          byRome,
          matching[level],
          located,
          distances.subarray(row * located.posts.length, (row + 1) * located.posts.length),
          radiusKm,
        ),
      ),
    ]),
  );
  const lineage = mergeLineages(
    places.table.lineage,
    seekers.lineage,
    offers.lineage,
    occupations.lineage,
    mobilities.lineage,
  );

  const near = mixtures.get("near") ?? [];
  const profiles = near.map(({ km, weights }) => distanceProfileFromKm(km, weights, thresholdsKm));
  const counts = Float64Array.from(sought, ({ total }) => total);
  const perNeighbourhood = releaseProfiles(territory, places, profiles, lineage, counts);
  const parameters = { rayon_km: radiusKm, correspondance: levelName.near };
  const champ = `quartiers prioritaires (génération 2015) ${frenchOf(territory.label)}, métiers recherchés par au moins 5 personnes du quartier, offres de ces métiers ou de métiers proches à ${frenchNumber(radiusKm)} km au plus`;
  const destination = "des emplois correspondants";

  const groups = groupLevels(
    places,
    mixtures,
    sought.map(({ total }) => total),
    lineage,
  );
  const levels = dotPlot(groups, {
    id: "emploi-distance-appariement",
    title: levelsTitle(groups),
    subtitle:
      "Distance médiane aux offres correspondantes, en kilomètres ; le trait va du premier au troisième quartile",
    alt: "Pour chaque taille de commune et pour l’ensemble, trois points et leurs intervalles : même métier, métier proche, même domaine professionnel, sur une échelle de distance.",
    champ,
    lecture: readGroups(groups),
    row: "taille",
    series: "niveau",
    value: "mediane",
    low: "q1",
    high: "q3",
    axisTitle: "Kilomètres à vol d’oiseau",
    parameters: { rayon_km: radiusKm },
  });
  const hiddenCells =
    numbers(seekers, "nombre").missing?.reduce((sum, code) => sum + (code === PRESENT ? 0 : 1), 0) ?? 0;
  return assemble(territory, places, perNeighbourhood, {
    champ,
    destination,
    parameters,
    radiusKm,
    levels,
    lineage,
    counts,
    profiles,
    missing: [],
    coverage: note(
      `Cette mesure repose sur ${frenchNumber(seekers.numRows)} couples quartier et métier, dont ${frenchNumber(hiddenCells)} comptent moins de cinq personnes et restent secrets, et sur ${frenchNumber(offers.numRows)} offres, dont ${frenchNumber(located.lost)} sans coordonnées, laissées de côté. Le nombre de demandeurs pris en compte dans chaque quartier n’est pas publié : comparé au total, il rendrait les effectifs secrets.`,
    ),
  });
}

/** Without occupations: how far the places of work of the service sector are, named as such. */
async function serviceEstablishments(territory: Territory, places: Neighbourhoods, radiusKm: number): Promise<Results> {
  const [facilities, points] = await Promise.all([
    loadTable(territory, bpeIrisContract),
    loadTable(territory, communePointsContract),
  ]);
  const establishments = establishmentsByCommune(facilities, points);
  const distances = greatCircleMatrixKm(pointsOf(places.table), establishments.points);
  const count = establishments.count.length;
  const mixtures = Array.from(
    { length: places.table.numRows },
    (_, row): Mixture =>
      mixtureWithin(distances.subarray(row * count, (row + 1) * count), establishments.count, radiusKm),
  );
  const profiles = mixtures.map(({ km, weights }) => distanceProfileFromKm(km, weights, thresholdsKm));
  const lineage = mergeLineages(places.table.lineage, facilities.lineage, points.lineage);
  const perNeighbourhood = releaseProfiles(territory, places, profiles, lineage, null);
  const missing: readonly MissingData[] = [
    {
      what: "les métiers recherchés par les habitants, par quartier",
      holder: "France Travail (ex-Pôle emploi)",
      consequence:
        "on ne sait pas quels emplois correspondent, et les trois niveaux de correspondance ne peuvent pas être calculés",
      clause:
        "un fichier trimestriel code du quartier × code ROME × nombre de demandeurs (catégories A, B, C), effectifs inférieurs à 5 remplacés par « s »",
    },
    {
      what: "les offres d’emploi avec leur lieu et leur métier",
      holder: "France Travail (API « Offres d’emploi v2 ») et les agences d’intérim",
      consequence:
        "les lieux de travail sont approchés par les établissements de services de la Base permanente des équipements, à la commune près",
      clause:
        "pour chaque offre, le code ROME, la commune ou les coordonnées du lieu de travail, le nombre de postes, l’horaire, le permis exigé",
    },
  ];
  return assemble(territory, places, perNeighbourhood, {
    champ: `quartiers prioritaires (génération 2015) ${frenchOf(territory.label)}, établissements de services de la région à ${frenchNumber(radiusKm)} km au plus`,
    destination: "des établissements de services",
    parameters: { rayon_km: radiusKm, destinations: serviceDestinations },
    radiusKm,
    levels: note(
      "Les trois niveaux de correspondance (même métier, métier proche, même domaine) demandent les métiers recherchés par quartier. Ce territoire ne les a pas : la figure n’est pas faite. Sur le territoire d’exemple, le même code la dessine.",
    ),
    lineage,
    counts: null,
    profiles,
    missing,
    coverage: note(
      `À défaut d’offres, on mesure ici la distance aux ${frenchNumber(establishments.total)} **établissements de services** que la Base permanente des équipements compte dans la région (services aux particuliers, commerces, santé, enseignement) : ce sont des lieux de travail, pas des postes à pourvoir. Chacun est placé au point de sa commune ; ${frenchNumber(establishments.lost)} n’ont pas de commune connue et sont laissés de côté. À l’intérieur d’une grande ville, cette approximation efface les différences. Le rayon compte aussi : si les établissements étaient répartis sans aucune concentration, la moitié se trouverait à plus de ${frenchNumber(radiusKm / Math.SQRT2, { unit: "km" })}. Une médiane élevée ne dit donc pas qu’il y a peu d’établissements près : elle peut venir d’une grande ville à 30 ou 50 km. Chaque commune étant réduite à un point, l’écart oppose surtout des villes entre elles. Enfin, les établissements des régions voisines ne sont pas comptés : près des limites, la mesure est faussée.`,
    ),
  });
}

interface AssemblyParts {
  readonly champ: string;
  readonly destination: string;
  readonly parameters: Readonly<Record<string, string | number>>;
  readonly radiusKm: number;
  readonly levels: Figure | Note;
  readonly missing: readonly MissingData[];
  readonly coverage: Note;
  readonly lineage: Table["lineage"];
  /** Seekers behind each row, or null when everything is already published. */
  readonly counts: Float64Array | null;
  readonly profiles: readonly DistanceProfile[];
}

function assemble(territory: Territory, places: Neighbourhoods, released: Released, parts: AssemblyParts): Results {
  const { champ, destination, parameters, radiusKm } = parts;
  const shown = finiteRows(released, "mediane");
  const medians = Float64Array.from(shown, (row) => numbers(released, "mediane").values[row]);
  const [tenth = Number.NaN, median = Number.NaN, ninetieth = Number.NaN] = weightedQuantiles(
    medians,
    null,
    [0.1, 0.5, 0.9],
  );
  const example =
    shown.find((row) => Math.abs(numbers(released, "mediane").values[row] - median) < 0.5) ?? shown[0] ?? 0;
  const named = `${texts(released, "nom_qp").values[example]} (${texts(released, "nom_commune").values[example]})`;
  const lecture = `dans le quartier ${named}, la moitié ${destination} est à moins de ${frenchNumber(numbers(released, "mediane").values[example], { decimals: 1, unit: "km" })}.`;
  const hidden = released.numRows - shown.length;
  const map = neighbourhoodMap(released, {
    id: "emploi-distance-carte",
    title: `Pour huit quartiers sur dix, la distance médiane est comprise entre ${frenchNumber(tenth, { decimals: 1 })} et ${frenchNumber(ninetieth, { decimals: 1, unit: "km" })}`,
    subtitle: `Distance médiane à vol d’oiseau aux lieux ${destination}, kilomètres ; tous les quartiers à la même échelle`,
    alt: `Carte des ${released.numRows} quartiers, ville par ville à la même échelle, colorés selon la distance médiane : les plus claires sont les plus proches des emplois.`,
    champ,
    lecture,
    code: "code_qp",
    name: "nom_qp",
    value: "mediane",
    unit: "km",
    legend: "Distance médiane",
    perimeters: placedShapes(places),
    parameters,
  });
  const bySize = stripPlot(released, {
    id: "emploi-distance-taille",
    title: spreadTitle(released),
    subtitle: `Distance médiane aux lieux ${destination}, un point par quartier`,
    alt: `Trois lignes de points, une par taille de commune ; dans chacune les quartiers s’étalent sur plusieurs kilomètres autour de la médiane, qu’un trait marque.`,
    champ: hidden > 0 ? `${champ} ; ${hidden} quartiers non diffusés ne sont pas dessinés` : champ,
    lecture,
    group: "taille",
    groupOrder: townSizes.map(({ label }) => label),
    name: "nom_qp",
    value: "mediane",
    axisTitle: "Kilomètres à vol d’oiseau",
    reference: { value: median, label: `quartier médian : ${frenchNumber(median, { decimals: 1, unit: "km" })}` },
    parameters,
  });
  const sizeTable = sharesBySize(territory, places, parts);
  const shares = dataTable(sizeTable, {
    id: "emploi-distance-parts",
    title: "La part à moins de 5, 10 et 20 km, selon la taille de la commune",
    subtitle: `Part moyenne ${destination} à moins de 5, 10 et 20 km, quartiers pondérés par leur population`,
    alt: `Tableau de trois tailles de commune et de leur ensemble : nombre de quartiers, habitants et parts à moins de 5, 10 et 20 kilomètres.`,
    champ,
    lecture: `dans les quartiers des communes de ${texts(sizeTable, "taille").values[0]}, ${frenchNumber(numbers(sizeTable, "part_10").values[0], { decimals: 1, unit: "%" })} ${destination} sont à moins de 10 km.`,
    columns: ["taille", "quartiers", "habitants", "part_5", "part_10", "part_20"],
    parameters,
  });
  const list = keyNumberList(
    keyNumbers(
      [
        { key: "emploi.quartiers", label: "Quartiers du territoire", value: released.numRows, unit: "", decimals: 0 },
        {
          key: "emploi.mesures",
          label: "Quartiers dont la mesure est diffusée",
          value: shown.length,
          unit: "",
          decimals: 0,
        },
        { key: "emploi.mediane", label: "Distance médiane du quartier médian", value: median, unit: "km", decimals: 1 },
        {
          key: "emploi.bas",
          label: "Distance sous laquelle est un quartier sur dix",
          value: tenth,
          unit: "km",
          decimals: 1,
        },
        {
          key: "emploi.haut",
          label: "Distance au-delà de laquelle est un quartier sur dix",
          value: ninetieth,
          unit: "km",
          decimals: 1,
        },
        { key: "emploi.rayon", label: "Rayon de recherche", value: radiusKm, unit: "km", decimals: 0 },
        { key: "emploi.destination", label: "Ce que l’on atteint", value: destination, unit: "", decimals: 0 },
      ],
      [released],
    ),
  );
  return {
    map,
    bySize,
    shares,
    ...publishedIndicators(territory, places),
    levels: parts.levels,
    numbers: list,
    missing: missingDataNote(territory, parts.missing),
    coverage: parts.coverage,
  };
}

/** One row a neighbourhood: what is published of its profile. Counts bind when seekers were counted; published aggregates need none. */
function releaseProfiles(
  _territory: Territory,
  { table: places }: Neighbourhoods,
  profiles: readonly DistanceProfile[],
  lineage: Table["lineage"],
  counts: Float64Array | null,
): Released {
  const km = (values: readonly number[], label: string) => numberColumn(rounded(values, 1), { label, unit: "km" });
  const percent = (threshold: number) =>
    numberColumn(
      rounded(
        profiles.map(({ shareWithin }) => 100 * (shareWithin[threshold] ?? Number.NaN)),
        1,
      ),
      { label: `Part à moins de ${thresholdsKm[threshold]} km`, unit: "%" },
    );
  const columns = {
    code_qp: textColumn(texts(places, "code_qp").values, { label: "Code du quartier" }),
    nom_qp: textColumn(texts(places, "nom_qp").values, { label: "Quartier" }),
    nom_commune: textColumn(texts(places, "nom_commune").values, { label: "Commune" }),
    taille: textColumn(texts(places, "taille").values, { label: "Taille de la commune" }),
    mediane: km(
      profiles.map(({ medianKm }) => medianKm),
      "Distance médiane",
    ),
    q1: km(
      profiles.map(({ firstQuartileKm }) => firstQuartileKm),
      "Premier quartile",
    ),
    q3: km(
      profiles.map(({ thirdQuartileKm }) => thirdQuartileKm),
      "Troisième quartile",
    ),
    part_5: percent(0),
    part_10: percent(1),
    part_20: percent(2),
    ...(counts
      ? {
          demandeurs: numberColumn(counts, {
            label: "Demandeurs d’emploi pris en compte",
            unit: "personnes",
            summable: true,
          }),
        }
      : {}),
  };
  const open = ["code_qp", "nom_qp", "nom_commune", "taille"];
  return release(
    table(columns, lineage),
    counts
      ? {
          name: "distance à l’emploi par quartier",
          counts: "demandeurs",
          open,
          statement: statedByZone(statedSeekers, { column: "code_qp", codes: texts(places, "code_qp").values }),
        }
      : { name: "distance aux établissements par quartier", open },
  );
}

/** Means over the neighbourhoods of a size of town, weighted by residents: shares of a mixture are means of shares. */
function sharesBySize(
  _territory: Territory,
  { table: places }: Neighbourhoods,
  { profiles, counts, lineage }: AssemblyParts,
): Released {
  const sizes = texts(places, "taille").values;
  const population = numbers(places, "pop_mun").values;
  const present = townSizes.map(({ label }) => label).filter((label) => sizes.includes(label));
  const rows = [...present, "ensemble"];
  const members = (label: string): number[] =>
    profiles
      .map((_, row) => row)
      .filter(
        (row) =>
          (label === "ensemble" || sizes[row] === label) && !Number.isNaN(profiles[row]?.shareWithin[0] ?? Number.NaN),
      );
  const meanShare =
    (threshold: number) =>
    (label: string): number => {
      const kept = members(label);
      const total = kept.reduce((sum, row) => sum + population[row], 0);
      return (
        (100 * kept.reduce((sum, row) => sum + population[row] * (profiles[row]?.shareWithin[threshold] ?? 0), 0)) /
        total
      );
    };
  const columns = {
    taille: textColumn(rows, { label: "Taille de la commune" }),
    quartiers: numberColumn(
      rows.map((label) => members(label).length),
      { label: "Quartiers", unit: "", summable: true },
    ),
    habitants: numberColumn(
      rows.map((label) => members(label).reduce((sum, row) => sum + population[row], 0)),
      { label: "Habitants des quartiers", unit: "", summable: true },
    ),
    part_5: numberColumn(rounded(rows.map(meanShare(0)), 1), { label: "À moins de 5 km", unit: "%" }),
    part_10: numberColumn(rounded(rows.map(meanShare(1)), 1), { label: "À moins de 10 km", unit: "%" }),
    part_20: numberColumn(rounded(rows.map(meanShare(2)), 1), { label: "À moins de 20 km", unit: "%" }),
    ...(counts
      ? {
          demandeurs: numberColumn(
            rows.map((label) => members(label).reduce((sum, row) => sum + counts[row], 0)),
            { label: "Demandeurs d’emploi pris en compte", unit: "personnes", summable: true },
          ),
        }
      : {}),
  };
  const open = ["taille", "quartiers", "habitants"];
  const bySize = {
    column: "taille",
    members: Object.fromEntries(
      rows.map((label) => [label, members(label).map((row) => texts(places, "code_qp").values[row] ?? "")]),
    ),
  };
  return release(
    table(columns, lineage),
    counts
      ? {
          name: "parts par taille de ville",
          counts: "demandeurs",
          open,
          margins: [{ column: "demandeurs", total: present.length, parts: present.map((_, row) => row) }],
          statement: statedByGroup({ ...statedSeekers, others: [residentsColumn("habitants")] }, bySize),
        }
      : {
          name: "parts par taille de ville",
          open,
          statement: statedByGroup(
            { population: RESIDENTS, unit: "personne", measure: "population-municipale", column: "habitants" },
            bySize,
          ),
        },
  );
}

/** Quartiles of the pooled mixture of each size of town and level of match. */
function groupLevels(
  { table: places }: Neighbourhoods,
  mixtures: ReadonlyMap<MatchLevel, readonly Mixture[]>,
  seekers: readonly number[],
  lineage: Table["lineage"],
): Released {
  const sizes = texts(places, "taille").values;
  const labels = [...townSizes.map(({ label }) => label).filter((label) => sizes.includes(label)), "ensemble"];
  const rows = labels.flatMap((label) =>
    matchLevels.map((level) => {
      const kept = (mixtures.get(level) ?? []).filter((_, row) => label === "ensemble" || sizes[row] === label);
      const pooled = poolMixtures(kept);
      const profile = distanceProfileFromKm(pooled.km, pooled.weights, thresholdsKm);
      const count = seekers.reduce((sum, n, row) => (label === "ensemble" || sizes[row] === label ? sum + n : sum), 0);
      return { label, level: levelName[level], profile, count };
    }),
  );
  const km = (pick: (profile: DistanceProfile) => number, label: string) =>
    numberColumn(
      rounded(
        rows.map(({ profile }) => pick(profile)),
        1,
      ),
      { label, unit: "km" },
    );
  return release(
    table(
      {
        taille: textColumn(
          rows.map(({ label }) => label),
          { label: "Taille de la commune" },
        ),
        niveau: textColumn(
          rows.map(({ level }) => level),
          { label: "Correspondance" },
        ),
        mediane: km(({ medianKm }) => medianKm, "Distance médiane"),
        q1: km(({ firstQuartileKm }) => firstQuartileKm, "Premier quartile"),
        q3: km(({ thirdQuartileKm }) => thirdQuartileKm, "Troisième quartile"),
        demandeurs: numberColumn(
          rows.map(({ count }) => count),
          { label: "Demandeurs d’emploi pris en compte", unit: "personnes", summable: true },
        ),
      },
      lineage,
    ),
    {
      name: "distance par niveau de correspondance",
      counts: "demandeurs",
      open: ["taille", "niveau"],
      margins: matchLevels.map((_, level) => ({
        column: "demandeurs",
        total: (labels.length - 1) * matchLevels.length + level,
        parts: labels.slice(0, -1).map((_size, i) => i * matchLevels.length + level),
      })),
    },
  );
}

/** What widening the match changes, as the numbers say. */
function levelsTitle(groups: Released): string {
  const rows = texts(groups, "taille")
    .values.map((label, row) => (label === "ensemble" ? row : -1))
    .filter((row) => row >= 0);
  const medians = rows.map((row) => numbers(groups, "mediane").values[row]);
  const [narrow = Number.NaN, , wide = Number.NaN] = medians;
  const span = `de ${frenchNumber(narrow, { decimals: 1 })} à ${frenchNumber(wide, { decimals: 1, unit: "km" })}`;
  return Math.abs(narrow - wide) < 1
    ? `Élargir la correspondance change peu la distance médiane : ${span}`
    : `Du même métier au même domaine, la distance médiane passe ${span}`;
}

/** How far apart the neighbourhoods of the largest towns are. */
function spreadTitle(released: Released): string {
  const sizes = texts(released, "taille").values;
  const label = townSizes.map((size) => size.label).findLast((size) => sizes.includes(size)) ?? "";
  const medians = finiteRows(released, "mediane")
    .filter((row) => sizes[row] === label)
    .map((row) => numbers(released, "mediane").values[row]);
  const [tenth = Number.NaN, ninetieth = Number.NaN] = weightedQuantiles(Float64Array.from(medians), null, [0.1, 0.9]);
  return `Dans les communes de ${label}, huit quartiers sur dix ont une distance médiane de ${frenchNumber(tenth, { decimals: 1 })} à ${frenchNumber(ninetieth, { decimals: 1, unit: "km" })}`;
}

function readGroups(groups: Released): string {
  const all = texts(groups, "taille")
    .values.map((label, row) => (label === "ensemble" ? row : -1))
    .filter((row) => row >= 0);
  const median = (row: number | undefined): string =>
    frenchNumber(numbers(groups, "mediane").values[row ?? 0], { decimals: 1, unit: "km" });
  return `pour l’ensemble des quartiers, la moitié des offres du même métier est à moins de ${median(all[0])}, et à moins de ${median(all[2])} si l’on accepte tout le domaine.`;
}

const pointsOf = (t: Table): Points => ({ lon: numbers(t, "lon").values, lat: numbers(t, "lat").values });
