import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Refused, WrongUsage } from '../failure.js';
import type { Host, StoreMove } from '../host.js';
import type { Invocation } from '../invocation.js';
import { option } from '../options.js';
import type { Output } from '../output.js';
import { commandRefusals, usageProblems } from '../problems.js';
import type { Verbs } from '../program.js';
import { withProgress } from '../progress.js';
import { STORE_FILE } from '../store-files.js';
import { grouped } from '../text.js';

/** The direction and the cluster, as they were given. @throws WrongUsage for both directions or none */
function moveOf(invocation: Invocation): StoreMove {
  const [up, down] = ['to', 'from'].map(
    option => invocation.flag(option) || invocation.text(option) !== undefined,
  );
  if (up === down) throw WrongUsage.of(usageProblems.EITHER, { one: 'to', other: 'from' });
  const direction = up ? 'to' : 'from';
  const [url, namespace, index, schema] = [direction, 'namespace', 'index', 'schema'].map(option =>
    invocation.text(option),
  );
  if (url === undefined && index !== undefined)
    throw WrongUsage.of(usageProblems.INDEX_WITH_URL, { direction });
  if (url !== undefined && index === undefined && schema !== undefined)
    throw WrongUsage.of(usageProblems.SCHEMA_WITH_INDEX);
  return { direction, directory: invocation.directory, url, namespace, index, schema };
}

async function migrateStore(invocation: Invocation, host: Host): Promise<Output> {
  const move = moveOf(invocation);
  const { direction, directory } = move;
  if (direction === 'to' && !existsSync(join(directory, STORE_FILE)))
    throw Refused.as(commandRefusals.NO_STORE, { directory });
  const found = await withProgress(invocation.io, report => host.moveStore(move, report));
  const { events, copied, headHash, replay } = found;
  const { ok, problems, findings } = replay;
  const said = findings.map(({ problem, problemJa }) => invocation.say(problemJa, problem));
  const [all, now] = [events, copied].map(count => grouped(String(count)));
  return {
    kind: 'document',
    value: { direction, directory, events, copied, headHash, ok, problems, findings },
    human: () =>
      invocation.say(
        `イベント ${all} 件（今回 ${now} 件）。最後のハッシュ ${headHash}\n`,
        `${all} events, ${now} of them copied now; last hash ${headHash}\n`,
      ) +
      (ok
        ? invocation.say(
            'ハッシュの鎖と参照モデルは両方で同じです\n',
            'hash chain and read models are the same on both sides\n',
          )
        : `${said.slice(0, 50).join('\n')}\n`),
    finding: ok
      ? undefined
      : {
          code: 'READ_MODELS_DIFFER',
          message: said[0] ?? invocation.say('参照モデルが一致しません', 'the read models are not the same'),
        },
  };
}

const MOVING = [
  option('--to [url]', {
    ja: 'EventStoreDBのクラスターへ（省略時は DAICHO_EVENTSTORE_URL）',
    en: 'into the EventStoreDB cluster (default: DAICHO_EVENTSTORE_URL)',
  }),
  option('--from [url]', {
    ja: 'クラスターから、新しいデータディレクトリ、または以前にコピーしたデータディレクトリへ',
    en: 'from it, into a new data directory or one that was copied from it before',
  }),
  option('--namespace <name>', {
    ja: 'クラスターでのストリーム名の先頭（省略時は daicho.）',
    en: 'begins the names of the streams in the cluster (default: daicho.)',
  }),
  option('--index <url>', {
    ja: '記録の索引を置くPostgreSQL（サーバーと同じもの）',
    en: "PostgreSQL for the index of the log, the servers' own",
  }),
  option('--schema <name>', {
    ja: '索引のスキーマ（省略時は public）',
    en: 'schema of that index (default: public)',
  }),
];

export const migrateStoreVerbs: Verbs = (program, add) => {
  add(program, {
    usage: 'migrate-store',
    about: {
      ja: 'ストアをクラスターへ（以後は読み取り専用）、または逆にコピーして検証する。中断後は続きから',
      en: 'copy the store into a cluster (then read only), or back, and prove it; interrupted, it goes on',
    },
    store: 'alone',
    options: MOVING,
    run: migrateStore,
  });
};
