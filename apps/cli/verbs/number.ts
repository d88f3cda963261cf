import {
  CountNumbers,
  ImportNumbers,
  ListNumbers,
  ListVbaGroups,
  RestockNumber,
  SearchNumbers,
  WithdrawNumber,
} from '#nest';
import type { OfferedNumberView, StockNumberView } from '#runtime';
import { BadFile } from '../failure.js';
import { readText } from '../files.js';
import { allRows, type Invocation } from '../invocation.js';
import type { Output } from '../output.js';
import type { Verbs } from '../program.js';
import type { Column } from '../text.js';
import { commandVerb, inputOf, LIMIT, listVerb, verbOf } from '../use-case-verb.js';

const CATEGORIES: Readonly<Record<OfferedNumberView['category'], string>> = {
  domestic: '国内番号',
  free_call: 'フリーコール',
  navi_dial: 'ナビダイヤル',
  special: '特殊番号',
  overseas: '海外番号',
  mobile: '携帯電話番号',
};
const STATES: Readonly<Record<StockNumberView['state'], string>> = {
  available: '購入可',
  reserved: '確保中',
  claimed: '契約中',
  quarantined: '保留中',
  withdrawn: '取扱停止',
};
const SOLD_AS: readonly Column[] = [
  { key: 'number', head: { ja: '電話番号', en: 'number' } },
  { key: 'category', head: { ja: '番号種別', en: 'category' }, valuesInJapanese: CATEGORIES },
  { key: 'kind', head: { ja: '種別', en: 'kind' } },
  { key: 'product', head: { ja: '商品', en: 'product' } },
  { key: 'region', head: { ja: '地域', en: 'region' } },
  { key: 'city', head: { ja: '市区町村', en: 'city' } },
  { key: 'areaCode', head: { ja: '市外局番', en: 'area' } },
];
const STOCK: readonly Column[] = [
  ...SOLD_AS,
  { key: 'state', head: { ja: '状態', en: 'state' }, valuesInJapanese: STATES },
  { key: 'account', head: { ja: 'アカウント', en: 'account' } },
  { key: 'until', head: { ja: '確保期限', en: 'until' }, kind: 'time' },
  { key: 'freeOn', head: { ja: '再利用', en: 'free on' } },
];
const COUNTS: readonly Column[] = [
  { key: 'category', head: { ja: '番号種別', en: 'category' }, valuesInJapanese: CATEGORIES },
  { key: 'kind', head: { ja: '種別', en: 'kind' } },
  { key: 'areaCode', head: { ja: '市外局番', en: 'area' } },
  { key: 'numbers', head: { ja: '番号数', en: 'numbers' }, kind: 'count' },
  { key: 'available', head: { ja: '購入可', en: 'available' }, kind: 'count' },
  { key: 'reserved', head: { ja: '確保中', en: 'reserved' }, kind: 'count' },
  { key: 'claimed', head: { ja: '契約中', en: 'claimed' }, kind: 'count' },
  { key: 'quarantined', head: { ja: '保留中', en: 'quarantined' }, kind: 'count' },
  { key: 'withdrawn', head: { ja: '取扱停止', en: 'withdrawn' }, kind: 'count' },
];
const GROUPS: readonly Column[] = [
  { key: 'group', head: { ja: 'グループ', en: 'group' } },
  { key: 'country', head: { ja: '国名', en: 'country' } },
  { key: 'state', head: { ja: '州名', en: 'state' } },
  { key: 'city', head: { ja: '都市名', en: 'city' } },
  { key: 'areaCode', head: { ja: '市外局番', en: 'area' } },
  { key: 'product', head: { ja: '商品', en: 'product' } },
  { key: 'stock', head: { ja: '在庫', en: 'stock' }, kind: 'count' },
  { key: 'certificate', head: { ja: '証明書', en: 'certificate' } },
];
/** Who reads on a terminal wants a choice, not a million lines. */
const SHOWN = 50;
const NONE = { ja: '該当する電話番号はありません。', en: 'No number fits.' };

async function importNumbers(invocation: Invocation): Promise<Output> {
  const path = invocation.arg(0);
  const text = await readText(invocation.path(path), path);
  const dryRun = invocation.flag('dry-run');
  const file = path.split(/[\\/]/).at(-1) ?? path;
  const {
    imported,
    problems,
    more = 0,
  } = await invocation.do(new ImportNumbers({ file, text, dryRun }, invocation.caller()));
  if (problems.length > 0)
    throw new BadFile(
      problems.map(problem => ({ ...problem, file: path })),
      more,
    );
  const { numbers, known, groups } = imported;
  const [ja, en] = dryRun ? ['取り込む予定', 'would come'] : ['取り込み', 'came'];
  return {
    kind: 'document',
    value: { file: path, dryRun, ...imported },
    human: () =>
      invocation.say(
        `${ja}: 番号 ${numbers} 件（取り込み済み ${known} 件）、海外グループ ${groups} 件\n`,
        `${numbers} number(s), ${groups} overseas group(s) ${en} into stock; ${known} number(s) were there\n`,
      ),
  };
}

async function search(invocation: Invocation): Promise<Output> {
  const { cli, input } = SearchNumbers.useCase;
  const asked = inputOf(invocation, { input, cli: { ...cli!, without: ['limit', 'cursor'] } });
  const limit = invocation.countIfAny('limit', 1) ?? (invocation.json ? undefined : SHOWN);
  const rows = allRows(page => invocation.ask(new SearchNumbers({ ...asked, ...page })), limit);
  return { kind: 'list', rows, columns: SOLD_AS, empty: NONE };
}

export const numberVerbs: Verbs = (_program, add, group) => {
  const number = group('number', { ja: '電話番号の在庫', en: 'the stock of telephone numbers' });
  // A file is one request for ever: no id of its own.
  add(number, { ...verbOf(ImportNumbers), writes: { id: false }, run: importNumbers });
  const { options = [], ...asked } = verbOf(SearchNumbers);
  const searching = options.filter(({ flags }) => !/^--(limit|cursor) /.test(flags));
  add(number, { ...asked, options: [...searching, LIMIT], run: search });
  add(number, listVerb(ListNumbers, { columns: STOCK, empty: NONE }));
  add(number, listVerb(CountNumbers, { columns: COUNTS, empty: NONE }));
  add(number, listVerb(ListVbaGroups, { columns: GROUPS, empty: NONE }));
  add(
    number,
    commandVerb(WithdrawNumber, ({ number: one }, invocation) =>
      invocation.say(`${one} を在庫から外しました\n`, `took ${one} out of stock\n`),
    ),
  );
  add(
    number,
    commandVerb(RestockNumber, ({ number: one }, invocation) =>
      invocation.say(`${one} を在庫に戻しました\n`, `put ${one} back into stock\n`),
    ),
  );
};
