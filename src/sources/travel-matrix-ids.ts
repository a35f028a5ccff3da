import { Buffer } from "node:buffer";

/** Turns the ids of a column into whole numbers as their bytes pass, without making a text a row. */
export interface IdCoder {
  /** Code of the id that starts at `at` and ends before the separator or the line end; `end()` is then its end. -1 when it is empty. */
  readonly code: (bytes: Uint8Array, at: number) => number;
  /** Where the id read last ends; -1 when it has a quote that does not close. */
  readonly end: () => number;
  readonly ids: readonly string[];
}

const [LINE_FEED, CARRIAGE_RETURN, QUOTE] = [10, 13, 34];

/**
 * A coder for one column. Tables of pairs are sorted: an id is nearly always the one above, or the one that followed it the time before, which a few
 * comparisons of bytes tell. Others go through a dictionary. `allowsEmpty`: an empty cell is a value like others (a mode without departure), not a lack.
 */
export function idCoder(separator: number, options: { readonly allowsEmpty: boolean }): IdCoder {
  const ids: string[] = [];
  const places = new Map<string, number>();
  let known: Uint8Array = new Uint8Array(1 << 16);
  let starts: Int32Array = new Int32Array(1 << 10);
  let successors: Int32Array = new Int32Array(1 << 10);
  let last = -1;
  let end = 0;
  let sameFirst = true;

  const isAt = (code: number, bytes: Uint8Array, at: number): boolean => {
    const start = starts[code];
    const length = starts[code + 1] - start;
    const after = bytes[at + length];
    if (after !== separator && after !== LINE_FEED && after !== CARRIAGE_RETURN) return false;
    for (let i = 0; i < length; i++) if (bytes[at + i] !== known[start + i]) return false;
    end = at + length;
    return true;
  };

  const add = (raw: Buffer, text: string): number => {
    const code = ids.push(text) - 1;
    const start = starts[code];
    if (start + raw.length > known.length) known = grown(known, start + raw.length);
    if (code + 2 > starts.length) {
      starts = grownCodes(starts);
      successors = grownCodes(successors);
    }
    known.set(raw, start);
    starts[code + 1] = start + raw.length;
    successors[code] = code;
    return code;
  };

  const search = (bytes: Uint8Array, at: number): number => {
    const quoted = bytes[at] === QUOTE;
    end = quoted ? endOfQuoted(bytes, at) : endOfPlain(bytes, at, separator);
    if (end < 0) return -1;
    const raw = Buffer.from(bytes.buffer, bytes.byteOffset + at, end - at);
    const key = raw.toString("latin1");
    const place = places.get(key);
    if (place !== undefined) return place;
    const text = quoted ? raw.toString("utf8").slice(1, -1).replaceAll('""', '"') : raw.toString("utf8");
    if (text === "" && !options.allowsEmpty) return -1;
    // The same id may come with quotes and without: its bare bytes are its name.
    const bare = quoted ? Buffer.from(text).toString("latin1") : key;
    const code = places.get(bare) ?? add(quoted ? Buffer.from(text) : raw, text);
    places.set(bare, code);
    places.set(key, code);
    return code;
  };

  return {
    ids,
    end: () => end,
    code: (bytes, at) => {
      if (last >= 0) {
        const [first, second] = sameFirst ? [last, successors[last]] : [successors[last], last];
        if (isAt(first, bytes, at)) {
          last = first;
          return first;
        }
        if (second !== first && isAt(second, bytes, at)) {
          sameFirst = !sameFirst;
          last = second;
          return second;
        }
      }
      const code = search(bytes, at);
      if (code < 0) return -1;
      if (last >= 0) successors[last] = code;
      last = code;
      return code;
    },
  };
}

/** The first separator or line end from `at` on. */
export function endOfPlain(bytes: Uint8Array, at: number, separator: number): number {
  let i = at;
  while (bytes[i] !== separator && bytes[i] !== LINE_FEED && bytes[i] !== CARRIAGE_RETURN) i++;
  return i;
}

/** Past the quote that closes a field; -1 when the line ends before. */
export function endOfQuoted(bytes: Uint8Array, at: number): number {
  let i = at + 1;
  for (;;) {
    if (bytes[i] === LINE_FEED || i >= bytes.length) return -1;
    if (bytes[i] === QUOTE) {
      if (bytes[i + 1] !== QUOTE) return i + 1;
      i++;
    }
    i++;
  }
}

function grown(bytes: Uint8Array, least: number): Uint8Array {
  const wider = new Uint8Array(Math.max(2 * bytes.length, least));
  wider.set(bytes);
  return wider;
}

function grownCodes(codes: Int32Array): Int32Array {
  const wider = new Int32Array(2 * codes.length);
  wider.set(codes);
  return wider;
}
