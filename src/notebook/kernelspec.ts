import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { QuartiersError } from "../codes/errors.ts";
import { kernelCommand } from "./run.ts";

/** The name under which notebooks ask for the kernel. */
export const kernelName = "quartiers";

/** How Jupyter starts the kernel (`kernel.json`). */
export interface KernelSpec {
  readonly argv: readonly string[];
  readonly display_name: string;
  readonly language: string;
  readonly interrupt_mode: "signal";
  readonly metadata: Readonly<Record<string, unknown>>;
}

export interface RegisterOptions {
  /** Only in the project's `.jupyter/`, not in the user's Jupyter folder. Default: false. */
  readonly local?: boolean;
  /** Default: the project that this file belongs to. */
  readonly projectFolder?: string;
  /** Default: the folder of the platform, see `jupyterDataFolder`. */
  readonly userFolder?: string;
  readonly print?: (line: string) => void;
}

/** The kernelspec of this checkout: absolute paths, so it is generated and never committed. */
export function kernelSpec(): KernelSpec {
  return {
    argv: kernelCommand,
    display_name: "TypeScript (Quartiers)",
    language: "typescript",
    interrupt_mode: "signal",
    metadata: { debugger: false },
  };
}

/**
 * Where Jupyter looks for the user's kernels: `JUPYTER_DATA_DIR`, or the folder of the platform.
 *
 * @example
 * ```ts
 * jupyterDataFolder("linux", { XDG_DATA_HOME: "/data" }, "/home/a") // "/data/jupyter"
 * ```
 */
export function jupyterDataFolder(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
  home: string,
): string {
  if (env.JUPYTER_DATA_DIR) return env.JUPYTER_DATA_DIR;
  if (platform === "win32") return join(env.APPDATA ?? join(home, "AppData/Roaming"), "jupyter");
  if (platform === "darwin") return join(home, "Library/Jupyter");
  return join(env.XDG_DATA_HOME || join(home, ".local/share"), "jupyter");
}

/** Registers the kernel for Jupyter and VS Code; returns the files written. Throws a `QuartiersError` when a folder cannot be written. */
export function registerKernel(options: RegisterOptions = {}): readonly string[] {
  const {
    local = false,
    projectFolder = join(import.meta.dirname, "../.."),
    print = (line) => console.log(line),
  } = options;
  const userFolder = options.userFolder ?? jupyterDataFolder(process.platform, process.env, homedir());
  const roots = [join(projectFolder, ".jupyter"), ...(local ? [] : [userFolder])];
  const files = roots.map((root) => join(root, "kernels", kernelName, "kernel.json"));
  for (const file of files) {
    write(file, `${JSON.stringify(kernelSpec(), null, 1)}\n`);
    print(`Noyau écrit\u00a0: ${file}`);
  }
  if (local) print(`Pour l’employer\u00a0: JUPYTER_PATH="${roots[0]}" jupyter lab notebooks/`);
  else
    print(
      "Pour l’employer\u00a0: ouvrir notebooks/ dans Jupyter ou VS Code, puis choisir le noyau « TypeScript (Quartiers) ».",
    );
  print("Le noyau dépend de ce dossier\u00a0: après l’avoir déplacé, relancer « npm run kernel ».");
  return files;
}

function write(file: string, text: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    const temporary = `${file}.tmp-${process.pid}`;
    writeFileSync(temporary, text);
    renameSync(temporary, file);
  } catch (cause) {
    throw new QuartiersError({
      what: "Le noyau ne peut pas être écrit",
      value: file,
      expected: "un dossier où écrire",
      remedy: "vérifier les droits du dossier, ou lancer « npm run kernel -- --local »",
      cause,
    });
  }
}
