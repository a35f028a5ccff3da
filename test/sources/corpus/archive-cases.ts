import { gzipSync } from "node:zlib";
import { writeSevenZip, writeZip, type ZipInput } from "../../support/formats.ts";
import type { Case } from "./case.ts";
import { type CsvStyle, csvBytes, csvContract, csvStyles, csvText } from "./table.ts";

const style = csvStyles["CSV ;"] as CsvStyle;
const table = csvBytes(csvText(style), style);

const archive = (extension: string, member?: string) => {
  const file = `essai/table.${extension}`;
  const contract = { ...csvContract(style, file), ...(member === undefined ? {} : { member }) };
  return (damage: string, bytes: Uint8Array, outcome: Case["outcome"], words?: RegExp): Case => ({
    format: `CSV en ${extension}`,
    damage,
    contract,
    file,
    files: { [file]: bytes },
    outcome,
    ...(words ? { words } : {}),
  });
};

const zip = archive("zip", "table.csv");
const zipped = (damage: string, members: readonly ZipInput[], words: RegExp): Case =>
  zip(damage, writeZip(members), "refused", words);
const good: ZipInput = { name: "table.csv", content: table };
const zeros = Buffer.alloc(64e6);

/** A ZIP file whose only member is the file itself, as a quine would be: the reader must not open an archive in an archive. */
const doll = (depth: number): Buffer =>
  depth === 0 ? writeZip([good]) : writeZip([{ name: "table.csv", content: doll(depth - 1) }]);

/** As 42.zip: archives of archives, each of which would grow. */
const fortyTwo = (): Buffer => {
  const inner = writeZip([{ name: "0.csv", content: zeros }]);
  return writeZip(Array.from({ length: 16 }, (_, i) => ({ name: `lib ${i}.zip`, content: inner })));
};

/** Bytes before the archive, as a program that extracts itself has. */
const prefixed = Buffer.concat([Buffer.from("MZ prologue"), writeZip([good])]);

const zips: readonly Case[] = [
  zipped("une somme de contrôle fausse", [{ ...good, crc: 1 }], /somme de contrôle/),
  zipped("une taille trop petite", [{ ...good, bytes: 12 }], /taille/),
  zipped("une taille trop grande", [{ ...good, bytes: 1e5 }], /taille/),
  zipped("chiffrée", [{ ...good, encrypted: true }], /mot de passe/),
  zipped("une méthode inconnue", [{ ...good, method: 98 }], /méthode/),
  zipped("un chemin qui remonte", [{ ...good, name: "../../table.csv" }], /sort de son dossier/),
  zipped("un chemin qui remonte, à la façon de Windows", [{ ...good, name: "..\\table.csv" }], /sort de son dossier/),
  zipped("un autre membre qui remonte", [good, { name: "../autre.txt", content: "x" }], /sort de son dossier/),
  zipped("un chemin absolu", [{ ...good, name: "/etc/table.csv" }], /absolu/),
  zipped("un disque", [{ ...good, name: "C:/table.csv" }], /disque/),
  zipped("un lien", [{ ...good, content: "/etc/passwd", symlink: true }], /lien/),
  zipped("le même membre deux fois", [good, good], /même chemin/),
  zipped("deux membres sur les mêmes octets", [good, { ...good, name: "copie.csv", sameAs: 0 }], /recouvrent/),
  zipped(
    "plusieurs candidats",
    [
      { ...good, name: "2019/table.csv" },
      { ...good, name: "2020/table.csv" },
    ],
    /2 membres.*2019\/table\.csv, 2020\/table\.csv/,
  ),
  zipped("aucun candidat", [{ ...good, name: "autre.csv" }], /aucun membre.*autre\.csv/),
  zipped("un dossier sous le nom du membre", [{ name: "table.csv/", content: "" }], /aucun membre/),
  zipped("un nom de membre piégé pour un terminal", [{ ...good, name: "\u001b[2Jtable.csv" }], /illisible/),
  zipped(
    "un nom de membre retourné",
    [
      { ...good, name: "\u202evsc.table.csv" },
      { ...good, name: "b.csv" },
    ],
    /aucun membre|illisible/,
  ),
  zipped("un membre vide", [{ ...good, content: "" }], /vide/),
  zipped("une page web pour membre", [{ ...good, content: "<!DOCTYPE html><html></html>\n" }], /page web/),
  zipped(
    "un classeur pour membre",
    [{ ...good, content: writeZip([{ name: "xl/workbook.xml", content: "<x/>" }]) }],
    /lui-même une archive/,
  ),
  zipped("une bombe", [{ ...good, content: zeros }], /bombe/),
  zipped("une bombe qui ment sur sa taille", [{ ...good, content: zeros, bytes: 100 }], /taille|bombe/),
  zipped("une taille annoncée de quatre gigaoctets", [{ ...good, bytes: 4e9 }], /proportion|bombe/),
  zip("sans membre", writeZip([]), "refused", /aucun membre/),
  zip("une archive dans une archive", doll(1), "refused", /lui-même une archive/),
  zip("dix archives l'une dans l'autre", doll(10), "refused", /lui-même une archive/),
  zip("des archives d'archives qui grossissent", fortyTwo(), "refused", /aucun membre/),
  zip("un prologue de programme", prefixed, "either"),
  zip("des octets après la fin", Buffer.concat([writeZip([good]), Buffer.alloc(100, "x")]), "either"),
  zip(
    "deux archives bout à bout",
    Buffer.concat([writeZip([{ name: "a", content: "a" }]), writeZip([good])]),
    "either",
  ),
  zip("en ZIP64", writeZip([good], { zip64: true }), "same"),
  zip("un gzip sous ce nom", gzipSync(table), "either"),
  zip("un 7z sous ce nom", writeSevenZip([{ name: "table.csv", content: table }]), "same"),
];

const seven = archive("7z", "table.csv");
const whole = writeSevenZip([{ name: "table.csv", content: table }]);
const sevens: readonly Case[] = [
  seven("tronquée", whole.subarray(0, whole.length - 40), "refused", /tronquée/),
  seven(
    "une somme de contrôle fausse",
    writeSevenZip([{ name: "table.csv", content: table, crc: 1 }]),
    "refused",
    /somme de contrôle|abîmée/,
  ),
  seven("une taille trop grande", writeSevenZip([{ name: "table.csv", content: table, bytes: 1e9 }]), "refused"),
  seven(
    "un chemin qui remonte",
    writeSevenZip([{ name: "../table.csv", content: table }]),
    "refused",
    /sort de son dossier/,
  ),
  seven("un chemin absolu", writeSevenZip([{ name: "/table.csv", content: table }]), "refused", /absolu/),
  seven("un lien", writeSevenZip([{ name: "table.csv", content: "/etc/passwd", symlink: true }]), "refused", /lien/),
  seven(
    "le même membre deux fois",
    writeSevenZip([1, 2].map(() => ({ name: "table.csv", content: table }))),
    "refused",
    /même chemin/,
  ),
  seven("aucun candidat", writeSevenZip([{ name: "autre.csv", content: table }]), "refused", /aucun membre/),
  seven(
    "une archive dans une archive",
    writeSevenZip([{ name: "table.csv", content: whole }]),
    "refused",
    /lui-même une archive/,
  ),
  seven(
    "une méthode inconnue",
    writeSevenZip([{ name: "table.csv", content: table }], { method: [0x7f, 0x7f] }),
    "refused",
  ),
  seven(
    "chiffrée",
    writeSevenZip([{ name: "table.csv", content: table }], { method: [0x06, 0xf1, 0x07, 0x01] }),
    "refused",
    /mot de passe/,
  ),
];

const gz = archive("csv.gz");
const packed = gzipSync(table);
const gzips: readonly Case[] = [
  gz("des octets après la fin", Buffer.concat([packed, Buffer.from("rebut")]), "refused", /abîmée/),
  gz("des zéros après la fin", Buffer.concat([packed, Buffer.alloc(512)]), "same"),
  gz("un second membre coupé", Buffer.concat([packed, packed.subarray(0, 30)]), "refused"),
  gz("un second membre entier", Buffer.concat([packed, packed]), "refused"),
  gz(
    "une somme de contrôle fausse",
    Buffer.concat([packed.subarray(0, -8), Buffer.alloc(4), packed.subarray(-4)]),
    "refused",
    /somme de contrôle/,
  ),
  gz("une longueur fausse", Buffer.concat([packed.subarray(0, -4), Buffer.alloc(4)]), "refused", /taille/),
  gz("une bombe", gzipSync(zeros), "refused", /bombe/),
  gz("un gzip dans un gzip", gzipSync(packed), "refused", /lui-même une archive/),
  gz(
    "une ligne de 12 Mo, qui tient en peu d'octets",
    gzipSync(Buffer.concat([table, Buffer.alloc(12e6, "x"), Buffer.from("\n")])),
    "refused",
    /n'en finit pas/,
  ),
  gz(
    "une archive tar",
    gzipSync(Buffer.concat([Buffer.from("table.csv"), Buffer.alloc(503), table, Buffer.alloc(1024)])),
    "refused",
  ),
];

/** What only an archive suffers. */
export const archiveCases: readonly Case[] = [...zips, ...sevens, ...gzips];
