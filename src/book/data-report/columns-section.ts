import { histogramSvg, presenceSvg } from "./drawings.ts";
import { htmlList, htmlTable } from "./html.ts";
import type { ShownColumn } from "./shown-column.ts";
import type { SourceReport } from "./source-report.ts";
import { countedWord, countWord, french, shareWord, typeWord, valueWord, verbatim } from "./words.ts";

const columnCell = ({ name, fileName, label }: ShownColumn): string =>
  `<code>${verbatim(name)}</code>${fileName === name ? "" : ` <span class="from">${french("dans le fichier :")} <code>${verbatim(fileName)}</code></span>`}<span class="label">${french(label)}</span>`;

/** The table of all the columns: what they are and what is absent. */
export function columnsBody({ columns, rows }: SourceReport): string {
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
    `${french(`${typeWord(column.type)}${column.unit ? ` (${column.unit})` : ""}`)}${column.type === "number" || column.type === "integer" ? `<span class="label">${column.summable ? "sommable" : "non sommable"}</span>` : ""}`,
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

/** Quantiles and histograms of the columns of numbers. */
export function numbersBody({ columns, published, threshold }: SourceReport): string {
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

/** Up to this many different texts, the share of each is worth printing. */
const FEW_TEXTS = 50;

/** Forms and most frequent values of the other columns. */
export function textsBody({ columns, rows, threshold }: SourceReport): string {
  const textual = columns.filter(({ texts }) => texts !== null);
  if (textual.length === 0) return "";
  const total = typeof rows === "number" ? rows : 0;
  const counted = (count: number | string, hasShare: boolean): string =>
    french(
      hasShare && typeof count === "number" && total > 0 && threshold <= 1
        ? `${countWord(count)} (${shareWord(count / total)})`
        : countWord(count),
    );
  const lines = (
    list: readonly { readonly text: string; readonly rows: number | string }[],
    hasShare: boolean,
  ): string =>
    htmlList(
      list.map(
        ({ text, rows: count }) =>
          `<span class="value">${verbatim(text) || french("(vide)")}</span> ${counted(count, hasShare)}`,
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
    const hasShare = typeof distinct === "number" && distinct <= FEW_TEXTS;
    const isUnique = typeof distinct === "number" && distinct === column.present && distinct > 1;
    const most = isUnique
      ? french("toutes différentes")
      : `${lines(texts?.frequent ?? [], hasShare)}${texts && texts.others !== 0 ? `<span class="others">${french("autres :")} ${counted(texts.others, hasShare)}</span>` : ""}`;
    return [
      `<code>${verbatim(name)}</code><span class="label">${french(label)}</span>`,
      french(countWord(distinct)),
      `${french(length)}${lines(texts?.forms ?? [], true)}`,
      most,
    ];
  }),
)}`;
}
