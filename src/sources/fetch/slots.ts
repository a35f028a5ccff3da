/** Lends a place to a task: few downloads at a time, and one for each host. */
export type Slots = <T>(host: string, task: () => Promise<T>) => Promise<T>;

interface Waiting {
  readonly host: string;
  readonly start: () => void;
}

/**
 * Places for tasks: at most `total` at a time, at most one for each host; first come, first served among those whose host is free.
 * @param total 2 by default
 */
export function openSlots(total = 2): Slots {
  const busy = new Set<string>();
  let waiting: readonly Waiting[] = [];
  const next = (): void => {
    while (busy.size < total) {
      const chosen = waiting.find(({ host }) => !busy.has(host));
      if (!chosen) return;
      waiting = waiting.filter((one) => one !== chosen);
      busy.add(chosen.host);
      chosen.start();
    }
  };
  return async (host, task) => {
    await new Promise<void>((start) => {
      waiting = [...waiting, { host, start }];
      next();
    });
    try {
      return await task();
    } finally {
      busy.delete(host);
      next();
    }
  };
}
