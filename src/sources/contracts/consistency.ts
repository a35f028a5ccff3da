import { type FieldPath, fault, type Inconsistency } from "./fault.ts";
import { PROFILE } from "./profile.ts";
import { secrecyFault, type WrittenSecrecy } from "./secrecy-check.ts";

export type { FieldPath, Inconsistency } from "./fault.ts";

interface Profile {
  readonly format?: string;
  readonly nomenclature?: string;
  readonly quasiIdentifiants?: readonly string[];
  readonly secret?: WrittenSecrecy;
  readonly conditions?: {
    readonly autorisation: { readonly statut: string; readonly le: string };
    readonly signatures: readonly { readonly le: string }[];
  };
}

interface Custom {
  readonly property: string;
  readonly value: unknown;
}

interface Checked {
  readonly status: string;
  readonly slaProperties?: readonly Custom[];
  readonly servers?: readonly { readonly type: string; readonly format?: string }[];
  readonly customProperties: readonly Custom[];
  readonly schema: readonly [
    {
      readonly properties: readonly {
        readonly name: string;
        readonly logicalType: string;
        readonly logicalTypeOptions?: {
          readonly minimum?: unknown;
          readonly maximum?: unknown;
          readonly pattern?: string;
        };
        readonly customProperties?: readonly Custom[];
      }[];
    },
  ];
}

/**
 * The first contradiction of a well-formed contract document, or null: a column named twice, an unknown quasi-identifier, a code that is a number,
 * bounds the wrong way round, a secrecy rule that says two things, an expression that cannot be read, a day that no calendar has, a format that its file denies, a withdrawn status with a permission granted.
 */
export function inconsistency(document: unknown): Inconsistency | null {
  const checked = document as Checked;
  return columnFault(checked) ?? ruleFault(checked) ?? fileFault(checked) ?? termsFault(checked);
}

function profileAt(properties: readonly Custom[] = []): { readonly rank: number; readonly value: Profile } {
  const rank = properties.findIndex(({ property }) => property === PROFILE);
  return { rank, value: (properties[rank]?.value ?? {}) as Profile };
}

function columnFault({ schema, customProperties }: Checked): Inconsistency | null {
  const [{ properties }] = schema;
  const names = properties.map(({ name }) => name);
  for (const [i, { name, logicalType, logicalTypeOptions = {}, customProperties: own }] of properties.entries()) {
    const path = ["schema", 0, "properties", i];
    if (names.indexOf(name) !== i)
      return fault([...path, "name"], "Une colonne est décrite deux fois", name, "une description par colonne");
    const { rank, value } = profileAt(own);
    if (value.nomenclature !== undefined && logicalType !== "string")
      return fault(
        [...path, "customProperties", rank, "value", "nomenclature"],
        "Un code d'une nomenclature n'est pas un nombre ni une date",
        value.nomenclature,
        "logicalType\u00a0: string, pour garder les zéros de tête",
      );
    const { minimum, maximum, pattern } = logicalTypeOptions;
    if (typeof minimum === "number" && typeof maximum === "number" && minimum > maximum)
      return fault(
        [...path, "logicalTypeOptions"],
        "Les bornes sont à l'envers",
        `${minimum} > ${maximum}`,
        "minimum ≤ maximum",
      );
    if (pattern !== undefined && !isPattern(pattern))
      return fault(
        [...path, "logicalTypeOptions", "pattern"],
        "Une expression régulière est illisible",
        pattern,
        "une expression de la syntaxe RE2",
      );
  }
  const { rank, value } = profileAt(customProperties);
  const stranger = value.quasiIdentifiants?.findIndex((name) => !names.includes(name)) ?? -1;
  return stranger < 0
    ? null
    : fault(
        ["customProperties", rank, "value", "quasiIdentifiants", stranger],
        "Un quasi-identifiant n'est pas une colonne du contrat",
        value.quasiIdentifiants?.[stranger] ?? "",
        `une colonne parmi ${names.join(", ")}`,
      );
}

function ruleFault({ schema, customProperties }: Checked): Inconsistency | null {
  const { rank, value } = profileAt(customProperties);
  const columns = schema[0].properties.map(({ name }) => name);
  return value.secret ? secrecyFault(value.secret, columns, ["customProperties", rank, "value", "secret"]) : null;
}

function fileFault({ servers = [], customProperties }: Checked): Inconsistency | null {
  const { format } = profileAt(customProperties).value;
  const odd = servers.findIndex((server) => server.type === "local" && server.format !== format);
  return odd < 0
    ? null
    : fault(
        ["servers", odd, "format"],
        "Le fichier et le profil n'ont pas le même format",
        servers[odd]?.format ?? "",
        `«\u202f${format}\u202f», comme dans le profil`,
      );
}

function termsFault({ status, slaProperties = [], customProperties }: Checked): Inconsistency | null {
  const { rank, value } = profileAt(customProperties);
  const { conditions } = value;
  const path = ["customProperties", rank, "value", "conditions"];
  const retention = slaProperties.findIndex(({ property }) => property === "retention");
  const days: [FieldPath, unknown][] = [
    ...(retention < 0
      ? []
      : [[["slaProperties", retention, "value"], slaProperties[retention]?.value] as [FieldPath, unknown]]),
    ...(conditions ? [[[...path, "autorisation", "le"], conditions.autorisation.le] as [FieldPath, unknown]] : []),
    ...(conditions?.signatures ?? []).map(({ le }, i): [FieldPath, unknown] => [[...path, "signatures", i, "le"], le]),
  ];
  const impossible = days.find(([, day]) => day !== "sans limite" && !isDay(String(day)));
  if (impossible)
    return fault(impossible[0], "Ce jour n'existe pas", String(impossible[1]), "un jour du calendrier, AAAA-MM-JJ");
  if ((status === "retired" || status === "deprecated") && conditions?.autorisation.statut === "accordée")
    return fault(
      ["status"],
      "Le contrat est retiré et son autorisation accordée",
      status,
      "«\u202factive\u202f», ou une autorisation «\u202fretirée\u202f»",
    );
  return null;
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text, "u");
    return true;
  } catch {
    return false;
  }
}

/**
 * Whether a text is a day of the calendar, AAAA-MM-JJ.
 * @example
 * ```ts
 * isDay("2027-02-29") // false
 * ```
 */
export function isDay(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text)?.map(Number) ?? [];
  if (year === undefined || month === undefined || day === undefined) return false;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1];
  return days !== undefined && day >= 1 && day <= days;
}
