/**
 * A small assembler of WebAssembly: instructions are functions that return bytes, a body is their concatenation. Only what the dense loops of this folder
 * need. The names are those of the text format (WebAssembly 2.0 with vector instructions, W3C 2022), so that a body reads like it.
 */
export type Code = readonly number[];

/** Joins instructions. */
export const code = (...parts: readonly (Code | number)[]): Code => parts.flat();

/** Unsigned LEB128, the variable-length number of the format. */
export function unsigned(value: number): Code {
  const bytes: number[] = [];
  let left = value;
  do {
    const byte = left & 0x7f;
    left >>>= 7;
    bytes.push(left === 0 ? byte : byte | 0x80);
  } while (left !== 0);
  return bytes;
}

/** Signed LEB128, for constants. */
export function signed(value: number): Code {
  const bytes: number[] = [];
  let left = value;
  for (;;) {
    const byte = left & 0x7f;
    left >>= 7;
    const done = (left === 0 && (byte & 0x40) === 0) || (left === -1 && (byte & 0x40) !== 0);
    bytes.push(done ? byte : byte | 0x80);
    if (done) return bytes;
  }
}

const memory = (align: number, offset: number): Code => [align, ...unsigned(offset)];
const vector = (operation: number): Code => [0xfd, ...unsigned(operation)];

export const local: Readonly<Record<"get" | "set" | "tee", (index: number) => Code>> = {
  get: (index) => [0x20, ...unsigned(index)],
  set: (index) => [0x21, ...unsigned(index)],
  tee: (index) => [0x22, ...unsigned(index)],
};

type At = (offset: number) => Code;

export const i32: { readonly constant: (value: number) => Code } & Readonly<
  Record<"lessThan" | "add" | "multiply", Code>
> = {
  constant: (value) => [0x41, ...signed(value)],
  lessThan: [0x49],
  add: [0x6a],
  multiply: [0x6c],
};

export const f64: Readonly<Record<"load" | "store", At> & Record<"add" | "multiply" | "divide", Code>> = {
  load: (offset) => [0x2b, ...memory(3, offset)],
  store: (offset) => [0x39, ...memory(3, offset)],
  add: [0xa0],
  multiply: [0xa2],
  divide: [0xa3],
};

/** Two double-precision numbers at once. There is no fused multiply-add: the results are those of separate operations. */
export const f64x2: Readonly<
  Record<"load" | "store", At> & { lane: (lane: 0 | 1) => Code } & Record<
      "zero" | "splat" | "add" | "subtract" | "multiply" | "least" | "lessThan" | "equal" | "and" | "select" | "any",
      Code
    >
> = {
  load: (offset) => [...vector(0x00), ...memory(3, offset)],
  store: (offset) => [...vector(0x0b), ...memory(3, offset)],
  zero: [...vector(0x0c), ...new Array<number>(16).fill(0)],
  splat: vector(0x14),
  lane: (lane) => [...vector(0x21), lane],
  add: vector(0xf0),
  subtract: vector(0xf1),
  multiply: vector(0xf2),
  /** pmin(a, b): b when b < a, else a. */
  least: vector(0xf6),
  lessThan: vector(0x49),
  equal: vector(0x47),
  and: vector(0x4e),
  /** bitselect(a, b, mask): a where the mask is set. */
  select: vector(0x52),
  /** 1 when a bit is set. */
  any: vector(0x53),
};

/** Repeats a body while a condition, pushed at its end, holds: the body runs at least once. */
export const repeatWhile = (body: Code, condition: Code): Code => [0x03, 0x40, ...body, ...condition, 0x0d, 0, 0x0b];

/** Leaves the function with a value when a condition holds. */
export const returnIf = (condition: Code, value: Code): Code => [...condition, 0x04, 0x40, ...value, 0x0f, 0x0b];

/** An exported function of 32-bit integers (addresses, counts). */
export interface WasmFunction {
  readonly name: string;
  readonly parameters: number;
  /** Locals after the parameters: integers first, then vectors. */
  readonly integers: number;
  readonly vectors: number;
  /** Whether the body leaves an integer to return. */
  readonly returns?: boolean;
  readonly body: Code;
}

/** The bytes of a module that imports one memory (`env.memory`) and exports functions. */
export function wasmModule(functions: readonly WasmFunction[]): Uint8Array {
  const [INTEGER, VECTOR] = [0x7f, 0x7b];
  const text = (value: string): Code => [
    ...unsigned(value.length),
    ...[...value].map((letter) => letter.charCodeAt(0)),
  ];
  const list = (items: readonly Code[]): Code => [...unsigned(items.length), ...items.flat()];
  const section = (id: number, items: readonly Code[]): Code => {
    const bytes = list(items);
    return [id, ...unsigned(bytes.length), ...bytes];
  };
  const types = functions.map(
    ({ parameters, returns }): Code => [
      ...[0x60, ...list(new Array<Code>(parameters).fill([INTEGER]))],
      ...list(returns ? [[INTEGER]] : []),
    ],
  );
  const bodies = functions.map(({ integers, vectors, body }): Code => {
    const locals = list([
      [...unsigned(integers), INTEGER],
      [...unsigned(vectors), VECTOR],
    ]);
    const bytes = [...locals, ...body, 0x0b];
    return [...unsigned(bytes.length), ...bytes];
  });
  return Uint8Array.from([
    ...[0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00],
    ...section(1, types),
    ...section(2, [[...text("env"), ...text("memory"), 0x02, 0x00, 0x01]]),
    ...section(
      3,
      functions.map((_, index) => unsigned(index)),
    ),
    ...section(
      7,
      functions.map(({ name }, index) => [...text(name), 0x00, ...unsigned(index)]),
    ),
    ...section(10, bodies),
  ]);
}
