/** An area of the earth: polygons, each a list of rings (the first is the outline, the others are holes), each ring a flat list [lon, lat, lon, lat...] in WGS 84 degrees. */
export interface Shape {
  readonly polygons: readonly (readonly Float64Array[])[];
}
