import type { MissingReason } from "../../codes/table.ts";
import { type ColumnContract, type Contract, fileNameOf, isNumeric } from "../contract.ts";
import { reasonWords } from "./clause-words.ts";

/** A file of a dataset, as it is described in a package. */
export interface DataFile {
  /** Identifier of the dataset. */
  readonly id: string;
  /** Relative to the folder of `datapackage.json`. */
  readonly path: string;
  readonly bytes?: number;
  /** SHA-256, in hexadecimal. */
  readonly sha256?: string;
}

type Fields = Readonly<Record<string, unknown>>;

const present = (fields: Fields): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/**
 * Contracts as a Frictionless Data Package, version 2: one resource a dataset, with its fields, signs of absence and their labels, keys and licence.
 * A dataset without a file here is described at the first path of its contract. Shapes and nested JSON are resources without a schema of fields.
 * @param contracts the datasets, in order
 * @param files where their files are
 */
export function datapackage(contracts: readonly Contract[], files: readonly DataFile[] = []): object {
  const [only] = contracts;
  const licences = new Map(contracts.map((contract) => [contract.licence, licenceOf(contract.licence)]));
  return present({
    $schema: "https://datapackage.org/profiles/2.0/datapackage.json",
    name: contracts.length === 1 ? only?.id : "quartiers",
    title: contracts.length === 1 ? only?.title : "Données des quartiers prioritaires",
    description:
      "Signes d'absence : s secret, ns non significatif, nd non disponible. Aucun n'est un zéro. Les conditions d'utilisation sont dans les contrats.",
    licenses: [...licences.values()],
    resources: contracts.map((contract) =>
      resourceOf(
        contract,
        files.find(({ id }) => id === contract.id),
        contracts,
      ),
    ),
  });
}

/** The package asks for a name of the Open Definition or an address: an agreement has neither, so its words are its title. */
function licenceOf(licence: string): object {
  if (/licence ouverte 2/i.test(licence))
    return {
      name: "etalab-2.0",
      path: "https://www.etalab.gouv.fr/licence-ouverte-open-licence/",
      title: licence,
    };
  if (/odbl/i.test(licence))
    return { name: "ODbL-1.0", path: "https://opendatacommons.org/licenses/odbl/1-0/", title: licence };
  return { name: "autre", title: licence };
}

const mediaTypes: Readonly<Record<Contract["format"], string>> = {
  csv: "text/csv",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  parquet: "application/vnd.apache.parquet",
  json: "application/json",
  geojson: "application/geo+json",
  topojson: "application/json",
  shapefile: "application/zip",
  geopackage: "application/geopackage+sqlite3",
  "osm-pbf": "application/octet-stream",
  sas: "text/plain",
};

/** Whether a file is one table of plain cells with names: a CSV, a sheet, a Parquet file, or a JSON list of flat records. */
function isTabular({ format, json, columns }: Contract): boolean {
  if (format === "json") return json?.records === undefined && !columns.some(({ from }) => from?.includes("."));
  return format === "csv" || format === "xlsx" || format === "parquet";
}

function resourceOf(contract: Contract, file: DataFile | undefined, all: readonly Contract[]): object {
  const { id, title, publisher, url, licence, format, csv, notes } = contract;
  const path = file?.path ?? contract.files.find((one) => !one.startsWith("npm:"));
  const isTable = isTabular(contract);
  return present({
    name: id,
    type: isTable ? "table" : undefined,
    path: path ?? url,
    title,
    description: notes?.join(" "),
    format,
    mediatype: mediaTypes[format],
    encoding: csv ? encodings[csv.encoding] : undefined,
    bytes: file?.bytes,
    hash: file?.sha256 === undefined ? undefined : `sha256:${file.sha256}`,
    sources: [{ title: publisher, path: url }],
    licenses: [licenceOf(licence)],
    dialect: isTable ? dialectOf(contract) : undefined,
    schema: isTable ? schemaOf(contract, all) : undefined,
  });
}

/** A file of mixed lines has no encoding of its own name: most of its lines are UTF-8. */
const encodings = { "utf-8": "utf-8", latin1: "iso-8859-1", mixed: "utf-8" } as const;

function dialectOf({ csv, xlsx }: Contract): object | undefined {
  if (csv) return { delimiter: csv.separator, quoteChar: '"', doubleQuote: true, header: true };
  return xlsx ? { sheetName: xlsx.sheet, headerRows: [xlsx.headerRow] } : undefined;
}

function schemaOf(contract: Contract, all: readonly Contract[]): object {
  const { columns, key, format, csv, xlsx, json } = contract;
  const exact = format === "csv" ? (csv?.ignored ?? []).length === 0 : format === "xlsx" && xlsx?.ignored?.length === 0;
  const filtered = format === "json" && json?.where !== undefined; // rows that the loader leaves out may repeat a key
  const names = new Map(columns.map((column) => [column.name, fileNameOf(column)]));
  const communes = all.find(({ id }) => id === communeResource);
  const links = communes && communes.id !== contract.id ? columns.filter(({ knownTo }) => knownTo !== undefined) : [];
  return present({
    $schema: "https://datapackage.org/profiles/2.0/tableschema.json",
    fieldsMatch: exact ? "equal" : "subset",
    fields: uniqueBy(columns.map((column) => fieldOf(column, contract))),
    primaryKey: key.length > 0 && !filtered ? key.map((name) => names.get(name) ?? name) : undefined,
    foreignKeys:
      links.length > 0 && communes && isTabular(communes)
        ? links.map((column) => ({
            fields: [fileNameOf(column)],
            reference: { resource: communeResource, fields: [communes.columns.map(fileNameOf)[0]] },
          }))
        : undefined,
  });
}

/** The dataset of which `knownTo` speaks; its first column is the code. */
const communeResource = "communes";

/** Two columns may be two parts of one cell: the file has one field. */
function uniqueBy(fields: readonly Record<string, unknown>[]): readonly Record<string, unknown>[] {
  return fields.filter(({ name }, i) => fields.findIndex((other) => other["name"] === name) === i);
}

/** A text of a JSON record may be a list, which the loader joins. */
function fieldOf(column: ColumnContract, { csv, format }: Contract): Record<string, unknown> {
  const { label, unit, type, missing = {}, required, range, values, pattern } = column;
  if (column.part) return { name: fileNameOf(column), type: "string", description: label };
  const [minimum, maximum] = range ?? [];
  const numeric = isNumeric(column);
  const constraints = present({
    required: required && Object.keys(missing).length === 0 ? true : undefined,
    minimum: Number.isFinite(minimum) ? minimum : undefined,
    maximum: Number.isFinite(maximum) ? maximum : undefined,
    enum: values,
    pattern: pattern?.regex,
  });
  return present({
    name: fileNameOf(column),
    type: numeric || type === "date" ? type : format === "json" && type === "text" ? "any" : "string",
    format: type === "date" ? "%Y-%m-%d" : undefined,
    title: label,
    description: unit ? `${label} (${unit})` : label,
    decimalChar: type === "number" && csv?.decimal === "," ? "," : undefined,
    constraints: Object.keys(constraints).length > 0 ? constraints : undefined,
    missingValues: signsOf(column),
  });
}

/** The signs of absence of a column, each with its reason; a second sign of the same reason says itself, since labels are unique. */
function signsOf({ missing = {}, required }: ColumnContract): readonly object[] {
  const empty: Readonly<Record<string, MissingReason>> = required || "" in missing ? {} : { "": "nd" };
  const signs = Object.entries({ ...empty, ...missing });
  return signs.map(([value, reason], i) => {
    const again = signs.findIndex(([, other]) => other === reason) < i;
    return { value, label: again ? `${reasonWords[reason]} (« ${value} »)` : reasonWords[reason] };
  });
}
