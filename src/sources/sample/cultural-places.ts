import type { Land } from "./communes.ts";
import { placeIn } from "./employment.ts";
import { toDegrees } from "./geometry.ts";
import { REGION_NAME } from "./names.ts";
import { poisson } from "./poisson.ts";
import { stream } from "./stream.ts";
import { csv } from "./writing.ts";

/** Type, domain, sub-domain, function, places a 10 000 inhabitants; the historic monuments are the most, as in the real base. */
const types = [
  ["Bibliothèque", "Bibliothèques", "Lecture publique", "Diffusion", 1.6],
  ["Cinéma", "Cinéma", "Cinéma", "Diffusion", 0.35],
  ["Musée", "Musées", "Musées de France", "Conservation", 0.25],
  ["Théâtre", "Spectacle vivant", "Théâtre", "Diffusion", 0.2],
  ["Scène", "Spectacle vivant", "Musique", "Diffusion", 0.2],
  ["Conservatoire", "Enseignement", "Musique, danse", "Formation", 0.12],
  ["Monument", "Patrimoine", "Monuments historiques", "Conservation", 3.5],
] as const;

/** Share of the places without coordinates, and of those that come back under a second type. */
const UNPLACED = 0.04;
const TWICE = 0.05;

/** `basilic.csv`: `;`, byte-order mark, "lat, lon" in one cell. */
export function writeCulturalPlaces(
  { communes }: Land,
  populations: ReadonlyMap<string, number>,
  seed: number,
): string {
  const random = stream(seed, "basilic");
  let rank = 0;
  const rows = communes.flatMap((commune) => {
    const persons = populations.get(commune.code) ?? 0;
    return types.flatMap(([type, domain, part, role, rate]) =>
      Array.from({ length: poisson(random, (rate * persons) / 10_000 + (commune.isCentre ? 0.5 : 0)) }, () => {
        rank++;
        const [lon, lat] = toDegrees(placeIn(commune, persons, random));
        const place = random() < UNPLACED ? "" : `${lat}, ${lon}`;
        const row = (as: string): string[] => [
          `SYN${String(rank).padStart(5, "0")}`,
          `${as} de ${commune.name} ${rank}`,
          as,
          domain,
          part,
          role,
          random() < 0.1 ? "Label inventé" : "",
          "",
          REGION_NAME,
          REGION_NAME,
          "00",
          commune.code,
          place,
        ];
        return random() < TWICE ? [row(type), row("Lieu pluridisciplinaire")] : [row(type)];
      }).flat(),
    );
  });
  const header =
    "identifiant_origine;nom;type_equipement_ou_lieu;domaine;sous_domaines;fonction_1;label_et_appellation;precision_equipement;region;departement;n_departement;code_insee_arrondt;coordonnees_gps_lat_lon";
  return `\uFEFF${csv(header.split(";"), rows, { separator: ";" })}`;
}
