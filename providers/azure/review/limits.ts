/**
 * What Azure refuses of a plan, before anything is rendered. Above what a subscription has by default is a warning, above what
 * Azure grants at most an error.
 */
import type { Printer } from "../../../src/addresses/address";
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { error, info } from "../../../src/diagnostics/make";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { judge, type Limits, type Quota } from "../../shared/quota";
import { type Direction, endpointSubnetRules, PERMITS, type Rule, zoneRules } from "../render/ways";
import { reviewEndpoints } from "./endpoint-settings";
import { reviewNames } from "./name-collisions";
import { type Group, groupQuotas, quotasOf } from "./quotas";
import { reviewSettings } from "./settings";

export function reviewPlan(plan: NetworkPlan, printer: Printer): Diagnostic[] {
  const groups = rulesOf(plan, printer);
  return [
    ...reviewSettings(plan),
    ...reviewEndpoints(plan),
    ...reviewNames(plan),
    ...judged(quotasOf(plan, printer)),
    ...groups.flatMap((group) => [...judged(groupQuotas(group)), ...reviewPriorities(group)]),
    ...reviewExitPorts(plan),
    ...reviewResolver(plan),
  ];
}

const LIMITS: Limits = {
  cloud: "Azure",
  codes: { most: "azure-quota", normal: "azure-quota-default" },
  normally: ({ normal }) => `A subscription has ${normal} in a region by default, others' included`,
};

const judged = (quotas: readonly Quota[]): Diagnostic[] => quotas.flatMap((quota) => judge(LIMITS, quota));

function rulesOf(plan: NetworkPlan, printer: Printer): Group[] {
  // What is not rendered on this cloud has been refused, and has no rules.
  if (plan.externals.length > 0) return [];
  const zones = plan.zones.map((zone) => ({
    what: `zone "${zone.name}"`,
    path: zone.because[0]?.path ?? "zones",
    rules: zoneRules(plan, printer, zone),
  }));
  return plan.endpoints.length === 0
    ? zones
    : [
        ...zones,
        {
          what: "the private endpoints",
          path: "privateEndpoints",
          rules: endpointSubnetRules(plan, printer),
        },
      ];
}

/** Numbers follow from the lock file's ordinals; where they do not fit a group, only a new count helps. */
function reviewPriorities({ what, path, rules }: Group): Diagnostic[] {
  const misplaced = (direction: Direction): readonly Rule[] => {
    const permits = rules.filter(
      (rule) =>
        rule.direction === direction && rule.effect.kind === "permit" && rule.from.kind === "addresses",
    );
    return permits.filter(
      ({ priority }, index) =>
        priority < PERMITS.first ||
        priority > PERMITS.last ||
        permits.findIndex((other) => other.priority === priority) < index,
    );
  };
  return (["Inbound", "Outbound"] as const).flatMap((direction) => {
    const [rule] = misplaced(direction);
    if (rule === undefined) return [];
    const detail = `Rule ${rule.name} would have ${rule.priority}, which is taken or not between ${PERMITS.first} and ${PERMITS.last}. Numbers of flows that are gone are not given out again by themselves.`;
    return [
      error(
        "azure-priorities-full",
        path,
        `${direction.toLowerCase()} rules of ${what} have no priorities left`,
        detail,
        {
          facts: { priority: rule.priority, first: PERMITS.first, last: PERMITS.last },
          fix: "# run synth with --reclaim, or split the enclave",
        },
      ),
    ];
  });
}

/** https://learn.microsoft.com/en-us/rest/api/firewall/firewall-policy-rule-collection-groups */
const LAST_EXIT_PORT = 64_000;

const reviewExitPorts = (plan: NetworkPlan): Diagnostic[] =>
  plan.departures
    .filter(({ port }) => port > LAST_EXIT_PORT)
    .map((departure) =>
      error(
        "azure-egress-port",
        departure.because[0]?.path ?? "egress",
        `port ${departure.port} is above what Azure Firewall takes`,
        `Application rules have ports up to ${LAST_EXIT_PORT}.`,
        { facts: { port: departure.port, maximum: LAST_EXIT_PORT }, fix: "ports: [443/tcp]" },
      ),
    );

/** The resolver's lists cannot say a name without all names below it; what is opened more than was asked for is said. */
function reviewResolver({ resolvable }: NetworkPlan): Diagnostic[] {
  const [first] = resolvable;
  if (first === undefined) return [];
  const detail =
    "A name in a list of Azure's DNS security policy stands for everything below it too, so names below those declared resolve, and *.x resolves x. The egress firewall takes the names exactly; a query itself gets as far as whoever owns the domain.";
  return [
    info(
      "azure-dns-below",
      first.because[0]?.path ?? "dns",
      "names below those that are declared resolve too",
      detail,
      { facts: { names: resolvable.length } },
    ),
  ];
}
