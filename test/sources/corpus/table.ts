import { type Contract, type FileFormat, noSecrecy } from "../../../src/sources/contract.ts";
import { odcsYaml } from "../../../src/sources/contracts/odcs.ts";
import type { Terms } from "../../../src/sources/terms.ts";
import type { Case } from "./case.ts";

/** The invented table that every format holds: quarter, commune, name, amount, number of persons. Null where nothing is known. */
export const rows: readonly (readonly [string, string, string | null, number | null, number])[] = [
  ["QP000001", "00001", "Été indien", 12.5, 140],
  ["QP000002", "00002", "Un; deux, « trois »", 0, 0],
  ["QP000003", "00001", "L'Île-aux-Moines", null, 57],
  ["QP000004", "00002", null, 99.75, 1200],
  ["QP000005", "00001", "- hors périmètre -", 3.25, 33],
  ["QP000006", "00002", "Côté jardin", 100, 18],
  ["QP000007", "00001", "Façade à l'ouest", 41.125, 999],
  ["QP000008", "00002", "Ñandú", 7, 64],
];

export const communes: string = JSON.stringify(
  ["00001", "00002"].map((code) => ({
    code,
    nom: `Commune ${code}`,
    departement: "00",
    region: "00",
    type: "commune-actuelle",
    population: 10,
  })),
);

const base: Omit<Contract, "format" | "files"> = {
  id: "corpus",
  title: "Fichier du corpus",
  publisher: "Producteur fictif",
  licence: "Licence Ouverte 2.0",
  vintage: "2021",
  url: "https://exemple.fr/corpus",
  geography: "QPV 2015",
  unit: "quartier",
  access: "public",
  columns: [
    { name: "code_qp", type: "qpv2015", label: "Quartier", required: true },
    { name: "insee_com", type: "commune", label: "Commune", required: true, knownTo: "communes" },
    { name: "nom", type: "text", label: "Nom" },
    { name: "montant", type: "number", label: "Montant", unit: "k€", summable: true, range: [0, 1000] },
    { name: "nombre", type: "integer", label: "Habitants", unit: "personnes", summable: true, range: [0, 100_000] },
  ],
  key: ["code_qp"],
  published: true,
  secrecy: noSecrecy,
};

/** The contract of the invented table in a file of some format. */
export const contractOf = (format: FileFormat, file: string, rest: Partial<Contract> = {}): Contract => ({
  ...base,
  format,
  files: [file],
  ...rest,
});

const terms: Terms = {
  legalBasis: "convention du corpus",
  purposes: ["corpus"],
  recipients: ["les essais"],
  retention: "2099-12-31",
  permission: { status: "accordée", on: "2022-01-10", by: "fournisseur (fictif)" },
  signatures: (["fournisseur", "programme"] as const).map((role) => ({
    organisation: `${role} (fictif)`,
    role,
    name: "Personne (fictif)",
    on: "2022-01-10",
  })),
};

/** The same for a file that a partner lends: unpublished, its small counts under secrecy. */
export const partnerContract = (contract: Contract): Contract => ({
  ...contract,
  access: "partner",
  published: false,
  secrecy: { unit: "personne", minUnits: 11, statedBy: "convention du corpus" },
  columns: contract.columns.map((column) =>
    column.name === "nombre" ? { ...column, masked: true, missing: { s: "s" } } : column,
  ),
});

/** The signed contract that stands beside a partner's file. */
export const signedYaml = (contract: Contract): string => odcsYaml({ ...contract, terms });

export interface CsvStyle {
  readonly separator: ";" | ",";
  readonly decimal: "," | ".";
  readonly encoding: "utf-8" | "latin1" | "mixed";
  readonly mark?: boolean;
}

/** The table as CSV text. */
export function csvText({ separator, decimal, mark }: CsvStyle): string {
  const quote = (text: string): string =>
    text.includes(separator) || text.includes('"') ? `"${text.replaceAll('"', '""')}"` : text;
  const lines = rows.map(([code, commune, name, amount, count]) =>
    [
      code,
      commune,
      quote(name ?? ""),
      amount === null ? "" : quote(String(amount).replace(".", decimal)),
      String(count),
    ].join(separator),
  );
  const head = ["code_qp", "insee_com", "nom", "montant", "nombre"].join(separator);
  return `${mark ? "\uFEFF" : ""}${[head, ...lines].join("\n")}\n`;
}

/** A CSV text as the bytes of its encoding; "mixed" writes every other line in Latin-1. */
export function csvBytes(text: string, { encoding }: Pick<CsvStyle, "encoding">): Buffer {
  if (encoding !== "mixed") return Buffer.from(text, encoding === "latin1" ? "latin1" : "utf8");
  return Buffer.concat(text.split(/(?<=\n)/).map((line, i) => Buffer.from(line, i % 2 === 0 ? "utf8" : "latin1")));
}

/** The styles in which the table is written. */
export const csvStyles: Readonly<Record<string, CsvStyle>> = {
  "CSV ;": { separator: ";", decimal: ",", encoding: "utf-8" },
  "CSV , BOM": { separator: ",", decimal: ".", encoding: "utf-8", mark: true },
  "CSV Latin-1": { separator: ";", decimal: ",", encoding: "latin1" },
  "CSV mêlé": { separator: ";", decimal: ",", encoding: "mixed" },
};

export const csvContract = (style: CsvStyle, file = "essai/table.csv"): Contract =>
  contractOf("csv", file, {
    csv: { separator: style.separator, encoding: style.encoding, decimal: style.decimal },
  });

/** Makes a case of a format out of what its file holds. */
export type MakeCase = (
  damage: string,
  content: string | Uint8Array,
  outcome: Case["outcome"],
  words?: RegExp,
  rest?: Partial<Case>,
) => Case;

/** The maker of the cases of a format, read by the contract of the invented table. */
export function casesOf(format: FileFormat, name: string, label: string): MakeCase {
  const file = `essai/${name}`;
  const contract = contractOf(format, file);
  return (damage, content, outcome, words, rest = {}) => ({
    format: label,
    damage,
    contract,
    file,
    files: { [file]: content },
    outcome,
    ...(words ? { words } : {}),
    ...rest,
  });
}
