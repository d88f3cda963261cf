import { LOGIN_LEVELS, type LoginLevel } from '#identity';
import type { AccountId } from '#kernel';
import {
  CreateAccountLogin,
  CreateCircle,
  CreateUnique,
  FindLogin,
  ListAccountLogins,
  UnlockLogin,
} from '#nest';
import { type Answer, noSuch } from '#runtime';
import { Refused, WrongUsage } from '../failure.js';
import { allRows, asDocument, type Invocation } from '../invocation.js';
import { option } from '../options.js';
import type { Output } from '../output.js';
import { usageProblems } from '../problems.js';
import type { Verbs } from '../program.js';
import type { Column } from '../text.js';
import { inputOf, verbOf } from '../use-case-verb.js';
import { LEVELS } from '../words.js';

const CUSTOMERS = LOGIN_LEVELS.filter(level => level !== 'staff');

const LOGINS: readonly Column[] = [
  { key: 'login', head: { ja: 'ログイン', en: 'login' } },
  { key: 'level', head: { ja: '種類', en: 'level' }, valuesInJapanese: LEVELS },
  { key: 'loginId', head: { ja: 'ログインID', en: 'login id' } },
  { key: 'name', head: { ja: '名前', en: 'name' } },
  { key: 'circle', head: { ja: 'サークル', en: 'circle' } },
  { key: 'unique', head: { ja: 'ユニーク', en: 'unique' } },
  { key: 'disabled', head: { ja: '停止', en: 'disabled' } },
  { key: 'lockedUntil', head: { ja: 'ロック', en: 'locked until' }, kind: 'time' },
  { key: 'lastSignInAt', head: { ja: '最終ログイン', en: 'last sign-in' }, kind: 'time' },
];

interface Made {
  readonly loginId: string;
  readonly circle?: string;
  readonly unique?: string;
}

function made(invocation: Invocation, level: LoginLevel, answer: Answer<Made>): Output {
  const words = {
    account: ['アカウント', 'account'],
    circle: ['サークル', 'circle'],
    unique: ['ユニーク', 'unique'],
    staff: ['社員', 'staff'],
  } as const;
  const [ja, en] = words[level];
  return asDocument(answer, ({ loginId, unique, circle }) => {
    const id = unique ?? circle;
    return invocation.say(
      `${ja}のログイン ${loginId} を作りました${id === undefined ? '' : `（${ja} ${id}）`}\n`,
      `made the login ${loginId} of the ${en}${id === undefined ? '' : ` ${id}`}\n`,
    );
  });
}

/** The password comes from the terminal or a pipe: arguments stand in histories and lists of processes. */
async function create(invocation: Invocation): Promise<Output> {
  const level = invocation.choice('level', CUSTOMERS, 'account');
  const given = inputOf(invocation, CreateAccountLogin.useCase);
  const circle = level === 'unique' ? invocation.need('circle') : undefined;
  const caller = invocation.caller();
  const invite = invocation.flag('invite');
  if (level !== 'account') {
    for (const option of ['phone', 'language', 'forced-change'] as const)
      if (invocation.text(option) !== undefined)
        throw WrongUsage.of(usageProblems.ACCOUNT_LOGINS_ONLY, { option });
    if (invite) throw WrongUsage.of(usageProblems.INVITED_LOGINS_ONLY);
  }
  const password = invite ? null : await invocation.io.secret(invocation.say('パスワード: ', 'Password: '));
  if (password === null || level === 'account')
    return made(
      invocation,
      level,
      await invocation.do(new CreateAccountLogin({ ...given, password }, caller)),
    );
  const { account, name, loginId, mail } = given;
  const own = { account, name, loginId, mail, password };
  return circle === undefined
    ? made(invocation, level, await invocation.do(new CreateCircle(own, caller)))
    : made(invocation, level, await invocation.do(new CreateUnique({ ...own, circle }, caller)));
}

async function* rowsOf(invocation: Invocation, account: AccountId) {
  yield* allRows(async request => {
    const page = await invocation.ask(new ListAccountLogins({ account, ...request }));
    if (!page) throw Refused.of(noSuch('ACCOUNT', { account }));
    return page;
  });
}

/** Lets a login try again; its sessions and its password stay as they are. */
export async function unlock(invocation: Invocation, level: LoginLevel): Promise<Output> {
  const caller = invocation.caller();
  if (caller.actor.reason === undefined) throw WrongUsage.of(usageProblems.REASON_REQUIRED);
  const loginId = invocation.arg(0);
  const login = await invocation.ask(new FindLogin({ level, loginId }));
  if (login === undefined) throw Refused.of(noSuch('LOGIN', { loginId, level }));
  return asDocument(await invocation.do(new UnlockLogin({ login }, caller)), () =>
    invocation.say(`${loginId} のロックを解除しました\n`, `unlocked ${loginId}\n`),
  );
}

const LEVEL = option('--level <level>', {
  ja: `${CUSTOMERS.join(', ')}（省略時は account）`,
  en: `${CUSTOMERS.join(', ')} (default: account)`,
});

export const loginVerbs: Verbs = (_program, add, group) => {
  const login = group('login', {
    ja: "お客様のログイン。社員のログインは 'staff'",
    en: "logins of customers; of staff: see 'staff'",
  });
  add(login, {
    ...verbOf(CreateAccountLogin, [
      LEVEL,
      option('--circle <circle>', { ja: 'ユニークのサークル', en: 'the circle of a unique' }),
      option('--invite', {
        ja: 'パスワードを尋ねず、決めるためのリンクをメールで送る',
        en: 'ask for no password: a link to choose one is mailed',
      }),
    ]),
    logins: true,
    run: create,
  });
  add(login, {
    ...verbOf(ListAccountLogins),
    logins: true,
    run: async invocation => ({
      kind: 'list',
      rows: rowsOf(invocation, invocation.account()),
      columns: LOGINS,
      empty: { ja: 'ログインはありません。', en: 'There is no login.' },
    }),
  });
  add(login, {
    usage: 'unlock <login-id>',
    about: UnlockLogin.useCase.about,
    store: 'write',
    logins: true,
    writes: { id: true },
    options: [LEVEL],
    run: invocation => unlock(invocation, invocation.choice('level', CUSTOMERS, 'account')),
  });
};
