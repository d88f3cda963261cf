import type { Page, Request } from 'playwright-core';

/**
 * Two frames of animation, and then a moment in which the page has nothing else to do: a change of the
 * address has been drawn by then, and what it asks for has been sent.
 */
const IDLE = `new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() =>
  scheduler.postTask(done, { priority: 'background' }))))`;
/**
 * A part of the page that waits for its first answer, and one that still shows the answer before. A form is
 * busy, too, for as long as it waits for a person.
 */
const WAITING = '.state[role="status"], [aria-busy="true"]:not(button)';

/** Whether a page waits for anything. */
export class Calm {
  private readonly open = new Set<Request>();
  private begun = 0;

  constructor(private readonly page: Page) {
    page.on('request', request => {
      // A stream goes on for as long as it is listened to.
      if (request.resourceType() === 'eventsource' || !request.url().startsWith('http')) return;
      // What the document before still waited for is not always told to have ended with it.
      if (request.isNavigationRequest()) this.open.clear();
      this.open.add(request);
      this.begun += 1;
    });
    page.on('requestfinished', request => this.open.delete(request));
    page.on('requestfailed', request => this.open.delete(request));
  }

  /** Waits until nothing was asked and nothing was waited for between two looks at an idle page. */
  async come(limitMs: number): Promise<void> {
    const end = Date.now() + limitMs;
    for (let seen = -1; ; ) {
      const begun = this.begun;
      const waits = await this.whatFor();
      if (waits === '' && begun === seen && begun === this.begun) return;
      seen = waits === '' ? begun : -1;
      if (Date.now() > end) throw new Error(`the page never came to rest: ${waits || 'it asks and asks'}`);
    }
  }

  /** What the page waits for once it is idle; nothing where it is calm. */
  private async whatFor(): Promise<string> {
    try {
      await this.page.evaluate(IDLE);
      const parts = await this.page.locator(WAITING).allTextContents();
      return [...parts, ...[...this.open].map(request => request.url())].join(', ');
    } catch (error) {
      // It went to another address meanwhile.
      if (this.page.isClosed()) throw error;
      return String(error);
    }
  }
}
