import { Instant, rejection } from '#kernel';
import { CreateStaff, ListStaff } from '#nest';
import { requestRefusals } from '#runtime';
import { Refused } from '../failure.js';
import { asDocument, type Invocation } from '../invocation.js';
import { option } from '../options.js';
import type { Output } from '../output.js';
import type { Verbs } from '../program.js';
import type { Column } from '../text.js';
import { inputOf, listVerb, verbOf } from '../use-case-verb.js';
import { unlock } from './login.js';

const STAFF: readonly Column[] = [
  { key: 'login', head: { ja: 'ログイン', en: 'login' } },
  { key: 'loginId', head: { ja: 'ログインID', en: 'login id' } },
  { key: 'name', head: { ja: '名前', en: 'name' } },
  { key: 'role', head: { ja: '役割', en: 'role' } },
  { key: 'disabled', head: { ja: '停止', en: 'disabled' } },
  { key: 'createdAt', head: { ja: '作成', en: 'created' }, kind: 'time' },
];
const MESSAGES: readonly Column[] = [
  { key: 'sentAt', head: { ja: '送信', en: 'sent' }, kind: 'time' },
  { key: 'kind', head: { ja: '種類', en: 'kind' } },
  { key: 'to', head: { ja: '宛先', en: 'to' } },
  { key: 'text', head: { ja: '本文', en: 'text' } },
];

/** Without a name the person is called like the login. */
const Made = CreateStaff.useCase.input.omit({ name: true });

/** The password comes from the terminal or a pipe: arguments stand in histories and lists of processes. */
async function create(invocation: Invocation): Promise<Output> {
  const given = inputOf(invocation, { input: Made, cli: CreateStaff.useCase.cli });
  const caller = invocation.caller();
  const password = await invocation.io.secret(invocation.say('パスワード: ', 'Password: '));
  const input = { ...given, name: invocation.text('name') ?? given.loginId, password };
  return asDocument(await invocation.do(new CreateStaff(input, caller)), value =>
    invocation.say(
      `${value.loginId} (${value.role}) を作りました\n`,
      `made the login ${value.loginId} (${value.role})\n`,
    ),
  );
}

async function outbox(invocation: Invocation): Promise<Output> {
  const kept = await invocation.product.identity.logins.outbox();
  if (!kept) throw Refused.of(rejection(requestRefusals.OUTBOX_OFF));
  return {
    kind: 'list',
    rows: kept.map(entry => ({ ...entry, sentAt: Instant.text(entry.sentAt as Instant) })),
    columns: MESSAGES,
    empty: { ja: '送信された通知はありません。', en: 'Nothing was sent since the server started.' },
  };
}

export const staffVerbs: Verbs = (program, add, group) => {
  const staff = group('staff', { ja: '社員のログイン', en: 'logins of the people who run it' });
  add(staff, {
    ...verbOf(CreateStaff, [
      option('--name <name>', {
        ja: '氏名（省略時はログインID）',
        en: 'name of the person (default: the login id)',
      }),
    ]),
    logins: true,
    run: create,
  });
  const empty = { ja: '社員のログインはありません。', en: 'There is no login of staff.' };
  add(staff, { ...listVerb(ListStaff, { columns: STAFF, empty }), logins: true });
  add(staff, {
    usage: 'unlock <login-id>',
    about: {
      ja: '試行回数の超過でロックされた社員のログインをすぐに使えるようにする',
      en: 'let a login of staff try again at once that was locked after too many attempts',
    },
    store: 'write',
    logins: true,
    writes: { id: true },
    run: invocation => unlock(invocation, 'staff'),
  });
  add(program, {
    usage: 'outbox',
    about: {
      ja: '稼働中のサーバーのサンドボックスが送った通知（コードとリンク、新しい順）',
      en: 'what the sandbox senders of the running server kept, newest first: codes and links',
    },
    store: 'read',
    logins: true,
    run: outbox,
  });
};
