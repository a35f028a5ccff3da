/** One part of the book's last chapter, « Transparence et protection », and the files that it stands for. */
export interface TransparencyPart {
  /** French Markdown, from a heading of level 2 down. */
  readonly markdown: string;
  /** Contents by path under `transparence/`: "registre.json", "dossier-label/anonymisation/README.md". */
  readonly files: ReadonlyMap<string, string>;
}
