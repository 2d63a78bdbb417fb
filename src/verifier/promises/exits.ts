/** Ways out: where packets are led, and which names pass on which ports. */
import { type Departure, departuresOf } from "../../model/connections";
import { idOf } from "../../model/ids";
import { type Fault, faults, unless } from "../replay/fault";
import { matchesName } from "../replay/names";
import type { Host } from "../replay/paths";
import type { Application } from "../replay/reader";
import { formatPacket, LAST_PORT, type Packet, parseTraffic } from "../replay/traffic";
import { isInternet } from "./declared";
import { probesOf } from "./probes";
import { type Asked, type EnclavePromise, promise } from "./promise";

export const EXITS: readonly EnclavePromise[] = [
  promise("a zone that does not leave has no way to the internet but that by which it serves it", (asked) =>
    ledElsewhere(asked, ({ leaves }) => !leaves),
  ),
  promise("a zone leaves by the inspected path and no other", (asked) =>
    ledElsewhere(asked, ({ leaves }) => leaves),
  ),
  promise("a zone gets to the names and ports that it declares", (asked) =>
    exits(asked).flatMap(({ host, departure }) => refused(asked, host, departure, [])),
  ),
  promise("a zone gets to no other name, on no other port, by no other protocol", (asked) =>
    differentHosts(asked).flatMap((host) => passing(asked, host, [])),
  ),
  promise("a zone in quarantine gets to no name", (asked) =>
    asked.enclave.zones.flatMap(({ name }) =>
      differentHosts(asked).flatMap((host) => (host.name === idOf(name) ? passing(asked, host, [name]) : [])),
    ),
  ),
  promise("quarantine of a zone takes no name from another", (asked) =>
    asked.enclave.zones.flatMap(({ name }) =>
      exits(asked).flatMap(({ host, departure }) =>
        departure.zone === name ? [] : refused(asked, host, departure, [name]),
      ),
    ),
  ),
  promise("nothing begins on the way out but TCP on the ports that a zone declares", (asked) =>
    differentHosts(asked).flatMap((host) => beginning(asked, host)),
  ),
  promise("the way out is the enclave's own, and stands in its own place", ({ read }) =>
    read.inspectionFaults(),
  ),
  promise("there is a way out only where something leaves", ({ read, enclave }) =>
    enclave.egress.length > 0 ? [] : faults(read.inspectors(), "nothing leaves"),
  ),
  promise("inspection of requests decrypts what leaves", ({ read, enclave }) =>
    unless(
      enclave.inspection !== "request" || enclave.egress.length === 0 || read.decrypts(),
      read.inspector,
      "nothing is decrypted",
    ),
  ),
  promise("inspection of connections decrypts nothing", ({ read, enclave }) =>
    unless(enclave.inspection === "request" || !read.decrypts(), read.inspector, "TLS is decrypted"),
  ),
  promise("the way out stands in more than one availability zone", ({ read, enclave }) =>
    unless(
      enclave.availabilityZones === 1 || enclave.egress.length === 0 || read.exitSpansZones(),
      read.inspector,
      "it stands in one",
    ),
  ),
];

const zoneHosts = ({ read }: Asked): readonly Host[] => read.hosts().filter(({ kind }) => kind === "zone");

/** One for all that the inspected path judges alike. */
const differentHosts = (asked: Asked): Host[] => [
  ...new Map(zoneHosts(asked).map((host) => [`${host.name} ${host.likeness}`, host])).values(),
];

/**
 * A zone that serves the internet may have a direct way for its replies; what it opens by it is judged with
 * the packets.
 */
function ledElsewhere(asked: Asked, of: (zone: { readonly leaves: boolean }) => boolean): Fault[] {
  const { read, declared, enclave } = asked;
  const leaving = new Set(enclave.egress.flatMap(({ from }) => from.map(idOf)));
  const outside = asked.outside.filter(isInternet);
  return zoneHosts(asked).flatMap((host) => {
    const leaves = leaving.has(host.name);
    if (!of({ leaves })) return [];
    const serves = declared.fromInternet(host.name).length > 0;
    const admitted = leaves ? ["inspected"] : serves ? ["direct", "nowhere"] : ["nowhere"];
    const led = (target: Host): string => read.path(host, target).under([]).led;
    const wrong = outside.find((target) => !admitted.includes(led(target)));
    return wrong === undefined
      ? []
      : unless(false, host.resource, `packets to ${wrong.name} are led ${led(wrong)}`);
  });
}

interface Exit {
  readonly host: Host;
  readonly departure: Departure;
}

const exits = (asked: Asked): Exit[] => {
  const hosts = differentHosts(asked);
  return departuresOf(asked.enclave).flatMap((departure) =>
    hosts.flatMap((host) => (host.name === idOf(departure.zone) ? [{ host, departure }] : [])),
  );
};

/**
 * With inspection of requests, plain HTTP on the port of a declared name is judged as TLS is.
 */
function spoken({ read, enclave }: Asked, port: number): readonly Application[] {
  if (read.applications.length === 1) return read.applications;
  return enclave.inspection === "request" ? [applicationOn(port), "http"] : [applicationOn(port)];
}

/** Port 80 is HTTP with a host, every other port TLS with a server name. */
const applicationOn = (port: number): Application => (port === 80 ? "http" : "tls");

function refused({ read }: Asked, host: Host, { name, port }: Departure, cut: readonly string[]): Fault[] {
  const samples = name.startsWith("*.") ? [name.replace("*", "a"), name.replace("*", "b.a")] : [name];
  return samples.flatMap((sample) => {
    const verdict = read.inspects(host, { name: sample, port, application: applicationOn(port) }, cut);
    return unless(verdict.passes, verdict.by, `${host.name} does not get to ${sample} on ${port}`);
  });
}

/** Every name that the spec or a rule of the host tells apart, on every port that they tell apart. */
function passing(asked: Asked, host: Host, cut: readonly string[]): Fault[] {
  const { read } = asked;
  const own = departuresOf(asked.enclave).filter(
    ({ zone }) => idOf(zone) === host.name && !cut.includes(zone),
  );
  const rules = read.exitPatterns(host, cut);
  const names = probesOf([...own.map(({ name }) => name), ...rules.names]);
  const found = new Map<string, Fault>();
  for (const port of pieces([...own.map((each) => each.port), ...rules.ports]))
    for (const application of read.applications)
      for (const name of names) {
        const request = { name, port, application };
        const inspected = read.inspects(host, request, cut);
        const verdict = inspected.passes ? inspected : read.letsPass(host, request, cut);
        if (!verdict.passes || found.has(verdict.by)) continue;
        const given = own.some((one) => one.port === port && matchesName(one.name, name));
        if (given && spoken(asked, port).includes(application)) continue;
        const detail = `${host.name} gets to "${name}" on ${port} by ${application}`;
        found.set(verdict.by, { resource: verdict.by, detail });
      }
  return [...found.values()];
}

/** Of zones that leave: of all others no route leads here. */
function beginning({ read, enclave }: Asked, host: Host): Fault[] {
  const own = departuresOf(enclave).filter(({ zone }) => idOf(zone) === host.name);
  if (own.length === 0) return [];
  const ports = own.map(({ port }) => port);
  const packets: Packet[] = pieces([...ports, ...read.exitPatterns(host, []).ports]).map((port) => ({
    protocol: "tcp",
    port,
  }));
  return [...packets, { protocol: "udp", port: 443 }, parseTraffic("icmp")].flatMap((packet) => {
    const { passes, by } = read.begins(host, packet, []);
    const given = packet.protocol === "tcp" && ports.includes(packet.port);
    return unless(given || !passes, by, `${host.name} begins ${formatPacket(packet)}`);
  });
}

/** One port of each piece into which single ports cut all of them. */
const pieces = (ports: readonly number[]): number[] => [
  ...new Set([1, ...[80, 443, ...ports].flatMap((port) => (port < LAST_PORT ? [port, port + 1] : [port]))]),
];
