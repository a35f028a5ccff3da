type Members = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Members =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/**
 * Addresses (RFC 6901) of what a written document says otherwise than the expected one, or beside it. Keys that were not expected are counted, never
 * named: a key can carry a value too. O(size of both).
 * @example
 * ```ts
 * jsonDifferences({ a: [1, 2], b: 0 }, { a: [1, 3], c: 6 }) // [ "/a/1", "/b (absent)", "/ (1 membre en trop)" ]
 * ```
 */
export function jsonDifferences(expected: unknown, written: unknown, address = ""): readonly string[] {
  if (Array.isArray(expected) && Array.isArray(written)) {
    const most = Math.min(expected.length, written.length);
    const found = expected
      .slice(0, most)
      .flatMap((item, index) => jsonDifferences(item, written[index], `${address}/${index}`));
    return expected.length === written.length ? found : [...found, `${address}/${most} (autre longueur)`];
  }
  if (isObject(expected) && isObject(written)) {
    const known = Object.keys(expected).filter((key) => expected[key] !== undefined);
    const extra = Object.keys(written).filter((key) => !known.includes(key)).length;
    return [
      ...known.flatMap((key) =>
        key in written
          ? jsonDifferences(expected[key], written[key], `${address}/${key}`)
          : [`${address}/${key} (absent)`],
      ),
      ...(extra > 0 ? [`${address || "/"} (${extra} membre${extra > 1 ? "s" : ""} en trop)`] : []),
    ];
  }
  return expected === written ? [] : [address || "/"];
}
