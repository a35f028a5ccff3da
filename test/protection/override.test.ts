import { describe, expect, test } from "vitest";
import type { GateFinding } from "../../src/protection/gate-finding.ts";
import { checkOverride, type Override, setsAside } from "../../src/protection/override.ts";

const override: Override = {
  place: "revenus-des-menages",
  rule: "axe-aux-extremes",
  reason: "Ces bornes sont publiées par l'INSEE.",
  signedBy: "A. Durand, directrice de l'observatoire",
  on: "2026-01-05",
  until: "2026-12-31",
};

const finding: GateFinding = {
  code: "axe-aux-extremes",
  place: "revenus-des-menages",
  rule: "bornes arrondies",
  clause: null,
  sentence: "L'axe va d'une valeur à l'autre.",
  remedy: "arrondir les bornes",
  severity: "refuse",
};

describe("an override is a signed decision", () => {
  test("complete and in force, it passes, on its first and last days too", () => {
    for (const day of ["2026-01-05", "2026-06-01", "2026-12-31"])
      expect(() => checkOverride(override, day)).not.toThrow();
  });

  test.each([
    ["signature", { signedBy: " " }, /sa signature manque.*Attendu.*nom et la qualité/],
    ["reason", { reason: "" }, /son motif manque/],
    ["place", { place: "" }, /son lieu manque/],
    ["rule", { rule: "" }, /sa règle manque/],
    ["day of signature", { on: "le 5 janvier" }, /jour de la signature/],
    ["last day", { until: "" }, /dernier jour d'effet/],
  ])("without its %s, it is refused", (_, change, message) =>
    expect(() => checkOverride({ ...override, ...change }, "2026-06-01")).toThrow(message),
  );

  test("a field that the file does not have is as an empty one", () => {
    const { signedBy: _, ...unsigned } = override;
    expect(() => checkOverride(unsigned as Override, "2026-06-01")).toThrow(/sa signature manque/);
  });

  test("before its signature and past its date, it is refused", () => {
    expect(() => checkOverride(override, "2026-01-04")).toThrow(/pas encore signée/);
    expect(() => checkOverride(override, "2027-01-01")).toThrow(/n'est plus en vigueur/);
  });
});

describe("an override sets aside one finding", () => {
  test("of its place and rule, and no other", () => {
    expect(setsAside(override, finding)).toBe(true);
    expect(setsAside(override, { ...finding, place: "autre" })).toBe(false);
    expect(setsAside(override, { ...finding, code: "frequence" })).toBe(false);
  });

  test("a rule that a data clause states yields only to the provider's written agreement", () => {
    const stated = { ...finding, clause: "article 6 de la clause de données" };
    expect(setsAside(override, stated)).toBe(false);
    expect(setsAside({ ...override, agreement: "  " }, stated)).toBe(false);
    expect(setsAside({ ...override, agreement: "courrier de la caisse du 3 janvier 2026" }, stated)).toBe(true);
  });
});
