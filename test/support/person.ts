/** A person who does not exist, as the form of a customer takes one. */
export const NAME = '竹取かぐや';
export const PERSON = {
  ...{ kind: 'individual', name: NAME, nameKana: 'ﾀｹﾄﾘ ｶｸﾞﾔ', postalCode: '1000005' },
  ...{ prefecture: '東京都', city: '千代田区', cityKana: 'チヨダク', street: '丸の内1-2-3' },
  ...{ streetKana: 'マルノウチ1-2-3', phone: '03-1234-5678' },
};
const { kind: _, ...person } = PERSON;
/** What is known of a circle: always with a person in charge. */
export const CIRCLE = { ...person, person: '蓬莱玉', personKana: 'ホウライ　タマ' };
/** A picture of one point. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
