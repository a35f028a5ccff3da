import type { CodeRome } from "../../codes/code.ts";
import { frenchOf } from "../../codes/french.ts";
import { mergeLineages } from "../../codes/lineage.ts";
import { numbers, PRESENT, type Table, texts } from "../../codes/table.ts";
import { greatCircleKm } from "../../models/access/great-circle.ts";
import { placeTypology, programmePlaceRules } from "../../models/access/place-typology.ts";
import { romeMatching } from "../../models/matching/rome-match.ts";
import { workHours } from "../../models/matching/work-hours.ts";
import { communesContoursContract } from "../../sources/communes-contours.ts";
import { demandeursEmploiRomeContract } from "../../sources/demandeurs-emploi-rome.ts";
import { departementsContoursContract } from "../../sources/departements-contours.ts";
import { filosofiCarreauxContract } from "../../sources/filosofi-carreaux.ts";
import { gtfsFeeds } from "../../sources/gtfs.ts";
import { loadShapes, loadTable } from "../../sources/load.ts";
import { offresEmploiContract } from "../../sources/offres-emploi.ts";
import { osmRoutesContracts } from "../../sources/osm-routes.ts";
import { romeCodesContract } from "../../sources/rome-codes.ts";
import { romeMobilitesContract } from "../../sources/rome-mobilites.ts";
import type { Territory } from "../../sources/territory.ts";
import { centroid, locateAll, shapeIndex } from "../../tables/geometry.ts";
import { HomeList } from "../../tables/home-list.ts";
import { pointsByCommune, pointsInside, populatedSquares } from "../../tables/home-points.ts";
import { type LocatedOffers, locatedOffers, seekersByNeighbourhood } from "../../tables/job-market.ts";
import { fromLambert93, shapeToLambert93 } from "../../tables/lambert93.ts";
import { loadNeighbourhoods, placedShapes } from "../../tables/neighbourhoods.ts";
import type { TravelPoints } from "../travel/travel-times.ts";
import type { AccessStudy, StudiedOffers, StudiedPlace, StudiedZone } from "./access-study.ts";

/** At most so many points stand for where the people of a neighbourhood, of its town, of the whole territory live. */
const pointsOf = { neighbourhood: 8, town: 16, everybody: 120 } as const;

/** Day and hour of the measure: the timetables of the sample run from January to July 2022. */
const when = { day: "2022-03-01", hour: 8, workHours: [5, 13, 21] } as const;

/**
 * The study of a French territory: neighbourhoods by their populated squares, what their job seekers look for, the offers and where they are, and the
 * communes as comparators.
 */
export async function neighbourhoodStudy(territory: Territory): Promise<AccessStudy> {
  const [neighbourhoods, squares, communes, seekers, offers, occupations, mobilities] = await Promise.all([
    loadNeighbourhoods(territory),
    loadTable(territory, filosofiCarreauxContract, { columns: ["idcar_200m", "ind"] }),
    loadShapes(territory, communesContoursContract),
    loadTable(territory, demandeursEmploiRomeContract),
    loadTable(territory, offresEmploiContract),
    loadTable(territory, romeCodesContract),
    loadTable(territory, romeMobilitesContract),
  ]);
  const { table: places, metres } = neighbourhoods;
  const populated = populatedSquares(squares);
  const inPlaces = pointsInside(populated, metres);
  const inTowns = pointsByCommune(populated, {
    codes: texts(communes.table, "code_commune").values,
    shapes: communes.shapes,
  });
  const homes = new HomeList(populated);
  const centres = { lon: numbers(places, "lon").values, lat: numbers(places, "lat").values };
  const codes = texts(places, "code_qp").values;
  const names = texts(places, "nom_qp").values;
  const towns = texts(places, "nom_commune").values;
  const kinds = placeTypology(
    {
      townResidents: numbers(places, "pop_com").values,
      ...(territory.region === INVENTED_REGION ? { coastKm: await coastDistances(territory, places) } : {}),
    },
    placeRules,
  ).types;
  const townCodes = texts(places, "code_commune").values;
  const residents = numbers(places, "pop_mun").values;
  const townHomes = new Map([...inTowns].map(([code, rows]) => [code, homes.group(rows, pointsOf.town)]));
  const studied = codes.map((code, row): StudiedPlace => {
    const inside = inPlaces[row] ?? new Int32Array();
    return {
      code,
      name: names[row] ?? "",
      town: towns[row] ?? "",
      kind: kinds[row] ?? "",
      residents: residents[row],
      // No populated square inside: the centre of the perimeter stands for everybody.
      homes: inside.length > 0 ? homes.group(inside, pointsOf.neighbourhood) : homes.point(code, centres, row),
      townHomes: townHomes.get(townCodes[row] ?? "") ?? null,
    };
  });
  const everybody = homes.group(Int32Array.from(populated.ids.keys()), pointsOf.everybody);
  const zones = zonesOf(communes);
  const zoneRow = new Map(zones.map(({ code }, row) => [code, row]));
  const located = locatedOffers(offers);
  const { workplaces, studiedOffers } = gathered(located);
  const counts = numbers(seekers, "nombre");
  return {
    words: {
      one: "quartier",
      many: "quartiers",
      field: `quartiers prioritaires (génération 2015) ${frenchOf(territory.label)}`,
      seekers: "demandeurs d’emploi",
      jobs: "postes offerts",
    },
    places: studied,
    perimeters: placedShapes(neighbourhoods),
    homes: homes.points(),
    everybody,
    workplaces,
    zones,
    placeZone: Int32Array.from(townCodes, (code) => zoneRow.get(code) ?? -1),
    workplaceZone: locateAll(shapeIndex(communes.shapes), workplaces),
    offers: studiedOffers,
    seekers: seekersByNeighbourhood(seekers, codes).map(({ byRome }) => byRome as ReadonlyMap<CodeRome, number>),
    matching: romeMatching(texts(occupations, "code_rome").values as readonly CodeRome[], {
      sought: texts(mobilities, "code_rome").values as readonly CodeRome[],
      offered: texts(mobilities, "code_rome_cible").values as readonly CodeRome[],
      kind: texts(mobilities, "libelle_type_mobilite").values,
    }),
    hasOccupations: true,
    transport: {
      roads: osmRoutesContracts[0] as AccessStudy["transport"]["roads"],
      feeds: gtfsFeeds.filter(({ id }) => id === "gtfs-urbain" || id === "gtfs-regional"),
      ...when,
    },
    left: {
      offersWithoutPlace: located.lost,
      hiddenCells: counts.missing?.reduce((sum, code) => sum + (code === PRESENT ? 0 : 1), 0) ?? 0,
      squaresWithoutCount: populated.missing,
    },
    remarks: [
      "Les carreaux peuplés de l’exemple ne couvrent que les communes qui ont un quartier prioritaire : « l’ensemble du territoire » laisse les villages de côté.",
    ].filter(() => territory.synthetic),
    lineage: mergeLineages(
      places.lineage,
      squares.lineage,
      communes.table.lineage,
      seekers.lineage,
      offers.lineage,
      occupations.lineage,
      mobilities.lineage,
    ),
  };
}

/** The programme's kinds; by the sea is nearer than 5 km here, for the invented land is small. */
const placeRules = programmePlaceRules.map((rule) => ({
  ...rule,
  when: rule.when.map((condition) => (condition.column === "coastKm" ? { ...condition, below: 5 } : condition)),
}));

/** The outline of the invented département is its coast. A real one also has borders on land: it would take the list of coastal communes. */
const INVENTED_REGION = "00";

/** Kilometres from each place to the coast. */
async function coastDistances(territory: Territory, places: Table): Promise<Float64Array> {
  const { shapes } = await loadShapes(territory, departementsContoursContract);
  const [lon, lat] = [numbers(places, "lon").values, numbers(places, "lat").values];
  return Float64Array.from(lon, (_, place) => {
    let least = Number.POSITIVE_INFINITY;
    for (const { polygons } of shapes)
      for (const ring of polygons.flat())
        for (let k = 0; k < ring.length; k += 2)
          least = Math.min(least, greatCircleKm(lon[place], lat[place], ring[k], ring[k + 1]));
    return least;
  });
}

/** Communes as zones, at the centre of their outline; rows follow those of the outlines. */
function zonesOf({ table: communes, shapes }: Awaited<ReturnType<typeof loadShapes>>): readonly StudiedZone[] {
  const names = texts(communes, "nom_commune").values;
  const centres = shapes.map(shapeToLambert93).map(centroid);
  const { lon, lat } = fromLambert93({
    x: Float64Array.from(centres, ({ x }) => x),
    y: Float64Array.from(centres, ({ y }) => y),
  });
  return texts(communes, "code_commune").values.map((code, row) => ({
    code,
    name: names[row] ?? "",
    lon: lon[row],
    lat: lat[row],
  }));
}

/** Offers at the same coordinates share a workplace. */
function gathered(located: LocatedOffers): { workplaces: TravelPoints; studiedOffers: StudiedOffers } {
  const rowOf = new Map<string, number>();
  const { lon, lat } = located.points;
  const workplace = Int32Array.from(lon, (_, row) => {
    const key = `${lon[row]} ${lat[row]}`;
    const known = rowOf.get(key);
    if (known !== undefined) return known;
    rowOf.set(key, rowOf.size);
    return rowOf.size - 1;
  });
  const first = new Int32Array(rowOf.size);
  for (let row = workplace.length - 1; row >= 0; row--) first[workplace[row]] = row;
  return {
    workplaces: {
      ids: Array.from(first, (_, i) => `lieu ${i + 1}`),
      lon: Float64Array.from(first, (row) => lon[row]),
      lat: Float64Array.from(first, (row) => lat[row]),
    },
    studiedOffers: {
      ids: located.rome.map((_, i) => `offre ${i + 1}`),
      rome: located.rome as readonly CodeRome[],
      posts: located.posts,
      workplace,
      licence: located.licence ?? located.rome.map(() => null),
      hours: located.rome.map((_, row) => workHours(located.hours?.[row] ?? null)),
    },
  };
}
