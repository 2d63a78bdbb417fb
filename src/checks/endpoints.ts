/** Private endpoints: used by zones, with a right where a right has a meaning, and complete where they are custom. */

import { SERVICES } from "../clouds/services";
import type { Code } from "../diagnostics/catalogue";
import type { Diagnostic } from "../diagnostics/diagnostic";
import { removing } from "../diagnostics/edit";
import { error } from "../diagnostics/make";
import { joinPath } from "../diagnostics/path";
import { formatTraffic } from "../model/connections";
import { INTERNET, type Service } from "../model/enclave";
import type { Item } from "../spec/read/draft";
import type { EndpointSpec } from "../spec/schema/schema";
import { adding } from "../spec/suggest/samples";
import { entriesOf, isMapping, known } from "../spec/unknown";
import { type Context, unknownName } from "./context";

export function checkEndpoints(context: Context): Diagnostic[] {
  return context.draft.privateEndpoints.flatMap((endpoint) => {
    const service = known(endpoint.value.service);
    const consumers = checkConsumers(endpoint, context);
    if (service === undefined) return [...consumers, ...checkTransport(endpoint)];
    const own = SERVICES[service].managed ? checkManaged(endpoint, service) : checkCustom(endpoint);
    return [...consumers, ...checkAccess(endpoint, service), ...checkPorts(endpoint, service), ...own];
  });
}

function checkConsumers(endpoint: Item<EndpointSpec>, context: Context): Diagnostic[] {
  return entriesOf(endpoint.value.from, joinPath(endpoint.path, "from")).flatMap((zone) => {
    if (zone.value !== INTERNET) return [...unknownName(context, zone)];
    return [
      error(
        "zone-expected",
        zone.path,
        "the internet cannot use a private endpoint",
        "Only zones use private endpoints. `publish` offers a service to others.",
        { fix: removing(zone.path) },
      ),
    ];
  });
}

/** An error when the endpoint has a field that it cannot have. */
function refuseField(
  { path, value }: Item<EndpointSpec>,
  field: keyof EndpointSpec,
  { code, summary, detail }: { code: Code; summary: string; detail: string },
): Diagnostic[] {
  const at = joinPath(path, field);
  const service = known(value.service);
  const facts = service === undefined ? {} : { service };
  return known<unknown>(value[field]) === undefined
    ? []
    : [error(code, at, summary, detail, { facts, fix: removing(at) })];
}

function checkAccess(endpoint: Item<EndpointSpec>, service: Service): Diagnostic[] {
  if (SERVICES[service].rights !== null) return [];
  return refuseField(endpoint, "access", {
    code: "access-without-meaning",
    summary: `"access" means nothing on "${endpoint.name}"`,
    detail: `A port opened to ${service} carries no read or write that a network or an identity policy could tell apart. Leave the line out.`,
  });
}

function checkPorts(endpoint: Item<EndpointSpec>, service: Service): Diagnostic[] {
  if (SERVICES[service].ports !== "own") return checkTransport(endpoint);
  return refuseField(endpoint, "ports", {
    code: "endpoint-ports-fixed",
    summary: `the port of "${endpoint.name}" is its service's`,
    detail: `${service} answers on 443/tcp on every cloud. Leave the line out.`,
  });
}

function checkTransport({ path, name, value }: Item<EndpointSpec>): Diagnostic[] {
  return entriesOf(value.ports, joinPath(path, "ports")).flatMap(({ value: traffic, path: at }) => {
    if (traffic.protocol === "tcp") return [];
    const detail = `Private endpoints carry TCP; ${formatTraffic(traffic)} is given.`;
    return [
      error("endpoint-ports-tcp", at, `"${name}" can be reached by TCP only`, detail, {
        fix: adding(joinPath(path, "ports")),
      }),
    ];
  });
}

/** The cloud knows nothing of a custom service, so the spec says all of it. */
function checkCustom(endpoint: Item<EndpointSpec>): Diagnostic[] {
  const { path, name, value } = endpoint;
  const missing = (["ports", "dnsName", "target"] as const).filter((field) => {
    const given = value[field];
    return given === undefined || (isMapping(given) && Object.keys(given).length === 0);
  });
  const incomplete = missing.map((field) =>
    error(
      "custom-incomplete",
      path,
      `the custom service "${name}" needs "${field}"`,
      "Nothing is known of a service that is not the cloud's own but what the spec says: ports, dnsName and target.",
      { facts: { missing: field }, fix: adding(joinPath(path, field)) },
    ),
  );
  const resources = refuseField(endpoint, "resources", {
    code: "resources-of-custom",
    summary: `"${name}" is custom and has no resources`,
    detail: "Resources are those of a managed service. A custom service is found by its target.",
  });
  return [...incomplete, ...resources];
}

function checkManaged(endpoint: Item<EndpointSpec>, service: Service): Diagnostic[] {
  return (["target", "dnsName"] as const).flatMap((field) =>
    refuseField(endpoint, field, {
      code: "custom-only",
      summary: `"${field}" is for custom services, and "${endpoint.name}" is not one`,
      detail: `The name and the target of ${service} are the cloud's. Leave the line out, or make the service custom.`,
    }),
  );
}
