"""AWS on 127.0.0.1, as far as an enclave needs it: moto's server with the services it lacks. Usage: server.py PORT"""

import sys

import dns_firewall  # noqa: F401  each import adds its actions to moto
import ec2  # noqa: F401
import network_firewall  # noqa: F401
import opensearch  # noqa: F401
import route53  # noqa: F401
import security_rules  # noqa: F401
from moto.server import main

if __name__ == "__main__":
    main(["-H", "127.0.0.1", "-p", sys.argv[1]])
