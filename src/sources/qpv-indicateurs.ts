import type { ColumnContract, Contract } from "./contract.ts";

interface Rest {
  readonly range?: readonly [number, number];
  readonly required?: boolean;
  readonly suspiciousZero?: boolean;
}

/** A blank has lost INSEE's sign (s or ns): its reason is unknown, so it is `nd`. */
const unknownBlank = { "": "nd", s: "s", ns: "ns", nd: "nd" } as const;

const rate = (name: string, label: string): ColumnContract => ({
  name,
  type: "number",
  label,
  unit: "%",
  range: [0, 100],
  missing: unknownBlank,
});
const euros = (name: string, label: string): ColumnContract => ({
  name,
  type: "number",
  label,
  unit: "EUR/an",
  range: [0, 200_000],
  missing: unknownBlank,
});
const count = (name: string, label: string, unit: string, rest: Rest = {}): ColumnContract => ({
  name,
  type: "integer",
  label,
  unit,
  summable: true,
  range: [0, 500_000],
  missing: unknownBlank,
  ...rest,
});
/** INSEE hid these counts and the file wrote 0: four neighbourhoods of 994 to 3 802 residents cannot have no job seeker. */
const hiddenAsZero = { suspiciousZero: true };

/** INSEE's indicators of the priority neighbourhoods of 2015, one row a neighbourhood. */
export const qpvIndicateursContract: Contract = {
  id: "qpv-indicateurs",
  title: "Indicateurs des quartiers prioritaires",
  publisher: "Insee, Cnaf, Pôle emploi",
  licence: "Licence Ouverte 2.0",
  vintage: "2015 à 2020 selon la colonne",
  url: "https://www.insee.fr/fr/statistiques/2500477",
  geography: "QPV 2015",
  geographies: { qpv: 2015 },
  unit: "quartier",
  access: "public",
  files: ["hackaviz2021_qpv_occitanie/qp.csv", "qpv-indicateurs/qp.csv"],
  format: "csv",
  csv: { separator: ",", encoding: "utf-8", decimal: "." },
  columns: [
    { name: "code_qp", type: "qpv2015", label: "Code du quartier", required: true },
    { name: "nom_qp", type: "text", label: "Quartier", required: true },
    { name: "nom_commune", type: "text", label: "Commune", required: true },
    count("pop_mun", "Population municipale du quartier", "personnes", { required: true }),
    count("pop_com_qp", "Population des quartiers prioritaires de la commune", "personnes"),
    { ...count("pop_com", "Population municipale de la commune", "personnes"), range: [0, 3_000_000] },
    {
      name: "ind_jeune",
      type: "number",
      label: "Indice de jeunesse (0 à 19 ans pour une personne de 60 ans et plus)",
      unit: "",
      range: [0, 50],
      missing: unknownBlank,
    },
    rate("tx_tot_et", "Part des étrangers dans la population"),
    rate("tx_f", "Part des femmes dans la population"),
    rate("tx_f_et", "Part des étrangères parmi les femmes"),
    count("percou", "Personnes couvertes par une prestation de la CAF", "personnes", hiddenAsZero),
    rate("pmimp", "Part des ménages imposés"),
    rate("part_chomprinc", "Part des ménages dont le revenu principal vient du chômage"),
    euros("decuc_q2", "Revenu déclaré médian par unité de consommation"),
    euros("decuc_d1", "Premier décile du revenu déclaré par unité de consommation"),
    euros("decuc_d9", "Neuvième décile du revenu déclaré par unité de consommation"),
    euros("disp_q2", "Niveau de vie médian"),
    euros("disp_d1", "Premier décile du niveau de vie"),
    euros("disp_d9", "Neuvième décile du niveau de vie"),
    rate("tp60", "Taux de pauvreté à 60 % de la médiane"),
    rate("brev", "Taux de bas revenus"),
    count("a", "Foyers allocataires de la CAF", "foyers", hiddenAsZero),
    rate("tx_tot_empl", "Taux d'emploi des 15 à 64 ans"),
    rate("tx_f_empl", "Taux d'emploi des femmes de 15 à 64 ans"),
    rate("tx_et_empl", "Taux d'emploi des étrangers de 15 à 64 ans"),
    rate("tx_tot_eprec", "Part des emplois précaires"),
    rate("tx_f_eprec", "Part des emplois précaires parmi les femmes en emploi"),
    rate("tx_et_eprec", "Part des emplois précaires parmi les étrangers en emploi"),
    count("abcde", "Demandeurs d'emploi en fin de mois", "personnes", hiddenAsZero),
    count("abcde_f", "Demandeuses d'emploi", "personnes", hiddenAsZero),
    count("abcde_h", "Demandeurs d'emploi hommes", "personnes", hiddenAsZero),
    count("abc_capbep", "Demandeurs d'emploi (A, B, C) de niveau CAP ou BEP", "personnes", hiddenAsZero),
    count("abc_bac", "Demandeurs d'emploi (A, B, C) de niveau bac", "personnes", hiddenAsZero),
    count("abc_supbac", "Demandeurs d'emploi (A, B, C) de niveau supérieur au bac", "personnes", hiddenAsZero),
    count("ec_mat", "Écoles maternelles à moins de 100 m", "écoles"),
    count("ec_elem", "Écoles élémentaires à moins de 100 m", "écoles"),
    count("ec_elem_pri", "Écoles élémentaires privées à moins de 100 m", "écoles"),
    count("coll", "Collèges à moins de 300 m", "collèges"),
    count("coll_pri", "Collèges privés à moins de 300 m", "collèges"),
    count("nbetab", "Établissements", "établissements"),
    count("ens_sante", "Établissements d'enseignement, de santé et d'action sociale", "établissements"),
    count("serv_par", "Établissements de services aux particuliers", "établissements"),
    count("serv_tot", "Établissements de services", "établissements"),
    count("auto_ent", "Micro-entrepreneurs parmi les créations", "établissements"),
  ],
  key: ["code_qp"],
  published: true,
  secrecy: { unit: "ménage", minUnits: 11, statedBy: "Insee, revenus des quartiers : 11 ménages au moins" },
  notes: [
    "Les années diffèrent selon la colonne : population 2015, revenus 2019, demandeurs d'emploi 2020.",
    "Une case vide a perdu le signe de l'Insee (s ou ns) : sa raison est inconnue, elle est lue « nd ».",
    "Un zéro parmi les demandeurs d'emploi, percou ou a remplace une valeur cachée : il est lu « s ».",
    "decuc_d1 = 0 est une valeur : beaucoup de ménages n'y déclarent aucun revenu. nbetab = 0 et ses sous-totaux sont gardés, sans certitude.",
  ],
};
