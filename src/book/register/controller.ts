import { basename } from "node:path";
import { fieldsOf, listOf, readYamlFile, textOf } from "./read-yaml.ts";

/** What no contract says of a processing, and that its controller writes. What is absent is asked for in the book, never invented. */
export interface ControllerAnswers {
  readonly controller?: string;
  readonly contact?: string;
  readonly jointControllers?: string;
  readonly representative?: string;
  readonly dataProtectionOfficer?: string;
  readonly thirdCountryRecipients?: string;
  readonly transfers?: string;
  readonly safeguards?: string;
  /** Measures of security that the software cannot see: rooms, rights, backups. */
  readonly measures: readonly string[];
}

const names = {
  controller: "responsable",
  contact: "contact",
  jointControllers: "responsablesConjoints",
  representative: "representant",
  dataProtectionOfficer: "delegue",
  thirdCountryRecipients: "destinatairesPaysTiers",
  transfers: "transferts",
  safeguards: "garanties",
  measures: "mesures",
} as const satisfies Readonly<Record<keyof ControllerAnswers, string>>;

/** The published name of an answer's field, for who must fill it. */
export const answerField = (answer: keyof ControllerAnswers): string => names[answer];

/**
 * The answers of a territory's controller in `registre.yaml`: a map from the name of each territory to its answers. Without the file or the territory, none.
 * @throws QuartiersError on a field that is unknown or badly written
 */
export function readController(path: string, territory: string): ControllerAnswers {
  const file = basename(path);
  const all = readYamlFile(path);
  const own = all === null ? undefined : (all as Readonly<Record<string, unknown>>)[territory];
  if (own === undefined || own === null) return { measures: [] };
  const where = `${file}, ${territory}`;
  const { measures, ...texts } = fieldsOf(own, names, where);
  const answers = Object.entries(texts).flatMap(([field, value]) => {
    const text = textOf(value, names[field as keyof typeof names], where);
    return text === undefined ? [] : [[field, text] as const];
  });
  return {
    ...(Object.fromEntries(answers) as Omit<ControllerAnswers, "measures">),
    measures: listOf(measures, names.measures, where).flatMap((one) => textOf(one, names.measures, where) ?? []),
  };
}
