/** Writers of files in the publishers' formats, sound or damaged, for tests: no file of a third party is committed. */
export * from "./formats/corruption.ts";
export * from "./formats/geopackage-writer.ts";
export * from "./formats/osm-writer.ts";
export * from "./formats/seven-zip-writer.ts";
export * from "./formats/shapefile-writer.ts";
export * from "./formats/xlsx-writer.ts";
export * from "./formats/zip-writer.ts";
