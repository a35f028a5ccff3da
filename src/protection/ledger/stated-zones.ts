import { Refusal } from "../refusal.ts";
import type { Statement } from "../statement.ts";

/**
 * Base units of each zone, by kind of zone then by code: pieces of overlap ("QP001∩31555"), so that zones of two kinds are made of the same
 * pieces. A dimension of classes may be given in the same way, when its labels overlap: "18-29 ans" made of "18-24" and "25-29".
 */
export type ZonePieces = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

/** Name, in the ledger, of a zone of a table; the code of the whole, or null, is the whole of its kind. */
export function zoneName({ zone }: Statement, code: string | null, zones: ZonePieces): string {
  if (zone === null) return "territoire";
  if (code !== null && (code !== zone.whole || zones.get(zone.kind)?.has(code))) return `${zone.kind} ${code}`;
  return `${zone.kind}\u00a0: ensemble`;
}

/**
 * Its base units. The whole of a kind is all its zones together, unless the map has a zone of that code; with no zone at all, it is the
 * kind "territoire" of the map, or a piece of its own.
 */
export function zoneMembers({ zone }: Statement, code: string | null, zones: ZonePieces): readonly string[] {
  const known = zones.get(zone?.kind ?? "territoire");
  const own = code === null ? undefined : known?.get(code);
  if (own !== undefined) return own;
  if (code !== null && code !== zone?.whole) {
    throw new Refusal({
      what: "Zone sans unités de base",
      value: code,
      where: `zones du type ${zone?.kind}`,
      expected: "une zone de la table de passage donnée au registre",
      remedy: "compléter les morceaux de territoire, ou retirer la ligne",
    });
  }
  const all = [...new Set([...(known?.values() ?? [])].flat())];
  return all.length > 0 ? all : ["territoire"];
}

/** Base classes of a label; the label itself where the dimension is not given. */
export function classMembers(dimension: string, label: string, zones: ZonePieces): readonly string[] {
  const given = zones.get(dimension);
  const own = given === undefined ? [label] : given.get(label);
  if (own !== undefined) return own;
  throw new Refusal({
    what: "Classe sans définition",
    value: label,
    where: `dimension ${dimension}`,
    expected: "une classe de la liste donnée au registre",
  });
}
