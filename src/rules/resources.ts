/** An endpoint stands for its resources, not for its name: two names may lead to one bucket. */
import type { Cloud } from "../clouds/cloud";
import { SERVICES } from "../clouds/services";
import type { PrivateEndpoint } from "../model/enclave";

/** Whether two endpoints may lead to the same resource on one of the clouds. */
export const mayShare = (a: PrivateEndpoint, b: PrivateEndpoint, clouds: readonly Cloud[]): boolean =>
  a.service === b.service &&
  SERVICES[a.service].managed &&
  clouds.some((cloud) => mayOverlap(a.resources[cloud] ?? [], b.resources[cloud] ?? []));

/** An endpoint that names no resource leads to all of the account or project. */
const mayOverlap = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === 0 || b.length === 0 || a.some((one) => b.some((other) => isSame(one, other)));

/** Equal, or one is a prefix of the other: a bucket and what lies in it, a pattern and what it stands for. */
function isSame(a: string, b: string): boolean {
  const [short = "", long = ""] = [a, b].map(fixedPart).sort((x, y) => x.length - y.length);
  const isPattern = [a, b].some((text) => text.includes("*") && fixedPart(text) === short);
  return long.startsWith(short) && (isPattern || short === long || /^[/:]/.test(long.slice(short.length)));
}

/** Before the first wildcard. Ids of Azure are equal in any capitals. */
const fixedPart = (text: string): string => text.toLowerCase().split("*")[0]?.replace(/\/$/, "") ?? "";

/** `isDoubtData`: where there is a redaction zone, what may be data is data. */
export function holdsData({ holds, service }: PrivateEndpoint, isDoubtData: boolean): boolean {
  const known = SERVICES[service].holdsData;
  return (
    holds === "data" || known === true || (known === "unless-told" && holds === undefined && isDoubtData)
  );
}
