import { inflateSync } from "node:zlib";

/** An object of a PDF: its dictionary as written, and its bytes, inflated, when it has a stream. */
export interface PdfObject {
  readonly number: number;
  readonly dictionary: string;
  readonly stream: string | null;
}

/** What a PDF is made of. `strays` are places of bytes that belong to no object and to none of the tables that a file has once. */
export interface PdfDocument {
  readonly objects: ReadonlyMap<number, PdfObject>;
  readonly trailer: string;
  readonly strays: readonly number[];
}

/**
 * Reads a PDF as the book writes it: version 1.7, objects one after the other, one table of places, no encryption, no object inside a stream.
 * null for a file of any other make, so that nothing passes because it was not understood. Streams in a filter other than Flate stay as they are.
 */
export function readPdf(bytes: Uint8Array): PdfDocument | null {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  const head = /^%PDF-1\.\d\r?\n%[\x80-\xff]{4}\r?\n/.exec(source);
  if (!head) return null;
  const objects = new Map<number, PdfObject>();
  const strays: number[] = [];
  const opening = /\s*(\d+) 0 obj\b/y;
  let at = head[0].length;
  for (;;) {
    opening.lastIndex = at;
    const opened = opening.exec(source);
    if (!opened) break;
    const number = Number(opened[1]);
    const object = readObject(source, bytes, opening.lastIndex);
    if (!object || objects.has(number)) return null;
    objects.set(number, { number, dictionary: object.dictionary, stream: object.stream });
    at = object.end;
  }
  const tail = /^\s*xref\n0 \d+\n(?:\d{10} \d{5} [fn]\s?\n)+trailer\s*(<<[\s\S]*?>>)\s*startxref\s+\d+\s+%%EOF/.exec(
    source.slice(at).replaceAll("\r\n", "\n"),
  );
  if (!tail) strays.push(at);
  else if (source.slice(source.lastIndexOf("%%EOF") + 5).trim() !== "" || source.slice(at).split("%%EOF").length > 2)
    strays.push(source.indexOf("%%EOF", at) + 5);
  const trailer = tail?.[1] ?? "";
  if (/\/Encrypt\b/.test(trailer)) return null;
  return { objects, trailer, strays };
}

function readObject(
  source: string,
  bytes: Uint8Array,
  start: number,
): { readonly dictionary: string; readonly stream: string | null; readonly end: number } | null {
  const end = source.indexOf("endobj", start);
  if (end < 0) return null;
  const whole = source.slice(start, end);
  const opened = /\bstream\r?\n/.exec(whole);
  if (!opened) return { dictionary: whole, stream: null, end: end + 6 };
  const dictionary = whole.slice(0, opened.index);
  const length = Number(/\/Length (\d+)(?! \d+ R)/.exec(dictionary)?.[1] ?? Number.NaN);
  const from = start + opened.index + opened[0].length;
  const closing = /^\r?\n?endstream\s*endobj/.exec(source.slice(from + length, from + length + 40));
  if (!closing) return null;
  const raw = bytes.subarray(from, from + length);
  return { dictionary, stream: inflated(dictionary, raw), end: from + length + closing[0].length };
}

function inflated(dictionary: string, raw: Uint8Array): string | null {
  const filter = /\/Filter\s*(\[[^\]]*\]|\/\w+)/.exec(dictionary)?.[1] ?? "";
  try {
    const bytes = filter.includes("FlateDecode") ? inflateSync(raw) : raw;
    return Buffer.from(bytes).toString("latin1");
  } catch {
    return null;
  }
}
