"""Rules of security groups: descriptions and changes of the peer that moto forgets, and the refusals of AWS that moto does not make."""

import re

from moto.ec2.exceptions import (
    EC2ClientError,
    InvalidPermissionDuplicateError,
    InvalidPermissionNotFoundError,
    InvalidSecurityGroupRuleIdNotFoundError,
)
from moto.ec2.models import security_groups

# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpRange.html
DESCRIPTION = re.compile(r"[a-zA-Z0-9. _\-:/()#,@\[\]+=&;{}!$*]{0,255}")


class Rule(security_groups.SecurityGroupRule):
    """moto keeps the description of a CIDR only; AWS keeps that of a group or a prefix list too."""

    # moto finds the service of a class by the name of its module
    __module__ = security_groups.__name__

    def __init__(self, ec2_backend, ip_protocol, group_id, from_port, to_port, ip_range, source_group=None, prefix_list_id=None, **rest):
        peers = (ip_range, source_group, prefix_list_id)
        self.peer_description = checked(next((peer["Description"] for peer in peers if peer and peer.get("Description")), None))
        super().__init__(ec2_backend, ip_protocol, group_id, from_port, to_port, ip_range, source_group, prefix_list_id, **rest)

    @property
    def description(self):
        return self.ip_range.get("Description") or self.peer_description


def checked(description):
    if description and not DESCRIPTION.fullmatch(description):
        raise EC2ClientError("InvalidParameterValue", f"Invalid rule description: {description}")
    return description


def meaning(rule):
    """What makes two rules of one direction the same to AWS; their descriptions do not."""
    ports = None if rule.ip_protocol == "-1" else (int(rule.from_port), int(rule.to_port))
    return rule.ip_protocol, ports, rule.cidr_ipv4, rule.cidr_ipv6, rule.source_group.get("GroupId"), rule.prefix_list_id


def rules_beside(group, rule):
    rules = group.egress_rules if rule.is_egress else group.ingress_rules
    return [other for other in rules if other.id != rule.id]


def refuse_duplicate(group, rule):
    if any(meaning(other) == meaning(rule) for other in rules_beside(group, rule)):
        raise InvalidPermissionDuplicateError()


def refuse_added_duplicates():
    for name in ("add_ingress_rule", "add_egress_rule"):
        setattr(security_groups.SecurityGroup, name, refusing(getattr(security_groups.SecurityGroup, name)))


def refusing(add):
    def add_once(self, rule):
        refuse_duplicate(self, rule)
        return add(self, rule)

    return add_once


def change_peer(rule, request):
    """Group for group or list for list; AWS does not turn one kind of peer into another."""
    group, prefix_list = request.get("ReferencedGroupId"), request.get("PrefixListId")
    if (group and not rule.source_group) or (prefix_list and not rule.prefix_list_id):
        raise EC2ClientError("InvalidParameterValue", f"the kind of peer of {rule.id} cannot change")
    if group:
        rule.source_group = {**rule.source_group, "GroupId": group}
    if prefix_list:
        rule.prefix_list_id = prefix_list
    if rule.ip_protocol == "-1":
        rule.from_port = rule.to_port = None
    if not request.get("CidrIpv4") and not request.get("CidrIpv6"):
        rule.peer_description = checked(request.get("Description"))
        rule.ip_range = {}


def with_ports(request):
    """A rule for all protocols has no ports to name; moto wants some, and forgets them in `change_peer`."""
    return {"FromPort": -1, "ToPort": -1, **request} if request.get("IpProtocol") == "-1" else request


def name_missing_rules():
    """A rule that is gone is missed by its own id, so that a deletion sent twice finds its work done."""
    for name in ("revoke_security_group_ingress", "revoke_security_group_egress"):
        setattr(security_groups.SecurityGroupBackend, name, missing(getattr(security_groups.SecurityGroupBackend, name)))


def missing(revoke):
    def revoke_known(self, *names, security_rule_ids=None, **rest):
        try:
            return revoke(self, *names, security_rule_ids=security_rule_ids, **rest)
        except InvalidPermissionNotFoundError:
            if security_rule_ids:
                raise InvalidSecurityGroupRuleIdNotFoundError(security_rule_ids[0]) from None
            raise

    return revoke_known


def follow_modifications():
    modify = security_groups.SecurityGroupBackend.modify_security_group_rules

    def modify_with_peer(self, group_id, rules):
        group = self.get_security_group_by_name_or_id(group_id)
        modify(self, group_id, {identifier: with_ports(request) for identifier, request in rules.items()})
        for identifier, request in rules.items():
            rule = group.get_rule(identifier)
            change_peer(rule, request)
            refuse_duplicate(group, rule)

    security_groups.SecurityGroupBackend.modify_security_group_rules = modify_with_peer


security_groups.SecurityGroupRule = Rule
refuse_added_duplicates()
follow_modifications()
name_missing_rules()
