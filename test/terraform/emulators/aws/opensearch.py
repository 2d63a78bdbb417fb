"""OpenSearch Serverless: the VPC endpoint, whose creation moto knows and nothing else.

Clients read its security groups from EC2, so each is an interface endpoint there, under the same id.
"""

from moto.ec2.models import ec2_backends
from moto.opensearchserverless.responses import OpenSearchServiceServerlessResponse

from extension import action, not_found

# id -> endpoint as the service describes it
ENDPOINTS = {}


def find(identifier):
    if identifier not in ENDPOINTS:
        raise not_found(identifier)
    return ENDPOINTS[identifier]


def short(endpoint, status):
    return {"id": endpoint["id"], "name": endpoint["name"], "status": status}


def ec2_of(response):
    return ec2_backends[response.current_account][response.region]


@action(OpenSearchServiceServerlessResponse)
def create_vpc_endpoint(response, request):
    groups = request.get("securityGroupIds") or []
    vpc, subnets = request["vpcId"], request["subnetIds"]
    service = f"com.amazonaws.{response.region}.aoss"
    created = ec2_of(response).create_vpc_endpoint(vpc, service, "Interface", None, [], subnet_ids=list(subnets), security_group_ids=list(groups))
    ENDPOINTS[created.id] = {
        "id": created.id,
        "name": request["name"],
        "vpcId": vpc,
        "subnetIds": subnets,
        "securityGroupIds": groups,
        "status": "ACTIVE",
        "createdDate": 0,
    }
    return {"createVpcEndpointDetail": short(ENDPOINTS[created.id], "PENDING")}


@action(OpenSearchServiceServerlessResponse)
def batch_get_vpc_endpoint(_, request):
    missing = [{"id": identifier, "errorCode": "NOT_FOUND", "errorMessage": "no such endpoint"} for identifier in request["ids"] if identifier not in ENDPOINTS]
    return {"vpcEndpointDetails": [ENDPOINTS[identifier] for identifier in request["ids"] if identifier in ENDPOINTS], "vpcEndpointErrorDetails": missing}


@action(OpenSearchServiceServerlessResponse)
def update_vpc_endpoint(response, request):
    endpoint = find(request["id"])
    ec2_of(response).modify_vpc_endpoint(
        endpoint["id"],
        policy_doc=None,
        add_subnets=request.get("addSubnetIds"),
        remove_subnets=request.get("removeSubnetIds"),
        add_route_tables=None,
        remove_route_tables=None,
        add_security_groups=request.get("addSecurityGroupIds"),
        remove_security_groups=request.get("removeSecurityGroupIds"),
    )
    (interface,) = ec2_of(response).describe_vpc_endpoints(vpc_end_point_ids=[endpoint["id"]])
    endpoint |= {"subnetIds": interface.subnet_ids, "securityGroupIds": interface.security_group_ids}
    return {"UpdateVpcEndpointDetail": {**short(endpoint, "ACTIVE"), "subnetIds": endpoint["subnetIds"], "securityGroupIds": endpoint["securityGroupIds"]}}


@action(OpenSearchServiceServerlessResponse)
def delete_vpc_endpoint(response, request):
    endpoint = ENDPOINTS.pop(find(request["id"])["id"])
    ec2_of(response).delete_vpc_endpoints([endpoint["id"]])
    return {"deleteVpcEndpointDetail": short(endpoint, "DELETING")}
