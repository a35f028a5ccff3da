import { type FileHandle, open } from "node:fs/promises";
import { publicAddress } from "./address.ts";
import {
  isWholeGzip,
  isWholeJson,
  isWholeParquet,
  isWholeSevenZip,
  isWholeZip,
  readAt,
  withoutMark,
} from "./archive-ends.ts";
import { FetchFault } from "./faults.ts";
import { captivePortal } from "./status-faults.ts";

export interface ContentContext {
  /** Name that the file will have: its extension says what to expect. */
  readonly name: string;
  /** Address that was asked, and the one that answered. */
  readonly asked: string;
  readonly answered: string;
  /** Page of the dataset. */
  readonly page?: string;
}

type Family = "zip" | "gzip" | "7z" | "parquet" | "json" | "pbf" | "html" | "text";

const families: Readonly<Record<string, Family>> = {
  zip: "zip",
  xlsx: "zip",
  ods: "zip",
  gz: "gzip",
  tgz: "gzip",
  "7z": "7z",
  parquet: "parquet",
  json: "json",
  geojson: "json",
  topojson: "json",
  pbf: "pbf",
  html: "html",
};

const magics: Readonly<Partial<Record<Family, readonly string[]>>> = {
  zip: ["504b0304", "504b0506"],
  gzip: ["1f8b"],
  "7z": ["377abcaf271c"],
  parquet: ["50415231"],
};

const names: Readonly<Record<Family, string>> = {
  zip: "une archive ZIP ou un classeur",
  gzip: "un fichier gzip",
  "7z": "une archive 7z",
  parquet: "un fichier Parquet",
  json: "un document JSON",
  pbf: "un extrait OpenStreetMap (.osm.pbf)",
  html: "une page HTML",
  text: "un fichier de texte (CSV)",
};

/** What a file of this name must hold. */
const familyOf = (name: string): Family => families[name.split(".").at(-1)?.toLowerCase() ?? ""] ?? "text";

/**
 * Refuses a file that is not what its name says: a web page, the page of a captive portal, an error told in JSON, another format, an archive
 * without its end. Reads the two ends of the file, and the whole of a gzip.
 */
export async function checkContent(path: string, context: ContentContext): Promise<void> {
  const file = await open(path, "r");
  try {
    const { size } = await file.stat();
    const head = await readAt(file, 0, 4096);
    const family = familyOf(context.name);
    refusePage(head, family, context);
    await refuseJsonError(file, size, head, family, context);
    refuseOtherFormat(head, family, context);
    if (!(await isWhole(file, path, size, family))) throw truncated(size, family, context);
  } finally {
    await file.close();
  }
}

async function isWhole(file: FileHandle, path: string, size: number, family: Family): Promise<boolean> {
  switch (family) {
    case "zip":
      return isWholeZip(file, size);
    case "gzip":
      return isWholeGzip(path);
    case "7z":
      return isWholeSevenZip(file, size);
    case "parquet":
      return isWholeParquet(file, size);
    case "json":
      return isWholeJson(file, size);
    default:
      return size > 0;
  }
}

const pageStart = /^\s*(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)*<(!doctype\s+html|html|head|body|script|meta|title)\b/i;
const portalWords = /WISPAccessGatewayParam|captive[ -]?portal|portail captif|wi-?fi|hotspot/i;

/** The start of a body as a web page, told apart from the page of a network that stands in the way; nothing when it is no page. */
export function pageFault(head: Buffer, { name, asked, answered, page }: ContentContext): FetchFault | undefined {
  const text = withoutMark(head);
  if (!pageStart.test(text)) return undefined;
  const where = publicAddress(answered);
  const title = /<title[^>]*>([^<]{1,120})/i.exec(text)?.[1]?.replace(/\s+/g, " ").trim();
  if (portalWords.test(text)) return captivePortal(where, title ?? "page HTML");
  const elsewhere = new URL(asked).host !== new URL(answered).host;
  return new FetchFault("html", {
    what: elsewhere
      ? "Une page web d'un autre site est arrivée à la place du fichier"
      : "Une page web est arrivée à la place du fichier",
    value: title ?? "page HTML",
    where,
    expected: names[familyOf(name)],
    remedy: `ouvrir l'adresse dans un navigateur\u00a0: le fichier a pu changer de place, ou le réseau montrer sa propre page${page ? `\u202f; page du jeu de données\u00a0: ${page}` : ""}`,
  });
}

function refusePage(head: Buffer, family: Family, context: ContentContext): void {
  const fault = family === "html" ? undefined : pageFault(head, context);
  if (fault) throw fault;
}

const MAX_JSON_ERROR_BYTES = 65_536;
const errorKeys = [
  "error",
  "errors",
  "error_code",
  "errorcode",
  "error_description",
  "message",
  "detail",
  "code",
  "status",
];

/** What an interface says when it fails although its status says that it does not; undefined for any other text. */
export function jsonErrorOf(text: string): string | undefined {
  if (!text.trimStart().startsWith("{")) return undefined;
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof document !== "object" || document === null) return undefined;
  const entries = Object.entries(document);
  if (!entries.some(([key]) => errorKeys.slice(0, 7).includes(key.toLowerCase()))) return undefined;
  if (entries.some(([key]) => /^(results?|resultats|records|features|data|resources|objects)$/i.test(key)))
    return undefined;
  const said = entries.find(([, value]) => typeof value === "string" && value !== "");
  return said ? `${said[1]}`.slice(0, 200) : "erreur sans texte";
}

async function refuseJsonError(
  file: FileHandle,
  size: number,
  head: Buffer,
  family: Family,
  { answered, page }: ContentContext,
): Promise<void> {
  if (size > MAX_JSON_ERROR_BYTES || !/^\s*\{/.test(withoutMark(head))) return;
  const said = jsonErrorOf(withoutMark(await readAt(file, 0, size)));
  if (said === undefined) return;
  throw new FetchFault("json-error", {
    what: "Le serveur a répondu par un message d'erreur (JSON) à la place du fichier",
    value: said,
    where: publicAddress(answered),
    expected: names[family],
    remedy: `vérifier la demande dans le contrat${page ? `, et la page du jeu de données\u00a0: ${page}` : ""}`,
  });
}

/** What a table is not: an archive, a PDF, an old workbook. */
const packed = [...Object.values(magics).flat(), "25504446", "d0cf11e0"];

function refuseOtherFormat(head: Buffer, family: Family, { name, answered, page }: ContentContext): void {
  const expected = magics[family];
  const found = head.toString("hex");
  const isTable = /\.(csv|tsv|txt)$/i.test(name);
  const wrong = expected
    ? !expected.some((magic) => found.startsWith(magic))
    : isTable && packed.some((magic) => found.startsWith(magic));
  const wrongPbf = family === "pbf" && head.subarray(6, 15).toString("latin1") !== "OSMHeader";
  if (!wrong && !wrongPbf) return;
  throw new FetchFault("wrong-format", {
    what: "Le fichier reçu n'est pas du format attendu",
    value: head.length === 0 ? "fichier vide" : `premiers octets ${found.slice(0, 12)}`,
    where: publicAddress(answered),
    expected: names[family],
    remedy: `vérifier l'adresse et le nom du fichier dans le contrat${page ? `\u202f; page du jeu de données\u00a0: ${page}` : ""}`,
  });
}

function truncated(size: number, family: Family, { answered }: ContentContext): FetchFault {
  return new FetchFault("truncated", {
    what: size === 0 ? "Le fichier reçu est vide" : "Le fichier reçu est tronqué\u00a0: sa fin manque",
    value: `${size} octets`,
    where: publicAddress(answered),
    expected: `${names[family]} jusqu'à sa fin`,
    remedy:
      "relancer la même commande\u202f; si cela se répète, le fichier est abîmé chez le producteur\u00a0: le lui signaler",
  });
}
