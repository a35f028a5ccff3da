/** Attributes that shape a page or a drawing and are not read by anybody. Coordinates are among them: the drawing is compared as a whole. */
const shaping =
  "accent align charset class clip-path clipPathUnits colspan cx cy d defer dir display download dx dy encoding fill fill-opacity fill-rule focusable font-family font-size font-style font-weight for form gradientTransform gradientUnits height hidden href http-equiv id lang loading lspace max maxsize media min minsize name offset opacity patternTransform patternUnits pointer-events points preserveAspectRatio r rel role rowspan rspace rx ry scope src start step stop-color stop-opacity stretchy stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width style tabindex text-anchor transform type value version viewBox width x x1 x2 xlink:href xml:lang xml:space xmlns xmlns:xlink y y1 y2 mathvariant displaystyle scriptlevel movablelimits columnalign columnspacing rowspacing separator fence symmetric largeop linethickness open";
export const shapingAttributes: ReadonlySet<string> = new Set(shaping.split(" "));

/** Attributes that somebody reads or hears: their words must have been released. */
export const readAttributes: ReadonlySet<string> = new Set([
  "alt",
  "aria-label",
  "aria-valuetext",
  "aria-description",
  "content",
  "label",
  "placeholder",
  "title",
]);

/** States and links between elements. */
export const stateAttributes: ReadonlySet<string> = new Set([
  "aria-controls",
  "aria-current",
  "aria-describedby",
  "aria-expanded",
  "aria-hidden",
  "aria-labelledby",
  "aria-live",
  "aria-pressed",
  "aria-selected",
]);

/** `data-…` attributes of the book's own pages, most of them empty or holding the name of a figure, of an area or of a state. */
export const ownDataAttributes: ReadonlySet<string> = new Set(
  "area back calculator chart choose content contributions download keys legend list map measure panel position state status view-files viewer"
    .split(" ")
    .map((name) => `data-${name}`),
);

/** Elements of a drawing. */
export const drawingElements: ReadonlySet<string> = new Set(
  "svg title desc rect text tspan line g path defs clipPath linearGradient radialGradient stop pattern circle".split(
    " ",
  ),
);

/** Elements that end the text around them. The others are inside a sentence. */
export const blockElements: ReadonlySet<string> = new Set(
  "html head body title p li ul ol dl dt dd div section header footer main nav form fieldset figure figcaption table caption thead tbody tr h1 h2 h3 h4 h5 h6 pre details summary option select button text desc svg blockquote aside noscript label output".split(
    " ",
  ),
);
