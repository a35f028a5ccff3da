import { QuartiersError } from "../../codes/errors.ts";
import type { SourceRef } from "../../codes/lineage.ts";
import { householdTypes, links, type SeedHouseholds, tenures } from "../../models/microsimulation/seed-households.ts";
import { rpIndcviContract } from "../../sources/rp-indcvi.ts";
import { streamSource } from "../../sources/stream.ts";
import type { Territory } from "../../sources/territory.ts";
import { hashOf } from "./census-sampling.ts";

export interface CensusSeed {
  readonly seed: SeedHouseholds;
  readonly lineage: SourceRef;
  /** Persons of the file outside ordinary households (homes, boats...), who are in no household. */
  readonly outsideHouseholds: number;
  /** Share (0 to 1) of the households that were kept. */
  readonly kept: number;
}

interface CensusPerson {
  readonly age: number;
  readonly link: string;
  readonly tenure: string;
  readonly activity: string;
  readonly weight: number;
}

/**
 * Seed households from the census file of persons, read as a stream: persons who share a number in a canton are a household. Above `mostHouseholds`, an equal-probability
 * sample is kept (by a hash of the household's number, so that nothing depends on the order of the file) and weights grow by as much.
 * @throws QuartiersError when the file has no household of the territory, or a household without reference person
 */
export async function censusSeed(
  territory: Territory,
  { mostHouseholds = 5_000, seed = 1 }: { readonly mostHouseholds?: number; readonly seed?: number } = {},
): Promise<CensusSeed> {
  const households = new Map<string, { readonly hash: number; readonly persons: CensusPerson[] }>();
  const here = new Set(territory.departements);
  let [cut, outsideHouseholds] = [1, 0];
  const columns = ["CANTVILLE", "NUMMI", "DEPT", "AGED", "LPRM", "STOCD", "TACT", "IPONDI"];
  const { lineage } = await streamSource(territory, rpIndcviContract, { columns, checkKey: false }, (batch) => {
    const text = Object.fromEntries(columns.slice(0, -1).map((name) => [name, batch.texts(name)]));
    const weight = batch.numbers("IPONDI");
    const at = (name: string, row: number): string => text[name]?.[row] ?? "";
    for (let row = 0; row < batch.rowCount; row++) {
      if (!here.has(at("DEPT", row))) continue;
      if (at("LPRM", row) === "Z" || at("NUMMI", row).startsWith("Z")) {
        outsideHouseholds++;
        continue;
      }
      const key = `${at("CANTVILLE", row)} ${at("NUMMI", row)}`;
      const hash = hashOf(key, seed);
      if (hash >= cut) continue;
      const found = households.get(key) ?? { hash, persons: [] };
      found.persons.push({
        age: Number(at("AGED", row)),
        link: at("LPRM", row),
        tenure: at("STOCD", row),
        activity: at("TACT", row),
        weight: weight[row],
      });
      households.set(key, found);
      while (households.size > 2 * mostHouseholds) {
        cut /= 2;
        for (const [name, { hash: own }] of households) if (own >= cut) households.delete(name);
      }
    }
  });
  if (households.size === 0)
    throw new QuartiersError({
      what: "Le fichier du recensement n'a aucun ménage du territoire",
      value: territory.departements.join(", "),
      expected: "des personnes des départements du territoire",
      remedy: "vérifier le fichier, ou le territoire",
    });
  const kept = [...households].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { persons }]) => persons);
  return { seed: columnsOf(kept, 1 / cut), lineage, outsideHouseholds, kept: cut };
}

const tenureOf = (code: string): number =>
  tenures.indexOf(
    code.startsWith("1") ? "owner" : code === "22" ? "social" : code.startsWith("2") ? "private" : "free",
  );
const linkOf = (code: string): number =>
  links.indexOf(code === "1" ? "reference" : code === "2" ? "partner" : code === "3" ? "child" : "other");
const EMPLOYED = "11";

/** The reference person first, then by link, the eldest first: an order that the file does not decide. */
const inOrder = (a: CensusPerson, b: CensusPerson): number =>
  linkOf(a.link) - linkOf(b.link) || b.age - a.age || Number(b.activity === EMPLOYED) - Number(a.activity === EMPLOYED);

/** A second partner is taken for another person: no foyer has two. */
const onePartner = (members: readonly CensusPerson[]): readonly CensusPerson[] => {
  const first = members.findIndex(({ link }) => link === "2");
  return members.map((member, i) => (member.link === "2" && i !== first ? { ...member, link: "4" } : member));
};

function columnsOf(households: readonly (readonly CensusPerson[])[], scale: number): SeedHouseholds {
  const persons = households.map((members) => onePartner([...members].sort(inOrder)));
  const orphans = persons.filter(([first]) => first?.link !== "1").length;
  if (orphans > 0)
    throw new QuartiersError({
      what: "Des ménages du recensement n'ont pas de personne de référence",
      value: String(orphans),
      expected: "une personne de lien 1 (LPRM) dans chaque ménage ordinaire",
      remedy: "vérifier que le fichier est entier\u00a0: un ménage coupé perd des personnes",
    });
  const start = new Int32Array(households.length + 1);
  persons.forEach((members, h) => {
    start[h + 1] = start[h] + members.length;
  });
  const all = persons.flat();
  return {
    households: persons.length,
    weight: Float64Array.from(persons, ([reference]) => scale * (reference?.weight ?? 0)),
    tenure: Uint8Array.from(persons, ([reference]) => tenureOf(reference?.tenure ?? "")),
    type: Uint8Array.from(persons, typeOf),
    start,
    age: Uint8Array.from(all, ({ age }) => Math.min(age, 120)),
    link: Uint8Array.from(all, ({ link }) => linkOf(link)),
    employed: Uint8Array.from(all, ({ activity }) => Number(activity === EMPLOYED)),
  };
}

/** The type of a household, from who lives in it. */
function typeOf(members: readonly CensusPerson[]): number {
  const found = members.map(({ link }) => links[linkOf(link)] ?? "other");
  const count = (link: (typeof links)[number]): number => found.filter((one) => one === link).length;
  if (members.length === 1) return householdTypes.indexOf("alone");
  if (count("other") > 0 || count("reference") !== 1 || count("partner") > 1) return householdTypes.indexOf("complex");
  if (count("partner") === 1) return householdTypes.indexOf(count("child") > 0 ? "couple-children" : "couple");
  return householdTypes.indexOf("lone-parent");
}
