/** Words of the provider's own pages. */
export const service = {
  name: '利用規約・お知らせ',
  lead: 'サービスの利用規約、障害・メンテナンス情報、マニュアルをご覧いただけます。',
  terms: '利用規約',
  termsNote:
    '規約の変更は、通知の日から1週間以内に異議のお申し出がない場合、または通知の後にサービスをご利用になった場合、' +
    'ご承諾いただいたものとします。',
  toTerms: '{{day}} の利用規約を開く',
  objectUntil: '異議のお申し出の期限',
  accepted: '次の日までに異議のお申し出がなく、ご承諾いただいたものとしています',
  incidents: '障害・メンテナンス情報',
  toIncidents: '障害・メンテナンス情報を開く',
  manuals: 'マニュアル・カタログ',
  toManuals: 'マニュアル・カタログを開く',
  none: '現在ご案内しているページはありません',
};
