/** Private endpoints: used by zones, with a right where a right means something, and complete where they are custom. */

import type { Diagnostic } from "../diagnostics/diagnostic";
import { removing } from "../diagnostics/edit";
import { error } from "../diagnostics/make";
import { joinPath } from "../diagnostics/path";
import { formatTraffic } from "../model/connections";
import { INTERNET } from "../model/enclave";
import { takesAccess } from "../spec/read/build";
import type { Item } from "../spec/read/item";
import type { EndpointSpec } from "../spec/schema/schema";
import { type Context, unknownZone } from "./context";
import { partiesOf } from "./references";

export const checkEndpoints = (context: Context): Diagnostic[] =>
  context.draft.privateEndpoints.flatMap((endpoint) => [
    ...checkConsumers(endpoint, context),
    ...checkAccess(endpoint),
    ...checkPorts(endpoint),
    ...(endpoint.value.service === "custom" ? checkCustom(endpoint) : checkManaged(endpoint)),
  ]);

function checkConsumers(endpoint: Item<EndpointSpec>, context: Context): Diagnostic[] {
  return partiesOf(endpoint.value.from, joinPath(endpoint.path, "from")).flatMap(({ name, path }) => {
    if (name !== INTERNET) return unknownZone(context, path, name);
    return [
      error(
        "zone-expected",
        path,
        "the internet cannot use a private endpoint",
        "Only zones use private endpoints. `publish` offers a service to others.",
        { fix: removing(path) },
      ),
    ];
  });
}

function checkAccess({ path, name, value: { service, access } }: Item<EndpointSpec>): Diagnostic[] {
  if (service === undefined || access === undefined || takesAccess(service)) return [];
  const detail = `A port opened to ${service} carries no read or write that a network or an identity policy could tell apart. Leave the line out.`;
  return [
    error("access-without-meaning", joinPath(path, "access"), `"access" means nothing on "${name}"`, detail, {
      facts: { service },
      fix: removing(joinPath(path, "access")),
    }),
  ];
}

/** Services whose port their users choose. */
const OPEN_PORTS = ["custom", "relational-db", "vector-search"];

function checkPorts({ path, name, value: { service, ports = [] } }: Item<EndpointSpec>): Diagnostic[] {
  if (service !== undefined && ports.length > 0 && !OPEN_PORTS.includes(service)) {
    return [
      error(
        "endpoint-ports-fixed",
        joinPath(path, "ports"),
        `the port of "${name}" is its service's`,
        `${service} answers on 443/tcp on every cloud. Leave the line out.`,
        { fix: removing(joinPath(path, "ports")) },
      ),
    ];
  }
  return ports.flatMap((traffic, index) => {
    if (traffic.protocol === "tcp") return [];
    const detail = `Private endpoints carry TCP; ${formatTraffic(traffic)} is given.`;
    return [
      error(
        "endpoint-ports-tcp",
        joinPath(path, "ports", index),
        `"${name}" can be reached by TCP only`,
        detail,
        { fix: "ports: [443/tcp]" },
      ),
    ];
  });
}

function checkCustom(endpoint: Item<EndpointSpec>): Diagnostic[] {
  const { path, name, value } = endpoint;
  const wanted = {
    ports: "ports: [443/tcp]",
    dnsName: "dnsName: service.example.com",
    target: "target: { aws: { serviceName: com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0 } }",
  } as const;
  const absent = (["ports", "dnsName", "target"] as const).filter(
    (field) => value[field] === undefined && !endpoint.doubtful(field),
  );
  const empty =
    value.target !== undefined && Object.keys(value.target).length === 0 ? ["target" as const] : [];
  const incomplete = [...absent, ...empty].map((field) =>
    error(
      "custom-incomplete",
      path,
      `the custom service "${name}" needs "${field}"`,
      "Nothing is known of a service that is not the cloud's own but what the spec says: ports, dnsName and target.",
      { facts: { missing: field }, fix: wanted[field] },
    ),
  );
  if (value.resources === undefined) return incomplete;
  const detail = "Resources are those of a managed service. A custom service is found by its target.";
  return [
    ...incomplete,
    error(
      "resources-of-custom",
      joinPath(path, "resources"),
      `"${name}" is custom and has no resources`,
      detail,
      { fix: removing(joinPath(path, "resources")) },
    ),
  ];
}

function checkManaged({ path, name, value }: Item<EndpointSpec>): Diagnostic[] {
  if (value.service === undefined) return [];
  return (["target", "dnsName"] as const)
    .filter((field) => value[field] !== undefined)
    .map((field) => {
      const detail = `The name and the target of ${value.service} are the cloud's. Leave the line out, or make the service custom.`;
      return error(
        "custom-only",
        joinPath(path, field),
        `"${field}" is for custom services, and "${name}" is none`,
        detail,
        { facts: { service: value.service ?? "" }, fix: removing(joinPath(path, field)) },
      );
    });
}
