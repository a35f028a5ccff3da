/** Tells a person how far a long task is. An effect: it is the last argument of what uses it, and silent unless given. */
export interface Progress {
  /** A step begins: "carnet emploi, cellule 3 sur 9". Replaces the line on a terminal. */
  readonly step: (text: string) => void;
  /** A milestone that stays on screen: "3 carnets exécutés". */
  readonly milestone: (text: string) => void;
  /** No more news: clears the moving line. */
  readonly end: () => void;
}

/** The default: says nothing. */
export const silentProgress: Progress = { step: () => undefined, milestone: () => undefined, end: () => undefined };

/** The part of a terminal that a reporter needs; `process.stderr` is one. */
export interface TerminalLike {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly write: (text: string) => unknown;
}

/**
 * Reports on a terminal: one line that is rewritten, with the elapsed time. Elsewhere (a log, a pipe) only the milestones, one a line.
 * @param now milliseconds, of any origin
 */
export function terminalProgress(terminal: TerminalLike, now: () => number = () => performance.now()): Progress {
  const start = now();
  const elapsed = (): string => formatElapsed(now() - start);
  const clear = "\r\u001b[2K";
  const shorten = (text: string): string => {
    const width = (terminal.columns ?? 80) - 1;
    return text.length > width ? `${text.slice(0, Math.max(0, width - 1))}…` : text;
  };
  return {
    step: (text) => {
      if (terminal.isTTY) terminal.write(`${clear}${shorten(`${elapsed()}  ${text}`)}`);
    },
    milestone: (text) => {
      terminal.write(`${terminal.isTTY ? clear : ""}${elapsed()}  ${text}\n`);
    },
    end: () => {
      if (terminal.isTTY) terminal.write(clear);
    },
  };
}

/**
 * An elapsed time as a clock shows it.
 * @example
 * ```ts
 * formatElapsed(62_300) // "1 min 02 s"
 * ```
 */
export function formatElapsed(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 10) return `${seconds.toFixed(1).replace(".", ",")}\u00a0s`;
  if (seconds < 60) return `${Math.floor(seconds)}\u00a0s`;
  return `${Math.floor(seconds / 60)}\u00a0min ${String(Math.floor(seconds % 60)).padStart(2, "0")}\u00a0s`;
}
