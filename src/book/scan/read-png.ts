/** A chunk of a PNG file (ISO 15948): its name and its place. */
export interface PngChunk {
  readonly name: string;
  readonly offset: number;
}

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** The chunks of a PNG file, and how many bytes follow the last one. null when it is not one. Pixels are not read: they are those of the SVG, which is. */
export function readPngChunks(
  bytes: Uint8Array,
): { readonly chunks: readonly PngChunk[]; readonly trailing: number } | null {
  if (signature.some((byte, at) => bytes[at] !== byte)) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const chunks: PngChunk[] = [];
  let at = 8;
  while (at + 12 <= bytes.length) {
    const length = view.getUint32(at);
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    chunks.push({ name, offset: at });
    at += 12 + length;
    if (at > bytes.length) return null;
    if (name === "IEND") return { chunks, trailing: bytes.length - at };
  }
  return null;
}
