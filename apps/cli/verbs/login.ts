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
import type { Answer } from '#runtime';
import { allRows, answered, type Call } from '../call.js';
import { Refused, WrongUsage } from '../failure.js';
import type { Output } from '../output.js';
import type { Verbs } from '../program.js';
import type { Column, Language } from '../text.js';
import { inputOf, optionsOf, verbOf } from '../use-case-verb.js';

const CUSTOMERS = LOGIN_LEVELS.filter(level => level !== 'staff');

const LOGINS: readonly Column[] = [
  { key: 'login', head: { ja: 'ログイン', en: 'login' } },
  { key: 'level', head: { ja: '種類', en: 'level' } },
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

function made(call: Call, level: LoginLevel, answer: Answer<Made>): Output {
  const words = {
    account: ['アカウント', 'account'],
    circle: ['サークル', 'circle'],
    unique: ['ユニーク', 'unique'],
    staff: ['社員', 'staff'],
  } as const;
  const [ja, en] = words[level];
  return answered(answer, ({ loginId, unique, circle }) => {
    const id = unique ?? circle;
    return call.say(
      `${ja}のログイン ${loginId} を作りました${id === undefined ? '' : `（${ja} ${id}）`}\n`,
      `made the login ${loginId} of the ${en}${id === undefined ? '' : ` ${id}`}\n`,
    );
  });
}

/** The password comes from the terminal or a pipe: arguments stand in histories and lists of processes. */
async function create(call: Call): Promise<Output> {
  const level = call.choice('level', CUSTOMERS, 'account');
  const given = inputOf(call, CreateAccountLogin.useCase);
  const circle = level === 'unique' ? call.need('circle') : undefined;
  const caller = call.caller();
  const invite = call.flag('invite');
  if (level !== 'account') {
    for (const option of ['phone', 'language', 'forced-change'] as const)
      if (call.text(option) !== undefined) throw new WrongUsage(`--${option} is for logins of accounts`);
    if (invite) throw new WrongUsage('--invite is for logins of accounts: circles are given a password');
  }
  const password = invite ? null : await call.io.secret(call.say('パスワード: ', 'Password: '));
  if (password === null || level === 'account')
    return made(call, level, await call.do(new CreateAccountLogin({ ...given, password }, caller)));
  const { account, name, loginId, mail } = given;
  const own = { account, name, loginId, mail, password };
  return circle === undefined
    ? made(call, level, await call.do(new CreateCircle(own, caller)))
    : made(call, level, await call.do(new CreateUnique({ ...own, circle }, caller)));
}

async function* rowsOf(call: Call, account: AccountId) {
  yield* allRows(async request => {
    const page = await call.ask(new ListAccountLogins({ account, ...request }));
    if (!page) throw new Refused('NO_SUCH_ACCOUNT', 'there is no such account');
    return page;
  });
}

/** Lets a login try again; its sessions and its password stay as they are. */
export async function unlock(call: Call, level: LoginLevel): Promise<Output> {
  const caller = call.caller();
  if (caller.actor.reason === undefined) throw new WrongUsage('--reason is required: say why');
  const loginId = call.arg(0);
  const login = await call.ask(new FindLogin({ level, loginId }));
  if (login === undefined) throw new Refused('NO_SUCH_LOGIN', `there is no login ${loginId} of ${level}`);
  return answered(await call.do(new UnlockLogin({ login }, caller)), () =>
    call.say(`${loginId} のロックを解除しました\n`, `unlocked ${loginId}\n`),
  );
}

export const loginVerbs: Verbs = (program, add) => {
  const login = program.command('login').description("logins of customers; of staff: see 'staff'");
  const words = (language: Language) => (ja: string, en: string) => (language === 'ja' ? ja : en);
  add(login, {
    ...verbOf(CreateAccountLogin),
    logins: true,
    options: (command, language) => {
      const say = words(language);
      return optionsOf(CreateAccountLogin.useCase)(command, language)
        .option(
          '--level <level>',
          `${CUSTOMERS.join(', ')}${say('（省略時は account）', ' (default: account)')}`,
        )
        .option('--circle <circle>', say('ユニークのサークル', 'the circle of a unique'))
        .option(
          '--invite',
          say(
            'パスワードを尋ねず、決めるためのリンクをメールで送る',
            'ask for no password: a link to choose one is mailed',
          ),
        );
    },
    run: create,
  });
  add(login, {
    ...verbOf(ListAccountLogins),
    logins: true,
    run: async call => ({
      kind: 'list',
      rows: rowsOf(call, call.account()),
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
    options: (command, language) =>
      command.option(
        '--level <level>',
        `${CUSTOMERS.join(', ')}${words(language)('（省略時は account）', ' (default: account)')}`,
      ),
    run: call => unlock(call, call.choice('level', CUSTOMERS, 'account')),
  });
};
