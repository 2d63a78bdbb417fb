import type { Described } from "./diagnostic";

/** Limits and settings of AWS. */
export const AWS_CODES = {
  "aws-acl-coarse":
    "a network ACL admits more than the flows, because it has too few entries; security groups stay exact: `flows` on twenty ports",
  "aws-action":
    "an action that the policy of an endpoint cannot take: `actions: { aws: [sqs:SendMessage] }` on a bucket",
  "aws-action-right":
    "an action that needs another right than the endpoint's: `access: read, actions: { aws: [s3:PutObjectAcl] }`",
  "aws-actions-added":
    "actions that the spec adds to a right, told on every run: `actions: { aws: [s3:GetObjectAcl] }`",
  "aws-address-taken":
    "two rules that would have one Terraform address: flow `x` to `y` and a custom endpoint `to-y`",
  "aws-anonymous": "unsigned reads of buckets that have no whole name: `anonymous: true` without `resources`",
  "aws-arn": "text that is not an ARN, or the ARN of another service: `rag-corpus`",
  "aws-arn-elsewhere":
    "an ARN of another partition or region than the enclave's: `arn:aws:sqs:us-west-2:111122223333:jobs`",
  "aws-balancer-zones":
    "a zone from the internet whose subnets take no application load balancer: `availabilityZones: 1`, or `prefix: 28`",
  "aws-bucket-pattern": "a pattern for all buckets, or only the objects of a bucket: `arn:aws:s3:::*`",
  "aws-dns-name-hides":
    "a private name that hides a declared internet name below it: `dnsNames: [example.com]`",
  "aws-dns-name-own":
    "a custom service under a name of AWS itself: `dnsName: s3.dualstack.us-east-1.api.aws`",
  "aws-dns-name-twice": "one private name for two endpoints: `dnsNames: [vendor.example.com]` twice",
  "aws-endpoint-rights-differ":
    "two endpoints that AWS holds as one, with different rights: `access: read` and `access: write`",
  "aws-endpoint-zones-differ":
    "two endpoints that AWS holds as one, in different availability zones: `availabilityZones: [1]` and `[2]`",
  "aws-inspection-connects":
    "a firewall that connects to whatever address it is asked for, before it knows the name: `inspection: request`",
  "aws-name": "a name that AWS refuses: `name: sg-rag`",
  "aws-quota": "more items than AWS grants at all: forty-five `flows` from the internet into one zone",
  "aws-quota-default": "more items than an account has without a request: a hundred `flows` into one zone",
  "aws-quota-shares":
    "more than half of something of which a region of an account has few: `egress` with `availabilityZones: 3`",
  "aws-range-restricted":
    "a range that reaches 172.31.0.0/16, which AWS adds to no VPC: `cidr: 172.16.0.0/12`",
  "aws-region-unknown": "a region that is not in the table and resembles one that is: `region: us-east1`",
  "aws-retention-longer":
    "logs are kept for longer than asked for, because AWS has no such period: `retentionDays: 1000`",
  "aws-service-not-custom":
    "a service of AWS as a custom one, whose endpoint would be open to every account: `service: custom`",
  "aws-subnet-too-large": "a zone with subnets wider than /16: `prefix: 15`",
  "aws-subnet-whole-block":
    "a zone with egress whose subnets are whole blocks of the VPC, so that replies have no route: `prefix: 16`",
  "aws-tag": 'a tag that AWS refuses, or one tag too many: `tags: { "aws:team": rag }`',
  "aws-target": "text that is not the name of an endpoint service: `serviceName: vendor`",
  "aws-target-region": "an endpoint service of another region: `com.amazonaws.vpce.us-west-2.vpce-svc-…`",
  "aws-zone-elsewhere": "an availability zone of another region: `zoneNames: { aws: [us-west-2a] }`",
  "aws-zones-unknown": "a region whose availability zones are not known, or too few: `region: eastus2`",
} as const satisfies Described;

/** Limits and settings of Azure. */
export const AZURE_CODES = {
  "azure-access-by-role":
    "rights on private endpoints, which Azure holds by roles that the outputs name: `access: read`",
  "azure-certificate":
    "an inspection certificate or identity that Azure Firewall cannot use: `keyVaultSecretId: …/ca`",
  "azure-data-lake-alone":
    "an endpoint to a Data Lake without one to the blobs of its account: `…/privateLinkResources/dfs`",
  "azure-dns-below":
    "names below the declared ones resolve too, because the resolver cannot exclude them: `mirror.example.com`",
  "azure-dns-name-hidden":
    "a private name whose domain contains a declared name, which then does not resolve: `dnsNames: [example.com]`",
  "azure-dns-zone-twice":
    "two private names of which one contains the other: `vendor.example.com`, `api.vendor.example.com`",
  "azure-dns-zones":
    "private DNS zones of a hub that are too few, too many, or shared by others: `dnsZones: [/subscriptions/…]`",
  "azure-dns-zones-hub": "private DNS zones that the owner of a hub has to link: `dnsZones: policy`",
  "azure-egress-port": "a port above those that Azure Firewall has rules for: `ports: [64001/tcp]`",
  "azure-endpoint-waits":
    "an endpoint without resource ids, which is created once its variable names some: `service: queue`",
  "azure-key-grant":
    "an identity that needs a role on the key's vault before the first apply: `keyVaultKeyId: …`",
  "azure-key-id": "text that is not the address of a key in a key vault: `https://v.vault.azure.net/keys/k`",
  "azure-log-identity":
    "an identity for the logs' key that is not one, or that has no key to read: `logIdentityId: …`",
  "azure-monitor-shared":
    "logs and metrics share one private endpoint, whichever zones use which: `service: metrics`",
  "azure-logs-unread":
    "a workspace that nobody can read: `logging: { azure: { query: private } }` without an endpoint",
  "azure-name-reserved": "a name with a word that Azure reserves for Microsoft: `name: xbox`",
  "azure-name-twice":
    "two long names that Azure would take for one, because their hashes are equal: `zones` with long names",
  "azure-platform":
    "a zone with parts that its platform does not take: `interfaces` beside `platform: { azure: application-gateway }`",
  "azure-platform-needs":
    "a feature of the subscription, and names, that a platform needs: `platform: { azure: application-gateway }`",
  "azure-platform-small": "a zone with fewer addresses than Microsoft advises for its platform: `prefix: 28`",
  "azure-policy-tag": "a tag of the spec's own that is left to a policy: `policyTags: [enclave]`",
  "azure-priorities-full":
    "a security group without free priorities for its rules: thousands of `flows` into one zone",
  "azure-quota": "more items than Azure grants at all: thousands of `flows` into one zone",
  "azure-quota-default":
    "more items than a subscription has without a request: hundreds of `flows` into one zone",
  "azure-region-sovereign": "a region of a sovereign cloud of Microsoft: `usgovvirginia`",
  "azure-region-unknown":
    "a region that is not in the table, or is spelled differently there: `region: us-east1`",
  "azure-resource-id": "text that is not a resource id: `ragcorpus`",
  "azure-resource-name":
    "an id with a name that its service refuses: `…/Microsoft.ServiceBus/namespaces/bus`",
  "azure-resource-twice": "one resource twice in an endpoint: `/subscriptions/…` in two spellings",
  "azure-resource-type":
    "an id of a resource of another service: `…/Microsoft.KeyVault/vaults/rag` for `queue`",
  "azure-retention": "logs to be kept for longer than Azure can: `retentionDays: 1000`",
  "azure-retention-longer":
    "logs are kept for longer than asked for, because Azure has no such period: `retentionDays: 7`",
  "azure-tag": 'a tag that Azure refuses: `tags: { "cost<center": a }`',
  "azure-tag-count": "one tag too many: `tags` with 50 entries",
  "azure-target": "text that is not the alias of a private link service: `privateLinkServiceAlias: vendor`",
  "azure-traffic-analytics":
    "traffic analytics in a group of the enclave's own, or for a workspace that exists: `trafficAnalytics: true`",
  "azure-traffic-analytics-left":
    "rules that stay when the enclave is destroyed: `trafficAnalytics: true` with `azure.resourceGroup`",
  "azure-translation":
    "the connections to one address of the internet that all machines which leave share: `egress` of a large zone",
  "azure-zone-name": "an availability zone other than 1, 2 and 3: `zoneNames: { azure: [eastus2-1] }`",
  "azure-zones-unknown": "a region without availability zones: `region: { azure: westus }`",
} as const satisfies Described;

/** Limits and settings of Google. */
export const GOOGLE_CODES = {
  "google-attachment": "text that is not a service attachment: `my-instance`",
  "google-attachment-region":
    "a service attachment of another region: `projects/p/regions/us-east4/serviceAttachments/s`",
  "google-attachment-several":
    "more than one service attachment for one endpoint: `google: [projects/…, projects/…]`",
  "google-bucket": "text that is not the name of a bucket: `gs://rag-corpus/docs`",
  "google-ca-region":
    "a CA pool of another region than the proxy's: `inspectionCaPool: projects/p/locations/europe-west1/…`",
  "google-dns-name-twice": "one name that would resolve to two places: `dns: { allow: [index.example.com] }`",
  "google-dns-wider": "a name that can only be allowed with everything below it: `oauth2.googleapis.com`",
  "google-endpoint-addresses":
    "an endpoint whose number is above the addresses reserved for endpoints: `privateEndpoints`",
  "google-enforcement":
    "network, perimeter and identity policy each hold a part of a private endpoint's rights: `service: queue`",
  "google-health-checks":
    "a rule or an assertion about the internet that holds for the spec, and not where health checks may come in: `healthChecks: true`",
  "google-identity-proxy":
    "sources of Identity-Aware Proxy, which reaches no machine: `sources: [35.235.240.0/20]`",
  "google-internet-tcp":
    "traffic from the internet other than TCP, which Google's proxies do not carry: `ports: [53/udp]`",
  "google-key-region": "a key of another region than the logs': `kmsKey: projects/p/locations/global/…`",
  "google-label": 'a tag that is not a label of Google, or one too many: `tags: { "cost center": a }`',
  "google-name": "a name that every project has already: `name: default`",
  "google-name-collision":
    "two names that are equal after they are shortened for Google: `zones` with long names",
  "google-no-way-in":
    "a perimeter that closes what Terraform itself calls, with no way in: `service: logs` without `ingressFrom`",
  "google-no-health-checks": "zones that no health check reaches: no `healthChecks`, or no TCP port to check",
  "google-perimeter": "Google APIs without a service perimeter around them: `google` without `accessPolicy`",
  "google-perimeter-reach":
    "what the perimeter closes for everybody in the project, and who may still come in: `google.accessPolicy`",
  "google-perimeter-settings":
    "settings of the spec for a perimeter that stands already: `perimeter: { existing: …, dryRun: true }`",
  "google-proxy-reach":
    "endpoints that the proxy could reach if an allowed name resolved to them: `service: relational-db` beside `egress`",
  "google-quota": "more items than Google grants at all: thousands of `flows` into one zone",
  "google-regional-endpoint":
    "a service without an endpoint in a region that requests must not leave: `regionalEndpoints: true`",
  "google-retention": "logs to be kept for longer than Google can: `retentionDays: 3654`",
  "google-rule-attributes":
    "a firewall policy so large that the project's quota may be too small: hundreds of `flows`",
  "google-shared-address":
    "a rule or an assertion that holds for the spec, and not for an address that several Google APIs share: `assertions`",
  "google-sources-at-balancer":
    "sources that only the load balancer can tell apart: `from: internet, sources: [8.8.8.0/24]`",
  "google-zone-elsewhere": "a zone of another region: `zoneNames: { google: [us-east4-a] }`",
  "google-zones-unknown": "a region whose zones are not known, or too few: `region: eastus2`",
} as const satisfies Described;
