import { STAFF_ROLES } from '#identity';
import { Instant } from '#kernel';
import { CreateStaff, ListStaff } from '#nest';
import { answered, type Call } from '../call.js';
import { Refused } from '../failure.js';
import type { Output } from '../output.js';
import type { Verbs } from '../program.js';
import type { Column } from '../text.js';
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

/** The password comes from the terminal or a pipe: arguments stand in histories and lists of processes. */
async function create(call: Call): Promise<Output> {
  const role = call.choice('role', STAFF_ROLES);
  const caller = call.caller();
  const password = await call.io.secret(call.say('パスワード: ', 'Password: '));
  const input = {
    loginId: call.arg(0),
    name: call.text('name') ?? call.arg(0),
    role,
    password,
    mail: call.text('mail') ?? null,
  };
  return answered(await call.do(new CreateStaff(input, caller)), value =>
    call.say(
      `${value.loginId} (${value.role}) を作りました\n`,
      `made the login ${value.loginId} (${value.role})\n`,
    ),
  );
}

async function outbox(call: Call): Promise<Output> {
  const kept = await call.product.identity.logins.outbox();
  if (!kept) throw new Refused('OUTBOX_OFF', 'messages are sent for real here');
  return {
    kind: 'list',
    rows: kept.map(entry => ({ ...entry, sentAt: Instant.text(entry.sentAt as Instant) })),
    columns: MESSAGES,
    empty: { ja: '送信された通知はありません。', en: 'Nothing was sent since the server started.' },
  };
}

export const staffVerbs: Verbs = (program, add) => {
  const staff = program.command('staff').description('logins of the people who run it');
  add(staff, {
    usage: 'create <login-id>',
    about: 'make a login of staff; its password is asked on the terminal, or read from stdin',
    store: 'create',
    logins: true,
    writes: { id: true },
    options: command =>
      command
        .requiredOption('--role <role>', STAFF_ROLES.join(', '))
        .option('--name <name>', 'name of the person (default: the login id)')
        .option('--mail <address>', 'for codes of the second step'),
    run: create,
  });
  add(staff, {
    usage: 'list',
    about: 'list the logins of staff',
    store: 'read',
    logins: true,
    run: async call => ({
      kind: 'list',
      rows: (await call.ask(new ListStaff({}))).rows,
      columns: STAFF,
      empty: { ja: '社員のログインはありません。', en: 'There is no login of staff.' },
    }),
  });
  add(staff, {
    usage: 'unlock <login-id>',
    about: 'let a login of staff try again at once that was locked after too many attempts',
    store: 'write',
    logins: true,
    writes: { id: true },
    run: call => unlock(call, 'staff'),
  });
  add(program, {
    usage: 'outbox',
    about: 'what the sandbox senders of the running server kept, newest first: codes and links',
    store: 'read',
    logins: true,
    run: outbox,
  });
};
