import { readMarkup } from "./read-markup.ts";

/** The texts of a drawing, in order: one for each `<text>`, its lines joined. Empty for what is not a drawing. */
export function drawnTexts(svg: string): readonly string[] {
  const texts: string[] = [];
  let inside = false;
  for (const part of readMarkup(svg) ?? []) {
    if (part.kind === "open" && part.name === "text") {
      inside = true;
      texts.push("");
    } else if (part.kind === "close" && part.name === "text") inside = false;
    else if (part.kind === "text" && inside) texts.push(`${texts.pop() ?? ""}${part.text}`);
  }
  return texts;
}
