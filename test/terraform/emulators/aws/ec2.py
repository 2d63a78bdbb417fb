"""EC2: properties that moto forgets, and refusals of AWS that moto does not make."""

import re

from moto.ec2.exceptions import EC2ClientError
from moto.ec2.models import network_acls, security_groups
from moto.ec2.responses.vpcs import VPCs

# https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpRange.html
DESCRIPTION = re.compile(r"[a-zA-Z0-9. _\-:/()#,@\[\]+=&;{}!$*]{0,255}")
# https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html: 20, at most 40 on request
ACL_ENTRIES = 40


class Rule(security_groups.SecurityGroupRule):
    """moto keeps the description of a CIDR only; AWS keeps that of a group or a prefix list too."""

    # moto finds the service of a class by the name of its module
    __module__ = security_groups.__name__

    def __init__(self, ec2_backend, ip_protocol, group_id, from_port, to_port, ip_range, source_group=None, prefix_list_id=None, **rest):
        peers = (ip_range, source_group, prefix_list_id)
        self.peer_description = next((peer["Description"] for peer in peers if peer and peer.get("Description")), None)
        if self.peer_description and not DESCRIPTION.fullmatch(self.peer_description):
            raise EC2ClientError("InvalidParameterValue", f"Invalid rule description: {self.peer_description}")
        super().__init__(ec2_backend, ip_protocol, group_id, from_port, to_port, ip_range, source_group, prefix_list_id, **rest)

    @property
    def description(self):
        return self.ip_range.get("Description") or self.peer_description


def limit_acl_entries():
    create = network_acls.NetworkAclBackend.create_network_acl_entry

    def create_within_limit(self, *args, **kwargs):
        entry = create(self, *args, **kwargs)
        entries = self.get_network_acl(entry.network_acl_id).network_acl_entries
        same = [other for other in entries if str(other.egress).lower() == str(entry.egress).lower() and int(other.rule_number) < 32767]
        if len(same) > ACL_ENTRIES:
            raise EC2ClientError("NetworkAclEntryLimitExceeded", f"{entry.network_acl_id} has more than {ACL_ENTRIES} entries in one direction")
        return entry

    network_acls.NetworkAclBackend.create_network_acl_entry = create_within_limit


def keep_endpoint_options():
    create = VPCs.create_vpc_endpoint

    def create_with_options(self):
        known = set(self.ec2_backend.vpc_end_points)
        answer = create(self)
        for identifier in set(self.ec2_backend.vpc_end_points) - known:
            endpoint = self.ec2_backend.vpc_end_points[identifier]
            endpoint.ip_address_type = self._get_param("IpAddressType") or "ipv4"
            endpoint.dns_options = self._get_param("DnsOptions") or {"DnsRecordIpType": "ipv4"}
        return answer

    VPCs.create_vpc_endpoint = create_with_options


security_groups.SecurityGroupRule = Rule
limit_acl_entries()
keep_endpoint_options()
