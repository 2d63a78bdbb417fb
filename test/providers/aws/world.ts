/** Everybody who could send or receive a packet around a rendered enclave, and what its spec says of each pair. */
import type { TerraformDocument } from "../../../src/plan/provider";
import { type End, STORAGE_ADDRESS } from "../../../src/verifier/aws/groups";
import { address, block, holds as contains } from "../../../src/verifier/replay/blocks";
import { parseTraffic } from "../../../src/verifier/replay/traffic";
import { nameIn } from "../../../src/verifier/terraform/expressions";
import { covers, declaresExit, declaresFlow, type NetSpec, type Protocol } from "../../support/random-specs";
import { bodies, groupsAdmit, type Net, passes } from "./network";

const INTERNET = ["198.51.100.7", "203.0.113.70", "203.0.113.1", "100.128.0.1"];
const ELSEWHERE = ["10.255.0.9", "172.31.255.9", "192.168.255.9", "100.127.0.9", "169.254.169.254"];
const PROTOCOLS: readonly Protocol[] = ["tcp", "udp", "icmp", "gre"];
/** The edges of every port in generated specs. */
export const EDGES = [
  1, 21, 22, 23, 53, 80, 443, 444, 1023, 1024, 1025, 4999, 5000, 6000, 7000, 7999, 8000, 8100, 8101, 8443,
  8444, 9000, 65535,
];

/** `name` is a zone's, `internet`, the last part of an endpoint's service name, or an address that nobody may reach. */
export interface Party {
  readonly kind: "zone" | "internet" | "storage" | "endpoint" | "elsewhere";
  readonly name: string;
  readonly host: End;
}

function partiesOf(spec: NetSpec, net: Net, document: TerraformDocument): Party[] {
  const outside = INTERNET.map(
    (text): Party => ({ name: "internet", kind: "internet", host: { address: address(text) } }),
  );
  const apart = ELSEWHERE.map(address).filter((at) => !net.blocks.some((range) => contains(range, at)));
  return [
    ...[...net.subnets.values()].flatMap((subnet): Party[] => {
      const name = subnet.name.replace(/_\d$/, "");
      const host = (offset: number): End => ({ address: subnet.block.base + offset, subnet: subnet.name });
      if (!Object.hasOwn(spec.zones, name)) return [{ name: subnet.name, kind: "elsewhere", host: host(5) }];
      const slots = subnet.name.endsWith("_1") ? [5, 9] : [5];
      return slots.map((offset) => ({ name, kind: "zone", host: { ...host(offset), groups: [name] } }));
    }),
    ...endpointParties(net, document),
    ...outside,
    { name: "storage", kind: "storage", host: { address: STORAGE_ADDRESS } },
    ...apart.map((at): Party => ({ name: String(at), kind: "elsewhere", host: { address: at } })),
  ];
}

/** One network interface per endpoint, in its first subnet. */
function endpointParties(net: Net, document: TerraformDocument): Party[] {
  const interfaces = bodies(document, "aws_vpc_endpoint").filter(
    ([, body]) => body["vpc_endpoint_type"] === "Interface",
  );
  return interfaces.map(([, body], index) => {
    const first = (list: unknown): string => nameIn(String((list as string[])[0]).slice(2, -1));
    const subnet = first(body["subnet_ids"]);
    const at = (net.subnets.get(subnet)?.block.base ?? 0) + 16 + index;
    const name = String(body["service_name"]).replace("com.amazonaws.us-east-1.", "");
    return {
      name,
      kind: "endpoint",
      host: { address: at, subnet, groups: [first(body["security_group_ids"])] },
    };
  });
}

/** Which endpoints a service and a right mean, said here once more and independently of the provider's table. */
const NEEDED: Readonly<
  Record<string, { readonly read: readonly string[]; readonly write: readonly string[] }>
> = {
  "object-storage": { read: ["s3"], write: ["s3"] },
  "model-api": { read: ["bedrock-runtime"], write: ["bedrock"] },
  "ml-platform": { read: ["sagemaker.runtime"], write: ["sagemaker.api"] },
  "container-registry": { read: ["ecr.api", "ecr.dkr", "s3"], write: ["ecr.api", "ecr.dkr"] },
  secrets: { read: ["secretsmanager"], write: ["secretsmanager"] },
  keys: { read: ["kms"], write: ["kms"] },
  logs: { read: ["logs"], write: ["logs"] },
  metrics: { read: ["monitoring"], write: ["monitoring"] },
  queue: { read: ["sqs"], write: ["sqs"] },
};

function declaresEndpoint(
  spec: NetSpec,
  zone: string,
  name: string,
  protocol: Protocol,
  port: number,
): boolean {
  return Object.values(spec.privateEndpoints).some((one) => {
    if (!one.from.includes(zone)) return false;
    if (one.service === "custom")
      return one.target?.aws.serviceName === name && covers(one.ports ?? [], protocol, port);
    const { read = [], write = [] } = NEEDED[one.service] ?? {};
    const needed = [...(one.access === "write" ? [] : read), ...(one.access === "read" ? [] : write)];
    return needed.includes(name) && protocol === "tcp" && port === 443;
  });
}

function isDeclared(
  spec: NetSpec,
  parties: readonly Party[],
  from: Party,
  to: Party,
  protocol: Protocol,
  port: number,
): boolean {
  if (to.kind === "zone" && (from.kind === "zone" || from.kind === "internet" || from.kind === "storage")) {
    const holds = (range: string): boolean => contains(block(range), from.host.address);
    return declaresFlow(spec, from.kind === "zone" ? from.name : "internet", to.name, protocol, port, holds);
  }
  if (from.kind !== "zone") return false;
  const byGateway = !parties.some((party) => party.kind === "endpoint" && party.name === "s3");
  if (to.kind === "storage" && byGateway && declaresEndpoint(spec, from.name, "s3", protocol, port))
    return true;
  if (to.kind === "endpoint") return declaresEndpoint(spec, from.name, to.name, protocol, port);
  return (to.kind === "internet" || to.kind === "storage") && declaresExit(spec, from.name, protocol, port);
}

/** One sentence for each connection that is not as declared. `cut` are zones in quarantine, `ports` what tcp and udp are tried on. */
export function misjudged(
  spec: NetSpec,
  net: Net,
  document: TerraformDocument,
  ports: readonly number[],
  cut: readonly string[] = [],
): string[] {
  const parties = partiesOf(spec, net, document);
  return parties.flatMap((from) =>
    parties.flatMap((to) => {
      if (from === to || (from.host.subnet === undefined && to.host.subnet === undefined)) return [];
      return PROTOCOLS.flatMap((protocol) =>
        (protocol === "tcp" || protocol === "udp" ? ports : [0]).flatMap((port) => {
          const declared =
            isDeclared(spec, parties, from, to, protocol, port) &&
            !cut.includes(from.name) &&
            !cut.includes(to.name);
          return judged(net, from, to, protocol, port, declared);
        }),
      );
    }),
  );
}

function judged(
  net: Net,
  from: Party,
  to: Party,
  protocol: Protocol,
  port: number,
  declared: boolean,
): string[] {
  const words = `${from.name} (${from.host.subnet ?? from.host.address}) to ${to.name} (${to.host.subnet ?? to.host.address}) ${port}/${protocol}`;
  const packet = parseTraffic(protocol === "tcp" || protocol === "udp" ? `${port}/${protocol}` : protocol);
  const opening = { from: from.host, to: to.host, ...packet };
  const inside = from.host.groups !== undefined && to.host.groups !== undefined;
  const groups =
    inside && groupsAdmit(net, opening) !== declared ? [`${words}: the groups alone are not exact`] : [];
  if (passes(net, opening) === declared) return groups;
  return [`${words} ${declared ? "does not pass" : "passes"}`, ...groups];
}
