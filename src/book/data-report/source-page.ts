import type { SecrecyRule } from "../../codes/lineage.ts";
import { columnsBody, numbersBody, textsBody } from "./columns-section.ts";
import { editionBody } from "./editions-section.ts";
import { htmlList, htmlTerms } from "./html.ts";
import { joinsBody } from "./joins-section.ts";
import { type ReportHead, reportPage } from "./page-shell.ts";
import { placeBody } from "./places-section.ts";
import { isInternal, type SourceReport } from "./source-report.ts";
import { bytesWord, countedWord, countWord, dayWord, french, shareWord, verbatim } from "./words.ts";

interface Section {
  readonly id: string;
  readonly title: string;
  /** HTML; a section without a body is left out. */
  readonly body: string;
}

/** The page of one source. */
export function sourcePage(head: ReportHead, report: SourceReport, today: string): string {
  const all: readonly Section[] = [
    { id: "refus", title: "Pourquoi le fichier est refusé", body: refusalBody(report) },
    { id: "regarder", title: "À regarder", body: alertsBody(report) },
    { id: "contrat", title: "Ce que dit le contrat", body: contractBody(report, today) },
    { id: "fichier", title: "Le fichier", body: fileBody(report) },
    { id: "colonnes", title: "Colonnes", body: columnsBody(report) },
    { id: "nombres", title: "Nombres", body: numbersBody(report) },
    { id: "textes", title: "Textes et codes", body: textsBody(report) },
    { id: "lieux", title: "Lieux", body: report.places.map(placeBody).join("\n") },
    { id: "jointures", title: "Jointures", body: joinsBody(report) },
    { id: "millesimes", title: "Autres millésimes", body: report.editions.map(editionBody).join("\n") },
    { id: "notes", title: "Notes du contrat", body: htmlList(report.notes.map(french)) },
  ];
  const sections = all.filter(({ body }) => body !== "");
  const body = sections.map(({ id, title, body: own }) => `<h2 id="${id}">${french(title)}</h2>\n${own}`).join("\n");
  return reportPage(head, {
    title: report.title,
    sections: sections.map(({ id, title }) => [id, title]),
    isInternal: isInternal(report),
    isIndex: false,
    body: `<h1>${french(report.title)}</h1>\n<p class="cover-subtitle">${french(subtitle(report))}</p>\n${body}\n<p class="files"><a href="${report.id}.json">${french("Les mêmes nombres, en JSON")}</a></p>`,
  });
}

function subtitle({ publisher, vintage, geography, rows, columns, status }: SourceReport): string {
  const end =
    status === "lue" && rows !== null
      ? ` ${countedWord(rows, "ligne")}, ${countedWord(columns.length, "colonne")}.`
      : status === "absente"
        ? " Fichier absent."
        : " Fichier refusé.";
  return `${publisher}, ${vintage}, ${geography}.${end}`;
}

function refusalBody({ refusal }: SourceReport): string {
  if (!refusal) return "";
  const { what, value, where, expected, remedy } = refusal;
  return `<p><strong>${french(what)}.</strong></p>${htmlTerms([
    ["Valeur lue", value === null ? "" : `<code>${verbatim(value)}</code>`],
    ["Lieu", where === null ? "" : french(where)],
    ["Attendu", expected === null ? "" : french(expected)],
    ["À faire", remedy === null ? "" : french(remedy)],
  ])}`;
}

function alertsBody({ alerts, status, howToGet }: SourceReport): string {
  if (status === "absente") return `<p>${french(`Pour avoir ce fichier : ${howToGet ?? ""}.`)}</p>`;
  if (status === "refusée") return "";
  return alerts.length === 0
    ? `<p>${french("Rien d'inhabituel n'a été relevé par la machine.")}</p>`
    : htmlList(alerts.map(french), "alerts");
}

function contractBody(report: SourceReport, today: string): string {
  const { terms, secrecy, key, quasiIdentifiers, allowedJoins, purpose } = report;
  const link = /^https?:/.test(report.url)
    ? `<a href="${french(report.url)}" rel="noreferrer">${french(report.url)}</a>`
    : french(report.url);
  return htmlTerms([
    ["Producteur", french(report.publisher)],
    ["Licence", french(report.licence)],
    ["Millésime", french(report.vintage)],
    ["Géographie", french(report.geography)],
    ["Une ligne", french(report.unit)],
    [
      "Clé",
      key.length === 0
        ? french("aucune : des lignes peuvent se répéter")
        : key.map((name) => `<code>${verbatim(name)}</code>`).join(" × "),
    ],
    ["Quasi-identifiants", quasiIdentifiers.map((name) => `<code>${verbatim(name)}</code>`).join(", ")],
    ["Description", link],
    ["Secret", french(secrecyWords(secrecy, report.published))],
    ["Base légale", french(terms.legalBasis)],
    ["Finalités", french(terms.purposes === "toutes" ? "toutes" : terms.purposes.join(", ") || "aucune")],
    ["Lu pour", purpose === null ? "" : french(`la finalité « ${purpose} », pour en préparer l'usage`)],
    ["Destinataires", french(terms.recipients.join(" ; "))],
    [
      "Conservation",
      french(terms.retention === "sans limite" ? "sans limite" : `jusqu'au ${dayWord(terms.retention)}`),
    ],
    [
      "Autorisation",
      french(
        `${terms.permission.status} le ${dayWord(terms.permission.on)}, par ${terms.permission.by}. Conditions tenues au ${dayWord(today)}.`,
      ),
    ],
    [
      "Signatures",
      french(
        terms.signatures.map(({ organisation, role, on }) => `${organisation} (${role}), ${dayWord(on)}`).join(" ; "),
      ),
    ],
    [
      "Croisements",
      french(
        allowedJoins === "toutes"
          ? "tous permis"
          : allowedJoins.length === 0
            ? "aucun permis"
            : `permis avec ${allowedJoins.join(", ")}`,
      ),
    ],
  ]);
}

function secrecyWords({ unit, minUnits, statedBy }: SecrecyRule, published: boolean): string {
  const source = `Règle : ${statedBy}.`;
  if (minUnits <= 1) return source;
  const rule = `Une case publiée compte 0 ${unit}, ou au moins ${minUnits}. ${source}`;
  return published
    ? `${rule} Le fichier est une publication, ses trous sont déjà faits.`
    : `${rule} Ici, tout effectif de 1 à ${minUnits - 1} lignes est écrit « < ${minUnits} » et l'effectif qui le rendrait est masqué ; les extrêmes sont remplacés par les centiles 5 et 95.`;
}

function fileBody({ file, absentShare, status, duplicates }: SourceReport): string {
  if (!file) return "";
  return htmlTerms([
    ["Chemin", `<code>${verbatim(file.path)}</code>`],
    ["Taille", french(`${bytesWord(file.bytes)} (${countedWord(file.bytes, "octet")})`)],
    ["SHA-256", file.sha256 === null ? "" : `<code class="hash">${file.sha256}</code>`],
    ["Cases sans valeur", status === "lue" ? french(shareWord(absentShare)) : ""],
    [
      "Lignes répétées",
      status !== "lue"
        ? ""
        : duplicates === null
          ? french("aucune : la clé l'interdit")
          : french(countWord(duplicates)),
    ],
  ]);
}
