import { Problem } from '../api/problem.js';
import type { Question } from './confirm.js';
import { type Act, type Manners, perform } from './doing.js';
import { NOT_SENT } from './form/submissions.js';

/** A page that notes what an act does to it; its person answers as told, a reason at a time. */
function page(...answers: readonly (string | null)[]) {
  const seen: unknown[] = [];
  const left = [...answers];
  const surroundings = {
    confirm: async ({ title, reason }: Question) => {
      seen.push(`asked ${title}${reason ? ' and why' : ''}`);
      const answer = left.shift() ?? null;
      return answer === null ? null : { reason: answer };
    },
    done: (text?: string) => void seen.push(`said ${text ?? 'done'}`),
    refresh: async (changes: readonly unknown[]) => void seen.push(`read ${JSON.stringify(changes)}`),
  };
  return { seen, surroundings };
}

const STAFF: Manners = {
  reason: true,
  repeated: minutes => ({ title: `again after ${minutes}`, consequence: '' }),
};
const POSTED_RECENTLY = new Problem({
  ...{ status: 409, code: 'POSTED_RECENTLY', detail: 'posted' },
  details: { minutesAgo: '3' },
});

const act = (more: Partial<Act<string>> = {}): Act<string> => ({
  ask: { title: 'charge', consequence: '' },
  send: async ({ key, reason }) => `${key} because ${reason}`,
  changes: [['balance']],
  ...more,
});

describe('an act', () => {
  it('is asked about with its reason, sent with its key, told, and read anew', async () => {
    const { seen, surroundings } = page('a gift');
    const after = (answer: string) => seen.push(`after ${answer}`);
    const done = (answer: string) => `done: ${answer}`;
    const answer = await perform(() => act({ after, done }), 'k1', STAFF, surroundings);
    expect(answer).toBe('k1 because a gift');
    expect(seen).toEqual([
      ...['asked charge and why', 'said done: k1 because a gift', 'read [["balance"]]'],
      'after k1 because a gift',
    ]);
  });

  it('is not sent when somebody thought better of it', async () => {
    const { seen, surroundings } = page(null);
    expect(await perform(act, 'k1', STAFF, surroundings)).toBe(NOT_SENT);
    expect(seen).toEqual(['asked charge and why']);
  });

  it('is done at once where nothing is asked', async () => {
    const { seen, surroundings } = page();
    const { ask: _ask, ...plain } = act();
    expect(await perform(() => plain, 'k1', {}, surroundings)).toBe('k1 because ');
    expect(seen).toEqual(['said done', 'read [["balance"]]']);
  });

  it('is asked about once more where the same was posted minutes ago', async () => {
    const asks: (boolean | undefined)[] = [];
    const send: Act<string>['send'] = async ({ asksRepeat }) => {
      asks.push(asksRepeat);
      if (asksRepeat) throw POSTED_RECENTLY;
      return 'posted';
    };
    const wanted = page('why', '');
    const twice = () => act({ send, asksRepeat: true });
    expect(await perform(twice, 'k1', STAFF, wanted.surroundings)).toBe('posted');
    expect([asks, wanted.seen.slice(0, 2)]).toEqual([
      [true, false],
      ['asked charge and why', 'asked again after 3'],
    ]);
    const unwanted = page('why', null);
    expect(await perform(twice, 'k1', STAFF, unwanted.surroundings)).toBe(NOT_SENT);
  });

  it('fails as it was refused, or could not begin; nothing is said to be done', async () => {
    const { seen, surroundings } = page('why');
    const send = () => Promise.reject(new Error('refused'));
    await expect(perform(() => act({ send }), 'k1', STAFF, surroundings)).rejects.toThrow('refused');
    const broken = () => Promise.reject(new Error('no such call'));
    await expect(perform(broken, 'k1', STAFF, surroundings)).rejects.toThrow('no such call');
    expect(seen).toEqual(['asked charge and why']);
  });

  it('is sent from within the proof that it wants', async () => {
    const steps: string[] = [];
    const around = async <Answer>(send: () => Promise<Answer>) => {
      steps.push('proven');
      return send();
    };
    const send = async () => void steps.push('sent');
    const { surroundings } = page();
    await perform(() => ({ send, changes: [] }), 'k1', { around }, surroundings);
    expect(steps).toEqual(['proven', 'sent']);
  });
});
