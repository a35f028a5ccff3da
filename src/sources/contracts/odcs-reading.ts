import type { ColumnContract, ColumnType, Contract } from "../contract.ts";
import type { Terms } from "../terms.ts";
import {
  columnProfile,
  communeReference,
  conditions,
  datasetProfile,
  PROFILE,
  type StandardProperty,
} from "./profile.ts";
import { checkDocument, type Locate } from "./schema.ts";

type Fields = Readonly<Record<string, unknown>>;

interface Named {
  readonly property: string;
  readonly value: unknown;
}

interface Property {
  readonly name: string;
  readonly physicalName?: string;
  readonly description: string;
  readonly logicalType: string;
  readonly logicalTypeOptions?: { readonly minimum?: number; readonly maximum?: number; readonly pattern?: string };
  readonly required?: boolean;
  readonly primaryKey?: boolean;
  readonly primaryKeyPosition?: number;
  readonly relationships?: readonly { readonly to: unknown }[];
  readonly quality?: readonly {
    readonly metric?: string;
    readonly arguments?: { readonly validValues?: readonly string[] };
  }[];
  readonly customProperties?: readonly Named[];
}

interface Document {
  readonly id: string;
  readonly name: string;
  readonly description?: { readonly limitations?: string };
  readonly team: { readonly name: string };
  readonly roles?: readonly { readonly role: string }[];
  readonly slaProperties?: readonly Named[];
  readonly servers?: readonly { readonly type: string; readonly path: string }[];
  readonly authoritativeDefinitions: readonly { readonly type: string; readonly url: string }[];
  readonly customProperties: readonly Named[];
  readonly schema: readonly [{ readonly dataGranularityDescription: string; readonly properties: readonly Property[] }];
}

/**
 * The contract that a document of the Open Data Contract Standard says. Standard fields that the laboratory does not use are accepted
 * and left aside; a field that neither the standard nor the profile knows is refused, since it may be a misspelt condition.
 * @param document the parsed YAML or JSON
 * @param file as printed in messages
 * @param locate gives the place of a field in the file, for messages
 * @throws QuartiersError naming the place, the field, the value, what is expected and what to do
 */
export function fromOdcs(document: unknown, file: string, locate?: Locate): Contract {
  checkDocument(document, file, locate);
  const {
    id,
    name,
    description,
    team,
    roles,
    slaProperties,
    servers,
    authoritativeDefinitions,
    customProperties,
    schema,
  } = document as Document;
  const [{ dataGranularityDescription, properties }] = schema;
  const { profil: _, conditions: written, ...profile } = profileIn(customProperties);
  const keyed = properties.filter(({ primaryKey }) => primaryKey);
  return {
    id,
    title: name,
    publisher: team.name,
    url: authoritativeDefinitions.find(({ type }) => type === "businessDefinition")?.url ?? "",
    unit: dataGranularityDescription,
    ...(written === undefined ? {} : { terms: readTerms(written, roles, slaProperties) }),
    files: (servers ?? []).filter(({ type }) => type === "local").map(({ path }) => path),
    columns: properties.map(readColumn),
    key: keyed
      .toSorted((a, b) => (a.primaryKeyPosition ?? 0) - (b.primaryKeyPosition ?? 0))
      .map((property) => property.name),
    ...(description?.limitations === undefined ? {} : { notes: linesOf(description.limitations) }),
    ...(datasetProfile.read(profile) as Omit<Contract, StandardProperty>),
  } as Contract;
}

const linesOf = (text: string): readonly string[] => (text === "" ? [] : text.replace(/\n$/, "").split("\n"));

function profileIn(properties: readonly Named[] = []): Fields {
  return (properties.find(({ property }) => property === PROFILE)?.value ?? {}) as Fields;
}

function readTerms(written: unknown, roles: Document["roles"] = [], levels: Document["slaProperties"] = []): Terms {
  return {
    ...(conditions.read(written) as Omit<Terms, "recipients" | "retention">),
    recipients: roles.map(({ role }) => role),
    retention: String(levels.find(({ property }) => property === "retention")?.value),
  };
}

function readColumn(property: Property): ColumnContract {
  const { name, physicalName, description, logicalType, logicalTypeOptions = {}, required, relationships } = property;
  const { kind, expected, ...profile } = columnProfile.read(profileIn(property.customProperties)) as Fields;
  const { minimum, maximum, pattern } = logicalTypeOptions;
  const plain = logicalType === "string" ? "text" : logicalType;
  const numeric = plain === "number" || plain === "integer";
  const values = property.quality?.find(({ metric }) => metric === "invalidValues")?.arguments?.validValues;
  return {
    name,
    ...(physicalName === undefined ? {} : { from: physicalName }),
    type: (kind ?? plain) as ColumnType,
    label: description,
    ...(required === undefined ? {} : { required }),
    ...(numeric && (minimum !== undefined || maximum !== undefined)
      ? { range: [minimum ?? Number.NEGATIVE_INFINITY, maximum ?? Number.POSITIVE_INFINITY] as const }
      : {}),
    ...(values ? { values } : {}),
    ...(pattern === undefined
      ? {}
      : { pattern: { regex: pattern, expected: String(expected ?? `la forme ${pattern}`) } }),
    ...(relationships?.some(({ to }) => to === communeReference) ? { knownTo: "communes" as const } : {}),
    ...profile,
  };
}
