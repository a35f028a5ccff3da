import { frenchDate, frenchNumber } from "../../codes/french.ts";
import { enumerate, plural, purposeWords } from "../../sources/contracts/clause-words.ts";
import { gatheredTitles } from "../transparency/gathered-titles.ts";
import { grouped } from "../transparency/grouped.ts";
import { answerField, type ControllerAnswers } from "./controller.ts";
import type { ProcessedSource, Processing } from "./processing.ts";
import { securityMeasures } from "./security-measures.ts";

/** What is printed where the law asks for something that neither the contracts nor the controller say. */
export const TO_COMPLETE = "à compléter par le responsable du traitement";

/** Label of the measures of security that the software takes. */
export const SOFTWARE_MEASURE = "Mesure du logiciel, vérifiée par un test";

/** Who says an answer of the register. */
export type Origin = "contrats" | "logiciel" | "responsable du traitement" | "à compléter";

/** One thing that the register says, or asks for. */
export interface RegisterAnswer {
  readonly label: string;
  readonly text: string;
  /** What the chapter prints in place of a long text. */
  readonly short?: string;
  readonly origin: Origin;
}

/** The seven items of article 30, paragraph 1, of the GDPR, by their letter. */
export const registerItems = {
  a: "Responsable du traitement",
  b: "Finalités",
  c: "Personnes et données concernées",
  d: "Destinataires",
  e: "Transferts hors de l'Union européenne",
  f: "Délais d'effacement",
  g: "Mesures de sécurité",
} as const;

export type RegisterLetter = keyof typeof registerItems;

/** The view of one processing: an answer at least under each letter. */
export type RegisterView = Readonly<Record<RegisterLetter, readonly RegisterAnswer[]>>;

/**
 * What article 30, paragraph 1, asks of one processing: from the contracts what they say, from the software what it does, from the controller the
 * rest; what nobody says is asked for.
 * @param programme who signed the contracts of the book for the programme: the controller, when nothing else is said
 */
export function registerView(
  { title, purpose, sources }: Processing,
  controller: ControllerAnswers,
  programme: readonly string[],
): RegisterView {
  const ask = (label: string, answer: Exclude<keyof ControllerAnswers, "measures">): RegisterAnswer =>
    asked(label, controller[answer], answer);
  return {
    a: [
      controller.controller === undefined && programme.length > 0
        ? fromContracts("Responsable", enumerate(programme))
        : ask("Responsable", "controller"),
      ask("Coordonnées", "contact"),
      ask("Responsables conjoints", "jointControllers"),
      ask("Représentant dans l'Union européenne", "representative"),
      ask("Délégué à la protection des données", "dataProtectionOfficer"),
    ],
    b: [
      {
        ...fromContracts("Finalité", `${purposeWords(purpose)} ; chapitre : ${title}`),
        short: /^l'expérience `/.test(purposeWords(purpose))
          ? `l'expérience du chapitre « ${title} »`
          : purposeWords(purpose).replaceAll(/ \(`[^`]*`\)/g, ""),
      },
      fromContracts("Base légale", distinct(sources.map(({ terms }) => terms.legalBasis)).join(" ; ")),
    ],
    c: people(sources),
    d: [
      fromContracts("Accès aux lignes des fichiers de partenaires", rowReaders(sources)),
      { label: "Résultats publiés", text: "tout public, après le contrôle du secret statistique", origin: "logiciel" },
      ask("Destinataires dans un pays tiers ou une organisation internationale", "thirdCountryRecipients"),
    ],
    e: [
      ask("Transferts", "transfers"),
      ask("Garanties", "safeguards"),
      {
        label: "Ce que fait le logiciel",
        text: "il calcule sur l'ordinateur où il est lancé et n'envoie les données à personne",
        origin: "logiciel",
      },
    ],
    f: erasure(sources),
    g: [
      ...securityMeasures.map(({ text }) => ({ label: SOFTWARE_MEASURE, text, origin: "logiciel" as const })),
      ...(controller.measures.length > 0
        ? controller.measures.map((text) => ({
            label: "Mesure d'organisation",
            text,
            origin: "responsable du traitement" as const,
          }))
        : [asked("Mesures d'organisation (locaux, habilitations, chiffrement, sauvegardes)", undefined, "measures")]),
    ],
  };
}

/** Who signed the contracts of these processings for the programme. */
export const programmeOf = (processings: readonly Processing[]): readonly string[] =>
  distinct(
    processings.flatMap(({ sources }) =>
      sources.flatMap(({ terms }) =>
        terms.signatures.filter(({ role }) => role === "programme").map(({ organisation }) => organisation),
      ),
    ),
  );

const fromContracts = (label: string, text: string): RegisterAnswer => ({ label, text, origin: "contrats" });

const asked = (label: string, text: string | undefined, answer: keyof ControllerAnswers): RegisterAnswer =>
  text === undefined
    ? { label, text: `${TO_COMPLETE} (champ « ${answerField(answer)} » de registre.yaml)`, origin: "à compléter" }
    : { label, text, origin: "responsable du traitement" };

const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

function people(sources: readonly ProcessedSource[]): readonly RegisterAnswer[] {
  const of = (nature: ProcessedSource["nature"]): readonly ProcessedSource[] =>
    sources.filter((source) => source.nature === nature);
  const units = (some: readonly ProcessedSource[]): string =>
    enumerate(distinct(some.map(({ unit }) => plural(unit))).toSorted((a, b) => (a < b ? -1 : 1)));
  const individual = of("individual");
  const aggregate = of("aggregate");
  const none = "aucune";
  return [
    fromContracts("Catégories de personnes, en lignes individuelles", units(individual) || none),
    fromContracts("Catégories de personnes, comptées par groupes", units(aggregate) || none),
    ...individual.map(individualData),
    fileTitles("Catégories de données, effectifs et indicateurs agrégés", aggregate),
    fileTitles("Référentiels, sans personne comptée", of("reference")),
  ];
}

/** Files by title, those of one series told once in print. */
function fileTitles(label: string, sources: readonly ProcessedSource[]): RegisterAnswer {
  const titles = sources.map(({ title }) => title);
  const list = (some: readonly string[]): string =>
    some.map((title) => `« ${title} »`.replace(/ (\(\d+ fichiers\)) »$/, " » $1")).join(" ; ") || "aucun";
  return { ...fromContracts(label, list(titles)), short: list(gatheredTitles(titles)) };
}

function individualData({ title, columns, quasiIdentifiers }: ProcessedSource): RegisterAnswer {
  const together = (some: readonly string[]): string =>
    some.length > 0 ? ` ; ensemble, pourraient désigner une personne : ${some.join(", ")}` : "";
  return {
    ...fromContracts(`Catégories de données, « ${title} »`, `${columns.join(", ")}${together(quasiIdentifiers)}`),
    short: `${frenchNumber(columns.length)} colonnes${together(quasiIdentifiers.map(withoutCodes))}`,
  };
}

/** The meaning of a column without its codes: « Sexe (1 homme, 2 femme) » is « sexe ». */
const withoutCodes = (label: string): string => {
  const meaning = label.replace(/ *\(.*$/, "").replace(/, .*$/, "");
  return /^\p{Lu}{2}/u.test(meaning) ? meaning : meaning.charAt(0).toLowerCase() + meaning.slice(1);
};

/** The files of partners, those that the same people read together. */
function rowReaders(sources: readonly ProcessedSource[]): string {
  const files = new Map<string, string[]>();
  for (const { access, title, terms } of sources) {
    if (access !== "partner") continue;
    const readers = enumerate(terms.recipients);
    files.set(readers, [...(files.get(readers) ?? []), `« ${title} »`]);
  }
  return (
    [...files].map(([readers, titles]) => `${readers}, pour ${enumerate(titles)}`).join(" ; ") ||
    "aucun fichier de partenaire"
  );
}

function erasure(sources: readonly ProcessedSource[]): readonly RegisterAnswer[] {
  const dated = sources.filter(({ terms }) => terms.retention !== "sans limite");
  const open = sources.length - dated.length;
  return [
    ...[...grouped(dated, ({ terms }) => terms.retention)].map(([day, some]) => {
      const end = some.length > 1 ? "s" : "";
      return fromContracts(
        enumerate(some.map(({ title }) => `« ${title} »`)),
        `conservé${end} jusqu'au ${frenchDate(day)} inclus, puis effacé${end}`,
      );
    }),
    ...(open > 0 || sources.length === 0
      ? [
          fromContracts(
            dated.length > 0 ? "Autres sources" : "Sources",
            open > 0
              ? "données publiques ouvertes, que leurs licences permettent de garder sans limite de durée"
              : "aucune source n'est présente pour ce territoire",
          ),
        ]
      : []),
  ];
}
