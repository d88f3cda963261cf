import { readdirSync, readFileSync } from 'node:fs';
import { Instant } from '#kernel';
import { canonicalCdr, isSkip, PAYER_VARIABLE, parseFreeswitchCdr, talkMs } from './index.js';

const HOME = 'test/fixtures/freeswitch-json';

/** All records of one recorded scenario, A legs first (their file names begin with `a_`). */
function scenario(name: string): { file: string; text: string; variables: Record<string, string> }[] {
  const files = readdirSync(`${HOME}/${name}`).sort(
    (a, b) => Number(b.startsWith('a_')) - Number(a.startsWith('a_')),
  );
  return files.map(file => {
    const text = readFileSync(`${HOME}/${name}/${file}`, 'utf8');
    return { file, text, variables: JSON.parse(text).variables };
  });
}

/** A short word for what became of a record: who pays for what and how long, or why nobody does. */
function outcome(text: string): string {
  const result = parseFreeswitchCdr(text);
  if (isSkip(result)) return result.skip;
  if ('problem' in result) return `problem ${result.field}`;
  const { account, direction, number, from, to, hangupCause } = result;
  const talk = result.answeredAt === null ? 'unanswered' : `${talkMs(result)} ms`;
  return `${account} ${direction} ${number} ${from}>${to} ${talk} ${hangupCause}`;
}

describe('recorded calls', () => {
  it.each([
    ['02-call-answered-7s', ['acct-1002 out 01049305551002 1002>1001 7340 ms NORMAL_CLEARING', 'B_LEG']],
    ['04-call-no-answer', ['acct-1002 out 01049305551002 1002>4930480 unanswered NORMAL_CLEARING', 'B_LEG']],
    [
      '10-prepaid-sched-hangup-dialplan',
      ['acct-1002 out 01049305551002 1002>810049301112222 4520 ms ALLOTTED_TIMEOUT', 'B_LEG'],
    ],
    ['15-click-to-call-bridge', ['acct-1001 out 01049305551001 1001>1001 6740 ms NORMAL_CLEARING', 'B_LEG']],
    [
      '21-simultaneous-ring-lose-race',
      ['acct-1002 out 01049305551002 1002>2000 3020 ms NORMAL_CLEARING', 'B_LEG', 'B_LEG'],
    ],
    ['24-forward-unconditional', ['acct-1002 out 01049305551002 1002>1006 3520 ms NORMAL_CLEARING', 'B_LEG']],
    [
      '38-blind-transfer-b-leg',
      ['acct-1002 out 01049305551002 1002>1001 5180 ms NORMAL_CLEARING', 'B_LEG', 'B_LEG'],
    ],
    ['39-loopback-call', ['PSEUDO_CHANNEL', 'PSEUDO_CHANNEL', 'B_LEG']],
    ['09-inbound-did', ['problem accountcode', 'B_LEG']],
    ['17-click-to-call-a-no-answer', ['problem accountcode']],
  ])('%s', (name, expected) => {
    expect(scenario(name).map(r => outcome(r.text))).toEqual(expected);
  });

  it('charges each of two callers who meet by group pickup for the own leg', () => {
    expect(
      scenario('36-pickup-group')
        .map(r => outcome(r.text))
        .sort(),
    ).toEqual([
      'B_LEG',
      'acct-1002 out 01049305551002 1002>2003 3020 ms NORMAL_CLEARING',
      'acct-1004 out 01049305551004 1004>*8 3020 ms NORMAL_CLEARING',
    ]);
  });

  it('starts a call that was recovered after a crash of the switch at its answer', () => {
    const [a] = scenario('65-fs-killed-then-sofia-recover');
    const cdr = parseFreeswitchCdr(a!.text);
    if (isSkip(cdr) || 'problem' in cdr) throw new Error(outcome(a!.text));
    expect([cdr.startedAt === cdr.answeredAt, talkMs(cdr), cdr.from]).toEqual([true, 11_277, '1002']);
  });

  const all = readdirSync(HOME).flatMap(scenario);
  it('never bills by billsec: talk is billusec to within the cut of a millisecond', () => {
    const answered = all.filter(r => r.variables['answer_uepoch'] !== '0');
    const talks = answered.flatMap(r => {
      const cdr = parseFreeswitchCdr(r.text);
      return isSkip(cdr) || 'problem' in cdr ? [] : [[talkMs(cdr), r.variables] as const];
    });
    expect(talks.length).toBeGreaterThanOrEqual(8);
    for (const [talk, variables] of talks) {
      expect(Math.abs(talk - Number(variables['billusec']) / 1000)).toBeLessThan(1);
    }
    expect(talks.some(([talk, v]) => Math.abs(talk - Number(v['billsec']) * 1000) > 400)).toBe(true);
  });

  it('gives one paying record per call at most, and one text per record', () => {
    const cdrs = all.map(r => parseFreeswitchCdr(r.text)).filter(c => !isSkip(c) && !('problem' in c));
    expect(new Set(cdrs.map(c => canonicalCdr(c as Parameters<typeof canonicalCdr>[0]))).size).toBe(
      cdrs.length,
    );
  });
});

describe('a record made for the purpose', () => {
  const base = {
    uuid: 'u1',
    direction: 'inbound',
    channel_name: 'sofia/internal/1002@localhost',
    accountcode: 'A1',
    user_name: '1002',
    sip_req_user: '0312345678',
    start_uepoch: '1795168608761500',
    answer_uepoch: '1795168609301484',
    end_uepoch: '1795168614481482',
    hangup_cause: 'NORMAL_CLEARING',
  };
  const record = (changes: Record<string, unknown>, more: object = {}): string =>
    outcome(JSON.stringify({ variables: { ...base, ...changes }, ...more }));

  it.each([
    ['is a call of its user', {}, 'A1 out 1002 1002>0312345678 5180 ms NORMAL_CLEARING'],
    [
      'shows the public number of the user',
      { outbound_caller_id_number: '05012345678' },
      'A1 out 05012345678 1002>0312345678 5180 ms NORMAL_CLEARING',
    ],
    [
      'comes in from outside',
      { user_name: undefined, sip_from_user: '0901', accountcode: 'A2' },
      'A2 in 0312345678 0901>0312345678 5180 ms NORMAL_CLEARING',
    ],
    ['is a B leg by its originator alone', { originator: 'x' }, 'B_LEG'],
    ['is a B leg by its originating leg alone', { originating_leg_uuid: 'x' }, 'B_LEG'],
    [
      'is a charged B leg with a payer of its own',
      { originator: 'x', [PAYER_VARIABLE]: 'A9' },
      'A9 out 1002 1002>0312345678 5180 ms NORMAL_CLEARING',
    ],
    ['is a pseudo channel by its name', { channel_name: 'pickup/sales' }, 'PSEUDO_CHANNEL'],
    ['is a pseudo channel by its mark', { is_loopback: '1' }, 'PSEUDO_CHANNEL'],
    ['has no uuid', { uuid: '' }, 'problem uuid'],
    ['has an account that is none', { accountcode: 'a b' }, 'problem accountcode'],
    ['has no account', { accountcode: undefined }, 'problem accountcode'],
    ['has no target', { sip_req_user: '' }, 'problem sip_req_user'],
    ['has no own number', { user_name: 'tanaka' }, 'problem number'],
    ['has no end', { end_uepoch: '0' }, 'problem end_uepoch'],
    ['has no start', { start_uepoch: undefined }, 'problem start_uepoch'],
    ['has a time that is none', { answer_uepoch: '-1' }, 'problem answer_uepoch'],
    ['ends before its answer', { end_uepoch: '1795168609300000' }, 'problem end_uepoch'],
    ['ends before its start', { answer_uepoch: '0', end_uepoch: '1795168608000000' }, 'problem end_uepoch'],
  ])('%s', (_, changes, expected) => expect(record(changes)).toBe(expected));

  it('takes the first target from the oldest caller profile where the switch itself began the leg', () => {
    const callflow = ['0399999999', '0312340000'].map(destination_number => ({
      caller_profile: { destination_number },
    }));
    expect(record({ sip_req_user: undefined }, { callflow })).toContain('>0312340000 ');
  });

  it('cuts microseconds so that a call is never longer than it was', () => {
    const exact = { start_uepoch: '1795168600000900', answer_uepoch: '1795168600000900' };
    expect(record({ ...exact, end_uepoch: '1795168780000900' })).toContain(' 180000 ms ');
    expect(record({ ...exact, end_uepoch: '1795168780000800' })).toContain(' 180000 ms ');
  });

  it.each([
    ['no JSON', '{', 'problem file'],
    ['an array', '[]', 'problem uuid'],
    ['null', 'null', 'problem uuid'],
    ['no variables', '{}', 'problem uuid'],
    ['variables that are no object', '{"variables":"x"}', 'problem uuid'],
  ])('is %s', (_, text, expected) => expect(outcome(text)).toBe(expected));

  it('keeps the instants of the switch', () => {
    const cdr = parseFreeswitchCdr(JSON.stringify({ variables: base }));
    expect(cdr).toMatchObject({
      startedAt: Instant.fromEpochMs(1_795_168_608_761),
      endedAt: Instant.fromEpochMs(1_795_168_614_481),
    });
  });
});
