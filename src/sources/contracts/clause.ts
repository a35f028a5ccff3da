import { frenchDate, frenchOf } from "../../codes/french.ts";
import type { GeographyKind } from "../../codes/geography.ts";
import { type Contract, isNumeric } from "../contract.ts";
import { type ClauseArticle, clauseArticles, type Signature, type Terms } from "../terms.ts";
import { blank, joins, purposes, recipients, retention, security } from "./clause-articles.ts";
import { columnTable } from "./clause-columns.ts";
import { secrecy } from "./clause-secrecy.ts";
import { definitions, enumerate, isIndividual, plural, providerName, theColumns, typeset } from "./clause-words.ts";
import { licenceNotice } from "./licence-notice.ts";
import { inForceOn } from "./terms-check.ts";

export interface ClauseOptions {
  /** Title of a dataset by its identifier, for the article on joins; identifiers alone when absent. */
  readonly titles?: ReadonlyMap<string, string>;
}

/**
 * The data clause of a contrat de ville, in French Markdown, from the contract that the program enforces: nothing is typed twice.
 * Its articles are those of `clauseArticles`, which refusals name. Open data has no clause: it gets the notice of its licence.
 */
export function clauseText(contract: Contract, { titles = new Map() }: ClauseOptions = {}): string {
  if (contract.access === "public") return licenceNotice(contract);
  const { terms } = contract;
  const articles: Readonly<Record<ClauseArticle, readonly string[]>> = {
    parties: parties(contract),
    data: data(contract),
    purposes: purposes(contract),
    recipients: recipients(terms),
    joins: joins(contract, titles),
    secrecy: secrecy(contract),
    retention: retention(contract),
    security: security(contract),
    withdrawal: withdrawal(contract),
    signatures: signatures(contract),
  };
  const blocks = (Object.keys(clauseArticles) as ClauseArticle[]).flatMap((name) => {
    const { number, title } = clauseArticles[name];
    return [`## Article ${number}. ${title}`, ...articles[name]];
  });
  const draft = terms && terms.signatures.length > 0 ? [] : ["*Projet, à relire par un juriste avant signature.*"];
  return `${["# Clause de données", `**${contract.title}**`, ...draft, ...blocks].map(typeset).join("\n\n")}\n`;
}

function signatory(terms: Terms | undefined, role: Signature["role"]): Signature | undefined {
  return terms?.signatures.find((signature) => signature.role === role);
}

const represented = (signature: Signature | undefined): string => `, représenté par ${signature?.name ?? blank}`;

function parties(contract: Contract): readonly string[] {
  const { terms, id } = contract;
  const [provider, programme] = [signatory(terms, "fournisseur"), signatory(terms, "programme")];
  return [
    "La présente clause fixe les conditions dans lesquelles le fournisseur met un jeu de données à la disposition du programme. Elle est annexée au contrat de ville conclu en application de l'article 6 de la loi n° 2014-173 du 21 février 2014 de programmation pour la ville et la cohésion urbaine.",
    "Les parties sont :",
    [
      `- **le fournisseur** : ${provider?.organisation ?? providerName(contract)}${represented(provider)} ;`,
      `- **le programme** : ${programme?.organisation ?? blank}${represented(programme)}.`,
    ].join("\n"),
    `Dans la clause, ${enumerate([...definitions(contract), "« RGPD » désigne le règlement (UE) 2016/679 du 27 avril 2016 sur la protection des données", "« loi Informatique et Libertés » désigne la loi n° 78-17 du 6 janvier 1978 relative à l'informatique, aux fichiers et aux libertés"])}.`,
    `Le texte de la clause et le contrat de données \`${id}\`, que lit le programme informatique, disent la même chose. En cas de divergence, le texte signé prévaut.`,
  ];
}

const listNames: Readonly<Record<GeographyKind, string>> = {
  commune: "communes",
  iris: "IRIS",
  qpv: "quartiers prioritaires",
  carreau: "carreaux",
  departement: "départements",
  epci: "intercommunalités",
  bassin: "bassins d'emploi",
};

function data(contract: Contract): readonly string[] {
  const { title, vintage, geography, geographies = {}, unit, files, licence, notes = [], columns, key } = contract;
  const lists = Object.entries(geographies).map(
    ([kind, year]) => `Les codes des ${listNames[kind as GeographyKind]} sont ceux de la liste de ${year}.`,
  );
  const notSummed = isIndividual(contract)
    ? []
    : columns.filter((column) => isNumeric(column) && column.unit && !column.summable && !key.includes(column.name));
  return [
    `Le fournisseur met à disposition le jeu de données « ${title} ». Millésime : ${vintage}. Géographie : ${geography}.${lists.length > 0 ? ` ${lists.join(" ")}` : ""} Conditions de réutilisation : ${licence}.`,
    `Le fichier compte une ligne par ${unit}. ${natureOf(contract)}`,
    `Le fichier est remis sous le nom ${enumerate(
      files.map((file) => `\`${file}\``),
      "ou",
    )}. Il contient les colonnes suivantes, et elles seules sont utilisées :`,
    columnTable(contract),
    "Une valeur absente n'est jamais lue comme un zéro.",
    ...(notSummed.length > 0
      ? [`Ne sont ni additionnées, ni moyennées sans pondération : ${theColumns(notSummed.map(({ name }) => name))}.`]
      : []),
    ...(notes.length > 0
      ? [
          "Le fournisseur et le programme tiennent compte de ce qui suit :",
          notes.map((note, i) => `- ${endless(note)}${i === notes.length - 1 ? "." : " ;"}`).join("\n"),
        ]
      : []),
  ];
}

/** A note without its final stop. */
const endless = (note: string): string => note.replace(/\.$/, "");

function natureOf(contract: Contract): string {
  const { secrecy } = contract;
  if (isIndividual(contract))
    return "Les données sont individuelles et pseudonymisées : le fournisseur n'y laisse ni nom, ni adresse, ni numéro qui identifie une personne hors de ce fichier. Celles qui se rapportent à des personnes physiques restent des données à caractère personnel, puisque ces personnes pourraient être reconnues par recoupement (RGPD, art. 4, 5, et considérant 26).";
  return `Les données sont agrégées : chaque ligne compte un ensemble ${frenchOf(plural(secrecy.unit))}. Tant qu'elles ne permettent de reconnaître personne, elles ne sont pas des données à caractère personnel (RGPD, considérant 26). De petits effectifs le permettraient : les articles 6 et 8 de la clause le préviennent.`;
}

function withdrawal({ terms }: Contract): readonly string[] {
  const permission = terms?.permission;
  return [
    "Le fournisseur peut retirer son autorisation à tout moment, par écrit. Le jour et le motif du retrait sont inscrits au contrat de données.",
    "Dès cette inscription, le programme informatique refuse toute nouvelle construction d'une publication à partir des données, en nommant le présent article. Le programme détruit les données dans les conditions de l'article 7. Le retrait ne vaut que pour l'avenir.",
    ...(permission?.status === "retirée"
      ? [`**L'autorisation a été retirée le ${frenchDate(permission.on)}, par ${permission.by}.**`]
      : []),
    ...(permission?.status === "accordée"
      ? [`L'autorisation a été accordée le ${frenchDate(permission.on)}, par ${permission.by}.`]
      : []),
  ];
}

function signatures({ terms }: Contract): readonly string[] {
  const [provider, programme] = [signatory(terms, "fournisseur"), signatory(terms, "programme")];
  const start = terms && provider && programme ? frenchDate(inForceOn(terms)) : null;
  const row = (title: string, of: (signature: Signature) => string): string =>
    `| ${title} | ${provider ? of(provider) : blank} | ${programme ? of(programme) : blank} |`;
  return [
    start
      ? `La clause entre en vigueur le ${start}. Avant ce jour, aucune donnée n'est lue.`
      : "La clause entre en vigueur le jour de la dernière des deux signatures. Avant ce jour, aucune donnée n'est lue.",
    "Elle est établie en deux exemplaires originaux, un pour chaque partie.",
    [
      "| | Pour le fournisseur | Pour le programme |",
      "| --- | --- | --- |",
      row("Organisme", ({ organisation }) => organisation),
      row("Nom du signataire", ({ name }) => name),
      row("Date", ({ on }) => frenchDate(on)),
      "| Signature | | |",
    ].join("\n"),
  ];
}
