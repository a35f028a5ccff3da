import { existsSync } from "node:fs";
import { join } from "node:path";
import { QuartiersError } from "../../codes/errors.ts";
import { hashFile } from "../keys.ts";
import { LEDGER_FOLDER, ledgerTerritories, loadLedger } from "../ledger/ledger-files.ts";
import { MANIFEST, readManifest, reportHashes } from "./manifest.ts";

/** A file that is not what the build wrote or read. */
export interface Damage {
  readonly kind: "input" | "report" | "ledger";
  readonly file: string;
  /** French sentence. */
  readonly what: string;
}

/** What was checked, and what was found. */
export interface Verification {
  readonly inputs: number;
  readonly reports: number;
  readonly publications: number;
  readonly damages: readonly Damage[];
}

export interface VerifyOptions {
  readonly reports: string;
  /** Folder of the data, for the inputs. */
  readonly data: string;
  /** Entries of the reports that the build writes. */
  readonly entries: readonly string[];
}

/**
 * Compares every input, every report and the ledger with what the build had recorded: one changed byte is found and its file is named; for the ledger, its
 * line. The manifest stands beside what it guards: whoever fears that both are rewritten keeps its own hash elsewhere.
 * @throws QuartiersError when there is no manifest
 */
export function verifyReports({ reports, data, entries }: VerifyOptions): Verification {
  const manifest = readManifest(reports);
  const damages: Damage[] = [];
  const written = reportHashes(reports, entries);
  for (const file of new Set([...Object.keys(manifest.reports), ...Object.keys(written)])) {
    if (manifest.reports[file] === written[file]) continue;
    const what =
      written[file] === undefined
        ? "a disparu"
        : manifest.reports[file] === undefined
          ? "n'a pas été écrit par la construction"
          : "a été modifié depuis la construction";
    damages.push({ kind: "report", file, what });
  }
  for (const [file, hash] of Object.entries(manifest.inputs)) {
    const path = join(data, file);
    if (!existsSync(path)) damages.push({ kind: "input", file, what: "est introuvable dans le dossier de données" });
    else if (hashFile(path) !== hash)
      damages.push({ kind: "input", file, what: "n'est plus le fichier lu par le livre" });
  }
  let publications = 0;
  for (const territory of ledgerTerritories(reports)) {
    try {
      publications += loadLedger(reports, territory).publications.length;
    } catch (error) {
      if (!(error instanceof QuartiersError)) throw error;
      damages.push({ kind: "ledger", file: `${LEDGER_FOLDER}/${territory}`, what: error.message });
    }
  }
  return {
    inputs: Object.keys(manifest.inputs).length,
    reports: Object.keys(manifest.reports).length,
    publications,
    damages,
  };
}

/** Hash of the manifest itself, to keep elsewhere. */
export const manifestHash = (reports: string): string => hashFile(join(reports, MANIFEST));

/** What `quartiers verify` prints. */
export function verificationText({ inputs, reports, publications, damages }: Verification): string {
  const seen = `${reports} fichiers de rapports, ${inputs} fichiers de données, ${publications} publications au registre`;
  if (damages.length === 0) return `Rien n'a changé\u00a0: ${seen}.`;
  const kinds = { input: "Donnée", report: "Rapport", ledger: "Registre" } as const;
  return [
    ...damages.map(
      ({ kind, file, what }) => `${kinds[kind]}\u00a0: ${file} ${kind === "ledger" ? `\u2014 ${what}` : what}.`,
    ),
    `${damages.length} écart(s) sur ${seen}.`,
  ].join("\n");
}
