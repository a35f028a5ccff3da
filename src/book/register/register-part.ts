import type { DataUse } from "../../experiments/experiment.ts";
import type { Override } from "../../protection/override.ts";
import { checkAccount } from "../../protection/perturbation/privacy-account.ts";
import type { Territory } from "../../sources/territory.ts";
import { csvField } from "../csv.ts";
import type { TransparencyPart } from "../transparency/part.ts";
import type { ControllerAnswers } from "./controller.ts";
import { type Processing, processings } from "./processing.ts";
import type { CountedRefusal } from "./refusals.ts";
import {
  programmeOf,
  type RegisterAnswer,
  type RegisterLetter,
  type RegisterView,
  registerItems,
  registerView,
  SOFTWARE_MEASURE,
} from "./register.ts";
import { budgetText, type NamedAccount, overridesText, permissionsText, refusalsText } from "./register-words.ts";

export interface RegisterInput {
  readonly territory: Territory;
  readonly uses: readonly DataUse[];
  readonly controller: ControllerAnswers;
  readonly refusals: readonly CountedRefusal[];
  /** Checked: see `readOverrides`. */
  readonly overrides: readonly Override[];
  /** Privacy budgets of the data sets that noised numbers were made from; none when nothing is noised. */
  readonly budgets?: readonly NamedAccount[];
}

interface Viewed extends Processing {
  readonly view: RegisterView;
}

/**
 * The register of processings (GDPR, article 30, paragraph 1) of a book on a territory, with what stands beside it: permissions, refused exports,
 * overrides, privacy budgets. Markdown for the book, `registre.json` and `registre.csv`.
 */
export function registerPart(input: RegisterInput): TransparencyPart {
  const { territory, uses, controller, budgets = [] } = input;
  for (const { account } of budgets) checkAccount(account);
  const found = processings(territory, uses);
  const programme = programmeOf(found);
  const viewed = found.map((one) => ({ ...one, view: registerView(one, controller, programme) }));
  return {
    markdown: markdownOf(viewed, { ...input, budgets }),
    files: new Map([
      ["registre.json", jsonOf(viewed, { ...input, budgets })],
      ["registre.csv", csvOf(viewed)],
    ]),
  };
}

const letters = Object.keys(registerItems) as RegisterLetter[];

function markdownOf(viewed: readonly Viewed[], input: Required<RegisterInput>): string {
  const { territory, refusals, overrides, budgets } = input;
  const missing = [
    ...new Set(
      viewed.flatMap(({ view }) =>
        letters.flatMap((letter) =>
          view[letter].filter(({ origin }) => origin === "à compléter").map(({ label }) => label),
        ),
      ),
    ),
  ];
  const [first] = viewed;
  /** Said alike by all processings: told once. */
  const common = ({ label, text }: RegisterAnswer): boolean =>
    viewed.every(({ view }) =>
      Object.values(view).some((answers) => answers.some((one) => one.label === label && one.text === text)),
    );
  return [
    "## Registre des traitements",
    `Le règlement général sur la protection des données (RGPD, article 30) demande à qui traite des données de tenir un registre. Celui-ci porte sur le livre construit pour ${territory.label}. Le logiciel l'écrit à partir des contrats signés avec les partenaires et des licences des données publiques. Ce que ni les contrats ni le logiciel ne savent est demandé au responsable du traitement, et n'est jamais inventé. Chaque expérience du livre est un traitement. Un référentiel est un fichier qui ne compte personne : une carte, une liste de métiers. Le registre entier, colonne par colonne, est dans les fichiers \`registre.json\` et \`registre.csv\`.`,
    ...(missing.length > 0
      ? [
          `**À compléter.** Le responsable du traitement n'a pas encore répondu sur ${missing.length > 1 ? `${missing.length} points` : "un point"} :`,
          missing.map((label, i) => `- ${label}${i === missing.length - 1 ? "." : " ;"}`).join("\n"),
        ]
      : []),
    ...(first
      ? [
          "### Commun à tous les traitements",
          "Ce qui est vrai de tous est dit une seule fois ; la suite dit, traitement par traitement, ce qui est propre à chacun. Les lettres sont celles du règlement.",
          ...letters.flatMap((letter) => itemText(letter, first.view[letter].filter(common))),
        ]
      : []),
    ...viewed.flatMap(({ title, view }) => [
      `### Traitement « ${title.charAt(0).toUpperCase()}${title.slice(1)} »`,
      ...letters.flatMap((letter) =>
        itemText(
          letter,
          view[letter].filter((answer) => !common(answer)),
        ),
      ),
    ]),
    "### Autorisations des partenaires",
    permissionsText(viewed),
    "### Publications refusées",
    refusalsText(refusals),
    "### Dérogations",
    overridesText(overrides),
    "### Budget de confidentialité",
    budgetText(budgets),
  ].join("\n\n");
}

/** An item with its answers; nothing where there is none to print. */
const itemText = (letter: RegisterLetter, answers: readonly RegisterAnswer[]): readonly string[] =>
  answers.length === 0
    ? []
    : [
        `#### ${letter}) ${registerItems[letter]}`,
        answers
          .map(({ label, text, short = text }) =>
            label === SOFTWARE_MEASURE ? `- ${text}` : `- *${label}* : ${endless(short)}.`,
          )
          .join("\n"),
      ];

/** A sentence without its final stop. */
const endless = (text: string): string => text.replace(/\.$/, "");

const jsonOf = (viewed: readonly Viewed[], input: Required<RegisterInput>): string => {
  const { territory, refusals, overrides, budgets } = input;
  const document = {
    texte: "RGPD, article 30, paragraphe 1",
    territoire: territory.label,
    synthetique: territory.synthetic,
    traitements: viewed.map(({ title, purpose, view, sources }) => ({
      intitule: title,
      finalite: purpose,
      rubriques: letters.map((letter) => ({
        lettre: letter,
        rubrique: registerItems[letter],
        reponses: view[letter].map(({ label, text, origin }) => ({ element: label, reponse: text, origine: origin })),
      })),
      sources: sources.map(({ id, title: name, provider, vintage, licence, nature, unit, minUnits, terms }) => ({
        id,
        titre: name,
        fournisseur: provider,
        millesime: vintage,
        licence,
        nature: { individual: "individuelle", aggregate: "agrégée", reference: "référentiel" }[nature],
        unite: unit,
        seuil: minUnits,
        conservation: terms.retention,
        autorisation: { statut: terms.permission.status, le: terms.permission.on, par: terms.permission.by },
      })),
    })),
    refus: refusals.map(({ code, place, rule, clause, count, first, last }) => ({
      code,
      lieu: place,
      regle: rule,
      clause,
      nombre: count,
      premier: first,
      dernier: last,
    })),
    derogations: overrides.map(({ place, rule, reason, signedBy, on, until, agreement }) => ({
      lieu: place,
      regle: rule,
      motif: reason,
      signePar: signedBy,
      le: on,
      jusquAu: until,
      accord: agreement ?? null,
    })),
    budgets: budgets.map(({ name, account }) => ({
      donnees: name,
      plafondMilliEpsilon: account.limit,
      depenses: account.spendings.map(({ label, milliEpsilon, spent }) => ({
        publication: label,
        milliEpsilon,
        cumul: spent,
      })),
    })),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
};

function csvOf(viewed: readonly Viewed[]): string {
  const rows = viewed.flatMap(({ title, view }) =>
    letters.flatMap((letter) =>
      view[letter].map(({ label, text, origin }) => [title, letter, registerItems[letter], label, text, origin]),
    ),
  );
  return `${[["traitement", "lettre", "rubrique", "element", "reponse", "origine"], ...rows]
    .map((row) => row.map(csvField).join(","))
    .join("\n")}\n`;
}
