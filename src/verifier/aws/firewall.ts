/** The network firewall: whether a request passes its rules, which are read in their strict order. */
import { formatCidr, NOT_INTERNET } from "../../net/cidr";
import { type Block, block, holds } from "../replay/blocks";
import type { Host, Verdict } from "../replay/paths";
import { type Dependent, dependent } from "../replay/quarantine";
import type { Exits, Request } from "../replay/reader";
import { remembered } from "../replay/remembered";
import { LAST_PORT } from "../replay/traffic";
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
import { hasName, isAbout, matchesBeginning, parseRule, patternOf, type Rule } from "./suricata";

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
  readonly told: readonly (readonly Block[])[];
  /** Rules that decide and hold the source. */
  rulesFor(from: Host, cut: readonly string[]): readonly OwnRule[];
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
    const sets = new Map([...named, ...setsIn(blocks(nested(group, "rule_variables"), "ip_sets"))]);
    const told = [...sets.values()].flatMap((set) => set.variants());
    return [{ told, rulesFor: rulesByHost(rules, sets) }];
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
  const rulesFor = remembered(
    (from: Host, cut: readonly string[]) => `${from.address} ${cut.join()}`,
    (from: Host, cut: readonly string[]) => firewall.groups.flatMap((group) => group.rulesFor(from, cut)),
  );
  const rulesOn = remembered(
    (from: Host, { application, port }: Request, cut: readonly string[]) =>
      `${from.address} ${cut.join()} ${application} ${port}`,
    (from: Host, request: Request, cut: readonly string[]) => {
      const seen = seenAs(firewall, from, request);
      return rulesFor(from, cut).filter((rule) => isAbout(rule, seen));
    },
  );
  return {
    exitsBy: "packets",
    applications: ["tls", "http", "other"],
    inspector: POLICY,
    inspects: (from, request, cut) =>
      judgedBy(
        firewall,
        rulesOn(from, request, cut).find((rule) => hasName(rule, request.name)),
      ),
    letsPass: (from, request, cut) => {
      const rules = rulesOn(from, request, cut);
      const found = rules.find((rule) => rule.action === "pass" && hasName(rule, request.name));
      return { passes: found !== undefined, by: found?.by ?? GROUP };
    },
    begins: (from, packet, cut) => {
      const found = rulesFor(from, cut).find((rule) => matchesBeginning(rule, packet));
      return { passes: found?.action !== "drop", by: found?.by ?? `${GROUP}.enclave` };
    },
    exitPatterns: (from, cut) => {
      const rules = rulesFor(from, cut);
      return {
        names: rules.flatMap(({ name }) => (name === undefined ? [] : [patternOf(name)])),
        ports: rules.flatMap(({ ports }) => (ports === "any" ? [] : ports)),
      };
    },
    inspectors: () => inspectorsIn(document),
    inspectionFaults: () => inspectionFaults(document),
    told: firewall.groups.flatMap((group) => group.told),
    decrypts: () => decrypts(document),
  };
}

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

function rulesByHost(rules: readonly OwnRule[], sets: Sets): Group["rulesFor"] {
  const outwards = leadsOut(sets);
  const deciding = rules.filter(({ action, target }) => action !== "alert" && outwards(target));
  return ({ address }, cut) =>
    deciding.filter(
      ({ source }) =>
        source === "any" || (sets.get(source)?.at(cut) ?? []).some((range) => holds(range, address)),
    );
}

/** EXTERNAL_NET is everything but HOME_NET, which has to be what is no internet, whatever the quarantine. */
function leadsOut(sets: Sets): (target: string) => boolean {
  const home = sets.get("HOME_NET")?.variants() ?? [];
  const wanted = NOT_INTERNET.map(formatCidr).sort().join();
  const isPrivate = home.length === 1 && home[0]?.map(formatCidr).sort().join() === wanted;
  return (target) => target === "any" || (target === "EXTERNAL_NET" && isPrivate);
}
