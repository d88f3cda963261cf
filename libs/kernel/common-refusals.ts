import { defineRefusals } from './refusals.js';

/** Refusals of several rooms, said once. */
export const common = defineRefusals({
  REASON_REQUIRED: {
    status: 422,
    ja: '理由を入力してください。理由は操作とともに記録されます。',
    en: 'Say why: the reason is kept with the act.',
  },
  NAME_REQUIRED: { status: 422, ja: '名前を入力してください。', en: 'A name is required.' },
});
