/** A table of Markdown that pandoc reads with its caption and the widths of its columns (percents); a bar in a cell is escaped. */
export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  { caption, widths }: { readonly caption: string; readonly widths: readonly number[] },
): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
  const rule = `|${widths.map((width) => `:${"-".repeat(Math.max(3, width - 1))}`).join("|")}|`;
  return [line(head), rule, ...rows.map(line), "", `: ${caption}`].join("\n");
}
