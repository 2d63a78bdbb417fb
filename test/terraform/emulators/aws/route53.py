"""Private zones: a zone made with a VPC is private on AWS, also where the request does not say so a second time."""

from moto.core.responses import ActionResult
from moto.route53.responses import Route53

create_public = Route53.create_hosted_zone


def create_hosted_zone(self):
    before = set(self.backend.zones)
    answer = create_public(self)
    vpc = self._get_param("VPC.VPCId")
    for zone_id in set(self.backend.zones) - before:
        zone = self.backend.zones[zone_id]
        if vpc and not zone.vpcs:
            zone.private_zone = True
            zone.delegation_set = None
            zone.add_vpc(vpc, self._get_param("VPC.VPCRegion"))
    return answer


def get_hosted_zone(self):
    """With its VPCs called as AWS calls them."""
    zone = self.backend.get_hosted_zone(self._get_param("Id"))
    if not zone.private_zone:
        return ActionResult({"HostedZone": zone, "DelegationSet": zone.delegation_set})
    vpcs = [{"VPCId": vpc.get("vpc_id"), "VPCRegion": vpc.get("vpc_region")} for vpc in zone.vpcs]
    return ActionResult({"HostedZone": zone, "VPCs": vpcs})


Route53.create_hosted_zone = create_hosted_zone
Route53.get_hosted_zone = get_hosted_zone
