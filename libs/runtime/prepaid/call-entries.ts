import type { EventStore, RecordedCommand } from '#ports';
import { callCommandId } from '../imports/call-pricing.js';

/** A call that was corrected more often than this is not a call but a mistake. */
const ENTRIES_AT_MOST = 1_000;

/** The command id of the n-th entry of a call id: the record that came first, then each correction. */
export const entryCommandId = (callId: string, entry: number): string =>
  entry === 1 ? callCommandId(callId) : `corrected/${entry}/${callId}`;

/** What was recorded under a call id, the first entry first. */
export async function entriesOf(events: EventStore, callId: string): Promise<RecordedCommand[]> {
  const found: RecordedCommand[] = [];
  for (let entry = 1; entry <= ENTRIES_AT_MOST; entry++) {
    const id = entryCommandId(callId, entry);
    const recorded = (await events.findCommands([id])).get(id);
    if (!recorded) break;
    found.push(recorded);
  }
  return found;
}
