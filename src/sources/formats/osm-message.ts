import { PbfReader } from "pbf";

/** Bytes that are not the message they should be. The reader of the file says where. */
export class OsmDamage extends Error {}

/** Walks through the fields of a message, and refuses one that ends elsewhere than it says: the library reads on past the end. */
export function eachField(pbf: PbfReader, end: number, read: (field: number) => void): void {
  if (!(end <= pbf.length)) throw new OsmDamage("message plus long que son bloc");
  for (let field = pbf.nextField(end); field !== 0; field = pbf.nextField(end)) read(field);
  if (pbf.pos !== end) throw new OsmDamage("message mal terminé");
}

/** A message inside another. */
export function eachFieldInside(pbf: PbfReader, read: (field: number) => void): void {
  eachField(pbf, pbf.readVarint() + pbf.pos, read);
}

/** A whole buffer as one message. */
export function eachFieldOf(bytes: Uint8Array, read: (field: number, pbf: PbfReader) => void): void {
  const pbf = new PbfReader(bytes);
  eachField(pbf, pbf.length, (field) => read(field, pbf));
}

/** The bytes of a field, whole. */
export function bytesIn(pbf: PbfReader): Uint8Array {
  const bytes = pbf.readBytes();
  if (pbf.pos > pbf.length) throw new OsmDamage("octets tronqués");
  return bytes;
}

/** Calls for each number of a packed list. */
export function eachPacked(pbf: PbfReader, read: () => void): void {
  const end = pbf.readPackedEnd();
  if (!(end <= pbf.length)) throw new OsmDamage("liste plus longue que son bloc");
  while (pbf.pos < end) read();
  if (pbf.pos !== end) throw new OsmDamage("liste mal terminée");
}
