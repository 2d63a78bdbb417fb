/** Every sentence that is true of an enclave on whatever cloud. */
import type { Sentence } from "./asking";
import { PACKETS } from "./sentences-packets";
import { WAYS } from "./sentences-ways";
import { WHOLE } from "./sentences-whole";

export const SENTENCES: readonly Sentence[] = [...PACKETS, ...WAYS, ...WHOLE];
