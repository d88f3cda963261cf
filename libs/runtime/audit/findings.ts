import { defineProblems } from '#kernel';

/** What an audit finds beside what the log says of itself: read models that do not follow from it. */
export const auditFindings = defineProblems({
  CELLS_DIFFER: { ja: '{table} {key}：{cells}', en: '{table} {key}: {cells}' },
  ROW_NOT_REPLAYED: {
    ja: '{table} {key}：再計算した帳簿にありません',
    en: '{table} {key}: not in the replay',
  },
  ROW_ONLY_REPLAYED: {
    ja: '{table} {key}：再計算した帳簿にだけあります',
    en: '{table} {key}: only in the replay',
  },
  BALANCE_DIFFERS: {
    ja: '{account}：{asOf} 時点の {field} は {live} ですが、再計算では {replayed} です',
    en: '{account}: {field} as of {asOf} is {live}, the replay gives {replayed}',
  },
  UNREADABLE: { ja: '{what}：読み取れません：{said}', en: '{what}: cannot be read: {said}' },
  ROWS_OUT_OF_ORDER: { ja: '行の順序が壊れています', en: 'its rows are out of order' },
  MORE: { ja: 'ほかに{count}件', en: 'and {count} more' },
});

/** Parts of findings. */
export const auditWords = {
  atPosition: { ja: '記録{position}：{problem}', en: 'position {position}: {problem}' },
  cell: { ja: '{column} は {live}（再計算では {replayed}）', en: '{column} {live} / replay {replayed}' },
  eventsAfter: { ja: '記録{position}より後の記録', en: 'events after position {position}' },
  balances: { ja: '残高', en: 'balances' },
};
