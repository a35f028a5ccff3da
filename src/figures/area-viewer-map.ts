import type { Shape } from "../codes/shape.ts";
import type { PlacedShape } from "./neighbourhood-map.ts";

/** The outline of one area on the panel of its town. */
export interface PanelShape {
  readonly code: string;
  /** SVG path in whole metres from the panel's north-west corner, y downwards. */
  readonly path: string;
}

/** One town of the map: all panels are drawn at one scale, so that areas can be compared by eye. */
export interface TownPanel {
  readonly town: string;
  readonly widthMetres: number;
  readonly heightMetres: number;
  readonly shapes: readonly PanelShape[];
  /** The ground of the commune behind its areas, cut by the panel; null where no outline is given. */
  readonly ground: string | null;
}

/** Ground left around the areas of a town. */
const marginMetres = 150;
/** Vertices nearer than this to the one before are left out: under a third of a pixel at the scale of the page. */
const areaDetailMetres = 8;
const groundDetailMetres = 40;

/**
 * The panels of a map, one a town, the tallest first, then by name. `communes` are outlines drawn behind the areas of the town of the same name (`group`).
 * O(number of vertices).
 */
export function townPanels(
  perimeters: readonly PlacedShape[],
  communes: readonly PlacedShape[] = [],
): readonly TownPanel[] {
  const towns = new Map<string, PlacedShape[]>();
  for (const shape of perimeters)
    if (shape.metres.polygons.length > 0) towns.set(shape.group, [...(towns.get(shape.group) ?? []), shape]);
  const panels = [...towns].map(([town, shapes]): TownPanel => {
    const box = boxOf(shapes.map(({ metres }) => metres));
    const west = box.west - marginMetres;
    const north = box.north + marginMetres;
    const outlines = communes.filter(({ group }) => group === town).map(({ metres }) => metres);
    return {
      town,
      widthMetres: Math.ceil(box.east + marginMetres - west),
      heightMetres: Math.ceil(north - (box.south - marginMetres)),
      shapes: shapes.map(({ code, metres }) => ({ code, path: pathOf(metres, west, north, areaDetailMetres) })),
      ground:
        outlines.length === 0
          ? null
          : outlines.map((metres) => pathOf(metres, west, north, groundDetailMetres)).join(""),
    };
  });
  return panels.sort((a, b) => b.heightMetres - a.heightMetres || (a.town < b.town ? -1 : 1));
}

function boxOf(shapes: readonly Shape[]): { west: number; east: number; south: number; north: number } {
  let [west, east, south, north] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const ring of shapes.flatMap(({ polygons }) => polygons.flat())) {
    for (let i = 0; i < ring.length; i += 2) {
      west = Math.min(west, ring[i]);
      east = Math.max(east, ring[i]);
      south = Math.min(south, ring[i + 1]);
      north = Math.max(north, ring[i + 1]);
    }
  }
  return { west, east, south, north };
}

/** Rings as one path, without the vertices that no eye would see. */
function pathOf({ polygons }: Shape, west: number, north: number, detailMetres: number): string {
  return polygons
    .flat()
    .map((ring) => {
      const points: string[] = [];
      let [lastX, lastY] = [Infinity, Infinity];
      for (let i = 0; i < ring.length; i += 2) {
        const [x, y] = [ring[i] - west, north - ring[i + 1]];
        if (Math.hypot(x - lastX, y - lastY) < detailMetres) continue;
        points.push(`${Math.round(x)} ${Math.round(y)}`);
        [lastX, lastY] = [x, y];
      }
      return points.length < 3 ? "" : `M${points.join("L")}Z`;
    })
    .join("");
}
