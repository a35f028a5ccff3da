import type { SeedHouseholds } from "../../models/microsimulation/seed-households.ts";

/** Persons of each household by what the indicators count: under 20, 60 and over, 15 to 64, and of these in employment. */
export function householdCounts({ households, start, age, employed }: SeedHouseholds): {
  readonly young: Uint8Array;
  readonly old: Uint8Array;
  readonly working: Uint8Array;
  readonly employed: Uint8Array;
} {
  const column = (): Uint8Array => new Uint8Array(households);
  const found = { young: column(), old: column(), working: column(), employed: column() };
  for (let h = 0; h < households; h++)
    for (let k = start[h]; k < start[h + 1]; k++) {
      if (age[k] < 20) found.young[h]++;
      if (age[k] >= 60) found.old[h]++;
      if (age[k] < 15 || age[k] > 64) continue;
      found.working[h]++;
      found.employed[h] += employed[k];
    }
  return found;
}
