"""Azure Resource Manager on 127.0.0.1, as far as an enclave needs it. Usage: azure.py PORT CERTIFICATE KEY FOLDER

Key vaults are somebody else's: those that the Terraform in FOLDER names exist, and are protected against purging.
"""

import base64
import json
import re
import sys
from pathlib import Path
from time import monotonic, sleep

from azure_resources import TENANT, children_of, keep, store, type_of, view
from rest import Refused, request, serve

PORT, CERTIFICATE, KEY, FOLDER = int(sys.argv[1]), *sys.argv[2:]
SUBSCRIPTION = "00000000-0000-0000-0000-000000000001"
BASE = f"https://127.0.0.1:{PORT}"
VAULTS = {name for file in Path(FOLDER).glob("*.tf*") for name in re.findall(r"https://([a-z0-9-]+)\.vault\.azure\.net", file.read_text())}
# A policy of the organisation, where that Terraform leaves the names of private endpoints to one.
POLICY = any(re.search(r'"ignore_changes": \[\s*"private_dns_zone_group"', file.read_text()) for file in Path(FOLDER).glob("*.tf*"))
# Tags that it adds to whatever has some.
POLICY_TAGS = {key for file in Path(FOLDER).glob("*.tf*") for key in re.findall(r'"tags\[\\"([^"\\]+)\\"\]"', file.read_text())}
# Everything is done at once. Where a change does not say how to ask whether it has ended, the plugin waits ten seconds before it asks.
ENDED = f"{BASE}/subscriptions/{SUBSCRIPTION}/providers/Microsoft.Resources/locations/x/operationStatuses/1?api-version=2024-01-01"
# Types that are gone by the time a deletion is answered; the plugin takes no other answer from them, nor this one from the rest.
DELETED_AT_ONCE = {
    "microsoft.authorization/locks",
    "microsoft.insights/datacollectionendpoints",
    "microsoft.insights/datacollectionrules",
    "microsoft.insights/diagnosticsettings",
    "microsoft.managedidentity/userassignedidentities",
    "microsoft.network/privatednszones/a",
    "microsoft.storage/storageaccounts",
}
LOCK = "/providers/microsoft.authorization/locks/"
AT_ONCE = {"X-Go-Azure-Sdk-Skip-Polling-Delay": "true", "Retry-After": "0"}
# When the last change of each scope of Azure Monitor ended.
changed = {}
CHANGED = {**AT_ONCE, "Azure-AsyncOperation": ENDED}


def token():
    """Not signed: the plugin reads who it is from it, and nobody checks."""
    claims = {"oid": "00000000-0000-0000-0000-00000000000a", "tid": TENANT, "appid": "00000000-0000-0000-0000-00000000000b", "sub": "x"}
    head, body = (base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in ({"alg": "none"}, claims))
    return {"access_token": f"{head}.{body}.c2ln", "token_type": "Bearer", "expires_in": "86400", "expires_on": "4102444800", "resource": BASE}


def endpoints():
    """Where the parts of this cloud are: all here."""
    suffixes = {"acrLoginServer": "azurecr.io", "keyVaultDns": "vault.azure.net", "storage": "core.windows.net"}
    suffixes.update(mhsmDns="managedhsm.azure.net", sqlServerHostname="database.windows.net")
    login = {"loginEndpoint": BASE, "audiences": [BASE], "tenant": "common", "identityProvider": "AAD"}
    return {"name": "AzureCloud", "resourceManager": BASE, "authentication": login, "suffixes": suffixes, "microsoftGraphResourceId": f"{BASE}/"}


def vault(name):
    path = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/keys/providers/Microsoft.KeyVault/vaults/{name}"
    properties = {"vaultUri": f"https://{name}.vault.azure.net/", "enableSoftDelete": True, "enablePurgeProtection": True, "tenantId": TENANT}
    properties["sku"] = {"name": "standard", "family": "A"}
    return {"id": path, "name": name, "type": "Microsoft.KeyVault/vaults", "location": "eastus2", "properties": properties}


def provider(namespace):
    """Every type that is kept has one version of its interface."""
    kinds = {thing["type"].partition("/")[2] for thing in store.values() if thing["type"].lower().startswith(namespace.lower() + "/")}
    types = [{"resourceType": kind, "apiVersions": ["2025-05-01"]} for kind in sorted(kinds)]
    return {"namespace": namespace, "registrationState": "Registered", "resourceTypes": types}


def subscription_part(path, query):
    """What is asked of the subscription as a whole; None when the path is a resource's."""
    if path.startswith("/metadata/identity"):
        return token()
    if path == "/metadata/endpoints":
        return endpoints() if re.search("20(19|20|22)", query.get("api-version", "")) else [endpoints()]
    found = re.fullmatch(r"/subscriptions/[^/]+(/.*)?", path)
    rest = (found and found.group(1)) or ""
    if found and rest == "":
        return {"id": path, "subscriptionId": path.rsplit("/", 1)[1], "state": "Enabled", "tenantId": TENANT}
    if re.search(r"/operationStatuses/", rest):
        return {"status": "Succeeded"}
    if re.search(r"/(deletedWorkspaces|deletedVaults)$|^/(resources|providers)$", rest, re.IGNORECASE):
        return {"value": [vault(name) for name in sorted(VAULTS)] if "KeyVault" in query.get("$filter", "") else []}
    if re.fullmatch(r"/providers/[^/]+(/register)?", rest):
        return provider(rest.split("/")[2])
    named = re.search(r"/providers/Microsoft\.KeyVault/vaults/([^/]+)$", rest, re.IGNORECASE)
    return vault(named.group(1)) if named else None


def absent(path):
    """What is not kept: what every subscription has, a collection, or nothing."""
    key = path.lower()
    name = path.rsplit("/", 1)[1]
    if re.search(r"/networkwatchers/networkwatcher_[a-z0-9]+$", key):
        return {"id": path, "name": name, "location": key.rsplit("_", 1)[1], "properties": {"provisioningState": "Succeeded"}}
    if re.search(r"/(blob|file|queue|table)services/default$", key):
        policies = ("deleteRetentionPolicy", "containerDeleteRetentionPolicy", "shareDeleteRetentionPolicy")
        return {"id": path, "name": name, "properties": {"cors": {"corsRules": []}, **{policy: {"enabled": False} for policy in policies}}}
    if re.search(r"/resourcegroups/[^/]+/resources$", key):
        group = key.removesuffix("/resources") + "/providers/"
        return {"value": [thing for path, thing in store.items() if path.startswith(group) and path.count("/") == group.count("/") + 2]}
    if len(key.strip("/").split("/")) % 2:
        return {"value": [view(child["id"].lower()) for child in children_of(key)]}
    raise Refused(404, {"error": {"code": "ResourceNotFound", "message": f"{path} was not found"}})


def write_names(path):
    """What a policy adds to a private endpoint afterwards: a group with a zone of the hub's."""
    zone = f"/subscriptions/{SUBSCRIPTION}/resourceGroups/hub/providers/Microsoft.Network/privateDnsZones/privatelink.example.com"
    configs = [{"name": "hub", "properties": {"privateDnsZoneId": zone, "recordSets": []}}]
    keep(f"{path}/privateDnsZoneGroups/deployedByPolicy", {"properties": {"privateDnsZoneConfigs": configs}})


def join(path):
    """A scope of Azure Monitor takes one change at a time: https://github.com/hashicorp/terraform-provider-azurerm/issues/22236"""
    scope = re.search(r"^(.*/privatelinkscopes/[^/]+)/scopedresources/", path.lower())
    if scope is None:
        return
    if request.arrived < changed.get(scope[1], 0):
        raise Refused(409, {"error": {"code": "Conflict", "message": "Cannot modify resource while in provisioning state: 'Provisioning'"}})
    sleep(0.3)
    changed[scope[1]] = monotonic()


def put(path, body, merge):
    join(path)
    old = store.get(path.lower())
    if merge and old:
        body = {**old, **body, "properties": {**old["properties"], **(body.get("properties") or {})}}
    if body.get("tags"):
        body = {**body, "tags": {**body["tags"], **dict.fromkeys(POLICY_TAGS, "of the organisation")}}
    keep(path, body)
    if POLICY and type_of(path).lower() == "microsoft.network/privateendpoints" and body["properties"].get("privateLinkServiceConnections"):
        write_names(path)
    return 200, view(path.lower()), CHANGED


def delete(path):
    """With everything below it, and the interfaces that came with it. A lock holds what it is on, all that lies on that, and what that lies in."""
    join(path)
    key = path.lower()
    for lock in [each for each in store if LOCK in each and each != key]:
        held = lock.split(LOCK)[0]
        if held == key or held.startswith(f"{key}/") or key.startswith(f"{held}/") and LOCK not in key:
            raise Refused(409, {"error": {"code": "ScopeLocked", "message": f"{path} cannot be deleted: {held} is locked"}})
    gone = [each for each in store if each == key or each.startswith(f"{key}/")]
    if type_of(path).lower() == "microsoft.network/privateendpoints" and gone:
        gone += [nic["id"].lower() for nic in store[key]["properties"]["networkInterfaces"]]
    for each in gone:
        del store[each]
    if not gone:
        return 204, None, AT_ONCE
    return (200 if type_of(path).lower() in DELETED_AT_ONCE else 202), None, CHANGED


def post(path):
    key = path.lower()
    if key.endswith(("/listkeys", "/sharedkeys")):
        shared = {"primarySharedKey": "a2V5", "secondarySharedKey": "a2V5"}
        return {"keys": [{"keyName": name, "value": "a2V5", "permissions": "Full"} for name in ("key1", "key2")], **shared}
    if key.endswith("/exporttemplate"):
        return {"template": store[key.rsplit("/", 1)[0]]["properties"].get("template", {})}
    return {"nameAvailable": True} if key.endswith("checknameavailability") else {}


def answer(method, path, query, body):
    whole = subscription_part(path, query)
    if whole is not None:
        return 200, whole, AT_ONCE
    if method in ("PUT", "PATCH"):
        return put(path, body or {}, method == "PATCH")
    if method == "DELETE":
        return delete(path)
    if method == "POST":
        return 200, post(path), AT_ONCE
    if method == "HEAD":
        return (204 if path.lower() in store else 404), None, AT_ONCE
    return 200, view(path.lower()) if path.lower() in store else absent(path), AT_ONCE


if __name__ == "__main__":
    serve(PORT, answer, (CERTIFICATE, KEY))
