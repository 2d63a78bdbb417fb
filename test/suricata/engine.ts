/** Suricata as the judge of each packet of a capture: with a configuration of its own, in the place of a firewall. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import path from "node:path";
import { type Scratch, scratch } from "../support/scratch";
import { capture, type Packet } from "./pcap";

/** By name, without `$`: what the rules call addresses. */
export type Variables = Readonly<Record<string, string>>;

export interface Judged {
  /** Of each packet, in the order of the capture. */
  readonly dropped: readonly boolean[];
  /** Ids of the rules that wrote a record, with the packet that they saw. */
  readonly alerts: readonly { readonly packet: number; readonly sid: number }[];
}

export const SURICATA = process.env["SURICATA"] ?? "suricata";

/** Files without which the engine does not start. */
const EMPTY = ["classification", "reference-config", "threshold"];

/**
 * Nothing but the rules drops here: what breaks a stream or a parser would be dropped by the engine itself otherwise.
 * Alerts and passes come before drops, as in the file; see the test of their order.
 */
function configuration(variables: Variables, folder: string): string {
  const groups = Object.entries(variables).map(([name, value]) => `    ${name}: "${value}"`);
  const empty = EMPTY.map((name) => `${name}-file: ${folder}/${name}`);
  return `%YAML 1.1
---
vars:
  address-groups:
${groups.join("\n")}
  port-groups: {}
exception-policy: ignore
action-order: [alert, pass, drop, reject]
${empty.join("\n")}
default-log-dir: ${folder}
stats: { enabled: no }
outputs:
  - eve-log:
      enabled: yes
      filename: eve.json
      types:
        - alert
        - drop: { alerts: yes, flows: all }
logging: { default-log-level: warning, outputs: [{ console: { enabled: yes } }] }
app-layer:
  protocols:
    tls: { enabled: yes, ja3-fingerprints: no, detection-ports: { dp: 443 } }
    http: { enabled: yes }
    http2: { enabled: yes }
stream: { inline: yes, checksum-validation: no, reassembly: { depth: 0 } }
host-mode: router
unix-command: { enabled: no }
`;
}

function prepared(rules: string, variables: Variables): Scratch {
  const folder = scratch();
  for (const name of EMPTY) folder.write(name, "");
  folder.write("suricata.yaml", configuration(variables, folder.path));
  folder.write("enclave.rules", `${rules}\n`);
  return folder;
}

function run(folder: Scratch, more: readonly string[]): string {
  const files = [
    "-c",
    path.join(folder.path, "suricata.yaml"),
    "-S",
    path.join(folder.path, "enclave.rules"),
  ];
  const done = spawnSync(SURICATA, [...files, "-l", folder.path, "-k", "none", ...more], {
    encoding: "utf8",
  });
  if (done.error !== undefined) throw done.error;
  const said = `${done.stdout}${done.stderr}`;
  if (done.status !== 0) throw new Error(`suricata ${more.join(" ")}: ${said}`);
  return said;
}

/** Loads the rules and nothing else. Everything that the engine says of them: nothing, when they are well. */
export function complaints(rules: string, variables: Variables): string {
  const folder = prepared(rules, variables);
  try {
    return run(folder, ["-T"]);
  } finally {
    folder.remove();
  }
}

interface Event {
  readonly event_type: string;
  readonly pcap_cnt?: number;
  readonly alert?: { readonly signature_id: number };
}

export function judge(rules: string, variables: Variables, packets: readonly Packet[]): Judged {
  const folder = prepared(rules, variables);
  try {
    const file = path.join(folder.path, "packets.pcap");
    writeFileSync(file, capture(packets));
    run(folder, ["-r", file, "--simulate-ips", "--runmode", "single"]);
    const lines = (folder.files()["eve.json"] ?? "").split("\n").filter((line) => line !== "");
    const events = lines.map((line) => JSON.parse(line) as Event);
    const dropped = new Set(
      events.flatMap(({ event_type, pcap_cnt }) => (event_type === "drop" ? [pcap_cnt] : [])),
    );
    return {
      dropped: packets.map((_, at) => dropped.has(at + 1)),
      alerts: events.flatMap(({ event_type, pcap_cnt, alert }) =>
        event_type === "alert" && pcap_cnt !== undefined && alert !== undefined
          ? [{ packet: pcap_cnt - 1, sid: alert.signature_id }]
          : [],
      ),
    };
  } finally {
    folder.remove();
  }
}
