import { Document, isMap, isScalar, isSeq, type Node, Scalar, visit, type YAMLMap } from "yaml";
import type { Contract } from "../contract.ts";
import { toOdcs } from "./odcs-writing.ts";
import { PROFILE } from "./profile.ts";

export { fromOdcs } from "./odcs-reading.ts";
export { ODCS_VERSION, toOdcs } from "./odcs-writing.ts";

/** What a person must know before filling or signing, above the field that it explains. */
const comments: Readonly<Record<string, string>> = {
  status: " draft : à signer. active : en vigueur. retired : autorisation retirée.",
  roles: " Qui peut voir les lignes du fichier.",
  slaProperties: " Après ce jour, le fichier est détruit et la construction du livre refuse.",
  servers: " Chemins du fichier dans le dossier de données ; le premier trouvé est lu.",
  schema: " Les colonnes. name : notre nom. physicalName : le nom dans le fichier, s'il diffère.",
  conditions: " Ce que l'on signe. Sans les deux signatures, aucune donnée n'est lue.",
  finalites: " Expériences permises ; toute autre est refusée.",
  autorisation: " Pour retirer l'autorisation : statut retirée, le jour, et par qui.",
  secret: " Aucun effectif de 1 à seuil - 1 n'est publié, ni ne peut être déduit.",
  dominance: " Un total est masqué quand ses premiers contributeurs en font cette part.",
  pPourcent: " Le deuxième contributeur ne doit pas estimer le premier à moins de ce pourcentage près.",
  zeros: " structurels : un zéro est publiable. sensibles : un total nul est masqué quand des unités y contribuent.",
  intervalle: " Valeurs qu'un effectif masqué doit pouvoir prendre pour qui lit tout.",
  montantPourcent: " Incertitude à laisser sur un montant masqué.",
  ponderes: " Effectif d'une enquête sur lequel porte le seuil.",
  taux: " ambigus : un taux peut cacher un effectif d'au moins le seuil. intervalle : tous, de 0 au seuil.",
  connuAilleurs: " Ce qu'un lecteur peut savoir par ailleurs d'une colonne.",
  quasiIdentifiants: " Colonnes qui, ensemble, pourraient désigner une personne.",
  croisements: " Jeux avec lesquels celui-ci peut être croisé ; sans cette liste, tous.",
};

/**
 * The contract as a YAML file that a person reads, fills and signs: `toOdcs` in a fixed order, with a comment where one is needed.
 * The same contract gives the same bytes. Texts that older YAML readers would take for dates, numbers or booleans are quoted.
 */
export function odcsYaml(contract: Contract): string {
  const document = new Document(toOdcs(contract), { aliasDuplicateObjects: false, compat: "yaml-1.1" });
  document.commentBefore = [
    ` Contrat de données : ${contract.title}`,
    " Open Data Contract Standard 3.1.0 (bitol.io), avec le profil « quartiers ».",
    " Signes d'absence : s secret, ns non significatif, nd non disponible. Aucun n'est un zéro.",
  ].join("\n");
  annotate(document.contents as YAMLMap);
  visit(document, { Scalar: (_, scalar) => quoteDate(scalar) });
  return document.toString({ lineWidth: 120, indentSeq: true });
}

/** Other readers take an unquoted day for a date, which the standard does not allow here. */
function quoteDate(scalar: Scalar): void {
  if (typeof scalar.value === "string" && /^\d{4}-\d{2}-\d{2}$/.test(scalar.value)) scalar.type = Scalar.QUOTE_DOUBLE;
}

function annotate(root: YAMLMap): void {
  comment(root);
  const custom = root.get("customProperties");
  if (!isSeq(custom)) return;
  for (const item of custom.items) {
    if (!isMap(item) || item.get("property") !== PROFILE) continue;
    const profile = item.get("value");
    if (!isMap(profile)) continue;
    comment(profile);
    const conditions = profile.get("conditions");
    if (isMap(conditions)) comment(conditions);
    const secrecy = profile.get("secret");
    if (isMap(secrecy)) comment(secrecy);
  }
}

function comment(map: YAMLMap): void {
  for (const { key } of map.items) {
    const text = isScalar(key) ? comments[String(key.value)] : undefined;
    if (text) (key as Node).commentBefore = text;
  }
}
