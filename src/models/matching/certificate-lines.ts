import { frenchNumber, HARD_SPACE } from "../../codes/french.ts";
import type { AssignmentCertificate } from "./certify-assignment.ts";
import type { TransportCertificate } from "./certify-transport.ts";

/**
 * A certificate of optimality as lines to print in a notebook: what was counted, the cost, the bound that the prices give, the gap and the worst fault of each condition,
 * then the verdict. `unit` is that of the costs (km, min). Every number comes from the certificate, which is computed from the problem alone.
 */
export function certificateLines(
  certificate: AssignmentCertificate | TransportCertificate,
  unit: string,
): readonly string[] {
  const say = (value: number): string => frenchNumber(value, { decimals: 3, unit });
  const tiny = (value: number): string =>
    `${value.toExponential(1).replace(".", ",").replace("-", "\u2212")}${HARD_SPACE}${unit}`;
  const line = (name: string, value: string): string => `${name}${HARD_SPACE}: ${value}`;
  const { total, lowerBound, gap, worstInfeasibility, worstSlack, tolerance, optimal } = certificate;
  const counts =
    "pairs" in certificate
      ? [line("Paires retenues", frenchNumber(certificate.pairs)), line("Coût total", say(total))]
      : [
          line("Demandeurs placés", frenchNumber(certificate.assignedCount)),
          line("Demandeurs non affectés", frenchNumber(certificate.unassignedCount)),
          line("Coût d'un non-affecté", say(certificate.unassignedCost)),
          line("Coût des paires retenues", say(total)),
          line("Objectif", say(certificate.objective)),
        ];
  return [
    ...counts,
    line("Borne inférieure donnée par les prix", say(lowerBound)),
    line("Écart à la borne", tiny(gap)),
    line("Coût réduit le plus négatif", tiny(worstInfeasibility)),
    line("Coût réduit le plus grand parmi les choix retenus", tiny(worstSlack)),
    line("Tolérance d'arrondi", tiny(tolerance)),
    optimal
      ? `Verdict${HARD_SPACE}: optimal, aucun autre plan ne coûte moins que la borne.`
      : `Verdict${HARD_SPACE}: l'optimalité n'est pas prouvée.`,
  ];
}
