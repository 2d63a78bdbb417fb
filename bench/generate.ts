/** A spec of any size, the same for the same numbers: small zones without roles, and flows spread evenly over all of them. */

export interface Size {
  readonly zones: number;
  /** At most one flow for each ordered pair of different zones. */
  readonly flows: number;
}

/** YAML of an enclave in 10.0.0.0/12 whose zones have /28 subnets; flow number n differs from every other in its pair of zones. */
export function generateSpec({ zones, flows }: Size): string {
  if (flows > zones * (zones - 1)) throw new Error(`${zones} zones have no ${flows} pairs`);
  const names = Array.from({ length: zones }, (_, index) => `zone-${index + 1}`);
  return [
    "name: bench",
    "region: { aws: us-east-1, azure: eastus2, google: us-east1 }",
    "cidr: 10.0.0.0/12",
    "availabilityZones: 2",
    "zones:",
    ...names.map((name) => `  ${name}: { exposure: isolated, prefix: 28 }`),
    "flows:",
    ...Array.from({ length: flows }, (_, index) => flow(names, index)),
    "",
  ].join("\n");
}

function flow(names: readonly string[], index: number): string {
  const round = Math.floor(index / names.length);
  const from = names[index % names.length];
  const to = names[(index + 1 + round) % names.length];
  return `  - { from: ${from}, to: ${to}, ports: [${8000 + round}/tcp], why: "flow ${index + 1}" }`;
}
