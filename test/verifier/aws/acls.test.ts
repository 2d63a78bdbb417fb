/** Slips in network ACLs of AWS. */
import { expectNoticed, remove, rewrite, type Slip, set } from "../slips";
import { example } from "./specs";

const EGRESS = "aws_vpc_security_group_egress_rule";
const INGRESS = "aws_vpc_security_group_ingress_rule";
const ENTRY = "aws_network_acl_rule";
const OPENING = "internet_to_ingress_443_tcp";
const FLOW = "a declared flow is admitted at both ends, in every availability zone";
const PRIVATE = "private ranges outside the enclave are not the internet";
const SOUND = "rules are such as the cloud takes, and none undoes another";

const ACLS: readonly Slip[] = [
  [
    "a denial that is lost",
    remove(ENTRY, "ingress_in_from_not_internet_172_16_0_0_12"),
    PRIVATE,
    `${INGRESS}.${OPENING}`,
  ],
  [
    "a denial that is shortened",
    set(ENTRY, "ingress_in_from_not_internet_172_16_0_0_12", { cidr_block: "172.16.0.0/13" }),
    PRIVATE,
    `${INGRESS}.${OPENING}`,
  ],
  [
    "a denial behind the permit",
    set(ENTRY, "ingress_in_from_not_internet_172_16_0_0_12", { rule_number: 32700 }),
    PRIVATE,
    `${INGRESS}.${OPENING}`,
  ],
  [
    "a denial that allows",
    set(ENTRY, "inference_out_to_not_internet_172_16_0_0_12", { rule_action: "allow" }),
    PRIVATE,
    `${EGRESS}.inference_to_internet_443_tcp`,
  ],
  [
    "no entry for a request",
    remove(ENTRY, "vector_db_in_from_redaction_5432_tcp"),
    FLOW,
    "aws_network_acl.vector_db",
  ],
  [
    "no entry for what is sent",
    remove(ENTRY, "redaction_out_to_vector_db_5432_tcp"),
    FLOW,
    `${ENTRY}.redaction_out_to_not_internet_10_0_0_0_8`,
  ],
  [
    "an entry that denies",
    set(ENTRY, "vector_db_in_from_redaction_5432_tcp", { rule_action: "deny" }),
    FLOW,
    `${ENTRY}.vector_db_in_from_redaction_5432_tcp`,
  ],
  [
    "an entry of another port",
    set(ENTRY, "vector_db_in_from_redaction_5432_tcp", { from_port: 5433, to_port: 5433 }),
    FLOW,
    "aws_network_acl.vector_db",
  ],
  [
    "an entry for one subnet",
    set(ENTRY, "vector_db_in_from_redaction_5432_tcp", { cidr_block: "10.20.4.0/25" }),
    FLOW,
    "aws_network_acl.vector_db",
  ],
  [
    "no way back out",
    remove(ENTRY, "vector_db_out_to_redaction__replies_tcp"),
    FLOW,
    "aws_network_acl.vector_db",
  ],
  [
    "no way back in",
    remove(ENTRY, "redaction_in_from_vector_db__replies_tcp"),
    FLOW,
    `${ENTRY}.redaction_in_from_not_internet_10_0_0_0_8`,
  ],
  [
    "replies to half of the ports of clients",
    set(ENTRY, "vector_db_out_to_redaction__replies_tcp", { from_port: 32768 }),
    FLOW,
    "aws_network_acl.vector_db",
  ],
  [
    "no entry in front of endpoints",
    remove(ENTRY, "enclave_endpoints_in_from_redaction_443_tcp"),
    "an endpoint is open to each of its consumers",
    "aws_network_acl.enclave_endpoints",
  ],
  [
    "another zone in front of the NAT gateways",
    set(ENTRY, "enclave_nat_in_from_inference_443_tcp", { cidr_block: "10.20.64.0/22" }),
    "a zone leaves by the ports that it declares",
    `${ENTRY}.enclave_nat_in_from_not_internet_10_0_0_0_8`,
  ],
  [
    "no denial in quarantine",
    remove(ENTRY, "vector_db_quarantine_out"),
    "quarantine ends connections that are open when it begins",
    "aws_network_acl.vector_db",
  ],
  [
    "a denial in quarantine that never comes",
    set(ENTRY, "vector_db_quarantine_in", { count: 0 }),
    "quarantine ends connections that are open when it begins",
    "aws_network_acl.vector_db",
  ],
  [
    "a denial in quarantine of another zone",
    rewrite(ENTRY, "vector_db_quarantine_in", "count", "vector-db", "ingress"),
    "quarantine of a zone cuts no other zone, and opens none",
    `${ENTRY}.vector_db_quarantine_in`,
  ],
  [
    "a permit that comes and goes",
    set(ENTRY, "vector_db_in_from_redaction_5432_tcp", {
      count: '${contains(var.quarantine, "redaction") ? 0 : 1}',
    }),
    "no permit comes or goes with the quarantine",
    `${ENTRY}.vector_db_in_from_redaction_5432_tcp`,
  ],
  [
    "a number twice",
    set(ENTRY, "vector_db_in_from_redaction_5432_tcp", { rule_number: 10 }),
    SOUND,
    `${ENTRY}.vector_db_in_from_redaction_5432_tcp`,
  ],
  [
    "a number too high",
    set(ENTRY, "vector_db_in_from_redaction_5432_tcp", { rule_number: 40000 }),
    SOUND,
    `${ENTRY}.vector_db_in_from_redaction_5432_tcp`,
  ],
  [
    "a subnet without an ACL",
    set("aws_network_acl", "vector_db", { subnet_ids: ["${aws_subnet.vector_db_1.id}"] }),
    "a filter applies to every subnet before anything can run there",
    "aws_subnet.vector_db_2",
  ],
];

describe("network ACLs of the example", () => expectNoticed("aws", example(), ACLS));
