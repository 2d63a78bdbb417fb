"""Google's interfaces on 127.0.0.1, as far as an enclave needs them. Usage: google.py PORT

A generic store: POST to a collection keeps what is sent, GET gives it back with what Google adds, DELETE forgets. Operations are done
at once, but for those that change routes. Paths are those of the real interfaces below the name of the service: /compute/v1/projects/…
"""

import hashlib
import re
import sys
import time
from ipaddress import ip_network

from rest import Refused, serve

PORT = int(sys.argv[1])
BASE = f"http://127.0.0.1:{PORT}"
MADE = "2026-01-01T00:00:00Z"
store = {}
operations = {}
made = {}
# By name of a network: when the operation ends that changes its routes, and of which kind it is.
changing = {}
SECONDS = 0.5


def number(text):
    """The same number for the same text, on every run."""
    return str(int(hashlib.sha256(text.encode()).hexdigest()[:15], 16))


def refuse(status, reason, message):
    raise Refused(status, {"error": {"code": status, "message": message, "status": reason, "errors": [{"reason": reason}]}})


def found(path):
    if path not in store:
        refuse(404, "notFound", f"The resource '{path}' was not found")
    return store[path]


def children_of(path):
    return [thing for key, thing in store.items() if key.startswith(path + "/") and "/" not in key[len(path) + 1 :]]


def begin(kind, *networks):
    """The end of an operation. Routes and peerings wait for nobody: https://github.com/hashicorp/terraform-provider-google/issues/3034"""
    names = [str(network).rsplit("/", 1)[-1] for network in networks]
    for name in names:
        end, other = changing.get(name, (0, ""))
        if end > time.monotonic() and "peering" in (kind, other):
            refuse(400, "badRequest", f"There is a {other} operation in progress on the local or peer network. Try again later.")
    ends = time.monotonic() + SECONDS
    changing.update({name: (ends, kind) for name in names})
    return ends


def begin_routes(path, thing):
    """A subnetwork, a route and an address of Google APIs bring a route of the network."""
    is_one = re.search("/(?:subnetworks|routes|global/forwardingRules)/", path) and "network" in thing
    return begin("route", thing["network"]) if is_one else 0


def running(made, ends):
    return {**made, "status": "RUNNING", "progress": 0} if ends > time.monotonic() else made


def done(path, target, thing=None, ends=0):
    """An operation that has ended, or will at a time."""
    name = f"operation-{number(path + str(len(operations)))}"
    if path.startswith("/compute/"):
        scope = re.match(r"/compute/v1/projects/[^/]+/(global|regions/[^/]+)", path).group()
        made = {"name": name, "status": "DONE", "progress": 100, "targetLink": BASE + target, "selfLink": f"{BASE}{scope}/operations/{name}"}
        if "/regions/" in scope:
            made["region"] = BASE + scope
        operations[f"{scope}/operations/{name}"] = (made, ends)
        return running(made, ends)
    service = "/".join(path.split("/")[:3])
    place = re.match(r"(projects/[^/]+/locations/[^/]+|accessPolicies/[^/]+)", path[len(service) + 1 :]).group()
    made = {"name": f"{place}/operations/{name}", "done": True, "metadata": {}, "response": thing or {}}
    operations[f"{service}/{made['name']}"] = (made, 0)
    operations[f"{service}/operations/{name}"] = (made, 0)
    return made


# --- what Google adds, and refuses -----------------------------------------------------------------------------------------------

IMPLIED = [("EGRESS", "::/0"), ("INGRESS", "::/0"), ("EGRESS", "0.0.0.0/0"), ("INGRESS", "0.0.0.0/0")]


def firewall_policy(path, thing):
    """Priorities are unique; four rules that pass everything on come last. The plugin sends those back as a list in the list."""
    thing["rules"] = [rule for rule in thing.get("rules") or [] if isinstance(rule, dict)]
    given = [rule["priority"] for rule in thing["rules"]]
    if len(set(given)) < len(given):
        refuse(400, "invalid", "Rule priorities have to be unique within a firewall policy")
    last = []
    for index, (direction, block) in enumerate(IMPLIED):
        match = {"srcIpRanges" if direction == "INGRESS" else "destIpRanges": [block], "layer4Configs": [{"ipProtocol": "all"}]}
        last.append({"priority": 2147483644 + index, "action": "goto_next", "direction": direction, "match": match, "enableLogging": False})
    own = [rule for rule in thing["rules"] if rule["priority"] < 2147483644]
    thing["rules"] = [{"ruleTupleCount": 2, **rule} for rule in own + last]


def subnetwork(path, thing):
    """Its range overlaps that of no other in its network."""
    for key, other in store.items():
        if "/subnetworks/" in key and key != path and other["network"] == thing["network"]:
            if ip_network(other["ipCidrRange"]).overlaps(ip_network(thing["ipCidrRange"])):
                refuse(400, "invalid", f"IPCidrRange {thing['ipCidrRange']} overlaps that of {other['name']}")
    thing.setdefault("gatewayAddress", str(ip_network(thing["ipCidrRange"])[1]))
    thing.setdefault("stackType", "IPV4_ONLY")


def forwarding_rule(path, thing):
    address = store.get(str(thing.get("IPAddress", "")).replace(BASE, ""), {}).get("address")
    thing["IPAddress"] = address or thing.get("IPAddress") or "10.51.9.9"
    for key, value in {"pscConnectionId": "1", "pscConnectionStatus": "ACCEPTED", "networkTier": "PREMIUM"}.items():
        thing.setdefault(key, value)


def network(path, thing):
    """Comes with a route to the internet."""
    if path not in store:
        place = path.split("/networks/")[0]
        out = {"network": BASE + path, "destRange": "0.0.0.0/0", "nextHopGateway": f"{BASE}{place}/gateways/default-internet-gateway"}
        complete(f"{place}/routes/default-route-{number(path)[:8]}", out)
    thing.setdefault("routingConfig", {"routingMode": "REGIONAL"})
    thing.setdefault("mtu", 1460)


def address(path, thing):
    thing.setdefault("address", f"10.51.{int(number(path)) % 250}.{int(number(path)) % 199 + 4}")
    thing.setdefault("networkTier", "PREMIUM")
    thing["status"] = "RESERVED"


def route(path, thing):
    thing.setdefault("priority", 1000)


ADDITIONS = {
    "firewallPolicies": firewall_policy,
    "subnetworks": subnetwork,
    "forwardingRules": forwarding_rule,
    "networks": network,
    "addresses": address,
    "routes": route,
}
LINKS = ("network", "subnetwork", "target", "nextHopGateway")


def complete(path, thing):
    kind, name = path.rsplit("/", 2)[1:]
    if path.startswith("/compute/"):
        # What is made again under its old name is another thing.
        if path not in store:
            made[path] = made.get(path, 0) + 1
        thing.update(name=name, id=number(f"{path} {made[path]}"), selfLink=BASE + path, fingerprint="Zm9v", labelFingerprint="Zm9v", creationTimestamp=MADE)
        for key in LINKS:
            if str(thing.get(key, "")).startswith("projects/"):
                thing[key] = f"{BASE}/compute/v1/{thing[key]}"
        region = re.match(r".*/regions/[^/]+", path)
        if region:
            thing["region"] = BASE + region.group()
        ADDITIONS.get(kind, lambda *_: None)(path, thing)
    elif path.startswith("/dns/"):
        thing.update(name=name, id=number(path), creationTime=MADE, nameServers=["ns.example.com."])
    else:
        thing.update(name=re.sub(r"^/[^/]+/[^/]+/", "", path), createTime=MADE, updateTime=MADE)
    if kind == "sinks":
        thing.update(name=name, writerIdentity="serviceAccount:service-1@gcp-sa-logging.iam.gserviceaccount.com")
    if kind == "exclusions":
        thing["name"] = name
    if kind == "servicePerimeters":
        thing["etag"] = "Zm9v"
    if kind == "buckets":
        thing.setdefault("lifecycleState", "ACTIVE")
    store[path] = thing
    return thing


# --- requests --------------------------------------------------------------------------------------------------------------------


def normal(path):
    """One spelling: the plugin's own clients and Google's put versions together in different ways."""
    path = re.sub(r"/(v\d+)(/\1)+/", r"/\1/", path)
    return path[path.rindex("/dns/v1/") :] if "/dns/v1/" in path else path


def action(path, verb, query, body):
    """Verbs of compute that change a part of what is kept."""
    thing = found(path)
    ends = 0
    if verb == "setLabels":
        thing["labels"] = body.get("labels", {})
    elif verb == "setTarget" and "/serviceAttachments/" in str(thing.get("target")):
        refuse(400, "invalid", "The target of a forwarding rule of Private Service Connect cannot be changed")
    elif verb == "addAssociation":
        thing["associations"] = [*thing.get("associations", []), body]
    elif verb == "removeAssociation":
        thing["associations"] = [each for each in thing["associations"] if each["name"] != query["name"]]
    elif verb == "addPeering":
        peering = {"exportSubnetRoutesWithPublicIp": False, **body.get("networkPeering", body), "state": "ACTIVE"}
        if peering["network"].startswith("projects/"):
            peering["network"] = f"{BASE}/compute/v1/{peering['network']}"
        ends = begin("peering", path, peering["network"])
        thing["peerings"] = [*thing.get("peerings", []), peering]
    elif verb == "removePeering":
        ends = begin("peering", path, *(each["network"] for each in thing["peerings"] if each["name"] == body["name"]))
        thing["peerings"] = [each for each in thing["peerings"] if each["name"] != body["name"]]
    return done(path, path, None, ends)


def association(path, query):
    for each in found(path).get("associations", []):
        if each["name"] == query["name"]:
            return {**each, "shortName": store[path]["name"], "firewallPolicyId": store[path]["id"]}
    refuse(404, "notFound", f"{path} has no association {query['name']}")


def records(path, query, body):
    """Record sets of a DNS zone: they come and go by changes only."""
    zone = found(path.split("/changes")[0].split("/rrsets")[0])
    sets = zone.setdefault("rrsets", [])
    if body is not None:
        gone = [(each["name"], each["type"]) for each in body.get("deletions") or []]
        zone["rrsets"] = [each for each in sets if (each["name"], each["type"]) not in gone] + (body.get("additions") or [])
    if "/changes" in path:
        return {"id": "1", "status": "done"}
    return {"rrsets": [each for each in sets if all(query.get(key, each[key]) == each[key] for key in ("name", "type"))]}


def add_router(path, gateway):
    """A secure web proxy makes a router in its network, which stays when the proxy goes."""
    network = found(f"/compute/v1/{gateway['network']}")
    place = path.replace("/networkservices/", "/compute/").replace("/locations/", "/regions/").removesuffix("/gateways")
    complete(f"{place}/routers/swg-autogen-router-{network['id']}", {"network": network["selfLink"]})


def insert(path, query, body):
    path = path.removesuffix(":createAsync")
    # `networkId`, but `regional_endpoint_id` too.
    named = next((value for key, value in query.items() if key.lower().endswith("id") and key != "requestId"), None)
    name = str(named or body["name"]).rsplit("/", 1)[-1]
    target = f"{path}/{name}"
    if target in store:
        refuse(409, "alreadyExists", f"The resource '{target}' already exists")
    ends = begin_routes(target, body)
    if path.endswith("/gateways"):
        add_router(path, body)
    thing = complete(target, dict(body))
    return thing if path.startswith("/dns/") or path.endswith(("/sinks", "/exclusions")) else done(path, target, thing, ends)


def update(path, query, body):
    mask = query.get("updateMask")
    if store.get(path, {}).get("lifecycleState") == "DELETE_REQUESTED":
        refuse(400, "failedPrecondition", f"{path} is being deleted")
    if store.get(path, {}).get("locked") and any(store[path].get(key) != body.get(key, store[path].get(key)) for key in ("locked", "retentionDays")):
        refuse(400, "failedPrecondition", f"{path} is locked")
    if path.startswith("/accesscontextmanager/"):
        # Rules are changed one by one inside what else the perimeter says.
        for part in (mask or "").split(","):
            outer, _, inner = part.partition(".")
            if inner and outer in body:
                body = {**body, outer: {**found(path).get(outer, {}), inner: body[outer].get(inner)}}
    thing = complete(path, {**found(path), **body})
    if path.startswith("/dns/"):
        return {"policy": thing} if "/policies/" in path else thing
    return thing if path.startswith("/logging/") and mask else done(path, path, thing)


def texts_in(value):
    """Every text in a thing, however deep."""
    if isinstance(value, str):
        return [value]
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for each in inside for text in texts_in(each)]


def refuse_in_use(path):
    """
    Nothing goes that another thing names, as https://github.com/hashicorp/terraform-provider-google/issues/41 says of networks. A network
    takes the route with it that came with it. That names and policies of DNS hold a network is our caution: no page says it.
    """
    named = re.compile(re.escape(path.split("/", 3)[3]) + r"(?![\w/-])")
    for key, other in store.items():
        if key.startswith(path) or "/default-route-" in key or "/buckets/" in key:
            continue
        if any(named.search(text) for text in texts_in(other)):
            refuse(400, "resourceInUseByAnotherResource", f"The resource '{path}' is already being used by '{key}'")


def remove(path):
    thing = found(path)
    # A bucket of logs is there for seven more days, and takes no change: https://docs.cloud.google.com/logging/docs/buckets
    if "/buckets/" in path and path.startswith("/logging/"):
        # It holds entries as soon as anything runs, and a locked one goes only when it is empty.
        if thing.get("locked"):
            refuse(400, "failedPrecondition", f"{path} is locked and not empty")
        thing["lifecycleState"] = "DELETE_REQUESTED"
        return {}
    refuse_in_use(path)
    ends = begin_routes(path, thing)
    for key in [key for key in store if key == path or key.startswith(path + "/")]:
        del store[key]
    return {} if path.startswith("/dns/") or re.search("/(?:sinks|exclusions)/", path) else done(path, path, None, ends)


def asked_for(thing, condition):
    """`(network="…") AND (destRange="…")`"""
    return all(thing.get(key) == value for key, value in re.findall(r'(\w+)\s*=\s*"([^"]*)"', condition))


def read(path, query):
    if path in operations:
        return running(*operations[path])
    if path in store:
        return store[path]
    if re.fullmatch(r".*/projects/[^/]+", path):
        return {"projectId": path.rsplit("/", 1)[1], "projectNumber": "123456789012", "lifecycleState": "ACTIVE"}
    kind = path.rsplit("/", 1)[1]
    if kind == "routes":
        return {"items": [each for each in children_of(path) if asked_for(each, query.get("filter", ""))]}
    if kind == "gateways":
        return {kind: children_of(path)}
    return found(path)


def answer(method, path, query, body):
    path = normal(path)
    parent, _, last = path.rpartition("/")
    if path.startswith("/dns/") and re.search("/managedZones/[^/]+/(changes|rrsets)", path):
        return 200, records(path, query, body), {}
    if last == "getAssociation":
        return 200, association(parent, query), {}
    if method == "POST" and parent in store and path.startswith("/compute/"):
        return 200, action(parent, last, query, body), {}
    if method == "POST":
        return 200, insert(path, query, body), {}
    if method in ("PUT", "PATCH"):
        return 200, update(path, query, body), {}
    return 200, remove(path) if method == "DELETE" else read(path, query), {}


if __name__ == "__main__":
    serve(PORT, answer)
