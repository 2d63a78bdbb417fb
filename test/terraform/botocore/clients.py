"""What clients of AWS's SDK for Python ask for: operations of services, their regions, and the hosts that are called.

Reads {"services": [...], "regions": [...]} and writes one JSON document. Nothing is sent: a request is caught before.
"""

import json
import sys
from urllib.parse import urlsplit

import botocore.session
from botocore.config import Config

BUCKET = "corpus"
PARTITIONS = ("aws", "aws-us-gov")


class Caught(Exception):
    """In place of a request that is sent."""


def client(session, service, region, **config):
    keys = {"aws_access_key_id": "none", "aws_secret_access_key": "none"}
    return session.create_client(service, region_name=region, config=Config(**config), **keys)


def bucket_hosts(session, region):
    """Hosts of reads of an object: by default, and by the dual-stack endpoint."""
    hosts = []

    def catch(request, **_):
        hosts.append(urlsplit(request.url).hostname)
        raise Caught

    for s3 in ({}, {"use_dualstack_endpoint": True}):
        storage = client(session, "s3", region, s3=s3)
        storage.meta.events.register_first("request-created.s3", catch)
        try:
            storage.head_object(Bucket=BUCKET, Key="key")
        except Caught:
            pass
    return hosts


def hosts_of(session, service, region):
    if service == "s3":
        return bucket_hosts(session, region)
    return [urlsplit(client(session, service, region).meta.endpoint_url).hostname]


def main():
    asked = json.load(sys.stdin)
    session = botocore.session.get_session()
    answer = {"version": botocore.__version__, "operations": {}, "regions": {}, "hosts": {}}
    for service in asked["services"]:
        answer["operations"][service] = session.get_service_model(service).operation_names
        answer["regions"][service] = sorted(
            region for partition in PARTITIONS for region in session.get_available_regions(service, partition)
        )
        answer["hosts"][service] = {region: hosts_of(session, service, region) for region in asked["regions"]}
    json.dump(answer, sys.stdout)


main()
