import { QuartiersError } from "../../codes/errors.ts";
import type { ColumnContract, Contract } from "../contract.ts";
import type { Terms } from "../terms.ts";
import { columnProfile, communeReference, conditions, datasetProfile, PROFILE, PROFILE_VERSION } from "./profile.ts";

/** The version of the Open Data Contract Standard (Bitol) that is written and read. */
export const ODCS_VERSION = "v3.1.0";

type Fields = Readonly<Record<string, unknown>>;

/** A record without its undefined properties. */
const present = (fields: Fields): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/**
 * A contract as a document of the Open Data Contract Standard 3.1.0. What the standard has no word for is in one custom property, `quartiers`,
 * at the root and under each column that needs it; its words are those of `profil-quartiers.schema.json`.
 * Nothing is lost: `fromOdcs(toOdcs(contract))` equals the contract.
 * @throws QuartiersError when the contract has something that the document cannot say
 */
export function toOdcs(contract: Contract): object {
  const { id, title, publisher, url, unit, files, columns, key, notes, terms, ...rest } = contract;
  const stray = key.find((name) => !columns.some((column) => column.name === name));
  if (stray !== undefined) throw unsayable(`La clé du contrat ${id} nomme une colonne absente`, stray);
  return present({
    apiVersion: ODCS_VERSION,
    kind: "DataContract",
    id,
    name: title,
    version: "1.0.0",
    status: statusOf(contract),
    domain: "politique de la ville",
    description: present({
      purpose: purposeSentence(contract),
      usage: `Une ligne par ${unit}. Géographie\u00a0: ${contract.geography}.`,
      limitations: notes?.join("\n"),
    }),
    team: { name: publisher, description: "Producteur des données." },
    roles: terms?.recipients.map((role) => ({ role, access: "lecture" })),
    slaProperties: terms && [
      {
        property: "retention",
        value: terms.retention,
        driver: "regulatory",
        description: "Dernier jour d'utilisation et de conservation\u00a0; les fichiers sont ensuite détruits.",
      },
    ],
    support: [{ channel: publisher, url, description: "Questions sur les données." }],
    servers: files.map((path, i) => ({
      server: i === 0 ? "fichier" : `fichier-${i + 1}`,
      type: "local",
      path,
      format: contract.format,
    })),
    authoritativeDefinitions: [{ url, type: "businessDefinition", description: "Page qui décrit le jeu de données." }],
    customProperties: [
      {
        property: PROFILE,
        description:
          "Profil des contrats de Quartiers\u00a0; chaque champ est décrit dans profil-quartiers.schema.json.",
        value: present({
          profil: PROFILE_VERSION,
          ...(terms ? { conditions: writeConditions(terms) } : {}),
          ...(datasetProfile.write(rest) as Fields),
        }),
      },
    ],
    schema: [
      {
        name: id,
        logicalType: "object",
        description: title,
        dataGranularityDescription: unit,
        properties: columns.map((column) => writeColumn(column, contract)),
      },
    ],
  });
}

function unsayable(what: string, value: string): QuartiersError {
  return new QuartiersError({ what, value, remedy: "corriger le contrat dans src/sources" });
}

function statusOf({ access, terms }: Contract): string {
  if (terms?.permission.status === "retirée") return "retired";
  return access === "partner" && (terms === undefined || terms.signatures.length === 0) ? "draft" : "active";
}

function purposeSentence({ access, terms }: Contract): string {
  if (terms === undefined)
    return access === "partner" ? "Finalités à convenir avec le fournisseur." : "Réutilisation libre, sous la licence.";
  return terms.purposes === "toutes"
    ? "Toute finalité, sous la licence."
    : `Finalités convenues\u00a0: ${terms.purposes.join(", ")}.`;
}

function writeConditions({ recipients: _, retention: __, ...rest }: Terms): unknown {
  return conditions.write(rest);
}

const plainTypes: ReadonlySet<string> = new Set(["text", "number", "integer", "date"]);

/** The bounds that are numbers; an infinite bound is none. */
function boundsOf({ name, type, range }: ColumnContract): Fields {
  if (range === undefined) return {};
  if (type !== "number" && type !== "integer") throw unsayable("Seule une colonne de nombres a des bornes", name);
  const [minimum, maximum] = range;
  if (!Number.isFinite(minimum) && !Number.isFinite(maximum)) throw unsayable("Ces bornes ne bornent rien", name);
  return {
    ...(Number.isFinite(minimum) ? { minimum } : {}),
    ...(Number.isFinite(maximum) ? { maximum } : {}),
  };
}

function writeColumn(column: ColumnContract, { key, quasiIdentifiers = [], published }: Contract): object {
  const { name, from, type, label, required, range: _, values, pattern, knownTo, ...rest } = column;
  const numeric = type === "number" || type === "integer";
  if (pattern && (numeric || type === "date")) throw unsayable("Une forme ne se demande qu'à un texte", name);
  const options = {
    ...boundsOf(column),
    ...(type === "date" ? { format: "yyyy-MM-dd" } : {}),
    ...(pattern ? { pattern: pattern.regex } : {}),
  };
  const quality = [
    ...(values
      ? [
          {
            metric: "invalidValues",
            mustBe: 0,
            arguments: { validValues: values },
            description: "Seules ces valeurs sont admises.",
          },
        ]
      : []),
    ...(column.masked
      ? [
          {
            type: "text",
            description: "Aucun effectif de 1 au seuil du secret moins un n'est laissé en clair.",
          },
        ]
      : []),
  ];
  const profile = columnProfile.write({
    ...rest,
    kind: plainTypes.has(type) ? undefined : type,
    expected: pattern?.expected,
  }) as Fields;
  const position = key.indexOf(name);
  return present({
    name,
    physicalName: from,
    description: label,
    logicalType: numeric || type === "date" ? type : "string",
    logicalTypeOptions: Object.keys(options).length > 0 ? options : undefined,
    required,
    primaryKey: position >= 0 ? true : undefined,
    primaryKeyPosition: position >= 0 ? position + 1 : undefined,
    classification: quasiIdentifiers.includes(name) ? "quasi-identifiant" : published ? "public" : "restreint",
    relationships: knownTo && [{ to: communeReference }],
    quality: quality.length > 0 ? quality : undefined,
    customProperties: Object.keys(profile).length > 0 ? [{ property: PROFILE, value: profile }] : undefined,
  });
}
