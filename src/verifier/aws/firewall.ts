/** The network firewall: whether a request passes its rules, which are read in their strict order. */
import { formatCidr, NOT_INTERNET } from "../../net/cidr";
import { type Block, block, holds } from "../replay/blocks";
import { type Fault, unless } from "../replay/fault";
import type { Host, Verdict } from "../replay/paths";
import { type Dependent, dependent } from "../replay/quarantine";
import type { Exits, Request } from "../replay/reader";
import { remembered } from "../replay/remembered";
import { LAST_PORT, type Packet } from "../replay/traffic";
import {
  type Attributes,
  blocks,
  nested,
  resourcesOf,
  type TerraformDocument,
  text,
  texts,
} from "../terraform/document";
import { evaluate } from "../terraform/expressions";
import { inspectionFaults, inspectorsIn } from "./inspection";
import { ruleFaults } from "./rule-faults";
import { decide, isAtSource, isAtTarget, isOnPort, type Sides, type Traffic } from "./rule-matching";
import { type Content, parseRule, patternOf, type Rule } from "./suricata";

const POLICY = "aws_networkfirewall_firewall_policy";
const GROUP = "aws_networkfirewall_rule_group";
const INSPECTION = "aws_networkfirewall_tls_inspection_configuration";
const POLICY_ADDRESS = `${POLICY}.enclave`;

/** Ranges behind a name of a set: of one rule group, or of the policy. */
type Sets = ReadonlyMap<string, Dependent<readonly Block[]>>;

/** A rule with the group that has it. */
interface OwnRule extends Rule {
  readonly by: string;
}

interface Group {
  readonly name: string;
  readonly rules: readonly OwnRule[];
  /** Of the policy and, before those, of the group itself. */
  readonly sets: Sets;
  /** Of the group alone. */
  readonly own: Sets;
}

interface Firewall {
  readonly isThere: boolean;
  readonly groups: readonly Group[];
  readonly drops: boolean;
  readonly forwards: boolean;
  /** Sources and ports whose TLS the firewall decrypts. */
  readonly decrypted: readonly { readonly sources: readonly Block[]; readonly ports: readonly number[] }[];
}

function firewallIn(document: TerraformDocument): Firewall {
  const policy = nested(resourcesOf(document, POLICY).get("enclave"), "firewall_policy");
  const named = setsIn(blocks(nested(policy, "policy_variables"), "rule_variables"));
  const listed = blocks(policy, "stateful_rule_group_reference").map((each) => text(each, "resource_arn"));
  const groups = [...resourcesOf(document, GROUP)].flatMap(([name, body]): Group[] => {
    if (!listed.includes(`\${${GROUP}.${name}.arn}`)) return [];
    const group = nested(body, "rule_group");
    const lines = text(nested(group, "rules_source"), "rules_string").split("\n");
    const rules = lines.map((line) => ({ ...parseRule(line), by: `${GROUP}.${name}` }));
    const own = setsIn(blocks(nested(group, "rule_variables"), "ip_sets"));
    return [{ name: `${GROUP}.${name}`, rules, own, sets: new Map([...named, ...own]) }];
  });
  const stateless = ["stateless_default_actions", "stateless_fragment_default_actions"];
  return {
    isThere: resourcesOf(document, "aws_networkfirewall_firewall").size > 0,
    groups,
    drops: texts(policy, "stateful_default_actions").includes("aws:drop_established_app_layer_to_server"),
    forwards:
      stateless.every((actions) => texts(policy, actions).join() === "aws:forward_to_sfe") &&
      blocks(policy, "stateless_rule_group_reference").length === 0,
    decrypted: decrypts(document) ? decryptedIn(document) : [],
  };
}

const setsIn = (variables: readonly Attributes[]): Sets =>
  new Map(
    variables.map((each) => {
      const definition = texts(nested(each, "ip_set"), "definition");
      const read = dependent({ definition }, (inputs) =>
        definition.map((range) => block(String(evaluate(range, inputs)))),
      );
      return [text(each, "key"), read];
    }),
  );

const decrypts = (document: TerraformDocument): boolean => {
  const policy = nested(resourcesOf(document, POLICY).get("enclave"), "firewall_policy");
  const used = text(policy, "tls_inspection_configuration_arn");
  return [...resourcesOf(document, INSPECTION).keys()].some(
    (name) => used === `\${${INSPECTION}.${name}.arn}`,
  );
};

function decryptedIn(document: TerraformDocument): Firewall["decrypted"] {
  return [...resourcesOf(document, INSPECTION).values()].flatMap((body) => {
    const inspection = nested(
      nested(body, "tls_inspection_configuration"),
      "server_certificate_configuration",
    );
    return blocks(inspection, "scope")
      .filter(isWhole)
      .map((scope) => ({
        sources: blocks(scope, "source").map((source) => block(text(source, "address_definition"))),
        ports: blocks(scope, "destination_ports").flatMap((range) =>
          range["from_port"] === range["to_port"] ? [Number(range["from_port"])] : [],
        ),
      }));
  });
}

/** Of TCP, to whatever address, from any port. */
function isWhole(scope: Attributes): boolean {
  const [from] = blocks(scope, "source_ports");
  const to = blocks(scope, "destination").map((each) => text(each, "address_definition"));
  const every = from?.["from_port"] === 0 && from["to_port"] === LAST_PORT;
  return every && to.join() === "0.0.0.0/0" && [scope["protocols"]].flat().join() === "6";
}

/** Every set of blocks that a rule names, beside what the inspected path answers. */
type Inspected = Omit<Exits, "exitSpansZones"> & { readonly told: readonly (readonly Block[])[] };

export function exitsIn(document: TerraformDocument): Inspected {
  const firewall = firewallIn(document);
  const { groups } = firewall;
  const rulesFor = remembered(
    ({ address }: Host, cut: readonly string[]) => `${address} ${cut.join()}`,
    ({ address }: Host, cut: readonly string[]) =>
      groups.flatMap((group) => rulesOutwards(group, address, cut)),
  );
  const rulesOn = remembered(
    (from: Host, { port }: Request, cut: readonly string[]) => `${from.address} ${cut.join()} ${port}`,
    (from: Host, { port }: Request, cut: readonly string[]) =>
      rulesFor(from, cut).filter((rule) => isOnPort(rule, port)),
  );
  const seen = (from: Host, request: Request): Traffic => trafficOf(from, seenAs(firewall, from, request));
  return {
    exitsBy: "packets",
    applications: ["tls", "http", "other"],
    inspector: POLICY,
    inspects: (from, request, cut) =>
      judgedBy(firewall, decide(rulesOn(from, request, cut), seen(from, request)).by),
    letsPass: (from, request, cut) => {
      const rules = rulesOn(from, request, cut).filter(({ action }) => action === "pass");
      const found = decide(rules, seen(from, request)).by;
      return { passes: found !== undefined, by: found?.by ?? GROUP };
    },
    begins: (from, packet, cut) => {
      const found = decide(rulesFor(from, cut), beginningOf(from, packet)).by;
      return { passes: found?.action !== "drop", by: found?.by ?? `${GROUP}.enclave` };
    },
    exitPatterns: (from, cut) => {
      const rules = rulesFor(from, cut);
      return {
        names: rules.flatMap(({ contents }) => contents.filter(isName).map(patternOf)),
        ports: rules.flatMap(({ ports }) => (ports === "any" ? [] : ports)),
      };
    },
    inspectors: () => inspectorsIn(document),
    inspectionFaults: () => [
      ...inspectionFaults(document),
      ...groups.flatMap((group) => [...faultsOf(group), ...defaultFaults(firewall, group)]),
    ],
    told: groups.flatMap(({ sets }) => [...sets.values()].flatMap((set) => set.variants())),
    decrypts: () => decrypts(document),
  };
}

const isName = ({ buffer }: Content): boolean => buffer === "tls.sni" || buffer === "http.host";

const faultsOf = ({ name, rules, sets, own }: Group): Fault[] =>
  ruleFaults({
    resource: name,
    rules,
    sides: sidesOf(sets, []),
    zones: new Map([...own].flatMap(([set, { at }]) => at([]).map(({ base }) => [set, base] as const))),
  });

/** It would drop what no rule passes: requests, which have no pass. Where there are none it has to be there. */
const defaultFaults = ({ drops }: Firewall, { rules }: Group): Fault[] =>
  unless(
    drops || rules.some(({ contents }) => contents.some(({ buffer }) => buffer === "http.host")),
    POLICY_ADDRESS,
    "no default action stands behind the rules",
  );

/** A request that has come to its end: one that is empty says no name. */
const trafficOf = ({ address }: Host, { name, port, application }: Request): Traffic => ({
  from: address,
  to: "internet",
  protocol: "tcp",
  port,
  size: 500,
  ...(application === "other" ? {} : { application, said: { name: name === "" ? undefined : name } }),
});

/** A packet without data, where there are such. */
const beginningOf = ({ address }: Host, { protocol, port }: Packet): Traffic => ({
  from: address,
  to: "internet",
  protocol,
  port,
  size: protocol === "tcp" ? 0 : 500,
  ...(protocol === "icmp" ? { icmp: { type: port, code: 0 } } : {}),
});

function seenAs({ decrypted }: Firewall, { address }: Host, request: Request): Request {
  const opened =
    request.application === "tls" &&
    decrypted.some(
      ({ sources, ports }) => ports.includes(request.port) && sources.some((range) => holds(range, address)),
    );
  return opened ? { ...request, application: "http" } : request;
}

/** A packet that is not forwarded to rules passes. The default action judges one that no rule decides. */
function judgedBy({ isThere, drops, forwards }: Firewall, decisive: OwnRule | undefined): Verdict {
  if (!isThere) return { passes: false, by: POLICY };
  if (!forwards) return { passes: true, by: POLICY_ADDRESS };
  if (decisive === undefined) return { passes: !drops, by: POLICY_ADDRESS };
  return { passes: decisive.action === "pass", by: decisive.by };
}

const rulesOutwards = ({ rules, sets }: Group, address: number, cut: readonly string[]): OwnRule[] => {
  const sides = sidesOf(sets, cut);
  return rules.filter((rule) => isAtSource(rule, address, sides) && isAtTarget(rule, "internet", sides));
};

/** HOME_NET has to be what is no internet, whatever the quarantine. */
function sidesOf(sets: Sets, cut: readonly string[]): Sides {
  const home = sets.get("HOME_NET")?.variants() ?? [];
  const wanted = NOT_INTERNET.map(formatCidr).sort().join();
  return {
    sets: (name) => sets.get(name)?.at(cut) ?? [],
    homeIsPrivate: home.length === 1 && home[0]?.map(formatCidr).sort().join() === wanted,
  };
}
