import type { DataGouvRetrieval, FileRetrieval, OpendatasoftRetrieval, TransportRetrieval } from "../../retrieval.ts";
import type { Download, PublisherContext } from "./context.ts";
import { resolveDataGouv } from "./data-gouv.ts";
import { resolveFile } from "./file.ts";
import { resolveOpendatasoft } from "./opendatasoft.ts";
import { resolveTransport } from "./transport.ts";

/** The ways of retrieval that end in one address. */
export type AddressRetrieval = FileRetrieval | DataGouvRetrieval | OpendatasoftRetrieval | TransportRetrieval;

/** Asks a publisher where the file is now, and what it promises of it. */
export function resolveDownload(retrieval: AddressRetrieval, context: PublisherContext): Promise<Download> {
  switch (retrieval.via) {
    case "file":
      return resolveFile(retrieval, context);
    case "data.gouv":
      return resolveDataGouv(retrieval, context);
    case "opendatasoft":
      return resolveOpendatasoft(retrieval, context);
    case "transport.data.gouv":
      return resolveTransport(retrieval, context);
  }
}

/** The host first asked, to spare each publisher more than one download at a time. */
export function hostOf(retrieval: AddressRetrieval): string {
  switch (retrieval.via) {
    case "file":
      return new URL(retrieval.url).host;
    case "data.gouv":
      return "www.data.gouv.fr";
    case "opendatasoft":
      return new URL(retrieval.portal).host;
    case "transport.data.gouv":
      return "transport.data.gouv.fr";
  }
}
