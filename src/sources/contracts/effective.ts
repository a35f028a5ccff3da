import { QuartiersError } from "../../codes/errors.ts";
import { frenchNumber } from "../../codes/french.ts";
import type { SecrecyRule } from "../../codes/lineage.ts";
import type { ColumnContract, Contract } from "../contract.ts";
import { clauseName } from "../terms.ts";
import { effectiveColumn } from "./effective-column.ts";
import { isUnstated } from "./threshold.ts";

/**
 * The contract under which a partner's file is read: the conditions, threshold and names of the signed contract, within the bounds of ours.
 * A signed contract may be stricter than ours; it is looser only where the provider says so, and the notes then say it too.
 * Its further columns are neither checked nor read: nothing is taken that no experiment needs.
 * @param template our contract of the source
 * @param signed the contract found beside the file
 * @param dataFile the file, relative to the data folder
 * @param where the signed contract, as printed in messages
 * @throws QuartiersError naming the column or the article that does not fit
 */
export function effectiveContract(template: Contract, signed: Contract, dataFile: string, where: string): Contract {
  refuseOther(template, signed, dataFile, where);
  const notes: string[] = [];
  const say = (note: string): number => notes.push(note);
  const columns = template.columns.map((column) => effectiveColumn(column, signed, where, say));
  const secrecy = effectiveSecrecy(template, signed, where, say);
  const named = new Set([...(template.quasiIdentifiers ?? []), ...(signed.quasiIdentifiers ?? [])]);
  const quasiIdentifiers = columns.map(({ name }) => name).filter((name) => named.has(name));
  const joins = commonJoins(template.joins, signed.joins);
  const { editions: _, joins: __, quasiIdentifiers: ___, ...rest } = { ...withoutFile(template), ...signed };
  return {
    ...rest,
    id: template.id,
    title: template.title,
    access: "partner",
    unit: template.unit,
    files: [dataFile],
    ...unreadColumns(template, signed),
    columns,
    key: template.key,
    published: template.published && signed.published,
    secrecy,
    ...(joins ? { joins } : {}),
    ...(quasiIdentifiers.length > 0 ? { quasiIdentifiers } : {}),
    notes: [...new Set([...(template.notes ?? []), ...(signed.notes ?? []), ...notes])],
  };
}

/** Our contract without its conditions and the description of its file: the signed contract gives both, or they are not given. */
function withoutFile({
  terms: _,
  csv: __,
  json: ___,
  xlsx: ____,
  member: _____,
  epsg: ______,
  ...ours
}: Contract): Omit<Contract, "terms"> {
  return ours;
}

const baseName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

function refuseOther(template: Contract, signed: Contract, dataFile: string, where: string): void {
  if (signed.id !== template.id)
    throw new QuartiersError({
      what: "Le contrat signé porte sur un autre jeu de données",
      value: signed.id,
      where,
      expected: `«\u202f${template.id}\u202f», ${clauseName("data")}`,
      remedy: `ranger le contrat de ce fichier sous le nom ${contractNames(dataFile)[0]}`,
    });
  if (!signed.files.some((file) => baseName(file) === baseName(dataFile)))
    throw new QuartiersError({
      what: "Le contrat signé ne nomme pas ce fichier",
      value: dataFile,
      where,
      expected: signed.files.join(" ou ") || "un fichier dans servers",
      remedy: "demander au partenaire un contrat qui nomme ce fichier, ou prendre celui qu'il nomme",
    });
  if (signed.unit !== template.unit)
    throw new QuartiersError({
      what: "Une ligne du fichier n'est pas ce que nos calculs attendent",
      value: signed.unit,
      where,
      expected: `une ligne par ${template.unit}`,
      remedy: "demander au partenaire un fichier à ce grain",
    });
  const missing = template.key.filter((name) => !signed.key.includes(name));
  if (missing.length > 0 || signed.key.length !== template.key.length)
    throw new QuartiersError({
      what: "La clé du contrat signé n'est pas celle de nos calculs",
      value: signed.key.join(" × ") || "aucune",
      where,
      expected: template.key.join(" × ") || "aucune clé",
      remedy: "corriger primaryKey dans le contrat avec le partenaire",
    });
  if (signed.published && !template.published)
    throw new QuartiersError({
      what: "Le contrat signé dit publié un fichier qui ne l'est pas",
      where,
      expected: "publie\u00a0: false, pour que le secret statistique s'applique",
      remedy: "corriger ce champ avec le partenaire, ou prendre le fichier publié et sa licence",
    });
}

/**
 * Names under which the contract of a file is looked for beside it, first found wins.
 * @example
 * ```ts
 * contractNames("c2s/c2s_qpv.csv.gz") // ["c2s_qpv.csv.contrat.yaml", "c2s_qpv.contrat.yaml", "contrat.yaml"]
 * ```
 */
export function contractNames(dataFile: string): readonly string[] {
  const parts = baseName(dataFile).split(".");
  const stems = parts.map((_, i) => parts.slice(0, parts.length - i).join(".")).slice(1);
  return [...(stems.length > 0 ? stems : [baseName(dataFile)]).map((stem) => `${stem}.contrat.yaml`), "contrat.yaml"];
}

function effectiveSecrecy(
  template: Contract,
  signed: Contract,
  where: string,
  say: (note: string) => number,
): SecrecyRule {
  const [ours, theirs] = [template.secrecy, signed.secrecy];
  if (theirs.unit !== ours.unit)
    throw new QuartiersError({
      what: "Le seuil du contrat signé compte autre chose que le nôtre",
      value: theirs.unit,
      where,
      expected: `«\u202f${ours.unit}\u202f», ${clauseName("secrecy")}`,
      remedy: "faire énoncer par le fournisseur un seuil dans cette unité",
    });
  const rule = { ...ours, ...theirs };
  const restated = restatedRules(ours, theirs);
  if (restated.length > 0)
    say(`Règles du secret énoncées par le fournisseur, à la place des nôtres\u00a0: ${restated.join(", ")}.`);
  if (theirs.minUnits >= ours.minUnits) return rule;
  if (theirs.statedBy === ours.statedBy || isUnstated(theirs))
    throw new QuartiersError({
      what: "Le contrat signé abaisse le seuil du secret sans que le fournisseur l'énonce",
      value: String(theirs.minUnits),
      where,
      expected: `au moins ${ours.minUnits}, ou un texte du fournisseur dans enoncePar, ${clauseName("secrecy")}`,
      remedy: "faire énoncer ce seuil par le fournisseur, avec sa référence, ou garder le nôtre",
    });
  say(
    `Seuil du secret énoncé par le fournisseur\u00a0: ${frenchNumber(theirs.minUnits)} (${theirs.statedBy}), au lieu de ${frenchNumber(ours.minUnits)}.`,
  );
  return rule;
}

/** Rules beyond the threshold. Where the provider states none, ours hold. */
const ruleNames = {
  dominance: "dominance",
  pPercent: "estimation du premier contributeur",
  zeros: "zéros",
  interval: "intervalle garanti",
  amountPercent: "incertitude des montants",
  weighted: "effectif pondéré",
  rates: "taux",
  outsideKnowledge: "connaissances extérieures",
} as const;

const restatedRules = (ours: SecrecyRule, theirs: SecrecyRule): readonly string[] =>
  (Object.keys(ruleNames) as (keyof typeof ruleNames)[])
    .filter((name) => ours[name] !== undefined && theirs[name] !== undefined)
    .filter((name) => JSON.stringify(ours[name]) !== JSON.stringify(theirs[name]))
    .map((name) => ruleNames[name]);

/** The joins that both allow; undefined when neither says. */
function commonJoins(ours?: readonly string[], theirs?: readonly string[]): readonly string[] | undefined {
  if (ours === undefined || theirs === undefined) return theirs ?? ours;
  return ours.filter((id) => theirs.includes(id));
}

/** The columns of the signed contract that we have no use for join those that its file may have and we do not read. */
function unreadColumns(template: Contract, signed: Contract): Pick<Contract, "csv" | "xlsx"> {
  const known = new Set(template.columns.map(({ name }) => name));
  const unread = signed.columns
    .filter(({ name }) => !known.has(name))
    .map(({ name, from }: ColumnContract) => from ?? name);
  const widen = <F extends { readonly ignored?: readonly string[] | "any" }>(format: F): F =>
    unread.length === 0 || format.ignored === "any"
      ? format
      : { ...format, ignored: [...(format.ignored ?? []), ...unread] };
  return {
    ...(signed.csv ? { csv: widen(signed.csv) } : {}),
    ...(signed.xlsx ? { xlsx: widen(signed.xlsx) } : {}),
  };
}
