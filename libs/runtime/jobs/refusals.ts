import { defineRefusals } from '#kernel';

/** Refusals of the service, beside those of the decider. */
export const jobServiceRefusals = defineRefusals({
  JOB_HAS_GONE_ON: {
    status: 409,
    ja: 'ジョブの状態が変わっています。表示を更新してください。',
    en: 'The job has just gone on by itself. Look again.',
  },
});
