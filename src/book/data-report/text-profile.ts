/** What a column of text or codes looks like: only counts, the texts themselves stay with the most frequent ones. */
export interface TextProfile {
  readonly distinct: number;
  /** Most frequent first, then by code points; at most `FREQUENT` of them. */
  readonly frequent: readonly TextCount[];
  /** Forms of the texts: each letter is written A, each digit 9. Most frequent first, at most `FORMS` of them. */
  readonly forms: readonly TextCount[];
  /** Rows of the forms that are not listed. */
  readonly otherForms: number;
  /** Rows whose text begins or ends with a blank: two texts that look the same then differ. */
  readonly edgeBlanks: number;
  /** Shortest and longest, in characters. */
  readonly lengths: readonly [number, number] | null;
}

export interface TextCount {
  readonly text: string;
  readonly rows: number;
}

export const FREQUENT = 10;
export const FORMS = 5;

const byRows = (a: TextCount, b: TextCount): number => b.rows - a.rows || (a.text < b.text ? -1 : 1);

/**
 * The form of a code: each letter is written A, each digit 9.
 * @example
 * ```ts
 * formOf("QN04404M") // "AA99999A"
 * ```
 */
export function formOf(text: string): string {
  let form = "";
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 127) return text.replace(/\p{L}/gu, "A").replace(/\d/g, "9");
    if (code >= 48 && code <= 57) form += "9";
    else form += (code >= 65 && code <= 90) || (code >= 97 && code <= 122) ? "A" : text[i];
  }
  return form;
}

/** How many rows hold each text; rows marked absent are left out. O(n). */
export function countTexts(values: readonly string[], missing: Uint8Array | null): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (let row = 0; row < values.length; row++) {
    if (missing && missing[row] !== 0) continue;
    const text = values[row];
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return counts;
}

/** The profile of a column from the number of rows of each text. O(distinct). */
export function profileOf(counts: ReadonlyMap<string, number>): TextProfile {
  const forms = new Map<string, number>();
  let lengths: readonly [number, number] | null = null;
  let edgeBlanks = 0;
  const leaders: TextCount[] = [];
  for (const [text, rows] of counts) {
    const form = formOf(text);
    if (forms.has(form) || forms.size < 1000) forms.set(form, (forms.get(form) ?? 0) + rows);
    const { length } = text;
    if (/^[ \t\r\n]|[ \t\r\n]$/.test(text)) edgeBlanks += rows;
    lengths = lengths === null ? [length, length] : [Math.min(lengths[0], length), Math.max(lengths[1], length)];
    const last = leaders[FREQUENT - 1];
    if (last === undefined || byRows({ text, rows }, last) < 0) {
      leaders.push({ text, rows });
      leaders.sort(byRows);
      if (leaders.length > FREQUENT) leaders.pop();
    }
  }
  const sorted = [...forms].map(([text, rows]) => ({ text, rows })).sort(byRows);
  const listed = sorted.slice(0, FORMS);
  let total = 0;
  for (const rows of counts.values()) total += rows;
  return {
    distinct: counts.size,
    frequent: leaders,
    forms: listed,
    otherForms: total - listed.reduce((sum, { rows }) => sum + rows, 0),
    edgeBlanks,
    lengths,
  };
}
