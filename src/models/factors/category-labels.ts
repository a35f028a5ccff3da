/**
 * Labels of categories: the level, with its question before it when another question has a level of that name, or when the level is in `taken`.
 * @example
 * ```ts
 * categoryLabels(["cinéma", "musée", "âge"], Int32Array.of(0, 0, 1, 2), ["oui", "non", "oui", "60 ans"]) // [ 'cinéma : oui', 'non', 'musée : oui', '60 ans' ]
 * ```
 */
export function categoryLabels(
  questionNames: readonly string[],
  question: Int32Array,
  levels: readonly string[],
  taken: readonly string[] = [],
): string[] {
  const unclear = new Set(taken);
  const home = new Map<string, number>();
  levels.forEach((level, k) => {
    if (home.has(level) && home.get(level) !== question[k]) unclear.add(level);
    home.set(level, question[k]);
  });
  return levels.map((level, k) => (unclear.has(level) ? `${questionNames[question[k]]}\u00a0: ${level}` : level));
}
