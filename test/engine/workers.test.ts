import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { QuartiersError } from "../../src/codes/errors.ts";
import { openWorkers, shards, sharedColumn, withWorkers } from "../../src/engine/workers.ts";

const module = pathToFileURL(join(import.meta.dirname, "worker-tasks.ts")).href;
const task = (name: string): { module: string; name: string } => ({ module, name });
const refusal = async (promise: Promise<unknown>): Promise<QuartiersError> => {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(QuartiersError);
  return error as QuartiersError;
};

describe("the pool", () => {
  const pool = openWorkers({ size: 2 });
  afterAll(() => pool.close());

  test("shards are summed to the same bits by one thread and by three", async () => {
    const values = sharedColumn(Float64Array.from({ length: 10_001 }, (_, i) => Math.sin(i) * 10 ** (i % 9)));
    const total = (size: number): Promise<number> =>
      withWorkers(
        async (some) => {
          const parts = await some.map<number>(
            task("sum"),
            shards(values.length, 777).map((shard) => ({ values, ...shard })),
          );
          return parts.reduce((a, b) => a + b, 0);
        },
        { size },
      );
    expect(await total(3)).toBe(await total(1));
  });
  test("results follow the inputs, not the clock", async () => {
    expect(await pool.map(task("late"), [60, 1, 30, 2])).toEqual([60, 1, 30, 2]);
  });
  test("threads write into shared memory, and hand over what they made", async () => {
    const out = new Int32Array(new SharedArrayBuffer(4 * 1000));
    await pool.map(
      task("fillShared"),
      shards(1000, 300).map((shard) => ({ out, ...shard })),
    );
    expect(out.every((value, i) => value === i * i)).toBe(true);
    expect(await pool.run<Float64Array>(task("squares"), 4)).toEqual(Float64Array.of(0, 1, 4, 9));
    const given = Float64Array.of(1, 2, 3.5);
    expect(await pool.run(task("sum"), { values: given, start: 0, end: 3 }, [given.buffer])).toBe(6.5);
    expect(given.length).toBe(0);
  });
  test("an error that teaches comes back whole; another says where, without its words", async () => {
    const taught = await refusal(pool.run(task("teach"), "x7"));
    expect(taught.parts).toMatchObject({ what: "Refus d'essai", value: "x7", expected: "autre chose" });
    const crashed = await refusal(pool.run(task("crash"), null));
    expect(crashed.message).toContain("crash, engine/worker-tasks.ts");
    expect(crashed.message).not.toContain("42");
    expect(String(crashed.cause)).toContain("TypeError");
    expect((await refusal(pool.run(task("absent"), null))).parts.value).toBe("absent");
    expect((await refusal(pool.run({ module: `${module}x`, name: "sum" }, null))).message).toContain("échoué");
    expect((await refusal(pool.run(task("sum"), () => 1))).message).toContain("ne passent pas");
  });
  test("of several refusals, the first in the order of the inputs", async () => {
    expect((await refusal(pool.map(task("teach"), ["a", "b", "c", "d"]))).parts.value).toBe("a");
  });
  test("a thread that dies is told, and replaced", async () => {
    expect((await refusal(pool.run(task("die"), null))).message).toContain("s'est arrêté avant la fin");
    expect(await pool.map(task("late"), [1, 2, 3])).toEqual([1, 2, 3]);
  });
});

describe("the end of the pool", () => {
  test("closing refuses what runs, what waits and what comes", async () => {
    const pool = openWorkers({ size: 1 });
    const running = refusal(pool.run(task("never"), null));
    const waiting = refusal(pool.run(task("late"), 1));
    await pool.close();
    for (const error of [await running, await waiting, await refusal(pool.run(task("late"), 1))])
      expect(error.message).toContain("arrêté avant la fin de cette tâche");
  });
  test("an impossible number of threads is refused", () => {
    for (const size of [0, -1, 1.5, Number.NaN]) expect(() => openWorkers({ size })).toThrow(/Nombre de fils/);
  });
  test("a pool left open does not keep the process alive; works from a program given as text", () => {
    const workers = pathToFileURL(join(import.meta.dirname, "../../src/engine/workers.ts")).href;
    const program = `import { openWorkers } from ${JSON.stringify(workers)};
      const pool = openWorkers({ size: 2 });
      console.log(JSON.stringify(await pool.map({ module: ${JSON.stringify(module)}, name: "late" }, [3, 1])));`;
    const { stdout, status } = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
      encoding: "utf8",
      timeout: 20_000,
    });
    expect([stdout.trim(), status]).toEqual(["[3,1]", 0]);
  });
});
