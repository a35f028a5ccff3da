import { required, text } from "./columns.ts";
import { type ColumnContract, type Contract, noSecrecy } from "./contract.ts";

const dataset = "repertoire-operationnel-des-metiers-et-des-emplois-rome";
const archive = "rome4/RefRomeCsv.zip";

const common = {
  publisher: "France Travail",
  licence: "Licence Ouverte 2.0",
  vintage: "ROME 4, version 460",
  url: `https://www.data.gouv.fr/fr/datasets/${dataset}/`,
  geography: "sans",
  access: "public",
  files: [archive],
  retrieval: { via: "data.gouv", dataset, titled: "csv", to: archive },
  megabytes: 20,
  format: "csv",
  csv: { separator: ",", encoding: "utf-8", decimal: ".", ignored: "any" },
  published: true,
  secrecy: noSecrecy,
} as const;

const notes = [
  "ROME 4.0, en service depuis le 20 mars 2023\u00a0: une archive de fichiers CSV à virgule, ou de JSON. Noms des membres et de ces colonnes vus chez des utilisateurs de la version 460\u00a0; adresse de la ressource et complétude non vérifiées.",
  "Les codes de métier gardent la forme du ROME 3 (une lettre, quatre chiffres), mais des fiches ont été créées ou scindées\u00a0: un lien entre versions demande une table.",
];

interface Part {
  readonly id: string;
  readonly title: string;
  readonly unit: string;
  readonly member: string;
  readonly columns: readonly ColumnContract[];
  readonly key?: readonly string[];
  readonly note?: string;
}

const parts: readonly Part[] = [
  {
    id: "rome4-codes",
    title: "ROME 4, fiches",
    unit: "métier",
    member: "unix_referentiel_code_rome_v*_utf8.csv",
    columns: [
      required("code_rome", "rome", "Code du métier"),
      required("libelle_rome", "text", "Métier"),
      text("code_ogr", "Identifiant de la fiche"),
    ],
    key: ["code_rome"],
  },
  {
    id: "rome4-appellations",
    title: "ROME 4, appellations",
    unit: "appellation",
    member: "unix_referentiel_appellation_v*_utf8.csv",
    columns: [
      required("code_ogr", "text", "Code de l'appellation"),
      required("libelle_appellation_long", "text", "Appellation"),
      required("code_rome", "rome", "Métier"),
    ],
    key: ["code_ogr"],
  },
  {
    id: "rome4-mobilites",
    title: "ROME 4, mobilités",
    unit: "mobilité d'un métier à un autre",
    member: "unix_rubrique_mobilite_v*_utf8.csv",
    columns: [
      required("code_rome", "rome", "Métier de départ"),
      required("code_rome_cible", "rome", "Métier d'arrivée"),
    ],
  },
  {
    id: "rome4-competences",
    title: "ROME 4, compétences",
    unit: "compétence",
    member: "unix_referentiel_competence_v*_utf8.csv",
    columns: [
      required("code_ogr", "text", "Code de la compétence"),
      required("libelle_competence", "text", "Compétence"),
    ],
    key: ["code_ogr"],
    note: "Savoir-faire et savoir-être\u00a0; les savoirs sont dans unix_referentiel_savoir, sous code_ogr_savoir.",
  },
  {
    id: "rome4-liens",
    title: "ROME 4, liens des métiers avec leurs compétences, savoirs et contextes",
    unit: "lien d'un métier à une compétence, un savoir ou un contexte",
    member: "unix_liens_rome_referentiels_v*_utf8.csv",
    columns: [
      required("code_rome", "rome", "Métier"),
      required("code_compo_bloc", "text", "Bloc de la fiche (5\u00a0: compétences)"),
      required("code_ogr", "text", "Code de la compétence, du savoir ou du contexte"),
    ],
    note: "Seul le bloc 5 relie un métier à des compétences\u00a0; les autres blocs portent d'autres objets sous la même colonne.",
  },
];

/** ROME 4 with its mobilities and its skills: one contract a member of the archive. */
export const rome4Contracts: readonly Contract[] = parts.map(({ id, title, unit, member, columns, key, note }) => ({
  ...common,
  id,
  title,
  unit,
  member: `*${member}`,
  columns,
  key: key ?? [],
  notes: note === undefined ? notes : [...notes, note],
}));
