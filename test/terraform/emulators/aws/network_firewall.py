"""AWS Network Firewall: rule groups, policies, TLS inspection configurations, and firewalls whose endpoints routes can name.

moto creates a firewall and nothing else. Contents are stored as they come; what AWS refuses and a rendering could get wrong is refused
here too: capacity that does not suffice, default actions that do not go together, a rule order that differs from the policy's, references to nothing, deletion of what is in use.
"""

import json

from moto.ec2.models import ec2_backends
from moto.networkfirewall import models
from moto.networkfirewall.responses import NetworkFirewallResponse

from extension import Refused, action, in_use, not_found, stable_id, without_none

UPDATE_TOKEN = "1a2b3c4d-5e6f-7a8b-9c0d-1e2f3a4b5c6d"
OWN_KEY = {"Type": "AWS_OWNED_KMS_KEY", "KeyId": "AWS_OWNED_KMS_KEY"}

# ARN -> {"kind", "name", "request", "tags"}
DOCUMENTS = {}


def find(kind, request):
    """The stored document that a request names by ARN or by name."""
    for arn, document in DOCUMENTS.items():
        if document["kind"] == kind and (arn == request.get(f"{kind}Arn") or document["name"] == request.get(f"{kind}Name")):
            return arn, document
    raise not_found(f"{kind} {request.get(f'{kind}Name') or request.get(f'{kind}Arn')}")


def users_of(response, arn):
    """How many stored documents and firewalls name this ARN."""
    documents = sum(arn in json.dumps(other["request"]) for key, other in DOCUMENTS.items() if key != arn)
    return documents + sum(firewall.firewall_policy_arn == arn for firewall in response.networkfirewall_backend.firewalls.values())


def summary(response, arn):
    document = DOCUMENTS[arn]
    kind, request = document["kind"], document["request"]
    answer = {
        f"{kind}Arn": arn,
        f"{kind}Name": document["name"],
        f"{kind}Id": stable_id(arn),
        f"{kind}Status": "ACTIVE",
        "Description": request.get("Description"),
        "Tags": document["tags"],
        "EncryptionConfiguration": request.get("EncryptionConfiguration") or OWN_KEY,
        "NumberOfAssociations": users_of(response, arn),
    }
    if kind == "RuleGroup":
        answer |= {"Type": request["Type"], "Capacity": request["Capacity"], "ConsumedCapacity": consumed(content(document))}
    if kind == "TLSInspectionConfiguration":
        answer |= certificates(content(document))
    return without_none(answer)


def certificates(inspection):
    """AWS names at least one certificate as soon as a configuration is ready; clients wait for it."""

    def usable(arn):
        return {"CertificateArn": arn, "CertificateSerial": stable_id(arn), "Status": "ISSUED"}

    (server,) = inspection["ServerCertificateConfigurations"]
    authority = server.get("CertificateAuthorityArn")
    return {
        "CertificateAuthority": usable(authority) if authority else None,
        "Certificates": [usable(certificate["ResourceArn"]) for certificate in server.get("ServerCertificates") or []] or None,
    }


def content(document):
    kind, request = document["kind"], document["request"]
    if kind == "RuleGroup" and request.get("RuleGroup") is None:
        return {"RulesSource": {"RulesString": request["Rules"]}}
    return request[kind]


def consumed(rule_group):
    """Capacity in use: one for each stateful rule, and for a domain list one for each domain and protocol."""
    source = rule_group["RulesSource"]
    if "RulesString" in source:
        return sum(bool(line.strip()) and not line.strip().startswith("#") for line in source["RulesString"].splitlines())
    if "RulesSourceList" in source:
        return len(source["RulesSourceList"]["Targets"]) * len(source["RulesSourceList"]["TargetTypes"])
    return len(source.get("StatefulRules") or (source.get("StatelessRulesAndCustomActions") or {}).get("StatelessRules") or [])


def rule_order(options):
    return (options or {}).get("RuleOrder", "DEFAULT_ACTION_ORDER")


def check_rule_group(document):
    need = consumed(content(document))
    if need > document["request"]["Capacity"]:
        raise Refused("InsufficientCapacityException", f"{document['name']} needs a capacity of {need}, it has {document['request']['Capacity']}")


# What stateful default actions wait for, behind "aws:drop_" and "aws:alert_".
WAITING = ("strict", "established", "established_app_layer", "established_app_layer_to_server")


def check_default_actions(actions):
    unknown = [action for action in actions if action not in {f"aws:{verb}_{until}" for verb in ("drop", "alert") for until in WAITING}]
    if unknown:
        raise Refused("InvalidRequestException", f"{unknown[0]} is no stateful default action")
    if len({action.split("_", 1)[1] for action in actions} - {"strict"}) > 1:
        raise Refused("InvalidRequestException", "StatefulDefaultActions cannot exist together, context: StatefulDefaultActions")


def check_policy(document):
    policy = content(document)
    check_default_actions(policy.get("StatefulDefaultActions") or [])
    order = rule_order(policy.get("StatefulEngineOptions"))
    for reference in policy.get("StatefulRuleGroupReferences") or []:
        group = DOCUMENTS.get(reference["ResourceArn"])
        if group is None:
            raise not_found(reference["ResourceArn"])
        if rule_order(content(group).get("StatefulRuleOptions")) != order:
            raise Refused("InvalidRequestException", f"{group['name']} has another rule order than the policy, {order}")
    inspection = policy.get("TLSInspectionConfigurationArn")
    if inspection and inspection not in DOCUMENTS:
        raise not_found(inspection)


def check(document):
    {"RuleGroup": check_rule_group, "FirewallPolicy": check_policy}.get(document["kind"], lambda _: None)(document)


def define(kind, snake, path):
    """create, describe, update and delete of one kind; `path` gives the middle of its ARN from the request."""

    @action(NetworkFirewallResponse, f"create_{snake}")
    def create(response, request):
        name = request[f"{kind}Name"]
        arn = f"arn:aws:network-firewall:{response.region}:{response.current_account}:{path(request)}/{name}"
        if arn in DOCUMENTS:
            raise Refused("InvalidRequestException", f"{name} exists")
        document = {"kind": kind, "name": name, "request": request, "tags": request.get("Tags") or []}
        check(document)
        DOCUMENTS[arn] = document
        return {"UpdateToken": UPDATE_TOKEN, f"{kind}Response": summary(response, arn)}

    @action(NetworkFirewallResponse, f"describe_{snake}")
    def describe(response, request):
        arn, document = find(kind, request)
        return {"UpdateToken": UPDATE_TOKEN, kind: content(document), f"{kind}Response": summary(response, arn)}

    @action(NetworkFirewallResponse, f"update_{snake}")
    def update(response, request):
        arn, document = find(kind, request)
        changed = {key: value for key, value in request.items() if key in (kind, "Rules", "Description", "EncryptionConfiguration")}
        candidate = {**document, "request": {**document["request"], **changed}}
        check(candidate)
        DOCUMENTS[arn] = candidate
        return {"UpdateToken": UPDATE_TOKEN, f"{kind}Response": summary(response, arn)}

    @action(NetworkFirewallResponse, f"delete_{snake}")
    def delete(response, request):
        arn, document = find(kind, request)
        if users_of(response, arn):
            raise in_use(document["name"])
        answer = {**summary(response, arn), f"{kind}Status": "DELETING"}
        del DOCUMENTS[arn]
        return {f"{kind}Response": answer}


define("RuleGroup", "rule_group", lambda request: f"{request['Type'].lower()}-rulegroup")
define("FirewallPolicy", "firewall_policy", lambda _: "firewall-policy")
define("TLSInspectionConfiguration", "tls_inspection_configuration", lambda _: "tls-configuration")


class Firewall(models.NetworkFirewallModel):
    """moto's firewall with one real VPC endpoint for each subnet, listed by availability zone as AWS lists them."""

    # moto finds the service of a class by the name of its module
    __module__ = models.__name__

    def __init__(self, account_id, region_name, **settings):
        if settings["firewall_policy_arn"] not in DOCUMENTS:
            raise not_found(settings["firewall_policy_arn"])
        for protection in ("delete_protection", "subnet_change_protection", "firewall_policy_change_protection"):
            settings[protection] = bool(settings[protection])
        settings["encryption_configuration"] = settings["encryption_configuration"] or OWN_KEY
        super().__init__(account_id, region_name, **settings)
        self.ec2 = ec2_backends[account_id][region_name]
        self.endpoint_ids = []
        self.firewall_status["SyncStates"] = dict(self._endpoint(mapping["SubnetId"]) for mapping in self.subnet_mappings or [])

    def _endpoint(self, subnet_id):
        endpoint = self.ec2.create_vpc_endpoint(self.vpc_id, "com.amazonaws.vpce.firewall", "GatewayLoadBalancer", None, [], subnet_ids=[subnet_id])
        self.endpoint_ids.append(endpoint.id)
        attachment = {"SubnetId": subnet_id, "EndpointId": endpoint.id, "Status": "READY"}
        return self.ec2.get_subnet(subnet_id).availability_zone, {"Attachment": attachment, "Config": {}}

    def to_dict(self):
        return without_none({**super().to_dict(), "FirewallId": stable_id(self.arn)})


def find_firewall(backend, firewall_arn=None, firewall_name=None):
    for arn, firewall in backend.firewalls.items():
        if arn == firewall_arn or firewall.firewall_name == firewall_name:
            return firewall
    raise not_found(f"firewall {firewall_name or firewall_arn}")


def requested_firewall(response, request):
    return find_firewall(response.networkfirewall_backend, request.get("FirewallArn"), request.get("FirewallName"))


@action(NetworkFirewallResponse)
def delete_firewall(response, request):
    firewall = requested_firewall(response, request)
    if firewall.delete_protection:
        raise Refused("InvalidOperationException", f"{firewall.firewall_name} has delete protection")
    del response.networkfirewall_backend.firewalls[firewall.arn]
    firewall.ec2.delete_vpc_endpoints(firewall.endpoint_ids)
    return {"Firewall": firewall.to_dict(), "FirewallStatus": {**firewall.firewall_status, "Status": "DELETING"}}


def define_setting(name, key, attribute, protection=None):
    """An action that sets one property of a firewall, unless that is protected."""

    @action(NetworkFirewallResponse, name)
    def change(response, request):
        firewall = requested_firewall(response, request)
        if protection and getattr(firewall, protection):
            raise Refused("InvalidOperationException", f"{firewall.firewall_name} has {protection.replace('_', ' ')}")
        setattr(firewall, attribute, request.get(key))
        return without_none({"FirewallArn": firewall.arn, "FirewallName": firewall.firewall_name, "UpdateToken": UPDATE_TOKEN, key: request.get(key)})


define_setting("update_firewall_delete_protection", "DeleteProtection", "delete_protection")
define_setting("update_subnet_change_protection", "SubnetChangeProtection", "subnet_change_protection")
define_setting("update_firewall_policy_change_protection", "FirewallPolicyChangeProtection", "firewall_policy_change_protection")
define_setting("associate_firewall_policy", "FirewallPolicyArn", "firewall_policy_arn", "firewall_policy_change_protection")
define_setting("update_firewall_description", "Description", "description")


def tags_of(response, arn):
    if arn in DOCUMENTS:
        return DOCUMENTS[arn]["tags"]
    firewall = find_firewall(response.networkfirewall_backend, firewall_arn=arn)
    firewall.tags = firewall.tags or []
    return firewall.tags


@action(NetworkFirewallResponse)
def tag_resource(response, request):
    tags, new = tags_of(response, request["ResourceArn"]), request["Tags"]
    keys = {tag["Key"] for tag in new}
    tags[:] = [tag for tag in tags if tag["Key"] not in keys] + new
    return {}


@action(NetworkFirewallResponse)
def untag_resource(response, request):
    tags = tags_of(response, request["ResourceArn"])
    tags[:] = [tag for tag in tags if tag["Key"] not in request["TagKeys"]]
    return {}


@action(NetworkFirewallResponse)
def list_tags_for_resource(response, request):
    return {"Tags": tags_of(response, request["ResourceArn"])}


models.NetworkFirewallModel = Firewall
models.NetworkFirewallBackend._get_firewall = find_firewall
