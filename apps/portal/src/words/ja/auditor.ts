/** Words of the auditor pages. The Japanese words say which keys there are. */
export const auditor = {
  trialBalance: {
    name: '試算表',
    lead: 'すべての仕訳を勘定科目ごとに合計したものです。借方と貸方は必ず一致します。',
    account: '勘定科目',
    debit: '借方',
    credit: '貸方',
    unit: '単位：円',
  },
};
