/** Google: what users and operators see of the document: protection, quarantine, reasons, labels, outputs. */
import type { PrivateEndpoint } from "../../model/enclave";
import { idOf } from "../../model/ids";
import { formatIp } from "../../net/cidr";
import { type Fault, faults, unless } from "../replay/fault";
import type { Host } from "../replay/paths";
import type { Endpoints, Surface } from "../replay/reader";
import {
  type Attributes,
  blocks,
  endpointOutput,
  outputOf,
  type TerraformDocument,
  text,
  untaggedIn,
  zonesTagged,
} from "../terraform/document";
import { unheldVariables } from "./endpoints";
import { placeOf } from "./hosts";
import { all, ENCLAVE, type Resource, referred, TYPE } from "./resources";

export function surfaceIn(
  document: TerraformDocument,
  { endpointsFor }: Endpoints,
): Omit<Surface, "weakQuarantine"> {
  return {
    unheldVariables: (endpoints) => unheldVariables(document, endpoints),
    unprotected: (what) =>
      faults(
        all(document, what === "logs" ? TYPE.bucket : TYPE.gateway).map(({ address }) => address),
        "Google has no protection that could be taken off again",
      ),
    permitsThatComeAndGo: () => [],
    connectionsThatGoOn: () => faults([TYPE.policy], "Google does not say that tracked connections end"),
    misleadingOutputs: (endpoints) => [
      ...misleading(document),
      ...endpoints.flatMap((endpoint) => misleadingEndpoint(document, endpoint, endpointsFor(endpoint))),
    ],
    permits: () => [
      ...all(document, TYPE.policy).flatMap(({ address, body }) =>
        blocks(body, "rule").flatMap((rule) => (rule["action"] === "allow" ? [permitOf(address, rule)] : [])),
      ),
      ...all(document, TYPE.exitRule).map(({ address, body }) => permitOf(address, body)),
    ],
    untagged: (enclave) => [
      ...faults(untaggedIn(document, "labels", enclave), "it has another enclave's labels"),
      ...all(document, TYPE.address).flatMap((address) => mislabelled(address)),
    ],
    taggedZones: () => zonesTagged(document, "labels"),
  };
}

const permitOf = (resource: string, body: Attributes) => ({ resource, reason: text(body, "description") });

/** An address of an interface has the label of the zone in whose subnetwork it lies. */
function mislabelled({ address, body }: Resource): Fault[] {
  const { zone, slot } = placeOf(referred(body["subnetwork"], TYPE.subnet) ?? "");
  const [, label] = / zone = "([^"]+)"/.exec(text(body, "labels")) ?? [];
  return unless(slot === 0 || idOf(label ?? "") === zone, address, "it has another zone's label");
}

/** The public addresses of the proxy are Google's to choose. */
function misleading(document: TerraformDocument): Fault[] {
  const { public_ips: addresses } = (outputOf(document, "egress") ?? {}) as Attributes;
  const stores = all(document, TYPE.bucket).map(({ address }) => `\${${address}.id}`);
  const logs = Object.values((outputOf(document, "logs") ?? {}) as Attributes);
  const isNetwork = outputOf(document, "network_id") === `\${${ENCLAVE}.id}`;
  return [
    ...unless(isNetwork, "output.network_id", "it is another network's"),
    ...unless(JSON.stringify(addresses) === "[]", "output.egress", "nobody knows its public addresses"),
    ...unless(
      logs.every((log) => stores.includes(String(log))),
      "output.logs",
      "logs are elsewhere",
    ),
  ];
}

function misleadingEndpoint(
  document: TerraformDocument,
  { name }: PrivateEndpoint,
  hosts: readonly Host[],
): Fault[] {
  const { ids, addresses } = endpointOutput(document, name);
  const isAwaited = hosts.some(({ resource }) => ids === `\${${resource}[*].id}`);
  const own = hosts.map(({ resource }) => `\${${resource}.id}`);
  const isNamed = isAwaited || JSON.stringify(ids) === JSON.stringify(own);
  const isThere = JSON.stringify(addresses) === JSON.stringify(hosts.map(({ address }) => formatIp(address)));
  return unless(isNamed && isThere, "output.private_endpoints", `${name} is elsewhere`);
}
