/** Slips in security groups of AWS. */
import { copy, expectNoticed, remove, rewrite, type Slip, set } from "../slips";
import { example } from "./specs";

const EGRESS = "aws_vpc_security_group_egress_rule";
const INGRESS = "aws_vpc_security_group_ingress_rule";
const QUERY = "redaction_to_vector_db_5432_tcp";
const OPENING = "internet_to_ingress_443_tcp";
const FLOW = "a declared flow is admitted at both ends, in every availability zone";
const BESIDE = "a flow opens its own ports and protocols, and nothing else";
const UNDECLARED = "zones without a flow between them open nothing to each other";
const CUT = "a zone in quarantine opens nothing and receives nothing";
const EXITS = "a zone leaves by no other port or protocol";
const USES = "an endpoint is open to zones that use it, and on its ports alone";
const SOUND = "rules are such as the cloud takes, and none undoes another";
const group = (name: string): string => `\${aws_security_group.${name}.id}`;

const GROUPS: readonly Slip[] = [
  ["a port too many at the receiver", set(INGRESS, QUERY, { to_port: 5433 }), BESIDE, `${INGRESS}.${QUERY}`],
  ["a port too many at the sender", set(EGRESS, QUERY, { to_port: 5433 }), BESIDE, `${EGRESS}.${QUERY}`],
  [
    "a port too few",
    set(INGRESS, QUERY, { from_port: 5433, to_port: 5433 }),
    FLOW,
    "aws_security_group.vector_db",
  ],
  ["every port", set(EGRESS, QUERY, { from_port: 0, to_port: 65535 }), BESIDE, `${EGRESS}.${QUERY}`],
  ["every protocol", set(INGRESS, QUERY, { ip_protocol: "-1" }), BESIDE, `${INGRESS}.${QUERY}`],
  ["another protocol", set(EGRESS, QUERY, { ip_protocol: "udp" }), FLOW, "aws_security_group.redaction"],
  [
    "a protocol that nobody declares, by its number",
    copy(INGRESS, QUERY, "x", { ip_protocol: "50", from_port: undefined, to_port: undefined }),
    BESIDE,
    `${INGRESS}.x`,
  ],
  ["a rule lost at the receiver", remove(INGRESS, QUERY), FLOW, "aws_security_group.vector_db"],
  ["a rule lost at the sender", remove(EGRESS, QUERY), FLOW, "aws_security_group.redaction"],
  [
    "another zone as the source",
    rewrite(
      INGRESS,
      QUERY,
      "referenced_security_group_id",
      ": aws_security_group.redaction",
      ": aws_security_group.ingress",
    ),
    UNDECLARED,
    `${INGRESS}.${QUERY}`,
  ],
  [
    "a rule in another zone's group",
    set(INGRESS, QUERY, { security_group_id: group("inference") }),
    UNDECLARED,
    `${INGRESS}.${QUERY}`,
  ],
  [
    "a rule more, to a zone that is not declared",
    copy(EGRESS, QUERY, "x", {
      security_group_id: group("ingress"),
      referenced_security_group_id: group("vector_db"),
    }),
    UNDECLARED,
    `${EGRESS}.x`,
  ],
  [
    "a zone open to itself",
    copy(INGRESS, QUERY, "x", { referenced_security_group_id: group("vector_db") }),
    "hosts of one zone reach each other only by a declared flow",
    `${INGRESS}.x`,
  ],
  [
    "addresses for a group",
    set(INGRESS, QUERY, { referenced_security_group_id: undefined, cidr_ipv4: "0.0.0.0/0" }),
    UNDECLARED,
    `${INGRESS}.${QUERY}`,
  ],
  [
    "one address for a group",
    copy(INGRESS, QUERY, "x", { referenced_security_group_id: undefined, cidr_ipv4: "10.20.16.77/32" }),
    UNDECLARED,
    `${INGRESS}.x`,
  ],
  [
    "another port from the internet",
    copy(INGRESS, OPENING, "x", { from_port: 8443, to_port: 8443 }),
    "the internet reaches a zone on the declared ports alone",
    `${INGRESS}.x`,
  ],
  [
    "the internet at a private zone",
    copy(INGRESS, OPENING, "x", { security_group_id: group("redaction") }),
    "the internet reaches no zone that takes nothing from it",
    `${INGRESS}.x`,
  ],
  [
    "half of the internet",
    rewrite(INGRESS, OPENING, "cidr_ipv4", ': \\"0.0.0.0/0\\"', ': \\"0.0.0.0/1\\"'),
    "the internet reaches a zone on the ports that are declared",
    "aws_security_group.ingress",
  ],
  [
    "every address for the list of the internet",
    set(EGRESS, "inference_to_internet_443_tcp", { prefix_list_id: undefined, cidr_ipv4: "0.0.0.0/0" }),
    UNDECLARED,
    `${EGRESS}.inference_to_internet_443_tcp`,
  ],
  [
    "the enclave in the list of the internet",
    rewrite("aws_ec2_managed_prefix_list", "enclave_internet", "entry", "11.0.0.0/8", "10.0.0.0/8"),
    UNDECLARED,
    `${EGRESS}.inference_to_internet_443_tcp`,
  ],
  [
    "a part of the internet that is lost from the list",
    rewrite("aws_ec2_managed_prefix_list", "enclave_internet", "entry", "128.0.0.0/1", "128.0.0.0/2"),
    "a zone leaves by the ports that it declares",
    "aws_security_group.inference",
  ],
  [
    "another port to the internet",
    copy(EGRESS, "inference_to_internet_443_tcp", "x", { from_port: 22, to_port: 22 }),
    EXITS,
    `${EGRESS}.x`,
  ],
  [
    "an endpoint open to another zone",
    copy(INGRESS, "redaction_to_enclave_secretsmanager_443_tcp", "x", {
      referenced_security_group_id: group("ingress"),
    }),
    USES,
    `${INGRESS}.x`,
  ],
  [
    "an endpoint open on another port",
    set(INGRESS, "redaction_to_enclave_secretsmanager_443_tcp", { to_port: 444 }),
    USES,
    `${INGRESS}.redaction_to_enclave_secretsmanager_443_tcp`,
  ],
  [
    "an endpoint that its consumer does not reach",
    remove(EGRESS, "redaction_to_enclave_secretsmanager_443_tcp"),
    "an endpoint is open to each of its consumers",
    "aws_security_group.redaction",
  ],
  [
    "another's group at an endpoint",
    set("aws_vpc_endpoint", "enclave_secretsmanager", { security_group_ids: [group("enclave_logs")] }),
    USES,
    `${INGRESS}.ingress_to_enclave_logs_443_tcp`,
  ],
  [
    "an endpoint that opens connections",
    copy(EGRESS, QUERY, "x", {
      security_group_id: group("enclave_secretsmanager"),
      referenced_security_group_id: group("ingress"),
    }),
    "an endpoint opens nothing itself",
    `${EGRESS}.x`,
  ],
  [
    "a rule that no quarantine cuts",
    set(INGRESS, QUERY, { referenced_security_group_id: group("redaction") }),
    CUT,
    `${INGRESS}.${QUERY}`,
  ],
  [
    "a rule that the quarantine of its target does not cut",
    rewrite(
      INGRESS,
      QUERY,
      "referenced_security_group_id",
      ' || contains(var.quarantine, \\"vector-db\\")',
      "",
    ),
    CUT,
    `${INGRESS}.${QUERY}`,
  ],
  [
    "somebody in place of nobody",
    rewrite(
      INGRESS,
      QUERY,
      "referenced_security_group_id",
      /aws_security_group\.enclave_void_\w+/,
      "aws_security_group.ingress",
    ),
    CUT,
    `${INGRESS}.${QUERY}`,
  ],
  [
    "a rule that the quarantine of a third zone cuts",
    rewrite(INGRESS, QUERY, "referenced_security_group_id", '"redaction', '"ingress'),
    "quarantine of a zone cuts no other zone, and opens none",
    "aws_security_group.vector_db",
  ],
  [
    "an opening that no quarantine cuts",
    set(INGRESS, OPENING, { cidr_ipv4: "0.0.0.0/0" }),
    CUT,
    `${INGRESS}.${OPENING}`,
  ],
  [
    "rules inside a group",
    set("aws_security_group", "vector_db", { ingress: [{}] }),
    SOUND,
    "aws_security_group.vector_db",
  ],
];

describe("groups of the example", () => expectNoticed("aws", example(), GROUPS));
