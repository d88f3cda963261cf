import { ImportCatalogue, ListTariffs, PublishTariffs, ShowTariff } from '#nest';
import { noSuch, type TariffView } from '#runtime';
import { problemText, Refused } from '../failure.js';
import { nameOf, readText, refuseFile } from '../files.js';
import type { Invocation } from '../invocation.js';
import type { Output } from '../output.js';
import type { Verbs } from '../program.js';
import type { Column } from '../text.js';
import { listVerb, verbOf } from '../use-case-verb.js';

async function importCatalogue(invocation: Invocation): Promise<Output> {
  const file = invocation.arg(0);
  const text = await readText(invocation.path(file), file);
  const { imported, importedJa, warnings, ...faults } = await invocation.do(
    new ImportCatalogue({ file: nameOf(file), text }, invocation.caller()),
  );
  refuseFile(faults, file);
  for (const warning of warnings)
    await invocation.io.err(
      `${invocation.say('警告', 'WARNING')}: ${problemText({ ...warning, file }, invocation.language)}\n`,
    );
  return {
    kind: 'document',
    value: { file, imported, importedJa, warnings },
    human: () =>
      imported.length === 0
        ? invocation.say('変更はありません。\n', 'Nothing is new.\n')
        : (invocation.language === 'ja' ? importedJa : imported).map(what => `${what}\n`).join(''),
  };
}

const versionText = (invocation: Invocation, { tariff, version, rows }: TariffView): string =>
  invocation.say(
    `料金表 ${tariff} 第${version}版: ${rows} 行\n`,
    `tariff ${tariff}, version ${version}: ${rows} rows\n`,
  );

async function importTariff(invocation: Invocation): Promise<Output> {
  const file = invocation.arg(0);
  const text = await readText(invocation.path(file), file);
  const { tariffs, ...faults } = await invocation.do(
    new PublishTariffs({ file: nameOf(file), text }, invocation.caller()),
  );
  refuseFile(faults, file);
  return {
    kind: 'document',
    value: { file, tariffs },
    human: () => tariffs.map(tariff => versionText(invocation, tariff)).join(''),
  };
}

const TARIFFS: readonly Column[] = [
  { key: 'tariff', head: { ja: '料金表', en: 'tariff' } },
  { key: 'version', head: { ja: '版', en: 'version' }, kind: 'count' },
  { key: 'rows', head: { ja: '行数', en: 'rows' }, kind: 'count' },
  { key: 'publishedAt', head: { ja: '公開日時', en: 'published' }, kind: 'time' },
];

const ROWS: readonly Column[] = [
  { key: 'prefix', head: { ja: '番号', en: 'prefix' } },
  { key: 'destination', head: { ja: '着信先', en: 'destination' } },
  { key: 'category', head: { ja: '種別', en: 'category' } },
  { key: 'price', head: { ja: '料金', en: 'price' }, kind: 'money' },
  { key: 'per_s', head: { ja: '秒', en: 'per s' }, kind: 'count' },
  { key: 'first_increment_s', head: { ja: '初回', en: 'first' }, kind: 'count' },
  { key: 'increment_s', head: { ja: '以降', en: 'next' }, kind: 'count' },
  { key: 'connect_fee', head: { ja: '接続料', en: 'connect' }, kind: 'money' },
  { key: 'tax', head: { ja: '税', en: 'tax' } },
  { key: 'days', head: { ja: '曜日', en: 'days' } },
  { key: 'from_time', head: { ja: '開始', en: 'from' } },
  { key: 'to_time', head: { ja: '終了', en: 'to' } },
  { key: 'valid_from', head: { ja: '適用開始', en: 'valid from' } },
];

async function showTariff(invocation: Invocation): Promise<Output> {
  const found = await invocation.ask(new ShowTariff({ tariff: invocation.arg(0) }));
  if (!found) throw Refused.of(noSuch('TARIFF', { tariff: invocation.arg(0) }));
  return { kind: 'list', rows: found.rows, columns: ROWS, empty: { ja: '行がありません。', en: 'No rows.' } };
}

export const catalogueVerbs: Verbs = (_program, add, group) => {
  const catalogue = group('catalogue', {
    ja: '1つのYAMLファイルの発行者・規則・料金表・価格表',
    en: 'issuer, policies, tariffs and price lists in one YAML file',
  });
  // A file is one request for ever: no id of its own.
  const writes = { id: false };
  add(catalogue, { ...verbOf(ImportCatalogue), writes, run: importCatalogue });
  const tariff = group('tariff', { ja: '通話の料金表', en: 'call prices' });
  add(tariff, { ...verbOf(PublishTariffs), writes, run: importTariff });
  add(
    tariff,
    listVerb(ListTariffs, {
      columns: TARIFFS,
      empty: { ja: '料金表はありません。', en: 'There is no tariff.' },
    }),
  );
  add(tariff, { ...verbOf(ShowTariff), run: showTariff });
};
