import { defineRefusals } from '#kernel';

/** Refusals of what comes from gateways, beside those of the payment itself. */
export const paymentServiceRefusals = defineRefusals({
  NO_SUCH_GATEWAY: {
    status: 404,
    field: 'gateway',
    ja: 'この決済代行会社は設定されていません。',
    en: 'There is no such payment gateway.',
  },
  NOTIFICATION_REFUSED: {
    status: 422,
    field: 'body',
    ja: '決済代行会社の通知として受け付けられません（{why}）。',
    en: 'This is no notification of the gateway, or none for us ({why}).',
  },
});

/** Refusals of files of deposits, beside those of the deposit itself. */
export const depositServiceRefusals = defineRefusals({
  NO_BANK_ACCOUNT: {
    status: 409,
    field: 'body',
    ja: '振込先の自社口座が設定されていません（設定 payment.bank-account）。',
    en: 'No bank account of ours is set (setting payment.bank-account).',
  },
});
