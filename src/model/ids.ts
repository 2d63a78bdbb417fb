/**
 * Names as Terraform addresses, made of the user's words, never of a position or a hash: an address is
 * readable, and stays when a neighbour comes or goes. Two items with one id are an error of the spec.
 */
import { type Connection, type Departure, formatTraffic } from "./connections";

export const idOf = (name: string): string => name.replaceAll("-", "_");

/** `ingress_to_inference_8080_tcp` */
export function flowId(connection: Connection): string {
  return `${idOf(connection.from)}_to_${idOf(connection.to)}_${formatTraffic(connection.traffic).replaceAll(/[/-]/g, "_")}`;
}

/** `inference_to_any_huggingface_co_443`: `*` reads "any", dots and dashes become `_`. */
export function departureId(departure: Departure): string {
  const name = departure.name.replace(/^\*\./, "any_").replaceAll(/[.-]/g, "_");
  return `${idOf(departure.zone)}_to_${name}_${departure.port}`;
}

/** `vector_db_pgvector` */
export const interfaceId = (zone: string, name: string): string => `${idOf(zone)}_${idOf(name)}`;
