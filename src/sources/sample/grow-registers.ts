import { writeBasins } from "./basins.ts";
import { carTruths, neighbourhoodShares } from "./cars.ts";
import { writeCommutes } from "./census-details.ts";
import { writeResidents } from "./census-residents.ts";
import { communeHistoryTruths, makeCommuneHistory, writeCommuneHistory } from "./commune-history.ts";
import type { Land } from "./communes.ts";
import { writeCulturalPlaces } from "./cultural-places.ts";
import type { SampleZones } from "./grow-zones.ts";
import type { SampleQpv } from "./neighbourhoods.ts";
import { makePerimeters2024, perimeterTruths, writePerimeters2024 } from "./perimeters-2024.ts";
import { establishmentTruths, makeEstablishments, writePlaces, writeStock } from "./sirene.ts";

/** Registers and lists of places: the history of the communes, the second generation of QPV, establishments, census details, cultural places. */
export function growRegisters(
  land: Land,
  qpvs: readonly SampleQpv[],
  zones: SampleZones,
  populations: ReadonlyMap<string, number>,
  seed: number,
): [string, string | Uint8Array][] {
  const history = makeCommuneHistory(land.communes);
  const perimeters = makePerimeters2024(land, qpvs, seed);
  const establishments = makeEstablishments(land, populations, seed);
  return [
    ["cog/v_mvt_commune_2026.csv", writeCommuneHistory(history)],
    ["qpv-perimetres-2024/qp2024.zip", writePerimeters2024(perimeters)],
    ["sirene/StockEtablissement_utf8.csv", writeStock(establishments, land.communes, populations)],
    ["sirene/GeolocalisationEtablissement_Sirene_pour_etudes_statistiques_utf8.csv", writePlaces(establishments, qpvs)],
    ["rp-mobpro/FD_MOBPRO_2019.csv", writeCommutes(land, populations, seed)],
    ["rp-indcvi/FD_INDCVI_2019.csv", writeResidents(land, zones, seed)],
    ["bassins-emploi/communes_bassins.csv", writeBasins(land, populations)],
    ["basilic/basilic.csv", writeCulturalPlaces(land, populations, seed)],
    ["verite/cog.json", communeHistoryTruths(history, populations)],
    ["verite/qpv-2024.json", perimeterTruths(perimeters, qpvs)],
    ["verite/voitures.json", carTruths(neighbourhoodShares(zones))],
    ["verite/etablissements.json", establishmentTruths(establishments, qpvs)],
  ];
}
