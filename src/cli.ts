import { existsSync, renameSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { QuartiersError } from "./codes/errors.ts";
import type { Territory } from "./sources/territory.ts";

const usage = `Quartiers\u00a0: des carnets au livre blanc

  npm run book [-- options]               construit le livre dans reports/
      --territory NOM    exemple (par défaut), occitanie ou porto-alegre
      --data DOSSIER     les fichiers des producteurs
      --seed ENTIER      la graine des tirages (20260301)
      --out DOSSIER      où écrire (reports)
      --chapter NOM      ce chapitre seulement (répétable), dans .quartiers/apercu
  npm run kernel                          inscrit le noyau TypeScript pour Jupyter et VS Code
  npm run samples                         refait les données synthétiques
  npm run quartiers -- sources [--territory NOM] [--data DOSSIER]
                                          ce qui est là, ce qui manque, qui s'en sert, comment l'obtenir
  npm run quartiers -- fetch [SOURCE...] [--data DOSSIER] [--dry-run] [--verify]
                                          télécharge chez les producteurs
  npm run quartiers -- data report [SOURCE...] [--territory NOM] [--data DOSSIER] [--out DOSSIER] [--compare DOSSIER]
                                          une page par source : effectifs, manquants, répartitions
  npm run quartiers -- clause SOURCE [--data DOSSIER]
                                          la clause de données, en français, prête à signer
  npm run quartiers -- contract SOURCE [--format odcs|datapackage] [--data DOSSIER]
  npm run quartiers -- notebook check|strip FICHIER...
  npm run quartiers -- verify [--out DOSSIER] [--data DOSSIER]
                                          dit si une donnée, un rapport ou le registre a changé d'un octet
  npm run quartiers -- scan [DOSSIER]     lit chaque fichier des rapports et y cherche ce que personne n'a diffusé
`;

const root = join(import.meta.dirname, "..");

/** A mistake in the words of the command: exit code 2. */
class UsageError extends Error {}

type Command = (args: readonly string[]) => Promise<number>;

const commands: Readonly<Record<string, Command>> = {
  book,
  kernel,
  samples,
  sources,
  fetch: fetchFiles,
  data,
  clause,
  contract,
  notebook,
  scan,
  verify,
  test,
};

/** Runs one command and returns the exit code: 0 done, 1 refused, 2 not understood. */
export async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  try {
    if (name === undefined || name === "help" || name === "--help" || name === "-h") {
      console.log(usage);
      return name === undefined ? 2 : 0;
    }
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (!command)
      throw new UsageError(
        `Commande inconnue\u00a0: «\u202f${name}\u202f». Attendu\u00a0: ${Object.keys(commands).join(", ")}.`,
      );
    return await command(rest);
  } catch (error) {
    return report(error);
  }
}

function report(error: unknown): number {
  if (error instanceof UsageError) {
    console.error(`${error.message}\n\n${usage}`);
    return 2;
  }
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (error instanceof QuartiersError) console.error(`\n${error.message}`);
  else if (code === "ENOSPC")
    console.error(
      "\nLe disque est plein. À faire\u00a0: libérer de la place, puis relancer\u202f; les rapports précédents sont intacts.",
    );
  else console.error(error);
  return 1;
}

type OptionKinds = Readonly<Record<string, { readonly type: "string"; readonly multiple?: boolean }>>;

function parse(
  args: readonly string[],
  options: OptionKinds,
  { positionals = false } = {},
): { values: Record<string, string | string[] | undefined>; positionals: string[] } {
  try {
    const parsed = parseArgs({ args: [...args], options, strict: true, allowPositionals: positionals });
    return { values: parsed.values as Record<string, string | string[] | undefined>, positionals: parsed.positionals };
  } catch {
    const odd =
      args.find((arg) => (arg.startsWith("-") ? !options[arg.replace(/^--?/, "").split("=")[0] ?? ""] : false)) ??
      args.join(" ");
    throw new UsageError(
      `Option inconnue ou sans valeur\u00a0: «\u202f${odd}\u202f». Attendu\u00a0: ${
        Object.keys(options)
          .map((name) => `--${name}`)
          .join(", ") || "aucune option"
      }.`,
    );
  }
}

const one = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value.at(-1) : value);

function seedOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text))
    throw new UsageError(`La graine n’est pas un entier positif\u00a0: «\u202f${text}\u202f».`);
  return Number(text);
}

async function book(args: readonly string[]): Promise<number> {
  const string = { type: "string" } as const;
  const { values } = parse(args, {
    territory: string,
    data: string,
    seed: string,
    out: string,
    chapter: { type: "string", multiple: true },
  });
  const { buildBook } = await import("./book/build.ts");
  const started = performance.now();
  const elapsed = (): string => `${((performance.now() - started) / 1000).toFixed(1).replace(".", ",")}\u00a0s`;
  const seed = seedOf(one(values.seed));
  const [territory, data, out] = [one(values.territory), one(values.data), one(values.out)];
  const only = values.chapter;
  const result = await buildBook({
    root,
    ...(territory === undefined ? {} : { territory }),
    ...(data === undefined ? {} : { data }),
    ...(seed === undefined ? {} : { seed }),
    ...(out === undefined ? {} : { out }),
    ...(Array.isArray(only) ? { only } : {}),
    say: (line) => console.log(`[${elapsed()}] ${line}`),
  });
  const shown = (path: string): string => relative(process.cwd(), path) || path;
  console.log(result.upToDate ? "\nRien n’a changé\u00a0: le livre est à jour." : "");
  console.log(`Livre    ${shown(result.pdf)} (${result.pages} pages)`);
  console.log(`Site     ${shown(result.site)}`);
  console.log(`Figures  ${shown(result.figures)}/`);
  console.log(`Durée\u00a0: ${elapsed()}, sur ${cpus().length} cœurs.`);
  return 0;
}

async function scan(args: readonly string[]): Promise<number> {
  const { positionals } = parse(args, {}, { positionals: true });
  const folder = positionals[0] ?? "reports";
  const { readReleased } = await import("./book/scan/released-record.ts");
  const { scanReports } = await import("./book/scan/scan-reports.ts");
  const { machineWords } = await import("./book/scan/machine-words.ts");
  const { scanText } = await import("./book/scan/scan-text.ts");
  const { book, ...options } = readReleased(root, resolve(root, folder));
  const findings = await scanReports(resolve(root, folder), book, { ...options, own: machineWords([root]) });
  console.log(scanText(findings, folder));
  return findings.length === 0 ? 0 : 1;
}

async function verify(args: readonly string[]): Promise<number> {
  const string = { type: "string" } as const;
  const { values } = parse(args, { out: string, data: string });
  const { outputs } = await import("./book/build.ts");
  const { manifestHash, verificationText, verifyReports } = await import("./book/verify/verify-reports.ts");
  const reports = resolve(root, one(values.out) ?? "reports");
  const verification = verifyReports({
    reports,
    data: resolve(root, one(values.data) ?? "data-samples"),
    entries: outputs,
  });
  console.log(verificationText(verification));
  console.log(`Empreinte des empreintes\u00a0: ${manifestHash(reports)}`);
  return verification.damages.length === 0 ? 0 : 1;
}

/** A module of another room, loaded when its command is asked for. */
async function room<T>(specifier: string): Promise<T> {
  return (await import(specifier)) as T;
}

async function kernel(args: readonly string[]): Promise<number> {
  parse(args, {});
  const { registerKernel } = await room<{ registerKernel: () => readonly string[] }>("./notebook/kernelspec.ts");
  console.log(`Noyau «\u202fTypeScript (Quartiers)\u202f» inscrit\u00a0: ${registerKernel().join(", ")}`);
  return 0;
}

async function samples(args: readonly string[]): Promise<number> {
  const { values } = parse(args, { out: { type: "string" }, seed: { type: "string" } });
  const { writeSample } = await room<{ writeSample: (folder: string, seed?: number) => Promise<readonly string[]> }>(
    "./sources/sample/write.ts",
  );
  const folder = one(values.out) ?? join(root, "data-samples");
  const seed = seedOf(one(values.seed));
  await writeSample(folder, seed);
  console.log(`Données synthétiques écrites dans ${relative(process.cwd(), folder) || folder}.`);
  return 0;
}

/** Options that name a place: --territory and --data. */
const placeOptions = { territory: { type: "string" }, data: { type: "string" } } as const;

async function placeOf(values: Record<string, string | string[] | undefined>): Promise<Territory> {
  const { openTerritory } = await import("./sources/territory.ts");
  const [territory, data] = [one(values.territory), one(values.data)];
  return openTerritory({ ...(territory ? { territory } : {}), ...(data ? { data } : {}) });
}

async function sources(args: readonly string[]): Promise<number> {
  const { values } = parse(args, placeOptions);
  const { describeSources } = await import("./sources/catalogue.ts");
  const { sourceLines } = await import("./sources/source-lines.ts");
  const { dataUses } = await import("./book/data-uses.ts");
  const needs = Object.fromEntries(dataUses.map(({ title, sources: read }) => [title, read.map(({ id }) => id)]));
  for (const line of sourceLines(describeSources(await placeOf(values), needs))) console.log(line);
  return 0;
}

async function fetchFiles(args: readonly string[]): Promise<number> {
  const { runFetch } = await import("./sources/fetch/run.ts");
  return runFetch(args);
}

async function data(args: readonly string[]): Promise<number> {
  const [verb, ...rest] = args;
  if (verb !== "report") throw new UsageError("Attendu : data report [SOURCE...].");
  const string = { type: "string" } as const;
  const { values, positionals } = parse(rest, { ...placeOptions, out: string, compare: string }, { positionals: true });
  const { dataReport } = await import("./book/data-report/data-report.ts");
  const { terminalProgress } = await import("./engine/progress.ts");
  const [out, compare] = [one(values.out), one(values.compare)];
  const { folder, refused } = await dataReport({
    territory: await placeOf(values),
    sources: positionals,
    out: out ?? join(root, ".quartiers/rapport-donnees"),
    ...(compare === undefined ? {} : { compare }),
    progress: terminalProgress(process.stderr),
  });
  console.log(`Rapport : ${relative(process.cwd(), join(folder, "index.html"))}`);
  return refused.length > 0 ? 1 : 0;
}

async function clause(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args, placeOptions, { positionals: true });
  const { clauseCommand } = await import("./sources/contracts/commands.ts");
  console.log(clauseCommand(sourceNamed(positionals, "clause"), values.data ? await placeOf(values) : null));
  return 0;
}

async function contract(args: readonly string[]): Promise<number> {
  const { values, positionals } = parse(args, { ...placeOptions, format: { type: "string" } }, { positionals: true });
  const { contractCommand, contractFormats } = await import("./sources/contracts/commands.ts");
  const format = one(values.format) ?? "odcs";
  const known = contractFormats.find((name) => name === format);
  if (!known) throw new UsageError(`Format inconnu : « ${format} ». Attendu : ${contractFormats.join(", ")}.`);
  process.stdout.write(
    contractCommand(sourceNamed(positionals, "contract"), values.data ? await placeOf(values) : null, known),
  );
  return 0;
}

/** The one source that a command names. */
function sourceNamed([id, ...others]: readonly string[], command: string): string {
  if (id !== undefined && others.length === 0) return id;
  throw new UsageError(`Attendu : ${command} suivi d'une source (npm run quartiers -- sources les nomme).`);
}

async function notebook(args: readonly string[]): Promise<number> {
  const { positionals } = parse(args, {}, { positionals: true });
  const [verb, ...files] = positionals;
  if ((verb !== "check" && verb !== "strip") || files.length === 0)
    throw new UsageError("Attendu\u00a0: notebook check FICHIER… ou notebook strip FICHIER…");
  const { checkNotebook, stripNotebook } = await import("./notebook/hygiene.ts");
  const { notebookText, readNotebook } = await import("./notebook/nbformat.ts");
  let faults = 0;
  for (const file of files) {
    const read = readNotebook(file);
    if (verb === "strip") {
      writeFileSync(`${file}.tmp-${process.pid}`, notebookText(stripNotebook(read)));
      renameSync(`${file}.tmp-${process.pid}`, file);
      continue;
    }
    for (const finding of checkNotebook(read)) {
      faults++;
      console.error(`${file}\u00a0: ${Object.values(finding).join(", ")}`);
    }
  }
  return faults > 0 ? 1 : 0;
}

/** `npm test`: the test runner under the Node that runs this command. */
async function test(args: readonly string[]): Promise<number> {
  const { spawnSync } = await import("node:child_process");
  const { mkdtempSync, readFileSync, rmSync } = await import("node:fs");
  const { tmpdir } = await import("node:os");
  const { keepResults, resultsOf, testedVersion, testResultsFile } = await import("./book/label/test-results.ts");
  const folder = mkdtempSync(join(tmpdir(), "quartiers-tests-"));
  const report = join(folder, "rapport.json");
  const version = testedVersion(root);
  const { status } = spawnSync(
    process.execPath,
    [
      join(root, "node_modules/vitest/vitest.mjs"),
      "run",
      "--reporter=default",
      "--reporter=json",
      `--outputFile.json=${report}`,
      ...args,
    ],
    { cwd: root, stdio: "inherit" },
  );
  try {
    // The dossier de label tells the last result of each test; a file that changed while they ran makes them results of nothing.
    if (existsSync(report) && testedVersion(root) === version)
      await keepResults(testResultsFile(root), resultsOf(JSON.parse(readFileSync(report, "utf8")), root, version));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return status ?? 1;
}
