import { unzlibSync } from "fflate";
import { PbfReader } from "pbf";
import type { Point } from "../../../src/sources/sample/geometry.ts";

/** A way as it is written. */
export interface Way {
  readonly nodes: readonly number[];
  readonly tags: Readonly<Record<string, string>>;
}

/** A reader of dense nodes and ways, by the description of the format and nothing else. */
export function readPbf(file: Uint8Array): { nodes: Map<number, Point>; ways: Way[] } {
  const nodes = new Map<number, Point>();
  const ways: Way[] = [];
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  for (let at = 0; at < file.length; ) {
    const headLength = view.getUint32(at);
    const head = { type: "", size: 0 };
    new PbfReader(file.subarray(at + 4, at + 4 + headLength)).readFields((tag, _, pbf) => {
      if (tag === 1) head.type = pbf.readString();
      else if (tag === 3) head.size = pbf.readVarint();
    }, head);
    at += 4 + headLength;
    let data = new Uint8Array();
    new PbfReader(file.subarray(at, at + head.size)).readFields((tag, _, pbf) => {
      if (tag === 3) data = Uint8Array.from(unzlibSync(pbf.readBytes()));
    }, null);
    at += head.size;
    if (head.type === "OSMData") readBlock(data, nodes, ways);
  }
  return { nodes, ways };
}

function readBlock(data: Uint8Array, nodes: Map<number, Point>, ways: Way[]): void {
  const strings: string[] = [];
  new PbfReader(data).readFields((tag, _, pbf) => {
    if (tag === 1)
      pbf.readMessage((inner) => {
        if (inner === 1) strings.push(new TextDecoder().decode(pbf.readBytes()));
      }, null);
  }, null);
  new PbfReader(data).readFields((tag, _, pbf) => {
    if (tag !== 2) return;
    pbf.readMessage((group) => {
      if (group === 2) {
        const dense: { ids: number[]; lats: number[]; lons: number[] } = { ids: [], lats: [], lons: [] };
        pbf.readMessage((field) => {
          if (field === 1) pbf.readPackedSVarint(dense.ids);
          else if (field === 8) pbf.readPackedSVarint(dense.lats);
          else if (field === 9) pbf.readPackedSVarint(dense.lons);
        }, null);
        let [id, lat, lon] = [0, 0, 0];
        for (const [i, step] of dense.ids.entries()) {
          id += step;
          lat += dense.lats[i];
          lon += dense.lons[i];
          nodes.set(id, [lon / 1e7, lat / 1e7]);
        }
      } else if (group === 3) {
        const [keys, values, refs]: number[][] = [[], [], []];
        pbf.readMessage((field) => {
          if (field === 2) pbf.readPackedVarint(keys);
          else if (field === 3) pbf.readPackedVarint(values);
          else if (field === 8) pbf.readPackedSVarint(refs);
        }, null);
        let id = 0;
        ways.push({
          nodes: refs.map((step) => {
            id += step;
            return id;
          }),
          tags: Object.fromEntries(keys.map((key, i) => [strings[key], strings[values[i]]])),
        });
      }
    }, null);
  }, null);
}
