import type { AppendRequest } from '#ports';

/** Requests of one event each over 100 streams `s1`..`s100`; every twentieth event is of a second type. */
export function manyRequests(count: number, from = 1): AppendRequest[] {
  return Array.from({ length: count }, (_, i) => {
    const n = from + i;
    const event = {
      type: n % 20 === 0 ? 'sample.Counted.v1' : 'sample.Happened.v1',
      data: `{"amount":"${n}","text":"台帳 ${'x'.repeat(n % 50)}"}`,
      meta: {
        occurredAt: '2026-10-05T12:01:00.000+09:00',
        recordedAt: '2026-10-05T12:01:00.250+09:00',
        actor: 'cli:operator',
        commandId: `command/${n}`,
        correlationId: `command/${n}`,
        bodyHash: 'ab'.repeat(32),
      },
    };
    const stream = ((n - 1) % 100) + 1;
    return { stream: `s${stream}`, expectedRevision: Math.floor((n - 1) / 100) - 1, events: [event] };
  });
}
