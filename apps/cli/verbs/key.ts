import { CreateKey, ListKeys, RevokeKey } from '#nest';
import { asDocument, type Invocation } from '../invocation.js';
import { option } from '../options.js';
import type { Output } from '../output.js';
import type { Verbs } from '../program.js';
import type { Column } from '../text.js';
import { commandVerb, inputOf, listVerb, verbOf } from '../use-case-verb.js';

const KEYS: readonly Column[] = [
  { key: 'key', head: { ja: 'キー', en: 'key' } },
  { key: 'role', head: { ja: '役割', en: 'role' } },
  { key: 'account', head: { ja: 'アカウント', en: 'account' } },
  { key: 'label', head: { ja: '名札', en: 'label' } },
  { key: 'createdAt', head: { ja: '作成', en: 'created' }, kind: 'time' },
  { key: 'revokedAt', head: { ja: '失効', en: 'revoked' }, kind: 'time' },
];

/** Over HTTP a key needs a label; who is at the machine may leave it out. */
const Made = CreateKey.useCase.input.omit({ label: true });

async function create(invocation: Invocation): Promise<Output> {
  const { cli } = CreateKey.useCase;
  const input = { ...inputOf(invocation, { input: Made, cli }), label: invocation.text('label') ?? '' };
  return asDocument(await invocation.do(new CreateKey(input, invocation.caller())), value =>
    invocation.say(
      `${value.token}\nキー ${value.key} (${value.role})。この文字列は今だけ表示されます。\n`,
      `${value.token}\nkey ${value.key} (${value.role}); this token is shown only now\n`,
    ),
  );
}

export const keyVerbs: Verbs = (_program, add, group) => {
  const key = group('key', { ja: 'APIキー', en: 'API keys' });
  add(key, {
    ...verbOf(CreateKey, [option('--label <text>', { ja: '用途の名札', en: 'what it is for' })]),
    run: create,
  });
  add(
    key,
    listVerb(ListKeys, { columns: KEYS, empty: { ja: 'キーはありません。', en: 'There is no key.' } }),
  );
  add(
    key,
    commandVerb(RevokeKey, ({ key: revoked }, invocation) =>
      invocation.say(`キー ${revoked} を失効しました\n`, `revoked key ${revoked}\n`),
    ),
  );
};
