import { forPurpose, openTerritory, type Territory } from "../../../src/sources/territory.ts";

const purpose = "pratiques-culturelles";

/** The invented territory, as the culture experiment opens it. */
export const sampleTerritory = (data?: string): Territory =>
  forPurpose(openTerritory({ territory: "exemple", ...(data ? { data } : {}) }), purpose);
