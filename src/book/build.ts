import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { QuartiersError } from "../codes/errors.ts";
import { explainWriting, writeFileAtomic } from "../engine/atomic.ts";
import { canonicalJson, sha256 } from "../engine/hash.ts";
import { failureSentence, type RunEvent, runNotebooks } from "../notebook/run.ts";
import { openTerritory, territoryNames } from "../sources/territory.ts";
import { type CellContent, type NotebookDocument, readBundles } from "./bundles.ts";
import {
  type BookSettings,
  type Chapter,
  composeChapter,
  markdownAsNotebook,
  readSettings,
  settingsFile,
  slugOf,
} from "./chapters.ts";
import { admitUses } from "./data-uses.ts";
import { type Provenance, writeFigureFiles } from "./figure-files.ts";
import type { Drawing } from "./figure-svg.ts";
import { codeVersion, hashFile, listFiles, type NotebookKey, notebookKey, whyRerun } from "./keys.ts";
import { readResults, testedVersion, testResultsFile } from "./label/test-results.ts";
import { keepLedger } from "./ledger/keep-ledger.ts";
import { LEDGER_FOLDER } from "./ledger/ledger-files.ts";
import { type BookContent, printSource } from "./print.ts";
import { alone, lockOf, publish } from "./publish.ts";
import { keepRefusal, recordRefused, refusalsFile } from "./register/keep-refusal.ts";
import { makeRegistry, type Registry } from "./registry.ts";
import { machineWords } from "./scan/machine-words.ts";
import { refuseStrangers } from "./scan/refuse-strangers.ts";
import { keepReleased } from "./scan/released-record.ts";
import { scanReports } from "./scan/scan-reports.ts";
import { writeSite } from "./site.ts";
import { TRANSPARENCY } from "./transparency/chapter.ts";
import { contactsOf, tellTransparency, writeTransparency } from "./transparency/tell-transparency.ts";
import { PdfMaker } from "./typst-pdf.ts";
import { type Manifest as BookManifest, inputHashes, MANIFEST, reportHashes } from "./verify/manifest.ts";

export interface BuildOptions {
  /** Folder of the project: `notebooks/`, `src/`, the lock file. */
  readonly root: string;
  readonly notebooks?: string;
  readonly territory?: string;
  readonly data?: string;
  readonly seed?: number;
  readonly out?: string;
  /** Words of the chapters to keep; all when empty. */
  readonly only?: readonly string[];
  readonly cellTimeoutMs?: number;
  /** Day of the build, AAAA-MM-JJ, against which permissions and dates of retention are held; the computer's when absent. Never written in the book. */
  readonly today?: string;
  /** Where progress is said; silent by default. */
  readonly say?: (line: string) => void;
}

export interface BuildResult {
  readonly pdf: string;
  readonly site: string;
  readonly figures: string;
  /** True when nothing had changed and nothing was done. */
  readonly upToDate: boolean;
  readonly pages: number;
  readonly ran: readonly string[];
  readonly drawn: readonly string[];
}

/** Entries of the folder of reports that a build writes. */
export const outputs: readonly string[] = ["livre-blanc.pdf", "site", "figures", LEDGER_FOLDER, TRANSPARENCY];

interface Plan {
  readonly root: string;
  readonly notebooks: string;
  readonly settings: BookSettings;
  readonly territory: string;
  readonly data: string;
  readonly seed: number;
  readonly out: string;
  readonly cache: string;
  readonly chapters: readonly string[];
  /** True for the book, false for a preview of some chapters. */
  readonly whole: boolean;
  readonly today?: string;
  readonly cellTimeoutMs: number;
  readonly say: (line: string) => void;
}

/** Builds the book: runs what changed, checks, draws, composes, publishes. Whatever fails, the previous reports stay as they were. */
export async function buildBook(options: BuildOptions): Promise<BuildResult> {
  const plan = makePlan(options);
  if (territoryNames.includes(plan.territory)) {
    const { territory, data } = plan;
    admitUses(openTerritory({ territory, data, ...(options.today === undefined ? {} : { today: options.today }) }));
  }
  mkdirSync(join(plan.cache, "dessins"), { recursive: true });
  return alone(lockOf(plan.root, plan.out), async () => {
    const documents = readDocuments(plan);
    const keys = await notebookKeys(documents, plan);
    const renderer = rendererVersion(plan.root);
    const whole = wholeKey(documents, keys, renderer, plan);
    const places = {
      pdf: join(plan.out, "livre-blanc.pdf"),
      site: join(plan.out, "site/index.html"),
      figures: join(plan.out, "figures"),
    };
    const manifest = join(plan.cache, `livre-${sha256(plan.out).slice(0, 12)}.json`);
    const before = isUpToDate(manifest, whole, plan.out);
    if (before) return { ...places, upToDate: true, pages: before.pages, ran: [], drawn: [] };
    const { contents, ran } = await runChanged(documents, keys, plan);
    const made = await publish(plan.out, [...outputs, MANIFEST], (staging) =>
      makeEdition({ documents, keys, contents, renderer, staging }, plan),
    ).catch((error: unknown) => {
      keepRefusal(error, plan);
      throw explainWriting(error, plan.out);
    });
    await writeFileAtomic(manifest, JSON.stringify({ key: whole, pages: made.pages, files: outputHashes(plan.out) }));
    return { ...places, upToDate: false, pages: made.pages, ran, drawn: made.drawn };
  });
}

function makePlan(options: BuildOptions): Plan {
  const root = resolve(options.root);
  const notebooks = resolve(root, options.notebooks ?? "notebooks");
  const settings = readSettings(settingsFile(notebooks));
  const territory = options.territory ?? Object.keys(settings.territories)[0] ?? "";
  const known = settings.territories[territory];
  if (!known)
    throw new QuartiersError({
      what: "Territoire inconnu",
      value: territory,
      expected: `un territoire parmi ${Object.keys(settings.territories).join(", ")}`,
      remedy: "npm run book -- --territory exemple",
    });
  const folder = options.data ?? known.data;
  if (!folder)
    throw new QuartiersError({
      what: `Le territoire ${territory} n'est pas livré avec Quartiers`,
      expected: "le dossier des fichiers publiés",
      remedy: `npm run book -- --territory ${territory} --data DOSSIER`,
    });
  const data = options.data ? resolve(folder) : resolve(root, folder);
  if (!existsSync(data))
    throw new QuartiersError({
      what: "Dossier de données introuvable",
      value: folder,
      remedy: "vérifier le chemin donné à --data",
    });
  const only = options.only ?? [];
  const offered = known.chapters ?? settings.chapters;
  for (const word of only)
    if (!offered.some((file) => slugOf(file) === word))
      throw new QuartiersError({
        what: "Chapitre inconnu",
        value: word,
        expected: offered.map(slugOf).join(", "),
      });
  const chapters = only.length > 0 ? offered.filter((file) => only.includes(slugOf(file))) : offered;
  const out = resolve(root, options.out ?? (only.length > 0 ? ".quartiers/apercu" : "reports"));
  return {
    root,
    notebooks,
    settings,
    territory,
    data,
    seed: options.seed ?? 20260301,
    out,
    cache: join(root, ".quartiers", "cache"),
    chapters,
    whole: only.length === 0 && territoryNames.includes(territory),
    ...(options.today === undefined ? {} : { today: options.today }),
    cellTimeoutMs: options.cellTimeoutMs ?? 600_000,
    say: options.say ?? (() => {}),
  };
}

interface ChapterDocument {
  readonly file: string;
  readonly document: NotebookDocument;
  readonly isNotebook: boolean;
}

function readDocuments({ notebooks, chapters }: Plan): readonly ChapterDocument[] {
  return chapters.map((file) => {
    let text: string;
    try {
      text = readFileSync(join(notebooks, file), "utf8");
    } catch (cause) {
      throw new QuartiersError({
        what: "Chapitre introuvable",
        value: file,
        expected: "un fichier de notebooks/ nommé dans livre/livre.json",
        cause,
      });
    }
    if (file.endsWith(".md")) return { file, document: markdownAsNotebook(text), isNotebook: false };
    try {
      return { file, document: JSON.parse(text) as NotebookDocument, isNotebook: true };
    } catch (cause) {
      throw new QuartiersError({
        what: "Ce carnet n'est pas un fichier JSON",
        value: file,
        remedy: String((cause as Error).message),
        cause,
      });
    }
  });
}

async function notebookKeys(
  documents: readonly ChapterDocument[],
  { root, data, territory, seed }: Plan,
): Promise<ReadonlyMap<string, NotebookKey>> {
  const parameters = { territoire: territory, graine: seed, donnees: data };
  const keys = new Map<string, NotebookKey>();
  for (const { file, document, isNotebook } of documents)
    if (isNotebook) keys.set(file, await notebookKey(document, { root, data, parameters }));
  return keys;
}

/** Hash of the code and versions that draw and compose. */
const rendererVersion = (root: string): string =>
  hashFolders(root, ["src/book", "src/notebook", "src/codes"], ["package-lock.json"]);

const hashFolders = (root: string, folders: readonly string[], others: readonly string[] = []): string => {
  const files = folders.flatMap((folder) => listFiles(join(root, folder)).map((file) => `${folder}/${file}`));
  return sha256([...files, ...others].map((file) => `${file} ${hashFile(join(root, file))}`).join("\n")).slice(0, 16);
};

/** The calculator of a viewer carries the law in its page, beside what the notebooks gave. */
const wholeKey = (
  documents: readonly ChapterDocument[],
  keys: ReadonlyMap<string, NotebookKey>,
  renderer: string,
  { root, notebooks, settings, territory, seed }: Plan,
): string =>
  sha256(
    canonicalJson({
      documents,
      told: hashFolders(notebooks, ["livre"]),
      refusals: hashFile(refusalsFile(root)),
      tests: readResults(testResultsFile(root), testedVersion(root)),
      keys: [...keys],
      renderer,
      law: hashFolders(root, ["src/models/benefits"]),
      settings,
      territory,
      seed,
      node: process.version,
    }),
  );

interface Manifest {
  readonly key: string;
  readonly pages: number;
  readonly files: Readonly<Record<string, string>>;
}

function isUpToDate(manifest: string, key: string, out: string): Manifest | null {
  if (!existsSync(manifest)) return null;
  const before = JSON.parse(readFileSync(manifest, "utf8")) as Manifest;
  if (before.key !== key) return null;
  return canonicalJson(before.files) === canonicalJson(outputHashes(out)) ? before : null;
}

const outputHashes = (out: string): Readonly<Record<string, string>> => reportHashes(out, [...outputs, MANIFEST]);

/** What a notebook gave, kept under the rank of its code cells, so that words can be edited around them. */
interface KeptRun {
  readonly key: NotebookKey;
  readonly contents: readonly CellContent[];
  readonly sum: string;
}

/** Runs the notebooks whose key changed, in parallel, under a sealing key made for this build; reads the others from the cache. */
async function runChanged(
  documents: readonly ChapterDocument[],
  keys: ReadonlyMap<string, NotebookKey>,
  plan: Plan,
): Promise<{ readonly contents: ReadonlyMap<string, readonly CellContent[]>; readonly ran: readonly string[] }> {
  const { notebooks, cache, territory, data, seed, say } = plan;
  const contents = new Map<string, readonly CellContent[]>();
  const keptFile = (file: string): string =>
    join(cache, `${slugOf(file)}-${sha256(canonicalJson({ file, territory, data, seed })).slice(0, 12)}.json`);
  const waiting: ChapterDocument[] = [];
  for (const chapter of documents.filter(({ isNotebook }) => isNotebook)) {
    const kept = readKept(keptFile(chapter.file));
    const key = keys.get(chapter.file) ?? {};
    if (kept && canonicalJson(kept.key) === canonicalJson(key)) {
      contents.set(chapter.file, toCells(kept.contents, chapter.document));
      say(`${chapter.file}\u00a0: inchangé, résultats repris`);
    } else {
      waiting.push(chapter);
      say(`${chapter.file}\u00a0: exécuté, car ${whyRerun(kept?.key ?? null, key)}`);
    }
  }
  if (waiting.length === 0) return { contents, ran: [] };
  const sealingKey = randomBytes(32).toString("hex");
  const results = await runNotebooks(
    waiting.map(({ file }) => join(notebooks, file)),
    {
      parallel: 2,
      parameters: { territoire: territory, donnees: data, graine: seed },
      env: { QUARTIERS_SEAL: sealingKey },
      cellTimeoutMs: plan.cellTimeoutMs,
      onEvent: (event) => sayEvent(event, say),
    },
  );
  for (const [index, { file, document }] of waiting.entries()) {
    const result = results[index];
    if (!result || result.failure) {
      if (result?.failure?.ename === "Refusal") recordRefused({ code: "refus", place: file }, plan);
      throw new QuartiersError({
        what: "Un carnet s'est arrêté",
        value: result?.failure ? failureSentence(file, result.failure) : file,
        remedy: "corriger la cellule, puis relancer ; les rapports précédents sont intacts",
      });
    }
    const executed = {
      cells: (result.notebook as unknown as NotebookDocument).cells.filter(
        ({ metadata }) => !(metadata?.tags as readonly string[] | undefined)?.includes("injected-parameters"),
      ),
    };
    const read = readBundles(executed, { name: file, key: sealingKey });
    contents.set(file, toCells(toRanks(read, executed), document));
    const ranked = toRanks(read, executed);
    await writeFileAtomic(
      keptFile(file),
      JSON.stringify({ key: keys.get(file), contents: ranked, sum: sha256(canonicalJson(ranked)) }),
    );
  }
  return { contents, ran: waiting.map(({ file }) => file) };
}

function readKept(file: string): KeptRun | null {
  try {
    const kept = JSON.parse(readFileSync(file, "utf8")) as KeptRun;
    return kept.sum === sha256(canonicalJson(kept.contents)) ? kept : null;
  } catch {
    return null; // absent, cut or altered: run again
  }
}

const codeCells = ({ cells }: NotebookDocument): readonly number[] =>
  cells.flatMap(({ cell_type }, index) => (cell_type === "code" ? [index + 1] : []));
const toRanks = (contents: readonly CellContent[], document: NotebookDocument): readonly CellContent[] =>
  contents.map((content) => ({ ...content, cell: codeCells(document).indexOf(content.cell) }));
const toCells = (contents: readonly CellContent[], document: NotebookDocument): readonly CellContent[] =>
  contents.map((content) => ({ ...content, cell: codeCells(document)[content.cell] ?? 0 }));

function sayEvent({ notebook, kind, cell, cells, elapsedMs }: RunEvent, say: (line: string) => void): void {
  const words = {
    start: "démarre",
    ready: "noyau prêt",
    cell: `cellule ${cell} sur ${cells}`,
    done: "terminé",
    failed: "arrêté",
  }[kind];
  say(`  ${basename(notebook)}\u00a0: ${words} (${(elapsedMs / 1000).toFixed(1).replace(".", ",")}\u00a0s)`);
}

interface Edition {
  readonly documents: readonly ChapterDocument[];
  readonly keys: ReadonlyMap<string, NotebookKey>;
  readonly contents: ReadonlyMap<string, readonly CellContent[]>;
  readonly renderer: string;
  readonly staging: string;
}

async function makeEdition(
  { documents, keys, contents, renderer, staging }: Edition,
  plan: Plan,
): Promise<{ readonly pages: number; readonly drawn: readonly string[] }> {
  const { settings, territory, seed, say, cache } = plan;
  const registry = makeRegistry([...contents].map(([name, list]) => ({ name, contents: list })));
  const codeVersions = new Map([...keys].map(([file, key]) => [file, codeVersion(key)]));
  const figures = [...registry.figures.values()].map(({ figure }) => figure);
  const ledger = await keepLedger(figures, staging, { ...plan, edition: settings.edition });
  const transparency = plan.whole ? await tellTransparency({ contents, codeVersions, ledger, figures }, plan) : null;
  const told = transparency === null ? documents : withTransparency(documents, transparency.markdown);
  const chapters: Chapter[] = [];
  for (const { file, document } of told) {
    say(`Chapitre ${chapters.length + 1} sur ${told.length}\u00a0: ${file}`);
    chapters.push(await composeChapter(file, document, contents.get(file) ?? [], registry));
  }
  writeTransparency(staging, transparency?.files ?? new Map());
  const workspace = join(staging, "atelier");
  mkdirSync(workspace, { recursive: true });
  const pdfMaker = new PdfMaker(workspace);
  const drawings = new Map<string, Drawing>();
  const drawn: string[] = [];
  say(`Figures et tableaux\u00a0: ${registry.figures.size}`);
  mkdirSync(join(staging, "figures"), { recursive: true });
  for (const [id, registered] of registry.figures) {
    const provenance: Provenance = { territory, seed, code: codeVersions.get(registered.place.notebook) ?? "" };
    const drawing = await writeFigureFiles(registered, provenance, {
      folder: join(staging, "figures"),
      cache: join(cache, "dessins"),
      renderer,
      pdfMaker,
      workspace,
    });
    if (!drawing.cached) drawn.push(id);
    drawings.set(id, drawing);
  }
  const book: BookContent = {
    settings,
    chapters,
    drawings,
    codeVersions,
    seed,
    territory: settings.territories[territory]?.label ?? territory,
    figures: registry.figures,
    viewers: registry.viewers,
    numberOf: numberFigures(chapters, registry.figures),
    synthetic: isInvented(plan, registry),
  };
  say("PDF");
  const source = await printSource(book);
  const { bytes, pages } = pdfMaker.pdf(source, "le livre");
  writeFileSync(join(staging, "livre-blanc.pdf"), bytes);
  say("Site");
  await writeSite(book, { folder: join(staging, "site"), figures: join(staging, "figures"), cache, renderer });
  rmSync(workspace, { recursive: true });
  say("Lecture des octets écrits");
  const contacts = contactsOf(plan);
  const heldLines = ledger.ledger.publications.length - ledger.added;
  const entries = ["livre-blanc.pdf", "site", "figures", `${LEDGER_FOLDER}/${territory}`, TRANSPARENCY];
  const admitted = new Map(
    [...(transparency?.files ?? [])].map(([path, content]) => [`${TRANSPARENCY}/${path}`, sha256(content)]),
  );
  refuseStrangers(
    await scanReports(staging, book, {
      own: machineWords([plan.root, plan.data]),
      contacts,
      admitted,
      entries,
      heldLines,
    }),
  );
  await keepReleased(plan.root, plan.out, { book, admitted, contacts, entries, heldLines });
  const sources = figures.flatMap((figure) => figure.sources);
  const manifest: BookManifest = {
    territory,
    inputs: inputHashes(sources, plan.data),
    reports: reportHashes(staging, outputs),
  };
  writeFileSync(join(staging, MANIFEST), `${JSON.stringify(manifest, null, 1)}\n`);
  return { pages, drawn };
}

/** Whether the whole book is of invented data. A lesson's invented tables do not make a real territory imaginary: each says so of itself. */
function isInvented({ territory, data }: Plan, { figures, viewers }: Registry): boolean {
  if (territoryNames.includes(territory)) return openTerritory({ territory, data }).synthetic;
  return (
    [...figures.values()].some(({ figure }) => figure.synthetic) ||
    [...viewers.values()].some(({ viewer }) => viewer.synthetic)
  );
}

/** The chapter stands before the glossary, which is last. */
function withTransparency(documents: readonly ChapterDocument[], markdown: string): readonly ChapterDocument[] {
  const chapter = { file: `${TRANSPARENCY}.md`, document: markdownAsNotebook(markdown), isNotebook: false };
  const glossary = documents.findIndex(({ file }) => slugOf(file) === "glossaire");
  return glossary < 0 ? [...documents, chapter] : documents.toSpliced(glossary, 0, chapter);
}

/** Figures and tables are numbered apart, in order of appearance; the same numbers serve every format. */
function numberFigures(chapters: readonly Chapter[], figures: BookContent["figures"]): ReadonlyMap<string, number> {
  const counts = { chart: 0, table: 0 };
  return new Map(
    chapters.flatMap(({ figureIds }) => figureIds).map((id) => [id, ++counts[figures.get(id)?.figure.kind ?? "chart"]]),
  );
}
