import type { SecrecyRule } from "../../codes/lineage.ts";
import type { Difference } from "./differences.ts";
import { histogramSvg, presenceSvg } from "./drawings.ts";
import type { EditionReport } from "./editions.ts";
import { htmlList, htmlTable, htmlTerms } from "./html.ts";
import { joinsBody } from "./joins-section.ts";
import { type ReportHead, reportPage } from "./page-shell.ts";
import type { PlaceSummary } from "./places.ts";
import type { ShownColumn } from "./shown-column.ts";
import { isInternal, type SourceReport } from "./source-report.ts";
import {
  bytesWord,
  countedWord,
  countWord,
  dayWord,
  french,
  shareWord,
  typeWord,
  valueWord,
  verbatim,
} from "./words.ts";

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
    { id: "lieux", title: "Lieux", body: report.places.map((place) => placeBody(place)).join("\n") },
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

const columnCell = ({ name, fileName, label }: ShownColumn): string =>
  `<code>${verbatim(name)}</code>${fileName === name ? "" : ` <span class="from">${french("dans le fichier :")} <code>${verbatim(fileName)}</code></span>`}<span class="label">${french(label)}</span>`;

function columnsBody({ columns, rows }: SourceReport): string {
  if (columns.length === 0) return "";
  const hasZeros = columns.some(({ suspiciousZeros }) => suspiciousZeros !== 0);
  return `<p>${french("Une absence n'est jamais un zéro : s, secret statistique ; ns, non significatif ; nd, non disponible.")}${hasZeros ? ` ${french("Un zéro douteux est une valeur cachée que le producteur a écrite 0 : il est compté parmi les « s ».")}` : ""}</p>
${htmlTable(
  `Les ${columns.length} colonnes, sur ${countedWord(rows ?? 0, "ligne")}`,
  [
    { heading: "Colonne" },
    { heading: "Type et unité" },
    { heading: "Part présente" },
    { heading: "Présents", isNumber: true },
    { heading: "s", isNumber: true },
    { heading: "ns", isNumber: true },
    { heading: "nd", isNumber: true },
    ...(hasZeros ? [{ heading: "Zéros douteux", isNumber: true }] : []),
    { heading: "Valeurs différentes", isNumber: true },
  ],
  columns.map((column) => [
    columnCell(column),
    `${french(typeWord(column.type))}${column.unit ? `<br>${french(column.unit)}` : ""}${column.type === "number" || column.type === "integer" ? `<br>${column.summable ? "sommable" : "non sommable"}` : ""}`,
    `${presenceSvg(column)}<br>${french(column.absentShare === null ? "masquée" : shareWord(1 - column.absentShare))}`,
    french(countWord(column.present)),
    french(countWord(column.s)),
    french(countWord(column.ns)),
    french(countWord(column.nd)),
    ...(hasZeros ? [french(countWord(column.suspiciousZeros))] : []),
    french(countWord(column.distinct)),
  ]),
)}`;
}

function numbersBody({ columns, published, threshold }: SourceReport): string {
  const numeric = columns.filter(({ numbers }) => numbers !== null);
  if (numeric.length === 0) return "";
  const isExact = threshold <= 1;
  const note = isExact
    ? "Quartiles : valeurs du fichier sous lesquelles se tiennent un quart, la moitié et trois quarts des lignes présentes, sans pondération. Les barres vont du premier au dernier centième ; une barre pâle, à un bord, rassemble ce qui est au-delà."
    : `Chaque nombre s'appuie sur ${threshold} lignes au moins de part et d'autre ; celui que moins de ${threshold} lignes partagent est arrondi à deux chiffres significatifs. Les barres de moins de ${threshold} lignes sont réunies à leur voisine.`;
  const end = published ? ["Minimum", "Maximum"] : ["Centile 5", "Centile 95"];
  return `<p>${french(note)}</p>
${htmlTable(
  "Distribution des colonnes de nombres",
  [
    { heading: "Colonne" },
    { heading: "Unité" },
    { heading: end[0] ?? "", isNumber: true },
    { heading: "Premier quartile", isNumber: true },
    { heading: "Médiane", isNumber: true },
    { heading: "Troisième quartile", isNumber: true },
    { heading: end[1] ?? "", isNumber: true },
    { heading: "Zéros", isNumber: true },
    { heading: "Histogramme" },
  ],
  numeric.map(({ name, label, unit, zeros, numbers }) => [
    `<code>${verbatim(name)}</code><span class="label">${french(label)}</span>`,
    french(unit || "sans unité"),
    ...[numbers?.low, numbers?.q1, numbers?.median, numbers?.q3, numbers?.high].map((value) =>
      french(valueWord(value ?? null, unit)),
    ),
    french(countWord(zeros)),
    (numbers && histogramSvg(numbers, unit)) || french(isExact ? "–" : "masqué"),
  ]),
)}`;
}

function textsBody({ columns, rows, threshold }: SourceReport): string {
  const textual = columns.filter(({ texts }) => texts !== null);
  if (textual.length === 0) return "";
  const total = typeof rows === "number" ? rows : 0;
  const withShare = (count: number | string): string =>
    french(
      typeof count === "number" && total > 0 && threshold <= 1
        ? `${countWord(count)} (${shareWord(count / total)})`
        : countWord(count),
    );
  const lines = (list: readonly { readonly text: string; readonly rows: number | string }[]): string =>
    htmlList(
      list.map(
        ({ text, rows: count }) =>
          `<span class="value">${verbatim(text) || french("(vide)")}</span> ${withShare(count)}`,
      ),
      "values",
    );
  return `<p>${french(`Forme d'un texte : A pour une lettre, 9 pour un chiffre. Les valeurs les plus fréquentes sont données avec leurs lignes${threshold <= 1 ? "" : ` quand ${threshold} lignes au moins les partagent, ou quand le contrat en donne la liste`}.`)}</p>
${htmlTable(
  "Colonnes de textes et de codes",
  [
    { heading: "Colonne" },
    { heading: "Valeurs différentes", isNumber: true },
    { heading: "Longueur et forme" },
    { heading: "Les plus fréquentes" },
  ],
  textual.map((column) => {
    const { texts, distinct, label, name } = column;
    const lengths = texts?.lengths;
    const length = !lengths
      ? "–"
      : lengths[0] === lengths[1]
        ? countedWord(lengths[0], "caractère")
        : `${lengths[0]} à ${countedWord(lengths[1], "caractère")}`;
    const isUnique = typeof distinct === "number" && distinct === column.present && distinct > 1;
    const most = isUnique
      ? french("toutes différentes")
      : `${lines(texts?.frequent ?? [])}${texts && texts.others !== 0 ? `<span class="others">${french("autres :")} ${withShare(texts.others)}</span>` : ""}`;
    return [
      `<code>${verbatim(name)}</code><span class="label">${french(label)}</span>`,
      french(countWord(distinct)),
      `${french(length)}${lines(texts?.forms ?? [])}`,
      most,
    ];
  }),
)}`;
}

const kindTitles: Readonly<Record<PlaceSummary["kind"], string>> = {
  commune: "codes de communes",
  iris: "codes IRIS",
  qpv2015: "codes de quartiers de 2015",
  qpv2024: "codes de quartiers de 2024",
  departement: "codes de départements",
  rome: "codes ROME",
};

/** Codes by département; ROME codes and codes of départements have nothing more to say than the table of texts. */
function placeBody({ column, kind, lines }: PlaceSummary): string {
  if (kind === "rome" || kind === "departement" || lines.length === 0) return "";
  const hasList = lines.some(({ known }) => known !== null);
  const table = htmlTable(
    `Colonne ${column} : ${kindTitles[kind]} par département`,
    [
      { heading: "Département" },
      { heading: "Codes différents", isNumber: true },
      { heading: "Lignes", isNumber: true },
      ...(hasList
        ? [
            { heading: "Communes actuelles", isNumber: true },
            { heading: "Arrondissements", isNumber: true },
            { heading: "Anciens codes", isNumber: true },
            { heading: "Inconnus", isNumber: true },
          ]
        : []),
    ],
    lines.map(({ departement, codes, rows, known }) => [
      verbatim(departement),
      french(countWord(codes)),
      french(countWord(rows)),
      ...(hasList
        ? [known?.current, known?.districts, known?.former, known?.unknown].map((n) => french(countWord(n ?? null)))
        : []),
    ]),
  );
  return lines.length > 12
    ? `<details><summary>${french(`Colonne ${column} : ${kindTitles[kind]}, ${lines.length} départements`)}</summary>${table}</details>`
    : table;
}

function editionBody({ label, before, after, refusal, difference }: EditionReport): string {
  const title = `<h3>${french(`Avec ${label}`)}</h3>`;
  if (refusal) return `${title}<p>${french(refusal)}</p>`;
  if (!difference) return "";
  return `${title}<p>${french(differenceWords(difference, before, after))}</p>${differenceTable(difference)}${largestTable(difference)}`;
}

function differenceWords(difference: Difference, before: string, after: string): string {
  const { rowsBefore, rowsAfter, rows, columnsAdded, columnsRemoved, addedKeys, removedKeys } = difference;
  const list = (names: readonly string[]): string => (names.length === 0 ? "aucune" : names.join(", "));
  const like = (keys: readonly string[]): string => (keys.length === 0 ? "" : ` (${keys.join(", ")}…)`);
  const followed = rows
    ? ` ${countedWord(rows.common, "ligne")} en commun ; ajoutées : ${countWord(rows.added)}${like(addedKeys)} ; ôtées : ${countWord(rows.removed)}${like(removedKeys)}.`
    : " Sans clé, les lignes ne se suivent pas d'une édition à l'autre.";
  return `De ${before} à ${after} : ${countWord(rowsBefore)} puis ${countedWord(rowsAfter, "ligne")}.${followed} Colonnes ajoutées : ${list(columnsAdded)} ; ôtées : ${list(columnsRemoved)}.`;
}

function differenceTable({ columns }: Difference): string {
  return htmlTable(
    "Changements, colonne par colonne, sur les lignes communes ; absences sur tout le fichier, avant puis après",
    [
      { heading: "Colonne" },
      { heading: "Comparées", isNumber: true },
      { heading: "Changées", isNumber: true },
      { heading: "Changement relatif médian", isNumber: true },
      { heading: "s", isNumber: true },
      { heading: "ns", isNumber: true },
      { heading: "nd", isNumber: true },
    ],
    columns.map(({ name, compared, changed, medianChange, missing }) => [
      `<code>${verbatim(name)}</code>`,
      french(countWord(compared)),
      french(countWord(changed)),
      french(
        medianChange === null
          ? "–"
          : `${medianChange > 0 ? "+" : ""}${valueWord(Number((medianChange * 100).toFixed(1)), "%")} %`,
      ),
      ...missing.map((reason) => french(`${countWord(reason.before)} → ${countWord(reason.after)}`)),
    ]),
  );
}

function largestTable({ columns }: Difference): string {
  const rows = columns.flatMap(({ name, largest }) =>
    largest.map(({ key, before, after }) => [
      `<code>${verbatim(name)}</code>`,
      verbatim(key),
      french(valueWord(before, "-")),
      french(valueWord(after, "-")),
    ]),
  );
  if (rows.length === 0) return "";
  return `<details><summary>${french("Les plus grands changements")}</summary>${htmlTable(
    "Les cinq plus grands changements de chaque colonne",
    [
      { heading: "Colonne" },
      { heading: "Clé" },
      { heading: "Avant", isNumber: true },
      { heading: "Après", isNumber: true },
    ],
    rows,
  )}</details>`;
}
