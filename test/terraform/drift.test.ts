/** What somebody adds beside Terraform: the next plan takes back all that a container can hold exclusively. */
import { request } from "node:https";
import { type Life, startLife } from "./life";
import { describeWith } from "./needs";
import { effective, type PlanJson } from "./plan-reading";
import { spec, synth } from "./rendered";
import { type Plugin, pluginSource } from "./toolchain";
import { needsOf, RENDERINGS, trialsOf } from "./trials";
import { closeWorkspace, openWorkspace, pin, showPlan, succeed, type Workspace } from "./workspace";

const UNPROTECTED = ["deletion_protection=false"];

interface Applied {
  readonly workspace: Workspace;
  readonly life: Life;
}

async function applied(folder: string, plugin: Plugin, version?: string): Promise<Applied> {
  const workspace = openWorkspace(folder, pluginSource(plugin));
  if (version !== undefined) pin(workspace, plugin, version);
  const life = await startLife(workspace, plugin);
  for (const step of ["init", "plan", "apply"] as const)
    expect(life.step(step, UNPROTECTED)).toMatchObject({ held: true });
  return { workspace, life };
}

function idOf({ workspace }: Applied, address: string): string {
  const { values } = JSON.parse(succeed(workspace, "show", ["show", "-json"])) as {
    values: { root_module: { resources: { address: string; values: { id: string } }[] } };
  };
  return values.root_module.resources.find((each) => each.address === address)?.values.id ?? "";
}

/** What the next plan changes. Nothing is left when it has been applied. */
function takenBack({ workspace, life }: Applied): string[] {
  expect(life.step("plan", UNPROTECTED)).toMatchObject({ held: true });
  const changes = effective(showPlan(workspace, "plan.bin") as PlanJson);
  expect(life.step("apply")).toMatchObject({ held: true });
  expect(life.step("second plan", UNPROTECTED)).toMatchObject({ held: true });
  return changes.map(({ address, change }) => `${change.actions.join()} ${address}`);
}

async function end({ workspace, life }: Applied): Promise<void> {
  await life.end();
  closeWorkspace(workspace);
}

describeWith(["terraform", "plugin:aws", "moto"], "an enclave on aws that somebody changes by hand", () => {
  let enclave: Applied;
  beforeAll(async () => {
    enclave = await applied(synth(spec("nothing"), "aws"), "aws");
  });
  afterAll(() => end(enclave));

  async function call(action: string, parameters: Readonly<Record<string, string>>): Promise<string> {
    const body = new URLSearchParams({ Action: action, Version: "2016-11-15", ...parameters });
    const headers = {
      Authorization: "AWS4-HMAC-SHA256 Credential=testing/20260101/us-east-1/ec2/aws4_request",
    };
    const answer = await fetch(enclave.life.env["AWS_ENDPOINT_URL"] ?? "", { method: "POST", body, headers });
    const text = await answer.text();
    if (!answer.ok) throw new Error(text);
    return text;
  }

  const open = (group: string) =>
    call("AuthorizeSecurityGroupIngress", {
      GroupId: idOf(enclave, group),
      "IpPermissions.1.IpProtocol": "-1",
      "IpPermissions.1.IpRanges.1.CidrIp": "0.0.0.0/0",
    });

  test("entries and routes are taken back, and what was taken away; a group's rule is not seen", async () => {
    const entry = { NetworkAclId: idOf(enclave, "aws_network_acl.db"), RuleNumber: "2" };
    const everybody = { Protocol: "-1", RuleAction: "allow", CidrBlock: "0.0.0.0/0" };
    for (const Egress of ["true", "false"])
      await call("CreateNetworkAclEntry", { ...entry, ...everybody, Egress });
    const denial = { NetworkAclId: idOf(enclave, "aws_network_acl.app"), RuleNumber: "1", Egress: "true" };
    await call("DeleteNetworkAclEntry", denial);
    const answer = await call("CreateInternetGateway", {});
    const GatewayId = /<internetGatewayId>(\S+?)<\//.exec(answer)?.[1] ?? "";
    const VpcId = idOf(enclave, "aws_vpc.enclave");
    await call("AttachInternetGateway", { InternetGatewayId: GatewayId, VpcId });
    for (const table of ["aws_route_table.db_1", "aws_default_route_table.enclave"]) {
      const RouteTableId = idOf(enclave, table);
      await call("CreateRoute", { RouteTableId, DestinationCidrBlock: "0.0.0.0/0", GatewayId });
    }
    await open("aws_default_security_group.enclave");
    // Not exclusive in this range of the provider. The ACL in front of it admits nobody.
    await open("aws_security_group.db");
    expect(takenBack(enclave)).toEqual([
      "update aws_default_route_table.enclave",
      "update aws_default_security_group.enclave",
      "update aws_network_acl.app",
      "update aws_network_acl.db",
      "update aws_route_table.db_1",
    ]);
  });
});

/** A stand-in keeps what it is told, and asks nobody what has become of it. */
const REAL = RENDERINGS.filter(({ plugin }) => plugin === "azurerm").flatMap((rendering) =>
  trialsOf(rendering).filter(({ standIn }) => !standIn),
);

for (const trial of REAL)
  describeWith(needsOf(trial), `an enclave with ${trial.title} that somebody changes by hand`, () => {
    let enclave: Applied;
    beforeAll(async () => {
      enclave = await applied(synth(spec("nothing"), "azure", trial.flags), "azurerm", trial.version);
    });
    afterAll(() => end(enclave));

    const put = (path: string, properties: object): Promise<void> =>
      new Promise((resolve, reject) => {
        const url = `${enclave.life.env["EMULATOR"]}${path}?api-version=2025-01-01`;
        // The emulator's certificate is its own.
        request(url, { method: "PUT", rejectUnauthorized: false }, (answer) => {
          answer.resume();
          if (answer.statusCode === 200) answer.on("end", () => resolve());
          else reject(new Error(`${path}: ${answer.statusCode}`));
        })
          .on("error", reject)
          .end(JSON.stringify({ location: "eastus2", properties }));
      });

    test("a subnet without a group goes, and so do a rule and a route", async () => {
      const [network, table] = ["azurerm_virtual_network.enclave", "azurerm_route_table.db"];
      const group = "azurerm_network_security_group.db";
      await put(`${idOf(enclave, network)}/subnets/added`, { addressPrefix: "10.20.200.0/24" });
      const opened = { direction: "Inbound", access: "Allow", protocol: "*", priority: 150 };
      const everybody = { sourceAddressPrefix: "*", sourcePortRange: "*" };
      const anything = { destinationAddressPrefix: "*", destinationPortRange: "*" };
      await put(idOf(enclave, group), {
        securityRules: [{ name: "added", properties: { ...opened, ...everybody, ...anything } }],
      });
      const route = { addressPrefix: "8.8.8.8/32", nextHopType: "Internet" };
      await put(idOf(enclave, table), { routes: [{ name: "added", properties: route }] });
      expect(takenBack(enclave)).toEqual([`update ${group}`, `update ${table}`, `update ${network}`]);
    });
  });
