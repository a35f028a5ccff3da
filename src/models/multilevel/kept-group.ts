import { QuartiersError } from "../../codes/errors.ts";
import type { CategoricalVariable } from "../factors/categorical-variable.ts";
import type { ModelMatrix } from "../regression/model-term.ts";

/** The levels of the rows kept. Refuses a factor that is missing in a row used, that has one level, or as many levels as observations (called `unit` in the message). */
export function keptGroup(
  group: CategoricalVariable,
  { sourceRows, keptRows }: Pick<ModelMatrix, "sourceRows" | "keptRows">,
  used: readonly number[],
  observations: number,
  unit: string,
): CategoricalVariable {
  const { name, levels } = group;
  if (group.codes.length !== sourceRows)
    throw new QuartiersError({
      what: `Le groupe « ${name} » n'a pas un niveau par ligne`,
      value: String(group.codes.length),
      expected: `${sourceRows} niveaux`,
    });
  const codes = Int32Array.from(keptRows, (row) => group.codes[row]);
  const met = new Set<number>();
  for (const row of used) {
    const code = codes[row];
    if (!(code >= 0 && code < levels.length))
      throw new QuartiersError({
        what: `Le groupe « ${name} » manque`,
        where: `ligne ${keptRows[row] + 1}`,
        expected: `un des ${levels.length} niveaux du groupe`,
        remedy: "retirer la ligne, ou donner un niveau propre aux réponses manquantes",
      });
    met.add(code);
  }
  if (met.size < 2)
    throw new QuartiersError({
      what: `Le groupe « ${name} » n'a qu'un niveau observé\u00a0: aucune variance ne peut être estimée`,
      value: [...met].map((code) => levels[code]).join(", "),
      expected: "au moins deux niveaux avec des personnes",
      remedy: "retirer ce groupe du modèle",
    });
  if (met.size >= observations)
    throw new QuartiersError({
      what: `Le groupe « ${name} » a autant de niveaux que de ${unit}, ou plus\u00a0: son effet ne se distingue pas du hasard`,
      value: String(met.size),
      expected: `moins de ${Math.ceil(observations)} niveaux`,
      remedy: "grouper les niveaux",
    });
  return { name, levels, codes };
}
