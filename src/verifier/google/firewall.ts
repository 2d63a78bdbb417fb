/** What the proxy's rules say of one request. */

import { block, holds } from "../replay/blocks";
import { matchesName } from "../replay/names";
import type { TerraformDocument } from "../terraform/document";
import { referredTo, resourcesOf, text, texts } from "../terraform/document";
import { evaluate } from "../terraform/expressions";

const FORM =
  /^inIpRange\(source\.ip, '([^']+)'\) && destination\.port == (\d+) && inUrlList\(host\(\), '([^']+)'\)$/;

/** Rules in order of priority; what none of them holds is denied. Throws on a matcher of another form. */
export function judgedByProxy(
  document: TerraformDocument,
  from: number,
  name: string,
  port: number,
  cut: readonly string[],
): boolean {
  const rules = [
    ...resourcesOf(document, "google_network_security_gateway_security_policy_rule").values(),
  ].sort((a, b) => Number(a["priority"]) - Number(b["priority"]));
  const decisive = rules.find((rule) => {
    const [, range = "", on = "", list = ""] = FORM.exec(text(rule, "session_matcher")) ?? [];
    if (range === "") throw new Error(`unread: ${text(rule, "session_matcher")}`);
    const source = String(evaluate(range, { quarantine: cut }));
    const names = referredTo(list, "google_network_security_url_lists").flatMap((each) =>
      texts(resourcesOf(document, "google_network_security_url_lists").get(each), "values"),
    );
    return (
      rule["enabled"] !== false &&
      holds(block(source), from) &&
      Number(on) === port &&
      names.some((pattern) => matchesName(pattern, name))
    );
  });
  return decisive?.["basic_profile"] === "ALLOW";
}
