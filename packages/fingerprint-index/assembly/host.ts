/** Hands full scratch to the host, which copies the hits out. */
// @ts-ignore: decorator
@external('host', 'drain')
export declare function drain(hits: u32): void
