import { describe, expect, it } from "vitest";
import { sha256 } from "../../../src/engine/hash.ts";
import { readLedger } from "../../../src/protection/ledger/ledger.ts";
import { verifyLedger } from "../../../src/protection/ledger/lines.ts";
import { count, ledgerOf, publication, zone } from "./support.ts";

describe("chain of lines", () => {
  const ledger = ledgerOf(
    ...["u", "v", "w"].map((name) => publication(name, [zone(name, name)], [count(name, name, 50)])),
  );
  const whole = ledger.text;
  const lines = whole.split("\n").slice(0, -1);
  const damaged = (text: string, head?: string): number | null => {
    const state = verifyLedger(text, sha256, head);
    return state.whole ? null : state.line;
  };
  it("is read back as it was written", () => {
    expect(readLedger(whole, sha256, ledger.head)).toEqual(ledger);
    expect(lines.map((line) => Object.keys(JSON.parse(line)))).toEqual(
      lines.map(() => ["number", "previous", "publication", "hash"]),
    );
  });
  it("names the first damaged line", () => {
    expect(damaged(whole)).toBeNull();
    expect(damaged(whole.replace('"universe":"v"', '"universe":"V"'))).toBe(2);
    expect(damaged(`${[lines[0], lines[2], lines[1]].join("\n")}\n`)).toBe(2);
    expect(damaged(`${[lines[0], lines[1], lines[1], lines[2]].join("\n")}\n`)).toBe(3);
    expect(damaged(`${lines[1]}\n`)).toBe(1);
  });
  it("sees every cut but at the end of a line, and those with the last hash", () => {
    for (let end = 0; end < whole.length; end++) {
      const cut = whole.slice(0, end);
      const at = cut.split("\n").length;
      expect(damaged(cut, ledger.head)).toBe(at);
      if (!cut.endsWith("\n") && cut !== "") expect(damaged(cut)).toBe(at);
    }
  });
  it("sees any changed byte", () => {
    for (let at = 0; at < whole.length; at++) {
      const changed = `${whole.slice(0, at)}${whole[at] === "7" ? "8" : "7"}${whole.slice(at + 1)}`;
      expect(damaged(changed), String(at)).toBe(whole.slice(0, at).split("\n").length);
    }
  });
  it("refuses to read a damaged ledger, and names the line", () => {
    expect(() => readLedger(whole.slice(0, whole.length / 2), sha256)).toThrow(/ligne 2/);
    expect(() => readLedger(whole, sha256, "autre")).toThrow(/dernière empreinte/);
  });
});
