import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { InvalidInput } from '#kernel';
import { BackUpStore } from '#nest';
import { Refused } from '../failure.js';
import { unreadable } from '../files.js';
import type { Host } from '../host.js';
import type { Invocation } from '../invocation.js';
import type { Output } from '../output.js';
import { cliProblems, commandRefusals } from '../problems.js';
import type { Verbs } from '../program.js';
import { STORE_FILE } from '../store-files.js';
import { verbOf } from '../use-case-verb.js';

async function backup(invocation: Invocation): Promise<Output> {
  const file = invocation.arg(0);
  if (existsSync(invocation.path(file))) throw InvalidInput.of(file, cliProblems.FILE_EXISTS);
  const value = {
    file,
    ...(await invocation.do(new BackUpStore({ file: invocation.path(file) }, invocation.caller()))),
  };
  return {
    kind: 'document',
    value,
    human: () =>
      invocation.say(
        `${file} に保存しました (イベント ${value.events} 件、${value.bytes} バイト)\n`,
        `saved ${file} (${value.events} events, ${value.bytes} bytes)\n`,
      ),
  };
}

async function restore(invocation: Invocation, host: Host): Promise<Output> {
  const file = invocation.arg(0);
  const path = invocation.path(file);
  await stat(path).catch(error => {
    throw unreadable(file, error);
  });
  if (existsSync(join(invocation.directory, STORE_FILE))) {
    throw Refused.as(commandRefusals.STORE_EXISTS, { directory: invocation.directory });
  }
  const { events, bytes } = await host.restore(path, invocation.directory);
  return {
    kind: 'document',
    value: { directory: invocation.directory, events, bytes },
    human: () =>
      invocation.say(
        `${invocation.directory} に復元しました (イベント ${events} 件)\n` +
          '元のデータディレクトリの identity.key を、起動する前にここへ置いてください。\n',
        `restored ${events} events into ${invocation.directory}\n` +
          'put identity.key of the former data directory there before the first start\n',
      ),
  };
}

/** Opening for writing brings tables and read models up to this program's version; this verb says so. */
async function migrate(invocation: Invocation): Promise<Output> {
  const { head, writable, reason } = await invocation.product.health();
  const value = { directory: invocation.directory, events: head, writable, reason };
  return {
    kind: 'document',
    value,
    human: () =>
      invocation.say(
        `${invocation.directory}: イベント ${head} 件。表と参照モデルはこの版の形です。\n`,
        `${invocation.directory}: ${head} events; tables and read models are those of this version\n`,
      ),
    finding: writable
      ? undefined
      : {
          code: 'STORE_READ_ONLY',
          message: reason ?? invocation.say('書き込めません', 'the store takes no writes'),
        },
  };
}

export const storeVerbs: Verbs = (program, add) => {
  add(program, {
    usage: 'migrate',
    about: {
      ja: 'ストアの表と参照モデルをこの版の形にして、中身を示す',
      en: "bring the store's tables and read models up to this version and say what is there",
    },
    store: 'write',
    run: migrate,
  });
  const { writes: _writes, ...words } = verbOf(BackUpStore);
  // A reader can copy it, too.
  add(program, { ...words, store: 'read', run: backup });
  add(program, {
    usage: 'restore <file>',
    about: {
      ja: 'ストアのないデータディレクトリにバックアップを復元する',
      en: 'restore a backup into a data directory that holds no store',
    },
    store: 'alone',
    run: restore,
  });
};
