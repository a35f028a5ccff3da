import { roughWidth } from "./text-room.ts";

/**
 * A text cut to a width, at a word where one ends near, with an ellipsis; whole when it fits.
 * @example
 * ```ts
 * fittedText("La Vigie du Phare et Cité des Terre-Neuvas", 120, 11) // "La Vigie du Phare…"
 * ```
 */
export function fittedText(text: string, width: number, size: number): string {
  if (roughWidth(text, size) <= width) return text;
  let end = text.length;
  while (end > 1 && roughWidth(`${text.slice(0, end)}…`, size) > width) end--;
  const word = text.lastIndexOf(" ", end);
  const cut = word > end * 0.6 ? word : end;
  return `${text
    .slice(0, cut)
    .replace(/[\s,;:–-]+(et|de|du|des|la|le|les)?$/u, "")
    .trimEnd()}…`;
}

/** Names cut to a width; those that would look alike are cut in the middle instead, so that their ends tell them apart. */
export function fittedNames(names: readonly string[], width: number, size: number): readonly string[] {
  const ends = names.map((name) => fittedText(name, width, size));
  const count = new Map<string, number>();
  for (const end of ends) count.set(end, (count.get(end) ?? 0) + 1);
  return ends.map((end, i) => ((count.get(end) ?? 0) > 1 ? cutInside(names[i], width, size) : end));
}

function cutInside(text: string, width: number, size: number): string {
  for (let kept = text.length - 1; kept > 4; kept--) {
    const tail = Math.floor(kept / 2);
    const cut = `${text.slice(0, kept - tail).trimEnd()}…${text.slice(text.length - tail).trimStart()}`;
    if (roughWidth(cut, size) <= width) return cut;
  }
  return text;
}
