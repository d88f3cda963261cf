/** Injection token of the `Product`. */
export const PRODUCT = 'daicho.product';
/** Injection token of the `CommandObserver`. */
export const COMMAND_OBSERVER = 'daicho.command-observer';

/**
 * Hears how every command ended, for metrics. `outcome` is `done`, `replayed`, `nothing`, `rejected` or
 * `failed`; never told any input.
 */
export type CommandObserver = (command: string, outcome: string) => void;
