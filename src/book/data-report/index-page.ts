import { htmlTable, htmlTerms } from "./html.ts";
import { type ReportHead, reportPage } from "./page-shell.ts";
import { isInternal, type SourceReport } from "./source-report.ts";
import { bytesWord, countedWord, countWord, dayWord, french, shareWord, verbatim } from "./words.ts";

/** The first page: every source of the catalogue, read, refused or absent. */
export function indexPage(head: ReportHead, reports: readonly SourceReport[], today: string): string {
  const of = (status: SourceReport["status"]): readonly SourceReport[] =>
    reports.filter((report) => report.status === status);
  const [read, refused, absent] = [of("lue"), of("refusée"), of("absente")];
  const sections = [
    ...(refused.length > 0 ? [{ id: "refusees", title: "Sources refusées", body: refusedBody(refused) }] : []),
    ...(read.length > 0 ? [{ id: "lues", title: "Sources lues", body: readBody(read) }] : []),
    ...(absent.length > 0 ? [{ id: "absentes", title: "Sources absentes", body: absentBody(absent) }] : []),
  ];
  const bytes = [...read, ...refused].reduce((sum, { file }) => sum + (file?.bytes ?? 0), 0);
  const alerts = reports.reduce((sum, report) => sum + report.alerts.length, 0);
  const body = `<h1>Rapport de données</h1>
<p class="cover-subtitle">${french(`${head.territory} : ce qui a été compris de chaque fichier, avant toute expérience.`)}</p>
${htmlTerms([
  ["Sources demandées", french(countWord(reports.length))],
  ["Lues", french(countWord(read.length))],
  ["Refusées", french(countWord(refused.length))],
  ["Absentes", french(countWord(absent.length))],
  ["Points à regarder", french(countWord(alerts))],
  ["Taille des fichiers", french(bytesWord(bytes))],
  ["Conditions tenues au", french(dayWord(today))],
])}
${sections.map(({ id, title, body: own }) => `<h2 id="${id}">${french(title)}</h2>\n${own}`).join("\n")}`;
  return reportPage(head, {
    title: "Rapport de données",
    sections: sections.map(({ id, title }) => [id, title]),
    isInternal: reports.some((report) => report.status !== "absente" && isInternal(report)),
    isIndex: true,
    body,
  });
}

const nameCell = ({ id, title, access, published }: SourceReport): string =>
  `<a href="${id}.html">${french(title)}</a><span class="label"><code>${verbatim(id)}</code>${isInternal({ access, published }) ? ` ${french("partenaire")}` : ""}</span>`;

function refusedBody(reports: readonly SourceReport[]): string {
  return htmlTable(
    "Fichiers présents qu'il faut corriger avant de s'en servir",
    [{ heading: "Source" }, { heading: "Fichier" }, { heading: "Pourquoi" }, { heading: "À faire" }],
    reports.map((report) => [
      nameCell(report),
      `<code>${verbatim(report.file?.path ?? "")}</code>`,
      french(report.refusal?.what ?? ""),
      french(report.refusal?.remedy ?? ""),
    ]),
  );
}

function readBody(reports: readonly SourceReport[]): string {
  return htmlTable(
    "Ce qui est lu",
    [
      { heading: "Source" },
      { heading: "Producteur et licence" },
      { heading: "Millésime" },
      { heading: "Lignes", isNumber: true },
      { heading: "Colonnes", isNumber: true },
      { heading: "Taille", isNumber: true },
      { heading: "Cases sans valeur", isNumber: true },
      { heading: "À regarder", isNumber: true },
      { heading: "SHA-256" },
    ],
    reports.map((report) => [
      nameCell(report),
      `${french(report.publisher)}<span class="label">${french(report.licence)}</span>`,
      french(report.vintage),
      french(countWord(report.rows)),
      french(countWord(report.columns.length)),
      french(bytesWord(report.file?.bytes ?? 0)),
      french(shareWord(report.absentShare)),
      french(countWord(report.alerts.length)),
      `<code class="hash">${report.file?.sha256 ?? ""}</code>`,
    ]),
  );
}

function absentBody(reports: readonly SourceReport[]): string {
  return `<p>${french(`${countedWord(reports.length, "source")} du catalogue sans fichier ici : rien n'est inventé à leur place.`)}</p>
${htmlTable(
  "Ce qui manque, et comment l'avoir",
  [{ heading: "Source" }, { heading: "Producteur et licence" }, { heading: "Millésime" }, { heading: "Pour l'avoir" }],
  reports.map((report) => [
    nameCell(report),
    `${french(report.publisher)}<span class="label">${french(report.licence)}</span>`,
    french(report.vintage),
    french(report.howToGet ?? ""),
  ]),
)}`;
}
