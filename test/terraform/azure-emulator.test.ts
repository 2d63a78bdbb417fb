/** The emulator of Azure keeps, gives back and forgets, and refuses what Azure refuses. The real plugin is not asked here. */
import { emulatorOf } from "./ask-emulator";
import type { Emulator } from "./emulator";
import { describeWith, EMULATOR_NEEDS } from "./needs";

const AZURE = ({ provider }: Emulator): string => `https://${String(provider["metadata_host"])}`;

describeWith(EMULATOR_NEEDS.azurerm, "the emulator of azure", () => {
  const ask = emulatorOf("azurerm", AZURE);
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

describeWith(EMULATOR_NEEDS.azurerm, "the emulator of azure, where an organisation has policies", () => {
  const lifecycle = { ignore_changes: ["private_dns_zone_group", 'tags["CreatedOn"]'] };
  const ask = emulatorOf("azurerm", AZURE, { resource: { azurerm_private_endpoint: { e: { lifecycle } } } });
  const NETWORK =
    "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/g/providers/Microsoft.Network";

  test("adds tags to what has some, and names to private endpoints that nobody has to approve", async () => {
    const firewall = await ask("PUT", `${NETWORK}/azureFirewalls/f`, {
      tags: { enclave: "x" },
      properties: {},
    });
    expect(firewall.body["tags"]).toEqual({ enclave: "x", CreatedOn: "of the organisation" });
    const groups = async (name: string, connections: string) => {
      const endpoint = `${NETWORK}/privateEndpoints/${name}`;
      await ask("PUT", endpoint, { properties: { [connections]: [{ properties: {} }] } });
      return (await ask("GET", `${endpoint}/privateDnsZoneGroups`)).body["value"];
    };
    expect(await groups("own", "privateLinkServiceConnections")).toMatchObject([
      { name: "deployedByPolicy" },
    ]);
    expect(await groups("vendor", "manualPrivateLinkServiceConnections")).toEqual([]);
  });

  test("reports zones of a firewall that was made without", async () => {
    const { body } = await ask("PUT", `${NETWORK}/azureFirewalls/g`, { properties: {} });
    expect(body["zones"]).toEqual(["1", "2", "3"]);
  });
});
