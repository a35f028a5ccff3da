import { QuartiersError } from "../../src/codes/errors.ts";
import { Transferred } from "../../src/engine/workers.ts";

/** Tasks that the tests of the pool run in its threads. */
export const sum = ({ values, start, end }: { values: Float64Array; start: number; end: number }): number => {
  let total = 0;
  for (let i = start; i < end; i++) total += values[i];
  return total;
};
export const fillShared = ({ out, start, end }: { out: Int32Array; start: number; end: number }): void => {
  for (let i = start; i < end; i++) out[i] = i * i;
};
export const squares = (n: number): Transferred<Float64Array> => {
  const values = Float64Array.from({ length: n }, (_, i) => i * i);
  return new Transferred(values, [values.buffer]);
};
export const late = async (milliseconds: number): Promise<number> => {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  return milliseconds;
};
export const teach = (value: string): never => {
  throw new QuartiersError({ what: "Refus d'essai", value, expected: "autre chose" });
};
export const crash = (): never => {
  throw new TypeError("a secret value 42");
};
export const die = (): never => process.exit(3);
export const never = (): Promise<never> => new Promise(() => setInterval(() => undefined, 1000));
