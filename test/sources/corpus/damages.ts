import { gzipSync } from "node:zlib";
import { seededRandom } from "../../../src/codes/random.ts";
import { writeZip } from "../../support/formats.ts";
import type { Case } from "./case.ts";
import type { SoundFile } from "./sound.ts";

/** One kind of damage, that any file can suffer. */
export interface Damage {
  readonly name: string;
  readonly apply: (bytes: Buffer) => Buffer;
  readonly outcome: Case["outcome"];
}

const other = (name: string, bytes: string | Uint8Array): Damage => ({
  name,
  apply: () => Buffer.from(bytes as Uint8Array),
  outcome: "refused",
});

/** What stands under a file's name in place of the file: what servers, mail and hands put there. */
const impostors: readonly Damage[] = [
  other("vide", ""),
  other("un retour à la ligne", "\n"),
  other("des blancs", " \r\n\t\n  \n"),
  other(
    "une page web",
    "<!DOCTYPE html>\n<html lang=fr><head><title>403</title></head><body>Accès refusé</body></html>\n",
  ),
  other("une page web sans doctype", "\uFEFF\n <HTML><body>Connexion</body></HTML>\n"),
  other("un document XML", '<?xml version="1.0"?>\n<Error><Code>AccessDenied</Code></Error>\n'),
  other("une erreur JSON", '{"error":{"code":429,"message":"Too Many Requests"}}\n'),
  other("un texte", "Le fichier sera disponible lundi.\nMerci de votre patience.\n"),
  other(
    "un PDF",
    Buffer.from("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj <</Type/Catalog>> endobj\nxref\n0 1\n%%EOF\n", "latin1"),
  ),
  other("une image PNG", Buffer.from("89504e470d0a1a0a0000000d4948445200000001000000010806000000", "hex")),
  other(
    "un exécutable",
    Buffer.concat([Buffer.from("MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0", "latin1"), Buffer.alloc(256)]),
  ),
  other("une archive d'autre chose", writeZip([{ name: "lisez-moi.txt", content: "rien ici\n" }])),
  other("un gzip d'autre chose", gzipSync("rien ici\n")),
  other("un classeur ancien", Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(504)])),
  other("une base SQLite", Buffer.concat([Buffer.from("SQLite format 3\0"), Buffer.alloc(4080)])),
  other("des zéros", Buffer.alloc(4096)),
  other("du hasard", noise(4096, 9)),
];

function noise(length: number, seed: number): Buffer {
  const random = seededRandom(seed);
  return Buffer.from(Uint8Array.from({ length }, () => Math.floor(random() * 256)));
}

const cut = (name: string, length: (total: number) => number): Damage => ({
  name: `coupé ${name}`,
  apply: (bytes) => bytes.subarray(0, length(bytes.length)),
  outcome: "either",
});

/** A transfer that stopped: at the first bytes, at places drawn by a seed, at the last byte. */
const cuts: readonly Damage[] = [
  cut("au premier octet", () => 1),
  cut("au quart", (total) => total >> 2),
  cut("à la moitié", (total) => total >> 1),
  cut("à dix octets de la fin", (total) => total - 10),
  cut("au dernier octet", (total) => total - 1),
  ...[1, 2, 3].map((seed) => cut(`au hasard (${seed})`, (total) => 1 + Math.floor(seededRandom(seed)() * (total - 2)))),
];

const inserted = (name: string, piece: Uint8Array): Damage => ({
  name,
  apply: (bytes) => Buffer.concat([bytes.subarray(0, bytes.length >> 1), piece, bytes.subarray(bytes.length >> 1)]),
  outcome: "refused",
});

const twice: Damage = {
  name: "écrit deux fois bout à bout",
  apply: (bytes) => Buffer.concat([bytes, bytes]),
  outcome: "either",
};

/** Damages of encodings, for files of text. */
const recoded: readonly Damage[] = [
  inserted("un octet nul au milieu", Buffer.of(0)),
  inserted("du hasard au milieu", noise(64, 3)),
  {
    name: "en UTF-16 petit-boutien",
    apply: (bytes) => Buffer.from(`\uFEFF${bytes.toString("utf8")}`, "utf16le"),
    outcome: "refused",
  },
  {
    name: "en UTF-16 sans marque",
    apply: (bytes) => Buffer.from(bytes.toString("utf8"), "utf16le"),
    outcome: "refused",
  },
  {
    name: "en UTF-16 gros-boutien",
    apply: (bytes) => Buffer.from(`\uFEFF${bytes.toString("utf8")}`, "utf16le").swap16(),
    outcome: "refused",
  },
];

/** Bytes changed on the way: in a code for a file without checksums, anywhere in an archive. */
function flips({ coded, bytes }: SoundFile): readonly Damage[] {
  const [from, to] = coded === null ? [0, bytes.length] : [bytes.indexOf(coded), bytes.indexOf(coded) + coded.length];
  return [11, 12, 13, 14].map((seed) => ({
    name: `un octet changé (${seed})`,
    outcome: "either",
    apply: (whole) => {
      const random = seededRandom(seed);
      const copy = Buffer.from(whole);
      const at = from + Math.floor(random() * (to - from));
      copy[at] = (copy[at] as number) ^ 0x80;
      return copy;
    },
  }));
}

/** Every kind of damage on every format. */
export function damagedFiles(sound: readonly SoundFile[]): Case[] {
  return sound.flatMap((one) => {
    const others = sound.filter(
      ({ contract, file }) => contract.format !== one.contract.format && !file.endsWith(".dbf"),
    );
    const swapped = others
      .filter(({ contract }, i) => others.findIndex((next) => next.contract.format === contract.format) === i)
      .map(({ format, bytes }) => other(`un fichier ${format} sous ce nom`, bytes));
    const damages = [...impostors, ...cuts, twice, ...(one.isText ? recoded : []), ...flips(one), ...swapped];
    return damages.map(({ name, apply, outcome }) => ({
      format: one.format,
      damage: name,
      contract: one.contract,
      file: one.file,
      files: { ...one.beside, [one.file]: apply(one.bytes) },
      outcome,
    }));
  });
}
