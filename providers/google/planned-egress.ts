/** The proxy and what it lets through, as the plan wants them. */
import type { NetworkPlan } from "../../src/plan/network-plan";
import { expr, quarantined } from "../shared/rendering";
import type { Statement } from "../shared/statements";
import { zoneNamed } from "../shared/zones";
import { regionOf } from "./data/regions";
import { ANYWHERE, EGRESS, idOf } from "./planned";
import { googleName } from "./render/naming";
import { type Planned, proxyAddress } from "./render/sites";

const POLICY = "google_network_security_gateway_security_policy.enclave";
const INSPECTION = "google_network_security_tls_inspection_policy.enclave";
const RULE = "google_network_security_gateway_security_policy_rule";
const LIST = "google_network_security_url_lists";

export function plannedEgress(planned: Planned): Statement[] {
  const { plan } = planned;
  if (plan.departures.length === 0) return [];
  const location = regionOf(plan);
  const decrypts = plan.inspection === "request";
  return [
    plannedGateway(planned),
    plannedRoute,
    [POLICY, { location, ...(decrypts ? { tls_inspection_policy: idOf(INSPECTION) } : {}) }],
    ...(decrypts ? [plannedInspection(plan)] : []),
    ...plannedExits(planned),
  ];
}

const ROUTE = "google_compute_route.enclave_egress";

const plannedRoute: Statement = [
  ROUTE,
  {
    network: idOf(EGRESS),
    dest_range: ANYWHERE,
    next_hop_gateway: "default-internet-gateway",
    depends_on: ["google_compute_network_peering.enclave_from_egress"],
  },
];

/** By its name the logs are found. */
const plannedGateway = (planned: Planned): Statement => {
  const name = googleName(planned.plan, "enclave", "egress");
  return [
    "google_network_services_gateway.enclave",
    {
      name,
      location: regionOf(planned.plan),
      type: "SECURE_WEB_GATEWAY",
      addresses: [proxyAddress(planned)],
      ports: [8080],
      scope: name,
      network: idOf(EGRESS),
      subnetwork: idOf("google_compute_subnetwork.enclave_proxy"),
      gateway_security_policy: idOf(POLICY),
      delete_swg_autogen_router_on_destroy: true,
      depends_on: ["google_compute_subnetwork.enclave_proxy_only", ROUTE],
    },
  ];
};

const plannedInspection = (plan: NetworkPlan): Statement => [
  INSPECTION,
  {
    location: regionOf(plan),
    ca_pool: plan.settings.google.inspectionCaPool,
    min_tls_version: "TLS_1_2",
    tls_feature_profile: "PROFILE_MODERN",
  },
];

/** A rule and a list of names for each zone and port, each after the one before. */
function plannedExits({ plan, printer }: Planned): Statement[] {
  const location = regionOf(plan);
  const ordered = [...plan.departures].sort((a, b) => a.exitOrdinal - b.exitOrdinal);
  const exits = [...new Map(ordered.map((departure) => [departure.exitOrdinal, departure])).values()];
  const nameOf = ({ zone, port }: (typeof exits)[number]): string =>
    `${zoneNamed(plan.zones, zone).id}_${port}`;
  return exits.flatMap((exit, index): Statement[] => {
    const name = nameOf(exit);
    const before = exits[index - 1];
    const list = `'${idOf(`${LIST}.${name}`)}'`;
    const range = printer.cidr(zoneNamed(plan.zones, exit.zone).block);
    const source = expr(`${quarantined(exit.zone)} ? "127.0.0.1/32" : "${range}"`);
    const decrypted = plan.inspection === "request" && exit.port !== 80;
    const session = `inIpRange(source.ip, '${source}') && destination.port == ${exit.port} && inUrlList(host(), ${list})`;
    const values = plan.departures
      .filter(({ exitOrdinal }) => exitOrdinal === exit.exitOrdinal)
      .map((departure) => departure.name);
    return [
      [`${LIST}.${name}`, { location, values }],
      [
        `${RULE}.${name}`,
        {
          location,
          gateway_security_policy: expr(`${POLICY}.name`),
          enabled: true,
          priority: exit.exitOrdinal,
          basic_profile: "ALLOW",
          session_matcher: session,
          tls_inspection_enabled: decrypted,
          ...(decrypted ? { application_matcher: `inUrlList(request.url(), ${list})` } : {}),
          depends_on: before === undefined ? [] : [`${RULE}.${nameOf(before)}`],
        },
      ],
    ];
  });
}
