import type { Product } from '#runtime';

export interface Appends {
  /** How many events each command id has. */
  readonly perCommand: ReadonlyMap<string, number>;
  /** Command ids whose events do not stand together in one stream: the command was done twice. */
  readonly scattered: readonly string[];
  /** Calls that were charged or noted more than once. */
  readonly callsTwice: readonly string[];
}

interface Line {
  readonly position: number;
  readonly stream: string;
  readonly type: string;
  readonly data: { readonly call?: { readonly callId?: string } };
  readonly meta: { readonly commandId: string };
}

/** What the log says of who did what how often, read from its own export. */
export async function appendsOf(product: Product): Promise<Appends> {
  const perCommand = new Map<string, number>();
  const last = new Map<string, Line>();
  const scattered = new Set<string>();
  const calls = new Map<string, number>();
  for await (const piece of product.audit.export('jsonl', { withSecrets: true })) {
    for (const text of piece.split('\n')) {
      if (text === '') continue;
      const line = JSON.parse(text) as Line;
      const { commandId } = line.meta;
      const before = last.get(commandId);
      if (before && (before.position !== line.position - 1 || before.stream !== line.stream))
        scattered.add(commandId);
      last.set(commandId, line);
      perCommand.set(commandId, (perCommand.get(commandId) ?? 0) + 1);
      if (/^ledger\.Call(Charged|Noted)\./.test(line.type)) {
        const id = line.data.call!.callId!;
        calls.set(id, (calls.get(id) ?? 0) + 1);
      }
    }
  }
  const callsTwice = [...calls].filter(([, count]) => count > 1).map(([id]) => id);
  return { perCommand, scattered: [...scattered], callsTwice };
}
