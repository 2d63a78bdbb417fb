/** Names as Terraform addresses, of the user's words: an address stays when a neighbour comes or goes. */
import { type Connection, type Departure, formatTraffic } from "./connections";

export const idOf = (name: string): string => name.replaceAll("-", "_");

/** `ingress_to_inference_8080_tcp` */
export const flowId = ({ from, to, traffic }: Connection): string =>
  `${idOf(from)}_to_${idOf(to)}_${formatTraffic(traffic).replaceAll(/[/-]/g, "_")}`;

/** `inference_to_any_huggingface_co_443`: `*` reads "any", dots and dashes become `_`. */
export const departureId = ({ zone, name, port }: Departure): string =>
  `${idOf(zone)}_to_${name.replace(/^\*\./, "any_").replaceAll(/[.-]/g, "_")}_${port}`;

/** `vector_db_pgvector` */
export const interfaceId = (zone: string, name: string): string => `${idOf(zone)}_${idOf(name)}`;
