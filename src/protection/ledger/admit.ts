import { Refusal } from "../refusal.ts";
import { type Exposure, exposures } from "./exposures.ts";
import type { Publication } from "./publication.ts";
import { type Source, systemOf, touchedBy } from "./system.ts";

/**
 * Attacks a publication together with all earlier ones, and throws a `Refusal` naming the chain of numbers that a reader would combine.
 * What the earlier publications exposed alone is not held against it. Totals known from elsewhere are never refused, unless they contradict.
 */
export function admit(publication: Publication, earlier: readonly Publication[], threshold: number): void {
  const [first] = newExposures(publication, earlier, threshold);
  if (first === undefined) return;
  const contradiction = first.verdict === "contradiction";
  if (!contradiction && publication.origin === "public") return;
  throw new Refusal({
    what: contradiction
      ? "Des nombres publiés se contredisent"
      : first.verdict === "not proven"
        ? "Rien ne prouve que cette publication, jointe aux précédentes, protège une zone"
        : "Cette publication, jointe aux précédentes, fait connaître une zone protégée",
    value: publication.id,
    where: chain(first.chain),
    expected: contradiction
      ? "des nombres qui tiennent ensemble"
      : "aucune zone connue sous le seuil, même par différence",
    remedy: contradiction
      ? "vérifier ces nombres avec leur producteur"
      : "retirer ou regrouper un des nombres de la nouvelle publication",
  });
}

/** Exposures that hold with the publication and did not hold without it. */
export function newExposures(
  publication: Publication,
  earlier: readonly Publication[],
  threshold: number,
): readonly Exposure[] {
  const system = systemOf([...earlier, publication]);
  const found: Exposure[] = [];
  for (const lines of touchedBy(system, publication.id)) {
    found.push(...exposures(system, lines, threshold, publication.id));
  }
  return found;
}

const chain = (sources: readonly Source[]): string =>
  sources.map(({ publication, number }) => `«\u202f${number}\u202f» (${publication})`).join(", puis ");
