/** Terraform gets the backend's arguments unchanged, so they may hold no secret and no expression. */

import type { Diagnostic, SpecPath } from "../diagnostics/diagnostic";
import { error } from "../diagnostics/make";
import { joinPath } from "../diagnostics/path";
import { BACKENDS, type BackendType } from "../model/backend";
import { known } from "../spec/unknown";
import type { Context } from "./context";

/** Secret arguments, without file paths: developer.hashicorp.com/terraform/language/backend */
const SECRET_ARGUMENTS: ReadonlySet<string> = new Set([
  "access_key",
  "access_token",
  "client_certificate",
  "client_certificate_password",
  "client_secret",
  "credentials",
  "encryption_key",
  "oidc_request_token",
  "oidc_token",
  "password",
  "private_key",
  "sas_token",
  "secret",
  "secret_key",
  "session_token",
  "sse_customer_key",
  "token",
  "web_identity_token",
]);

/** Values that are secrets under any name: AWS key id, private key, signed Azure URL, URL with a password. */
const SECRET_VALUES: readonly RegExp[] = [
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /[?&]sig=/,
  /^[a-z][a-z0-9+.-]*:\/\/[^/@\s]*:[^/@\s]+@/i,
];

export function* checkBackend({ draft }: Context): Iterable<Diagnostic> {
  const backend = known(draft.spec.backend);
  yield* checkArgument(joinPath("backend", "config"), "", backend?.config, known(backend?.type));
}

/** `key` is the nearest: that of the list for an entry of one. No value is shown: it may be the secret. */
function* checkArgument(
  path: SpecPath,
  key: string,
  value: unknown,
  type?: BackendType,
): Iterable<Diagnostic> {
  const isSecret = SECRET_ARGUMENTS.has(key.toLowerCase());
  const text = typeof value === "string" ? value : "";
  if (typeof value === "object" && value !== null && !isSecret) {
    const isList = Array.isArray(value);
    for (const [inner, each] of Object.entries(value))
      yield* checkArgument(joinPath(path, isList ? Number(inner) : inner), isList ? key : inner, each, type);
  } else if (isSecret || SECRET_VALUES.some((pattern) => pattern.test(text))) {
    const [, credentials] = type === undefined ? [] : BACKENDS[type];
    const environment = credentials === undefined ? "" : `: ${credentials}`;
    const detail =
      "A spec is committed and passed on as it is, and Terraform writes the backend's arguments to " +
      `disk. Leave it out and give it through the environment${environment}.`;
    yield error("backend-credential", path, `"${key}" of the backend is a credential`, detail);
  } else if (/[$%]\{/.test(text)) {
    const detail =
      "Terraform takes no expressions in a backend. " +
      "Write the value out, or leave the argument out and give it with `terraform init " +
      "-backend-config`.";
    yield error("backend-expression", path, `"${key}" of the backend is an expression`, detail);
  }
}
