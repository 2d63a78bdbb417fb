/** Slips in the rules of the firewall of AWS. */
import { type Change, expectNoticed, rewrite, type Slip } from "../slips";
import { everything, example } from "./specs";

const POLICY = "aws_networkfirewall_firewall_policy";
const RULES = "aws_networkfirewall_rule_group";
const OTHERS = "a zone gets to no other name, on no other port, by no other protocol";
const DECLARED = "a zone gets to the names and ports that it declares";
const CUT = "a zone in quarantine gets to no name";
const BEGINS = "nothing begins on the way out but TCP on the ports that a zone declares";
const OWN = "the way out is the enclave's own, and stands in its own place";
const RECORDED = "what is decided on the way out is recorded";
const READABLE = "every part of the document can be read";

const rules = (found: string | RegExp, by: string): Change =>
  rewrite(RULES, "enclave", "rule_group", found, by);

/** The first drop that begins so, with that option, is not there. */
const lost = (drop: string, option = ""): Change => {
  const [literal, rest] = [drop.replace(/[$[]/g, "\\$&"), '(?:(?!(?<!\\\\)\\\\n|"\\}).)*'];
  return rules(new RegExp(`\\\\ndrop ${literal}${rest}${option}${rest}`), "");
};

const OF_EXAMPLE: readonly Slip[] = [
  [
    "a pass for everything",
    rules(/(rev:1;\))("\})/, "$1\\npass tcp any any -> any any (sid:1; rev:1;)$2"),
    OTHERS,
    `${RULES}.enclave`,
  ],
  [
    "a pass without a name",
    rules(/(pass tls [^(]*\()tls\.sni; content:[^;]*; startswith; endswith; nocase; /, "$1"),
    OTHERS,
    `${RULES}.enclave`,
  ],
  [
    "a pass to another name",
    rules(/(pass (?:(?!alert).)*?)mirror\.example\.com/, "$1evil.example.org"),
    OTHERS,
    `${RULES}.enclave`,
  ],
  [
    "a pass on a wider port",
    rules(/(pass tls \S+ any -> \S+ )443 /, "$1[443,8443] "),
    OTHERS,
    `${RULES}.enclave`,
  ],
  ["a pass on any port", rules(/(pass tls \S+ any -> \S+ )443 /, "$1any "), OTHERS, `${RULES}.enclave`],
  ["a pass for every zone", rules(/pass tls \$ZONE_INFERENCE/, "pass tls any"), OTHERS, `${RULES}.enclave`],
  [
    "a pass to all that ends alike",
    rules(/(pass (?:(?!alert).)*?mirror\.example\.com\\"; )startswith; /, "$1"),
    OTHERS,
    `${RULES}.enclave`,
  ],
  [
    "a pass to all that begins alike",
    rules(/(pass (?:(?!alert).)*?mirror\.example\.com\\"; startswith; )endswith; /, "$1"),
    OTHERS,
    `${RULES}.enclave`,
  ],
  [
    "a wildcard that holds its domain",
    rules(/(pass (?:(?!alert).)*?\\")\.huggingface/, "$1huggingface"),
    OTHERS,
    `${RULES}.enclave`,
  ],
  [
    "a pass that is lost",
    rules(/\\npass (?:(?!\\n).)*mirror\.example\.com(?:(?!\\n|"\}).)*/, ""),
    DECLARED,
    `${RULES}.enclave`,
  ],
  [
    "plain HTTP for TLS",
    rules(/(pass )tls([^(]*\()tls.sni/, "$1http$2http.host"),
    OTHERS,
    `${RULES}.enclave`,
  ],
  ["a zone's addresses widened", rules("10.20.16.0/20", "10.20.0.0/16"), OTHERS, `${RULES}.enclave`],
  ["a zone's addresses shortened", rules("10.20.16.0/20", "10.20.16.0/22"), DECLARED, `${RULES}.enclave`],
  [
    "addresses that no quarantine cuts",
    rules(/"\$\{contains[^}]*\}"/, '"10.20.16.0/20"'),
    CUT,
    `${RULES}.enclave`,
  ],
  [
    "a pass that leaves no record",
    rules(/alert (.*?)mirror\.example\.com/, "alert $1x.example.com"),
    "what is decided on the way out is recorded",
    `${RULES}.enclave`,
  ],
  ["QUIC", rules("drop ip any", "alert ip any"), BEGINS, `${RULES}.enclave`],
  [
    "other ports, whose handshake passes before there is a name",
    lost("tcp $ZONE_INFERENCE"),
    BEGINS,
    `${RULES}.enclave`,
  ],
  ["a packet too large that nobody learns of", rules(/pass icmp/, "alert icmp"), OWN, `${RULES}.enclave`],
  ["errors of every kind", rules("icode:4; ", ""), OWN, `${RULES}.enclave`],
  [
    "a drop before what may pass",
    rules(
      /(alert tls \$ZONE_INFERENCE)/,
      'drop tls any any -> any any (ja4.hash; content:\\"_\\"; sid:1; rev:1;)\\n$1',
    ),
    DECLARED,
    `${RULES}.enclave`,
  ],
  [
    "a pass behind the drops",
    rules(/pass (tls (?:(?!\\n).)*mirror\.example\.com(?:(?!\\n).)*)(.*)("\})/, "alert $1$2\\npass $1$3"),
    DECLARED,
    `${RULES}.enclave`,
  ],
  ["TLS that nothing recognises", rules("alert tls any", "alert http any"), OWN, `${RULES}.enclave`],
  ["what nobody recognises", lost("tcp any any", "dsize"), OWN, `${RULES}.enclave`],
  ["TLS without a name", lost("tls any any"), OWN, `${RULES}.enclave`],
  ["a beginning without an end", lost("tcp any any", "stream_size"), OWN, `${RULES}.enclave`],
  ["a long beginning", rules("16384", "65536"), OWN, `${RULES}.enclave`],
  ["zones that do not leave", lost("tcp !["), OWN, `${RULES}.enclave`],
  ["private addresses", lost("tcp any any -> $HOME_NET"), OWN, `${RULES}.enclave`],
  ["a word that nobody knows", rules("dsize:>0", "dsize:>0; fast_pattern"), READABLE, "document"],
];

/** Judged request by request, on ports 80 and 443. */
const OF_REQUESTS: readonly Slip[] = [
  [
    "a pass, after which nobody looks",
    rules(
      /alert (http \$ZONE_APP any -> \$EXTERNAL_NET 443 (?:[^;]*;){4}) flowbits:set,enclave\.named;/,
      "pass $1",
    ),
    OWN,
    `${RULES}.enclave`,
  ],
  ["other hosts", lost("http $ZONE_APP any -> any 443"), OTHERS, `${POLICY}.enclave`],
  [
    "one host more",
    rules(/(drop http \$ZONE_APP .*?http\.host; )/, '$1content:!\\"evil.example\\"; endswith; '),
    OTHERS,
    `${POLICY}.enclave`,
  ],
  [
    "hosts that end alike",
    rules(/(drop http \$ZONE_APP .*?content:!\\")\./, "$1"),
    OTHERS,
    `${POLICY}.enclave`,
  ],
  ["requests without a host", lost("http any any", "http.start"), OTHERS, `${POLICY}.enclave`],
  ["requests of HTTP/2 without a host", lost("http2 any any"), OWN, `${RULES}.enclave`],
  ["requests that are too long to be read", lost("http any any", "app-layer-event"), OWN, `${RULES}.enclave`],
  ["long requests that are cut", rules(/flowbits:set,enclave\.named; /, ""), OWN, `${RULES}.enclave`],
  [
    "a host that leaves no record",
    rules(/\\nalert http \$ZONE_APP(?:(?!\\n).)*443(?:(?!\\n).)*/, ""),
    RECORDED,
    `${RULES}.enclave`,
  ],
  [
    "a default action, which drops every request",
    rewrite(
      POLICY,
      "enclave",
      "firewall_policy",
      /^\{/,
      '{"stateful_default_actions":["aws:drop_established_app_layer_to_server"],',
    ),
    DECLARED,
    `${POLICY}.enclave`,
  ],
];

describe("rules for names of TLS", () => expectNoticed("aws", example(), OF_EXAMPLE));
describe("rules for requests", () => expectNoticed("aws", everything(), OF_REQUESTS));
