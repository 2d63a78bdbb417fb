/** Specs with one mistake, and what is offered for it. */
import { loadSpec } from "../../src/app/load";
import { inFlow } from "../../src/diagnostics/edit";

export const HEAD = "name: case\nregion: us-east-1\ncidr: 10.20.0.0/16\n";
export const ZONES = `zones:
  web: { exposure: public, hosts: 50 }
  app: { exposure: private, hosts: 50 }
  vector-db: { exposure: isolated, hosts: 50 }
`;

export const errorsOf = (text: string) => loadSpec(text, "spec.yaml").diagnostics;

/** The edits of the only diagnostic of a spec. */
export function offered(text: string): string[] {
  const [found, ...others] = errorsOf(text);
  expect(others).toEqual([]);
  return (found?.edits ?? []).map(({ applicability, op, path, value }) =>
    [applicability, op, path, ...(value === undefined ? [] : [inFlow(value)])].join(" "),
  );
}

export const zone = (fields: string): string => `${HEAD}zones:\n  app: { ${fields} }\n`;
export const body = (text: string): string => `${HEAD}${ZONES}${text}\n`;
export const flow = (fields: string): string => body(`flows:\n  - { ${fields} }`);
