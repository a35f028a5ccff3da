import type { SampleCommune } from "./communes.ts";
import { toDegrees } from "./geometry.ts";
import { DELEGATED_COMMUNE_NAME } from "./names.ts";
import { csv, postalName } from "./writing.ts";

/** Name of the commune that absorbed another one. */
export const MERGED_COMMUNE_NAME = "Coëtvarin";

/** Postal codes by commune: villages share one by five, towns have their own, the metropolis three. */
export function postcodes(
  communes: readonly SampleCommune[],
  populations: ReadonlyMap<string, number>,
): ReadonlyMap<string, readonly string[]> {
  return new Map(
    communes.map(({ code, isCentre }, i) => {
      if (isCentre) return [code, ["00000", "00001", "00002"]];
      const own = (populations.get(code) ?? 0) > 9_000;
      return [code, [`00${own ? String(100 + i) : `${500 + 10 * Math.floor(i / 5)}`}`]];
    }),
  );
}

/** `communes.json`: the fields of @etalab/decoupage-administratif, one commune a line, the commune déléguée in the same list. */
export function writeCommunes(communes: readonly SampleCommune[], populations: ReadonlyMap<string, number>): string {
  const codes = postcodes(communes, populations);
  const rows = communes.map(({ code, name, isCentre }) => ({
    code,
    nom: name,
    typeLiaison: /^Î/.test(name) ? 5 : 0,
    zone: "metro",
    arrondissement: "001",
    departement: "00",
    region: "00",
    type: "commune-actuelle",
    rangChefLieu: isCentre ? 4 : 0,
    siren: `2100${code.slice(2)}00`,
    codesPostaux: codes.get(code),
    population: populations.get(code),
    synthetique: true,
  }));
  const merged = communes.find(({ name }) => name === MERGED_COMMUNE_NAME);
  const delegated = {
    code: String(communes.length + 1).padStart(5, "0"),
    nom: DELEGATED_COMMUNE_NAME,
    typeLiaison: 0,
    zone: "metro",
    type: "commune-deleguee",
    chefLieu: merged?.code,
    arrondissement: "001",
    departement: "00",
    region: "00",
    synthetique: true,
  };
  return `[\n${[...rows, ...(merged ? [delegated] : [])].map((row) => JSON.stringify(row)).join(",\n")}\n]\n`;
}

/** `laposte_hexasmal.csv`: `;`, CRLF, upper case without accents, "lat, lon" in one cell; the former commune is a line 5 of the new one. */
export function writePostPoints(communes: readonly SampleCommune[], populations: ReadonlyMap<string, number>): string {
  const codes = postcodes(communes, populations);
  const rows = communes.flatMap(({ code, name, centre }) => {
    const [lon, lat] = toDegrees(centre);
    const point = `${lat}, ${lon}`;
    const label = postalName(name);
    const plain = (codes.get(code) ?? []).map((post) => [code, label, post, label, "", point]);
    return name === MERGED_COMMUNE_NAME
      ? [...plain, [code, label, (codes.get(code) ?? [""])[0], label, postalName(DELEGATED_COMMUNE_NAME), point]]
      : plain;
  });
  return csv(
    ["Code_commune_INSEE", "Nom_commune", "Code_postal", "Libelle_acheminement", "Ligne_5", "coordonnees_gps"],
    rows,
    { separator: ";", lineEnd: "\r\n" },
  );
}
