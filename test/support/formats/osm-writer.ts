import { PbfWriter } from "pbf";

/** A block of an .osm.pbf file written by hand, unpacked: for the forms that our own writer does not use. */
export function osmBlob(type: string, block: Uint8Array, { field = 1 }: { field?: number } = {}): Buffer {
  const body = new PbfWriter();
  body.writeBytesField(field, block);
  const bytes = body.finish();
  const head = new PbfWriter();
  head.writeStringField(1, type);
  head.writeVarintField(3, bytes.length);
  const headBytes = head.finish();
  const length = Buffer.alloc(4);
  length.writeUInt32BE(headBytes.length);
  return Buffer.concat([length, headBytes, bytes]);
}

/** The head of an extract that requires these features. */
export function osmHead(...features: string[]): Buffer {
  const pbf = new PbfWriter();
  for (const feature of features) pbf.writeStringField(4, feature);
  return osmBlob("OSMHeader", pbf.finish());
}

export interface PlainNode {
  readonly id: number;
  readonly lon: number;
  readonly lat: number;
}

/** Nodes one by one, with an offset and a granularity of their own, and a relation with a tag. */
export function plainBlock(nodes: readonly PlainNode[], granularity = 1000, offset = 500_000): Uint8Array {
  const pbf = new PbfWriter();
  pbf.writeMessage(
    1,
    (texts, table) => {
      for (const text of texts) table.writeStringField(1, text);
    },
    ["", "type", "route"],
  );
  const stored = (degrees: number): number => Math.round((degrees * 1e9 - offset) / granularity);
  pbf.writeMessage(
    2,
    (list, group) => {
      for (const node of list)
        group.writeMessage(
          1,
          ({ id, lon, lat }, message) => {
            message.writeSVarintField(1, id);
            message.writeSVarintField(8, stored(lat));
            message.writeSVarintField(9, stored(lon));
          },
          node,
        );
      group.writeMessage(
        4,
        (_, message) => {
          message.writeVarintField(1, 77);
          message.writePackedVarint(2, [1]);
          message.writePackedVarint(3, [2]);
        },
        null,
      );
    },
    nodes,
  );
  pbf.writeVarintField(17, granularity);
  pbf.writeVarintField(19, offset);
  pbf.writeVarintField(20, offset);
  return pbf.finish();
}
