/** Google: what is recorded, where, for how long and under whose key. */
import { type Fault, reading, unless } from "../replay/fault";
import type { Logs } from "../replay/reader";
import {
  blocks,
  everyResource,
  nested,
  resourcesOf,
  type TerraformDocument,
  text,
} from "../terraform/document";
import { type Entry, keeps } from "./log-filter";
import { all, refersTo, TYPE } from "./resources";

export function logsIn(document: TerraformDocument): Logs {
  const buckets = all(document, TYPE.bucket).map(({ address, body }) => ({
    resource: address,
    key: text(nested(body, "cmek_settings"), "kms_key_name"),
  }));
  return {
    unloggedFlows: () => [
      ...unkept(document, entriesOf(document, "flows"), "flows are not kept"),
      ...dropped(document),
    ],
    unloggedQueries: () => [
      ...unasked(document),
      ...unkept(document, entriesOf(document, "queries"), "queries are not kept"),
    ],
    unloggedExits: () => unkept(document, requestsIn(document), "the proxy's decisions are not kept"),
    unloggedDenials: () => unkept(document, entriesOf(document, "denials"), "denials are not kept"),
    otherRetention: () => [],
    withoutOwnKey: () =>
      buckets.flatMap(({ resource, key }) => unless(key !== "", resource, "it lies under Google's own key")),
    flowLogsUnderOther: (own) =>
      buckets.flatMap(({ resource, key }) => unless(key === own, resource, `it is not under ${own}`)),
    openStores: () =>
      everyResource(document).flatMap(([address, body]) => {
        const isOpen = /_iam_/.test(address) && /"all(Authenticated)?Users"/.test(JSON.stringify(body));
        return unless(!isOpen, address, "it is open to everybody");
      }),
  };
}

/**
 * Each log, and the fields by which its entries are a network's own.
 * https://docs.cloud.google.com/vpc/docs/about-flow-logs-records,
 *   https://docs.cloud.google.com/dns/docs/monitoring,
 * https://docs.cloud.google.com/firewall/docs/firewall-rules-logging
 */
const LOGS = {
  flows: ["compute.googleapis.com/vpc_flows", "src_vpc.vpc_name", "dest_vpc.vpc_name"],
  denials: ["compute.googleapis.com/firewall", "vpc.vpc_name"],
  queries: ["dns.googleapis.com/dns_queries", "sourceNetwork"],
} as const;

/** Of the networks in which something runs. */
function entriesOf(document: TerraformDocument, kind: keyof typeof LOGS): Entry[] {
  const [log, ...fields] = LOGS[kind];
  const networks = all(document, TYPE.gateway).length === 0 ? ["enclave"] : ["enclave", "enclave_egress"];
  return networks.flatMap((network) => {
    const name = text(resourcesOf(document, TYPE.network).get(network), "name");
    return fields.map((field) => ({ log_id: log, [`jsonPayload.${field}`]: name }));
  });
}

/** https://docs.cloud.google.com/secure-web-proxy/docs/configure-logs */
const requestsIn = (document: TerraformDocument): Entry[] =>
  all(document, TYPE.gateway).map(({ body }) => ({
    "resource.type": "networkservices.googleapis.com/Gateway",
    "resource.labels.gateway_name": text(body, "name"),
  }));

/** Entries that no sink leads to a bucket of the enclave's. */
function unkept(document: TerraformDocument, entries: readonly Entry[], detail: string): Fault[] {
  const sinks = all(document, TYPE.sink);
  const stores = all(document, TYPE.bucket).map(({ address }) => `logging.googleapis.com/\${${address}.id}`);
  const isKept = (entry: Entry): boolean =>
    sinks
      .filter(({ body }) => stores.includes(text(body, "destination")))
      .some(({ address, body }) => reading(address, () => keeps(text(body, "filter"), entry)));
  return unless(entries.every(isKept), sinks[0]?.address ?? TYPE.sink, detail);
}

/** Exclusions from the project's own bucket that drop more than sinks keep. */
function dropped(document: TerraformDocument): Fault[] {
  const kept = all(document, TYPE.sink).map(({ body }) => text(body, "filter"));
  return all(document, TYPE.exclusion).flatMap(({ address, body }) =>
    unless(kept.includes(text(body, "filter")), address, "entries are dropped that no sink keeps"),
  );
}

/** Networks whose queries no policy records. */
function unasked(document: TerraformDocument): Fault[] {
  const networks = all(document, TYPE.dnsPolicy).flatMap(({ body }) =>
    blocks(body, "networks").map((one) => one["network_url"]),
  );
  return all(document, TYPE.network).flatMap(({ address }) =>
    unless(
      networks.some((network) => refersTo(network, address)),
      address,
      "its queries leave no record",
    ),
  );
}
