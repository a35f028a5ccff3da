import { QuartiersError } from "../codes/errors.ts";
import { assertReleased, type Released } from "../protection/released.ts";

/** A Vega-Lite specification whose data is the single named dataset "drawn": the released rows, and nothing else. */
export type ChartSpec = Readonly<Record<string, unknown>>;

/** What every figure of French public statistics says beside its drawing. All are required; a figure without one does not build. */
export interface FigureText {
  /** Stable word, used in URLs and references: "emploi-distance-mediane". Never a number. */
  readonly id: string;
  /** The finding, as a sentence. */
  readonly title: string;
  /** What is measured, in which unit. */
  readonly subtitle: string;
  /** What a person who does not see the drawing needs: what is drawn and the main reading, 20 to 300 characters, not the caption. */
  readonly alt: string;
  /** Population, place and date. */
  readonly champ: string;
  /** One number of the figure read aloud. */
  readonly lecture: string;
}

/** A chart or a table made from a released table. A value: rendering happens in the book and in the notebook. */
export interface Figure extends FigureText {
  readonly kind: "chart" | "table";
  readonly source: string;
  readonly licence: string;
  readonly vintage: string;
  /** True when any source is invented: the drawing and the caption carry SYNTHÉTIQUE. */
  readonly synthetic: boolean;
  /** What is drawn: the rows of the CSV and of the specification. */
  readonly data: Released;
  /** Columns to print, in order, for a table; columns carried by the specification, for a chart. */
  readonly columns: readonly string[];
  /** null for a table. */
  readonly spec: ChartSpec | null;
  /** "paysage" puts the figure on a landscape page. */
  readonly orientation: "portrait" | "paysage";
  /** Seeds and parameters that made it, for the provenance. */
  readonly parameters: Readonly<Record<string, string | number>>;
}

export interface FigureOptions extends FigureText {
  readonly data: Released;
  readonly columns?: readonly string[];
  readonly spec?: ChartSpec;
  readonly orientation?: "portrait" | "paysage";
  readonly parameters?: Readonly<Record<string, string | number>>;
}

const idShape = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** A line of more sources than this is not read: publishers are named, and the files listed with the book's provenance and beside each export. */
const mostSources = 8;

/**
 * Makes a figure, or refuses it by naming it and what it lacks.
 * Sources, licences and vintages come from the table's lineage, so that no author types them.
 */
export function figure(options: FigureOptions): Figure {
  const { id, data, spec, columns, orientation = "portrait", parameters = {} } = options;
  if (!idShape.test(id)) {
    throw new QuartiersError({
      what: "Identifiant de figure mal formé",
      value: id,
      expected: "des mots en minuscules sans accent, séparés par des traits d'union",
    });
  }
  for (const field of ["title", "subtitle", "alt", "champ", "lecture"] as const) {
    if (!options[field]?.trim()) {
      throw new QuartiersError({
        what: `La figure « ${id} » n'a pas de ${fieldNames[field]}`,
        expected: `un champ ${field} non vide`,
        remedy: "le compléter dans l'expérience qui fait cette figure",
      });
    }
  }
  checkAlternative(options);
  assertReleased(data, `La figure « ${id} »`);
  if (data.lineage.length === 0) {
    throw new QuartiersError({
      what: `La figure « ${id} » n'a pas de source`,
      expected: "une table dont la lignée cite au moins un fichier",
    });
  }
  const kept = columns ?? Object.keys(data.columns);
  for (const name of kept) {
    if (!data.columns[name])
      throw new QuartiersError({
        what: `La figure « ${id} » dessine une colonne absente de sa table`,
        value: name,
        expected: Object.keys(data.columns).join(", "),
      });
  }
  const unique = (values: readonly string[]): string => [...new Set(values)].join("\u202f; ");
  return Object.freeze({
    kind: spec ? "chart" : "table",
    id,
    title: options.title,
    subtitle: options.subtitle,
    alt: options.alt,
    champ: options.champ,
    lecture: options.lecture,
    source:
      data.lineage.length > mostSources
        ? `${unique(data.lineage.map(({ publisher }) => publisher))}\u202f; ${data.lineage.length} fichiers, un par un dans la provenance des figures`
        : unique(
            data.lineage.map(
              ({ publisher, title, vintage }) => `${publisher}, ${title}${vintage ? ` (${vintage})` : ""}`,
            ),
          ),
    licence: unique(data.lineage.map(({ licence }) => licence)),
    vintage: unique(data.lineage.map(({ vintage }) => vintage).filter(Boolean)),
    synthetic: data.lineage.some(({ synthetic }) => synthetic),
    data,
    columns: kept,
    spec: spec ?? null,
    orientation,
    parameters,
  });
}

const fieldNames = {
  title: "titre (title)",
  subtitle: "sous-titre (subtitle)",
  alt: "texte alternatif (alt)",
  champ: "champ (champ)",
  lecture: "lecture (lecture)",
} as const;

function checkAlternative({ id, alt, title, lecture }: FigureOptions): void {
  const refuse = (why: string): never => {
    throw new QuartiersError({
      what: `Le texte alternatif de la figure « ${id} » ${why}`,
      value: alt.slice(0, 80),
      expected: "20 à 300 caractères qui disent ce que l'on voit et la lecture principale, sans recopier la légende",
    });
  };
  if (alt.length < 20 || alt.length > 300) refuse(`compte ${alt.length} caractères`);
  if (/^(image|photo|graphique) (de|d['’]|du|des) /i.test(alt)) refuse("commence par « image de »");
  if (alt === title || alt === lecture) refuse("recopie la légende");
}
