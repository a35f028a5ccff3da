import type { Contract } from "../../../src/sources/contract.ts";
import type { Case } from "./case.ts";
import { changed, contract, csv, edited, file, type Rest, text } from "./csv-text.ts";
import { partnerContract, signedYaml } from "./table.ts";

/** Cells that are no number of a French file, and where a sum, a stream and a table must agree. */
const numbers: readonly Case[] = [
  ...[
    "NaN",
    "Infinity",
    "-inf",
    "1e400",
    "1_000",
    " 5",
    "5 ",
    "+5",
    "５",
    "٥",
    "0x1A",
    "1 000",
    "1\u00a0000",
    "1\u202f000",
    "1.000,5",
    "5,",
    "5.0",
    "12,5,3",
    "5k",
    "−5",
    "5%",
    "1/2",
    "--5",
    "5e",
    "(5)",
    "12.5",
    "\u00a05",
    "5\t",
    "#N/A",
    "null",
    "VRAI",
    "cinq",
  ].map((cell) =>
    edited(`montant « ${cell} »`, ";12,5;", `;${cell};`, "refused", { words: /nombre.*ligne 2, colonne montant/ }),
  ),
  ...["5,5", "1e2", "5,0", "5.0", "1E2", " 140", "140 ", "+140", "1_4", "99999999999999999999", "1e-1", "140\t"].map(
    (cell) => edited(`nombre « ${cell} »`, ";140", `;${cell}`, "refused", { words: /nombre.*ligne 2, colonne nombre/ }),
  ),
  edited("montant hors des bornes", ";12,5;", ";1000,01;", "refused", {
    words: /bornes.*1000,01.*ligne 2.*entre 0 et 1000/,
  }),
  edited("montant négatif", ";12,5;", ";-0,01;", "refused", { words: /bornes/ }),
  edited("nombre négatif", ";140", ";-1", "refused", { words: /bornes/ }),
  edited("montant écrit autrement", ";12,5;", ";12,50;", "same"),
  edited("montant en exposant", ";12,5;", ";1,25e1;", "same"),
  edited("nombre avec des zéros de tête", ";140", ";00140", "same"),
];

const withType = (type: "date" | "iris" | "siret" | "rome"): Contract => ({
  ...contract,
  columns: contract.columns.map((column) => (column.name === "nom" ? { ...column, type } : column)),
});

const coded: readonly Case[] = [
  edited("un zéro de tête perdu", ";00001;", ";1;", "refused", {
    words: /mal formé.*«\u202f1\u202f».*ligne 2, colonne insee_com.*zéros de tête/,
  }),
  edited("une commune inconnue", ";00001;", ";00077;", "refused", { words: /Commune inconnue.*00077.*ligne 2/ }),
  edited("la Corse en minuscules", ";00001;", ";2a004;", "refused", { words: /mal formé.*2a004/ }),
  edited("une commune en nombre", ";00001;", ";1,0E+00;", "refused", { words: /mal formé/ }),
  edited("l'autre génération de quartiers", "QP000002", "QN00002M", "refused", {
    words: /génération 2024.*QN00002M.*ligne 3/,
  }),
  edited("un code en minuscules", "QP000002", "qp000002", "refused", { words: /mal formé/ }),
  edited("une lettre grecque pour une latine", "QP000002", "QΡ000002", "refused", { words: /mal formé/ }),
  edited("une lettre cyrillique pour une latine", "QP000002", "QР000002", "refused", { words: /mal formé/ }),
  edited("un O pour un zéro", "QP000002", "QPO00002", "refused", { words: /mal formé/ }),
  edited("des chiffres d'une autre écriture", "QP000002", "QP00000٢", "refused", { words: /mal formé/ }),
  edited("des lettres pleine chasse", "QP000002", "ＱＰ000002", "refused", { words: /mal formé/ }),
  edited("un blanc après un code", "QP000002", "QP000002 ", "refused", { words: /mal formé/ }),
  edited("un blanc invisible dans un code", "QP000002", "QP\u200b000002", "refused", { words: /mal formé/ }),
  edited("un code vide", "QP000002", "", "refused", { words: /obligatoire.*ligne 3/ }),
  edited("un code très long", "QP000002", "Q".repeat(100_000), "refused", { words: /mal formé/ }),
  edited("une clé en double", "QP000008", "QP000001", "refused", { words: /double.*QP000001.*ligne 2 et ligne 9/ }),
  csv("toutes les lignes en double", text + text.slice(text.indexOf("\n") + 1), "refused", {
    words: /double.*8 lignes en trop/,
  }),
  ...[
    "2021-13-01",
    "2021-02-30",
    "2021-00-10",
    "01/02/2021",
    "2021-1-5",
    "20210105",
    "44197",
    "2021-01-05T00:00",
    "janvier 2021",
  ].map((cell) =>
    csv(
      `la date « ${cell} »`,
      text.replaceAll(/^(QP\d+;\d+;)("[^"]*"|[^;]*)/gm, "$12021-01-05").replace("2021-01-05", cell),
      "refused",
      { contract: withType("date"), words: /mal formé.*ligne 2, colonne nom.*AAAA-MM-JJ/ },
    ),
  ),
  ...["_352380901", "35238__0901", "35238_0901_", "352380901_", "3523_80901"].map((cell) =>
    csv(
      `l'IRIS « ${cell} »`,
      text.replaceAll(/^(QP\d+;\d+;)("[^"]*"|[^;]*)/gm, "$1352380901").replace("352380901", cell),
      "refused",
      { contract: withType("iris"), words: /mal formé.*ligne 2/ },
    ),
  ),
  ...["12345678901234.0", "1,23457E+13", "1234567890123"].map((cell) =>
    csv(
      `le SIRET « ${cell} »`,
      text.replaceAll(/^(QP\d+;\d+;)("[^"]*"|[^;]*)/gm, "$112345678901234").replace("12345678901234", cell),
      "refused",
      { contract: withType("siret"), words: /mal formé.*ligne 2/ },
    ),
  ),
  edited("un texte retourné de droite à gauche", "Été indien", "Été \u202eneidni", "refused", {
    words: /sens d'écriture.*ligne 2, colonne nom/,
  }),
  edited("un texte isolé de sens", "Été indien", "Été \u2066indien\u2069", "refused", { words: /sens d'écriture/ }),
  edited("une commande de terminal", "Été indien", "\u001b[2JÉté", "refused", { words: /commande/ }),
  edited("une commande de terminal dans un code", "QP000002", "\u001b]0;x\u0007", "refused"),
];

const lent = partnerContract(contract);
const partnerText = text.replace("- hors périmètre -", "hors périmètre");
const partner = (damage: string, content: string, outcome: Case["outcome"] = "refused", rest: Rest = {}): Case => ({
  ...csv(damage, content, outcome, { contract: lent, ...rest }),
  format: "CSV d'un partenaire",
  files: { [file]: content, "essai/table.contrat.yaml": signedYaml(lent) },
});
const lentWith = (damage: string, from: string, to: string, rest: Rest = {}): Case =>
  partner(damage, changed(partnerText, from, to), "refused", rest);

const formula = /formule.*ligne 2, colonne nom.*tableur|formule.*ligne 2, colonne nom/;
const partners: readonly Case[] = [
  partner("intact", partnerText, "same", { instead: ["- hors périmètre -", "hors périmètre"] }),
  ...[
    '=HYPERLINK("http://exemple.fr")',
    "+cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "-2+3",
    "=1+1",
    "\t=1+1",
    " =1+1",
    "＝1+1",
    "-hors périmètre",
    "- hors périmètre",
  ].map((cell) =>
    lentWith(`le texte « ${cell} »`, "Été indien", `"${cell.replaceAll('"', '""')}"`, { words: formula }),
  ),
  lentWith("un retour en tête de texte", "Été indien", '"\r=1+1"', { words: /formule|retour|fins de ligne/ }),
  lentWith("une marque invisible", "Été indien", "Été\u200b indien", { words: /invisible/ }),
  lentWith("une commande C1", "Été indien", "Été\u0085indien", { words: /commande/ }),
  lentWith("un petit effectif en clair", ";140", ";9", {
    words: /petit effectif.*ligne 2, colonne nombre/,
    hidden: ["9"],
  }),
  lentWith("des colonnes décalées", "QP000001;00001;Été indien;12,5;140", "QP000001;9;Été indien;12,5;140", {
    words: /mal formé.*ligne 2, colonne insee_com/,
    hidden: ["9"],
  }),
  lentWith("un nombre illisible", ";140", ";9,5", { hidden: ["9,5", "9"] }),
  lentWith("un nombre hors des bornes", ";140", ";777777", { words: /bornes/, hidden: ["777777"] }),
  lentWith("des accents abîmés à côté d'un effectif", "Été indien;12,5;140", "CafÃ©;12,5;9", {
    words: /accents.*CafÃ©/,
    hidden: ["9"],
  }),
  partner(
    "sans en-tête, un petit effectif en première ligne",
    changed(partnerText, ";140", ";9").slice(partnerText.indexOf("\n") + 1),
    "refused",
    { words: /en-tête/, hidden: ["9", "12,5"] },
  ),
  lentWith("une formule dans un nombre", ";140", ";=9", { hidden: ["9"] }),
];

/** What cells suffer: numbers, codes, dates, labels, those of a partner. */
export const cellCases: readonly Case[] = [...numbers, ...coded, ...partners];
