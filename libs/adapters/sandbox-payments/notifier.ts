import { setTimeout as wait } from 'node:timers/promises';
import type { Books, Payment } from './books.js';
import type { Faults } from './faults.js';
import { SIGNATURE_HEADER, sign } from './signature.js';
import type { WireNotification } from './wire.js';

export interface NotifierOptions {
  readonly secret: string;
  /** Waits before a notification is sent again; the last one goes on for ever. */
  readonly retryDelaysMs: readonly number[];
  readonly timeoutMs: number;
}

function bodyOf(notification: number, { payment, request }: Payment): string {
  const said: WireNotification = {
    id: `sn_${notification}_${payment.slice(-8)}`,
    environment: 'test',
    attempt: request.attempt,
    payment,
  };
  return JSON.stringify(said);
}

/** Tells the shop what changed, again and again until it says 2xx, each on its own way: no order is kept. */
export class Notifier {
  private readonly stop = new AbortController();
  private readonly underWay = new Set<Promise<void>>();
  /** One that waits until another has been sent. */
  private held: (() => void) | undefined;
  /** Where notifications are posted; they wait as long as it is not known. */
  private url: string | undefined;

  constructor(
    private readonly books: Books,
    private readonly faults: Faults,
    private readonly options: NotifierOptions,
  ) {
    books.onNews = (notification, payment) => this.tell(notification, payment);
  }

  /** From now on notifications go there; those that nobody has heard yet go first. */
  sendTo(url: string): void {
    const waited = this.url === undefined ? this.books.unheard() : [];
    this.url = url;
    for (const { notification, payment } of waited) this.tell(notification, payment);
  }

  private tell(notification: number, payment: Payment): void {
    if (this.url === undefined) return;
    const work = this.deliver(notification, bodyOf(notification, payment)).catch(() => undefined);
    this.underWay.add(work);
    void work.then(() => this.underWay.delete(work));
  }

  private async deliver(notification: number, body: string): Promise<void> {
    const isLost = this.faults.next('notification_lost') !== undefined;
    const copies = this.faults.next('notification_duplicate') === undefined ? 1 : 2;
    const delayMs = this.faults.next('notification_delay');
    const isHeld = !this.held && this.faults.next('notification_reorder') !== undefined;
    // What it tells of must be in the books for ever before anybody hears of it.
    await this.books.durable();
    if (delayMs !== undefined) await wait(delayMs, undefined, { signal: this.stop.signal });
    if (isHeld) await this.untilAnotherWasSent();
    if (!isLost) for (let copy = 0; copy < copies; copy++) await this.post(body);
    if (!isHeld) this.letGo();
    this.books.write({ type: 'told', notification });
    await this.books.durable();
  }

  private untilAnotherWasSent(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.held = resolve;
      this.stop.signal.addEventListener('abort', () => reject(new Error('stopped')));
    });
  }

  private letGo(): void {
    this.held?.();
    this.held = undefined;
  }

  private async post(body: string): Promise<void> {
    const { retryDelaysMs } = this.options;
    for (let turn = 0; !(await this.isTaken(body)); turn++) {
      const delayMs = retryDelaysMs[Math.min(turn, retryDelaysMs.length - 1)] ?? 1_000;
      await wait(delayMs, undefined, { signal: this.stop.signal });
    }
  }

  /** Signed anew each time: an old signature is not taken. */
  private async isTaken(body: string): Promise<boolean> {
    const { secret, timeoutMs } = this.options;
    const bytes = new TextEncoder().encode(body);
    try {
      const answer = await fetch(this.url!, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          [SIGNATURE_HEADER]: sign(secret, this.books.now(), bytes),
        },
        body: bytes,
        redirect: 'manual',
        signal: AbortSignal.any([this.stop.signal, AbortSignal.timeout(timeoutMs)]),
      });
      await answer.body?.cancel();
      return answer.ok;
    } catch {
      return false;
    }
  }

  async close(): Promise<void> {
    this.stop.abort();
    await Promise.all(this.underWay);
  }
}
