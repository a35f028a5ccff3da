/** Who answers for the algorithms: what no computation knows. Written in `livre.json` under "administration". */
export interface Administration {
  /** The public body that publishes the book. */
  readonly name?: string;
  readonly service?: string;
  /** Address or telephone of somebody who answers. */
  readonly contact?: string;
  /** Data protection officer. */
  readonly dpo?: string;
}

/** Every field filled: with what the book's settings say, otherwise with who must say it. Nothing is invented. */
export type NamedAdministration = { readonly [Field in keyof Required<Administration>]: string };

const whoFills: NamedAdministration = {
  name: "à compléter par l’organisme qui publie le livre",
  service: "à compléter par l’organisme qui publie le livre",
  contact: "à compléter par le service responsable",
  dpo: "à compléter par le délégué à la protection des données",
};

/**
 * The administration as it is printed.
 * @example
 * ```ts
 * namedAdministration({ name: "Ville d’Armévan" }).contact // "à compléter par le service responsable"
 * ```
 */
export function namedAdministration(said: Administration = {}): NamedAdministration {
  const field = (name: keyof NamedAdministration): string => said[name]?.trim() || whoFills[name];
  return { name: field("name"), service: field("service"), contact: field("contact"), dpo: field("dpo") };
}
