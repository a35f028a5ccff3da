import { createHash } from "node:crypto";
import { type IrisTallies, makeC2s, writeC2s } from "./c2s.ts";
import { makeC2sOutside } from "./c2s-outside.ts";
import { makeLand } from "./communes.ts";
import { makeOffers, makeSeekers, writeOffers, writeSeekers } from "./employment.ts";
import { makeLocatedFacilities, writeFacilityCounts, writeLocatedFacilities } from "./facilities.ts";
import { makeFilosofi } from "./filosofi.ts";
import { toDegrees } from "./geometry.ts";
import { growPartners } from "./grow-partners.ts";
import { growPersons } from "./grow-persons.ts";
import { growRegisters } from "./grow-registers.ts";
import { growTransport } from "./grow-transport.ts";
import { growZones, makeZones } from "./grow-zones.ts";
import { guide, imitations } from "./guide.ts";
import { makeHouseholds, writeHouseholds } from "./households.ts";
import { communePopulations, makeIndicators, writeIndicators } from "./indicators.ts";
import { REGION_NAME } from "./names.ts";
import { makeProfiles, profileTruths, writeProfiles } from "./neighbourhood-profiles.ts";
import { makeNeighbourhoods } from "./neighbourhoods.ts";
import { makeMobility, writeMobility, writeOccupations } from "./occupations.ts";
import { drawConditions, offerTruths, withConditions } from "./offer-conditions.ts";
import { writeCommunes, writePostPoints } from "./post.ts";
import { makePriorityHouseholds } from "./priority-households.ts";
import { DEFAULT_SEED, GENERATOR_VERSION } from "./stream.ts";
import { writeSurvey } from "./survey.ts";
import { writeTruths } from "./truths.ts";
import { geojson } from "./writing.ts";

/** Paths relative to `data-samples/`, each with its text or, for the binary formats, its bytes. */
export type SampleFiles = ReadonlyMap<string, string | Uint8Array>;

export interface SampleOptions {
  /** The same seed gives the same files, byte for byte. */
  readonly seed?: number;
}

/**
 * The invented territory of Armorelle: 78 priority neighbourhoods in 32 of its communes, in the publishers' own formats and with their dirt,
 * and the truths that were planted in it. Nothing in it describes a real place or person.
 *
 * @returns paths relative to `data-samples/` (with `/`), each with the content of its file
 * @example
 * ```ts
 * generateSample({ seed: 7 }).has("qpv-indicateurs/qp.csv") // true
 * ```
 */
export function generateSample({ seed = DEFAULT_SEED }: SampleOptions = {}): SampleFiles {
  const land = makeLand(seed);
  const qpvs = makeNeighbourhoods(land, seed);
  const populations = communePopulations(land, qpvs, seed);
  const indicators = makeIndicators(qpvs, populations, seed);
  const seekers = makeSeekers(indicators, seed);
  const placed = makeOffers(land, populations, seed);
  const conditions = drawConditions(placed, seed);
  const offers = withConditions(placed, conditions);
  const mobility = makeMobility(seed);
  const households = makeHouseholds(indicators, seed);
  const inhabitants = makePriorityHouseholds(indicators, households, seed);
  const profiles = makeProfiles(inhabitants, households, seed);
  const zones = makeZones(land, indicators, households, populations, seed);
  const irisTallies: IrisTallies = new Map();
  const c2s = makeC2s(indicators, inhabitants, zones, irisTallies, seed);
  const incomes = makeFilosofi(land.communes, indicators, populations, seed);
  const c2sOutside = makeC2sOutside(land, zones, incomes, irisTallies, seed);
  const facilities = makeLocatedFacilities(land, populations, seed);
  const { communes, coast } = land;

  const files = new Map<string, string | Uint8Array>([
    ["communes/communes.json", writeCommunes(communes, populations)],
    [
      "communes-contours/communes.geojson",
      geojson(
        "contour_commune",
        communes.map(({ code, name, ring }) => ({
          properties: { code_commune: code, code_departement: "00", nom_commune: name },
          rings: [ring.map(toDegrees)],
          as: "MultiPolygon",
        })),
      ),
    ],
    [
      "departements-contours/departements.geojson",
      geojson("departements", [
        {
          properties: { code: "00", nom: REGION_NAME },
          rings: coast.map((ring) => ring.map(toDegrees)),
          as: "MultiPolygon",
        },
      ]),
    ],
    ["qpv-indicateurs/qp.csv", writeIndicators(indicators)],
    [
      "qpv-perimetres/qp.geojson",
      geojson(
        "contours_QP_armorelle",
        qpvs.map(({ code, name, communes: hosts, written }) => ({
          properties: {
            code_qp: code,
            nom_qp: name,
            commune_qp: hosts[0].name,
            code_commune: hosts[0].code,
            nom_commune: hosts.map((host) => host.name).join(", "),
            code_departement: "00",
          },
          rings: [written],
          as: "Polygon",
        })),
      ),
    ],
    ["bpe-iris/bpe18_ensemble_iris.csv", writeFacilityCounts(land, populations, seed)],
    ["bpe-xy/bpe23.csv", writeLocatedFacilities(facilities)],
    ["points-communes/laposte_hexasmal.csv", writePostPoints(communes, populations)],
    ["rome/bob_unix_referentiel_code_rome_v347_utf8.csv", writeOccupations()],
    ["rome/bob_unix_rubrique_mobilite_v347_utf8.csv", writeMobility(mobility)],
    ["demandeurs-emploi/demandeurs_qpv_rome.csv", writeSeekers(seekers)],
    ["offres/offres.json", writeOffers(offers)],
    ["menages-qpv/menages_qpv.csv", writeHouseholds(households)],
    ["profil-qpv/profil_qpv.csv", writeProfiles(profiles)],
    ["c2s-beneficiaires/c2s_qpv.csv", writeC2s(c2s)],
    ["enquete-loisirs/hdv2003.csv", writeSurvey(seed)],
    ...writeTruths({ communes, qpvs, indicators, seekers, offers, mobility, c2s, c2sOutside }),
    ["verite/profil-qpv.json", profileTruths(profiles)],
    ["verite/offres.json", offerTruths(offers, conditions)],
    ...growTransport(land, qpvs, offers, zones.squares, populations, seed),
    ...growZones(land, indicators, zones, populations, seed),
    ...growPartners(land, qpvs, zones, c2s, irisTallies, populations, seed),
    ...growPersons({ land, qpvs, indicators, inhabitants, zones, facilities, populations, seed }),
    ...growRegisters(land, qpvs, zones, populations, seed),
    ["LISEZMOI.md", guide(seed)],
  ]);
  files.set("synthetique.json", sidecar(files, seed));
  return files;
}

/** The list that says of each file that it is invented, by which generator and seed, and what it imitates. */
function sidecar(files: SampleFiles, seed: number): string {
  const described = [...files].map(([file, content]) => ({
    fichier: file,
    synthetique: true,
    graine: seed,
    version_du_generateur: GENERATOR_VERSION,
    imite: file.endsWith(".contrat.yaml")
      ? "contrat signé d'un partenaire, norme ODCS 3.1"
      : (imitations[file] ?? "vérité plantée, pour les essais seulement"),
    octets: typeof content === "string" ? Buffer.byteLength(content) : content.length,
    sha256: createHash("sha256").update(content).digest("hex"),
  }));
  return `${JSON.stringify({ synthetique: true, territoire: REGION_NAME, graine: seed, version_du_generateur: GENERATOR_VERSION, licence: "CC0-1.0", fichiers: described }, null, 1)}\n`;
}
