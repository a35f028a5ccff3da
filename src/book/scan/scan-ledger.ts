import type { PublishedNumber } from "../../protection/ledger/publication.ts";
import type { ScanContext } from "./scan-context.ts";
import { parsed } from "./scan-figure.ts";
import { type ScanFinding, scanFinding } from "./scan-finding.ts";

/**
 * Reads the lines of the ledger: what a line says of a figure of this book must be numbers of its released table. Lines of earlier editions are held by the chain
 * of their hashes, which `quartiers verify` follows. O(numbers).
 */
export function scanLedger(
  text: string,
  file: string,
  { book, heldLines, everywhere }: ScanContext,
): readonly ScanFinding[] {
  const lines = text.split("\n").filter((line) => line !== "");
  const last = new Map<string, number>();
  const publications = lines.map((line) => {
    const read = parsed(line) as
      | { readonly publication?: { readonly id?: string; readonly numbers?: readonly PublishedNumber[] } }
      | undefined;
    return read?.publication;
  });
  for (const [at, publication] of publications.entries()) if (publication?.id) last.set(publication.id, at);
  return publications.flatMap((publication, at) => {
    const position = `ligne ${at + 1}`;
    if (!publication?.numbers) return [scanFinding("fichier-illisible", file, position)];
    const traced = everywhere(lines[at] ?? "").map((code) => scanFinding(code, file, position));
    const own = at >= heldLines && last.get(publication.id ?? "") === at;
    const figure = own ? book.figures.get(publication.id ?? "")?.figure : undefined;
    if (!figure) return traced;
    const released = new Set(Object.values(figure.columns).flatMap(({ values }) => values));
    const strange = publication.numbers.findIndex(({ value, n }) =>
      [value, n].some((told) => typeof told === "number" && !released.has(told)),
    );
    return strange < 0
      ? traced
      : [...traced, scanFinding("ligne-non-diffusee", file, `${position}, nombre ${strange + 1}`)];
  });
}
