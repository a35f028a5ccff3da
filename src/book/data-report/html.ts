import { french } from "./words.ts";

export interface HtmlColumn {
  readonly heading: string;
  /** Numbers stand on the right. */
  readonly isNumber?: boolean;
}

/**
 * A table with its caption and scopes, in a block that scrolls by itself and with the keyboard. The first cell of each row is its heading.
 * @param rows cells already in HTML
 * @param options.isCompact for few narrow columns: no wider than it needs
 */
export function htmlTable(
  caption: string,
  columns: readonly HtmlColumn[],
  rows: readonly (readonly string[])[],
  { isCompact = false }: { readonly isCompact?: boolean } = {},
): string {
  const mark = (i: number): string => (columns[i]?.isNumber ? ' class="n"' : "");
  const head = columns.map(({ heading }, i) => `<th scope="col"${mark(i)}>${french(heading)}</th>`).join("");
  const body = rows
    .map(
      (cells) =>
        `<tr>${cells.map((cell, i) => (i === 0 ? `<th scope="row">${cell}</th>` : `<td${mark(i)}>${cell}</td>`)).join("")}</tr>`,
    )
    .join("\n");
  return `<div class="scroll ${isCompact ? "compact" : "wide"}" tabindex="0" role="group" aria-label="${french(`Tableau : ${caption}`)}"><table><caption>${french(caption)}</caption><thead><tr>${head}</tr></thead>
<tbody>${body}</tbody></table></div>`;
}

/** A list of terms and their values; an empty value is left out. Values are already in HTML. */
export function htmlTerms(items: readonly (readonly [string, string])[]): string {
  return `<dl class="facts">${items
    .filter(([, value]) => value !== "")
    .map(([term, value]) => `<div><dt>${french(term)}</dt><dd>${value}</dd></div>`)
    .join("\n")}</dl>`;
}

/** A list; "" when it has no item. Items are already in HTML. */
export const htmlList = (items: readonly string[], kind = ""): string =>
  items.length === 0
    ? ""
    : `<ul${kind ? ` class="${kind}"` : ""}>${items.map((item) => `<li>${item}</li>`).join("\n")}</ul>`;
