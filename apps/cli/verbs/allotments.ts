import { AllotUnits, ListAllotments } from '#nest';
import type { AllotmentView } from '#runtime';
import type { Invocation } from '../invocation.js';
import type { Verbs } from '../program.js';
import { type Column, Table } from '../text.js';
import { commandVerb, listVerb } from '../use-case-verb.js';

const ALLOTMENTS: readonly Column[] = [
  { key: 'pool', head: { ja: '割り当てるもの', en: 'what' } },
  { key: 'name', head: { ja: '名称', en: 'name' } },
  { key: 'contracted', head: { ja: 'ご契約数', en: 'in contract' } },
  { key: 'allotted', head: { ja: '割り当て合計', en: 'allotted' } },
  { key: 'ending', head: { ja: '解約予定', en: 'ending' } },
  { key: 'uniques', head: { ja: 'ユニーク', en: 'uniques' } },
];

const allotmentRow = (view: AllotmentView, { say }: Invocation) => ({
  ...view,
  name: say(view.nameJa, view.nameEn),
  ending: view.ending.map(({ endsOn, count }) => `[${endsOn}] ${count}`).join(' '),
  uniques: view.uniques.map(({ unique, count }) => `${unique}:${count}`).join(' '),
});

export const allotmentVerbs: Verbs = (_program, add, group) => {
  const allotment = group('allotment', { ja: 'ユニークへの割り当て', en: 'what uniques have of channels' });
  add(
    allotment,
    listVerb(ListAllotments, {
      columns: ALLOTMENTS,
      empty: { ja: '割り当てるものはありません', en: 'nothing to allot' },
      shown: allotmentRow,
    }),
  );
  add(
    allotment,
    commandVerb(AllotUnits, (view, invocation) =>
      new Table(ALLOTMENTS, invocation.language).lines([allotmentRow(view, invocation)]),
    ),
  );
};
