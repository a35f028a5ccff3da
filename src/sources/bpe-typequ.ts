/** Codes of the Base permanente des équipements change with the year: a table is dated, and two years are not drawn as one series. */
export interface TypequTable {
  readonly year: number;
  /** False when the labels were not read at INSEE. */
  readonly verified: boolean;
  readonly labels: ReadonlyMap<string, string>;
}

/** Cultural facilities of 2018. The counts fit the labels; the labels were not read at INSEE. */
export const cultureTypequ2018: TypequTable = {
  year: 2018,
  verified: false,
  labels: new Map([
    ["F303", "Cinéma"],
    ["F304", "Musée"],
    ["F305", "Conservatoire"],
    ["F306", "Théâtre"],
  ]),
};

/** Cultural facilities from 2021 on, here for 2023. Libraries enter; museums and theatres change code. Labels not read at INSEE. */
export const cultureTypequ2023: TypequTable = {
  year: 2023,
  verified: false,
  labels: new Map([
    ["F303", "Cinéma"],
    ["F305", "Conservatoire"],
    ["F307", "Bibliothèque"],
    ["F312", "Lieu d'exposition"],
    ["F313", "Patrimoine"],
    ["F314", "Archives"],
    ["F315", "Arts du spectacle"],
  ]),
};

/** The table of cultural codes of a year, or undefined: no other year's table is borrowed. */
export function cultureTypequ(year: number): TypequTable | undefined {
  return [cultureTypequ2018, cultureTypequ2023].find((table) => table.year === year);
}

/**
 * Kinds of service establishments of 2018 kept as places of work, by the first characters of their codes: police, justice and public services
 * (A1), banks and post (A2), car trades (A3), building trades (A4), other services (A5), shops (B), schools (C1 to C6), hospitals and other health establishments
 * (D1, D3), homes for the old, for children, for the disabled (D4 to D7), hotels and travel (G1).
 * Left out: health professionals (D2), who are persons rather than establishments, stops and stations (E), sports grounds and leisure (F), mostly unstaffed.
 * The meaning of the groups was not read at INSEE.
 */
const serviceGroups: readonly (readonly [prefix: string, label: string, codes: string])[] = [
  ["A1", "Services publics", "01 04 05 06 07 08 09 15 19 20 21 22 23 24 26"],
  ["A2", "Banque et poste", "03 05 06 07 08"],
  ["A3", "Services de l'automobile", "01 02 03 04"],
  ["A4", "Artisanat du bâtiment", "01 02 03 04 05 06"],
  ["A5", "Autres services aux particuliers", "01 02 03 04 05 06 07"],
  ["B1", "Grandes surfaces", "01 02 03"],
  ["B2", "Commerces alimentaires", "01 02 03 04 05 06"],
  ["B3", "Commerces spécialisés", "01 02 03 04 05 06 07 08 09 10 11 12 13 15 16"],
  ["C1", "Écoles", "01 02 04 05"],
  ["C2", "Collèges", "01"],
  ["C3", "Lycées", "01 02 03 04 05"],
  ["C4", "Enseignement supérieur non universitaire", "01 02 03 09"],
  ["C5", "Enseignement supérieur universitaire", "01 02 03 04 05 09"],
  ["C6", "Formation continue", "01 02 03 04 05 09"],
  ["D1", "Établissements de santé", "01 02 03 04 05 06 07 08 09 10 11 12 13"],
  ["D3", "Pharmacies, laboratoires, ambulances", "01 02 03 04 05"],
  ["D4", "Action sociale pour personnes âgées", "01 02 03 04 05"],
  ["D5", "Accueil du jeune enfant", "02"],
  ["D6", "Action sociale pour personnes handicapées", "01 02 03 04 05 06"],
  ["D7", "Autres services d'action sociale", "01 02 03 04 05 09"],
  ["G1", "Tourisme", "01 02 03 04"],
];

/** Codes of 2018 kept as places of work of the service sector, with the group of each. */
export const serviceTypequ: ReadonlyMap<string, string> = new Map(
  serviceGroups.flatMap(([prefix, label, codes]) =>
    codes.split(" ").map((code) => [`${prefix}${code}`, label] as const),
  ),
);
