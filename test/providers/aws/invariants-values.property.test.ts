/** No value of a rendered document changes unnoticed, where values open and close ways. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brokenInvariants } from "../../../providers/aws/invariants";
import { unnoticed } from "../../support/leaves";
import { EXAMPLE, render } from "./rendered";

/** Each all through, but for names and texts, which open nothing. */
const TYPES = {
  aws_vpc_security_group_ingress_rule: ["description", "tags"],
  aws_vpc_security_group_egress_rule: ["description", "tags"],
  aws_network_acl: ["tags"],
  aws_route: [],
  aws_route_table: ["tags"],
  aws_route_table_association: [],
  aws_security_group: ["name", "description", "tags"],
  aws_subnet: ["tags", "depends_on"],
  aws_route53_resolver_firewall_domain_list: ["name", "tags"],
} as const;

/** With secondary blocks of the VPC, a third availability zone, gateway endpoints and decrypted requests. */
const EVERY_PART = readFileSync(join(__dirname, "../../terraform/specs/every-part.enclave.yaml"), "utf8");

test.each(Object.entries({ ...TYPES, aws_network_acl_rule: ["icmp_code"] }))(
  "private-rag: no value of %s changes unnoticed",
  (type, ignored) => {
    expect(unnoticed(render(EXAMPLE), brokenInvariants, [type], ignored)).toEqual([]);
  },
);

test.each(Object.entries(TYPES))("every part: no value of %s changes unnoticed", (type, ignored) => {
  expect(unnoticed(render(EVERY_PART), brokenInvariants, [type], ignored)).toEqual([]);
});
