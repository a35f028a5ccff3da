/**
 * Starts the TypeScript kernel: tslab 1.0.22 with its settings changed from the outside.
 *
 *     node src/notebook/launcher/launcher.ts <connection file>
 *
 * The notebook's folder is the working directory, as Jupyter sets it.
 */
import { enableCompileCache } from "node:module";
import { join } from "node:path";

const exit = process.exit.bind(process);
const projectFolder = join(import.meta.dirname, "../../..");
enableCompileCache(join(projectFolder, ".quartiers/compile-cache"));

try {
  // Imported late, so that the compile cache serves them.
  const [
    { createCellCompiler },
    { findOwnPackage, NativeImports, ProjectSources },
    { CellExecution },
    { KernelServer },
  ] = await Promise.all([
    import("./compiler.ts"),
    import("./imports.ts"),
    import("./execution.ts"),
    import("./server.ts"),
  ]);
  const [, , connectionFile] = process.argv;
  if (!connectionFile) throw new Error("Usage\u00a0: node src/notebook/launcher/launcher.ts <fichier de connexion>");
  const folder = process.cwd();
  const ownPackage = findOwnPackage(folder, projectFolder);
  const sources = new ProjectSources(folder);
  const compiler = createCellCompiler(folder, ownPackage);
  const execution = new CellExecution(folder, compiler, new NativeImports(folder, ownPackage, sources), sources);
  const server = new KernelServer(connectionFile, execution);
  await server.listen();
} catch (error) {
  process.stderr.write(
    `Le noyau TypeScript ne démarre pas. ${(error as Error).message}\n${(error as Error).stack ?? ""}\n`,
  );
  exit(1);
}
