/**
 * Appends without end, several at once, and prints `stored <stream> <revision> <position>` after each
 * acknowledgement. Arguments: directory. To be killed.
 */
import { openSqliteStore } from '#adapters/sqlite';

const [directory = ''] = process.argv.slice(2);
const { events } = await openSqliteStore({ directory });
console.log('open');

async function writeOn(stream: string): Promise<void> {
  for (let revision = (await events.streamRevision(stream)) + 1; ; revision++) {
    const meta = {
      occurredAt: '2026-10-05T12:01:00.000+09:00',
      recordedAt: '2026-10-05T12:01:00.000+09:00',
      actor: 'job:crash',
      commandId: `${stream}/${revision}`,
      correlationId: stream,
      bodyHash: '0'.repeat(64),
    };
    const event = { type: 'sample.Happened.v1', data: `{"fill":"${'x'.repeat(400)}"}`, meta };
    const [result] = await events.append([
      { stream, expectedRevision: revision - 1, events: [event, event] },
    ]);
    if (result?.kind !== 'appended') throw new Error(`not stored: ${JSON.stringify(result)}`);
    console.log(`stored ${stream} ${result.revision} ${result.lastPosition}`);
    revision = result.revision;
  }
}

await Promise.all(['a', 'b', 'c', 'd'].map(writeOn));
