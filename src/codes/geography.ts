/** The lists of places whose codes change with the year. A code means nothing without the year of its list. */
export type GeographyKind = "commune" | "iris" | "qpv" | "carreau" | "departement" | "epci" | "bassin";

/** What the codes of a column designate, and the year of their list: communes of the COG 2018, QPV of the generation 2024... */
export interface Geography {
  readonly kind: GeographyKind;
  /** Year of the list: the COG's for communes and IRIS, 2015 or 2024 for QPV. */
  readonly vintage: number;
}

const names: Readonly<Record<GeographyKind, string>> = {
  commune: "communes",
  iris: "IRIS",
  qpv: "QPV",
  carreau: "carreaux",
  departement: "départements",
  epci: "EPCI",
  bassin: "bassins d'emploi",
};

/**
 * A geography as it is said in a sentence.
 * @example
 * ```ts
 * geographyLabel({ kind: "commune", vintage: 2018 }) // "communes, COG 2018"
 * ```
 */
export function geographyLabel({ kind, vintage }: Geography): string {
  return kind === "commune" || kind === "iris" ? `${names[kind]}, COG ${vintage}` : `${names[kind]} ${vintage}`;
}
