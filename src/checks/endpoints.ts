/** Private endpoints: zones use them, with a right if rights have a meaning; custom ones are complete. */

import { SERVICES } from "../clouds/services";
import type { Code } from "../diagnostics/catalogue";
import type { Diagnostic } from "../diagnostics/diagnostic";
import { error } from "../diagnostics/make";
import { joinPath } from "../diagnostics/path";
import { formatTraffic } from "../model/connections";
import type { Service } from "../model/enclave";
import type { Item } from "../spec/read/draft";
import type { EndpointSpec } from "../spec/schema/schema";
import { entriesOf, isMapping, known } from "../spec/unknown";
import type { Context } from "./context";

export function* checkEndpoints({ draft }: Context): Iterable<Diagnostic> {
  for (const endpoint of draft.privateEndpoints) {
    const service = known(endpoint.value.service);
    if (service !== undefined) yield* checkService(endpoint, service);
    yield* checkSlots(endpoint, known(draft.spec.availabilityZones));
    yield* checkAnonymous(endpoint);
    if (service === undefined || SERVICES[service].ports !== "own") yield* checkTransport(endpoint);
  }
}

/** Fields that an endpoint of the service cannot have, or needs. */
function* checkService({ name, path, value }: Item<EndpointSpec>, service: Service): Iterable<Diagnostic> {
  const refuse = (field: keyof EndpointSpec, code: Code, summary: string, detail: string): Diagnostic[] =>
    known<unknown>(value[field]) === undefined
      ? []
      : [error(code, joinPath(path, field), summary, detail, { facts: { service } })];
  const { rights, ports, managed } = SERVICES[service];
  if (rights === null) {
    const detail =
      `A port opened to ${service} carries no read or write that a network or an identity policy could ` +
      "tell apart. Leave the line out.";
    yield* refuse("access", "access-without-meaning", `"access" means nothing on "${name}"`, detail);
    yield* refuse("actions", "access-without-meaning", `"actions" means nothing on "${name}"`, detail);
  }
  if (ports === "own") {
    const detail = `${service} answers on 443/tcp on every cloud. Leave the line out.`;
    yield* refuse("ports", "endpoint-ports-fixed", `the port of "${name}" is its service's`, detail);
  }
  for (const field of managed ? (["target", "dnsNames"] as const) : []) {
    const summary = `"${field}" is for custom services, and "${name}" is not one`;
    const detail =
      `The name and the target of ${service} are the cloud's. ` +
      "Leave the line out, or make the service custom.";
    yield* refuse(field, "custom-only", summary, detail);
  }
  if (managed) return;
  // The cloud knows nothing of a custom service, so the spec gives all its values.
  for (const field of ["ports", "dnsNames", "target"] as const) {
    const given = value[field];
    if (given !== undefined && !(isMapping(given) && Object.keys(given).length === 0)) continue;
    const detail =
      "Nothing is known of a service that is not the cloud's own but what the spec says: " +
      "ports, dnsNames and target.";
    const summary = `the custom service "${name}" needs "${field}"`;
    yield error("custom-incomplete", path, summary, detail, { facts: { missing: field } });
  }
  const detail = "Resources are those of a managed service. A custom service is found by its target.";
  yield* refuse("resources", "resources-of-custom", `"${name}" is custom and has no resources`, detail);
}

function* checkTransport({ path, name, value }: Item<EndpointSpec>): Iterable<Diagnostic> {
  for (const { value: traffic, path: at } of entriesOf(value.ports, joinPath(path, "ports"))) {
    if (traffic.protocol === "tcp") continue;
    const detail = `Private endpoints carry TCP; ${formatTraffic(traffic)} is given.`;
    yield error("endpoint-ports-tcp", at, `"${name}" can be reached by TCP only`, detail);
  }
}

function* checkSlots(
  { path, name, value }: Item<EndpointSpec>,
  zones: number | undefined,
): Iterable<Diagnostic> {
  for (const { value: slot, path: at } of entriesOf(
    value.availabilityZones,
    joinPath(path, "availabilityZones"),
  )) {
    if (zones === undefined || slot <= zones) continue;
    const summary = `"${name}" stands in availability zone ${slot} of ${zones}`;
    const detail = `The enclave has availabilityZones: ${zones}; they are counted from 1.`;
    yield error("endpoint-zone-unknown", at, summary, detail, { facts: { slot, zones } });
  }
}

/** Whoever does not sign may read at most. */
function* checkAnonymous({ path, name, value }: Item<EndpointSpec>): Iterable<Diagnostic> {
  const service = known(value.service);
  const access = known(value.access ?? "read");
  if (value.anonymous !== true || service === undefined || access === undefined) return;
  if (service === "object-storage" && access === "read") return;
  const summary = `"${name}" cannot be used without a signature`;
  const detail =
    service === "object-storage"
      ? `Its access is ${access}. Unsigned requests may read at most: an entry of its own with access: read can have them.`
      : `Unsigned requests are for object-storage alone; ${service} is given.`;
  yield error("anonymous-reads-only", joinPath(path, "anonymous"), summary, detail, {
    facts: { service, access },
  });
}
