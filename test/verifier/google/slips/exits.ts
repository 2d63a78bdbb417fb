/** Slips in the rules of the proxy and their lists. */
import { add, all, copy, remove, type Slip, set } from "../../slips";
import { type Any, UNREADABLE } from "./slip";

const ELSEWHERE = "the document is for the region that the spec names";
const EXIT = "google_network_security_gateway_security_policy_rule";
const LISTS = "google_network_security_url_lists";
const APP = `${EXIT}.app_443`;
const NAMES = "a zone gets to the names and ports that it declares";
const OTHERS = "a zone gets to no other name, on no other port, by no other protocol";
const CUT = "a zone in quarantine gets to no name";
const CUTS = "quarantine of a zone takes no name from another";
const matcher =
  (name: string, from: string | RegExp, to: string) =>
  (draft: Any): void => {
    const body = draft.resource[EXIT][name];
    body.session_matcher = body.session_matcher.replace(from, to);
  };

const values = (name: string, ...names: string[]) => set(LISTS, name, { values: names });
const OWN = "the way out is the enclave's own, and stands in its own place";
export const RULES: readonly Slip[] = [
  [
    "a foreign name in a list",
    values("app_443", "*.huggingface.co", "mirror.example.com", "attacker.example"),
    OTHERS,
    APP,
  ],
  ["a domain above a name", values("app_443", "*.huggingface.co", "*.example.com"), OTHERS, APP],
  [
    "the domain of a wildcard",
    values("app_443", "*.huggingface.co", "huggingface.co", "mirror.example.com"),
    OTHERS,
    APP,
  ],
  ["every name", values("app_443", "*"), OTHERS, APP],
  ["a form of name that no list has", values("app_443", "*huggingface.co"), UNREADABLE, `${LISTS}.app_443`],
  ["a path", values("app_443", "mirror.example.com/packages"), UNREADABLE, `${LISTS}.app_443`],
  ["a name less", values("app_443", "*.huggingface.co"), NAMES, `${LISTS}.app_443`],
  ["a list is lost", remove(LISTS, "app_443"), NAMES, `${LISTS}.app_443`],
  ["another zone's list", matcher("batch_8443", "batch_8443", "app_443"), OTHERS, `${EXIT}.batch_8443`],
  [
    "no source",
    set(EXIT, "app_443", {
      session_matcher:
        "destination.port == 443 && inUrlList(host(), '${google_network_security_url_lists.app_443.id}')",
    }),
    UNREADABLE,
    APP,
  ],
  ["no port", matcher("app_443", " && destination.port == 443", ""), UNREADABLE, APP],
  ["one of several", matcher("app_443", "443 &&", "443 ||"), UNREADABLE, APP],
  ["everything", set(EXIT, "app_443", { session_matcher: "true" }), UNREADABLE, APP],
  ["another port", matcher("app_443", "== 443", "== 22"), OTHERS, APP],
  ["another port, and the declared one is closed", matcher("app_443", "== 443", "== 22"), NAMES, EXIT],
  ["another zone's range", matcher("app_443", "10.20.4.0/22", "10.20.64.0/22"), OTHERS, APP],
  ["a range that holds two zones", matcher("app_443", "10.20.4.0/22", "10.20.0.0/21"), OTHERS, APP],
  ["every client", matcher("app_443", "10.20.4.0/22", "0.0.0.0/0"), OTHERS, APP],
  ["half of a zone", matcher("app_443", "10.20.4.0/22", "10.20.4.0/25"), NAMES, EXIT],
  ["a range that is none", matcher("app_443", "10.20.4.0/22", "10.20.4.0/99"), UNREADABLE, APP],
  ["in quarantine, too", matcher("app_443", "127.0.0.1/32", "10.20.4.0/22"), CUT, APP],
  ["in another zone's quarantine alone", matcher("app_443", '"app"', '"lab"'), CUT, APP],
  ["cut by another zone's quarantine", matcher("app_443", '"app"', '"lab"'), CUTS, EXIT],
  ["a denial in place of a permit", set(EXIT, "app_443", { basic_profile: "DENY" }), NAMES, APP],
  [
    "a profile that is neither",
    set(EXIT, "app_443", { basic_profile: "BASIC_PROFILE_UNSPECIFIED" }),
    UNREADABLE,
    APP,
  ],
  [
    "a denial before the permit",
    copy(EXIT, "app_443", "more", { basic_profile: "DENY", priority: 0 }),
    NAMES,
    `${EXIT}.more`,
  ],
  [
    "a permit more",
    all(
      add(LISTS, "more", { values: ["*"] }),
      copy(EXIT, "app_443", "more", { priority: 99 }),
      matcher("more", "lists.app_443", "lists.more"),
    ),
    OTHERS,
    `${EXIT}.more`,
  ],
  ["of another's priority", set(EXIT, "batch_80", { priority: 1 }), OWN, `${EXIT}.batch_80`],
  ["off", set(EXIT, "app_443", { enabled: false }), NAMES, EXIT],
  ["of another policy", set(EXIT, "app_443", { gateway_security_policy: "other" }), NAMES, EXIT],
  ["not there", remove(EXIT, "app_443"), NAMES, EXIT],
  ["in another region", set(EXIT, "app_443", { location: "us-west1" }), ELSEWHERE, APP],
  ["without a reason", set(EXIT, "app_443", { description: "" }), "everything that permits says why", APP],
  ["decrypted, where nothing is", set(EXIT, "app_443", { tls_inspection_enabled: true }), OWN, APP],
  [
    "asked inside, where nothing is decrypted",
    set(EXIT, "app_443", {
      application_matcher: "inUrlList(request.url(), '${google_network_security_url_lists.app_443.id}')",
    }),
    OWN,
    APP,
  ],
];
