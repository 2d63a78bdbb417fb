"""The resources of the emulator of Azure: a store that keeps what is sent, with what Azure adds to it.

`ADDITIONS` has what Azure adds to a type; `REFUSALS` what it refuses that a rendering could get wrong.
"""

import hashlib
import json
from ipaddress import ip_network

from rest import Refused

TENANT = "00000000-0000-0000-0000-000000000002"

# Lower-case path to object. Azure's ids know no capitals.
store = {}


def number(text, below):
    """The same number for the same text, on every run."""
    return int(hashlib.sha256(text.lower().encode()).hexdigest(), 16) % below


def refuse(code, message):
    raise Refused(400, {"error": {"code": code, "message": message}})


# --- what Azure adds -------------------------------------------------------------------------------------------------------------


def name_children(thing, key, segment):
    """Parts that are sent inside get names, ids and a state."""
    for index, child in enumerate(thing["properties"].get(key) or []):
        child.setdefault("name", f"{segment}{index}")
        child["id"] = f"{thing['id']}/{segment}/{child['name']}"
        child.setdefault("properties", {})["provisioningState"] = "Succeeded"
        yield child


def subnets_inside(thing, subnets):
    """Subnets that are sent inside their network are made with it; those that are no longer there go, if nothing lies in them."""
    names = {child["name"].lower() for child in subnets}
    for other in children_of(thing["id"].lower() + "/subnets"):
        if other["name"].lower() in names:
            continue
        user = next((path for path, each in store.items() if other["id"].lower() in json.dumps(each["properties"]).lower()), None)
        if user:
            refuse("InUseSubnetCannotBeDeleted", f"Subnet {other['name']} is in use by {user} and cannot be deleted")
        del store[other["id"].lower()]
    for child in subnets:
        keep(f"{thing['id']}/subnets/{child['name']}", child)


def network_interface(thing):
    for child in name_children(thing, "ipConfigurations", "ipConfigurations"):
        child["properties"].setdefault("privateIPAddress", f"10.50.{number(thing['id'], 200)}.4")


def firewall(thing):
    """Without zones it is spread over all, and this emulator reports them, as Azure may."""
    thing.setdefault("zones", ["1", "2", "3"])
    for child in name_children(thing, "ipConfigurations", "azureFirewallIpConfigurations"):
        child["properties"]["privateIPAddress"] = "10.50.250.4"


def private_endpoint(thing):
    """It comes with an interface of its own, which holds its address."""
    group, name = thing["id"].split("/providers/")[0], thing["name"]
    nic = f"{group}/providers/Microsoft.Network/networkInterfaces/{name}-nic"
    address = f"10.50.{number(thing['id'], 200)}.{10 + number(name, 200)}"
    held = {"privateIPAddress": address, "privateIPAllocationMethod": "Dynamic", "subnet": thing["properties"].get("subnet"), "primary": True}
    keep(nic, {"location": thing.get("location"), "properties": {"ipConfigurations": [{"name": "privateEndpoint", "properties": held}]}})
    thing["properties"]["networkInterfaces"] = [{"id": nic}]
    thing["properties"].setdefault("customDnsConfigs", [{"fqdn": f"{name}.example.com", "ipAddresses": [address]}])
    for key, status in (("privateLinkServiceConnections", "Approved"), ("manualPrivateLinkServiceConnections", "Pending")):
        for child in name_children(thing, key, key):
            state = {"status": status, "description": "", "actionsRequired": "None"}
            child["properties"].setdefault("privateLinkServiceConnectionState", state)


def deployment(thing):
    """What a template makes, and of which types, so that it can be removed again."""
    kinds, made = {}, []
    group = thing["id"].split("/providers/")[0]
    for resource in (thing["properties"].get("template") or {}).get("resources") or []:
        namespace, _, kind = resource["type"].partition("/")
        kinds.setdefault(namespace, set()).add(kind)
        path = "/".join(part for pair in zip(kind.split("/"), resource["name"].split("/")) for part in pair)
        made.append(f"{group}/providers/{namespace}/{path}")
        keep(made[-1], {"location": resource.get("location"), "properties": resource.get("properties") or {}})
    thing["properties"].update(
        outputResources=[{"id": path} for path in made],
        providers=[
            {"namespace": name, "resourceTypes": [{"resourceType": kind} for kind in sorted(found)]} for name, found in kinds.items()
        ],
    )
    for key, value in {"parameters": {}, "outputs": {}, "mode": "Incremental"}.items():
        thing["properties"].setdefault(key, value)


def dns_zone(thing):
    soa = {"email": "host.example.com", "host": "ns.example.com", "expireTime": 2419200, "minimumTtl": 10, "refreshTime": 3600}
    soa.update(retryTime=300, serialNumber=1)
    keep(f"{thing['id']}/SOA/@", {"properties": {"ttl": 3600, "fqdn": f"{thing['name']}.", "soaRecord": soa}})


def storage_account(thing):
    encryption = {"services": {part: {"enabled": True, "keyType": "Account"} for part in ("blob", "file")}, "keySource": "Microsoft.Storage"}
    endpoints = {part: f"https://{thing['name']}.{part}.core.windows.net/" for part in ("blob", "dfs", "file", "queue", "table", "web")}
    added = {"primaryEndpoints": endpoints, "primaryLocation": thing.get("location"), "statusOfPrimary": "available", "accessTier": "Hot"}
    thing["properties"] = {"encryption": encryption, **added, **thing["properties"]}
    thing.setdefault("sku", {})["tier"] = "Standard"


def guids(thing):
    for index, key in enumerate(("principalId", "clientId", "tenantId")):
        value = TENANT if key == "tenantId" else f"00000000-0000-4000-{8000 + index}-{number(thing['id'], 16**12):012x}"
        thing["properties"].setdefault(key, value)


def workspace(thing):
    thing["properties"].setdefault("customerId", "00000000-0000-0000-0000-0000000000cc")
    thing["properties"].setdefault("features", {}).setdefault("enableLogAccessUsingOnlyResourcePermissions", True)
    thing["properties"].setdefault("workspaceCapping", {"dailyQuotaGb": -1})


def collection_endpoint(thing):
    own = f"{thing['name']}-{number(thing['id'], 16**4):04x}.{thing.get('location')}-1"
    for part, domain in (("configurationAccess", "handler.control"), ("logsIngestion", "ingest"), ("metricsIngestion", "metrics.ingest")):
        thing["properties"][part] = {"endpoint": f"https://{own}.{domain}.monitor.azure.com"}
    thing["properties"]["immutableId"] = f"dce-{number(thing['id'], 16**12):012x}"


def collection_rule(thing):
    """https://learn.microsoft.com/en-us/azure/azure-monitor/essentials/data-collection-rule-structure"""
    properties = thing["properties"]
    known = {one["name"] for kind in properties.get("destinations", {}).values() for one in (kind if isinstance(kind, list) else [kind])}
    declared = set(properties.get("streamDeclarations") or {})
    for flow in properties.get("dataFlows", []):
        if not set(flow["destinations"]) <= known:
            refuse("InvalidPayload", f"Data flow names a destination that there is not: {flow['destinations']}")
        for stream in flow["streams"]:
            if stream.startswith("Custom-") and stream not in declared:
                refuse("InvalidPayload", f"Stream {stream} is declared nowhere")
    properties["immutableId"] = f"dcr-{number(thing['id'], 16**12):012x}"


def metrics_account(thing):
    own = f"{thing['name']}-{number(thing['id'], 16**4):04x}.{thing.get('location')}"
    thing["properties"]["metrics"] = {"prometheusQueryEndpoint": f"https://{own}.prometheus.monitor.azure.com"}
    managed = thing["id"].split("/resourceGroups/")[0] + f"/resourceGroups/MA_{thing['name']}/providers/Microsoft.Insights"
    thing["properties"]["defaultIngestionSettings"] = {
        "dataCollectionEndpointResourceId": f"{managed}/dataCollectionEndpoints/{thing['name']}",
        "dataCollectionRuleResourceId": f"{managed}/dataCollectionRules/{thing['name']}",
    }


def public_address(thing):
    added = {"ipAddress": f"203.0.113.{number(thing['id'], 250)}", "publicIPAddressVersion": "IPv4", "idleTimeoutInMinutes": 4}
    thing["properties"] = {**added, **thing["properties"]}


ADDITIONS = {
    "microsoft.network/networkinterfaces": network_interface,
    "microsoft.network/azurefirewalls": firewall,
    "microsoft.network/privateendpoints": private_endpoint,
    "microsoft.network/networksecuritygroups": lambda thing: list(name_children(thing, "securityRules", "securityRules")),
    "microsoft.network/routetables": lambda thing: list(name_children(thing, "routes", "routes")),
    "microsoft.network/publicipaddresses": public_address,
    "microsoft.network/privatednszones": dns_zone,
    "microsoft.managedidentity/userassignedidentities": guids,
    "microsoft.insights/datacollectionendpoints": collection_endpoint,
    "microsoft.insights/datacollectionrules": collection_rule,
    "microsoft.monitor/accounts": metrics_account,
    "microsoft.operationalinsights/workspaces": workspace,
    "microsoft.resources/deployments": deployment,
    "microsoft.storage/storageaccounts": storage_account,
}


# --- what Azure refuses ----------------------------------------------------------------------------------------------------------


def security_rules(thing):
    """https://learn.microsoft.com/en-us/azure/virtual-network/network-security-groups-overview"""
    taken = set()
    for rule in thing["properties"].get("securityRules") or []:
        place = (rule["properties"]["direction"], rule["properties"]["priority"])
        for mark in (place, rule["name"].lower()):
            if mark in taken:
                refuse("SecurityRuleConflict", f"Security rule {rule['name']} conflicts with another rule: {mark} is taken")
            taken.add(mark)


def subnet(thing):
    """A subnet lies in its network, beside the others; a firewall's takes no security group and no route table."""
    network = store.get(thing["id"].split("/subnets/")[0].lower())
    prefixes = [ip_network(prefix) for prefix in thing["properties"].get("addressPrefixes") or [thing["properties"]["addressPrefix"]]]
    whole = [ip_network(prefix) for prefix in network["properties"]["addressSpace"]["addressPrefixes"]]
    if not all(any(prefix.subnet_of(part) for part in whole) for prefix in prefixes):
        refuse("NetcfgInvalidSubnet", f"Subnet {thing['name']} is not in the address space of its network")
    for other in children_of(network["id"].lower() + "/subnets"):
        theirs = other["properties"].get("addressPrefixes") or [other["properties"]["addressPrefix"]]
        if other["name"] != thing["name"] and any(prefix.overlaps(ip_network(their)) for prefix in prefixes for their in theirs):
            refuse("NetcfgSubnetRangesOverlap", f"Subnet {thing['name']} overlaps subnet {other['name']}")
    if thing["name"] == "AzureFirewallSubnet" and thing["properties"].get("networkSecurityGroup"):
        refuse("SubnetNotSupported", "AzureFirewallSubnet cannot have a network security group")


def routes(thing):
    """https://learn.microsoft.com/en-us/azure/virtual-network/virtual-networks-udr-overview"""
    prefixes = [route["properties"]["addressPrefix"] for route in thing["properties"].get("routes") or []]
    for prefix in prefixes:
        if prefixes.count(prefix) > 1:
            refuse("RouteConflict", f"Two routes have the address prefix {prefix}")


def peering(thing):
    """https://learn.microsoft.com/en-us/azure/virtual-network/virtual-network-peering-overview"""
    ends = [thing["id"].split("/virtualNetworkPeerings/")[0].lower(), thing["properties"]["remoteVirtualNetwork"]["id"].lower()]
    for end in ends:
        if end not in store:
            refuse("ReferencedResourceNotFound", f"Network {end} was not found")
    own, other = ([ip_network(prefix) for prefix in store[end]["properties"]["addressSpace"]["addressPrefixes"]] for end in ends)
    if any(one.overlaps(two) for one in own for two in other):
        refuse("VnetAddressSpacesOverlap", f"The address spaces of {ends[0]} and {ends[1]} overlap")


def dns_link(thing):
    """A network is linked to one zone of a name, and names in it lead to one address."""
    zone = thing["id"].split("/virtualNetworkLinks/")[0].rsplit("/", 1)[1].lower()
    network = thing["properties"]["virtualNetwork"]["id"].lower()
    for path, other in store.items():
        same = "/virtualnetworklinks/" in path and path.split("/virtualnetworklinks/")[0].rsplit("/", 1)[1] == zone
        if same and path != thing["id"].lower() and other["properties"]["virtualNetwork"]["id"].lower() == network:
            refuse("VirtualNetworkLinkConflict", f"The network is linked to a zone {zone} already")


REFUSALS = {
    "microsoft.network/networksecuritygroups": security_rules,
    "microsoft.network/routetables": routes,
    "microsoft.network/virtualnetworks/subnets": subnet,
    "microsoft.network/virtualnetworks/virtualnetworkpeerings": peering,
    "microsoft.network/privatednszones/virtualnetworklinks": dns_link,
}


# --- the store -------------------------------------------------------------------------------------------------------------------


def type_of(path):
    """`Microsoft.Network/virtualNetworks/subnets` of an id; what lies on another resource has the last provider's."""
    parts = path.strip("/").split("/")
    providers = [index for index, part in enumerate(parts) if part.lower() == "providers"]
    if not providers:
        return f"Microsoft.Resources/{parts[-2]}"
    return "/".join([parts[providers[-1] + 1], *parts[providers[-1] + 2 :: 2]])


def keep(path, body):
    thing = {**json.loads(json.dumps(body)), "id": path, "name": path.rsplit("/", 1)[1], "type": type_of(path)}
    thing["properties"] = {**(body.get("properties") or {}), "provisioningState": "Succeeded"}
    kind = thing["type"].lower()
    inside = thing["properties"].pop("subnets", None) if kind == "microsoft.network/virtualnetworks" else None
    REFUSALS.get(kind, lambda _: None)(thing)
    ADDITIONS.get(kind, lambda _: None)(thing)
    thing["etag"] = f'W/"{number(json.dumps(thing, sort_keys=True), 10**9)}"'
    store[path.lower()] = thing
    if inside is not None:
        subnets_inside(thing, inside)


def children_of(key):
    return [thing for path, thing in store.items() if path.startswith(key + "/") and "/" not in path[len(key) + 1 :]]


def view(key):
    """An object with the ids of what is kept beside it and seen in it."""
    thing = json.loads(json.dumps(store[key]))
    if thing["type"].lower() == "microsoft.network/virtualnetworks":
        thing["properties"]["subnets"] = children_of(key + "/subnets")
        thing["properties"]["virtualNetworkPeerings"] = children_of(key + "/virtualnetworkpeerings")
    if thing["type"].lower() == "microsoft.network/firewallpolicies":
        thing["properties"]["ruleCollectionGroups"] = [{"id": group["id"]} for group in children_of(key + "/rulecollectiongroups")]
    return thing
