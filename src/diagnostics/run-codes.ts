import type { Described } from "./diagnostic";

/** A block in the lock file never moves; a spec that contradicts the lock file is an error. */
export const ADDRESS_CODES = {
  "cidr-freed":
    "a zone's cidr lies on the block of a removed zone, which only --reclaim gives out: `cidr: 10.20.4.0/22`",
  "cidr-taken":
    "a zone's cidr lies on a block of another zone or of the infrastructure: `cidr: 10.20.4.0/22`",
  "endpoint-renamed":
    "a private endpoint keeps its numbers and its resources under another name: `was: model`",
  "infrastructure-too-large":
    "the infrastructure finds no free block beside zones with a cidr: `cidr: 10.20.0.0/22`",
  "lock-damaged": "the lock file is not as ai-enclave wrote it: `<<<<<<< HEAD`",
  "lock-frozen": "the lock file would change, and a flag forbids it: `--frozen-lock`",
  "name-in-use":
    "a new name that a renamed zone or endpoint had, and has in the cloud: zone `a` beside `was: a`",
  "not-removed": "a name that is not gone from the spec: `--removed inference`",
  "ordinals-exhausted": "a class of rules has used up its numbers: `flows` with more than 3999 connections",
  "range-changed": "the enclave's range differs from the range in the lock file: `cidr: 10.21.0.0/16`",
  "range-too-small": "a zone finds no free block of its size in the enclave's range: `hosts: 4000` in a /22",
  "rename-ambiguous":
    "a rename that can be read in two ways, of which one moves addresses: `was: a` on two zones",
  "rename-of-existing":
    "a zone or endpoint was another one that is still in the spec: `was: a` beside zone `a`",
  "rename-or-removal":
    "one zone or endpoint is gone and another is new, which may be a rename: `zones` without `a` and with `b`",
  "rename-unknown": "a zone or endpoint was another one that the lock file does not record: `was: inferense`",
  "rename-without-effect":
    "a recorded zone or endpoint was another one that the lock file does not record: `was: a` after `--forget-renames`",
  "zone-moved": "a zone's cidr differs from the block in the lock file: `cidr: 10.20.64.0/22`",
  "zone-outgrown": "a zone asks for more hosts than its recorded block has: `hosts: 252` in a slot of 251",
  "zone-removed":
    "a zone is in the lock file and no longer in the spec, and its block is freed: `zones` without it",
  "zone-renamed": "a zone keeps its addresses and its resources under another name: `was: inference`",
  "zone-resized": "a zone's prefix differs from the slot size in the lock file: `prefix: 25`",
  "zone-returned": "a removed zone is back and gets a new block, because freed blocks wait: `--reclaim`",
} as const satisfies Described;

/** The command line, the environment, and files beside the spec; and what a run says of a sound spec. */
export const RUN_CODES = {
  "capability-missing":
    "a part that the cloud does not have, or that this version does not render: `inspection: request`",
  "cloud-missing": "no cloud is named anywhere: `npx ai-enclave synth rag.enclave.yaml`",
  "cloud-unavailable": "a cloud whose provider package is not installed: `@cdktf/provider-google`",
  "cloud-unknown": "a word that is not a cloud: `ENCLAVE_CLOUD=amazon`",
  "command-missing": "a command line without a command: `npx ai-enclave --quiet`",
  "command-not-built": "a command that is not in this version: `npx ai-enclave verify`",
  "command-unknown": "a word that is not a command: `npx ai-enclave sinth`",
  "context-unreadable": "a file that cannot be read: `cdktf.json`",
  "endpoint-regional":
    "availability zones of an endpoint on a cloud whose endpoints are regional: `availabilityZones: [1]`",
  "flag-repeated": "a flag that is given twice: `--out a --out b`",
  "flag-unknown": "a flag that the command does not have: `--cluod aws`",
  "flag-value": "a flag without its value, or with a value that it does not take: `--cloud ibm`",
  internal: "a bug of this tool, exit code 70; an environment variable shows its place: `ENCLAVE_DEBUG=1`",
  "log-lock": "logs that are locked for good, and what follows: `logging: { lock: true }`",
  "log-lock-missing": "a cloud that cannot lock logs: `logging: { lock: true }`",
  "lock-unreadable": "a lock file that cannot be read: `--lock locked/rag.lock.json`",
  "azure-roles":
    "rights that the first apply of a document needs, told on every run: `azure: { locks: true }`",
  "google-agents":
    "rights of Google's own agents that the first apply needs, as commands: `google: { kmsKey: … }`",
  "google-roles":
    "the roles that the first apply needs, and the policies of an organization that refuse it: `cloud: google`",
  "google-apis":
    "APIs of the project that a document needs, told on every run: `google: { project: my-project }`",
  "operand-missing": "a command without its operand: `npx ai-enclave synth`",
  "operand-unexpected": "more operands than the command takes: `npx ai-enclave schema spec.yaml`",
  "output-refused":
    "a file that another tool or enclave wrote, and that is not overwritten: `aws/main.tf.json`",
  "output-unwritable": "a file that cannot be written: `--out /proc/out`",
  "role-missing":
    "zones that no role rule judges, because they have no role: `{ exposure: isolated, hosts: 5 }`",
  "spec-missing": "no spec is named for cdktf: `npx cdktf synth` without `ENCLAVE_SPEC`",
  "spec-unreadable": "a spec file that cannot be read: `npx ai-enclave synth nothere.enclave.yaml`",
  "template-not-built": "a template that is not in this version: `--template zero-trust`",
} as const satisfies Described;
