/** Slips in network ACLs of AWS. */
import { expectNoticed, removeFrom, rewrite, type Slip, set, setIn } from "../slips";
import { example, low } from "./specs";

const EGRESS = "aws_vpc_security_group_egress_rule";
const INGRESS = "aws_vpc_security_group_ingress_rule";
const ACL = "aws_network_acl";
const OPENING = "internet_to_ingress_443_tcp";
const FLOW = "a declared flow is admitted at both ends, in every availability zone";
const PRIVATE = "private ranges outside the enclave are not the internet";
const SOUND = "rules are such as the cloud takes, and none undoes another";

const ACLS: readonly Slip[] = [
  [
    "a denial that is lost",
    removeFrom(ACL, "ingress", "ingress", { cidr_block: "172.16.0.0/12" }),
    PRIVATE,
    `${INGRESS}.${OPENING}`,
  ],
  [
    "a denial that is shortened",
    setIn(ACL, "ingress", "ingress", { cidr_block: "172.16.0.0/12" }, { cidr_block: "172.16.0.0/13" }),
    PRIVATE,
    `${INGRESS}.${OPENING}`,
  ],
  [
    "a denial behind the permit",
    setIn(ACL, "ingress", "ingress", { cidr_block: "172.16.0.0/12" }, { rule_no: 32700 }),
    PRIVATE,
    `${INGRESS}.${OPENING}`,
  ],
  [
    "a denial that allows",
    setIn(ACL, "inference", "egress", { cidr_block: "172.16.0.0/12" }, { action: "allow" }),
    PRIVATE,
    `${EGRESS}.inference_to_internet_443_tcp`,
  ],
  [
    "no entry for a request",
    removeFrom(ACL, "vector_db", "ingress", { from_port: 5432 }),
    FLOW,
    "aws_network_acl.vector_db",
  ],
  [
    "no entry for what is sent",
    removeFrom(ACL, "redaction", "egress", { from_port: 5432 }),
    FLOW,
    `${ACL}.redaction`,
  ],
  [
    "an entry that denies",
    setIn(ACL, "vector_db", "ingress", { from_port: 5432 }, { action: "deny" }),
    FLOW,
    `${ACL}.vector_db`,
  ],
  [
    "an entry of another port",
    setIn(ACL, "vector_db", "ingress", { from_port: 5432 }, { from_port: 5433, to_port: 5433 }),
    FLOW,
    "aws_network_acl.vector_db",
  ],
  [
    "an entry for one subnet",
    setIn(ACL, "vector_db", "ingress", { from_port: 5432 }, { cidr_block: "10.20.4.0/25" }),
    FLOW,
    "aws_network_acl.vector_db",
  ],
  [
    "no way back out",
    removeFrom(ACL, "vector_db", "egress", { from_port: 1024 }),
    FLOW,
    "aws_network_acl.vector_db",
  ],
  [
    "no way back in",
    removeFrom(ACL, "redaction", "ingress", { cidr_block: "10.20.64.0/22" }),
    FLOW,
    `${ACL}.redaction`,
  ],
  [
    "replies to half of the ports of clients",
    setIn(ACL, "vector_db", "egress", { from_port: 1024 }, { from_port: 32768 }),
    FLOW,
    "aws_network_acl.vector_db",
  ],
  [
    "no entry in front of endpoints",
    removeFrom(ACL, "enclave_endpoints", "ingress", { cidr_block: "10.20.4.0/23" }),
    "an endpoint is open to each of its consumers",
    "aws_network_acl.enclave_endpoints",
  ],
  [
    "another zone in front of the NAT gateways",
    setIn(ACL, "enclave_nat", "ingress", { from_port: 443 }, { cidr_block: "10.20.64.0/22" }),
    "a zone leaves by the ports that it declares",
    `${ACL}.enclave_nat`,
  ],
  [
    "no denial in quarantine",
    removeFrom(ACL, "vector_db", "egress", { rule_no: 1 }),
    "quarantine ends connections that are open when it begins",
    "aws_network_acl.vector_db",
  ],
  [
    "a denial in quarantine that never comes",
    setIn(ACL, "vector_db", "ingress", { rule_no: 1 }, { cidr_block: "127.0.0.1/32" }),
    "quarantine ends connections that are open when it begins",
    "aws_network_acl.vector_db",
  ],
  [
    "a denial in quarantine of another zone",
    rewrite(ACL, "vector_db", "ingress", "vector-db", "ingress"),
    "quarantine of a zone cuts no other zone, and opens none",
    `${ACL}.vector_db`,
  ],
  [
    "an entry for IPv6",
    setIn(ACL, "vector_db", "ingress", { from_port: 5432 }, { cidr_block: null, ipv6_cidr_block: "::/0" }),
    "there is no IPv6",
    "aws_network_acl.vector_db",
  ],
  [
    "entries beside the ACL's own",
    set(ACL, "vector_db", { ingress: undefined }),
    SOUND,
    "aws_network_acl.vector_db",
  ],
  [
    "entries that an expression makes",
    set(ACL, "vector_db", { egress: "${var.quarantine}" }),
    SOUND,
    "aws_network_acl.vector_db",
  ],
  [
    "a number twice",
    setIn(ACL, "vector_db", "ingress", { from_port: 5432 }, { rule_no: 10 }),
    SOUND,
    `${ACL}.vector_db`,
  ],
  [
    "a number too high",
    setIn(ACL, "vector_db", "ingress", { from_port: 5432 }, { rule_no: 40000 }),
    SOUND,
    `${ACL}.vector_db`,
  ],
  [
    "a subnet without an ACL",
    set("aws_network_acl", "vector_db", { subnet_ids: ["${aws_subnet.vector_db_1.id}"] }),
    "a filter applies to every subnet before anything can run there",
    "aws_subnet.vector_db_2",
  ],
];

describe("network ACLs of the example", () => expectNoticed("aws", example(), ACLS));

describe("replies to low ports", () =>
  expectNoticed("aws", low(), [
    [
      "no way back to a port below 1024",
      setIn(ACL, "files", "egress", { from_port: 1, protocol: "tcp" }, { from_port: 1024 }),
      FLOW,
      `${ACL}.files`,
    ],
    [
      "a way back to all low ports but the last",
      setIn(ACL, "files", "egress", { from_port: 1, protocol: "tcp" }, { from_port: 2 }),
      FLOW,
      `${ACL}.files`,
    ],
    [
      "no way back in",
      setIn(ACL, "a", "ingress", { from_port: 1, protocol: "udp" }, { from_port: 1024 }),
      FLOW,
      `${ACL}.a`,
    ],
    [
      "no way back for a port inside a range",
      setIn(ACL, "old", "egress", { from_port: 1, protocol: "udp" }, { from_port: 1024 }),
      FLOW,
      `${ACL}.old`,
    ],
    [
      "no way back from an endpoint",
      setIn(ACL, "enclave_endpoints", "egress", { from_port: 1, protocol: "tcp" }, { from_port: 1024 }),
      "an endpoint is open to each of its consumers",
      `${ACL}.enclave_endpoints`,
    ],
  ]));
