import { basename } from "node:path";
import { QuartiersError } from "../../codes/errors.ts";
import { fieldsOf, listOf, readYamlFile, textOf } from "../register/read-yaml.ts";

/** One commitment of a charter, with the rule that holds it and the tests that show it. */
export interface Commitment {
  /** Name of its folder: "anonymisation". */
  readonly id: string;
  readonly title: string;
  /** What is promised, as a sentence that a citizen reads. */
  readonly promise: string;
  /** What the software refuses or does so that the promise holds. */
  readonly rule: string;
  /** File of tests, then the titles down to a test or to a group, joined by " > ". None: the commitment is printed as not verified. */
  readonly tests: readonly string[];
  /** File that shows the rule at work, under `transparence/`, if there is one. */
  readonly artefact?: string;
}

/** A charter: where its text comes from, and its commitments. */
export interface Charter {
  readonly title: string;
  /** What this text is, and whose. */
  readonly source: string;
  readonly commitments: readonly Commitment[];
}

const charterNames = { title: "titre", source: "origine", commitments: "engagements" } as const;
const commitmentNames = {
  id: "id",
  title: "titre",
  promise: "engagement",
  rule: "regle",
  tests: "tests",
  artefact: "piece",
} as const satisfies Readonly<Record<keyof Commitment, string>>;

/**
 * Reads a charter (`charte.yaml`).
 * @throws QuartiersError when it is absent, when a field is unknown or missing, when two commitments have one name
 */
export function readCharter(path: string): Charter {
  const file = basename(path);
  const value = readYamlFile(path);
  if (value === null)
    throw new QuartiersError({
      what: "La charte est introuvable, ou vide",
      value: file,
      expected: "un titre, une origine et des engagements",
      remedy: "reprendre le modèle livré avec Quartiers",
    });
  const { title, source, commitments } = fieldsOf(value, charterNames, file);
  const read = listOf(commitments, charterNames.commitments, file).map((item, i) =>
    readCommitment(item, `${file}, engagement ${i + 1}`),
  );
  const twice = read.find(({ id }, i) => read.findIndex((other) => other.id === id) < i);
  if (twice)
    throw new QuartiersError({
      what: "Deux engagements portent le même nom",
      value: twice.id,
      where: file,
      remedy: "renommer l'un des deux",
    });
  return {
    title: required(title, charterNames.title, file),
    source: required(source, charterNames.source, file),
    commitments: read,
  };
}

function readCommitment(item: unknown, where: string): Commitment {
  const { id, title, promise, rule, tests, artefact } = fieldsOf(item, commitmentNames, where);
  const folder = required(id, commitmentNames.id, where);
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(folder))
    throw new QuartiersError({
      what: "Le nom d'un engagement ne convient pas à un dossier",
      value: folder,
      where,
      expected: "des minuscules, des chiffres et des traits d'union",
    });
  const piece = textOf(artefact, commitmentNames.artefact, where);
  return {
    id: folder,
    title: required(title, commitmentNames.title, where),
    promise: required(promise, commitmentNames.promise, where),
    rule: required(rule, commitmentNames.rule, where),
    tests: listOf(tests, commitmentNames.tests, where).map((test) => required(test, commitmentNames.tests, where)),
    ...(piece === undefined ? {} : { artefact: piece }),
  };
}

function required(value: unknown, name: string, where: string): string {
  const text = textOf(value, name, where);
  if (text !== undefined) return text;
  throw new QuartiersError({
    what: "Un champ de la charte manque ou est vide",
    value: name,
    where,
    remedy: "l'écrire, ou ôter cet engagement",
  });
}
