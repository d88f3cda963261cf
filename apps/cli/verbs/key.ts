import { ROLES } from '#identity';
import { CreateKey, ListKeys, RevokeKey } from '#nest';
import { answered, type Call } from '../call.js';
import type { Output } from '../output.js';
import type { Verbs } from '../program.js';
import type { Column } from '../text.js';

const KEYS: readonly Column[] = [
  { key: 'key', head: { ja: 'キー', en: 'key' } },
  { key: 'role', head: { ja: '役割', en: 'role' } },
  { key: 'account', head: { ja: 'アカウント', en: 'account' } },
  { key: 'label', head: { ja: '名札', en: 'label' } },
  { key: 'createdAt', head: { ja: '作成', en: 'created' }, kind: 'time' },
  { key: 'revokedAt', head: { ja: '失効', en: 'revoked' }, kind: 'time' },
];

async function create(call: Call): Promise<Output> {
  const input = {
    role: call.choice('role', ROLES),
    account: call.accountIfAny() ?? null,
    label: call.text('label') ?? '',
  };
  return answered(await call.do(new CreateKey(input, call.caller())), value =>
    call.say(
      `${value.token}\nキー ${value.key} (${value.role})。この文字列は今だけ表示されます。\n`,
      `${value.token}\nkey ${value.key} (${value.role}); this token is shown only now\n`,
    ),
  );
}

export const keyVerbs: Verbs = (program, add) => {
  const key = program.command('key').description('API keys');
  add(key, {
    usage: 'create',
    about: 'create an API key; its token is printed once and stored nowhere',
    store: 'create',
    writes: { id: true },
    options: command =>
      command
        .requiredOption('--role <role>', ROLES.join(', '))
        .option('--account <account>', "the one account of a customer's key")
        .option('--label <text>', 'what it is for'),
    run: create,
  });
  add(key, {
    usage: 'list',
    about: 'list the API keys, without their secrets',
    store: 'read',
    run: async call => ({
      kind: 'list',
      rows: (await call.ask(new ListKeys({}))).rows,
      columns: KEYS,
      empty: { ja: 'キーはありません。', en: 'There is no key.' },
    }),
  });
  add(key, {
    usage: 'revoke <key>',
    about: 'revoke an API key for good',
    store: 'write',
    writes: { id: true },
    run: async call =>
      answered(await call.do(new RevokeKey({ key: call.arg(0) }, call.caller())), value =>
        call.say(`キー ${value.key} を失効しました\n`, `revoked key ${value.key}\n`),
      ),
  });
};
