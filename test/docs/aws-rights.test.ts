/** docs/rights-aws.md is written from the table that policies of endpoints are made of. */
import { join } from "node:path";
import { type Grant, POLICY_SERVICES } from "../../providers/aws/data/services";
import { keysOf } from "../../src/model/lookup";
import { expectGolden } from "../support/golden";

const ON: Readonly<Record<Grant["on"], string>> = {
  account: "the named resources, or the account's",
  any: "everything: the action names no resource",
  "foundation-models": "the named models, or all of AWS's and the account's",
  objects: "the named buckets, or the account's, and what lies in them",
  "log-groups": "the named groups, or the account's, and their streams",
  layers: "AWS's own bucket of image layers",
};

function* rows(): Iterable<string> {
  for (const service of keysOf(POLICY_SERVICES))
    for (const right of ["read", "write"] as const)
      for (const [endpoint, ...grants] of POLICY_SERVICES[service][right])
        for (const { actions, on } of grants)
          yield `| \`${service}\` | ${right} | \`${endpoint.name}\` | ${actions.map((each) => `\`${each}\``).join(" ")} | ${ON[on]} |`;
}

test("the page of rights on AWS is what the table says", () => {
  const page = [
    "# Rights on AWS",
    "",
    "<!-- Written by test/docs/aws-rights.test.ts; npm run golden writes it anew. -->",
    "",
    "The actions that the policy of an endpoint lets through for each right, and what it lets them be done to. `read-write` has both.",
    "`actions: { aws: [...] }` of an endpoint adds single ones; a note lists them on every run. Identity policies still have to grant.",
    "A test asks AWS's SDK for Python for its operations: every action is one of them, or is checked for one.",
    "",
    "| service | right | endpoint | actions | on |",
    "|---|---|---|---|---|",
    ...rows(),
    "",
  ].join("\n");
  expectGolden(join(__dirname, "../../docs/rights-aws.md"), page);
});
