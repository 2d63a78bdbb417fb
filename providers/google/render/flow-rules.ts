/**
 * The rules of the enclave's firewall policy. Google's default is deny on the way in and allow on the way out, so every permit is
 * opened at both ends, by source and destination range, and everything else is denied and logged in both directions. Ranges hold
 * for every workload, whatever tags or accounts it carries. A rule that is cut off is disabled in place; above all permits, a
 * denial of everything to and from the zone is switched on.
 * https://docs.cloud.google.com/firewall/docs/firewall-policies-rule-details
 */
import type { Traffic } from "../../../src/model/enclave";
import type { Party, Permit, PlannedZone } from "../../../src/plan/network-plan";
import { quarantined } from "../../shared/rendering";
import { zoneNamed } from "../../shared/zones";
import { description } from "./naming";
import type { Planned } from "./sites";

export type Direction = "INGRESS" | "EGRESS";

export interface PolicyRule {
  readonly priority: number;
  /** As a Terraform address would be written: `ingress_to_inference_8080_tcp`. */
  readonly name: string;
  readonly direction: Direction;
  readonly action: "allow" | "deny";
  readonly sources: readonly string[];
  readonly destinations: readonly string[];
  /** Any of them; one rule may open several ports. */
  readonly traffic: readonly Traffic[];
  readonly description: string;
  /** A condition at plan time; absent: always in force. */
  readonly disabledWhen?: string;
}

/**
 * Bands of priorities; the lower number wins. A rule's place in its band is its ordinal, so that a neighbour moves none.
 * Ordinals end below 4000: two rules each leave room up to 8000.
 */
export const BANDS = {
  quarantine: 10_000,
  permits: 20_000,
  apis: 30_000,
  services: 40_000,
  exits: 50_000,
  defaults: 60_000,
} as const;

/** Where health checks and proxies of Google's load balancers come from: https://docs.cloud.google.com/load-balancing/docs/firewall-rules */
export const PROXY_BALANCERS: readonly string[] = ["130.211.0.0/22", "35.191.0.0/16"];

const ANYWHERE = ["0.0.0.0/0"] as const;
const ANYWHERE_IPV6 = ["::/0"] as const;
const ALL: readonly Traffic[] = [{ protocol: "any" }];

export const permitRules = (planned: Planned): PolicyRule[] =>
  planned.plan.permits.flatMap((permit) => rulesOf(planned, permit));

function rulesOf(planned: Planned, permit: Permit): PolicyRule[] {
  const zones = [permit.from, permit.to].flatMap((party) => (party.kind === "zone" ? party.zone : []));
  const common = {
    name: permit.id,
    action: "allow",
    sources: rangesOf(planned, permit.from),
    destinations: rangesOf(planned, permit.to),
    traffic: [permit.traffic],
    description: description(permit.because),
    disabledWhen: quarantined(...zones),
  } as const;
  const priority = BANDS.permits + 2 * permit.ordinal;
  return [
    ...(permit.from.kind === "zone" ? [{ ...common, priority, direction: "EGRESS" } as const] : []),
    ...(permit.to.kind === "zone"
      ? [{ ...common, priority: priority + 1, direction: "INGRESS" } as const]
      : []),
  ];
}

/** The internet reaches a zone through proxies only, which is where its sources are narrowed. */
function rangesOf(planned: Planned, party: Party): readonly string[] {
  if (party.kind === "internet") return PROXY_BALANCERS;
  if (party.kind === "external") throw new Error(`internal: network "${party.external}" is not rendered`);
  return [rangeOf(planned, zoneNamed(planned.plan.zones, party.zone))];
}

/** All four slots, so that another availability zone changes no rule. */
export const rangeOf = ({ printer }: Planned, zone: PlannedZone): string => printer.cidr(zone.block);

export interface Destination {
  /** As a Terraform address would be written. */
  readonly id: string;
  readonly address: string;
  readonly traffic: readonly Traffic[];
  readonly description: string;
}

/** What a zone opens to one address of the infrastructure, where there is no second end to open. */
export function wayTo(
  planned: Planned,
  priority: number,
  zone: PlannedZone,
  { id, address, traffic, description: text }: Destination,
): PolicyRule {
  return {
    priority,
    name: `${zone.id}_to_${id}`,
    direction: "EGRESS",
    action: "allow",
    sources: [rangeOf(planned, zone)],
    destinations: [`${address}/32`],
    traffic,
    description: text,
    disabledWhen: quarantined(zone.name),
  };
}

/** Denials that are in force while a zone is cut off. */
export function quarantineRules(planned: Planned): PolicyRule[] {
  return planned.plan.zones.flatMap((zone): PolicyRule[] => {
    const priority = BANDS.quarantine + 2 * zone.ordinal;
    const common = { action: "deny", traffic: ALL, disabledWhen: `!${quarantined(zone.name)}` } as const;
    const name = `enclave_quarantine_${zone.id}`;
    const range = [rangeOf(planned, zone)];
    return [
      {
        ...common,
        name,
        priority,
        direction: "EGRESS",
        sources: range,
        destinations: ANYWHERE,
        description: `Nothing leaves ${zone.name} while it is in quarantine`,
      },
      {
        ...common,
        name,
        priority: priority + 1,
        direction: "INGRESS",
        sources: ANYWHERE,
        destinations: range,
        description: `Nothing reaches ${zone.name} while it is in quarantine`,
      },
    ];
  });
}

/** Last: what nothing above admits. IPv6 is off on every subnetwork, and denied in case somebody switches it on. */
export function defaultRules(): PolicyRule[] {
  const rule = (
    offset: number,
    direction: Direction,
    sources: readonly string[],
    destinations: readonly string[],
    suffix: string,
  ): PolicyRule => ({
    priority: BANDS.defaults + offset,
    name: `enclave_deny_${direction.toLowerCase()}${suffix}`,
    direction,
    action: "deny",
    sources,
    destinations,
    traffic: ALL,
    description: "Everything that the spec does not declare is denied",
  });
  return [
    rule(0, "EGRESS", [], ANYWHERE, ""),
    rule(1, "INGRESS", ANYWHERE, [], ""),
    rule(2, "EGRESS", [], ANYWHERE_IPV6, "_ipv6"),
    rule(3, "INGRESS", ANYWHERE_IPV6, [], "_ipv6"),
  ];
}
