/** `enclave synth` of a small spec, with stand-ins for the clouds. */
import type { Command } from "../../src/cli/command";
import { COMMANDS } from "../../src/cli/commands";
import { synth } from "../../src/cli/synth";
import type { Cloud } from "../../src/clouds/cloud";
import { type Behaviour, standInClouds } from "./stand-in-clouds";
import { type Ended, enclave, type Session } from "./terminal";

/** Names no cloud of its own. */
export const SPEC = `name: small
region: { aws: us-east-1, azure: eastus2, google: us-east1 }
cidr: 10.20.0.0/16
zones:
  front: { exposure: public, role: ingress, hosts: 20 }
  back: { exposure: isolated, role: app, hosts: 10 }
flows:
  - { from: internet, to: front, ports: [443/tcp], why: "public API" }
  - { from: front, to: back, ports: [8080/tcp], why: "gateway to servers" }
`;
export const AWS = `${SPEC}cloud: aws\n`;
export const FINDING = `${AWS}assertions:\n  - never: { from: front, to: back }\n`;
export const INVALID = AWS.replace("hosts: 20", "host: 20");

export type Behaviours = Partial<Record<Cloud, Behaviour>>;

export function runSynth(
  cwd: string,
  args: readonly string[],
  session: Session & { built?: readonly Cloud[]; behaviours?: Behaviours } = {},
): Promise<Ended> {
  const tools = standInClouds(session.built, session.behaviours);
  const commands = COMMANDS.map(
    (command): Command =>
      command.name === "synth" ? { ...command, run: (call) => synth(call, tools) } : command,
  );
  return enclave(["synth", ...args], { cwd, ...session, commands });
}

/** An error at the last line of the zones. */
export const errorAtBack = (code: string, summary = "no") => ({
  severity: "error" as const,
  code,
  summary,
  detail: "",
  path: "zones.back",
  facts: {},
  edits: [],
});
