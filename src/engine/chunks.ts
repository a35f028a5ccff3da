import { closeSync, openSync, readSync } from "node:fs";

/** Bytes read at a time. */
const CHUNK_BYTES = 1 << 22;

/**
 * Walks through a file of any size by pieces that end at the end of a line, so that no line or character is cut in two. A line longer than
 * `maxLine` bytes ends the walk with a piece that does not end at a line: `visit` sees it and decides. Stops when `visit` returns false.
 * @param visit piece of the file, and the offset of its first byte; the piece is reused, copy what must last
 * @returns the size of the file that was walked
 */
export function eachPiece(
  path: string,
  visit: (piece: Buffer, offset: number) => boolean,
  maxLine: number = CHUNK_BYTES,
): number {
  const file = openSync(path, "r");
  try {
    let buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    let [held, offset] = [0, 0];
    for (;;) {
      if (held === buffer.length) {
        if (held >= maxLine) {
          visit(buffer.subarray(0, held), offset);
          return offset + held;
        }
        const larger = Buffer.allocUnsafe(Math.min(maxLine, buffer.length * 2));
        buffer.copy(larger, 0, 0, held);
        buffer = larger;
      }
      const read = readSync(file, buffer, held, buffer.length - held, null);
      if (read === 0) {
        if (held > 0) visit(buffer.subarray(0, held), offset);
        return offset + held;
      }
      held += read;
      const end = buffer.lastIndexOf(10, held - 1) + 1;
      if (end <= 0) continue;
      if (!visit(buffer.subarray(0, end), offset)) return offset + end;
      buffer.copyWithin(0, end, held);
      held -= end;
      offset += end;
    }
  } finally {
    closeSync(file);
  }
}
