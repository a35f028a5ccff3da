import { QuartiersError } from "../codes/errors.ts";
import { type Table, texts } from "../codes/table.ts";
import { type CommuneHistory, type CommuneList, leaves, type Piece } from "./commune-history.ts";
import type { Passage } from "./passage.ts";

/**
 * From the list of communes of one year to that of another, forward or back. A merger gives each old commune whole (share 1); a division gives several new
 * communes, whose shares are not known until weights are given (`weighPassage`). Going back in time, a merger is a division.
 * O(communes).
 */
export function communePassage(
  history: CommuneHistory,
  { from, to }: { readonly from: number; readonly to: number },
): Passage {
  const [fromList, toList] = [history.listOf(from), history.listOf(to)];
  const owner = ownersOf(toList);
  const size = new Map([...toList].map(([code, pieces]) => [code, leaves(pieces).length]));
  const pairs = [...fromList].flatMap(([code, pieces]) => {
    const counts = new Map<string, number>();
    for (const piece of leaves(pieces)) {
      const target = owner.get(piece);
      if (target !== undefined) counts.set(target, (counts.get(target) ?? 0) + 1);
    }
    return [...counts].map(([target, count]) => ({
      code,
      target,
      share: counts.size === 1 ? 1 : Number.NaN,
      inside: count === size.get(target) ? 1 : 0,
    }));
  });
  return {
    from: { kind: "commune", vintage: from },
    to: { kind: "commune", vintage: to },
    fromCodes: pairs.map(({ code }) => code),
    toCodes: pairs.map(({ target }) => target),
    shares: Float64Array.from(pairs, ({ share }) => share),
    inside: Uint8Array.from(pairs, ({ inside }) => inside),
    dated: true,
    lineage: history.lineage,
  };
}

function ownersOf(list: CommuneList): ReadonlyMap<Piece, string> {
  return new Map([...list].flatMap(([code, pieces]) => leaves(pieces).map((piece) => [piece, code] as const)));
}

/**
 * Without INSEE's events: the passage to a current list by the former codes that it gives for each commune. Only mergers and changes of code are
 * known, not their dates nor the divisions, so `dated` is false and the completeness of the old table is not checked.
 * @param communes the current list, with a column of former codes separated by « ; »
 * @param from year of the old list; to: year of the current one
 */
export function formerCodesPassage(
  communes: Table,
  {
    from,
    to,
    code = "code_commune",
    former = "anciens_codes",
  }: { readonly from: number; readonly to: number; readonly code?: string; readonly former?: string },
): Passage {
  if (from > to)
    throw new QuartiersError({
      what: "Les anciens codes ne permettent pas de revenir en arrière",
      value: `de ${from} à ${to}`,
      expected: "une année de départ qui précède celle de la liste",
      remedy: "prendre le fichier des événements de l'Insee (source cog-mouvements)",
    });
  const current = texts(communes, code).values;
  const formers = texts(communes, former).values;
  const listed = new Set(current);
  const pairs = current.map((now) => [now, now] as const);
  const claimed = new Map<string, string>();
  current.forEach((now, row) => {
    for (const old of (formers[row] ?? "").split(";")) {
      if (old === "" || listed.has(old)) continue;
      const other = claimed.get(old);
      if (other !== undefined && other !== now)
        throw new QuartiersError({
          what: "Un ancien code est revendiqué par deux communes",
          value: `${old} (${other}, ${now})`,
          expected: "une seule commune actuelle par ancien code",
          remedy: "prendre le fichier des événements de l'Insee (source cog-mouvements)",
        });
      if (other === undefined) pairs.push([old, now]);
      claimed.set(old, now);
    }
  });
  return {
    from: { kind: "commune", vintage: from },
    to: { kind: "commune", vintage: to },
    fromCodes: pairs.map(([old]) => old),
    toCodes: pairs.map(([, now]) => now),
    shares: new Float64Array(pairs.length).fill(1),
    inside: new Uint8Array(pairs.length),
    dated: false,
    lineage: communes.lineage,
  };
}
