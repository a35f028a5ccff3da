/** One file to bring from a publisher into the data folder. */
interface Delivery {
  /** Where it goes, relative to the data folder; one of the contract's `files`. */
  readonly to: string;
}

/** A file at an address: INSEE, Geofabrik, IGN... */
export interface FileRetrieval extends Delivery {
  readonly via: "file";
  readonly url: string;
  /** As its publisher prints it. */
  readonly md5?: string;
  /** Address of a file that holds the checksum (Geofabrik: the address followed by « .md5 »). */
  readonly md5Url?: string;
}

/** A resource of data.gouv.fr: by its permanent identifier, or the newest of a dataset whose title matches. */
export interface DataGouvRetrieval extends Delivery {
  readonly via: "data.gouv";
  readonly dataset: string;
  /** Identifier of the resource (`/api/1/datasets/r/{id}`). */
  readonly resource?: string;
  /** Without an identifier: the newest resource whose title or address contains this text. */
  readonly titled?: string;
}

/** A dataset of an Opendatasoft portal, Explore v2.1: always `/exports`, since `/records` stops at 100 rows. */
export interface OpendatasoftRetrieval extends Delivery {
  readonly via: "opendatasoft";
  /** "https://data.culture.gouv.fr" */
  readonly portal: string;
  readonly dataset: string;
  readonly format: "csv" | "json" | "geojson" | "parquet";
  /** ODSQL condition. */
  readonly where?: string;
  readonly select?: readonly string[];
}

/** Job offers of France Travail, « Offres d'emploi v2 »: OAuth client credentials from the environment, pages by `range`, one query a département. */
export interface FranceTravailRetrieval extends Delivery {
  readonly via: "france-travail";
  /** Further criteria of the search, by their names in its documentation: { typeContrat: "CDI,CDD" }. */
  readonly criteria?: Readonly<Record<string, string>>;
}

/** A GTFS feed of the national access point transport.data.gouv.fr. */
export interface TransportRetrieval extends Delivery {
  readonly via: "transport.data.gouv";
  /** Slug, or identifier at data.gouv.fr (24 hexadecimal digits), of the dataset. */
  readonly dataset: string;
  /** Where the dataset has several feeds: a text of the title of the one to take; of several, the newest. */
  readonly titled?: string;
}

/** A partner's file: nobody downloads it, a person asks for it. */
export interface PartnerRetrieval {
  readonly via: "partner";
  /** What to ask for and to whom, as a French sentence. */
  readonly ask: string;
}

/** Shipped by an npm package of the project. */
export interface PackageRetrieval {
  readonly via: "npm";
  readonly package: string;
}

/** How a dataset comes into the data folder. */
export type Retrieval =
  | FileRetrieval
  | DataGouvRetrieval
  | OpendatasoftRetrieval
  | FranceTravailRetrieval
  | TransportRetrieval
  | PartnerRetrieval
  | PackageRetrieval;
