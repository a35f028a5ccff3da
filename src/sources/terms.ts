/** The conditions under which a dataset may be used: what a data clause of a local contract says, as data. */
export interface Terms {
  /** Why the processing is lawful: article of law or of the GDPR. French. */
  readonly legalBasis: string;
  /** Identifiers of the experiments that may use the data ("distance-emploi"...), or "toutes" for open data. */
  readonly purposes: readonly string[] | "toutes";
  /** Who may see the rows. */
  readonly recipients: readonly string[];
  /** Last day of use and keeping, AAAA-MM-JJ; "sans limite" for open data. */
  readonly retention: string;
  /** A permission can be withdrawn at any time; the day and the reason are kept. */
  readonly permission: Permission;
  /** Empty for open data. */
  readonly signatures: readonly Signature[];
}

export interface Permission {
  readonly status: "accordée" | "retirée";
  /** AAAA-MM-JJ. */
  readonly on: string;
  /** Who granted or withdrew it, and why when withdrawn. */
  readonly by: string;
}

export interface Signature {
  readonly organisation: string;
  /** "fournisseur" or "programme". */
  readonly role: "fournisseur" | "programme";
  readonly name: string;
  /** AAAA-MM-JJ. */
  readonly on: string;
}

/** Public data under an open licence: any purpose, no limit of time. */
export const openDataTerms: Terms = {
  legalBasis:
    "données publiques ouvertes à la réutilisation (code des relations entre le public et l'administration, art. L. 321-1)",
  purposes: "toutes",
  recipients: ["tout public"],
  retention: "sans limite",
  permission: { status: "accordée", on: "2016-10-07", by: "licence du producteur" },
  signatures: [],
};

/** The articles of a data clause, numbered as `quartiers clause` writes them; a refusal names one of them. */
export const clauseArticles = {
  parties: { number: 1, title: "Objet et parties" },
  data: { number: 2, title: "Données mises à disposition" },
  purposes: { number: 3, title: "Base légale et finalités" },
  recipients: { number: 4, title: "Destinataires" },
  joins: { number: 5, title: "Croisements autorisés" },
  secrecy: { number: 6, title: "Secret statistique et publication" },
  retention: { number: 7, title: "Durée de conservation et destruction" },
  security: { number: 8, title: "Sécurité et réidentification" },
  withdrawal: { number: 9, title: "Retrait de l'autorisation" },
  signatures: { number: 10, title: "Entrée en vigueur et signatures" },
} as const;

export type ClauseArticle = keyof typeof clauseArticles;

/**
 * How a message names an article.
 * @example
 * ```ts
 * clauseName("retention") // "article 7 de la clause de données (Durée de conservation et destruction)"
 * ```
 */
export function clauseName(article: ClauseArticle): string {
  const { number, title } = clauseArticles[article];
  return `article ${number} de la clause de données (${title})`;
}
