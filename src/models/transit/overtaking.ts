import type { Connections } from "./connections.ts";

/**
 * Number of runs that leave the first stop of their pattern (the same stops in the same order) after another and arrive at some stop before it. They are kept: the
 * search does not suppose that runs stay in order. O(connections + runs log runs).
 */
export function countOvertaking({ from, to, departure, arrival, run }: Connections, runs: number): number {
  const starts = new Int32Array(runs + 1);
  for (const one of run) starts[one + 1]++;
  for (let one = 0; one < runs; one++) starts[one + 1] += starts[one];
  const order = new Int32Array(run.length);
  const next = starts.slice();
  for (let i = 0; i < run.length; i++) order[next[run[i]]++] = i;
  const patterns = new Map<string, number[]>();
  for (let one = 0; one < runs; one++) {
    const own = order.subarray(starts[one], starts[one + 1]);
    let stops = String(from[own[0] ?? 0]);
    for (const i of own) stops += ` ${to[i]}`;
    const known = patterns.get(stops);
    if (known) known.push(one);
    else patterns.set(stops, [one]);
  }
  let count = 0;
  for (const same of patterns.values()) {
    same.sort((a, b) => departure[order[starts[a]]] - departure[order[starts[b]]]);
    for (let i = 1; i < same.length; i++) {
      const [before, after] = [starts[same[i - 1] as number], starts[same[i] as number]];
      const calls = starts[(same[i] as number) + 1] - after;
      let overtakes = false;
      for (let k = 0; k < calls && !overtakes; k++) overtakes = arrival[order[after + k]] < arrival[order[before + k]];
      if (overtakes) count++;
    }
  }
  return count;
}
