import { sqlName, sqlText } from "../engine/database.ts";
import type { ColumnContract, ColumnType } from "./contract.ts";

/** One promise of a contract about one column, as a condition of the engine that is true where the promise is broken. */
export interface ColumnRule {
  readonly column: ColumnContract;
  /** SQL condition on the table `cells`. */
  readonly broken: string;
  /** What happened, as the beginning of a French sentence. */
  readonly what: string;
  readonly expected: string;
  readonly remedy: string;
  /** True when the value met must not be printed. */
  readonly secret?: boolean;
}

interface Shape {
  /** RE2 pattern of the whole cell. */
  readonly pattern: string;
  readonly expected: string;
}

const shapes: Readonly<Record<Exclude<ColumnType, "text" | "number" | "integer">, Shape>> = {
  commune: { pattern: "\\d{5}|2[AB]\\d{3}", expected: "un code commune de cinq caractères, comme 35238 ou 2A004" },
  qpv2015: {
    pattern: "QP(\\d{3}|02[AB])\\d{3}",
    expected: "un code de quartier de la génération 2015, comme QP044004",
  },
  qpv2024: {
    pattern: "QN(\\d{3}|02[AB])\\d{2}[A-Z]",
    expected: "un code de quartier de la génération 2024, comme QN04404M",
  },
  iris: { pattern: "\\d{9}|2[AB]\\d{7}", expected: "un code IRIS, la commune puis quatre chiffres, comme 352380901" },
  dciris: {
    pattern: "(\\d{5}|2[AB]\\d{3})(\\d{4})?",
    expected: "un code IRIS (352380901 ou 35238_0901) ou, sans IRIS, un code commune",
  },
  rome: { pattern: "[A-Z]\\d{4}", expected: "un code ROME, une lettre et quatre chiffres, comme G1602" },
  departement: { pattern: "\\d{2}|2[AB]|97\\d", expected: "un code de département, comme 35, 2A ou 974" },
  region: { pattern: "\\d{2}", expected: "un code de région à deux chiffres, comme 53" },
  epci: { pattern: "\\d{9}", expected: "un numéro SIREN d'EPCI à neuf chiffres, comme 243500139" },
  carreau: {
    pattern: "CRS3035RES\\d+mN\\d+E\\d+",
    expected: "un identifiant de carreau Inspire, comme CRS3035RES200mN2029800E4252400",
  },
  fap: {
    pattern: "[A-Z]\\d[A-Z](\\d{2})?|[A-Z]",
    expected: "un code de famille professionnelle, comme T2A60 ou J0Z20",
  },
  naf: { pattern: "\\d{2}\\.?\\d{2}[A-Z]", expected: "un code NAF, comme 47.11F ou 4711F" },
  siret: { pattern: "\\d{14}", expected: "un numéro SIRET à quatorze chiffres" },
  date: { pattern: "\\d{4}-\\d{2}-\\d{2}", expected: "une date AAAA-MM-JJ" },
};

const otherGeneration = { qpv2015: "qpv2024", qpv2024: "qpv2015" } as const;

/** The SQL expression of a cell as text, spelled in one way, from the column of `raw` that holds it. */
export function cellSql({ type, part }: ColumnContract, rawColumn: string): string {
  const whole = `coalesce(${sqlName(rawColumn)}, '')`;
  const own = part ? `trim(split_part(${whole}, ${sqlText(part.separator)}, ${part.index + 1}))` : whole;
  if (type !== "iris" && type !== "dciris") return own;
  return `CASE WHEN substring(${own}, 6, 1) = '_' THEN concat(left(${own}, 5), substring(${own}, 7)) ELSE ${own} END`;
}

/** The signs of absence that a column allows. */
export function missingSigns({ missing = {}, required = false }: ColumnContract): readonly string[] {
  return required || "" in missing ? Object.keys(missing) : ["", ...Object.keys(missing)];
}

/** SQL condition: the cell is one of the signs of absence. */
export function isMissingSql(column: ColumnContract): string {
  const signs = missingSigns(column);
  return signs.length === 0 ? "false" : `${sqlName(column.name)} IN (${signs.map(sqlText).join(", ")})`;
}

/** SQL expression: the cell as a number, null where it is not one. */
export function numberSql({ name }: ColumnContract, decimal: "." | ","): string {
  return `TRY_CAST(${decimal === "," ? `replace(${sqlName(name)}, ',', '.')` : sqlName(name)} AS DOUBLE)`;
}

/** SQL expression: 0 where the cell holds a value, else the code of its reason (1 s, 2 ns, 3 nd). */
export function reasonSql(column: ColumnContract, decimal: "." | ","): string {
  const codes = { s: 1, ns: 2, nd: 3 } as const;
  const cases = missingSigns(column).map(
    (sign) => `WHEN ${sqlName(column.name)} = ${sqlText(sign)} THEN ${codes[column.missing?.[sign] ?? "nd"]}`,
  );
  if (column.suspiciousZero) cases.push(`WHEN ${numberSql(column, decimal)} = 0 THEN ${codes.s}`);
  return cases.length === 0 ? "0" : `CASE ${cases.join(" ")} ELSE 0 END`;
}

export interface RuleContext {
  readonly decimal: "." | ",";
  readonly minUnits: number;
  /** True for a file that a partner lends: it came by hand, through spreadsheets. */
  readonly isPartner?: boolean;
}

/** The rules of a column, in the order in which they are told. */
export function columnRules(
  column: ColumnContract,
  { decimal, minUnits, isPartner = false }: RuleContext,
): readonly ColumnRule[] {
  const { name, type, range, values, masked, knownTo, required } = column;
  const cell = sqlName(name);
  const held = `NOT (${isMissingSql(column)}) AND ${cell} <> ''`;
  const matches = (pattern: string): string => `regexp_full_match(${cell}, ${sqlText(pattern)})`;
  const fix = "corriger cette ligne chez le producteur, ou le contrat de la source si le format a changé";
  const rules: ColumnRule[] = [];
  if (required) {
    rules.push({
      column,
      broken: `${cell} = ''`,
      what: "Une valeur obligatoire est vide",
      expected: "une valeur",
      remedy: fix,
    });
  }
  if (type === "number" || type === "integer") {
    const pattern = type === "integer" ? "-?\\d+" : `-?(\\d+(\\${decimal}\\d+)?|\\${decimal}\\d+)([eE][-+]?\\d+)?`;
    const kind =
      type === "integer"
        ? "un nombre entier"
        : `un nombre à ${decimal === "," ? "virgule" : "point"} décimal${decimal === "," ? "e" : ""}`;
    const number = numberSql(column, decimal);
    const tooLarge = type === "integer" ? `abs(${number}) > ${Number.MAX_SAFE_INTEGER}` : `isinf(${number})`;
    rules.push({
      column,
      broken: `${held} AND (NOT ${matches(pattern)} OR ${number} IS NULL OR ${tooLarge})`,
      what: "Ce n'est pas un nombre lisible",
      expected: `${kind}${signList(column)}`,
      remedy: fix,
    });
    if (range) {
      rules.push({
        column,
        broken: `${held} AND NOT (${number} BETWEEN ${range[0]} AND ${range[1]})`,
        what: "Un nombre sort des bornes de son contrat",
        expected: `entre ${range[0]} et ${range[1]}${column.unit ? ` ${column.unit}` : ""}`,
        remedy: fix,
      });
    }
    if (masked) {
      rules.push({
        column,
        broken: `${held} AND ${number} > 0 AND ${number} < ${minUnits}`,
        what: "Un petit effectif n'est pas masqué",
        expected: `0, au moins ${minUnits}, ou le signe « s »`,
        remedy: "demander au partenaire un fichier masqué selon sa règle, et détruire celui-ci",
        secret: true,
      });
    }
  } else if (type !== "text") {
    const { pattern, expected } = shapes[type];
    const other = type === "qpv2015" || type === "qpv2024" ? otherGeneration[type] : null;
    if (other) {
      rules.push({
        column,
        broken: `${held} AND ${matches(shapes[other].pattern)}`,
        what: `Code de quartier de la génération ${other.slice(3)} là où l'on attend la génération ${type.slice(3)}`,
        expected,
        remedy: "prendre le fichier de la bonne génération\u00a0: les périmètres diffèrent, un code ne se traduit pas",
      });
    }
    const wrongShape = other
      ? `${held} AND NOT ${matches(`${pattern}|${shapes[other].pattern}`)}`
      : `${held} AND (NOT ${matches(pattern)}${type === "date" ? ` OR TRY_CAST(${cell} AS DATE) IS NULL` : ""})`;
    rules.push({
      column,
      broken: wrongShape,
      what: "Un code est mal formé",
      expected,
      remedy:
        type === "date"
          ? "corriger la date, ou l'écrire dans cet ordre"
          : "vérifier que le fichier n'a pas été ouvert dans un tableur, qui ôte les zéros de tête",
    });
  } else if (!values && !column.pattern) rules.push(...textRules(column, held, isPartner));
  if (column.pattern) {
    rules.push({
      column,
      broken: `${held} AND NOT ${matches(column.pattern.regex)}`,
      what: "Un texte n'a pas la forme promise",
      expected: column.pattern.expected,
      remedy: fix,
    });
  }
  if (values) {
    rules.push({
      column,
      broken: `${held} AND ${cell} NOT IN (${values.map(sqlText).join(", ")})`,
      what: "Une valeur ne figure pas dans la liste du contrat",
      expected: values.join(", "),
      remedy: fix,
    });
  }
  if (knownTo) {
    rules.push({
      column,
      broken: `${held} AND ${matches(shapes.commune.pattern)} AND ${cell} NOT IN (SELECT code FROM known_communes)`,
      what: "Commune inconnue",
      expected: "une commune actuelle ou ancienne du fichier des communes (COG 2026)",
      remedy: "vérifier le code et son millésime",
    });
  }
  return rules;
}

/** A character lost by a conversion, marks that turn the direction of a text, those that end it or command a terminal: such a label does not say what it shows. */
const DISGUISES = "\\x00\\x1B\\x{FFFD}\\x{202A}-\\x{202E}\\x{2066}-\\x{2069}";
/** What no keyboard writes in a label: commands other than the end of a line, invisible marks. */
const COMMANDS = `\\x00-\\x09\\x0B\\x0C\\x0E-\\x1F\\x7F-\\x9F\\x{200B}\\x{200E}\\x{200F}\\x{2028}\\x{2029}\\x{2060}\\x{FEFF}${DISGUISES}`;

/**
 * The rules of a free text. A partner's file is opened in spreadsheets before and after us: a cell that one would run (OWASP, « CSV Injection ») is refused
 * there. Publishers' files hold labels such as « +2/day » and stray commands, which nobody runs here: only disguises are refused in them.
 */
function textRules(column: ColumnContract, held: string, isPartner: boolean): readonly ColumnRule[] {
  const cell = sqlName(column.name);
  const disguise: ColumnRule = {
    column,
    broken: `${held} AND regexp_matches(${cell}, ${sqlText(`[${isPartner ? COMMANDS : DISGUISES}]`)})`,
    what: "Un texte porte un caractère perdu, invisible, de commande ou de sens d'écriture",
    expected: "un texte fait de lettres, de chiffres et de ponctuation",
    remedy: "reprendre le texte d'origine, ou ôter ce caractère (\ufffd dans la valeur) chez le producteur",
  };
  if (!isPartner) return [disguise];
  return [
    {
      column,
      broken: `${held} AND regexp_matches(${cell}, '^\\s*[-=+@\\x{FF1D}\\x{FF0B}\\x{FF0D}\\x{FF20}].|^[\\t\\r\\n]')`,
      what: "Un texte commence comme une formule, qu'un tableur exécuterait en ouvrant le fichier",
      expected: "un texte qui ne commence ni par =, +, - ou @, ni par une tabulation ou un retour",
      remedy: "demander au partenaire les valeurs, sans formule ; mettre une lettre en tête du libellé s'il en est un",
    },
    disguise,
  ];
}

function signList({ missing = {} }: ColumnContract): string {
  const signs = Object.keys(missing).filter(Boolean);
  return signs.length === 0 ? "" : `, ou ${signs.map((sign) => `« ${sign} »`).join(", ")}`;
}
