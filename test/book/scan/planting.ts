import { readFileSync, writeFileSync } from "node:fs";
import { crc32, deflateSync, inflateSync } from "node:zlib";

/** The hidden cell of the fixture: the one town whose distance is secret, with the small number that it hides. */
export const hidden = { town: "Val-de-Craie", value: 6 };

/** Changes the text of a file; the change must change something. */
export function edit(file: string, change: (text: string) => string): void {
  const before = readFileSync(file, "latin1");
  const after = change(before);
  if (after === before) throw new Error(`rien n'est planté dans ${file}`);
  writeFileSync(file, after, "latin1");
}

/** A text as the bytes of UTF-8, for files that are edited as bytes. */
export const utf8 = (text: string): string => Buffer.from(text, "utf8").toString("latin1");

/** A text in hexadecimal UTF-16, as a PDF writes it. */
export const utf16 = (text: string): string => Buffer.from(text, "utf16le").swap16().toString("hex").toUpperCase();

/** Rewrites the stream of the first object of a PDF that is chosen by what its dictionary and its content say. */
export function editPdfStream(
  file: string,
  chosen: (dictionary: string, content: string) => boolean,
  change: (content: string) => string,
): void {
  edit(file, (pdf) => {
    const opening = /<<((?:(?!endobj|stream)[\s\S])*?)>>\s*stream\r?\n/g;
    for (let found = opening.exec(pdf); found; found = opening.exec(pdf)) {
      const [whole, dictionary = ""] = found;
      const length = /\/Length (\d+)/.exec(dictionary)?.[1] ?? "";
      const from = found.index + whole.length;
      const end = from + Number(length);
      const raw = Buffer.from(pdf.slice(from, end), "latin1");
      const packed = dictionary.includes("/FlateDecode");
      const content = (packed ? inflateSync(raw) : raw).toString("latin1");
      opening.lastIndex = end;
      if (!chosen(dictionary, content)) continue;
      const bytes = Buffer.from(change(content), "latin1");
      const written = packed ? deflateSync(bytes) : bytes;
      const head = whole.replace(`/Length ${length}`, `/Length ${written.length}`);
      return pdf.slice(0, found.index) + head + written.toString("latin1") + pdf.slice(end);
    }
    return pdf;
  });
}

/** A text chunk of a PNG (ISO 15948, 11.3.4.3), put before the last chunk. */
export function plantPngText(file: string, text: string): void {
  edit(file, (png) => {
    const data = Buffer.from(`tEXtComment\u0000${text}`, "latin1");
    const chunk = Buffer.alloc(data.length + 8);
    chunk.writeUInt32BE(data.length - 4, 0);
    data.copy(chunk, 4);
    chunk.writeUInt32BE(crc32(data), data.length + 4);
    return png.slice(0, -12) + chunk.toString("latin1") + png.slice(-12);
  });
}
