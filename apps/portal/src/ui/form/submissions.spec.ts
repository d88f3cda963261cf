import { NOT_SENT, postUnlessRepeated, Submissions } from './submissions.js';

const submissions = (): Submissions => {
  let n = 0;
  return new Submissions(() => `key-${++n}`);
};

describe('the button of a form', () => {
  it('has one key until a try has succeeded, then a fresh one', async () => {
    const form = submissions();
    const keys: string[] = [];
    const lost = (key: string) => {
      keys.push(key);
      return Promise.reject(new Error('no answer'));
    };
    await expect(form.submit(lost)).rejects.toThrow('no answer');
    await expect(form.submit(lost)).rejects.toThrow('no answer');
    expect(await form.submit(async key => void keys.push(key))).toBe('sent');
    expect(await form.submit(async key => void keys.push(key))).toBe('sent');
    expect(keys).toEqual(['key-1', 'key-1', 'key-1', 'key-2']);
  });

  it('keeps its key when somebody thought better of it', async () => {
    const form = submissions();
    expect(await form.submit(async () => NOT_SENT)).toBe('not sent');
    expect(await form.submit(async key => expect(key).toBe('key-1'))).toBe('sent');
  });

  it('does nothing while a press is under way, and works again after it, failed or not', async () => {
    const form = submissions();
    let end: () => void = () => {};
    const first = form.submit(() => new Promise<void>(resolve => (end = resolve)));
    let sent = 0;
    const second = async () => void sent++;
    expect([form.isUnderWay, await form.submit(second), sent]).toEqual([true, 'busy', 0]);
    end();
    expect(await first).toBe('sent');
    await expect(form.submit(() => Promise.reject(new Error('refused')))).rejects.toThrow();
    expect([form.isUnderWay, await form.submit(second), sent]).toEqual([false, 'sent', 1]);
  });
});

describe('a posting that may be a repeat', () => {
  const repeated = new Error('POSTED_RECENTLY');
  const minutesAgo = (error: unknown) => (error === repeated ? '3' : null);
  /** A server that knows the same posting of minutes ago, and what it was sent. */
  function server() {
    const sent: boolean[] = [];
    const post = async (asksRepeat: boolean) => {
      sent.push(asksRepeat);
      if (asksRepeat) throw repeated;
      return 'posted';
    };
    return { sent, post };
  }

  it('is asked about, and posted when it is wanted', async () => {
    const { sent, post } = server();
    const asked: string[] = [];
    const ask = async (minutes: string) => asked.push(minutes) > 0;
    expect(await postUnlessRepeated(post, minutesAgo, ask)).toBe('posted');
    expect([sent, asked]).toEqual([[true, false], ['3']]);
  });

  it('is not posted when it is not wanted', async () => {
    const { sent, post } = server();
    expect(await postUnlessRepeated(post, minutesAgo, async () => false)).toBe(NOT_SENT);
    expect(sent).toHaveLength(1);
  });

  it('is not asked about when it is none, or fails for another reason', async () => {
    const never = async () => expect('asked').toBe('never') as unknown as boolean;
    expect(await postUnlessRepeated(async () => 'posted', minutesAgo, never)).toBe('posted');
    const broken = () => Promise.reject(new Error('offline'));
    await expect(postUnlessRepeated(broken, minutesAgo, never)).rejects.toThrow('offline');
  });
});
