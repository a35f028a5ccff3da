import { numbers, type Table, texts } from "../../codes/table.ts";
import { type SeedVariable, seedColumns } from "../../models/calibration/seed-columns.ts";
import { householdTypes, type SeedHouseholds } from "../../models/microsimulation/seed-households.ts";
import { profilModalities } from "../../sources/profil-qpv.ts";
import { type AreaMargins, householdOfPerson, type MarginKind, NO_INFORMATION } from "./margin-sets.ts";

interface ProfileInput {
  readonly places: Table;
  readonly seed: SeedHouseholds;
  readonly households: Table;
  readonly profiles: Table;
}

const PERSONS = "habitants";
const sizes = ["1", "2", "3", "4", "5", "6"];
const ageLimits = [15, 25, 40, 60];
/** Nearly exact: only contradictions between tables are absorbed (a gap of 2 % multiplies weights by e). */
const SOFTNESS = 0.02;

const reasons: Readonly<Record<string, string>> = {
  [PERSONS]: "population municipale, tenue exactement",
  taille: "ménages par taille ; sondage du recensement (40 %)\u00a0: variance de 1,5 par ménage",
  type: "ménages par type, ceux d'une personne comptés par la taille ; variance de 1,5 par ménage",
  occupation: "ménages par statut d'occupation ; variance de 1,5 par ménage",
  age: "habitants par âge ; variance de 3 par habitant (des ménages entiers sont tirés)",
  emploi: "15 à 64 ans par emploi ; variance de 3 par habitant",
};

/**
 * Six margins from the partner's files: size, type, tenure (households), age, employment, all (persons). One set of columns serves all areas: a category that is hidden
 * in an area has a softness there that no total can weigh against.
 */
export function profileMargins({ places, seed, households, profiles }: ProfileInput): AreaMargins {
  const codes = texts(places, "code_qp").values;
  const population = numbers(places, "pop_mun").values;
  const published = publishedCounts(households, profiles);
  const columns = seedColumns({
    households: seed.households,
    householdOfPerson: householdOfPerson(seed),
    variables: profileVariables(seed),
  });
  const leftOut: string[][] = codes.map(() => []);
  const rows = [...codes.keys()].filter((row) => population[row] > 0);
  const size = columns.margins.length;
  const targets = new Float64Array(rows.length * size);
  const targetSd = new Float64Array(rows.length * size);
  const ridge = new Float64Array(rows.length * size);
  const kinds = new Map<string, { readonly areas: Set<number>; readonly errors: number[] }>();
  rows.forEach((row, a) => {
    columns.margins.forEach(({ variable, category, of }, k) => {
      const place = a * size + k;
      const count = variable === PERSONS ? population[row] : published.get(`${codes[row]} ${variable} ${category}`);
      if (count === undefined) {
        leftOut[row]?.push(`${variable} = ${category}\u00a0: absent ou secret`);
        ridge[place] = NO_INFORMATION;
        return;
      }
      targets[place] = count;
      targetSd[place] = variable === PERSONS ? 0 : Math.sqrt((of === "persons" ? 3 : 1.5) * count);
      ridge[place] = variable === PERSONS ? 0 : SOFTNESS * Math.max(count, 1);
      const kind = kinds.get(variable) ?? { areas: new Set(), errors: [] };
      kinds.set(variable, kind);
      kind.areas.add(a);
      kind.errors.push(targetSd[place] / Math.max(count, 1));
    });
  });
  return {
    sets: [{ rows, areas: rows.map((row) => codes[row] ?? ""), columns, targets, ridge, targetSd }],
    kinds: [...kinds].map(
      ([name, { areas, errors }]): MarginKind => ({
        name,
        areas: areas.size,
        softness: name === PERSONS ? 0 : SOFTNESS,
        relativeSd: errors.reduce((sum, error) => sum + error, 0) / errors.length,
        reason: reasons[name] ?? "",
      }),
    ),
    leftOut,
    notes: ["Une modalité secrète n'est pas une marge de ce quartier\u00a0; les autres le restent."],
  };
}

/** Counts by neighbourhood, variable and category; what is hidden is not there. */
function publishedCounts(households: Table, profiles: Table): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const add = (code: string, name: string, category: string, count: number): void => {
    if (!Number.isNaN(count)) found.set(`${code} ${name} ${category}`, count);
  };
  const [size, count] = [numbers(households, "taille").values, numbers(households, "menages").values];
  texts(households, "code_qp").values.forEach((code, row) => {
    add(code, "taille", String(size[row]), count[row]);
  });
  const names = texts(profiles, "variable").values;
  const modalities = texts(profiles, "modalite").values;
  const counts = numbers(profiles, "effectif").values;
  texts(profiles, "code_qp").values.forEach((code, row) => {
    add(code, names[row] ?? "", modalities[row] ?? "", counts[row]);
  });
  return found;
}

/** Codes of households and persons, in the order of the partner's modalities, which is that of the seed's own codes. */
function profileVariables({ households, start, age, employed, type, tenure }: SeedHouseholds): readonly SeedVariable[] {
  const alone = householdTypes.indexOf("alone");
  const byHousehold = (codeOf: (h: number) => number): Int8Array =>
    Int8Array.from({ length: households }, (_, h) => codeOf(h));
  return [
    { of: "persons", name: PERSONS, categories: ["ensemble"], codes: new Uint8Array(age.length) },
    {
      of: "households",
      name: "taille",
      categories: sizes,
      codes: byHousehold((h) => Math.min(start[h + 1] - start[h], 6) - 1),
    },
    {
      of: "households",
      name: "type",
      categories: profilModalities.type.slice(1),
      codes: byHousehold((h) => (type[h] === alone ? -1 : type[h] - 1)),
      partial: true,
    },
    { of: "households", name: "occupation", categories: profilModalities.occupation, codes: tenure },
    {
      of: "persons",
      name: "age",
      categories: profilModalities.age,
      codes: Uint8Array.from(age, (years) => ageLimits.filter((limit) => years >= limit).length),
    },
    {
      of: "persons",
      name: "emploi",
      categories: profilModalities.emploi,
      codes: Int8Array.from(age, (years, k) => (years < 15 || years > 64 ? -1 : 1 - employed[k])),
      partial: true,
    },
  ];
}
