#!/usr/bin/env node
/** The executable. Node 22.1 and later keep compiled code beside it, if allowed, for a faster start. */
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";

// A run ends before optimized code and garbage marked in advance pay for themselves.
setFlagsFromString("--no-opt --no-incremental-marking");
const { enableCompileCache } = require("node:module") as { enableCompileCache?: (directory: string) => void };
enableCompileCache?.(join(__dirname, "../../.compile-cache"));
require("./start");
