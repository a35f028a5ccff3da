/** Where the bytes of an answer stand in the whole (Content-Range, RFC 9110, 14.4); undefined for what it does not say. */
export function contentRange(headers: Readonly<Record<string, string>>): {
  start: number | undefined;
  total: number | undefined;
} {
  const match = /^bytes\s+(\d+)-\d+\/(\d+|\*)$/i.exec(headers["content-range"]?.trim() ?? "");
  return {
    start: match ? Number(match[1]) : undefined,
    total: match && match[2] !== "*" ? Number(match[2]) : undefined,
  };
}

/** The size that a server tells when it has nothing from there on: the Content-Range of a 416. */
export function rangeTotal(headers: Readonly<Record<string, string>>): number | undefined {
  const total = /^bytes\s+\*\/(\d+)$/i.exec(headers["content-range"]?.trim() ?? "")?.[1];
  return total === undefined ? undefined : Number(total);
}
