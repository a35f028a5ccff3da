import { createHmac, randomBytes, randomInt, randomUUID, timingSafeEqual } from "node:crypto";
import { createServer, type Server } from "node:net";

/** What a front end and a kernel agree on before they talk: five local ports and the key that signs the messages (the connection file of Jupyter). */
export interface ConnectionInfo {
  readonly transport: string;
  readonly ip: string;
  readonly shell_port: number;
  readonly iopub_port: number;
  readonly stdin_port: number;
  readonly control_port: number;
  readonly hb_port: number;
  readonly key: string;
  readonly signature_scheme: string;
}

export interface MessageHeader {
  readonly msg_id: string;
  readonly msg_type: string;
  readonly session: string;
  readonly username: string;
  readonly date: string;
  readonly version: string;
}

/** A message of the Jupyter protocol 5.3. `parent` is the header of the request that it answers, or `{}`. */
export interface Message {
  /** Routing frames in front of the message: who asked, or the topic of an output. */
  readonly identities: readonly Uint8Array[];
  readonly header: MessageHeader;
  readonly parent: Partial<MessageHeader>;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly content: Readonly<Record<string, unknown>>;
}

const delimiter = "<IDS|MSG>";
const protocolVersion = "5.3";

/** A new message with its own identifier and date. */
export function newMessage(
  type: string,
  content: Readonly<Record<string, unknown>>,
  from: { readonly session: string; readonly parent?: Message },
): Message {
  const header: MessageHeader = {
    msg_id: randomUUID(),
    msg_type: type,
    username: "quartiers",
    session: from.session,
    date: new Date().toISOString(),
    version: protocolVersion,
  };
  return {
    identities: from.parent?.identities ?? [],
    header,
    parent: from.parent?.header ?? {},
    metadata: {},
    content,
  };
}

/** Somebody else speaks on this port: another kernel, started at the same moment. */
export class WrongSignature extends Error {
  constructor() {
    super("A Jupyter message has a wrong signature.");
  }
}

/** The frames of a message on the wire: identities, delimiter, HMAC-SHA256 signature, header, parent header, metadata, content. */
export function encodeMessage(
  { identities, header, parent, metadata, content }: Message,
  key: string,
): (Uint8Array | string)[] {
  const parts = [header, parent, metadata, content].map((part) => JSON.stringify(part));
  return [...identities, delimiter, sign(parts, key), ...parts];
}

/** Reads a message and checks its signature. Throws an `Error` when the frames are not a message signed with `key`. */
export function decodeMessage(frames: readonly Uint8Array[], key: string): Message {
  const texts = frames.map((frame) => Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength));
  const start = texts.findIndex((frame) => frame.equals(Buffer.from(delimiter)));
  const [signature, ...parts] = texts.slice(start + 1, start + 6);
  if (start < 0 || !signature || parts.length < 4) throw new Error("Not a Jupyter message.");
  const expected = Buffer.from(sign(parts, key));
  if (expected.length !== signature.length || !timingSafeEqual(expected, signature)) throw new WrongSignature();
  const [header, parent, metadata, content] = parts.map((part) => JSON.parse(part.toString("utf8")));
  return { identities: frames.slice(0, start), header, parent, metadata, content };
}

function sign(parts: readonly (string | Uint8Array)[], key: string): string {
  const hmac = createHmac("sha256", key);
  for (const part of parts) hmac.update(part);
  return hmac.digest("hex");
}

/** A connection on five free local ports, with a random key. */
export async function newConnection(): Promise<ConnectionInfo> {
  const [shell = 0, iopub = 0, stdin = 0, control = 0, heartbeat = 0] = await freePorts(5);
  return {
    transport: "tcp",
    ip: "127.0.0.1",
    shell_port: shell,
    iopub_port: iopub,
    stdin_port: stdin,
    control_port: control,
    hb_port: heartbeat,
    key: randomBytes(32).toString("hex"),
    signature_scheme: "hmac-sha256",
  };
}

/** The address of one of the ports. */
export function addressOf({ transport, ip }: ConnectionInfo, port: number): string {
  return `${transport}://${ip}:${port}`;
}

/** Below the ports that systems hand out by themselves: between the choice and the kernel's own start, no other program is given one of these. */
const firstPort = 15_000;
const lastPort = 32_000;

async function freePorts(count: number): Promise<number[]> {
  const servers: Server[] = [];
  const ports: number[] = [];
  while (ports.length < count) {
    const port = randomInt(firstPort, lastPort);
    const server = createServer();
    const isFree = await new Promise<boolean>((resolve) => {
      server.once("error", () => resolve(false));
      server.listen(port, "127.0.0.1", () => resolve(true));
    });
    if (!isFree) continue;
    servers.push(server);
    ports.push(port);
  }
  await Promise.all(servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve()))));
  return ports;
}
