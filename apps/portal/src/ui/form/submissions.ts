/** Answered by a sender when somebody thought better of it: all stays as it was, the key as well. */
export const NOT_SENT: unique symbol = Symbol('not sent');

/** What became of a press of the button. */
export type Outcome = 'sent' | 'not sent' | 'busy';

/**
 * The presses of one form's button. Its Idempotency-Key is the same for every try until one has succeeded: a
 * lost answer is no second effect. The next success has a key of its own. While one press is under way, with
 * its question open or its answer awaited, another one does nothing.
 */
export class Submissions {
  private key: string;
  private underWay = false;

  constructor(private readonly newKey: () => string) {
    this.key = newKey();
  }

  get isUnderWay(): boolean {
    return this.underWay;
  }

  /** @throws whatever `send` throws; the key stays */
  async submit(send: (key: string) => Promise<unknown>): Promise<Outcome> {
    if (this.underWay) return 'busy';
    this.underWay = true;
    try {
      if ((await send(this.key)) === NOT_SENT) return 'not sent';
      this.key = this.newKey();
      return 'sent';
    } finally {
      this.underWay = false;
    }
  }
}

/**
 * Posts, after a question where the same was posted minutes ago, by whomever.
 * @param post whether the server is to tell of the same posting of minutes ago
 * @param minutesAgo of the server's refusal, null for any other failure
 * @param ask whether it is to be posted all the same
 */
export async function postUnlessRepeated<Answer>(
  post: (asksRepeat: boolean) => Promise<Answer>,
  minutesAgo: (error: unknown) => string | null,
  ask: (minutes: string) => Promise<boolean>,
): Promise<Answer | typeof NOT_SENT> {
  try {
    return await post(true);
  } catch (error) {
    const minutes = minutesAgo(error);
    if (minutes === null) throw error;
    return (await ask(minutes)) ? post(false) : NOT_SENT;
  }
}
