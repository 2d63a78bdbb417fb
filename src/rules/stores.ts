/** Zones that keep something: no way out, no way in from the internet, and sinks that open nothing. */
import type { Diagnostic, SpecPath } from "../diagnostics/diagnostic";
import { finding } from "../diagnostics/make";
import { joinPath } from "../diagnostics/path";
import { INTERNET, type Role } from "../model/enclave";
import { type Judge, orWaive, type Rule } from "./judge";
import type { JudgedZone, Subject } from "./subject";

const zonesOf = ({ zones }: Subject, roles: readonly Role[]): JudgedZone[] =>
  zones.filter(({ role }) => role !== undefined && roles.includes(role));

export const NO_EGRESS: readonly Role[] = ["data", "vector-store", "artifacts", "logging", "redaction"];

export const storesNoEgress: Rule = (subject, { waived, lineOf }) =>
  zonesOf(subject, NO_EGRESS).flatMap(({ name, role }) =>
    subject.egress
      .filter(({ from }) => from.includes(name))
      .flatMap(({ path, to }) => {
        if (waived("stores-no-egress", [name])) return [];
        const detail = `Zone "${name}" has the role ${role}, and what such a zone holds has no reason to leave: data, vector-store, artifacts, logging and redaction zones have no egress. Line ${lineOf(path)} opens ${to.join(", ")}.`;
        const fix = orWaive(`remove "${name}" from ${path}`, "stores-no-egress", { zone: name });
        return [
          finding("stores-no-egress", path, `zone "${name}" (${role}) has a way out`, detail, {
            facts: { zone: name },
            fix,
          }),
        ];
      }),
  );

export const NOT_PUBLIC: readonly Role[] = ["data", "vector-store", "artifacts", "logging", "training"];

export const storesNotPublic: Rule = (subject, { waived, lineOf }) =>
  zonesOf(subject, NOT_PUBLIC).flatMap(({ name, role, path, exposure }) => {
    const flows = subject.flows.filter(({ from, to }) => from.includes(INTERNET) && to.includes(name));
    if ((exposure !== "public" && flows.length === 0) || waived("stores-not-public", [name])) return [];
    const open = flows.map((flow) => ` Line ${lineOf(flow.path)} leads from the internet to it.`).join("");
    const detail = `Zone "${name}" has the role ${role}: data, vector-store, artifacts, logging and training zones are not public.${open}`;
    const fix = orWaive(
      "make it `exposure: isolated` and remove its flows from the internet",
      "stores-not-public",
      { zone: name },
    );
    return [
      finding("stores-not-public", joinPath(path, "exposure"), `zone "${name}" (${role}) is public`, detail, {
        facts: { zone: name },
        fix,
      }),
    ];
  });

const SINKS: readonly Role[] = ["vector-store", "logging"];

export const sinksInitiateNothing: Rule = (subject, judge) =>
  zonesOf(subject, SINKS).flatMap(({ name, role = "logging" }) => [
    ...subject.flows
      .filter(({ from, to }) => from.includes(name) && to.some((each) => each !== name))
      .flatMap(({ path, to }) =>
        initiates(
          name,
          role,
          path,
          to.filter((each) => each !== name),
          judge,
        ),
      ),
    ...subject.privateEndpoints
      .filter(({ from }) => from.includes(name))
      .flatMap((endpoint) => initiates(name, role, endpoint.path, [endpoint.name], judge, endpoint.name)),
    ...subject.egress
      .filter(({ from }) => from.includes(name))
      .flatMap(({ path, to }) => initiates(name, role, path, to, judge)),
  ]);

function initiates(
  zone: string,
  role: Role,
  path: SpecPath,
  to: readonly string[],
  { waived, lineOf }: Judge,
  endpoint?: string,
): Diagnostic[] {
  if (waived("sinks-initiate-nothing", [zone], endpoint)) return [];
  const detail = `Zone "${zone}" has the role ${role}: it answers and opens no connections, so that whoever takes it over stays there. Line ${lineOf(path)} lets it open connections to ${to.join(", ")}.`;
  const fix = orWaive(`remove "${zone}" from ${path}`, "sinks-initiate-nothing", {
    zone,
    ...(endpoint === undefined ? {} : { endpoint }),
  });
  return [
    finding("sinks-initiate-nothing", path, `zone "${zone}" (${role}) opens connections`, detail, {
      facts: { zone, to },
      fix,
    }),
  ];
}
