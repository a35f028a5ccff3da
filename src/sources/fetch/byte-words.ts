import { frenchNumber, HARD_SPACE } from "../../codes/french.ts";

/**
 * A size as readers say it: thousands of bytes, not powers of two.
 * @example
 * ```ts
 * frenchBytes(147_300_000) // "147 Mo"
 * ```
 */
export function frenchBytes(bytes: number): string {
  const units = ["octets", "ko", "Mo", "Go"];
  let [value, rank] = [bytes, 0];
  while (value >= 1000 && rank < units.length - 1) {
    value /= 1000;
    rank++;
  }
  return frenchNumber(value, { decimals: rank > 0 && value < 100 ? 1 : 0, unit: units[rank] ?? "Go" });
}

export interface Advance {
  readonly name: string;
  readonly bytes: number;
  readonly total: number | undefined;
  /** Received in this try, and how long it took. */
  readonly received: number;
  readonly milliseconds: number;
}

/**
 * How far a download is: bytes, share, speed and time left.
 * @example
 * ```ts
 * advanceWords({ name: "a.zip", bytes: 5e6, total: 20e6, received: 5e6, milliseconds: 2000 })
 * // "a.zip : 5,0 Mo sur 20,0 Mo (25 %), 2,5 Mo/s, encore 6 s"
 * ```
 */
export function advanceWords({ name, bytes, total, received, milliseconds }: Advance): string {
  const speed = milliseconds > 0 ? received / (milliseconds / 1000) : 0;
  const parts = [
    total
      ? `${frenchBytes(bytes)} sur ${frenchBytes(total)} (${frenchNumber((100 * bytes) / total, { unit: "%" })})`
      : frenchBytes(bytes),
  ];
  if (speed > 0) parts.push(`${frenchBytes(speed)}/s`);
  if (speed > 0 && total) parts.push(`encore ${durationWords((total - bytes) / speed)}`);
  return `${name}${HARD_SPACE}: ${parts.join(", ")}`;
}

function durationWords(seconds: number): string {
  const whole = Math.max(0, Math.ceil(seconds));
  if (whole < 60) return `${whole}${HARD_SPACE}s`;
  if (whole < 3600) return `${Math.ceil(whole / 60)}${HARD_SPACE}min`;
  return `${Math.floor(whole / 3600)}${HARD_SPACE}h ${String(Math.floor((whole % 3600) / 60)).padStart(2, "0")}`;
}
