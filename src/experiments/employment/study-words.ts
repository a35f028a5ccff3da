import { demandeursEmploiRomeContract } from "../../sources/demandeurs-emploi-rome.ts";
import type { AccessStudy } from "./access-study.ts";

/** Who is counted, under every figure. */
export const champOf = ({ words, hasOccupations }: AccessStudy): string =>
  hasOccupations
    ? `${words.field}, métiers recherchés par au moins ${demandeursEmploiRomeContract.secrecy.minUnits} personnes du quartier, offres de ces métiers ou de métiers proches`
    : `${words.field} ; tous les emplois de la ville`;

/** Weighted centre of a group of homes, degrees. */
export function middleOf(
  { homes }: Pick<AccessStudy, "homes">,
  { rows, shares }: AccessStudy["everybody"],
): { readonly lon: number; readonly lat: number } {
  const mean = (values: Float64Array): number => rows.reduce((sum, row, i) => sum + shares[i] * values[row], 0);
  return { lon: mean(homes.lon), lat: mean(homes.lat) };
}

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
