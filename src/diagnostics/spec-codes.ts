import type { Described } from "./diagnostic";

/** Form, names, sizes, flows, role rules and assertions: independent of the cloud. */
export const SPEC_CODES = {
  "access-without-meaning":
    "`access` for a service that has no rights to choose from: `service: vector-search, access: read`",
  "anonymous-reads-only":
    "unsigned requests to something else than objects that are read: `access: write, anonymous: true`",
  "address-collision":
    "two items that would get one Terraform address: `a-b` with interface `c`, `a` with interface `b-c`",
  "assertion-form": "an assertion without exactly one of `never`, `through` and `only`: `- {}`",
  "assertion-idle": "an assertion that can never fail: `- { through: { from: app, to: db, via: app } }`",
  "assertion-never": "a chain of connections that an assertion forbids: `- { never: { from: web, to: db } }`",
  "assertion-only":
    "a chain from somebody whom an assertion does not name: `- { only: { from: app, to: db } }`",
  "assertion-through": "a chain of connections around the zone that an assertion demands: `via: gateway`",
  "backend-credential": "a credential among the backend's arguments: `secret_key: …`",
  "backend-expression":
    "an expression among the backend's arguments, where Terraform allows none: `bucket: ${var.bucket}`",
  "backend-shared":
    "several clouds in one run that would share one state: `--cloud all` and a `key` without `{cloud}`",
  "chain-from-endpoint":
    "an assertion about chains that begin at a private endpoint: `never: { from: store, to: db }`",
  "chain-to-internet":
    "an assertion about chains that end at the internet: `never: { from: web, to: internet }`",
  "cidr-misaligned": "a block with host bits set: `cidr: 10.20.3.0/16`",
  "cidr-syntax": "text that is not an IPv4 block: `cidr: 10.20.0.0`",
  "consumers-missing": "a published service without consumers: `consumers: {}`",
  "custom-incomplete":
    "a custom service without ports, `dnsNames` or `target`: `service: custom, ports: [443/tcp]`",
  "custom-only":
    "a name or target for a managed service: `service: object-storage, dnsNames: [store.example.com]`",
  "egress-managed-service":
    "egress to a cloud's own service, around the rights of private endpoints: `to: [gcr.io]`",
  "egress-needs-private": "egress from a zone that is not private: `from: web` with `exposure: public`",
  "egress-ports": "egress ports that are not single TCP ports: `ports: [8000-8100/tcp]`",
  "egress-without-tls": "a port whose protocol does not begin with TLS: `ports: [22/tcp]`",
  "egress-repeated":
    "an egress rule that an earlier one contains: `to: [mirror.example.com]` twice from one zone",
  "endpoint-ports-fixed":
    "ports for a service that fixes its own: `service: object-storage, ports: [8443/tcp]`",
  "endpoint-ports-tcp": "an endpoint port that is not TCP: `ports: [5432/udp]`",
  "endpoint-zone-unknown": "an availability zone that the enclave has not: `availabilityZones: [3]` of two",
  "endpoint-unknown": "a name that no private endpoint has: `endpoint: stroe`",
  "entry-repeated": "an entry that its list has already: `from: [app, app]`",
  "external-not-private": "an external network with public addresses: `cidrs: [8.8.8.0/24]`",
  "external-overlaps-enclave":
    "an external network that shares addresses with the enclave: `cidrs: [10.0.0.0/8]`",
  "externals-overlap":
    "two external networks with the same addresses: `[172.16.0.0/16]` and `[172.16.8.0/24]`",
  "file-control-character": "an invisible control character, which no spec needs: `U+0000`",
  "file-empty": "a file without a spec: `# only a comment`",
  "file-encoding": "bytes that are not UTF-8: `café` saved as Latin-1",
  "file-too-large": "a file of more than 1 MiB: `bundle.enclave.yaml`",
  "flow-outside-enclave": "a flow without a zone at either end: `from: internet, to: corp`",
  "flow-repeated": "a flow that an earlier one contains: `from: web, to: app, ports: [443/tcp]` twice",
  "flow-to-internet": "a flow that ends at the internet, which is `egress`: `to: internet`",
  "host-case": "a host name with capitals: `Mirror.Example.com`",
  "host-is-address": "an address in the place of a host name: `to: [198.51.100.7]`",
  "host-syntax": "text that is not a host name: `mirror_1.example.com`",
  "host-wildcard": "a wildcard that is not the whole first label of a name: `*` or `a*.example.com`",
  "interface-host": "an address that no subnet of the zone gives out: `host: 15` in a /28",
  "interface-host-twice": "two interfaces with one address: `host: 10` twice",
  "interface-name-twice": "two interfaces of one zone with one name: `name: pgvector` twice",
  "internet-any": "every protocol open to the internet: `from: internet, ports: [any]`",
  "internet-in-list": "the internet in a list of sources: `from: [internet, app]`",
  "internet-needs-public": "a flow from the internet to a zone that is not public: `from: internet, to: db`",
  ipv6: "IPv6, which no enclave has: `ipv6: true`",
  "key-unknown": "a key that this part of a spec does not have: `regoin: us-east-1`",
  "link-missing":
    "an external network without a link on a chosen cloud: `corp: { aws: … }` with `--cloud azure`",
  "list-empty": "a list without an entry: `ports: []`",
  "name-ambiguous":
    "a name that a zone and an endpoint share, where either can stand: `never: { from: store }`",
  "name-invalid": "a name that a cloud refuses: `name: My Enclave`",
  "name-reserved": "a name that the product keeps for itself: `internet` as a zone",
  "name-taken": "one name for a zone and an external network: `app` in both",
  "ports-any": "every port and protocol open between zones: `ports: [any]`",
  "ports-syntax": "text that is not a port: `ports: [https]`",
  "private-way": "egress to a vendor who can be reached privately on the cloud: `to: [api.anthropic.com]`",
  "quarantine-active": "zones that the spec cuts off, told on every run: `quarantine: [inference]`",
  "quarantine-repeated": "one zone twice in quarantine: `quarantine: [db, db]`",
  "range-not-private": "an enclave on public addresses: `cidr: 11.0.0.0/16`",
  "range-size": "a range wider than /12 or narrower than /22: `cidr: 10.0.0.0/8`",
  "exposed-inference":
    "a zone with models or tools that the internet reaches: `exposure: public, role: inference`",
  "gateway-between": "a chain from ingress to inference around the gateway: `from: web, to: llm`",
  "logging-only-written": "a flow into a logging zone that opens every port: `ports: [any]`",
  "no-exfiltration": "a zone that reads a store and has a way out by name: `egress` from `role: inference`",
  "stores-admit": "a flow into a store from a zone that has no business there: `from: web, to: db`",
  "training-leaves":
    "a training zone that reads a store and has a way out by name: `egress` from `role: training`",
  "redaction-between":
    "a chain from inference to data that passes no redaction zone: `from: llm, to: vectors`",
  "region-missing": "no region for a chosen cloud: `region: { azure: eastus2 }` with `--cloud aws`",
  "region-shared": "one region for several clouds: `region: us-east-1` with `--cloud all`",
  "resources-of-custom": "resources for a custom service: `service: custom, resources: …`",
  "rule-waived": "a role rule that the spec sets aside: `waive: [{ rule: google-perimeter, … }]`",
  "serving-not-to-training": "a chain from a serving zone to a training zone: `from: serve, to: trainer`",
  "serving-reads-artifacts": "a serving zone that may write artifacts: `access: write, holds: artifacts`",
  "sinks-initiate-nothing": "a vector store or log zone that opens connections: `from: vectors`",
  "source-not-public": "a source of internet traffic that is not public: `sources: [10.0.0.0/8]`",
  "sources-without-internet":
    "`sources` on a flow that is not from the internet: `from: web, sources: [198.51.100.0/24]`",
  "stores-no-egress": "a store with egress: `egress` from a zone with `role: data`",
  "stores-not-public": "a store or training zone that is public: `exposure: public, role: data`",
  "tag-reserved": "a tag that every resource carries already: `tags: { enclave: mine }`",
  "target-missing":
    "a custom service without a target on a chosen cloud: `target: { aws: … }` with `--cloud azure`",
  "text-empty": 'empty text: `quarantine: [""]`',
  "training-reads-data": "a training zone that may write data: `access: read-write` from `role: training`",
  "type-wrong": "a value of the wrong kind: `hosts: many`",
  "value-missing": "a required value that is not given: a flow without `why`",
  "value-out-of-range": "a number that is too small or too large: `availabilityZones: 4`",
  "value-shape": "an identifier of the wrong form: `kmsKeyArn: alias/enclave`",
  "value-unknown": "a word that is not among those allowed: `exposure: internal`",
  "waiver-unused": "a waiver that sets nothing aside: `rule: redaction-between` where no chain breaks it",
  "why-characters": 'a reason with characters that a cloud refuses: `why: "models → users"`',
  "why-empty": 'a reason without words: `why: " "`',
  "why-too-long": "a reason longer than a description can be: `why` of 145 characters",
  "yaml-alias": "a YAML alias: `tags: *list`",
  "yaml-anchor": "a YAML anchor: `quarantine: &list [app]`",
  "yaml-depth": "more levels than any spec has: `[[[[[[…`",
  "yaml-directive": "another version of YAML: `%YAML 1.1`",
  "yaml-documents": "several documents in one file: `---`",
  "yaml-duplicate-key": "a key that is given twice: `name` twice",
  "yaml-key-refused": "a key that programs misread: `__proto__: one`",
  "yaml-key-type": "a key that is not text: `tags: { 1: one }`",
  "yaml-merge-key": "a YAML merge key: `<<: *base`",
  "yaml-number": "a number that programs read differently, or that loses digits as text: `release: 1.10`",
  "yaml-space": "a character that looks like a space and is another one: `U+00A0`",
  "yaml-syntax": "text that is not YAML: `flows` without a colon",
  "yaml-tab": "a tab as indentation: `U+0009`",
  "yaml-tag": "a YAML tag: `!!set`",
  "zone-block-small": "a zone smaller than four subnets: `cidr: 10.20.64.0/27`",
  "zone-expected":
    "another item in a place where only a zone can stand: `privateEndpoints` with `from: internet`",
  "zone-names-few":
    "fewer availability zones named than `availabilityZones` asks for: `zoneNames: { aws: [us-east-1a] }`",
  "zone-names-repeated": "one availability zone named twice: `[us-east-1a, us-east-1a]`",
  "zone-outside-range": "a zone outside the enclave's range: `cidr: 10.21.64.0/22` in `10.20.0.0/16`",
  "zone-size-missing": "a zone without a size: `app: { exposure: private }`",
  "zone-size-twice": "a zone with two sizes: `hosts: 50, prefix: 28`",
  "zone-too-large": "a zone that no range of this width can hold: `cidr: 10.20.0.0/16` in a /16",
  "zone-unknown": "a name that no zone has: `quarantine: [nobody]`",
  "zones-missing": "a spec without zones: `zones: {}`",
  "zones-overlap": "two zones with the same addresses: `10.20.64.0/22` and `10.20.64.0/24`",
} as const satisfies Described;
