import type { GateFinding } from "../gate-finding.ts";
import type { DrawingContext } from "./drawing-context.ts";
import { drawingFinding } from "./drawing-finding.ts";
import type { DrawingCode } from "./drawing-rules.ts";
import { isLayout } from "./drawn-rows.ts";
import { channelName, fieldOf, isObject, type Json, type SpecParts, type UnitView, walk } from "./read-spec.ts";

/** Channels whose value a reader sees without pointing at the mark. */
const hidden: ReadonlySet<string> = new Set(["tooltip", "detail", "key", "order", "href", "url", "description"]);

/** Keys that a view, a facet or a layer may have; any other would travel with the file and never be drawn. */
const viewKeys: ReadonlySet<string> = new Set(
  "$schema title config width height autosize background padding datasets data layer concat hconcat vconcat columns facet repeat spec mark encoding projection resolve spacing align bounds center name description params transform usermeta view".split(
    " ",
  ),
);

const addressKeys: ReadonlySet<string> = new Set(["url", "href", "xlink:href"]);

/** Tooltips, addresses, hidden keys and metadata: what a specification says beside its drawing. */
export function judgeChannels(spec: Json, parts: SpecParts, context: DrawingContext): readonly GateFinding[] {
  const findings: GateFinding[] = [];
  const add = (code: DrawingCode, place: string): void => {
    findings.push(drawingFinding(code, place, context));
  };
  for (const view of parts.views) {
    if (tellsAll(view.mark.tooltip) || tellsAll(configuredTooltip(spec)))
      add("bulle-indiscrete", `${view.place}mark.tooltip`);
    const seen = visibleFields(view);
    for (const [channel, definition] of Object.entries(view.encoding)) {
      const name = channelName(channel);
      const field = fieldOf(definition);
      if (name === "href" || name === "url") add("adresse", `${view.place}encoding.${name}`);
      else if (hidden.has(name) && field !== null && !seen.has(field) && !isOpen(field, context))
        add("bulle-indiscrete", `${view.place}encoding.${name}, champ ${field}`);
    }
    if (view.mark.type === "image") add("adresse", `${view.place}mark`);
  }
  walk(spec, (object, path) => {
    for (const key of Object.keys(object))
      if (addressKeys.has(key) && !path.endsWith("encoding")) add("adresse", at(path, key));
    const isView =
      path === "" || "mark" in object || /(^|\.)(layer|concat|hconcat|vconcat)\[\d+\]$|(^|\.)spec$/.test(path);
    if (!isView || path.startsWith("config")) return;
    for (const key of Object.keys(object)) if (!viewKeys.has(key)) add("donnees-cachees", at(path, key));
    if ("usermeta" in object) add("metadonnees", at(path, "usermeta"));
    if ("name" in object && !isPlainName(object.name)) add("metadonnees", at(path, "name"));
  });
  if (
    spec.$schema !== undefined &&
    !/^https:\/\/vega\.github\.io\/schema\/vega-lite\/v[56](\.\d+)*\.json$/.test(String(spec.$schema))
  )
    add("metadonnees", "$schema");
  const embedded =
    isObject(spec.usermeta) && isObject(spec.usermeta.embedOptions) ? spec.usermeta.embedOptions.actions : false;
  if (embedded !== false) add("menu-source", "usermeta.embedOptions");
  if (context.embed && context.embed.actions !== false) add("menu-source", "options d'affichage");
  return findings;
}

/** A view's name is a word of the drawing: letters, digits would carry data. */
const isPlainName = (name: unknown): boolean => typeof name === "string" && /^[a-z][a-z_-]{0,40}$/i.test(name);

const at = (path: string, key: string): string => (path === "" ? key : `${path}.${key}`);

/** A tooltip of all the data of the row, whatever is drawn. */
const tellsAll = (tooltip: unknown): boolean => isObject(tooltip) && tooltip.content === "data";

function configuredTooltip({ config }: Json): unknown {
  return isObject(config) && isObject(config.mark) ? config.mark.tooltip : undefined;
}

const visibleFields = ({ encoding }: UnitView): ReadonlySet<string> =>
  new Set(
    Object.entries(encoding).flatMap(([channel, definition]) =>
      hidden.has(channelName(channel)) ? [] : (fieldOf(definition) ?? []),
    ),
  );

/** Released columns are public; layout fields are judged with the texts. */
const isOpen = (field: string, context: DrawingContext): boolean =>
  isLayout(field, context) || (context.released !== undefined && field in context.released.columns);
