import type { ScanFinding } from "./scan-finding.ts";

/** A scan as it is told at the terminal: each finding by file and place, then what was read and what a scan cannot read. */
export function scanText(findings: readonly ScanFinding[], folder: string): string {
  const found = findings.map(({ sentence }) => `- ${sentence}`);
  const verdict =
    findings.length === 0
      ? `${folder}\u00a0: rien dans les fichiers écrits qui n'ait été diffusé.`
      : `${folder}\u00a0: ${findings.length} chose${findings.length > 1 ? "s" : ""} que personne n'a diffusée${findings.length > 1 ? "s" : ""}. Reconstruire le livre, et corriger ce qui écrit ces fichiers.`;
  const unread =
    "Non lus\u00a0: les points des images, le tracé des lettres, les coordonnées une à une (le dessin est comparé en entier), le code des deux programmes du site au-delà des noms et des codes des tables.";
  return [...found, verdict, unread].join("\n");
}
