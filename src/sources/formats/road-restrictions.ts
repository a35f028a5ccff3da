import { memberKinds, type OsmBlock } from "./osm-block.ts";

/** Restrictions of turns that readers of roads do not give, counted. */
export interface RestrictionsLeft {
  /** In force at some hours only. */
  conditional: number;
  /** For lorries, buses… only. */
  otherVehicles: number;
  /** Without a way to come from, a way to go to, or what joins them; or what joins them is outside the extract. */
  incomplete: number;
}

/** Restrictions of turns as columns, one row for each pair of a way and another; nodes by their number among the roads. */
export interface RoadRestrictions {
  readonly relationId: Float64Array;
  /** no_left_turn, only_straight_on… as written. */
  readonly kind: readonly string[];
  readonly fromWay: Float64Array;
  readonly toWay: Float64Array;
  /** Number of the node where one turns; -1 when one turns through ways. */
  readonly viaNode: Int32Array;
  /** The ways between, in their order: `viaWays[viaOffsets[i]]` to `viaWays[viaOffsets[i + 1] - 1]`. */
  readonly viaOffsets: Uint32Array;
  readonly viaWays: Float64Array;
  /** Vehicles that the restriction spares, as written. */
  readonly except: readonly string[];
}

/** A restriction as found, nodes by identifier. */
interface FoundRestriction {
  readonly id: number;
  readonly kind: string;
  readonly except: string;
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly viaNodes: readonly number[];
  readonly viaWays: readonly number[];
}

/**
 * Collects relations of turn restrictions (wiki.openstreetmap.org/wiki/Relation:restriction), block by block, then gives them as columns. Memory grows
 * with the restrictions. « restriction:motorcar » and « restriction:motor_vehicle » count as « restriction »; those for other vehicles, and those by hours, are counted only.
 */
export class RestrictionCollector {
  readonly left: RestrictionsLeft = { conditional: 0, otherVehicles: 0, incomplete: 0 };
  readonly #found: FoundRestriction[] = [];

  visit(block: OsmBlock): void {
    const { relations, text } = block;
    const typeKey = relations.ids.length === 0 ? -1 : block.numberOf("type");
    if (typeKey < 0) return;
    for (let i = 0; i < relations.ids.length; i++) {
      let isRestriction = false;
      for (let t = relations.tagOffsets[i]; t < relations.tagOffsets[i + 1]; t++)
        if (relations.tagKeys[t] === typeKey && text(relations.tagValues[t]).startsWith("restriction"))
          isRestriction = true;
      if (isRestriction) this.#add(block, i);
    }
  }

  #add({ relations, text }: OsmBlock, i: number): void {
    const tags = new Map<string, string>();
    for (let t = relations.tagOffsets[i]; t < relations.tagOffsets[i + 1]; t++)
      tags.set(text(relations.tagKeys[t]), text(relations.tagValues[t]));
    const hours = tags.has("day_on") || tags.has("hour_on") || tags.has("day_off") || tags.has("hour_off");
    const kind =
      tags.get("restriction") ?? tags.get("restriction:motorcar") ?? tags.get("restriction:motor_vehicle") ?? "";
    if (hours || [...tags.keys()].some((key) => key.startsWith("restriction") && key.endsWith(":conditional")))
      this.left.conditional++;
    else if (kind === "") this.left.otherVehicles++;
    if (hours || kind === "") return;
    const members: Record<string, number[]> = { "way from": [], "way to": [], "node via": [], "way via": [] };
    for (let m = relations.memberOffsets[i]; m < relations.memberOffsets[i + 1]; m++)
      members[`${memberKinds[relations.kinds[m]]} ${text(relations.roles[m])}`]?.push(relations.members[m]);
    this.#found.push({
      id: relations.ids[i],
      kind,
      except: tags.get("except") ?? "",
      from: members["way from"],
      to: members["way to"],
      viaNodes: members["node via"],
      viaWays: members["way via"],
    });
  }

  /**
   * The restrictions whose ways and nodes are among the roads. Several ways to come from (no_entry) or to go to (no_exit) give a row each.
   * @param numberOf number of a node among the roads, -1 when it is not there
   */
  columns(wayIds: Float64Array, numberOf: (node: number) => number): RoadRestrictions {
    const named = new Set(this.#found.flatMap(({ from, to, viaWays }) => [...from, ...to, ...viaWays]));
    const known = new Set(wayIds.filter((id) => named.has(id)));
    const rows: (FoundRestriction & { fromWay: number; toWay: number; viaNode: number })[] = [];
    for (const found of this.#found) {
      const { from, to, viaNodes, viaWays } = found;
      const viaNode = viaNodes.length === 1 ? numberOf(viaNodes[0]) : -1;
      const joined = viaWays.length > 0 ? viaNodes.length === 0 : viaNode >= 0;
      const single = from.length * to.length === 1 || ["no_entry", "no_exit"].includes(found.kind);
      if (
        !joined ||
        !single ||
        ![...from, ...to, ...viaWays].every((way) => known.has(way)) ||
        from.length * to.length === 0
      )
        this.left.incomplete++;
      else for (const fromWay of from) for (const toWay of to) rows.push({ ...found, fromWay, toWay, viaNode });
    }
    const viaOffsets = new Uint32Array(rows.length + 1);
    rows.forEach(({ viaWays }, i) => {
      viaOffsets[i + 1] = viaOffsets[i] + viaWays.length;
    });
    return {
      relationId: Float64Array.from(rows, ({ id }) => id),
      kind: rows.map(({ kind }) => kind),
      fromWay: Float64Array.from(rows, ({ fromWay }) => fromWay),
      toWay: Float64Array.from(rows, ({ toWay }) => toWay),
      viaNode: Int32Array.from(rows, ({ viaNode }) => viaNode),
      viaOffsets,
      viaWays: Float64Array.from(rows.flatMap(({ viaWays }) => viaWays)),
      except: rows.map(({ except }) => except),
    };
  }
}
