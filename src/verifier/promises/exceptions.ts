/** Promises that a cloud cannot hold, and why. A promise that holds after all must not stand here. */
import type { Cloud } from "../../clouds/cloud";

export interface Exception {
  /** Title of the promise, word for word. */
  readonly promise: string;
  readonly reason: string;
}

const RIGHTS = "an endpoint gives the rights that the spec gives, and no other";
const SLOTS = "each slot of a zone stands in an availability zone of its own";
const BELOW = "a name that is needed exactly lets no name below it resolve";
const DOMAIN = "a wildcard does not let its domain resolve";
const OWN_KEY = "logs lie under a key of the enclave's own";

export const EXCEPTIONS: Readonly<Record<Cloud, readonly Exception[]>> = {
  aws: [],
  azure: [
    {
      promise: BELOW,
      reason:
        "A name in a list of the DNS policy stands for everything below it; " +
        "the firewall still takes names exactly.",
    },
    {
      promise: DOMAIN,
      reason: "The list takes no wildcard: the domain stands for what is below it and for itself.",
    },
    {
      promise: RIGHTS,
      reason:
        "A private endpoint has no policy; the output names the role and its scope that give the right.",
    },
    { promise: SLOTS, reason: "Subnets are regional; only what is placed in them has an availability zone." },
    {
      promise: OWN_KEY,
      reason:
        "A key of one's own needs a vault and a role that are there first; " +
        "the platform's keys hold until the spec gives one.",
    },
    {
      promise: "all logs lie under the key that the spec gives",
      reason:
        "A workspace takes a key of one's own only in a dedicated cluster; " +
        "the account of flow logs takes it.",
    },
  ],
  google: [
    {
      promise: "a flow from some sources of the internet admits no others",
      reason:
        "Connections arrive from the load balancers' addresses; " +
        "a Cloud Armor policy at the balancer has to hold sources, which a warning says.",
    },
    ...["the way out", "the logs"].map((what) => ({
      promise: `the cloud's own protection of ${what} follows deletion_protection`,
      reason:
        "Google has none that could be taken off again; the guard keeps an enclave from being destroyed.",
    })),
    {
      promise: "quarantine ends connections that are open when it begins",
      reason:
        "Rules deny above all permits at once, but Google does not say for every case that tracked " +
        "connections end.",
    },
    {
      promise: "names of declared ways out resolve",
      reason:
        "The proxy is explicit and resolves for its clients, so nothing of this has to resolve in " +
        "the enclave.",
    },
    {
      promise: BELOW,
      reason:
        "An allowed name is a zone that peers with the proxy's network, and a zone holds everything " +
        "below its name.",
    },
    { promise: DOMAIN, reason: "A zone is for a domain and everything below it." },
    {
      promise: "an endpoint is open to its consumers only",
      reason:
        "All Google APIs share one address: a zone that uses one reaches them all; " +
        "which one it may use is for identity policy within the perimeter.",
    },
    {
      promise: RIGHTS,
      reason:
        "The endpoint of Google APIs has no policy, and a perimeter knows services, not rights: " +
        "they are for identity policy.",
    },
    {
      promise: "an endpoint leads to the resources that the spec names, and to no other",
      reason: "A perimeter closes services for other projects; single resources are for identity policy.",
    },
    { promise: SLOTS, reason: "Subnetworks span their region; only what is placed in them has a zone." },
    {
      promise: OWN_KEY,
      reason:
        "A key for a log bucket needs a grant to a service agent first; " +
        "Google's own keys hold until the spec gives one.",
    },
    {
      promise: "something that serves a zone is tagged with it",
      reason: "Subnetworks and firewall rules take no labels, and only reserved addresses of interfaces do.",
    },
  ],
};
