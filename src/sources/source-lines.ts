import { frenchNumber } from "../codes/french.ts";
import type { SourceDescription } from "./catalogue.ts";

/** A size as a person reads it. */
const size = (bytes: number): string =>
  bytes < 1e6
    ? frenchNumber(Math.max(1, Math.round(bytes / 1e3)), { unit: "ko" })
    : frenchNumber(bytes / 1e6, { decimals: bytes < 1e7 ? 1 : 0, unit: "Mo" });

/**
 * The catalogue of a territory as lines for a terminal, theme by theme: what is there or not, vintage, licence, size, who uses it, and how to get
 * what is absent.
 */
export function sourceLines(descriptions: readonly SourceDescription[]): readonly string[] {
  const lines: string[] = [];
  let theme = "";
  for (const source of descriptions) {
    if (source.theme !== theme) {
      theme = source.theme;
      lines.push("", theme.toUpperCase());
    }
    const { available, id, publisher, title, vintage, licence, bytes, megabytes, access, neededBy, file } = source;
    const weight =
      bytes !== null ? size(bytes) : megabytes !== null ? `${size(megabytes * 1e6)} à télécharger` : "taille inconnue";
    lines.push(
      `${available ? "présent" : "ABSENT "}  ${id.padEnd(28)} ${title} (${publisher}${vintage ? `, ${vintage}` : ""})`,
    );
    lines.push(`         ${[access === "partner" ? "partenaire" : "public", licence, weight].join(" · ")}`);
    if (neededBy.length > 0) lines.push(`         sert à\u00a0: ${neededBy.join(", ")}`);
    lines.push(available ? `         fichier\u00a0: ${file}` : `         ${source.howToGet}`);
  }
  const there = descriptions.filter(({ available }) => available).length;
  lines.push("", `${there} sources présentes sur ${descriptions.length}.`);
  return lines;
}
