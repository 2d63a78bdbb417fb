/** Slips in a zone that is made ready for a service of Azure: its subnet, and what Azure itself reaches there. */
import { expectNoticed } from "../slips";
import { breaking, into, moreRule, subnet, subnetNamed, withoutRule } from "./changes";
import { everyPart, everyPart5 } from "./specs";

const GROUP = "azurerm_network_security_group";
const GIVEN = "the region and the settings are those that the spec gives for the cloud";
const PROBES = "load balancers look after nothing else";
const PROBE = "load_balancer_to_front";
const JOIN = "Microsoft.Network/virtualNetworks/subnets/join/action";

const delegation = (name: string, actions = [JOIN]) => ({
  delegation: [{ name: "platform", service_delegation: [{ name, actions }] }],
});
const GATEWAYS = delegation("Microsoft.Network/applicationGateways");

describe.each([
  ["azurerm 4", everyPart],
  ["azurerm 5", everyPart5],
])("%s", (_major, of) =>
  expectNoticed("azure", of(), [
    ...breaking(GIVEN, subnetNamed("front-1"), [
      ["a subnet that is given to nobody", subnet("front-1", { delegation: [] })],
      ["a subnet that is given to others", subnet("front-1", delegation("Microsoft.Web/serverFarms"))],
    ]),
    ...breaking(GIVEN, subnetNamed("db-1"), [["another zone's subnet", subnet("db-1", GATEWAYS)]]),
    ...breaking(GIVEN, subnetNamed("enclave-endpoints"), [
      ["the endpoints' subnet", subnet("enclave-endpoints", GATEWAYS)],
    ]),
    ...breaking("nothing leads around endpoints and inspection", "azurerm_virtual_network.enclave", [
      [
        "a service that may do more",
        subnet("front-1", delegation("Microsoft.Network/applicationGateways", [JOIN, "x"])),
      ],
    ]),
    ...breaking("a zone has the addresses that the lock gives it, slot by slot", subnetNamed("front-1"), [
      ["a slot instead of the block", subnet("front-1", { address_prefixes: ["10.20.3.0/26"] })],
    ]),
    ...breaking("load balancers look after what they may serve", `${GROUP}.front`, [
      ["no probes", withoutRule("front", "Inbound", PROBE)],
      ["probes by TCP alone", into("front", PROBE, { protocol: "Tcp" })],
    ]),
    ...breaking(PROBES, `${GROUP}.web`, [
      [
        "as much in another zone",
        into("web", "load_balancer_to_web", { protocol: "*", destination_port_range: "*" }),
      ],
    ]),
    ...breaking("rules are such as the cloud takes, and none undoes another", `${GROUP}.front`, [
      [
        "the manager of gateways",
        moreRule("front", "Inbound", PROBE, {
          name: "manager",
          priority: 4001,
          source_address_prefix: "GatewayManager",
        }),
      ],
    ]),
    ...breaking("a zone in quarantine opens nothing and receives nothing", `${GROUP}.front`, [
      ["probes that quarantine leaves", into("front", PROBE, { access: "Allow" })],
    ]),
  ]),
);
