/** Slips in gateways of AWS and in endpoints of third parties: rights, callers, routes and places. */
import { type Change, expectNoticed, rewrite, type Slip, set } from "../slips";
import { gateways } from "./specs";

const ENDPOINT = "aws_vpc_endpoint";
const RIGHTS = "an endpoint gives the rights that the spec gives, and no other";
const RESOURCES = "an endpoint leads to the resources that the spec names, and to no other";
const STRANGERS = "no endpoint leads to resources of strangers";

const policy = (name: string, found: string | RegExp, by: string): Change =>
  rewrite(ENDPOINT, name, "policy", found, by);

const OF_GATEWAYS: readonly Slip[] = [
  [
    "unsigned reads of every bucket",
    policy(
      "enclave_s3_front",
      '\\"aws:PrincipalAccount\\":\\"${local.enclave_account}\\"',
      '\\"aws:PrincipalAccount\\":[\\"${local.enclave_account}\\",\\"anonymous\\"]',
    ),
    RESOURCES,
    `${ENDPOINT}.enclave_s3_front`,
  ],
  [
    "no unsigned reads where the spec has them",
    policy("enclave_s3_front", ',\\"anonymous\\"', ""),
    RESOURCES,
    `${ENDPOINT}.enclave_s3_front`,
  ],
  [
    "writes of whoever does not sign",
    policy(
      "enclave_s3_store",
      '\\"aws:PrincipalAccount\\":\\"${local.enclave_account}\\"',
      '\\"aws:PrincipalAccount\\":[\\"${local.enclave_account}\\",\\"anonymous\\"]',
    ),
    STRANGERS,
    `${ENDPOINT}.enclave_s3_store`,
  ],
  [
    "an availability zone where the service is not",
    set(ENDPOINT, "enclave_custom_partner", {
      subnet_ids: ["${aws_subnet.enclave_endpoints_1.id}", "${aws_subnet.enclave_endpoints_2.id}"],
    }),
    "endpoints stand in their own subnets, with a filter of their own",
    `${ENDPOINT}.enclave_custom_partner`,
  ],
  [
    "a gateway without a policy",
    set(ENDPOINT, "enclave_s3_front", { policy: "" }),
    STRANGERS,
    `${ENDPOINT}.enclave_s3_front`,
  ],
  [
    "a service of AWS in the place of a third party's",
    set(ENDPOINT, "enclave_custom_partner", { service_name: "com.amazonaws.us-east-1.sts" }),
    STRANGERS,
    `${ENDPOINT}.enclave_custom_partner`,
  ],
  [
    "another third party",
    set(ENDPOINT, "enclave_custom_partner", {
      service_name: "com.amazonaws.vpce.us-east-1.vpce-svc-00000000000000000",
    }),
    RESOURCES,
    `${ENDPOINT}.enclave_custom_partner`,
  ],
  [
    "the policy of another zone's gateway",
    ({ resource }) => {
      const [front, store] = ["enclave_s3_front", "enclave_s3_store"].map(
        (name) => resource[ENDPOINT]?.[name],
      );
      if (front === undefined || store === undefined) throw new Error("no gateways");
      front["policy"] = store["policy"];
    },
    RIGHTS,
    `${ENDPOINT}.enclave_s3_front`,
  ],
  [
    "another zone's routes to a gateway",
    rewrite(
      ENDPOINT,
      "enclave_s3_store",
      "route_table_ids",
      "aws_route_table.store_1.id",
      "aws_route_table.store_1.id, aws_route_table.front_1.id",
    ),
    RIGHTS,
    `${ENDPOINT}.enclave_s3_store`,
  ],
  [
    "a gateway's routes that no quarantine takes away",
    rewrite(
      ENDPOINT,
      "enclave_s3_store",
      "route_table_ids",
      'contains(var.quarantine, \\"store\\")',
      'contains(var.quarantine, \\"nobody\\")',
    ),
    "quarantine ends connections that are open when it begins",
    `${ENDPOINT}.enclave_s3_store`,
  ],
  [
    "one availability zone's routes to a gateway",
    rewrite(ENDPOINT, "enclave_s3_store", "route_table_ids", /, aws_route_table\.store_2\.id/, ""),
    "an endpoint is open to each of its consumers",
    "aws_route_table.store_2",
  ],
];

describe("rights of gateways", () => expectNoticed("aws", gateways(), OF_GATEWAYS));
