/** A key that an object of a JSON text writes twice, and where the second one starts. */
export interface RepeatedKey {
  readonly name: string;
  readonly position: number;
}

/**
 * The first key that is written twice in one object of a JSON text, or null: a parser keeps the last one and says nothing. Keys are counted in the text and
 * in what was read of it; only when they differ is the text walked through again. O(characters).
 * @param value what `JSON.parse` gives of the text
 * @example
 * ```ts
 * const text = '{"a": 1, "b": {"a": 2, "a": 3}}';
 * repeatedKey(text, JSON.parse(text)).position // 23
 * ```
 */
export function repeatedKey(text: string, value: unknown): RepeatedKey | null {
  return keysInText(text) === keysInValue(value) ? null : firstRepeated(text);
}

/** The end of a string that starts at a quote: the place of its closing quote. */
function closingQuote(text: string, start: number): number {
  let end = text.indexOf('"', start + 1);
  for (; end >= 0; end = text.indexOf('"', end + 1)) {
    let backslashes = 0;
    while (text[end - 1 - backslashes] === "\\") backslashes++;
    if (backslashes % 2 === 0) return end;
  }
  return text.length;
}

/** Whether the string that ends there is a key: a colon follows. */
function isKey(text: string, end: number): boolean {
  let next = end + 1;
  while (" \t\r\n".includes(text[next] ?? "-")) next++;
  return text[next] === ":";
}

function keysInText(text: string): number {
  let count = 0;
  for (let at = text.indexOf('"'); at >= 0; ) {
    const end = closingQuote(text, at);
    if (isKey(text, end)) count++;
    at = text.indexOf('"', end + 1);
  }
  return count;
}

/** Without recursion: a document may be nested a hundred thousand times. */
function keysInValue(value: unknown): number {
  let count = 0;
  const left: unknown[] = [value];
  while (left.length > 0) {
    const one = left.pop();
    if (typeof one !== "object" || one === null) continue;
    const inner: readonly unknown[] = Array.isArray(one) ? one : Object.values(one);
    if (!Array.isArray(one)) count += inner.length;
    for (const item of inner) if (typeof item === "object" && item !== null) left.push(item);
  }
  return count;
}

function firstRepeated(text: string): RepeatedKey | null {
  const open: (Set<string> | null)[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === "{") open.push(new Set());
    else if (character === "[") open.push(null);
    else if (character === "}" || character === "]") open.pop();
    else if (character === '"') {
      const end = closingQuote(text, at);
      const keys = open.at(-1);
      if (keys && isKey(text, end)) {
        const name = JSON.parse(text.slice(at, end + 1)) as string;
        if (keys.has(name)) return { name, position: at };
        keys.add(name);
      }
      at = end;
    }
  }
  return null;
}
