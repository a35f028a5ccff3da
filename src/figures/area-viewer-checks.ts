import { QuartiersError } from "../codes/errors.ts";
import { numbers, reasonAt, texts } from "../codes/table.ts";
import type { AreaViewerOptions, ViewerExplanation } from "./area-viewer.ts";
import { refuseDoubles } from "./rows.ts";

/** Sums of contributions are compared at this share of the level. */
const tolerance = 1e-9;

const refuse = (id: string, what: string, value: string, expected: string): never => {
  throw new QuartiersError({ what: `La visionneuse « ${id} » ${what}`, value, expected });
};

/** One row an area, perimeters of known areas, a slider with different positions. */
export function checkAreas(options: AreaViewerOptions): void {
  const { id, areas, code, name, town, perimeters, hypotheses, measures, opening } = options;
  const codes = texts(areas, code).values;
  texts(areas, name);
  texts(areas, town);
  refuseDoubles(codes, id);
  if (codes.length === 0) refuse(id, "n'a pas de quartier", "0", "au moins un quartier");
  if (hypotheses.length === 0) refuse(id, "n'a pas d'hypothèse", "0", "au moins une position du curseur");
  if (measures.length === 0) refuse(id, "n'a pas de mesure", "0", "au moins une mesure");
  for (const list of [hypotheses, measures])
    refuseDoubles(
      list.map((one) => one.id),
      id,
    );
  if (opening !== undefined && !hypotheses.some((one) => one.id === opening))
    refuse(id, "s'ouvre sur une hypothèse inconnue", opening, hypotheses.map((one) => one.id).join(", "));
  const known = new Set(codes);
  for (const shape of perimeters)
    if (!known.has(shape.code))
      refuse(id, "reçoit un périmètre sans quartier", shape.code, "un code de la table des quartiers");
  refuseDoubles(
    perimeters.map((shape) => shape.code),
    id,
  );
}

/** Every area at every position of the slider, and intervals that hold their value. */
export function checkEstimates(options: AreaViewerOptions): void {
  const { id, areas, estimates, hypothesis, code, hypotheses, measures } = options;
  const known = new Set(texts(areas, code).values);
  const positions = new Set(hypotheses.map((one) => one.id));
  const codes = texts(estimates, code).values;
  const rows = texts(estimates, hypothesis).values.map((position, row) => {
    if (!known.has(codes[row] ?? ""))
      refuse(id, "reçoit une estimation sans quartier", codes[row] ?? "", "un code de la table des quartiers");
    if (!positions.has(position)) refuse(id, "reçoit une hypothèse inconnue", position, [...positions].join(", "));
    return `${position}, ${codes[row]}`;
  });
  refuseDoubles(rows, id);
  if (rows.length < known.size * positions.size) {
    const met = new Set(rows);
    const lost = [...positions]
      .flatMap((position) => [...known].map((one) => `${position}, ${one}`))
      .find((key) => !met.has(key));
    refuse(id, "n'a pas toutes ses estimations", lost ?? "", "une ligne par hypothèse et par quartier");
  }
  for (const measure of measures) {
    const value = numbers(estimates, measure.value);
    const bounds = [
      [numbers(estimates, measure.low), -1],
      [numbers(estimates, measure.high), 1],
    ] as const;
    rows.forEach((key, row) => {
      if (reasonAt(value, row) !== null) return;
      for (const [bound, side] of bounds)
        if (reasonAt(bound, row) === null && side * (bound.values[row] - value.values[row]) < 0)
          refuse(id, `a un intervalle qui ne contient pas sa valeur (${measure.id})`, key, "bas ≤ valeur ≤ haut");
    });
    if (!measure.rank) continue;
    const [low, high] = [numbers(estimates, measure.rank.low), numbers(estimates, measure.rank.high)];
    if (measure.rank.probability !== undefined) numbers(estimates, measure.rank.probability);
    rows.forEach((key, row) => {
      if (reasonAt(low, row) !== null || reasonAt(high, row) !== null) return;
      if (!(low.values[row] >= 1 && low.values[row] <= high.values[row] && high.values[row] <= known.size))
        refuse(id, `a un intervalle de rang impossible (${measure.id})`, key, `1 ≤ bas ≤ haut ≤ ${known.size}`);
    });
  }
}

/** For each area (and hypothesis): base + contributions = level. Rows with a hidden part are left to say so on the page. */
export function checkContributions(
  { id, areas, code: areaCode, hypotheses }: AreaViewerOptions,
  explanation: ViewerExplanation,
): void {
  const { data, code, factor, hypothesis } = explanation;
  const known = new Set(texts(areas, areaCode).values);
  const positions = hypothesis === undefined ? null : texts(data, hypothesis).values;
  const factors = texts(data, factor).values;
  const columns = [explanation.contribution, explanation.base, explanation.level].map((name) => numbers(data, name));
  const [contribution, base, level] = columns;
  if (new Set(columns.map(({ unit }) => unit)).size > 1)
    refuse(id, "additionne des unités différentes", columns.map(({ unit }) => unit).join(", "), "une seule unité");
  const sums = new Map<string, { sum: number; base: number; level: number }>();
  const hidden = new Set<string>();
  const keys = texts(data, code).values.map((area, row) => {
    if (!known.has(area)) refuse(id, "explique un quartier inconnu", area, "un code de la table des quartiers");
    const position = positions?.[row];
    if (position !== undefined && !hypotheses.some((one) => one.id === position))
      refuse(id, "explique une hypothèse inconnue", position, hypotheses.map((one) => one.id).join(", "));
    const key = position === undefined ? area : `${position}, ${area}`;
    if (columns.some((column) => reasonAt(column, row) !== null)) hidden.add(key);
    else {
      const found = sums.get(key) ?? { sum: 0, base: base.values[row], level: level.values[row] };
      if (found.base !== base.values[row] || found.level !== level.values[row])
        refuse(
          id,
          "explique deux écarts pour un même quartier",
          key,
          "la même référence et le même niveau à chaque ligne",
        );
      found.sum += contribution.values[row];
      sums.set(key, found);
    }
    return `${key}, ${factors[row]}`;
  });
  refuseDoubles(keys, id);
  for (const [key, found] of sums)
    if (
      !hidden.has(key) &&
      !(Math.abs(found.base + found.sum - found.level) <= tolerance * Math.max(1, Math.abs(found.level)))
    )
      refuse(id, "a des contributions qui ne font pas l'écart", key, "référence + contributions = niveau du quartier");
}
