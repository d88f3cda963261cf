import type { OutboxEntry } from '#ports';
import type { OutboxViewer } from './identity.types.js';
import { type MessageOf, messageOf } from './message-ids.js';

/** Instead of what opens a login. */
export const HIDDEN = '••••••';
/** Links with what follows the mark of their query; digits, also as they are read out one by one. */
const SECRETS = /https?:\/\/\S+|\d(?:[、,.:\- ]{0,2}\d)*/g;

/** The text without links and digits: that something was sent, and nothing to use. */
const hidden = (text: string): string => text.replace(SECRETS, HIDDEN);

/** Whether a message is for this session to read, whole. */
function isOwn({ login, about, rest }: MessageOf, { live }: OutboxViewer): boolean {
  if (live === null || login !== live.login) return false;
  // Who knows no more than the password: the code that was sent for this very session, and no link.
  return live.view.stage === 'signed_in' || (about === 'code' && rest[0] === live.session);
}

/**
 * What somebody may read of the messages that sandbox senders kept. A message is a login's own by its id,
 * never by its address: anybody can register the address of somebody else. Whoever helps others sees theirs
 * too; of what opens a login (codes, links) only that it was sent.
 */
export function outboxView(kept: readonly OutboxEntry[], viewer: OutboxViewer): readonly OutboxEntry[] {
  return kept.flatMap(entry => {
    const message = messageOf(entry.message);
    if (message && isOwn(message, viewer)) return [entry];
    if (!viewer.helpsOthers) return [];
    // What is not known may be anything.
    const opens = !message || message.about === 'code' || message.about === 'reset';
    if (!opens) return [entry];
    const { subject, text } = entry;
    return [{ ...entry, subject: subject === null ? null : hidden(subject), text: hidden(text) }];
  });
}
