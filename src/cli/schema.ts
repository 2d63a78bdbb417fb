import { enclaveJsonSchema } from "../spec/schema/schema";
import type { Outcome } from "./command";

export const schemaText = (): string => `${JSON.stringify(enclaveJsonSchema(), null, 2)}\n`;

/** Both formats print the schema itself: it is a JSON document. */
export const schema = (): Outcome => ({ exitCode: 0, document: schemaText() });
