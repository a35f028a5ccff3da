import { bareText, numbersInContext } from "./number-contexts.ts";
import { pdfStrings } from "./pdf-strings.ts";
import { pdfTexts } from "./pdf-text.ts";
import { decodeEntities } from "./read-markup.ts";
import { readPdf } from "./read-pdf.ts";
import type { ScanContext } from "./scan-context.ts";
import { type ScanCode, type ScanFinding, scanFinding } from "./scan-finding.ts";

/** Names under which a text is read or heard. What stands there must be a whole released text. */
const told: ReadonlySet<string> = new Set([
  "Alt",
  "ActualText",
  "E",
  "Title",
  "T",
  "Subject",
  "Author",
  "Keywords",
  "Contents",
]);

/** Names under which the compiler writes words of its own: languages, identifiers, anchors, the name of the tool. */
const technical: ReadonlySet<string> = new Set(
  "Lang Registry Ordering ID Headers Dest Names Dests Creator Producer ModDate CreationDate URI".split(" "),
);

/** What a document could carry besides its pages, or do when it is opened. */
const carriers =
  /\/(?:EmbeddedFiles?|FileAttachment|JavaScript|JS|Launch|SubmitForm|RichMedia|AcroForm|OpenAction|AA|ObjStm|Private|PieceInfo|Movie|Sound|Redact|FreeText|Popup|Perms|Thumb|AF)\b/;

/**
 * Reads a PDF of the book: its information and XMP metadata, the alternatives and titles of its structure, its notes of links, what its pages show, and what has no
 * business there (attachments, scripts, bytes outside of its objects). Glyphs and lines are not read: a number drawn as lines is that of the SVG, which is.
 */
export function scanPdf(
  bytes: Uint8Array,
  file: string,
  { contexts, whole, everywhere, places }: ScanContext,
): readonly ScanFinding[] {
  const document = readPdf(bytes);
  if (!document) return [scanFinding("fichier-illisible", file, "objets")];
  const found: ScanFinding[] = [];
  const add = (code: ScanCode, position: string): number => found.push(scanFinding(code, file, position));
  const { objects, trailer, strays } = document;
  for (const at of strays) add("piece-cachee", `octet ${at}`);
  const pages = [...objects.values()].filter(({ dictionary }) => /\/Type \/Page\b/.test(dictionary)).length;
  const isWhole = (text: string): boolean => whole.has(bareText(text)) || whole.has(bareText(withoutRank(text)));
  const isLink = (text: string): boolean => {
    const note = /^(?:Note )?(\d+)$/.exec(text)?.[1];
    if (note !== undefined) return Number(note) <= places.notes;
    const [, title = "", page = ""] =
      /^(?:(?:(?:Figure|Tableau)\s)?[\d.]*\s*«\s*(.*?)\s*»\s*)?page (\d+)$/su.exec(text) ?? [];
    const inside = Number(page) >= 1 && Number(page) <= pages && (title === "" || isWhole(title));
    return inside || /^https?:\/\/[^\s?#]*$/.test(text);
  };
  for (const { number, dictionary, stream } of objects.values()) {
    const at = `objet ${number}`;
    if (carriers.test(dictionary)) add("piece-cachee", at);
    if (withoutStrings(dictionary).includes("%")) add("commentaire", at);
    for (const { key, text } of pdfStrings(dictionary)) {
      for (const code of everywhere(text)) add(code, `${at}, /${key}`);
      if (technical.has(key)) {
        if (key === "Creator" ? !/^Typst [\d.]+$/.test(text) : contexts.isLoneNumber(text))
          add("metadonnee-inconnue", `${at}, /${key}`);
      } else if (!told.has(key)) add("metadonnee-inconnue", `${at}, clef inattendue`);
      else if (!isWhole(text) && !(key === "Contents" && isLink(text))) add("texte-sans-origine", `${at}, /${key}`);
    }
    if (/\/Type \/Metadata\b/.test(dictionary))
      for (const name of strangeInXmp(stream ?? "", isWhole)) add("metadonnee-inconnue", `${at}, XMP, ${name}`);
    else if (stream === null && /\/Length \d/.test(dictionary)) add("fichier-illisible", at);
  }
  if (/\/(?!Size\b|Root\b|Info\b|ID\b|Prev\b)[A-Za-z]/.test(withoutStrings(trailer)))
    add("metadonnee-inconnue", "fin du fichier");
  for (const { object, text } of pdfTexts(document)) {
    for (const code of everywhere(text)) add(code, `objet ${object}`);
    const strangers = numbersInContext(text).filter((met) => !contexts.touches(met) && !places.has(met, pages));
    if (strangers.length > 0) add("nombre-sans-origine", `objet ${object}, texte de la page`);
  }
  return found;
}

const withoutStrings = (dictionary: string): string => dictionary.replace(/\((?:[^()\\]|\\.)*\)/g, "");

/** "4.2 Le résultat" without its rank: headings are numbered in the outline. */
const withoutRank = (text: string): string => text.replace(/^\d+(?:\.\d+)*\s+/, "");

const xmpNames: ReadonlySet<string> = new Set(
  "dc:title dc:description dc:creator dc:language dc:format xmp:CreatorTool pdfuaid:part xmpTPg:NPages xmpMM:InstanceID xmpMM:DocumentID xmpMM:RenditionClass pdf:PDFVersion pdf:Producer pdf:Keywords".split(
    " ",
  ),
);

/** Members of the XMP packet that the compiler does not write, and words that nobody released. */
function strangeInXmp(packet: string, isWhole: (text: string) => boolean): readonly string[] {
  const text = Buffer.from(packet, "latin1").toString("utf8");
  if (/<!--/.test(text)) return ["commentaire"];
  const body = /<rdf:Description[^>]*>([\s\S]*)<\/rdf:Description>/.exec(text)?.[1] ?? "";
  if (body === "" || text.split("<rdf:Description").length > 2) return ["description"];
  const strange: string[] = [];
  for (const [, name = "", content = ""] of body.matchAll(/<([\w]+:\w+)[^>]*>([\s\S]*?)<\/\1>/g)) {
    const said = decodeEntities(content.replace(/<[^>]*>/g, "")).trim();
    const shaped = /^(?:\d{1,4}|[\w+/=]{16,44}|proof|application\/pdf|1\.\d|[a-z]{2}(?:-[A-Z]{2})?|Typst [\d.]+)$/.test(
      said,
    );
    if (!xmpNames.has(name)) strange.push("membre inattendu");
    else if (/^dc:(?:title|description|creator)$/.test(name) || name === "pdf:Keywords" ? !isWhole(said) : !shaped)
      strange.push(name);
  }
  if (/\S/.test(body.replace(/<([\w]+:\w+)[^>]*>[\s\S]*?<\/\1>/g, ""))) strange.push("texte hors des membres");
  return strange;
}
