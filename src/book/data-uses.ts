import { c2sNonTakeUpUse } from "../experiments/c2s-non-take-up.ts";
import { culturalPracticesUse } from "../experiments/cultural-practices.ts";
import { employmentAccessUse } from "../experiments/employment-access.ts";
import { employmentDistanceUse } from "../experiments/employment-distance.ts";
import type { DataUse } from "../experiments/experiment.ts";
import { protectionLessonUse } from "../experiments/protection-lesson.ts";
import { admit } from "../sources/admit.ts";
import { locateSource } from "../sources/locate.ts";
import { forPurpose, type Territory } from "../sources/territory.ts";

/** What each experiment of the book reads, and what for. */
export const dataUses: readonly DataUse[] = [
  employmentDistanceUse,
  employmentAccessUse,
  c2sNonTakeUpUse,
  culturalPracticesUse,
  protectionLessonUse,
];

/**
 * Refuses to build from data whose use is no longer allowed: asked before anything else, even of a book that is up to date, since a permission ends
 * without any file changing.
 * @throws QuartiersError that names the article of the data clause
 */
export function admitUses(territory: Territory, uses: readonly DataUse[] = dataUses): void {
  for (const { purpose, sources } of uses)
    for (const contract of sources) {
      const located = locateSource(territory, contract);
      if (located) admit(forPurpose(territory, purpose), located);
    }
}
