import { frenchNumber } from "../../codes/french.ts";
import { numberColumn, numbers, texts } from "../../codes/table.ts";
import { dataTable } from "../../figures/data-table.ts";
import { dotPlot } from "../../figures/dot-plot.ts";
import type { Figure } from "../../figures/figure.ts";
import { slopeChart } from "../../figures/slope-chart.ts";
import type { MatchProfiles } from "../../models/access/match-profile.ts";
import { type MatchLevel, matchLevels } from "../../models/matching/rome-match.ts";
import { type Note, note } from "../experiment.ts";
import { rounded } from "../rows.ts";
import type { AccessStudy } from "./access-study.ts";
import { groupMean, groupMedian, placeGroups, releaseGroups, WHOLE } from "./group-rows.ts";
import {
  byPlace,
  HEADLINE_LIMIT,
  limitsMinutes,
  modeOf,
  reachedOf,
  type StudyProfiles,
  shareOf,
} from "./match-profiles.ts";
import type { TravelMode } from "./study-travel.ts";
import { capital, champOf } from "./study-words.ts";

/** Short enough for the foot of an upright. */
const shortLevels: Readonly<Record<MatchLevel, string>> = {
  strict: "même métier",
  near: "métier proche",
  wide: "même domaine",
};

/** The three levels of match side by side: how many posts come within reach when the match loosens. */
export function levelsFigure(study: AccessStudy, profiles: StudyProfiles): Figure | Note {
  if (!study.hasOccupations)
    return note(
      "Ce territoire ne dit pas les métiers : tout emploi y convient à tout habitant, et les trois niveaux de correspondance n’en font qu’un.",
    );
  const rows = placeGroups(study).flatMap((group) =>
    matchLevels.map((level) => ({ group, words: { niveau: shortLevels[level] }, level })),
  );
  const released = releaseGroups(study, "postes atteints par niveau de correspondance", rows, {
    postes: numberColumn(
      rounded(
        rows.map(({ group, level }) =>
          groupMean(study, group, byPlace(study, profiles, reachedOf, "transit", level, "seekers")),
        ),
        0,
      ),
      { label: `Postes à ${HEADLINE_LIMIT} min au plus`, unit: "postes" },
    ),
  });
  const whole = (level: number): string => {
    const row = texts(released, "groupe").values.findIndex(
      (name, i) => name === WHOLE && texts(released, "niveau").values[i] === shortLevels[matchLevels[level] ?? "near"],
    );
    return frenchNumber(numbers(released, "postes").values[row]);
  };
  return slopeChart(released, {
    id: "acces-niveaux",
    title: `Du même métier au même domaine, les postes à ${HEADLINE_LIMIT} minutes passent de ${whole(0)} à ${whole(2)}`,
    subtitle:
      "Postes qu’un demandeur d’emploi atteint en moyenne, parmi ceux de son métier ou qui en sont proches, à pied ou en transport collectif",
    alt: `Trois montants, du même métier au même domaine professionnel, et une ligne qui monte par taille de commune.`,
    champ: champOf(study),
    lecture: `dans l’ensemble des quartiers, une personne atteint en moyenne ${whole(0)} postes de son métier en ${HEADLINE_LIMIT} minutes, et ${whole(1)} si l’on compte les métiers proches.`,
    row: "groupe",
    level: "niveau",
    levels: matchLevels.map((level) => shortLevels[level]),
    value: "postes",
    axisTitle: `Postes à ${HEADLINE_LIMIT} minutes au plus`,
    highlight: [WHOLE],
    parameters: { seuil_min: HEADLINE_LIMIT },
  });
}

const modes: readonly TravelMode[] = ["walk", "bike", "transit", "car"];

/** Every mode: median time, posts within 20, 30 and 45 minutes, least time to reach a tenth and a half of them. */
export function modesTable(study: AccessStudy, profiles: StudyProfiles): Figure {
  const whole = placeGroups(study).at(-1);
  const rows = modes.flatMap((mode) => (whole ? [{ group: whole, words: { mode: modeOf(mode) }, mode }] : []));
  const summary = (
    mode: TravelMode,
    pick: (all: MatchProfiles, row: number) => number,
    over: typeof groupMean,
  ): number => (whole ? over(study, whole, byPlace(study, profiles, pick, mode)) : Number.NaN);
  const column = (label: string, unit: string, pick: (all: MatchProfiles, row: number) => number) =>
    numberColumn(
      rounded(
        // Shares have means; times have medians, in which what is out of reach stays.
        rows.map(({ mode }) => summary(mode, pick, unit === "%" ? groupMean : groupMedian)),
        unit === "%" ? 1 : 0,
      ),
      { label, unit },
    );
  const released = releaseGroups(study, "accès par mode", rows, {
    ...Object.fromEntries(
      limitsMinutes.map((limit, k) => [
        `part_${limit}`,
        column(`Part à ${limit} min`, "%", (all, row) => 100 * (all.share[k]?.[row] ?? Number.NaN)),
      ]),
    ),
    dixieme: column("Temps pour un dixième", "min", (all, row) => all.minutesToReach[0]?.[row] ?? Number.NaN),
    moitie: column("Temps pour la moitié", "min", (all, row) => all.minutesToReach[1]?.[row] ?? Number.NaN),
    q1: column("Premier quartile", "min", (all, row) => all.minutes.first[row]),
    q3: column("Troisième quartile", "min", (all, row) => all.minutes.third[row]),
    proches: column("Dix plus proches", "min", (all, row) => all.nearestMinutes.median[row]),
  });
  const car = rows.findIndex(({ mode }) => mode === "car");
  return dataTable(released, {
    id: "acces-modes",
    title: `Ce que chaque mode met à portée`,
    subtitle: `Part des ${study.words.jobs} à 20, 30 et 45 minutes et temps, moyenne des parts et médiane des temps sur les ${study.words.many}, pondérées par leurs ${study.words.seekers}`,
    alt: `Tableau de quatre modes : part des postes à 20, 30 et 45 minutes, temps pour en atteindre un dixième et la moitié, quartiles du temps.`,
    champ: champOf(study),
    lecture: `en voiture, ${frenchNumber(numbers(released, "part_30").values[car], { decimals: 1, unit: "%" })} des ${study.words.jobs} sont à 30 minutes au plus.`,
    columns: ["mode", ...limitsMinutes.map((limit) => `part_${limit}`), "dixieme", "moitie", "q1", "q3", "proches"],
    parameters: { jour: study.transport.day, heure: study.transport.hour },
  });
}

/** The families of the ROME by their letter; the invented ones of the sample have none. */
const romeFamilies: Readonly<Record<string, string>> = {
  A: "Agriculture, espaces verts, animaux",
  B: "Arts et façonnage d’ouvrages d’art",
  C: "Banque, assurance, immobilier",
  D: "Commerce, vente, grande distribution",
  E: "Communication, média, multimédia",
  F: "Construction, bâtiment, travaux publics",
  G: "Hôtellerie-restauration, tourisme, loisirs",
  H: "Industrie",
  I: "Installation et maintenance",
  J: "Santé",
  K: "Services à la personne et à la collectivité",
  L: "Spectacle",
  M: "Support à l’entreprise",
  N: "Transport et logistique",
  X: "Métiers inventés X",
  Y: "Métiers inventés Y",
  Z: "Métiers inventés Z",
};

/** The share of matching posts in reach, by family of occupations sought. */
export function familiesFigure(study: AccessStudy, profiles: StudyProfiles): Figure | Note {
  if (profiles.families.length === 0) return note("Faute de métiers, il n’y a pas de famille de métiers à comparer.");
  const modesShown: readonly TravelMode[] = ["transit", "car"];
  const rows = profiles.families.flatMap((family) =>
    modesShown.map((mode) => {
      const cells = study.places.flatMap((_, place) => {
        const found = profiles.find(place, mode, "near", "offers", family);
        return found ? [{ seekers: found.all.seekers[found.row], share: shareOf(found.all, found.row) }] : [];
      });
      const seekers = cells.reduce((sum, cell) => sum + cell.seekers, 0);
      const share = cells.reduce((sum, cell) => sum + cell.seekers * cell.share, 0) / seekers;
      const name = romeFamilies[family] ?? `Famille ${family}`;
      return { group: { name, places: [], seekers }, words: { mode: capital(modeOf(mode)) }, share };
    }),
  );
  const released = releaseGroups(study, "accès par famille de métiers", rows, {
    part: numberColumn(
      rounded(
        rows.map(({ share }) => 100 * share),
        1,
      ),
      { label: `Part à ${HEADLINE_LIMIT} min`, unit: "%" },
    ),
  });
  const part = numbers(released, "part").values;
  return dotPlot(released, {
    id: "acces-familles",
    title: `Selon la famille de métiers, de ${frenchNumber(Math.min(...[...part].filter((_, i) => i % 2 === 0)), { decimals: 1 })} à ${frenchNumber(Math.max(...[...part].filter((_, i) => i % 2 === 0)), { decimals: 1, unit: "%" })} des postes à ${HEADLINE_LIMIT} minutes sans voiture`,
    subtitle: `Part des postes de la famille (même métier ou métier proche) à ${HEADLINE_LIMIT} minutes, moyenne pondérée par les demandeurs d’emploi`,
    alt: "Deux points par famille de métiers : à pied ou en transport collectif, et en voiture, sur une échelle de pourcentages.",
    champ: champOf(study),
    lecture: `${frenchNumber(part[0], { decimals: 1, unit: "%" })} des postes de la famille « ${texts(released, "groupe").values[0]} » sont à ${HEADLINE_LIMIT} minutes à pied ou en transport collectif.`,
    row: "groupe",
    series: "mode",
    value: "part",
    axisTitle: `Part à ${HEADLINE_LIMIT} minutes au plus (%)`,
    format: ",.0f",
    parameters: { seuil_min: HEADLINE_LIMIT },
  });
}
