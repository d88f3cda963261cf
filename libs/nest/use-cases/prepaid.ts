import {
  adjustPrepaid,
  chargePrepaid,
  correctCall,
  extendHold,
  holdFunds,
  prepaidBalance,
  prepaidHistory,
  previewCorrection,
  releaseHold,
  reverseDebit,
  settleHold,
  trialBalance,
} from '#runtime';
import { commandOf, queryOf } from './bus.js';

export class PrepaidBalance extends queryOf(prepaidBalance) {}
export class PrepaidHistory extends queryOf(prepaidHistory) {}
export class TrialBalanceOf extends queryOf(trialBalance) {}
export class ChargePrepaid extends commandOf(chargePrepaid) {}
export class AdjustPrepaid extends commandOf(adjustPrepaid) {}
export class ReverseDebit extends commandOf(reverseDebit) {}
export class CorrectCall extends commandOf(correctCall) {}
export class PreviewCorrection extends queryOf(previewCorrection) {}
export class HoldFunds extends commandOf(holdFunds) {}
export class ExtendHold extends commandOf(extendHold) {}
export class SettleHold extends commandOf(settleHold) {}
export class ReleaseHold extends commandOf(releaseHold) {}
