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

export interface PlainRelation {
  readonly id: number;
  readonly tags: Readonly<Record<string, string>>;
  readonly members: readonly {
    readonly kind: "node" | "way" | "relation";
    readonly role: string;
    readonly id: number;
  }[];
}

/** Relations with their members. `forget` leaves out a field of the format: 8 the roles, 9 the identifiers, 10 the kinds. */
export function relationBlock(relations: readonly PlainRelation[], forget: 8 | 9 | 10 | null = null): Uint8Array {
  const texts = [""];
  const numberOf = (text: string): number => (texts.includes(text) ? texts.indexOf(text) : texts.push(text) - 1);
  const group = new PbfWriter();
  for (const { id, tags, members } of relations)
    group.writeMessage(
      4,
      (_, message) => {
        message.writeVarintField(1, id);
        message.writePackedVarint(2, Object.keys(tags).map(numberOf));
        message.writePackedVarint(3, Object.values(tags).map(numberOf));
        const ids = members.map((member, i) => member.id - (members[i - 1]?.id ?? 0));
        const kinds = members.map(({ kind }) => ["node", "way", "relation"].indexOf(kind));
        if (forget !== 8)
          message.writePackedVarint(
            8,
            members.map(({ role }) => numberOf(role)),
          );
        if (forget !== 9) message.writePackedSVarint(9, ids);
        if (forget !== 10) message.writePackedVarint(10, kinds);
      },
      null,
    );
  const pbf = new PbfWriter();
  pbf.writeMessage(
    1,
    (list, table) => {
      for (const text of list) table.writeStringField(1, text);
    },
    texts,
  );
  pbf.writeBytesField(2, group.finish());
  return pbf.finish();
}
