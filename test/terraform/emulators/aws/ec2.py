"""EC2: options of endpoints and types of ICMP that moto forgets; the limit of network ACLs, the local routes and the block that it does not know."""

from moto.ec2.exceptions import EC2ClientError, RouteAlreadyExistsError
from moto.ec2.models import network_acls, route_tables, vpcs
from moto.ec2.responses.network_acls import NetworkACLs
from moto.ec2.responses.vpcs import VPCs

# https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html: 20, at most 40 on request
ACL_ENTRIES = 40


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


def keep_icmp_types():
    """Of an entry's ICMP moto asks for a name that its own reading of requests does not give."""
    get = NetworkACLs._get_param

    def get_icmp(self, name, *args, **kwargs):
        return get(self, name.replace("Icmp.", "IcmpTypeCode.", 1) if name.startswith("Icmp.") else name, *args, **kwargs)

    NetworkACLs._get_param = get_icmp


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


def refuse_local_routes():
    """Each block of a VPC has a local route; narrower ones may stand beside it, another of the same block may not."""
    create = route_tables.RouteBackend.create_route

    def create_beside_local(self, route_table_id, destination_cidr_block=None, *args, **kwargs):
        vpc = self.get_vpc(self.get_route_table(route_table_id).vpc_id)
        blocks = [vpc.cidr_block, *(each["cidr_block"] for each in vpc.get_cidr_block_association_set())]
        if destination_cidr_block in blocks and not kwargs.get("local"):
            raise RouteAlreadyExistsError(destination_cidr_block)
        return create(self, route_table_id, destination_cidr_block, *args, **kwargs)

    route_tables.RouteBackend.create_route = create_beside_local


# https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html#add-cidr-block-restrictions
RESTRICTED = "172.31.0.0/16"


def refuse_restricted_block():
    """A VPC of 172.16.0.0/12 takes this block as its first only."""
    associate = vpcs.VPCBackend.associate_vpc_cidr_block

    def associate_unless_restricted(self, vpc_id, cidr_block, amazon_provided_ipv6_cidr_block):
        if cidr_block == RESTRICTED and self.get_vpc(vpc_id).cidr_block.startswith("172."):
            raise EC2ClientError("InvalidVpc.Range", f"The CIDR '{cidr_block}' is restricted")
        return associate(self, vpc_id, cidr_block, amazon_provided_ipv6_cidr_block)

    vpcs.VPCBackend.associate_vpc_cidr_block = associate_unless_restricted


limit_acl_entries()
keep_icmp_types()
refuse_restricted_block()
refuse_local_routes()
keep_endpoint_options()
