/** Each example is planned by the real plugin without credentials, without an account and with nobody to answer a call. */
import { describeWith } from "./needs";
import { ofType, type PlanJson } from "./plan-reading";
import { EVERY_PART, EXAMPLES, synth } from "./rendered";
import { findPlugin } from "./toolchain";
import { closeWorkspace, openWorkspace, overrideProvider, showPlan, terraform, type Workspace } from "./workspace";

const NO_CALLS = {
  skip_credentials_validation: true,
  skip_metadata_api_check: true,
  skip_requesting_account_id: true,
  access_key: "none",
  secret_key: "none",
  max_retries: 1,
};
const DEAD = { AWS_ENDPOINT_URL: "http://127.0.0.1:1" };

describeWith(["terraform", "plugin:aws"], "plan on aws without an account", () => {
  describe.each([...EXAMPLES, EVERY_PART])("%s", (spec) => {
    let workspace: Workspace;
    let plan: PlanJson;

    beforeAll(() => {
      const source = findPlugin("aws");
      if ("missing" in source) throw new Error(source.missing);
      workspace = openWorkspace(synth(spec, "aws"), source.found);
      overrideProvider(workspace, "aws", NO_CALLS);
      expect(terraform(workspace, "init", ["init", "-input=false"])).toMatchObject({ code: 0 });
    });

    afterAll(() => closeWorkspace(workspace));

    test("validates without a warning", () => {
      const { text } = terraform(workspace, "validate", ["validate", "-json"]);
      expect(JSON.parse(text)).toMatchObject({ valid: true, error_count: 0, warning_count: 0 });
    });

    test("plans while nobody answers a call", () => {
      const run = terraform(workspace, "plan", ["plan", "-input=false", "-out=plan.bin"], DEAD);
      expect(run).toMatchObject({ code: 0 });
      expect(run.text).toMatch(/Plan: \d+ to add, 0 to change, 0 to destroy/);
      plan = showPlan(workspace, "plan.bin") as PlanJson;
    });

    test("asks the cloud nothing: there is no data source", () => {
      expect(plan.resource_changes.filter(({ mode }) => mode === "data")).toEqual([]);
    });

    test("every resource has an address of its own, without an index that could move", () => {
      const moving = plan.resource_changes
        .map(({ address }) => address)
        .filter((address) => /\[\d+\]$/.test(address) && !address.endsWith("[0]"));
      expect(moving).toEqual([]);
    });

    test("firewalls are protected against deletion by default", () => {
      for (const { change } of ofType(plan, "aws_networkfirewall_firewall"))
        expect(change.after).toMatchObject({ delete_protection: true });
    });

    test("nothing has a public address of its own but the way out", () => {
      const subnets = ofType(plan, "aws_subnet");
      expect(subnets.length).toBeGreaterThan(0);
      for (const { change } of subnets) expect(change.after).toMatchObject({ map_public_ip_on_launch: false });
    });
  });
});
