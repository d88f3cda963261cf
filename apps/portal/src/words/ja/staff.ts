/** Words of the staff pages. The Japanese words say which keys there are. */
export const staff = {
  accounts: {
    name: '顧客一覧',
    account: 'アカウント',
    customer: 'お客様名',
    opened: '開設日',
    tariff: '料金表',
    numbers: '電話番号数',
  },
};
