import { QuartiersError } from "../../codes/errors.ts";
import type { ZonePieces } from "../../protection/ledger/stated-zones.ts";
import type { Statement, ZoneKind } from "../../protection/statement.ts";

/**
 * Base units of the zones that the book's tables name. A neighbourhood, a commune or a sector is a piece of its own, a commune with neighbourhoods also
 * gathers them; a group gathers the zones that its statement names. One name is one set: two groups of one name and other zones are refused.
 * @param communes code of the commune of each neighbourhood, when the territory knows it
 */
export function bookZones(statements: readonly Statement[], communes: ReadonlyMap<string, string>): ZonePieces {
  const zones = new Map<ZoneKind, Map<string, readonly string[]>>();
  const put = (kind: ZoneKind, code: string, pieces: readonly string[]): void => {
    const known = zones.get(kind) ?? new Map<string, readonly string[]>();
    zones.set(kind, known);
    const before = known.get(code);
    if (before !== undefined && JSON.stringify(before) !== JSON.stringify(pieces))
      throw new QuartiersError({
        what: "Deux tableaux du livre donnent le même nom à deux groupes de zones",
        value: code,
        expected: "un nom par groupe",
        remedy: "nommer le groupe par ce qui le distingue",
      });
    known.set(code, pieces);
  };
  for (const [neighbourhood, commune] of communes) {
    put(neighbourhood.startsWith("QN") ? "qpv2024" : "qpv2015", neighbourhood, [neighbourhood]);
    const others = zones.get("commune")?.get(commune) ?? [`${commune} hors des quartiers`];
    const known = zones.get("commune") ?? new Map<string, readonly string[]>();
    zones.set("commune", known.set(commune, [...others, neighbourhood]));
  }
  for (const { zone } of statements)
    if (zone?.gathers)
      for (const [name, members] of Object.entries(zone.gathers.members)) put(zone.kind, name, [...members].sort());
  return zones;
}

/** Zones that a table names and that nothing else defines are pieces of their own: sectors of a grid, communes without a neighbourhood. */
export function withNamedZones(
  zones: ZonePieces,
  named: readonly { readonly kind: ZoneKind; readonly code: string }[],
): ZonePieces {
  const completed = new Map([...zones].map(([kind, codes]) => [kind, new Map(codes)] as const));
  for (const { kind, code } of named) {
    const codes = completed.get(kind) ?? new Map<string, readonly string[]>();
    if (!codes.has(code)) codes.set(code, [code]);
    completed.set(kind, codes);
  }
  return completed;
}
