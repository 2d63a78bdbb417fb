/** What is not so on a cloud, and why. A sentence that holds after all must not stand here. */
import type { Cloud } from "../../src/clouds/cloud";

export interface Exception {
  /** Title of the sentence, word for word. */
  readonly sentence: string;
  readonly reason: string;
}

const READ = "access read does not write, as far as the network decides";
const WRITE = "access write does not read, as far as the network decides";
const SLOTS = "each slot of a zone stands in an availability zone of its own";
const BELOW = "a name that is needed exactly lets no name below it resolve";
const OWN_KEY = "logs lie under a key of the enclave's own";

export const EXCEPTIONS: Readonly<Record<Cloud, readonly Exception[]>> = {
  aws: [],
  azure: [
    {
      sentence: BELOW,
      reason:
        "A name in a list of the DNS policy stands for everything below it; the firewall still takes names exactly.",
    },
    {
      sentence: "a wildcard does not let its domain resolve",
      reason: "The list takes no wildcard: the domain stands for what is below it and for itself.",
    },
    {
      sentence: READ,
      reason:
        "A private endpoint has no policy; the output names the role and its scope that give the right.",
    },
    {
      sentence: WRITE,
      reason:
        "A private endpoint has no policy; the output names the role and its scope that give the right.",
    },
    {
      sentence: SLOTS,
      reason: "Subnets are regional; only what is placed in them has an availability zone.",
    },
    {
      sentence: OWN_KEY,
      reason:
        "A key of one's own needs a vault and a role that are there first; the platform's keys hold until the spec gives one.",
    },
    {
      sentence: "all logs lie under the key that the spec gives",
      reason:
        "A workspace takes a key of one's own only in a dedicated cluster; the account of flow logs takes it.",
    },
  ],
  google: [
    {
      sentence: "a flow from some sources of the internet admits no others",
      reason:
        "Connections arrive from the load balancers' addresses; a Cloud Armor policy at the balancer has to hold sources, which a warning says.",
    },
    {
      sentence: "quarantine ends connections that are open when it begins",
      reason:
        "Rules deny above all permits at once, but Google does not say for every case that tracked connections end.",
    },
    {
      sentence: "names of declared ways out resolve",
      reason:
        "The proxy is explicit and resolves for its clients, so nothing of this has to resolve in the enclave.",
    },
    {
      sentence: BELOW,
      reason:
        "An allowed name is a zone that peers with the proxy's network, and a zone holds everything below its name.",
    },
    {
      sentence: "an endpoint is open to its consumers only",
      reason:
        "All Google APIs share one address: a zone that uses one reaches them all; which one it may use is for identity policy within the perimeter.",
    },
    {
      sentence: READ,
      reason:
        "The endpoint of Google APIs has no policy, and a perimeter knows services, not rights: they are for identity policy.",
    },
    {
      sentence: WRITE,
      reason:
        "The endpoint of Google APIs has no policy, and a perimeter knows services, not rights: they are for identity policy.",
    },
    {
      sentence: "an endpoint with named resources leads to these",
      reason: "A perimeter closes services for other projects; single resources are for identity policy.",
    },
    { sentence: SLOTS, reason: "Subnetworks span their region; only what is placed in them has a zone." },
    {
      sentence: OWN_KEY,
      reason:
        "A key for a log bucket needs a grant to a service agent first; Google's own keys hold until the spec gives one.",
    },
    {
      sentence: "deletion protection guards the way out",
      reason: "A gateway of the Secure Web Proxy has no such switch; the log bucket is locked.",
    },
    {
      sentence: "something that serves a zone is tagged with it",
      reason: "Subnetworks and firewall rules take no labels, and only reserved addresses of interfaces do.",
    },
  ],
};
