import { QuartiersError } from "../../codes/errors.ts";
import { printable } from "../printable.ts";

/** The table of a shapefile: texts by column; null for what is blank. */
export interface Dbf {
  readonly names: readonly string[];
  readonly columns: readonly (readonly (string | null)[])[];
  readonly count: number;
  /** Whether a record is marked as deleted; its shape is deleted with it. */
  readonly isDeleted: (record: number) => boolean;
}

interface Field {
  readonly name: string;
  readonly type: string;
  readonly start: number;
  readonly length: number;
}

/** What a .cpg file says, and the decoder's name of it. Latin-1 is read as Windows-1252, which writes the same letters and more. */
const encodings: readonly (readonly [RegExp, string])[] = [
  [/^(utf-?8|65001)$/i, "utf-8"],
  [/^((iso[ _-]?)?8859-?1|latin-?1|l1)$/i, "windows-1252"],
  [/^((ansi|cp|windows|win)?[ _-]?1252)$/i, "windows-1252"],
  [/^((iso[ _-]?)?8859-?15|latin-?9)$/i, "iso-8859-15"],
];

/** The decoder that a .cpg file asks for; Latin-1 when there is none. */
export function encodingOf(cpg: string | null, file: string): string {
  if (cpg === null) return "windows-1252";
  const text = cpg.replace(/^\uFEFF/, "").trim();
  const found = encodings.find(([pattern]) => pattern.test(text))?.[1];
  if (found !== undefined) return found;
  throw new QuartiersError({
    what: "L'encodage annoncé n'est pas connu",
    value: printable(text, 40),
    where: file,
    expected: "UTF-8, ISO-8859-1, ISO-8859-15 ou 1252",
    remedy: "corriger le fichier .cpg, ou demander les données en UTF-8",
  });
}

const damaged = (what: string, where: string, parts: { value?: string; expected?: string } = {}): QuartiersError =>
  new QuartiersError({
    what,
    where,
    expected: "une table .dbf entière, du même envoi que les autres",
    ...parts,
    remedy: "reprendre les fichiers du producteur, tous ensemble",
  });

/**
 * Reads a dBASE table (.dbf): numbers as they are written, dates AAAA-MM-JJ, booleans "true" and "false", blanks null.
 * @param encoding name of a decoder
 * @throws QuartiersError when the table is truncated or holds what its fields do not promise
 */
export function readDbf(bytes: Buffer, encoding: string, file: string): Dbf {
  if (bytes.length < 33) throw damaged("La table .dbf est tronquée", file);
  const count = bytes.readUInt32LE(4);
  const [headerLength, recordLength] = [bytes.readUInt16LE(8), bytes.readUInt16LE(10)];
  const fields = readFields(bytes, headerLength, recordLength, file);
  const size = headerLength + count * recordLength;
  if (bytes.length < size)
    throw damaged("La table .dbf est tronquée", file, {
      value: `${bytes.length} octets`,
      expected: `au moins ${size} octets, pour ${count} enregistrements`,
    });
  if (bytes.subarray(size).some((byte) => byte !== 0x1a && byte !== 0 && byte !== 0x20))
    throw damaged("La table .dbf porte plus d'enregistrements qu'elle n'annonce", file, {
      value: `${bytes.length} octets`,
      expected: `${size} octets, pour ${count} enregistrements`,
    });
  const decoder = new TextDecoder(encoding, { fatal: true });
  const columns = fields.map((field) =>
    Array.from({ length: count }, (_, record) => {
      const start = headerLength + record * recordLength + field.start;
      const where = (): string => `${file}, enregistrement ${record + 1}, champ ${field.name}`;
      return cellText(bytes.subarray(start, start + field.length), field, decoder, where);
    }),
  );
  const isDeleted = (record: number): boolean => bytes[headerLength + record * recordLength] === 0x2a;
  return { names: fields.map(({ name }) => name), columns, count, isDeleted };
}

function readFields(bytes: Buffer, headerLength: number, recordLength: number, file: string): Field[] {
  const fields: Field[] = [];
  let start = 1;
  for (let at = 32; bytes[at] !== 0x0d; at += 32) {
    if (at + 32 > Math.min(headerLength, bytes.length)) throw damaged("L'en-tête de la table .dbf est abîmé", file);
    const name =
      bytes
        .subarray(at, at + 11)
        .toString("latin1")
        .split("\0", 1)[0] ?? "";
    const type = String.fromCharCode(bytes[at + 11]);
    if (!"CNFDL".includes(type))
      throw damaged(
        "Un champ de la table .dbf est d'un type que ce lecteur ne connaît pas",
        `${file}, champ ${printable(name)}`,
        {
          value: printable(type),
          expected: "C, N, F, D ou L",
        },
      );
    fields.push({ name, type, start, length: bytes[at + 16] });
    start += bytes[at + 16];
  }
  if (start !== recordLength || fields.length === 0 || fields.some(({ name }) => name === "" || /\p{Cc}/u.test(name)))
    throw damaged("L'en-tête de la table .dbf est abîmé", file, {
      value: `${start} octets de champs`,
      expected: `${recordLength} octets par enregistrement`,
    });
  return fields;
}

function cellText(bytes: Buffer, { type }: Field, decoder: TextDecoder, where: () => string): string | null {
  if (type === "C") return decoded(bytes, decoder, where);
  const text = bytes.toString("latin1").replace(/^[\s\0]+|[\s\0]+$/g, "");
  if (text === "" || /^\*+$/.test(text)) return null;
  if (type === "L") return /^[TtYy]$/.test(text) ? "true" : /^[FfNn]$/.test(text) ? "false" : null;
  if (type === "D") return dateText(text, where);
  // Overflowed numbers are stars; the rest must be a number.
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text))
    throw damaged("Un champ numérique de la table .dbf ne porte pas un nombre", where(), { expected: "un nombre" });
  return /e/i.test(text) ? String(Number(text)) : text;
}

function dateText(text: string, where: () => string): string | null {
  if (/^0+$/.test(text)) return null;
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})$/.exec(text) ?? [];
  if (year !== undefined && Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= 31)
    return `${year}-${month}-${day}`;
  throw damaged("Un champ de date de la table .dbf ne porte pas une date", where(), { expected: "AAAAMMJJ" });
}

function decoded(bytes: Buffer, decoder: TextDecoder, where: () => string): string | null {
  const zero = bytes.indexOf(0);
  let text: string;
  try {
    text = decoder.decode(zero < 0 ? bytes : bytes.subarray(0, zero)).trimEnd();
  } catch {
    throw new QuartiersError({
      what: "Un texte de la table .dbf n'est pas dans l'encodage annoncé",
      where: where(),
      expected: decoder.encoding,
      remedy: "corriger le fichier .cpg\u00a0: sans doute ISO-8859-1",
    });
  }
  if (decoder.encoding !== "utf-8" && /[ÃÂ][\u0080-\u00bf]/.test(text))
    throw new QuartiersError({
      what: "Les accents de la table .dbf sont lus dans le mauvais encodage",
      value: printable(text, 40),
      where: where(),
      expected: "« é », là où le fichier donne « Ã© »",
      remedy: "poser à côté de la table un fichier .cpg qui contient «\u202fUTF-8\u202f»",
    });
  return text === "" ? null : text;
}
