import { createReadStream, createWriteStream } from "node:fs";
import { open } from "node:fs/promises";
import type { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";
import { publicAddress } from "./address.ts";
import { readAt } from "./archive-ends.ts";
import { FetchFault } from "./faults.ts";

const decoders: Readonly<Record<string, () => Transform>> = {
  gzip: createGunzip,
  "x-gzip": createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/** The Content-Encoding of an answer; undefined when the body is sent as it is. */
export function encodingOf(headers: Readonly<Record<string, string>>): string | undefined {
  const encoding = headers["content-encoding"]?.trim().toLowerCase();
  return encoding === undefined || encoding === "" || encoding === "identity" ? undefined : encoding;
}

/** An encoding that we do not read is refused before its body is received. */
export function refuseUnknownEncoding(encoding: string | undefined, address: string): void {
  if (encoding === undefined || decoders[encoding]) return;
  throw new FetchFault("encoding", {
    what: "Le serveur compresse d'une façon que nous ne lisons pas",
    value: encoding,
    where: publicAddress(address),
    expected: Object.keys(decoders).join(", "),
    remedy: "télécharger le fichier à la main dans le dossier de données",
  });
}

/**
 * Unpacks a body that was compressed for the way (Content-Encoding) into another file. A server that labels a `.gz` file so, although it is
 * the file itself that is compressed, is understood: then nothing is to unpack.
 * @returns the path of the file as it should be kept
 */
export async function decode(path: string, encoding: string, name: string, address: string): Promise<string> {
  const decoder = decoders[encoding];
  if (!decoder) return path;
  const plain = `${path}.decode`;
  try {
    await pipeline(
      createReadStream(path, { highWaterMark: 1 << 20 }),
      decoder(),
      createWriteStream(plain, { flags: "w", flush: true }),
    );
  } catch (error) {
    const code = String((error as NodeJS.ErrnoException).code);
    if (!/^(Z_|ERR_|ERR__)/.test(code)) throw error;
    throw new FetchFault(
      "truncated",
      {
        what: "Le transfert compressé est abîmé ou tronqué",
        value: encoding,
        where: publicAddress(address),
        remedy: "relancer la même commande",
      },
      { retryable: true },
    );
  }
  if (!/\.t?gz$/i.test(name) || encoding === "br" || encoding === "deflate") return plain;
  const file = await open(plain, "r");
  const magic = await readAt(file, 0, 2).finally(() => file.close());
  return magic.toString("hex") === "1f8b" ? plain : path;
}
