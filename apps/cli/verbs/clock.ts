import { ConfirmClock, ShowClock } from '#nest';
import type { Invocation } from '../invocation.js';
import type { Output } from '../output.js';
import type { Verbs } from '../program.js';
import { commandVerb, verbOf } from '../use-case-verb.js';

async function show(invocation: Invocation): Promise<Output> {
  const value = await invocation.ask(new ShowClock({}));
  const { trusted, shown, message, messageJa } = value;
  return {
    kind: 'document',
    value,
    human: () =>
      invocation.say(
        trusted ? `時計は信用されています: ${shown}\n` : `時計は信用されていません: ${shown}\n`,
        trusted ? `the clock is trusted: ${shown}\n` : `the clock is not trusted: ${shown}\n`,
      ),
    finding: trusted
      ? undefined
      : { code: 'CLOCK_NOT_TRUSTED', message: invocation.say(messageJa ?? '', message ?? '') },
  };
}

export const clockVerbs: Verbs = (_program, add, group) => {
  const clock = group('clock', { ja: '時計を信用できるか', en: 'whether the clock can be trusted' });
  add(clock, { ...verbOf(ShowClock), run: show });
  add(
    clock,
    commandVerb(ConfirmClock, ({ shown }, invocation) =>
      invocation.say(`時計の時刻 ${shown} を正しいと記録しました\n`, `recorded that ${shown} is right\n`),
    ),
  );
};
