"""Route 53 Resolver: all of DNS Firewall, and the rest of query logging. moto knows endpoints, rules and half of query logging."""

from moto.route53resolver import models
from moto.route53resolver.responses import Route53ResolverResponse

from extension import Refused, action, new_id, not_found

# id -> resource as AWS describes it; keys that begin with "_" stay inside
RESOURCES = {}
# VPC id -> configuration
CONFIGURATIONS = {}


def public(resource):
    return {key: value for key, value in resource.items() if not key.startswith("_")}


def find(identifier):
    if identifier not in RESOURCES:
        raise not_found(identifier)
    return RESOURCES[identifier]


def conflict(message):
    return Refused("ConflictException", message)


def store(response, request, prefix, path, properties):
    identifier = new_id(prefix)
    RESOURCES[identifier] = {
        "Id": identifier,
        "Arn": f"arn:aws:route53resolver:{response.region}:{response.current_account}:{path}/{identifier}",
        "Name": request.get("Name"),
        "CreatorRequestId": request.get("CreatorRequestId"),
        "Status": "COMPLETE",
        **properties,
    }
    if request.get("Tags"):
        response.route53resolver_backend.tagger.tag_resource(RESOURCES[identifier]["Arn"], request["Tags"])
    return RESOURCES[identifier]


def rule_groups():
    return [resource for resource in RESOURCES.values() if "_rules" in resource]


def associations():
    return [resource for resource in RESOURCES.values() if "FirewallRuleGroupId" in resource]


# Domain lists


@action(Route53ResolverResponse)
def create_firewall_domain_list(response, request):
    return {"FirewallDomainList": public(store(response, request, "rslvr-fdl", "firewall-domain-list", {"_domains": [], "DomainCount": 0}))}


@action(Route53ResolverResponse)
def get_firewall_domain_list(_, request):
    return {"FirewallDomainList": public(find(request["FirewallDomainListId"]))}


@action(Route53ResolverResponse)
def delete_firewall_domain_list(_, request):
    identifier = request["FirewallDomainListId"]
    if any(identifier in group["_rules"] for group in rule_groups()):
        raise conflict(f"{identifier} is used by a rule")
    return {"FirewallDomainList": public(RESOURCES.pop(find(identifier)["Id"]))}


@action(Route53ResolverResponse)
def update_firewall_domains(_, request):
    """AWS stores names with their final dot, however they were written."""
    domain_list = find(request["FirewallDomainListId"])
    names = [name if name.endswith(".") else f"{name}." for name in request["Domains"]]
    before = domain_list["_domains"]
    domain_list["_domains"] = {
        "REPLACE": names,
        "ADD": before + [name for name in names if name not in before],
        "REMOVE": [name for name in before if name not in names],
    }[request["Operation"]]
    domain_list["DomainCount"] = len(domain_list["_domains"])
    return {key: domain_list[key] for key in ("Id", "Name", "Status")}


@action(Route53ResolverResponse)
def list_firewall_domains(_, request):
    return {"Domains": find(request["FirewallDomainListId"])["_domains"]}


# Rule groups and rules


@action(Route53ResolverResponse)
def create_firewall_rule_group(response, request):
    properties = {"_rules": {}, "RuleCount": 0, "OwnerId": response.current_account, "ShareStatus": "NOT_SHARED"}
    return {"FirewallRuleGroup": public(store(response, request, "rslvr-frg", "firewall-rule-group", properties))}


@action(Route53ResolverResponse)
def get_firewall_rule_group(_, request):
    return {"FirewallRuleGroup": public(find(request["FirewallRuleGroupId"]))}


@action(Route53ResolverResponse)
def delete_firewall_rule_group(_, request):
    identifier = request["FirewallRuleGroupId"]
    if any(association["FirewallRuleGroupId"] == identifier for association in associations()):
        raise conflict(f"{identifier} is associated with a VPC")
    return {"FirewallRuleGroup": public(RESOURCES.pop(find(identifier)["Id"]))}


@action(Route53ResolverResponse)
def create_firewall_rule(_, request):
    group = find(request["FirewallRuleGroupId"])
    find(request["FirewallDomainListId"])
    if any(rule["Priority"] == request["Priority"] for rule in group["_rules"].values()):
        raise conflict(f"priority {request['Priority']} is taken")
    rule = {"FirewallDomainRedirectionAction": "INSPECT_REDIRECTION_DOMAIN", **request}
    group["_rules"][request["FirewallDomainListId"]] = rule
    group["RuleCount"] = len(group["_rules"])
    return {"FirewallRule": rule}


@action(Route53ResolverResponse)
def update_firewall_rule(_, request):
    rule = find(request["FirewallRuleGroupId"])["_rules"][request["FirewallDomainListId"]]
    rule.update(request)
    return {"FirewallRule": rule}


@action(Route53ResolverResponse)
def list_firewall_rules(_, request):
    return {"FirewallRules": list(find(request["FirewallRuleGroupId"])["_rules"].values())}


@action(Route53ResolverResponse)
def delete_firewall_rule(_, request):
    group = find(request["FirewallRuleGroupId"])
    rule = group["_rules"].pop(request["FirewallDomainListId"])
    group["RuleCount"] = len(group["_rules"])
    return {"FirewallRule": rule}


# Associations and configuration of a VPC


@action(Route53ResolverResponse)
def associate_firewall_rule_group(response, request):
    if not 100 < request["Priority"] < 9000:
        raise Refused("ValidationException", "the priority of an association lies between 101 and 8999")
    find(request["FirewallRuleGroupId"])
    properties = {key: request[key] for key in ("FirewallRuleGroupId", "VpcId", "Priority")}
    properties["MutationProtection"] = request.get("MutationProtection", "DISABLED")
    stored = store(response, request, "rslvr-frgassoc", "firewall-rule-group-association", properties)
    return {"FirewallRuleGroupAssociation": public(stored)}


@action(Route53ResolverResponse)
def get_firewall_rule_group_association(_, request):
    return {"FirewallRuleGroupAssociation": public(find(request["FirewallRuleGroupAssociationId"]))}


@action(Route53ResolverResponse)
def update_firewall_rule_group_association(_, request):
    association = find(request["FirewallRuleGroupAssociationId"])
    association.update({key: request[key] for key in ("Priority", "MutationProtection", "Name") if key in request})
    return {"FirewallRuleGroupAssociation": public(association)}


@action(Route53ResolverResponse)
def disassociate_firewall_rule_group(_, request):
    association = find(request["FirewallRuleGroupAssociationId"])
    if association["MutationProtection"] == "ENABLED":
        raise conflict(f"{association['Id']} is protected against changes")
    del RESOURCES[association["Id"]]
    return {"FirewallRuleGroupAssociation": {**public(association), "Status": "DELETING"}}


@action(Route53ResolverResponse)
def update_firewall_config(response, request):
    vpc = request["ResourceId"]
    CONFIGURATIONS.setdefault(vpc, {"Id": new_id("rslvr-fc"), "OwnerId": response.current_account, "ResourceId": vpc})
    CONFIGURATIONS[vpc]["FirewallFailOpen"] = request["FirewallFailOpen"]
    return {"FirewallConfig": CONFIGURATIONS[vpc]}


@action(Route53ResolverResponse)
def get_firewall_config(_, request):
    return {"FirewallConfig": CONFIGURATIONS.get(request["ResourceId"])}


@action(Route53ResolverResponse)
def list_firewall_configs(_, __):
    return {"FirewallConfigs": list(CONFIGURATIONS.values())}


# Query logging


@action(Route53ResolverResponse)
def delete_resolver_query_log_config(response, request):
    configurations = response.route53resolver_backend.resolver_query_log_configs
    description = configurations.pop(request["ResolverQueryLogConfigId"]).description()
    return {"ResolverQueryLogConfig": {**description, "Status": "DELETING"}}


@action(Route53ResolverResponse)
def disassociate_resolver_query_log_config(response, request):
    stored = response.route53resolver_backend.resolver_query_log_config_associations
    for identifier, association in list(stored.items()):
        description = association.description()
        if all(description[key] == request[key] for key in ("ResolverQueryLogConfigId", "ResourceId")):
            del stored[identifier]
            return {"ResolverQueryLogConfigAssociation": {**description, "Status": "DELETING"}}
    raise not_found("association of the query log")


# moto knows tags of its own resources only and refuses the ARNs of all above.
models.Route53ResolverBackend._matched_arn = lambda self, resource_arn: None
