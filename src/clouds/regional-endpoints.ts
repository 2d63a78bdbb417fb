/** Regional endpoints of Google's APIs, one a service: their addresses follow from numbers in the lock. */
import type { CloudSettings } from "./clouds";
import type { Service } from "./services";

/** Addresses for them at the end of the block for endpoints. */
export const MOST_REGIONAL_ENDPOINTS = 16;

/**
 * Before the lock recorded these numbers, they were positions in a table. Each stays with its service, so
 * that no address of a running network moves. A new service does not come here: it gets the next number.
 */
export const FORMER_POSITIONS: Readonly<Partial<Record<Service, number>>> = {
  "object-storage": 1,
  secrets: 2,
  keys: 3,
  logs: 4,
  queue: 5,
  "model-api": 6,
  "ml-platform": 7,
  "container-registry": 8,
  metrics: 9,
};

/** Whether the spec asks that requests to Google's APIs stay in the region, at least where they can. */
export const usesRegionalEndpoints = ({ google }: CloudSettings): boolean =>
  google.regionalEndpoints === true || google.regionalEndpoints === "prefer";
