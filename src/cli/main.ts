#!/usr/bin/env node
/** The executable. Node 22.1 and later keep compiled code beside it, if allowed, for a faster start. */
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";

// A run is over before optimized code has paid for its compilation: measured up to 100 zones with 2000 flows.
setFlagsFromString("--no-opt");
const { enableCompileCache } = require("node:module") as { enableCompileCache?: (directory: string) => void };
enableCompileCache?.(join(__dirname, "../../.compile-cache"));
require("./start");
