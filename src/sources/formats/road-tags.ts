/** Tags of the table of ways. */
export const tableTags = [
  "highway",
  "name",
  "oneway",
  "maxspeed",
  "foot",
  "bicycle",
  "access",
  "junction",
  "surface",
  "route",
  "motor_vehicle",
  "duration",
] as const;

const profileTags = [
  "service",
  "vehicle",
  "motorcar",
  "motorroad",
  "oneway:bicycle",
  "cycleway",
  "cycleway:left",
  "cycleway:right",
  "cycleway:both",
  "maxspeed:forward",
  "maxspeed:backward",
] as const;
export type RoadTag = (typeof tableTags)[number] | (typeof profileTags)[number];

/** Tags of a way that are kept, each a column of text; "" where the way has none. */
export const roadTags: readonly RoadTag[] = [...tableTags, ...profileTags];
