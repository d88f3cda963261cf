/** What customers of the example bought and cancelled in the months that it shows. */

interface Dated {
  readonly account: string;
  /** Counted from the first month of calls. */
  readonly month: number;
  readonly day: number;
}

export interface DemoOrder extends Dated {
  /** Names it in the example. */
  readonly name: string;
  /** By its name; null: what is bought is the account's. */
  readonly circle: string | null;
  /** A product, and how many of it or which number of the stock. */
  readonly items: readonly (readonly [product: string, what: number | string])[];
}

export interface DemoCancellation extends Dated {
  /** The number whose contract is cancelled. */
  readonly number: string;
}

const HEAD_OFFICE_NUMBER = '0300002010';
const OLD_NUMBER = '05000002010';
const RECEPTION_NUMBER = '0120000210';

export const DEMO_ORDERS: readonly DemoOrder[] = [
  {
    ...{ name: 'aozora-honsha', account: 'D-1001', circle: '本社', month: 0, day: 8 },
    items: [
      ['unique.extension', 3],
      ['number.domestic', HEAD_OFFICE_NUMBER],
      ['number.050', OLD_NUMBER],
      ['option.ivr', 1],
    ],
  },
  {
    ...{ name: 'kamome-juden', account: 'D-1012', circle: '受電', month: 0, day: 12 },
    items: [
      ['unique.extension', 5],
      ['number.toll-free', RECEPTION_NUMBER],
      ['option.recording', 1],
    ],
  },
  {
    ...{ name: 'aozora-osaka', account: 'D-1001', circle: '大阪支店', month: 0, day: 20 },
    items: [
      ['trunk2', 1],
      ['trunk2.channel', 2],
    ],
  },
  {
    ...{ name: 'aozora-post', account: 'D-1001', circle: null, month: 1, day: 6 },
    items: [['invoice.posting', 1]],
  },
];

/** It is over with the running month: the page of contracts shows one that is ending. */
export const DEMO_CANCELLATIONS: readonly DemoCancellation[] = [
  { account: 'D-1001', month: 1, day: 12, number: OLD_NUMBER },
];
