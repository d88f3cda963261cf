import { closers } from '../engine/roles.js';
import { command } from '../engine/use-case.js';
import { newMeasurement } from './contracts.inputs.js';
import { Measurement } from './contracts.shapes.js';

export const measureContract = command({
  route: 'POST /accounts/:account/contracts/:contract/measurements',
  about: {
    ja: '録音の保存容量、請求書の枚数の登録。月の最大値で超過分を引き落とす',
    en: 'Report what is kept of recordings, or the sheets of an invoice; the peak of a month is charged',
  },
  effect: 'money',
  roles: closers,
  waits: 'log',
  input: newMeasurement,
  cli: { usage: 'contract measure <contract>' },
  answer: Measurement,
  unchanged: true,
  refusals: [
    ...([
      'NO_SUCH_ACCOUNT',
      'NO_SUCH_CONTRACT',
      'NOT_MEASURED',
      'NOT_IN_CONTRACT_THEN',
      'MEASURED_TOO_EARLY',
    ] as const),
    ...(['MEASURED_TOO_MUCH', 'MONTH_CLOSED'] as const),
  ],
  run: ({ contracts }, input, caller) => contracts.fees.measured.measure(input, caller),
});
