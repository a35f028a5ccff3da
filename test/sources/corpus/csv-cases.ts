import { truncateSync, writeFileSync } from "node:fs";
import type { Case } from "./case.ts";
import { changed, csv, edited, text } from "./csv-text.ts";
import { type CsvStyle, csvBytes, csvContract, csvStyles } from "./table.ts";

/** Columns of the text in another order; numbers from 0. */
const reordered = (order: readonly number[]): string =>
  text.replace(/^.+$/gm, (line) => {
    const fields = splitFields(line);
    return order.map((i) => fields[i]).join(";");
  });

function splitFields(line: string): string[] {
  const fields = [""];
  let isQuoted = false;
  for (const character of line) {
    if (character === '"') isQuoted = !isQuoted;
    if (character === ";" && !isQuoted) fields.push("");
    else fields[fields.length - 1] += character;
  }
  return fields;
}

const headers: readonly Case[] = [
  edited("un en-tête renommé", "montant", "montant_2022", "refused", {
    words: /absentes.*montant.*nouvelles.*montant_2022/,
  }),
  edited("un en-tête en capitales", "code_qp", "CODE_QP", "refused", { words: /nouvelles : CODE_QP/ }),
  edited("un blanc dans l'en-tête", ";nom;", "; nom;"),
  edited("un en-tête en double", ";nombre\n", ";montant\n", "refused", { words: /en double : montant/ }),
  edited("une colonne répétée de trop", ";nombre\n", ";nombre;nombre\n"),
  csv("une colonne en double", text.replaceAll(/^([^\n]*;)([^;\n]*)$/gm, "$1$2;$2"), "refused", {
    words: /en double : nombre/,
  }),
  csv("une colonne en moins", text.replaceAll(/;[^;\n]*$/gm, ""), "refused", { words: /absentes : nombre/ }),
  csv("une colonne de plus", text.replaceAll(/$/gm, ";x").replace(/;x$/, ""), "refused", { words: /nouvelles : x/ }),
  csv("des colonnes dans un autre ordre", reordered([4, 2, 0, 3, 1]), "same"),
  csv("sans en-tête", text.slice(text.indexOf("\n") + 1), "refused", { words: /en-tête/ }),
  csv("deux lignes d'en-tête", changed(text, "\n", "\nQuartier;Commune;Nom;k€;Habitants\n")),
  csv("un titre avant l'en-tête", `Quartiers 2021\n\n${text}`),
  csv("l'en-tête seul", text.slice(0, text.indexOf("\n") + 1), "refused", { words: /aucune ligne de données/ }),
  csv("l'en-tête et des lignes vides", `${text.slice(0, text.indexOf("\n") + 1)}\n\n\n`, "refused", {
    words: /aucune ligne de données/,
  }),
  csv("des lignes vides avant, dedans et après", `\n\n${changed(text, "QP000004", "\n\nQP000004")}\n\n`, "same"),
  edited("une formule pour nom de colonne", ";nom;", ";=nom;"),
  edited("un nom de colonne piégé", ";nom;", ";__proto__;"),
  edited("un guillemet ouvert dans l'en-tête", ";nom;", ';"nom;'),
  csv("une marque d'octets", `\uFEFF${text}`, "same"),
  csv("deux marques d'octets", `\uFEFF\uFEFF${text}`),
  csv("deux fichiers collés, la marque du second au milieu", `${text}\uFEFF${text}`),
  csv("une consigne sep= de tableur", `sep=;\n${text}`),
];

const lines: readonly Case[] = [
  edited("trop peu de champs", ";140", "", "refused", { words: /trop peu de champs.*ligne 2/ }),
  edited("trop de champs", ";140", ";140;x", "refused", { words: /trop de champs.*ligne 2/ }),
  edited("un guillemet jamais refermé", "Été indien", '"Été indien', "refused", { words: /ligne 2/ }),
  edited("un guillemet au milieu d'un texte", "Été indien", 'Été "indien', "same", {
    instead: ["Été indien", 'Été \\"indien'],
  }),
  edited("du texte après un guillemet fermant", "Été indien", '"Été" indien', "refused", {
    words: /guillemet fermant.*ligne 2/,
  }),
  edited("un blanc avant un guillemet", '"Un; deux', ' "Un; deux', "same"),
  edited("un guillemet simple pour guillemet", '"Un; deux, « trois »"', "'Un; deux, « trois »'", "refused", {
    words: /trop de champs.*ligne 3/,
  }),
  edited("un guillemet échappé par une barre", "Été indien", '"Été \\"indien"'),
  csv("des fins de ligne de Windows", text.replaceAll("\n", "\r\n"), "same"),
  csv("des fins de ligne mêlées", text.replace("\n", "\r\n").replace(/\n(QP000005)/, "\r\n$1"), "either"),
  csv("des fins de ligne de vieux Mac", text.replaceAll("\n", "\r")),
  csv("des fins de ligne doublées", text.replaceAll("\n", "\r\r\n")),
  edited("un retour seul au milieu d'une ligne", "QP000003;", "QP000003\r;"),
  csv("sans fin de dernière ligne", text.trimEnd(), "refused", { words: /milieu d'une ligne.*ligne 9/ }),
  csv("la fin de fichier de DOS", `${text}\x1a`),
  csv("une ligne de total", `${text}Total;;;263,5;2511\n`, "refused", { words: /mal formé.*Total.*ligne 10/ }),
  csv("une note sous la table", `${text}Source : producteur fictif\n`, "refused", {
    words: /trop peu de champs.*ligne 10/,
  }),
  csv("une ligne de 3 Mo", changed(text, "Été indien", "x".repeat(3 << 20)), "refused", {
    words: /n'en finit pas.*ligne 2/,
  }),
  csv("une ligne de 3 Mo entre guillemets", changed(text, "Été indien", `"${"x\n".repeat(3 << 19)}"`), "refused", {
    words: /ligne 2/,
  }),
  csv("une ligne de 5 Mo de séparateurs", changed(text, "Été indien", ";".repeat(5 << 20)), "refused", {
    words: /ligne 2/,
  }),
  csv("un en-tête de 3 Mo", `${"x;".repeat(3 << 19)}\n${text}`),
];

const separators: readonly Case[] = [
  csv("la virgule pour séparateur", text.replaceAll(",", ".").replaceAll(";", ","), "refused", {
    words: /séparées par « ; »/,
  }),
  csv("la tabulation pour séparateur", text.replaceAll(";", "\t"), "refused", { words: /séparées par « ; »/ }),
  csv("la barre pour séparateur", text.replaceAll(";", "|"), "refused"),
  edited("le point pour virgule", "12,5", "12.5", "refused", {
    words: /pas un nombre.*12\.5.*ligne 2, colonne montant.*virgule/,
  }),
];

const encodings: readonly Case[] = [
  csv("en Latin-1", csvBytes(text, { encoding: "latin1" }), "refused", { words: /Latin-1.*ligne 2/ }),
  csv("de l'UTF-8 lu comme du Latin-1", Buffer.from(text).toString("latin1"), "refused", {
    words: /accents.*abîmés.*ligne 2/,
  }),
  csv("une ligne en Latin-1", csvBytes(text, { encoding: "mixed" }), "refused", { words: /UTF-8.*ligne/ }),
  csv("coupé dans un caractère", Buffer.from(text).subarray(0, Buffer.from(text).indexOf("É") + 1)),
  csv("annoncé Latin-1, en UTF-8", text, "refused", {
    contract: csvContract(csvStyles["CSV Latin-1"] as CsvStyle),
    words: /UTF-8.*Latin-1.*ligne 2/,
  }),
  csv("annoncé Latin-1, avec une marque d'octets", `\uFEFF${text}`, "refused", {
    contract: csvContract(csvStyles["CSV Latin-1"] as CsvStyle),
  }),
  csv(
    "en UTF-32",
    Buffer.concat([
      Buffer.from("fffe0000", "hex"),
      ...[...text].map((c) => Buffer.from(Uint32Array.of(c.codePointAt(0) ?? 0).buffer)),
    ]),
  ),
  csv(
    "des octets trop longs (C0 80)",
    Buffer.concat([Buffer.from(text.slice(0, 60)), Buffer.of(0xc0, 0x80), Buffer.from(text.slice(60))]),
  ),
  csv(
    "une moitié de paire (CESU-8)",
    Buffer.concat([Buffer.from(text.slice(0, 60)), Buffer.from("eda0bdedb88a", "hex"), Buffer.from(text.slice(60))]),
  ),
];

/** Files of one gigabyte: sparse, so that they cost nothing to write. */
const huge: readonly Case[] = [
  {
    ...csv("une ligne d'un gigaoctet", text),
    make: (path) => truncateSync(path, 1e9),
    words: /n'en finit pas.*ligne 10/,
  },
  {
    ...csv("un gigaoctet de zéros", ""),
    make: (path) => truncateSync(path, 1e9),
  },
  {
    ...csv("une ligne de 100 Mo de lettres", text),
    make: (path) =>
      writeFileSync(
        path,
        Buffer.concat([Buffer.from(`${text}QP000009;00001;`), Buffer.alloc(100e6, "x"), Buffer.from(";1;1\n")]),
      ),
    words: /n'en finit pas.*ligne 10/,
  },
];

/** What only a CSV file suffers. */
export const csvCases: readonly Case[] = [
  ...headers,
  ...lines,
  ...separators,
  ...encodings,

  ...huge,
];
