"""OpenSearch Serverless: the VPC endpoint, whose creation moto knows and nothing else."""

from moto.opensearchserverless.responses import OpenSearchServiceServerlessResponse

from extension import action, new_id, not_found

ENDPOINTS = {}


def find(identifier):
    if identifier not in ENDPOINTS:
        raise not_found(identifier)
    return ENDPOINTS[identifier]


def short(endpoint, status):
    return {"id": endpoint["id"], "name": endpoint["name"], "status": status}


@action(OpenSearchServiceServerlessResponse)
def create_vpc_endpoint(_, request):
    identifier = new_id("vpce")
    ENDPOINTS[identifier] = {
        "id": identifier,
        "name": request["name"],
        "vpcId": request["vpcId"],
        "subnetIds": request["subnetIds"],
        "securityGroupIds": request.get("securityGroupIds") or [],
        "status": "ACTIVE",
        "createdDate": 0,
    }
    return {"createVpcEndpointDetail": short(ENDPOINTS[identifier], "PENDING")}


@action(OpenSearchServiceServerlessResponse)
def batch_get_vpc_endpoint(_, request):
    missing = [{"id": identifier, "errorCode": "NOT_FOUND", "errorMessage": "no such endpoint"} for identifier in request["ids"] if identifier not in ENDPOINTS]
    return {"vpcEndpointDetails": [ENDPOINTS[identifier] for identifier in request["ids"] if identifier in ENDPOINTS], "vpcEndpointErrorDetails": missing}


@action(OpenSearchServiceServerlessResponse)
def update_vpc_endpoint(_, request):
    endpoint = find(request["id"])
    for key, added, removed in (("subnetIds", "addSubnetIds", "removeSubnetIds"), ("securityGroupIds", "addSecurityGroupIds", "removeSecurityGroupIds")):
        kept = [value for value in endpoint[key] if value not in (request.get(removed) or [])]
        endpoint[key] = kept + (request.get(added) or [])
    return {"UpdateVpcEndpointDetail": {**short(endpoint, "ACTIVE"), "subnetIds": endpoint["subnetIds"], "securityGroupIds": endpoint["securityGroupIds"]}}


@action(OpenSearchServiceServerlessResponse)
def delete_vpc_endpoint(_, request):
    endpoint = ENDPOINTS.pop(find(request["id"])["id"])
    return {"deleteVpcEndpointDetail": short(endpoint, "DELETING")}
