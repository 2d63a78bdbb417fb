/** Slips in the quarantine: too little is cut, or too much. */
import { type Slip, set } from "../../slips";
import { type Any, match, moveRule, POLICY, rule, withoutRule } from "./slip";

const CUT = "a zone in quarantine opens nothing and receives nothing";
const OTHERS = "quarantine of a zone cuts no other zone, and opens none";
const IN = "web-to-app-8080-tcp-in";
const OUT = "web-to-app-8080-tcp-out";

const switched = (one: Any, zone: string) => {
  one.disabled = one.disabled.replace('"app"', `"${zone}"`);
};

export const QUARANTINED: readonly Slip[] = [
  ["a denial of a zone in quarantine is lost", withoutRule("enclave-quarantine-app-out"), CUT, POLICY],
  [
    "a denial of a zone in quarantine is for TCP alone",
    rule("enclave-quarantine-app-out", match({ layer4_config: [{ ip_protocol: "tcp" }] })),
    CUT,
    POLICY,
  ],
  [
    "a denial of a zone in quarantine holds one slot",
    rule("enclave-quarantine-app-out", match({ src_ip_ranges: ["10.20.4.0/24"] })),
    CUT,
    POLICY,
  ],
  [
    "a denial of a zone in quarantine is for another zone",
    rule("enclave-quarantine-app-out", (one) => switched(one, "lab")),
    CUT,
    POLICY,
  ],
  [
    "a denial of a zone in quarantine is always off",
    rule("enclave-quarantine-app-out", (one) => (one.disabled = true)),
    CUT,
    POLICY,
  ],
  [
    "a denial of a zone in quarantine is always on",
    rule("enclave-quarantine-app-out", (one) => (one.disabled = false)),
    "a zone leaves by the ports that it declares",
    POLICY,
  ],
  [
    "a denial of a zone in quarantine comes after the permits",
    moveRule("enclave-quarantine-app-out", 59_999),
    CUT,
    POLICY,
  ],
  [
    "a denial of a zone in quarantine holds another zone, too",
    rule("enclave-quarantine-app-out", match({ src_ip_ranges: ["10.20.4.0/22", "10.20.8.0/24"] })),
    OTHERS,
    POLICY,
  ],
  ["a permit does not end in quarantine", rule(IN, (one) => (one.disabled = false)), CUT, POLICY],
  [
    "a permit ends with one of its zones alone",
    rule(OUT, (one) => (one.disabled = '${contains(var.quarantine, "app")}')),
    CUT,
    POLICY,
  ],
  [
    "a permit ends with another zone",
    rule(IN, (one) => (one.disabled = one.disabled.replace("}", ' || contains(var.quarantine, "lab")}'))),
    OTHERS,
    POLICY,
  ],
  [
    "a permit ends with another zone alone",
    rule("app-to-enclave-proxy-out", (one) => switched(one, "lab")),
    CUT,
    POLICY,
  ],
  [
    "the policy comes and goes with the quarantine",
    set("google_compute_network_firewall_policy_with_rules", "enclave", {
      count: '${contains(var.quarantine, "app") ? 0 : 1}',
    }),
    "no permit comes or goes with the quarantine",
    POLICY,
  ],
];
