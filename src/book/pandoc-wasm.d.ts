declare module "pandoc-wasm" {
  export function convert(
    options: Readonly<Record<string, unknown>>,
    stdin: string,
    files: Readonly<Record<string, Blob>>,
  ): Promise<unknown>;
}
