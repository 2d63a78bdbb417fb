/** What resolves, and to what, as the plan wants it. */
import type { Endpoint } from "../../src/plan/network-plan";
import { namedEndpoints } from "../shared/private-names";
import { expr } from "../shared/rendering";
import type { Statement } from "../shared/statements";
import { apiEndpoints, isApi } from "./data/managed-services";
import { EGRESS, ENCLAVE, idOf } from "./planned";
import { allowedDomains, apiDomains, hostsOf } from "./render/dns";
import { isRegional, regionalAddress } from "./render/regional-endpoints";
import { apiAddress, endpointAddress, type Planned } from "./render/sites";

export function plannedNames(planned: Planned): Statement[] {
  const { plan } = planned;
  const allowed = allowedDomains(plan);
  const networks = [ENCLAVE, ...(plan.departures.length > 0 || allowed.length > 0 ? [EGRESS] : [])];
  const peering = { peering_config: { target_network: { network_url: idOf(EGRESS) } } };
  return [
    [
      "google_dns_policy.enclave",
      {
        enable_logging: true,
        enable_inbound_forwarding: false,
        networks: networks.map((one) => ({ network_url: idOf(one) })),
      },
    ],
    zone("enclave_root", "."),
    ...apiDomains(plan).map((domain) => zone(nameFor(domain), `${domain}.`)),
    ...apiEndpoints(plan).flatMap((endpoint) => plannedHosts(planned, endpoint)),
    ...namedEndpoints(plan).flatMap((endpoint): Statement[] => {
      const [name, domain] = [`enclave_service_${endpoint.id}`, `${endpoint.dnsName.toLowerCase()}.`];
      return [zone(name, domain), record(name, name, domain, endpointAddress(planned, endpoint.ordinal))];
    }),
    ...allowed.map((domain) =>
      zone(`enclave_allow_${nameFor(domain).replace(/^enclave_/, "")}`, `${domain}.`, peering),
    ),
  ];
}

const nameFor = (name: string): string => `enclave_${name.replace(/^\*\./, "any_").replaceAll(/[.-]/g, "_")}`;

const zone = (name: string, domain: string, values: object = {}): Statement => [
  `google_dns_managed_zone.${name}`,
  {
    dns_name: domain,
    visibility: "private",
    private_visibility_config: { networks: [{ network_url: idOf(ENCLAVE) }] },
    ...values,
  },
];

const record = (name: string, managedZone: string, domain: string, address: string): Statement => [
  `google_dns_record_set.${name}`,
  {
    managed_zone: expr(`google_dns_managed_zone.${managedZone}.name`),
    name: domain,
    type: "A",
    ttl: 300,
    rrdatas: [address],
  },
];

function plannedHosts(planned: Planned, endpoint: Endpoint): Statement[] {
  const { plan } = planned;
  const address =
    isApi(endpoint.service) && isRegional(plan)
      ? regionalAddress(planned, endpoint.service)
      : apiAddress(planned);
  const domains = apiDomains(plan);
  return hostsOf(plan, endpoint).map((host) => {
    const domain = domains.find((one) => host.endsWith(`.${one}`)) ?? "";
    return record(nameFor(host), nameFor(domain), `${host}.`, address);
  });
}
