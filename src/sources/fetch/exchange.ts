import type { Dispatcher } from "undici";

/** A body as it arrives. What was received before a cut is given whole, then the error. */
export interface Body extends AsyncIterable<Uint8Array> {
  /** Says that the rest is not wanted. */
  readonly leave: () => void;
}

export interface Reply {
  readonly status: number;
  /** Names in lower case; several values joined by ", ". */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Body;
}

export interface Sending {
  readonly method: "GET" | "POST";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Above this the server is made to wait, until the disk has followed. */
const HELD_BYTES = 1 << 20;

/**
 * One request and its reply. Node's streams throw away what they hold when the connection drops; here it is kept, since a download resumes
 * after the last byte that was received.
 */
export function exchange(
  address: string,
  sending: Sending,
  dispatcher: Dispatcher,
  signal?: AbortSignal,
): Promise<Reply> {
  const { origin, pathname, search, username, password } = new URL(address);
  const headers = { ...sending.headers, ...authorization(username, password) };
  return new Promise((resolve, reject) => {
    const arrived: Uint8Array[] = [];
    let [held, ended, left] = [0, false, false];
    let failure: { readonly error: unknown } | undefined;
    let controller: Dispatcher.DispatchController | undefined;
    let wake = (): void => undefined;
    const stop = (): void => {
      left = true;
      if (!ended && !failure) controller?.abort(new DOMException("abandon", "AbortError"));
      wake();
    };
    const interrupt = (): void => {
      stop();
      reject(signal?.reason); // a connection that is still being made need not be waited for
    };
    const finish = (): void => signal?.removeEventListener("abort", interrupt);
    const body: Body = {
      leave: stop,
      async *[Symbol.asyncIterator]() {
        for (;;) {
          const chunk = arrived.shift();
          if (chunk) {
            held -= chunk.length;
            if (held < HELD_BYTES / 2 && controller?.paused) controller.resume();
            yield chunk;
          } else if (failure) throw failure.error;
          else if (ended) return;
          else await new Promise<void>((resume) => (wake = resume));
        }
      },
    };
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    signal?.addEventListener("abort", interrupt, { once: true });
    dispatcher.dispatch(
      { origin, path: `${pathname}${search}`, method: sending.method, headers, body: sending.body ?? null },
      {
        onRequestStart: (started) => {
          controller = started;
          if (left) stop();
        },
        onResponseStart: (_controller, status, fields) => {
          if (status < 200) return;
          const flat = Object.entries(fields).map(([name, value]) => [name, [value ?? ""].flat().join(", ")] as const);
          resolve({ status, headers: Object.fromEntries(flat), body });
        },
        onResponseData: (_controller, chunk) => {
          arrived.push(chunk);
          held += chunk.length;
          if (held > HELD_BYTES) controller?.pause();
          wake();
        },
        onResponseEnd: () => {
          ended = true;
          finish();
          wake();
        },
        onResponseError: (_controller, error) => {
          failure = { error };
          finish();
          reject(error);
          wake();
        },
      },
    );
  });
}

/** The user and password of an address, sent the usual way. */
function authorization(username: string, password: string): Record<string, string> {
  if (username === "") return {};
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { authorization: `Basic ${Buffer.from(pair).toString("base64")}` };
}
