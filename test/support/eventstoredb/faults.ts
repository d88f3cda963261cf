import type { ServiceError } from '@grpc/grpc-js';

/** What may happen to a write. `after`: it took effect, and its writer does not hear of it. */
export type AppendFault =
  | 'unavailable-before'
  | 'unavailable-after'
  | 'not-ready-before'
  | 'timeout-before'
  | 'timeout-after'
  | 'silent-before'
  | 'silent-after'
  | 'shown-then-timeout'
  | 'shown-then-denied'
  | 'shown-then-unavailable'
  | 'late'
  | 'access-denied';

/** After `shown-then-…` the log shows a write long before its writer is answered. */
export const ANSWERS_LATE_MS = 600;

/** Faults that a test plans; each happens once, in order. */
export class Faults {
  private readonly appends: { readonly stream: RegExp; readonly fault: AppendFault }[] = [];
  private readonly reads: ServiceError[] = [];
  /** Breaks a read or a subscription off after so many events; undefined: never. */
  cutReadAfter: number | undefined;
  private late: (() => void)[] = [];
  /** How many faults have happened. */
  happened = 0;

  /** The next write to a matching stream suffers this. */
  planAppend(fault: AppendFault, stream = /./): void {
    this.appends.push({ stream, fault });
  }

  /** The next read or subscription is refused with this error. */
  planRead(error: ServiceError): void {
    this.reads.push(error);
  }

  onAppend(stream: string): AppendFault | undefined {
    const at = this.appends.findIndex(plan => plan.stream.test(stream));
    if (at < 0) return undefined;
    this.happened++;
    return this.appends.splice(at, 1)[0]!.fault;
  }

  /** The write waits in the server's queue, its client gives up, it takes effect before the next write. */
  hold(write: () => void): void {
    this.late.push(write);
  }

  releaseHeld(): void {
    const { late } = this;
    this.late = [];
    for (const write of late) write();
  }

  onRead(): ServiceError | undefined {
    const error = this.reads.shift();
    if (error) this.happened++;
    return error;
  }

  /** Whether a read breaks off now, after `sent` events. */
  cutsRead(sent: number): boolean {
    if (this.cutReadAfter === undefined || sent < this.cutReadAfter) return false;
    this.cutReadAfter = undefined;
    this.happened++;
    return true;
  }
}
