/** What somebody adds beside Terraform: the next plan takes back all that a container can hold exclusively. */

import { type Life, startLife } from "./life";
import { describeWith } from "./needs";
import { effective, type PlanJson } from "./plan-reading";
import { spec, synth } from "./rendered";
import { pluginSource } from "./toolchain";
import type { Workspace } from "./workspace";
import { closeWorkspace, openWorkspace, showPlan, succeed } from "./workspace";

const UNPROTECTED = ["deletion_protection=false"];

describeWith(["terraform", "plugin:aws", "moto"], "an enclave on aws that somebody changes by hand", () => {
  let workspace: Workspace;
  let life: Life;

  beforeAll(async () => {
    workspace = openWorkspace(synth(spec("nothing"), "aws"), pluginSource("aws"));
    life = await startLife(workspace, "aws");
    for (const step of ["init", "plan", "apply"] as const)
      expect(life.step(step, UNPROTECTED)).toMatchObject({ held: true });
  });

  afterAll(async () => {
    await life.end();
    closeWorkspace(workspace);
  });

  const stateId = (address: string, attribute = "id"): string => {
    const { values } = JSON.parse(succeed(workspace, "show", ["show", "-json"])) as {
      values: { root_module: { resources: { address: string; values: Record<string, unknown> }[] } };
    };
    const found = values.root_module.resources.find((each) => each.address === address);
    return String(found?.values[attribute]);
  };

  async function call(action: string, parameters: Readonly<Record<string, string>>): Promise<string> {
    const body = new URLSearchParams({ Action: action, Version: "2016-11-15", ...parameters });
    const headers = {
      Authorization: "AWS4-HMAC-SHA256 Credential=testing/20260101/us-east-1/ec2/aws4_request",
    };
    const answer = await fetch(life.env["AWS_ENDPOINT_URL"] ?? "", { method: "POST", body, headers });
    const text = await answer.text();
    if (!answer.ok) throw new Error(text);
    return text;
  }

  /** Addresses that the next plan changes. Nothing is left when it has been applied. */
  function takenBack(): string[] {
    expect(life.step("plan", UNPROTECTED)).toMatchObject({ held: true });
    const changes = effective(showPlan(workspace, "plan.bin") as PlanJson);
    expect(life.step("apply")).toMatchObject({ held: true });
    expect(life.step("second plan", UNPROTECTED)).toMatchObject({ held: true });
    return changes.map(({ address, change }) => `${change.actions.join()} ${address}`);
  }

  const internet = async (): Promise<string> =>
    /<internetGatewayId>(\S+?)<\//.exec(await call("CreateInternetGateway", {}))?.[1] ?? "";

  const open = (group: string) =>
    call("AuthorizeSecurityGroupIngress", {
      GroupId: stateId(group),
      "IpPermissions.1.IpProtocol": "-1",
      "IpPermissions.1.IpRanges.1.CidrIp": "0.0.0.0/0",
    });

  test("entries and routes are taken back, and what was taken away; a group's rule is not seen", async () => {
    const entry = { NetworkAclId: stateId("aws_network_acl.db"), RuleNumber: "2" };
    const everybody = { Protocol: "-1", RuleAction: "allow", CidrBlock: "0.0.0.0/0" };
    for (const Egress of ["true", "false"])
      await call("CreateNetworkAclEntry", { ...entry, ...everybody, Egress });
    const denial = { NetworkAclId: stateId("aws_network_acl.app"), RuleNumber: "1", Egress: "true" };
    await call("DeleteNetworkAclEntry", denial);
    const GatewayId = await internet();
    await call("AttachInternetGateway", { InternetGatewayId: GatewayId, VpcId: stateId("aws_vpc.enclave") });
    for (const table of ["aws_route_table.db_1", "aws_default_route_table.enclave"])
      await call("CreateRoute", {
        RouteTableId: stateId(table),
        DestinationCidrBlock: "0.0.0.0/0",
        GatewayId,
      });
    await open("aws_default_security_group.enclave");
    // Not exclusive in this range of the provider. The ACL in front of it admits nobody.
    await open("aws_security_group.db");
    expect(takenBack()).toEqual([
      "update aws_default_route_table.enclave",
      "update aws_default_security_group.enclave",
      "update aws_network_acl.app",
      "update aws_network_acl.db",
      "update aws_route_table.db_1",
    ]);
  });
});
