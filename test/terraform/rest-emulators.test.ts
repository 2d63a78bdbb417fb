/** The emulators of Azure and Google keep, give back and forget, and refuse what the clouds refuse. Real plugins are not asked here. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request as requestPlain } from "node:http";
import { request as requestSecurely } from "node:https";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Emulator, startEmulator } from "./emulator";
import { describeWith, EMULATOR_NEEDS } from "./needs";
import type { Plugin } from "./toolchain";

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Starts an emulator for the tests of a block and answers how to ask it: method, path, body. */
function emulatorOf(plugin: Plugin, address: (emulator: Emulator) => string) {
  const folder = mkdtempSync(path.join(tmpdir(), "enclave-emulator-"));
  let emulator: Emulator;
  beforeAll(async () => {
    mkdirSync(path.join(folder, "tf"));
    emulator = await startEmulator(plugin, folder);
  });
  afterAll(async () => {
    await emulator.stop();
    rmSync(folder, { recursive: true });
  });
  return (method: string, at: string, body?: unknown): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const url = `${address(emulator)}${at}`;
      const certificate = emulator.env["SSL_CERT_FILE"];
      const done = (response: import("node:http").IncomingMessage): void => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("end", () => {
          const text = Buffer.concat(parts).toString();
          resolve({
            status: response.statusCode ?? 0,
            body: text === "" ? {} : (JSON.parse(text) as Answer["body"]),
          });
        });
      };
      const asked =
        certificate === undefined
          ? requestPlain(url, { method }, done)
          : requestSecurely(url, { method, ca: readFileSync(certificate) }, done);
      asked.on("error", reject).end(body === undefined ? undefined : JSON.stringify(body));
    });
}

describeWith(EMULATOR_NEEDS.azurerm, "the emulator of azure", () => {
  const ask = emulatorOf("azurerm", ({ provider }) => `https://${String(provider["metadata_host"])}`);
  const GROUP = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/g";
  const NETWORK = `${GROUP}/providers/Microsoft.Network/virtualNetworks/n`;
  const subnet = (name: string, addressPrefix: string, more = {}) =>
    ask("PUT", `${NETWORK}/subnets/${name}`, { properties: { addressPrefix, ...more } });
  const rule = (name: string, priority: number) => ({ name, properties: { direction: "Inbound", priority } });

  beforeAll(async () => {
    await ask("PUT", GROUP, { location: "eastus2" });
    await ask("PUT", NETWORK, { properties: { addressSpace: { addressPrefixes: ["10.0.0.0/16"] } } });
  });

  test("keeps a resource whatever its capitals, shows what lies in it, and forgets it with all below", async () => {
    expect(await subnet("s", "10.0.0.0/24")).toMatchObject({ status: 200 });
    const { body } = await ask("GET", NETWORK.toUpperCase().replace("/SUBSCRIPTIONS", "/subscriptions"));
    expect(body).toMatchObject({
      type: "Microsoft.Network/virtualNetworks",
      properties: { subnets: [{ name: "s" }] },
    });
    expect(await ask("GET", `${GROUP}/resources`)).toMatchObject({ body: { value: [{ name: "n" }] } });
    expect(await ask("DELETE", `${NETWORK}/subnets/s`)).toMatchObject({ status: 202 });
    expect(await ask("GET", `${NETWORK}/subnets/s`)).toMatchObject({
      status: 404,
      body: { error: { code: "ResourceNotFound" } },
    });
  });

  test("refuses a subnet outside its network, over another, and a firewall's with a security group", async () => {
    await subnet("first", "10.0.1.0/24");
    expect((await subnet("outside", "10.1.0.0/24")).body).toMatchObject({
      error: { code: "NetcfgInvalidSubnet" },
    });
    expect((await subnet("over", "10.0.1.128/25")).body).toMatchObject({
      error: { code: "NetcfgSubnetRangesOverlap" },
    });
    const guarded = await subnet("AzureFirewallSubnet", "10.0.2.0/26", { networkSecurityGroup: { id: "x" } });
    expect(guarded.body).toMatchObject({ error: { code: "SubnetNotSupported" } });
  });

  test("makes subnets with their network, and takes those away that nothing lies in", async () => {
    const other = `${GROUP}/providers/Microsoft.Network/virtualNetworks/inside`;
    const network = (...names: readonly string[]) =>
      ask("PUT", other, {
        properties: {
          addressSpace: { addressPrefixes: ["10.3.0.0/16"] },
          subnets: names.map((name, at) => ({ name, properties: { addressPrefix: `10.3.${at}.0/24` } })),
        },
      });
    expect((await network("a", "b")).body).toMatchObject({
      properties: { subnets: [{ id: `${other}/subnets/a` }, { id: `${other}/subnets/b` }] },
    });
    const configuration = { name: "c", properties: { subnet: { id: `${other}/subnets/a` } } };
    const card = { properties: { ipConfigurations: [configuration] } };
    await ask("PUT", `${GROUP}/providers/Microsoft.Network/networkInterfaces/i`, card);
    expect((await network()).body).toMatchObject({ error: { code: "InUseSubnetCannotBeDeleted" } });
    expect((await network("a")).body).toMatchObject({ properties: { subnets: [{ name: "a" }] } });
  });

  test("refuses a peering with nobody and with a network of the same addresses, and a route twice", async () => {
    const remote = async (name: string, range?: string) => {
      const id = `${GROUP}/providers/Microsoft.Network/virtualNetworks/${name}`;
      const properties = { addressSpace: { addressPrefixes: [range] } };
      if (range !== undefined) await ask("PUT", id, { properties });
      const peering = { properties: { remoteVirtualNetwork: { id } } };
      return (await ask("PUT", `${NETWORK}/virtualNetworkPeerings/${name}`, peering)).body;
    };
    expect(await remote("nobody")).toMatchObject({ error: { code: "ReferencedResourceNotFound" } });
    expect(await remote("same", "10.0.128.0/17")).toMatchObject({
      error: { code: "VnetAddressSpacesOverlap" },
    });
    expect(await remote("other", "10.4.0.0/26")).toMatchObject({ name: "other" });
    const route = { name: "r", properties: { addressPrefix: "192.0.2.1/32" } };
    const table = { properties: { routes: [route, { ...route, name: "s" }] } };
    const twice = await ask("PUT", `${GROUP}/providers/Microsoft.Network/routeTables/t`, table);
    expect(twice.body).toMatchObject({ error: { code: "RouteConflict" } });
  });

  test("refuses two rules of one priority or one name, and two zones of one name at a network", async () => {
    const group = `${GROUP}/providers/Microsoft.Network/networkSecurityGroups/s`;
    for (const securityRules of [
      [rule("a", 100), rule("b", 100)],
      [rule("a", 100), rule("A", 101)],
    ]) {
      const twice = await ask("PUT", group, { properties: { securityRules } });
      expect(twice).toMatchObject({ status: 400, body: { error: { code: "SecurityRuleConflict" } } });
    }
    const link = (at: string) =>
      ask("PUT", `${at}/providers/Microsoft.Network/privateDnsZones/z.example.com/virtualNetworkLinks/l`, {
        properties: { virtualNetwork: { id: NETWORK } },
      });
    expect(await link(GROUP)).toMatchObject({ status: 200 });
    expect(await link(`${GROUP}2`)).toMatchObject({
      status: 400,
      body: { error: { code: "VirtualNetworkLinkConflict" } },
    });
  });

  test("forgets the interface that came with a private endpoint when that goes", async () => {
    const endpoint = `${GROUP}/providers/Microsoft.Network/privateEndpoints/e`;
    await ask("PUT", endpoint, {});
    const interfaces = () => ask("GET", `${GROUP}/providers/Microsoft.Network/networkInterfaces/e-nic`);
    expect(await interfaces()).toMatchObject({ status: 200 });
    await ask("DELETE", endpoint);
    expect(await interfaces()).toMatchObject({ status: 404 });
  });

  test("holds what is locked, and what hangs on it", async () => {
    const address = `${GROUP}/providers/Microsoft.Network/publicIPAddresses/a`;
    const setting = `${address}/providers/Microsoft.Insights/diagnosticSettings/d`;
    for (const each of [address, setting]) await ask("PUT", each, {});
    await ask("PUT", `${address}/providers/Microsoft.Authorization/locks/l`, {});
    for (const each of [address, setting, GROUP])
      expect(await ask("DELETE", each)).toMatchObject({
        status: 409,
        body: { error: { code: "ScopeLocked" } },
      });
    await ask("DELETE", `${address}/providers/Microsoft.Authorization/locks/l`);
    expect(await ask("DELETE", setting)).toMatchObject({ status: 200 });
    expect(await ask("DELETE", address)).toMatchObject({ status: 202 });
  });
});

describeWith(EMULATOR_NEEDS.google, "the emulator of google", () => {
  const ask = emulatorOf("google", ({ env }) => new URL(env["GOOGLE_COMPUTE_CUSTOM_ENDPOINT"] ?? "").origin);
  const PROJECT = "/compute/v1/projects/my-project";
  const subnetwork = (name: string, ipCidrRange: string) =>
    ask("POST", `${PROJECT}/regions/us-east1/subnetworks`, {
      name,
      ipCidrRange,
      network: "projects/my-project/global/networks/n",
    });

  test("keeps a resource once, gives it back with links, and forgets it", async () => {
    expect(await subnetwork("s", "10.0.0.0/24")).toMatchObject({ status: 200, body: { status: "DONE" } });
    expect(await subnetwork("s", "10.0.0.0/24")).toMatchObject({ status: 409 });
    const { body } = await ask("GET", `${PROJECT}/regions/us-east1/subnetworks/s`);
    expect(body).toMatchObject({
      gatewayAddress: "10.0.0.1",
      network: expect.stringMatching(/^http:.*\/networks\/n$/),
    });
    expect(await ask("DELETE", `${PROJECT}/regions/us-east1/subnetworks/s`)).toMatchObject({ status: 200 });
    expect(await ask("GET", `${PROJECT}/regions/us-east1/subnetworks/s`)).toMatchObject({ status: 404 });
  });

  test.each(["regionalEndpointId", "regional_endpoint_id"])(
    "takes the name of a resource from %s",
    async (parameter) => {
      const place = "/networkconnectivity/v1/projects/my-project/locations/us-east1/regionalEndpoints";
      expect(await ask("POST", `${place}?${parameter}=${parameter.toLowerCase()}`, {})).toMatchObject({
        status: 200,
        body: { done: true },
      });
      expect(await ask("GET", `${place}/${parameter.toLowerCase()}`)).toMatchObject({ status: 200 });
    },
  );

  test("neither unlocks a bucket of logs, nor changes its retention, nor deletes it", async () => {
    const place = "/logging/v2/projects/my-project/locations/us-east1/buckets";
    const bucket = (body: object) => ask("PATCH", `${place}/b?updateMask=retentionDays,locked`, body);
    await ask("POST", `${place}?bucketId=b`, { retentionDays: 365 });
    expect(await bucket({ retentionDays: 400, locked: true })).toMatchObject({ status: 200 });
    for (const wrong of [{ locked: false }, { retentionDays: 500 }, { retentionDays: 365 }])
      expect(await bucket(wrong)).toMatchObject({ status: 400 });
    expect(await bucket({ retentionDays: 400, locked: true })).toMatchObject({ status: 200 });
    expect(await ask("DELETE", `${place}/b`)).toMatchObject({ status: 400 });
  });

  test("refuses ranges that overlap in a network, and two rules of one priority", async () => {
    await subnetwork("one", "10.0.4.0/24");
    expect(await subnetwork("other", "10.0.4.128/25")).toMatchObject({ status: 400 });
    const rules = [{ priority: 1000 }, { priority: 1000 }];
    expect(await ask("POST", `${PROJECT}/global/firewallPolicies`, { name: "p", rules })).toMatchObject({
      status: 400,
    });
  });
});
