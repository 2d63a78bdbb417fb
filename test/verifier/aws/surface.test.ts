/** Slips in variables and outputs of AWS, and in parts that few enclaves have. */
import { expectNoticed, remove, rewrite, type Slip, set } from "../slips";
import { example, gateways } from "./specs";

const LOOSE = "an interface is held by its zone's filter and forwards for nobody";
const STAND = "endpoints stand in their own subnets, with a filter of their own";
const BEGINS = "the variables begin with what the spec says";
type Tree = Record<string, unknown>;

const put = (path: readonly string[], value: unknown) => (draft: Tree) => {
  let at = draft;
  for (const key of path.slice(0, -1)) {
    at[key] ??= {};
    at = at[key] as Tree;
  }
  at[path.at(-1) ?? ""] = value;
};

const SURFACE: readonly Slip[] = [
  [
    "a zone in quarantine from the start",
    put(["variable", "quarantine", "default"], ["ingress"]),
    BEGINS,
    "variable.quarantine",
  ],
  [
    "a shorter retention from the start",
    put(["variable", "log_retention_days", "default"], 30),
    BEGINS,
    "variable.log_retention_days",
  ],
  [
    "no protection from the start",
    put(["variable", "deletion_protection", "default"], false),
    BEGINS,
    "variable.deletion_protection",
  ],
  ["tags that are lost", put(["variable", "tags", "default"], {}), BEGINS, "variable.tags"],
  [
    "an availability zone less",
    put(["variable", "availability_zones", "default"], ["us-east-1a"]),
    "there are as many availability zones as the spec asks for, all different",
    "variable.availability_zones",
  ],
  [
    "another zone's group in an output",
    put(["output", "zones", "value", "vector-db", "group_ids"], ["${aws_security_group.ingress.id}"]),
    "the output of a zone has addresses, subnets and groups",
    "output.zones",
  ],
  [
    "another zone's subnets in an output",
    put(["output", "zones", "value", "vector-db", "subnet_ids"], ["${aws_subnet.ingress_1.id}"]),
    "the output of a zone has addresses, subnets and groups",
    "output.zones",
  ],
  [
    "another name in an output",
    put(["output", "private_endpoints", "value", "logs", "dns_names"], ["logs.example.com"]),
    "the output of an endpoint has ids, names and addresses",
    "output.private_endpoints",
  ],
  [
    "another endpoint in an output",
    put(
      ["output", "private_endpoints", "value", "logs", "ids"],
      ["${aws_vpc_endpoint.enclave_s3_redaction.id}"],
    ),
    "the output of an endpoint has ids, names and addresses",
    "output.private_endpoints",
  ],
  [
    "a reason that is lost",
    rewrite(
      "aws_vpc_security_group_ingress_rule",
      "internet_to_ingress_443_tcp",
      "description",
      "public API",
      "",
    ),
    "everything that permits says why",
    "aws_vpc_security_group_ingress_rule.internet_to_ingress_443_tcp",
  ],
  [
    "tags of the user that are lost",
    set("aws_subnet", "ingress_1", { tags: '${{ enclave = "private-rag" }}' }),
    "what takes tags carries the enclave's name and the user's tags",
    "aws_subnet.ingress_1",
  ],
];

const OF_GATEWAYS: readonly Slip[] = [
  [
    "a way in that is lost",
    set("aws_route_table", "front_2", { route: [] }),
    "the internet reaches a zone on the ports that are declared",
    "aws_route_table.front_2",
  ],
  [
    "a search endpoint with another's group",
    set("aws_opensearchserverless_vpc_endpoint", "enclave_aoss", {
      security_group_ids: ["${aws_security_group.store.id}"],
    }),
    STAND,
    "aws_opensearchserverless_vpc_endpoint.enclave_aoss",
  ],
  [
    "an interface without a group",
    set("aws_network_interface", "front_gate_2", { security_groups: [] }),
    LOOSE,
    "aws_network_interface.front_gate_2",
  ],
  [
    "a VPC without the second half of its range",
    remove("aws_vpc_ipv4_cidr_block_association", "enclave_part_1"),
    "everything lies in the enclave's range, each thing apart from all others",
    "aws_subnet.store_1",
  ],
];

describe("variables and outputs of the example", () => expectNoticed("aws", example(), SURFACE));
describe("gateways and a wide range", () => expectNoticed("aws", gateways(), OF_GATEWAYS));
