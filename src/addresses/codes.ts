/** Every code that the address pass reports, with its meaning in one line. Codes are interface: never renamed, never reused. */
export const ADDRESS_CODES = {
  "range-too-small": "a zone finds no free block of its size in the enclave's range",
  "infrastructure-too-large":
    "the fixed infrastructure finds no room beside the zones with a cidr of their own",
  "cidr-taken": "a zone's cidr lies on a block that belongs to another zone or to the infrastructure",
  "cidr-freed": "a zone's cidr lies on the block of a removed zone, which only --reclaim lets go",
  "zone-moved": "a zone's cidr differs from the block that the lock file records",
  "zone-resized": "a zone's prefix differs from the slot size that the lock file records",
  "zone-outgrown": "a zone asks for more hosts than its recorded block has",
  "zone-removed": "a zone that the lock file records is gone from the spec, and its block is freed",
  "zone-renamed": "a zone keeps its addresses under another name, and Terraform has to be told",
  "zone-returned": "a removed zone is back and gets a new block, because freed blocks wait for --reclaim",
  "range-changed": "the enclave's range differs from the one that the lock file records",
  "rename-of-existing": "a zone says that it was another one, which is still in the spec",
  "rename-unknown": "a zone says that it was another one, which the lock file does not record",
  "rename-without-effect":
    "a zone that has its block already says that it was another one, which the lock file does not record",
  "rename-ambiguous": "a rename can be read in two ways, so that addresses could move unnoticed",
  "ordinals-exhausted": "a class of rules has used up its numbers",
  "lock-damaged": "the lock file is not one that ai-enclave wrote",
  "lock-frozen": "the lock file would have to change, and --frozen-lock forbids it",
} as const;

export type AddressCode = keyof typeof ADDRESS_CODES;
