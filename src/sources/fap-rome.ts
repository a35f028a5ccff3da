import { readFile } from "node:fs/promises";
import { QuartiersError } from "../codes/errors.ts";
import { required, text } from "./columns.ts";
import { type Contract, noSecrecy } from "./contract.ts";
import type { RawTable } from "./formats/raw-table.ts";

/** Occupation, or occupation and qualification, to professional family: the conversion program that the Dares publishes. */
export const fapRomeContract: Contract = {
  id: "fap-rome",
  title: "Passage du ROME aux familles professionnelles (FAP 2009)",
  publisher: "Dares",
  licence: "Licence Ouverte 2.0",
  vintage: "FAP 2009, ROME 3",
  url: "https://dares.travail-emploi.gouv.fr/donnees/la-nomenclature-des-familles-professionnelles-2009",
  geography: "sans",
  unit: "métier, ou métier et qualification",
  access: "public",
  files: ["rome_emploi/bob_passage_fap2009_romev3.txt", "rome/passage_fap2009_romev3.txt"],
  format: "sas",
  columns: [
    required("code_rome", "rome", "Métier"),
    text("qualification", "Qualification, un chiffre\u00a0; vide quand le métier suffit à désigner la famille"),
    required("code_fap", "fap", "Famille professionnelle"),
  ],
  key: ["code_rome", "qualification"],
  published: true,
  secrecy: noSecrecy,
  notes: [
    "Ce n'est pas une table mais un programme SAS, en Latin-1\u00a0: deux formats, l'un par métier, l'autre par métier et qualification (sixième caractère).",
    "Un métier absent du premier format demande la qualification\u00a0; un couple absent des deux n'a pas de famille («\u00a0ZZZZZ\u00a0» dans le programme)\u00a0: nd, jamais une famille par défaut.",
    "La FAP de 2021 est une autre nomenclature, que ce passage ne connaît pas.",
  ],
};

const statement = /((?:"[A-Z]\d{4,5}"\s*,?\s*)+)=\s*"([A-Z]\d[A-Z]\d{2})"/g;
const other = /^\s*Other\s*=\s*"ZZZZZ"\s*$/i;

/**
 * The pairs of the Dares' SAS program, as cells: `code_rome`, `qualification` (null where the occupation is enough), `code_fap`.
 * @throws QuartiersError on a statement that is neither a comment, a list of codes nor the default, naming its line
 * @example
 * ```ts
 * parseFapRome('value $FAP9RSQ "A1101","A1201" = "A0Z43" Other = "ZZZZZ";').count // 2
 * ```
 */
export function parseFapRome(program: string, file = "programme SAS"): RawTable {
  const blank = (comment: string): string => comment.replace(/[^\n]/g, " ");
  const code = program.replace(/\/\*[\s\S]*?\*\//g, blank);
  const lineOf = (offset: number): number => code.slice(0, offset).split("\n").length;
  const rows: {
    readonly rome: string;
    readonly qualification: string | null;
    readonly fap: string;
    readonly line: number;
  }[] = [];
  for (const block of code.matchAll(/value\s+\$\w+([\s\S]*?);/gi)) {
    const body = block[1] ?? "";
    const start = (block.index ?? 0) + block[0].indexOf(body);
    const rest = body.replace(statement, (whole, codes: string, fap: string, offset: number) => {
      for (const [at] of [...codes.matchAll(/"([A-Z]\d{4})(\d?)"/g)].map((match) => [match] as const))
        rows.push({
          rome: at[1] ?? "",
          qualification: at[2] || null,
          fap,
          line: lineOf(start + offset + (at.index ?? 0)),
        });
      return blank(whole);
    });
    if (rest.trim() !== "" && !other.test(rest)) {
      throw new QuartiersError({
        what: "Une instruction du programme n'est pas comprise",
        value: rest.trim().slice(0, 60),
        where: `${file}, ligne ${lineOf(start + rest.search(/\S/))}`,
        expected: 'une liste de codes et une famille, comme "A1101","A1201" = "A0Z43"',
        remedy: "reprendre le programme de passage chez son producteur",
      });
    }
  }
  if (rows.length === 0) {
    throw new QuartiersError({
      what: "Le programme ne porte aucun passage",
      where: file,
      expected: "des instructions «\u00a0value $FAP9RSQ\u00a0» et «\u00a0value $FAP9RAQ\u00a0»",
      remedy: "reprendre le programme de passage chez son producteur",
    });
  }
  return {
    names: ["code_rome", "qualification", "code_fap"],
    columns: [rows.map(({ rome }) => rome), rows.map(({ qualification }) => qualification), rows.map(({ fap }) => fap)],
    count: rows.length,
    where: (record) => `ligne ${rows[record]?.line ?? 0}`,
  };
}

/** Reads the program from its file, in Latin-1. */
export async function readFapRome(path: string, file: string): Promise<RawTable> {
  return parseFapRome(await readFile(path, "latin1"), file);
}
