/** Private endpoints beside their packets: that they are there, and what they give. */
import type { PrivateEndpoint } from "../../model/enclave";
import { type Fault, unless } from "../replay/fault";
import { type Asked, type EnclavePromise, promise } from "./promise";

export const ENDPOINTS: readonly EnclavePromise[] = [
  promise("each private endpoint of the spec is there", ({ read, enclave }) =>
    enclave.privateEndpoints.flatMap((endpoint) =>
      unless(
        read.endpointsFor(endpoint).length > 0,
        "output.private_endpoints",
        `nothing stands for "${endpoint.name}"`,
      ),
    ),
  ),
  promise("no private endpoint is there that the spec does not name", ({ read, enclave }) => {
    const used = new Set(enclave.privateEndpoints.flatMap((endpoint) => read.endpointsFor(endpoint)));
    return read
      .hosts()
      .filter(({ kind }) => kind === "endpoint")
      .flatMap((host) => unless(used.has(host), host.resource, "no endpoint of the spec leads here"));
  }),
  promise("endpoints stand in their own subnets, with a filter of their own", ({ read, enclave }) =>
    read.misplacedEndpoints(enclave.privateEndpoints),
  ),
  promise("an endpoint is open to its consumers only", (asked) => sharedByStrangers(asked)),
  promise("an endpoint gives the rights that the spec gives, and no other", ({ read, enclave }) =>
    read.wrongRights(enclave.privateEndpoints),
  ),
  promise("an endpoint leads to the resources that the spec names, and to no other", ({ read, enclave }) =>
    read.wrongResources(enclave.privateEndpoints),
  ),
  promise("no endpoint leads to resources of strangers", (asked) => {
    const waived = new Set(waivedHosts(asked));
    return asked.read
      .openToStrangers(asked.enclave.privateEndpoints, asked.enclave.settings)
      .filter(({ resource }) => !waived.has(resource));
  }),
];

/** Whoever uses one service at an address could use another there, where nothing tells them apart. */
function sharedByStrangers({ read, enclave }: Asked): Fault[] {
  if (read.separates) return [];
  return enclave.privateEndpoints.flatMap((endpoint, index) =>
    enclave.privateEndpoints.slice(index + 1).flatMap((other) => {
      const alike =
        other.service === endpoint.service ||
        [...other.from].sort().join() === [...endpoint.from].sort().join();
      const hosts = read.endpointsFor(endpoint);
      const shared = read.endpointsFor(other).find((host) => hosts.includes(host));
      return shared === undefined || alike
        ? []
        : unless(false, shared.resource, `who uses "${endpoint.name}" reaches "${other.name}", too`);
    }),
  );
}

/** Endpoints of the document behind which everything is set aside by the spec, for each zone that uses it. */
function waivedHosts({ read, enclave }: Asked): string[] {
  const waivers = enclave.waivers.filter(({ rule }) => rule === "google-perimeter");
  const isWaived = ({ name, from }: PrivateEndpoint): boolean =>
    from.every((user) =>
      waivers.some(({ zone, endpoint }) => (zone ?? user) === user && (endpoint ?? name) === name),
    );
  const kept = enclave.privateEndpoints.filter((endpoint) => !isWaived(endpoint));
  const closed = new Set(kept.flatMap((endpoint) => read.endpointsFor(endpoint)));
  return read
    .hosts()
    .flatMap((host) => (host.kind === "endpoint" && !closed.has(host) ? [host.resource] : []));
}
