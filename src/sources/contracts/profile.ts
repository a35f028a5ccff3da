import type { SecrecyRule } from "../../codes/lineage.ts";
import type { ColumnContract, Contract, CsvFormat, Edition, JsonFormat, XlsxFormat } from "../contract.ts";
import type { Retrieval } from "../retrieval.ts";
import type { Permission, Signature, Terms } from "../terms.ts";
import { type Codec, type Field, type Fields, list, record, words } from "./codec.ts";

/** Name of the custom property that holds what the standard has no word for, at the root and under a column. */
export const PROFILE = "quartiers";

/** Version of the profile; the first field of every document. */
export const PROFILE_VERSION = "1.0";

/** Properties of a contract that have a place of their own in the standard; all the others are in the profile. */
export type StandardProperty =
  | "id"
  | "title"
  | "publisher"
  | "url"
  | "unit"
  | "files"
  | "columns"
  | "key"
  | "notes"
  | "terms";

/** Properties of a column that have a place of their own in the standard; a code's kind is said by the profile. */
export type StandardColumnProperty =
  | "name"
  | "from"
  | "type"
  | "label"
  | "required"
  | "range"
  | "values"
  | "pattern"
  | "knownTo";

type Keys<T> = T extends unknown ? keyof T : never;

const csv = record({
  separator: "separateur",
  encoding: "codage",
  decimal: "decimale",
  lastLineEnd: ["finDeDerniereLigne", words({ optional: "facultative" })],
  ignored: ["ignorees", words({ any: "toutes" })],
} satisfies Fields<CsvFormat>);

const json = record({ records: "enregistrements", where: "condition" } satisfies Fields<JsonFormat>);

const xlsx = record({
  sheet: "feuille",
  headerRow: "ligneEntete",
  ignored: ["ignorees", words({ any: "toutes" })],
} satisfies Fields<XlsxFormat>);

const retrieval = record({
  via: ["voie", words({ file: "fichier", partner: "partenaire" })],
  to: "depot",
  url: "adresse",
  md5: "md5",
  md5Url: "adresseMd5",
  portal: "portail",
  dataset: "jeu",
  resource: "ressource",
  titled: "titre",
  format: "format",
  where: "condition",
  select: "colonnes",
  criteria: "criteres",
  ask: "demande",
  package: "paquet",
} satisfies Readonly<Record<Keys<Retrieval>, Field>>);

const secrecy = record({
  minUnits: "seuil",
  unit: "unite",
  identifiedBy: "identifieePar",
  statedBy: "enoncePar",
  dominance: ["dominance", list(record({ n: "premiers", k: "pourcent" }))],
  pPercent: "pPourcent",
  zeros: ["zeros", words({ structural: "structurels", sensitive: "sensibles" })],
  interval: "intervalle",
  amountPercent: "montantPourcent",
  weighted: ["ponderes", words({ both: "les deux", weighted: "pondéré", unweighted: "non pondéré" })],
  rates: ["taux", words({ ambiguous: "ambigus", interval: "intervalle" })],
  outsideKnowledge: ["connuAilleurs", list(record({ column: "colonne", least: "auMoins", greatest: "auPlus" }))],
} satisfies Fields<SecrecyRule>);

const permission = record({ status: "statut", on: "le", by: "par" } satisfies Fields<Permission>);

const signature = record({
  organisation: "organisme",
  role: "qualite",
  name: "nom",
  on: "le",
} satisfies Fields<Signature>);

/** The conditions of use, less what the standard says: recipients are its roles, retention one of its service levels. */
export const conditions: Codec = record({
  legalBasis: "baseLegale",
  purposes: "finalites",
  permission: ["autorisation", permission],
  signatures: ["signatures", list(signature)],
} satisfies Fields<Omit<Terms, "recipients" | "retention">>);

const edition = record({
  vintage: "millesime",
  files: "fichiers",
  format: "format",
  member: "membre",
  url: "page",
  names: "noms",
  without: "sans",
  geographies: "listes",
  csv: ["csv", csv],
  xlsx: ["xlsx", xlsx],
  retrieval: ["obtention", retrieval],
} satisfies Fields<Edition>);

/** The dataset's part of the profile. */
export const datasetProfile: Codec = record({
  access: ["acces", words({ partner: "partenaire" })],
  licence: "licence",
  vintage: "millesime",
  geography: "geographie",
  geographies: "listes",
  published: "publie",
  secrecy: ["secret", secrecy],
  quasiIdentifiers: "quasiIdentifiants",
  joins: "croisements",
  format: "format",
  csv: ["csv", csv],
  json: ["json", json],
  xlsx: ["xlsx", xlsx],
  member: "membre",
  epsg: "epsg",
  megabytes: "megaoctets",
  retrieval: ["obtention", retrieval],
  editions: ["editions", list(edition)],
} satisfies Fields<Omit<Contract, StandardProperty>>);

/** A column's part of the profile. `nomenclature` and `forme` complete the standard's logical type and pattern. */
export const columnProfile: Codec = record({
  kind: "nomenclature",
  unit: "unite",
  summable: "sommable",
  missing: "manquants",
  suspiciousZero: "zeroSuspect",
  masked: "masque",
  part: ["partie", record({ separator: "separateur", index: "rang" })],
  expected: "forme",
} satisfies Fields<Omit<ColumnContract, StandardColumnProperty> & { kind: unknown; expected: unknown }>);

/** The column of the communes source, as the standard points at it from another document. */
export const communeReference = "communes.contrat.yaml#/schema/communes/properties/code_commune";
