/**
 * Compares the permissions of endpoint policies on AWS with those of the spec. Every zone behind an endpoint
 * must have the same actions on the same resources under the same conditions, because a policy cannot tell
 * zones apart.
 */
import type { PrivateEndpoint } from "../../model/enclave";
import { idOf } from "../../model/ids";
import { type Fault, unless } from "../replay/fault";
import type { Endpoints } from "../replay/reader";
import {
  type Attributes,
  references,
  resourcesOf,
  type TerraformDocument,
  text,
} from "../terraform/document";
import { evaluate, nameIn } from "../terraform/expressions";
import { isGateway, placeOf, SEARCH } from "./hosts";
import { type Permission, permissionsFor, permissionsIn } from "./permissions";
import { statementsIn } from "./policies";
import { openLocals } from "./resources";
import { pullsLayers, usesOf } from "./services";

const ENDPOINT = "aws_vpc_endpoint";
const SHARED = /^com\.amazonaws\.vpce\.[a-z0-9-]+\.vpce-svc-[0-9a-f]+$/;

interface Rendered {
  readonly resource: string;
  readonly body: Attributes;
  /** `s3` for `com.amazonaws.us-east-1.s3`. */
  readonly service: string;
}

export function rightsIn(
  document: TerraformDocument,
  region: string,
): Pick<Endpoints, "misplacedEndpoints" | "wrongRights" | "wrongResources" | "openToStrangers"> {
  const all = [...resourcesOf(document, ENDPOINT)].flatMap(([name, body]): Rendered[] => {
    const service = text(body, "service_name");
    if (SHARED.test(service)) return [];
    return [
      { resource: `${ENDPOINT}.${name}`, body, service: service.replace(`com.amazonaws.${region}.`, "") },
    ];
  });
  const compared = (endpoints: readonly PrivateEndpoint[]): Difference[] =>
    all.flatMap((one) => differences(document, region, one, endpoints));
  return {
    misplacedEndpoints: (endpoints) => misplaced(document, region, endpoints),
    wrongRights: (endpoints) => [
      ...gatewayFaults(document, all, endpoints),
      ...compared(endpoints).flatMap(({ fault, ofRight }) => (ofRight ? [fault] : [])),
      ...all.flatMap((one) => (one.service === "logs" ? ownLogs(one) : [])),
    ],
    wrongResources: (endpoints) => [
      ...compared(endpoints).flatMap(({ fault, ofRight }) => (ofRight ? [] : [fault])),
      ...openLocals(document, endpoints),
      ...endpoints.flatMap((endpoint) => otherTarget(document, endpoint)),
    ],
    openToStrangers: (endpoints) => all.flatMap((one) => strangers(one, endpoints)),
  };
}

/** In every subnet for endpoints, or in those of the slots that the spec names, with the group of its name alone. */
function misplaced(
  document: TerraformDocument,
  region: string,
  endpoints: readonly PrivateEndpoint[],
): Fault[] {
  const own = [...resourcesOf(document, "aws_subnet").keys()].filter((name) =>
    /^enclave_endpoints_\d$/.test(name),
  );
  return [ENDPOINT, SEARCH].flatMap((type) =>
    [...resourcesOf(document, type)].flatMap(([name, body]) => {
      const slots = endpoints.find((each) => standsFor(each, type, name, body, region))?.slots ?? [];
      const subnets = own.filter((each) => slots.length === 0 || slots.includes(placeOf(each).slot));
      return unless(
        isGateway(body) ||
          ((type === SEARCH || text(body, "vpc_endpoint_type") === "Interface") &&
            references(body["security_group_ids"], "aws_security_group").join() === name &&
            references(body["subnet_ids"], "aws_subnet").join() === subnets.join() &&
            subnets.length > 0),
        `${type}.${name}`,
        "it stands elsewhere or has another group",
      );
    }),
  );
}

/** Endpoints of the spec that share one of AWS have the same slots, or the spec is refused. */
function standsFor(
  endpoint: PrivateEndpoint,
  type: string,
  name: string,
  body: Attributes,
  region: string,
): boolean {
  if (type === SEARCH) return endpoint.service === "vector-search";
  if (endpoint.service === "custom") return name === `enclave_custom_${idOf(endpoint.name)}`;
  return usesService(endpoint, text(body, "service_name").replace(`com.amazonaws.${region}.`, ""));
}

interface Difference {
  readonly fault: Fault;
  /** Of an action, whatever it applies to. */
  readonly ofRight: boolean;
}

/** Zones behind an interface are those that use it; behind a gateway, those whose route tables lead to it. */
function differences(
  document: TerraformDocument,
  region: string,
  { resource, body, service }: Rendered,
  endpoints: readonly PrivateEndpoint[],
): Difference[] {
  const found = permissionsIn(statementsIn(text(body, "policy")));
  const users = endpoints.filter((each) => usesService(each, service));
  const zones = isGateway(body)
    ? routedZones(document, body)
    : [...new Set(users.flatMap(({ from }) => from.map(idOf)))];
  const wanted = new Map<string, Permission>();
  for (const zone of zones)
    for (const permission of users
      .filter(({ from }) => from.some((each) => idOf(each) === zone))
      .flatMap((each) => permissionsFor(each, service, region)))
      wanted.set(permission.key, permission);
  const actions = (all: Iterable<Permission>) => new Set([...all].map(({ action }) => action));
  const known = [actions(found.values()), actions(wanted.values())];
  const difference = ({ action, on }: Permission, detail: string): Difference => ({
    fault: { resource, detail: `it ${detail} ${action} on ${on}` },
    ofRight: !known.every((each) => each.has(action)),
  });
  return [
    ...[...found].flatMap(([key, each]) => (wanted.has(key) ? [] : [difference(each, "lets through")])),
    ...[...wanted].flatMap(([key, each]) =>
      found.has(key) ? [] : [difference(each, "does not let through")],
    ),
  ];
}

const usesService = (endpoint: PrivateEndpoint, service: string): boolean =>
  usesOf(endpoint).some(({ name }) => name === service) || (service === "s3" && pullsLayers(endpoint));

function routedZones(document: TerraformDocument, gateway: Attributes): string[] {
  const tables = evaluate(gateway["route_table_ids"] ?? [], { quarantine: [] });
  const names = Array.isArray(tables) ? tables.map(nameIn) : [];
  const subnets = [...resourcesOf(document, "aws_route_table_association").values()].flatMap((each) =>
    references(each["route_table_id"], "aws_route_table").some((table) => names.includes(table))
      ? references(each["subnet_id"], "aws_subnet")
      : [],
  );
  return [...new Set(subnets.map((subnet) => placeOf(subnet).zone))];
}

/** A gateway is on the routes of zones that use what it leads to, and of no zone is there more than one. */
function gatewayFaults(
  document: TerraformDocument,
  all: readonly Rendered[],
  endpoints: readonly PrivateEndpoint[],
): Fault[] {
  const led = all.flatMap((one) =>
    isGateway(one.body) ? routedZones(document, one.body).map((zone) => ({ ...one, zone })) : [],
  );
  return led.flatMap(({ resource, service, zone }, index) => [
    ...unless(
      endpoints.some((each) => usesService(each, service) && each.from.some((name) => idOf(name) === zone)),
      resource,
      `it is on the routes of zone ${zone}, which does not use it`,
    ),
    ...unless(
      !led.some((other, at) => at < index && other.zone === zone),
      resource,
      `zone ${zone} has another gateway already`,
    ),
  ]);
}

/** An endpoint of somebody else's service leads to the one that the spec names. */
function otherTarget(document: TerraformDocument, { name, service, target }: PrivateEndpoint): Fault[] {
  const resource = `enclave_custom_${idOf(name)}`;
  const found = text(resourcesOf(document, ENDPOINT).get(resource), "service_name");
  return unless(
    service !== "custom" || found === target.aws?.["serviceName"],
    `${ENDPOINT}.${resource}`,
    `it leads to ${found}`,
  );
}

const KEPT = ["Associate*", "Create*", "Delete*", "Disassociate*", "Put*", "Tag*", "Untag*"].map(
  (each) => `logs:${each}`,
);
const OWN_LOGS =
  /^arn:\$\{local\.enclave_partition\}:logs:[a-z0-9-]+:\$\{local\.enclave_account\}:log-group:\/aws\/vendedlogs\/enclave\/[^/*]+\/\*$/;

/**
 * Nobody inside writes to, shortens or deletes the record of what happened there, whatever identity policies
 * say.
 */
function ownLogs({ resource, body }: Rendered): Fault[] {
  const kept = statementsIn(text(body, "policy")).some(
    ({ Effect, Action, Resource, Condition }) =>
      Effect === "Deny" &&
      Condition === undefined &&
      KEPT.every((action) => Action.includes(action)) &&
      Resource.some((arn) => OWN_LOGS.test(arn)),
  );
  return unless(kept, resource, "it lets the enclave's own logs be changed");
}

const OWN = "${local.enclave_account}";

/** Each statement asks for an own principal, but for reading image layers out of AWS's bucket, and for unsigned reads. */
function strangers({ resource, body }: Rendered, endpoints: readonly PrivateEndpoint[]): Fault[] {
  const admitting = statementsIn(text(body, "policy")).filter(({ Effect }) => Effect !== "Deny");
  const isUnsigned = endpoints.some(({ anonymous }) => anonymous);
  const closed = admitting.every(({ Action, Resource, Condition }) => {
    const callers = [Condition?.["StringEquals"]?.["aws:PrincipalAccount"] ?? []].flat();
    if (callers.join() === OWN) return true;
    if (callers.join() === `${OWN},anonymous`)
      return (
        isUnsigned && Action.every((action) => /^s3:(?:Get|List)/.test(action)) && !Resource.includes("*")
      );
    return (
      Action.join() === "s3:GetObject" &&
      Resource.every((arn) => /:s3:::prod-[a-z0-9-]+-starport-layer-bucket\/\*$/.test(arn))
    );
  });
  return unless(text(body, "policy") !== "" && closed, resource, "no policy keeps other accounts out");
}
