import { Instant, parseAccountId } from '#kernel';
import { type NoticeCommand, type NoticeEvent, notice } from './notice.js';

const now = Instant.parse('2026-10-05T12:00:00.000+09:00');
const of = { notice: 'n1', account: parseAccountId('A1'), command: 'key:a/c1', about: 'cancelled' } as const;
const sent = (address: number, addresses: number): NoticeCommand => ({
  type: 'TellSent',
  now,
  of: { ...of, address, addresses },
});
const left = (address: number, addresses: number): NoticeCommand => ({
  type: 'LeaveNotice',
  now,
  of: { ...of, address, addresses },
  why: addresses === 0 ? 'no_address' : 'not_taken',
});
/** What each command leads to, one after another. */
function told(...commands: readonly NoticeCommand[]): string[] {
  let state = notice.fresh();
  return commands.map(command => {
    const outcome = notice.decide(command, state);
    if (outcome.kind !== 'events') return outcome.kind;
    const [event] = outcome.events as [NoticeEvent];
    state = notice.evolve(state, event);
    return `${event.type}${state.done ? ', done' : ''}`;
  });
}

describe('a mail of business', () => {
  it.each([
    ['to one address is told once', [sent(1, 1), sent(1, 1)], ['NoticeSent, done', 'nothing']],
    [
      'to two addresses is told to each of them',
      [sent(1, 2), sent(1, 2), sent(2, 2), sent(2, 2)],
      ['NoticeSent', 'nothing', 'NoticeSent, done', 'nothing'],
    ],
    ['leaves out no address', [sent(2, 2), sent(1, 2)], ['nothing', 'NoticeSent']],
    [
      'goes on behind an address that nobody takes',
      [left(1, 2), sent(2, 2)],
      ['NoticeLeft', 'NoticeSent, done'],
    ],
    ['without an address is left for ever', [left(0, 0), sent(1, 1)], ['NoticeLeft, done', 'nothing']],
    [
      'whose addresses were taken away meanwhile ends there',
      [sent(1, 2), left(0, 0), sent(2, 2)],
      ['NoticeSent', 'NoticeLeft, done', 'nothing'],
    ],
  ] as const)('%s', (_name, commands, expected) => expect(told(...commands)).toEqual(expected));
});
