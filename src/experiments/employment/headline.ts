import { frenchNumber } from "../../codes/french.ts";
import { numberColumn, numbers, table, textColumn, texts } from "../../codes/table.ts";
import { dataTable } from "../../figures/data-table.ts";
import { dotPlot } from "../../figures/dot-plot.ts";
import type { Figure } from "../../figures/figure.ts";
import { neighbourhoodMap } from "../../figures/neighbourhood-map.ts";
import { placeMap } from "../../figures/place-map.ts";
import { type AccessGap, accessGap } from "../../models/access/access-gap.ts";
import { release } from "../../protection/release.ts";
import type { Released } from "../../protection/released.ts";
import { finiteRows, rounded } from "../rows.ts";
import type { AccessStudy } from "./access-study.ts";
import { byPlace, HEADLINE_LIMIT, reachedOf, type StudyProfiles, shareOf } from "./match-profiles.ts";
import { measureMap } from "./measure-map.ts";
import { relevantOffers } from "./relevant-offers.ts";
import { everybodyGroup, releasePlaces, studyHomes, studyOffers, townGroup } from "./study-columns.ts";
import type { StudyTravel } from "./study-travel.ts";
import { capital, champOf } from "./study-words.ts";

/** The headline of each place: « 202 offres sur 2 031 », with its interval and its distances. */
export interface Headline {
  readonly table: Released;
  readonly shape: Figure;
  readonly ranked: Figure;
  readonly map: Figure;
  readonly gapFigure: Figure;
  readonly gapMap: Figure;
  readonly gaps: Released;
}

export interface HeadlineOptions {
  readonly seed: number;
  readonly draws: number;
}

/** How many rows the table of the published shape shows in the chapter; the whole table is among the exports. */
const shownRows = 15;

export function headline(
  study: AccessStudy,
  travel: StudyTravel,
  profiles: StudyProfiles,
  { seed, draws }: HeadlineOptions,
): Headline {
  const { words } = study;
  const gaps = placeGaps(study, travel, { seed, draws });
  const percent = (values: ArrayLike<number>, label: string) =>
    numberColumn(
      rounded(
        Array.from(values, (v) => 100 * v),
        1,
      ),
      { label, unit: "%" },
    );
  const gapOf = (place: number, comparator: "town" | "all"): AccessGap | undefined =>
    gaps.get(`${study.places[place]?.code}|${comparator}`);
  const ends = (side: "low" | "high", of: (gap: AccessGap) => AccessGap["value"]): number[] =>
    study.places.map((_, place) => {
      const gap = gapOf(place, "all");
      return gap ? (of(gap).percentile?.[side] ?? Number.NaN) : Number.NaN;
    });
  const released = releasePlaces(study, `${words.jobs} à moins de ${HEADLINE_LIMIT} minutes`, {
    atteintes: numberColumn(rounded([...byPlace(study, profiles, reachedOf)], 0), {
      label: `À ${HEADLINE_LIMIT} min`,
      unit: "",
    }),
    total: numberColumn(rounded([...byPlace(study, profiles, (all, row) => all.matching[row])], 0), {
      label: "Sur",
      unit: "",
    }),
    part: percent(byPlace(study, profiles, shareOf), "Soit"),
    bas: percent(
      ends("low", ({ value }) => value),
      "Borne basse de la part",
    ),
    haut: percent(
      ends("high", ({ value }) => value),
      "Borne haute de la part",
    ),
    minutes: numberColumn(rounded([...byPlace(study, profiles, (all, row) => all.minutes.median[row])], 0), {
      label: "Temps médian sans voiture",
      unit: "min",
    }),
    voiture: numberColumn(rounded([...byPlace(study, profiles, (all, row) => all.minutes.median[row], "car")], 0), {
      label: "Temps médian en voiture",
      unit: "min",
    }),
    km: numberColumn(
      rounded([...byPlace(study, profiles, (all, row) => all.km?.median[row] ?? Number.NaN, "car")], 1),
      {
        label: "Distance médiane",
        unit: "km",
      },
    ),
    proches: numberColumn(rounded([...byPlace(study, profiles, (all, row) => all.nearestMinutes.median[row])], 0), {
      label: "Temps des dix plus proches",
      unit: "min",
    }),
  });
  const shares = numbers(released, "part").values;
  const shown = finiteRows(released, "part");
  const best = shown.reduce((a, b) => (shares[b] > shares[a] ? b : a), shown[0] ?? 0);
  const name = texts(released, "nom").values;
  const lecture = `dans le ${words.one} ${name[best]}, ${frenchNumber(numbers(released, "atteintes").values[best])} des ${frenchNumber(numbers(released, "total").values[best])} ${study.hasOccupations ? "postes qui correspondent aux métiers recherchés" : "emplois"} sont à ${HEADLINE_LIMIT} minutes au plus à pied ou en transport collectif, soit ${frenchNumber(shares[best], { decimals: 1, unit: "%" })}.`;
  const champ = champOf(study);
  const parameters = {
    seuil_min: HEADLINE_LIMIT,
    jour: study.transport.day,
    heure: study.transport.hour,
    graine: seed,
    tirages: draws,
  };
  const ranking = [...shown].sort((a, b) => shares[b] - shares[a]);
  const chosen = [...ranking.slice(0, shownRows - 5), ...ranking.slice(-5)];
  const shapeRows = shown.length > shownRows ? chosen : ranking;
  const shape = dataTable(releasePlaces(study, "forme publiée", columnsOf(released, shapeRows), shapeRows), {
    id: "acces-forme-publiee",
    title: `${capital(words.jobs)} à ${HEADLINE_LIMIT} minutes : ${shown.length > shownRows ? `les dix premiers et les cinq derniers ${words.many}` : `tous les ${words.many}`}`,
    subtitle: `${capital(words.jobs)}${study.hasOccupations ? " correspondants" : ""} à ${HEADLINE_LIMIT} minutes au plus, sur combien ; à pied ou en transport collectif, départ vers ${frenchNumber(study.transport.hour, { unit: "h" })} ; distance par la route`,
    alt: `Tableau de ${shapeRows.length} ${words.many} : postes à moins de ${HEADLINE_LIMIT} minutes, total, part, temps médians et distance par la route.`,
    champ,
    lecture,
    columns: ["nom", "atteintes", "total", "part", "minutes", "voiture", "km", "proches"],
    parameters,
  });
  const extent = (list: readonly number[]): string =>
    `de ${frenchNumber(Math.min(...list), { decimals: 1 })} à ${frenchNumber(Math.max(...list), { decimals: 1, unit: "%" })}`;
  const ranked = dotPlot(released, {
    id: "acces-part-classee",
    title: `Selon le ${words.one}, la part des ${words.jobs} à ${HEADLINE_LIMIT} minutes va ${extent(shown.map((row) => shares[row]))}`,
    subtitle:
      "À pied ou en transport collectif ; le trait est un intervalle à 95 % (rééchantillonnage des offres et des lieux de résidence)",
    alt: `Un point et un intervalle par ${words.one}, rangés de la plus grande part de postes à moins de ${HEADLINE_LIMIT} minutes à la plus petite.`,
    champ,
    lecture,
    row: "nom",
    value: "part",
    low: "bas",
    high: "haut",
    order: "value",
    axisTitle: `Part à ${HEADLINE_LIMIT} minutes au plus (%)`,
    format: ",.0f",
    parameters,
  });
  const legend = `Part à ${HEADLINE_LIMIT} min (%)`;
  const mapTitle = `${capital(words.jobs)} à ${HEADLINE_LIMIT} minutes, ${words.one} par ${words.one}`;
  const mapWords = {
    id: "acces-part-carte",
    title: mapTitle,
    subtitle: `Part des ${words.jobs}${study.hasOccupations ? " correspondants" : ""} à ${HEADLINE_LIMIT} minutes au plus, à pied ou en transport collectif`,
    alt: `Carte des ${study.places.length} ${words.many} colorés selon la part des postes à moins de ${HEADLINE_LIMIT} minutes ; plus foncé, plus de postes.`,
    champ,
    lecture,
    parameters,
  };
  const map =
    study.perimeters.length > 0
      ? neighbourhoodMap(released, {
          ...mapWords,
          code: "code",
          name: "nom",
          value: "part",
          unit: "%",
          legend,
          perimeters: study.perimeters,
        })
      : homesMap(study, travel, mapWords);
  return { table: released, shape, ranked, map, ...gapFigure(study, gaps, { champ, parameters }) };
}

/** Where places have no perimeter: every home point by the share of the posts that it reaches. */
function homesMap(
  study: AccessStudy,
  { minutes: { transit } }: StudyTravel,
  words: Omit<Parameters<typeof dataTable>[1], "columns">,
): Figure {
  const { homes, offers } = study;
  const total = offers.posts.reduce((sum, posts) => sum + posts, 0);
  const lived = new Set([...study.everybody.rows, ...study.places.flatMap((place) => [...place.homes.rows])]);
  const rows = [...lived].sort((a, b) => a - b);
  const share = rows.map((home) => {
    let reached = 0;
    for (let j = 0; j < offers.posts.length; j++)
      if (transit.values[home * transit.columns + offers.workplace[j]] <= HEADLINE_LIMIT) reached += offers.posts[j];
    return (100 * reached) / total;
  });
  const released = release(
    table(
      {
        code: textColumn(
          rows.map((home) => homes.ids[home] ?? ""),
          { label: "Hexagone" },
        ),
        part: numberColumn(rounded(share, 1), { label: `Part à ${HEADLINE_LIMIT} min`, unit: "%" }),
      },
      study.lineage,
    ),
    { name: "part à portée par hexagone", open: ["code"] },
  );
  const best = share.indexOf(Math.max(...share));
  return placeMap(released, {
    ...words,
    title: `${capital(study.words.jobs)} à ${HEADLINE_LIMIT} minutes, hexagone par hexagone`,
    alt: `Carte de ${rows.length} hexagones habités, colorés selon la part des postes à moins de ${HEADLINE_LIMIT} minutes : foncés au centre et le long des grandes lignes, clairs au bord.`,
    lecture: `depuis l’hexagone le mieux placé, on atteint ${frenchNumber(share[best], { decimals: 1, unit: "%" })} des ${study.words.jobs} en ${HEADLINE_LIMIT} minutes à pied ou en transport collectif.`,
    code: "code",
    value: "part",
    legend: `Part à ${HEADLINE_LIMIT} min (%)`,
    places: rows.map((home) => ({ code: homes.ids[home] ?? "", lon: homes.lon[home], lat: homes.lat[home] })),
    cell: { shape: "hexagon" },
  });
}

/** Posts in reach of each place against its town and the whole, with the same offers on both sides. */
function placeGaps(
  study: AccessStudy,
  travel: StudyTravel,
  { seed, draws }: HeadlineOptions,
): ReadonlyMap<string, AccessGap> {
  const relevance = relevantOffers(study, "near");
  const compared = study.places.flatMap((place, row) => {
    const column = relevance[row];
    if (!column) return [];
    return [
      { key: `${place.code}|all`, group: place.code, comparator: everybodyGroup, relevance: column },
      ...(place.townHomes
        ? [{ key: `${place.code}|town`, group: place.code, comparator: townGroup(place.code), relevance: column }]
        : []),
    ];
  });
  const found = accessGap(
    {
      minutes: travel.minutes.transit,
      homes: studyHomes(study),
      offers: studyOffers(study),
      comparisons: compared,
    },
    { seed, draws, limitsMinutes: [HEADLINE_LIMIT] },
  ).filter(({ quantity }) => quantity === "share");
  return new Map(
    compared.flatMap(({ key, group, comparator }) => {
      const gap = found.find((one) => one.group === group && one.comparator === comparator);
      return gap ? [[key, gap] as const] : [];
    }),
  );
}

/** The gap of each place to its town and to the whole territory, in points of share, with 95 % intervals. */
function gapFigure(
  study: AccessStudy,
  gaps: ReadonlyMap<string, AccessGap>,
  { champ, parameters }: { readonly champ: string; readonly parameters: Readonly<Record<string, string | number>> },
): { readonly gapFigure: Figure; readonly gapMap: Figure; readonly gaps: Released } {
  const side = study.places.some(({ townHomes }) => townHomes !== null) ? "town" : "all";
  const of = (pick: (gap: AccessGap) => number): Float64Array =>
    rounded(
      study.places.map(({ code }) => {
        const gap = gaps.get(`${code}|${side}`);
        return gap ? 100 * pick(gap) : Number.NaN;
      }),
      1,
    );
  const label = side === "town" ? "Écart à la commune" : "Écart à l’ensemble";
  const released = releasePlaces(study, "écart d’accès", {
    ecart: numberColumn(
      of(({ difference }) => difference.estimate),
      { label, unit: "points" },
    ),
    bas: numberColumn(
      of(({ difference }) => difference.percentile?.low ?? Number.NaN),
      { label: "Borne basse", unit: "points" },
    ),
    haut: numberColumn(
      of(({ difference }) => difference.percentile?.high ?? Number.NaN),
      { label: "Borne haute", unit: "points" },
    ),
  });
  const shown = finiteRows(released, "ecart");
  const value = (row: number): number => numbers(released, "ecart").values[row];
  const below = shown.filter((row) => numbers(released, "haut").values[row] < 0).length;
  const above = shown.filter((row) => numbers(released, "bas").values[row] > 0).length;
  const worst = shown.reduce((a, b) => (value(b) < value(a) ? b : a), shown[0] ?? 0);
  const against = side === "town" ? "leur commune" : "l’ensemble du territoire";
  return {
    gaps: released,
    gapMap: measureMap(study, released, {
      id: "acces-ecart-carte",
      title: `L’écart à ${side === "town" ? "la commune" : "l’ensemble"}, ${study.words.one} par ${study.words.one}`,
      subtitle: `Écart de la part des mêmes ${study.words.jobs} à ${HEADLINE_LIMIT} minutes, en points ; au-dessus de zéro, le ${study.words.one} est mieux placé`,
      alt: `Carte des ${study.places.length} ${study.words.many} colorés selon l’écart de leur part de postes à portée avec ${side === "town" ? "leur commune" : "l’ensemble"}.`,
      champ,
      lecture: `dans le ${study.words.one} ${texts(released, "nom").values[worst]}, l’écart est de ${frenchNumber(value(worst), { decimals: 1, signed: true })} points.`,
      value: "ecart",
      unit: "points",
      legend: "Écart, en points",
      parameters,
    }),
    gapFigure: dotPlot(released, {
      id: "acces-ecart",
      title: `${above} ${study.words.many} nettement mieux placés que ${against}, ${below} nettement moins bien ; pour ${shown.length - above - below}, l’écart ne se distingue pas de zéro`,
      subtitle: `Écart de la part des mêmes ${study.words.jobs} à ${HEADLINE_LIMIT} minutes, en points ; intervalle à 95 % par rééchantillonnage apparié ; ${side === "town" ? "la commune contient le quartier, et " : ""}un lieu sur vingt environ sortirait de zéro par hasard`,
      alt: `Un point et un intervalle par ${study.words.one}, de l’écart le plus favorable au plus défavorable, de part et d’autre d’un trait à zéro.`,
      champ,
      lecture: `dans le ${study.words.one} ${texts(released, "nom").values[worst]}, la part des postes à ${HEADLINE_LIMIT} minutes s’écarte de ${frenchNumber(value(worst), { decimals: 1, signed: true })} points de celle ${side === "town" ? "qu’atteignent les habitants de sa commune" : "de l’ensemble"}.`,
      row: "nom",
      value: "ecart",
      low: "bas",
      high: "haut",
      order: "value",
      axisTitle: "Points de pourcentage",
      format: ",.0f",
      reference: { value: 0, label: side === "town" ? "même accès que la commune" : "même accès que l’ensemble" },
      parameters,
    }),
  };
}

/** The number columns of a released table at some rows, to be released again in that order. */
function columnsOf(released: Released, rows: readonly number[]): Record<string, ReturnType<typeof numberColumn>> {
  return Object.fromEntries(
    Object.entries(released.columns).flatMap(([name, column]) =>
      column.type === "number" && name !== "demandeurs"
        ? [
            [
              name,
              {
                ...column,
                values: Float64Array.from(rows, (row) => column.values[row]),
                missing: column.missing ? Uint8Array.from(rows, (row) => column.missing?.[row] ?? 0) : null,
              },
            ],
          ]
        : [],
    ),
  );
}
