import type { OsmBlock } from "./osm-block.ts";

/** Tags of a node that says what stands across its way and who passes. */
export const barrierTags = ["barrier", "access", "vehicle", "motor_vehicle", "motorcar", "bicycle", "foot"] as const;
export type BarrierTag = (typeof barrierTags)[number];

/** Nodes of the roads with a tag « barrier », each once, and their tags as columns of text, "" where there is none. */
export interface RoadBarriers {
  /** Numbers of nodes. */
  readonly nodes: Uint32Array;
  readonly tags: Readonly<Record<BarrierTag, readonly string[]>>;
}

/** Collects the barriers of the nodes that roads use. Memory grows with the barriers. */
export class BarrierCollector {
  readonly #places: number[] = [];
  readonly #tags = Object.fromEntries(barrierTags.map((tag) => [tag, [] as string[]])) as Record<BarrierTag, string[]>;

  /** A function that takes node i of the block, at this place among the roads' nodes, if it is a barrier. */
  taker(block: OsmBlock): (i: number, place: number) => void {
    const { nodes, text } = block;
    const numbers = new Map(barrierTags.map((tag) => [block.numberOf(tag), tag] as const));
    const barrier = block.numberOf("barrier");
    if (barrier < 0) return () => undefined;
    return (i, place) => {
      const keys = nodes.tagKeys.slice(nodes.tagOffsets[i], nodes.tagOffsets[i + 1]);
      if (!keys.includes(barrier)) return;
      this.#places.push(place);
      for (const tag of barrierTags) this.#tags[tag].push("");
      for (const [k, key] of keys.entries()) {
        const tag = numbers.get(key);
        if (tag !== undefined)
          this.#tags[tag][this.#places.length - 1] = text(nodes.tagValues[nodes.tagOffsets[i] + k]);
      }
    };
  }

  /** @param numberOf number among the roads of a node at a place of the collection, -1 when no line uses it */
  columns(numberOf: (place: number) => number): RoadBarriers {
    const kept = this.#places.flatMap((place, i) => (numberOf(place) >= 0 ? [i] : []));
    return {
      nodes: Uint32Array.from(kept, (i) => numberOf(this.#places[i])),
      tags: Object.fromEntries(barrierTags.map((tag) => [tag, kept.map((i) => this.#tags[tag][i])])) as Record<
        BarrierTag,
        string[]
      >,
    };
  }
}
