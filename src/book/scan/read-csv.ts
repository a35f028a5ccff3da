/**
 * The lines of a CSV file (RFC 4180), every field as text.
 * @example
 * ```ts
 * readCsvLines('a,"b,c"\n1,\n') // [ [ "a", "b,c" ], [ "1", "" ] ]
 * ```
 */
export function readCsvLines(text: string): readonly (readonly string[])[] {
  const lines: string[][] = [];
  let line: string[] = [];
  let field = "";
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? "";
    if (quoted) {
      if (sign !== '"') field += sign;
      else if (text[at + 1] === '"') {
        field += '"';
        at++;
      } else quoted = false;
    } else if (sign === '"') quoted = true;
    else if (sign === ",") {
      line.push(field);
      field = "";
    } else if (sign === "\n") {
      lines.push([...line, field.replace(/\r$/, "")]);
      line = [];
      field = "";
    } else field += sign;
  }
  if (field !== "" || line.length > 0) lines.push([...line, field]);
  return lines;
}
