import { htmlTable } from "./html.ts";
import type { JoinFinding, JoinOutcome } from "./joins.ts";
import type { SourceReport } from "./source-report.ts";
import { countedWord, countWord, french, shareWord, verbatim } from "./words.ts";

/** The joins that were tried with a source, on its left or on its right. */
export function joinsBody({ id, joins }: SourceReport): string {
  if (joins.length === 0) return "";
  const own = joins.filter(({ left }) => left.id === id);
  const others = joins.filter(({ left }) => left.id !== id);
  return [
    `<p>${french("Chaque colonne de codes est essayée contre les listes de référence présentes. Les lignes sont celles de la source de gauche ; un refus dit pourquoi deux listes ne se joignent pas telles quelles.")}</p>`,
    own.length > 0 ? joinTable(`Codes de cette source, cherchés dans les listes de référence`, own) : "",
    own.map(joinDetails).join("\n"),
    others.length > 0 ? joinTable(`Codes des autres sources, cherchés dans celle-ci`, others) : "",
  ].join("\n");
}

const sourceLink = ({ id, title, column }: JoinFinding["left"]): string =>
  `<a href="${id}.html">${french(title)}</a> <code>${verbatim(column)}</code>`;

function joinTable(caption: string, joins: readonly JoinFinding[]): string {
  return htmlTable(
    caption,
    [
      { heading: "Jointure" },
      { heading: "Lignes", isNumber: true },
      { heading: "Trouvées", isNumber: true },
      { heading: "Part", isNumber: true },
      { heading: "Perdues", isNumber: true },
      { heading: "Sans code", isNumber: true },
      { heading: "Codes de droite non demandés", isNumber: true },
    ],
    joins.flatMap((join) => {
      const name = `${sourceLink(join.left)} × ${sourceLink(join.right)}`;
      const line = (outcome: JoinOutcome, title: string): readonly string[] => [
        title,
        french(countWord(outcome.rows)),
        french(countWord(outcome.matched)),
        french(shareWord(outcome.matchedShare)),
        french(countWord(outcome.lost)),
        french(countWord(outcome.withoutKey)),
        french(countWord(outcome.rightOnlyCodes)),
      ];
      if (join.outcome) return [line(join.outcome, name)];
      const refused = [`${name} <strong class="refused">refusée</strong>`, "–", "–", "–", "–", "–", "–"];
      return join.throughPassage
        ? [
            refused,
            line(join.throughPassage, `${name} <span class="from">${french("avec une table de passage")}</span>`),
          ]
        : [refused];
    }),
  );
}

/** What was lost and why, under the table. */
function joinDetails(join: JoinFinding): string {
  const outcome = join.outcome ?? join.throughPassage;
  const hasLoss = outcome !== null && (outcome.reasons.length > 0 || outcome.nearKeys !== null);
  if (!join.refusal && !hasLoss) return "";
  const title = `<h3>${french(`${join.left.column} dans « ${join.right.title} »`)}</h3>`;
  const refusal = join.refusal ? `<p>${french(join.refusal)}</p>` : "";
  const passage =
    join.passage === null
      ? ""
      : `<p>${french(join.throughPassage ? `Reprise ${join.passage}.` : `Le passage est refusé : ${join.passage}`)}</p>`;
  const reasons =
    outcome && outcome.reasons.length > 0
      ? `<ul>${outcome.reasons.map(({ reason, codes, rows, examples }) => `<li>${french(`${countedWord(rows, "ligne")}, ${countedWord(codes, "code")} : ${reason}${examples.length > 0 ? ` (${examples.join(", ")}${codes > examples.length ? "…" : ""})` : ""}.`)}</li>`).join("\n")}</ul>`
      : "";
  const near = outcome?.nearKeys ? `<p>${french(outcome.nearKeys)}</p>` : "";
  return `${title}${refusal}${passage}${reasons}${near}`;
}
