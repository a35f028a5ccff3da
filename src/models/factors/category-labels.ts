/**
 * Labels of categories: the level, with its question before it when one of the question's levels is also a level of another question, or is in `taken`.
 * @example
 * ```ts
 * categoryLabels(["cinéma", "musée", "âge"], Int32Array.of(0, 0, 1, 2), ["oui", "non", "oui", "60 ans"]) // [ 'cinéma : oui', 'cinéma : non', 'musée : oui', '60 ans' ]
 * ```
 */
export function categoryLabels(
  questionNames: readonly string[],
  question: Int32Array,
  levels: readonly string[],
  taken: readonly string[] = [],
): string[] {
  const outside = new Set(taken);
  const home = new Map<string, number>();
  const unclear = new Set<number>();
  levels.forEach((level, k) => {
    const other = home.get(level);
    if (outside.has(level)) unclear.add(question[k]);
    if (other === undefined) home.set(level, question[k]);
    else if (other !== question[k]) {
      unclear.add(other);
      unclear.add(question[k]);
    }
  });
  return levels.map((level, k) => (unclear.has(question[k]) ? `${questionNames[question[k]]}\u00a0: ${level}` : level));
}
