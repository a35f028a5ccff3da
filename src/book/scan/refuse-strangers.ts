import { type ErrorParts, QuartiersError } from "../../codes/errors.ts";
import type { ScanFinding } from "./scan-finding.ts";

/** As many places as a message can name. */
const NAMED = 8;

/** A build stopped by the reading of its own files, with what was found. */
export class StrangersFound extends QuartiersError {
  override readonly name: string = "StrangersFound";
  readonly findings: readonly ScanFinding[];

  constructor(parts: ErrorParts, findings: readonly ScanFinding[]) {
    super(parts);
    this.findings = findings;
  }
}

/** Stops a build whose files hold something that nobody released. The message names files and places, never what is there. */
export function refuseStrangers(findings: readonly ScanFinding[]): void {
  if (findings.length === 0) return;
  const named = findings.slice(0, NAMED).map(({ code, place }) => `${code} (${place})`);
  const rest = findings.length - named.length;
  throw new StrangersFound(
    {
      what: `La lecture des octets écrits trouve ${findings.length === 1 ? "ce que personne n'a diffusé" : `${findings.length} choses que personne n'a diffusées`}`,
      where: `${named.join(" ; ")}${rest > 0 ? ` ; et ${rest} autres` : ""}`,
      expected: "des fichiers qui ne portent que ce qui est passé par la porte",
      remedy: "corriger ce qui écrit ces fichiers ; rien n'est publié, les rapports précédents sont intacts",
    },
    findings,
  );
}
