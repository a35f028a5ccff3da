import { frenchCount, frenchDate, frenchNumber } from "../../codes/french.ts";
import { sha256 } from "../../engine/hash.ts";
import { enumerate } from "../../sources/contracts/clause-words.ts";
import { markdownTable } from "../transparency/markdown-table.ts";
import type { TransparencyPart } from "../transparency/part.ts";
import type { Charter } from "./charter.ts";
import { type Evidence, evidenceOf, type TestEvidence } from "./evidence.ts";
import type { TestResults } from "./test-results.ts";

export interface LabelInput {
  readonly charter: Charter;
  /** Results of the tests on this version of the code; null when there are none. */
  readonly results: TestResults | null;
  /** Files of the other parts of the chapter, by path: the artefacts that commitments name. */
  readonly artefacts: ReadonlyMap<string, string>;
}

/** Folder of the dossier, under `transparence/`. */
const folder = "dossier-label";

/**
 * The « dossier de label »: each commitment of a charter with its rule, its tests, their last result and day, and the artefact that shows it; « non
 * vérifié » where nothing shows it. Markdown for the book, and a folder a commitment.
 */
export function labelPart({ charter, results, artefacts }: LabelInput): TransparencyPart {
  const all = charter.commitments.map((commitment) => evidenceOf(commitment, results));
  const files = new Map<string, string>([[`${folder}/README.md`, indexOf(charter, all)]]);
  for (const evidence of all) {
    const place = `${folder}/${evidence.commitment.id}`;
    files.set(`${place}/README.md`, readmeOf(evidence, artefacts));
    files.set(`${place}/preuve.json`, proofOf(evidence, results, artefacts));
  }
  return { markdown: markdownOf(charter, all, artefacts), files };
}

function markdownOf(charter: Charter, all: readonly Evidence[], artefacts: ReadonlyMap<string, string>): string {
  return [
    "## Dossier de label",
    introduction(charter, all),
    overview(all, ({ title }) => title),
    ...all.flatMap((evidence) => [`### ${evidence.commitment.title}`, ...told(evidence, artefacts)]),
  ].join("\n\n");
}

const indexOf = (charter: Charter, all: readonly Evidence[]): string =>
  `${[
    "# Dossier de label",
    introduction(charter, all),
    overview(all, ({ id, title }) => `[${title}](${id}/README.md)`),
  ].join("\n\n")}\n`;

const readmeOf = (evidence: Evidence, artefacts: ReadonlyMap<string, string>): string =>
  `${[`# ${evidence.commitment.title}`, ...details(evidence, artefacts)].join("\n\n")}\n`;

function introduction({ title, source }: Charter, all: readonly Evidence[]): string {
  const count = (result: Evidence["result"]): number => all.filter((evidence) => evidence.result === result).length;
  const parts = [
    count("vérifié") === 0
      ? "aucun n'est vérifié"
      : `${frenchCount(count("vérifié"))} ${count("vérifié") > 1 ? "sont vérifiés" : "est vérifié"}`,
    ...(count("en échec") > 0 ? [`${frenchCount(count("en échec"))} en échec`] : []),
    ...(count("non vérifié") > 0 && count("vérifié") > 0
      ? [`${frenchCount(count("non vérifié"))} ${count("non vérifié") > 1 ? "ne le sont pas" : "ne l'est pas"}`]
      : []),
  ];
  return `Une charte ne vaut que si l'on peut vérifier qu'elle est tenue. Ici, chaque engagement de « ${title} » est suivi de la règle qui le tient, des tests automatiques qui essaient de la prendre en défaut, et de leur dernier résultat sur la version du logiciel qui a construit ce livre. Un test est un petit programme ; son fichier est nommé ici, et le dossier \`${folder}\` donne, engagement par engagement, le titre de chacun, en anglais comme le code. Origine du texte : ${source} Un engagement sans test, ou dont les tests n'ont pas été lancés sur cette version, est dit « non vérifié » : cela ne veut pas dire qu'il n'est pas tenu, mais que rien ne le montre. Sur ${frenchCount(all.length)} engagements, ${enumerate(parts)}.`;
}

const overview = (all: readonly Evidence[], name: (commitment: Evidence["commitment"]) => string): string =>
  markdownTable(
    ["Engagement", "Dernier résultat", "Tests lancés", "Date"],
    all.map(({ commitment, result, tests, day }) => [
      name(commitment),
      result,
      frenchNumber(tests.reduce((sum, { count }) => sum + count, 0)),
      day === null ? "sans objet" : frenchDate(day),
    ]),
    { caption: "Les engagements et leur dernier résultat", widths: [40, 20, 18, 22] },
  );

/** A commitment as the chapter tells it: the files of its tests, whose titles are in its own folder. */
function told(evidence: Evidence, artefacts: ReadonlyMap<string, string>): readonly string[] {
  const { commitment, tests } = evidence;
  const files = [...new Set(tests.map(({ test }) => test.split(" > ")[0] ?? test))];
  const ran = tests.reduce((sum, { count }) => sum + count, 0);
  const run = ran === 0 ? "aucun lancé" : `${frenchNumber(ran)} ${ran > 1 ? "lancés" : "lancé"}`;
  return [
    `${commitment.promise} **Règle.** ${commitment.rule}`,
    [
      resultText(evidence),
      files.length === 0
        ? noTest
        : `**Tests** (${run}). ${enumerate(files.map((file) => `\`${file.replace(/^test\//, "")}\``))}.`,
      artefactText(commitment, artefacts),
    ].join(" "),
  ];
}

const noTest = "**Tests.** Aucun test ne porte sur cette règle.";

const resultText = ({ result, day }: Evidence): string =>
  `**Dernier résultat.** ${capital(result)}${day === null ? "" : `, le ${frenchDate(day)}`}.`;

const artefactText = ({ artefact }: Evidence["commitment"], artefacts: ReadonlyMap<string, string>): string =>
  `**Pièce.** ${artefact === undefined ? "Les tests eux-mêmes." : artefacts.has(artefact) ? `Le fichier \`${artefact}\`.` : `Le fichier \`${artefact}\`, absent de cette édition.`}`;

function details(evidence: Evidence, artefacts: ReadonlyMap<string, string>): readonly string[] {
  const { commitment, tests } = evidence;
  return [
    `**Engagement.** ${commitment.promise}`,
    `**Règle.** ${commitment.rule}`,
    resultText(evidence),
    tests.length === 0 ? noTest : `**Tests.**\n\n${tests.map(testText).join("\n")}`,
    artefactText(commitment, artefacts),
  ];
}

const testText = ({ test, result, count }: TestEvidence): string =>
  `- \`${test}\` : ${result}${count > 1 ? ` (${frenchNumber(count)} tests)` : ""}`;

function proofOf(
  { commitment, result, tests, day }: Evidence,
  results: TestResults | null,
  artefacts: ReadonlyMap<string, string>,
): string {
  const { id, title, promise, rule, artefact } = commitment;
  const content = artefact === undefined ? undefined : artefacts.get(artefact);
  const document = {
    id,
    titre: title,
    engagement: promise,
    regle: rule,
    resultat: result,
    date: day,
    versionDuCode: results?.codeVersion ?? null,
    tests: tests.map((test) => ({ test: test.test, resultat: test.result, nombre: test.count })),
    piece:
      artefact === undefined ? null : { fichier: artefact, sha256: content === undefined ? null : sha256(content) },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
