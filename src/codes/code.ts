import { QuartiersError } from "./errors.ts";

declare const kind: unique symbol;
/** A code of an official nomenclature: text, never a number ("01001" keeps its zero), parsed once at the border and trusted after. */
export type Code<Kind extends string> = string & { readonly [kind]: Kind };

/** Commune of the Code officiel géographique: five characters, Corsica writes 2A and 2B. */
export type CodeCommune = Code<"commune">;
/** IRIS: the commune and four digits, without the underscore that some files put between them. */
export type CodeIris = Code<"iris">;
/** Quartier prioritaire de la politique de la ville, generation 2015 (QP044004) or 2024 (QN04404M). */
export type CodeQpv = Code<"qpv">;
/** Occupation sheet of the Répertoire opérationnel des métiers: a letter and four digits. */
export type CodeRome = Code<"rome">;
/** Département: 01 to 95, 2A, 2B, 971 to 976. "00" is kept for invented territories. */
export type CodeDepartement = Code<"departement">;

interface Shape {
  readonly pattern: RegExp;
  readonly expected: string;
}

const shapes = {
  commune: { pattern: /^(\d{5}|2[AB]\d{3})$/, expected: "cinq caractères, comme 35238 ou 2A004" },
  iris: { pattern: /^(\d{9}|2[AB]\d{7})$/, expected: "la commune puis quatre chiffres, comme 352380901" },
  qpv: {
    pattern: /^(QP(\d{3}|02[AB])\d{3}|QN(\d{3}|02[AB])\d{2}[A-Z])$/,
    expected: "QP044004 (génération 2015) ou QN04404M (génération 2024)",
  },
  rome: { pattern: /^[A-Z]\d{4}$/, expected: "une lettre et quatre chiffres, comme G1602" },
  departement: { pattern: /^(\d{2}|2[AB]|97\d)$/, expected: "deux ou trois caractères, comme 35, 2A ou 974" },
} as const satisfies Record<string, Shape>;

function parse<Kind extends keyof typeof shapes>(name: Kind, text: string): Code<Kind> {
  const shape: Shape = shapes[name];
  if (!shape.pattern.test(text)) {
    throw new QuartiersError({ what: `Ce n'est pas un code ${name}`, value: text, expected: shape.expected });
  }
  return text as Code<Kind>;
}

/**
 * Parses a commune code.
 * @example
 * ```ts
 * codeCommune("01001") // "01001"
 * ```
 */
export const codeCommune = (text: string): CodeCommune => parse("commune", text);

/**
 * Parses an IRIS code; accepts the underscore of the BPE files.
 * @example
 * ```ts
 * codeIris("35238_0901") // "352380901"
 * ```
 */
export const codeIris = (text: string): CodeIris => parse("iris", text.replace("_", ""));

/** Parses a QPV code of either generation. */
export const codeQpv = (text: string): CodeQpv => parse("qpv", text);

/** Parses a ROME code. */
export const codeRome = (text: string): CodeRome => parse("rome", text);

/** Parses a département code. */
export const codeDepartement = (text: string): CodeDepartement => parse("departement", text);

/** The two generations of priority neighbourhoods. They are different perimeters: a join across them is refused. */
export type QpvGeneration = 2015 | 2024;

/**
 * The generation of a QPV code.
 * @example
 * ```ts
 * qpvGeneration(codeQpv("QN04404M")) // 2024
 * ```
 */
export const qpvGeneration = (code: CodeQpv): QpvGeneration => (code.startsWith("QP") ? 2015 : 2024);

/**
 * The département of a commune.
 * @example
 * ```ts
 * departementOf(codeCommune("97411")) // "974"
 * ```
 */
export const departementOf = (code: CodeCommune): CodeDepartement =>
  codeDepartement(code.startsWith("97") ? code.slice(0, 3) : code.slice(0, 2));

/**
 * The professional domain of a ROME code: its first three characters (110 domains in ROME 3).
 * @example
 * ```ts
 * romeDomain(codeRome("G1602")) // "G16"
 * ```
 */
export const romeDomain = (code: CodeRome): string => code.slice(0, 3);
