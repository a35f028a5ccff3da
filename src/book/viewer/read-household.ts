import { QuartiersError } from "../../codes/errors.ts";
import type { C2sHousehold, C2sPerson, C2sResources } from "../../models/benefits/c2s-household.ts";
import { type ResourceItemId, resourceItems } from "../../models/benefits/c2s-resource-items.ts";
import { noResources } from "./calculator-form.ts";

/** What a form says: its text fields and, for boxes, "on" when ticked and nothing when not. */
export type FormWords = Readonly<Record<string, string>>;

/** An amount in euros as French readers write it; 0 when the field is empty. Refuses what is no number, and names the field. */
export function readEuros(text: string, field: string): number {
  const bare = text.replace(/[\s\u00a0\u202f€]/g, "").replace(",", ".");
  if (bare === "") return 0;
  if (!/^-?\d+(\.\d+)?$/.test(bare))
    throw new QuartiersError({
      what: "Montant illisible",
      value: text,
      where: field,
      expected: "un nombre d'euros, comme 1 250 ou 1250,50",
    });
  return Number(bare);
}

/** Empty fields are no answer: a household without resources says so by a box, and then writes none. */
function checkResources(form: FormWords, ranks: readonly number[], none: boolean): void {
  const written = ranks.flatMap((rank) => resourceItems.map(({ id }) => (form[`${id}-${rank}`] ?? "").trim()));
  if (!none && written.every((text) => text === ""))
    throw new QuartiersError({
      what: `Indiquez les ressources du foyer, ou cochez «\u202f${noResources}\u202f»`,
    });
  if (none && written.some((text) => text !== "" && readEuros(text, "ressources") !== 0))
    throw new QuartiersError({
      what: `«\u202f${noResources}\u202f» est coché, mais une ressource est écrite`,
      remedy: "décochez la case, ou effacez le montant",
    });
}

/**
 * The household that the form describes, for `explainEntitlement`. `ranks` are the suffixes of the persons, the claimant's first.
 * Empty resources are refused unless the household says that it has none. A box that is not ticked is a "no"; whether somebody worked may be left unsaid, and then opens no presumption.
 */
export function readHousehold(
  form: FormWords,
  ranks: readonly number[],
): { readonly household: C2sHousehold; readonly date: string } {
  const ticked = (name: string): boolean => form[name] === "on";
  const choice = <T extends string>(name: string, otherwise: T): T => (form[name] || otherwise) as T;
  const persons = ranks.map((rank, i): C2sPerson => {
    const claimant = i === 0;
    const where = `personne ${i + 1}`;
    const role = claimant ? "claimant" : choice<C2sPerson["role"]>(`role-${rank}`, "child");
    const dependant = role === "child" || role === "other";
    const birthDate = form[`birth-${rank}`] ?? "";
    if (birthDate === "") throw new QuartiersError({ what: "Date de naissance absente", where, expected: "une date" });
    const worked = form[`worked-${rank}`] ?? "";
    const receives = (["aspa", "asi", "aah"] as const).filter((id) => ticked(`${id}-now-${rank}`));
    return {
      role,
      birthDate,
      resources: readResources(form, rank, where),
      situation: choice(`situation-${rank}`, "none"),
      ...(worked === "" ? {} : { workedLastThreeMonths: worked === "yes" }),
      receives,
      dependsOnParents: !ticked(`independent-${rank}`),
      studentAid: ticked(`student-aid-${rank}`),
      ...(dependant ? { tie: choice(`tie-${rank}`, "tax-household"), alternating: ticked(`alternating-${rank}`) } : {}),
      ...(role === "spouse" ? { taxedTogether: !ticked(`taxed-apart-${rank}`) } : {}),
    };
  });
  checkResources(form, ranks, ticked("no-resources"));
  return {
    date: form["date"] ?? "",
    household: {
      persons,
      occupancy: choice("occupancy", "tenant"),
      housingBenefitEurMonth: readEuros(form["housing-benefit"] ?? "", "aide au logement"),
      receivesRsa: ticked("rsa"),
      area: choice("area", "metropole"),
      scheme: ticked("alsace-moselle") ? "alsace-moselle" : "general",
    },
  };
}

function readResources(form: FormWords, rank: number, where: string): C2sResources {
  const entries = resourceItems.flatMap(({ id, label }): [ResourceItemId, number][] => {
    const euros = readEuros(form[`${id}-${rank}`] ?? "", `${where}, ${label.toLowerCase()}`);
    return euros === 0 ? [] : [[id, euros]];
  });
  return Object.fromEntries(entries) as C2sResources;
}
