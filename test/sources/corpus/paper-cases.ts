import { readLock } from "../../../src/sources/fetch/lock.ts";
import type { Case } from "./case.ts";
import { type CsvStyle, csvBytes, csvContract, csvStyles, csvText, partnerContract, signedYaml } from "./table.ts";

const style = csvStyles["CSV ;"] as CsvStyle;
const lent = partnerContract(csvContract(style));
const text = csvBytes(csvText(style).replace("- hors périmètre -", "hors périmètre"), style);
const file = "essai/table.contrat.yaml";
const yaml = signedYaml(lent);

const paper = (
  damage: string,
  content: string | Uint8Array,
  words?: RegExp,
  outcome: Case["outcome"] = "refused",
): Case => ({
  format: "Contrat",
  damage,
  contract: lent,
  file,
  files: { "essai/table.csv": text, [file]: content },
  outcome,
  ...(words ? { words } : {}),
});
const edited = (damage: string, from: string | RegExp, to: string, words?: RegExp): Case => {
  const changed = yaml.replace(from, () => to);
  if (changed === yaml) throw new Error(`rien à changer : ${from}`);
  return paper(damage, changed, words);
};

const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${[..."bcdefghi"].map((name, i) => `${name}: &${name} [${Array(9).fill(`*${"abcdefghi"[i]}`).join(",")}]`).join("\n")}\n`;

const papers: readonly Case[] = [
  paper("sans fin de dernière ligne", yaml.trimEnd(), /milieu d'une ligne/),
  paper("vide", ""),
  paper("un retour à la ligne", "\n"),
  paper("une page web", "<!DOCTYPE html><html><body>404</body></html>\n"),
  paper("un PDF", Buffer.from("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "latin1"), /UTF-8/),
  paper("du JSON d'autre chose", '{"erreur": 404}\n'),
  paper("une liste", "- a\n- b\n"),
  paper("un texte", "Bonjour, voici le contrat.\n"),
  paper("un nombre", "12\n"),
  paper("en Latin-1", Buffer.from(yaml, "latin1"), /UTF-8/),
  paper("en UTF-16", Buffer.from(`\uFEFF${yaml}`, "utf16le"), /UTF-8|nul/),
  paper("un octet nul", `${yaml}\0\n`, /nul/),
  paper("du hasard", Buffer.from(Uint8Array.from({ length: 512 }, (_, i) => (i * 7919) & 255))),
  ...[0.1, 0.3, 0.5, 0.7, 0.9].map((part) => paper(`coupé à ${part}`, yaml.slice(0, Math.floor(yaml.length * part)))),
  paper("écrit deux fois", yaml + yaml, /deux fois|documents/),
  paper("deux documents", `${yaml}---\n${yaml}`, /documents/),
  paper("une bombe d'ancres", bomb, /ancre/),
  paper("une bombe d'ancres dans un contrat", `${yaml}${bomb}`, /ancre/),
  paper("une fusion", `${yaml}x: &x {a: 1}\ny:\n  <<: *x\n`, /ancre/),
  paper("une étiquette", `${yaml}x: !!js/function "return 1"\n`, /étiquette/),
  paper("des tabulations", yaml.replace(/^ {2}/m, "\t"), /tabulation|retrait|lisible/i),
  paper("un retrait faux", yaml.replace(/^ {4}/m, "   ")),
  edited(
    "une clé en double",
    /^(\w+): .*$/m,
    "$&\n$&".replaceAll("$&", yaml.match(/^(\w+): .*$/m)?.[0] ?? ""),
    /deux fois/,
  ),
  paper("cent mille crochets", `${"[".repeat(100_000)}\n`, /crochets/),
  paper(
    "cent mille retraits",
    Array.from({ length: 2000 }, (_, i) => `${" ".repeat(i)}a:`).join("\n"),
    /profond|niveaux|octets/,
  ),
  paper("deux mégaoctets", `${yaml}# ${"x".repeat(2e6)}\n`, /octets/),
  paper("une clé __proto__", `${yaml}__proto__: {a: 1}\n`),
  edited("un autre identifiant", "id: corpus", "id: autre-chose"),
  edited("une date impossible", "2099-12-31", "2099-13-45"),
  edited("une durée en mots", "2099-12-31", "bientôt"),
  { ...edited("une durée passée", "2099-12-31", "2020-01-01", /conservation/i), unnamed: true },
  edited("un seuil plus bas", /seuil: 11/, "seuil: 3"),
  edited("un seuil en texte", /seuil: 11/, "seuil: onze"),
  edited("un seuil négatif", /seuil: 11/, "seuil: -11"),
];

const lockFile = "quartiers.lock.json";
const entry = {
  source: "corpus",
  publisher: "P",
  licence: "L",
  vintage: "2021",
  url: "https://exemple.fr/a.csv",
  finalUrl: "https://exemple.fr/a.csv",
  date: "2026-01-01T00:00:00.000Z",
  bytes: 3,
  sha256: "a".repeat(64),
};
const lock = (damage: string, content: string | Uint8Array, outcome: Case["outcome"] = "refused"): Case => ({
  format: "Verrou",
  damage,
  contract: lent,
  file: lockFile,
  files: { [lockFile]: content },
  outcome,
  read: async (_, folder) => [...(await readLock(folder))],
  ...(outcome === "refused" ? { words: /verrou/ } : {}),
});
const locked = (damage: string, change: Readonly<Record<string, unknown>>, name = "a.csv"): Case =>
  lock(damage, JSON.stringify({ version: 1, files: { [name]: { ...entry, ...change } } }));

const locks: readonly Case[] = [
  lock("vide", ""),
  lock("une page web", "<!DOCTYPE html><html></html>"),
  lock("coupé", JSON.stringify({ version: 1, files: { a: entry } }).slice(0, 60)),
  lock("une liste", "[]"),
  lock("null", "null"),
  lock("une autre version", JSON.stringify({ version: 2, files: {} })),
  lock("sans version", JSON.stringify({ files: {} })),
  lock("une version démesurée", JSON.stringify({ version: "x".repeat(1e6), files: {} })),
  lock("sans fichiers", JSON.stringify({ version: 1 })),
  lock("des fichiers en liste", JSON.stringify({ version: 1, files: [] })),
  lock("une entrée qui n'en est pas une", JSON.stringify({ version: 1, files: { a: 12 } })),
  lock("une entrée nulle", JSON.stringify({ version: 1, files: { a: null } })),
  lock("en UTF-16", Buffer.from(`\uFEFF${JSON.stringify({ version: 1, files: {} })}`, "utf16le")),
  lock("cent mille crochets", "[".repeat(100_000)),
  lock("un fichier nommé __proto__", `{"version":1,"files":{"__proto__":${JSON.stringify({ ...entry, sha256: 12 })}}}`),
  locked("un chemin qui remonte", {}, "../a.csv"),
  locked("un chemin absolu", {}, "/etc/a.csv"),
  locked("un disque", {}, "C:\\a.csv"),
  locked("un nom de fichier piégé pour un terminal", { sha256: 1 }, "\u001b[2Ja.csv"),
  locked("une empreinte courte", { sha256: "abc" }),
  locked("une empreinte absente", { sha256: undefined }),
  locked("une empreinte en objet", { sha256: {} }),
  locked("une taille en texte", { bytes: "3" }),
  locked("une taille négative", { bytes: -1 }),
  locked("une taille à virgule", { bytes: 1.5 }),
  locked("une adresse absente", { url: undefined }),
  locked("une adresse en liste", { url: ["a"] }),
  locked("une étiquette en nombre", { etag: 1 }),
];

/** What contracts and the lock of downloads suffer. */
export const paperCases: readonly Case[] = [...papers, ...locks];
