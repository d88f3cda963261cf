import { openMessageWebhook } from '#adapters/message-webhook';
import type { MessageKind } from '#ports';
import { messageSenderContract, type ReceivedMessage, sampleMessage } from '#testing';
import {
  type GatewayAnswer,
  type GatewayRequest,
  type MessageGateway,
  startMessageGateway,
} from '../support/message-gateway.js';

const received = ({ headers, body }: GatewayRequest): ReceivedMessage => {
  const { kind, to, subject, text, id } = JSON.parse(body) as Omit<ReceivedMessage, 'key'> & { id: string };
  expect(headers['idempotency-key']).toBe(id);
  return { kind, to, subject, text, key: id };
};

messageSenderContract('HTTP webhook', async () => {
  const gateway = await startMessageGateway();
  const kinds: MessageKind[] = ['sms', 'voice'];
  return {
    sender: openMessageWebhook({ url: gateway.url, kinds, token: 'hunter2' }),
    kinds,
    received: async () => gateway.requests.map(received),
    dispose: () => gateway.close(),
  };
});

describe('the webhook sender', () => {
  let gateway: MessageGateway;
  beforeEach(async () => {
    gateway = await startMessageGateway();
  });
  afterEach(() => gateway.close());
  const opened = (token?: string) =>
    openMessageWebhook({ url: gateway.url, kinds: ['sms'], token, timeoutMs: 100, retryDelaysMs: [1, 1] });

  it('posts JSON with a bearer token and the id as Idempotency-Key', async () => {
    await opened('hunter2').send(sampleMessage('sms'));
    const [{ method, headers, body }] = gateway.requests as [GatewayRequest];
    expect(method).toBe('POST');
    expect(headers).toMatchObject({
      authorization: 'Bearer hunter2',
      'content-type': 'application/json',
      'idempotency-key': 'code/s-1/sms',
    });
    expect(JSON.parse(body)).toEqual(sampleMessage('sms'));
  });

  it('sends no authorization without a token', async () => {
    await opened().send(sampleMessage('sms'));
    expect(gateway.requests[0]!.headers.authorization).toBeUndefined();
  });

  it.each<[string, GatewayAnswer]>([
    ['a broken connection', 'break'],
    ['no answer in time', 'silence'],
    ['500', 500],
    ['503', 503],
    ['429', 429],
    ['425', 425],
    ['408', 408],
  ])('tries again after %s, the same message under the same key', async (_what, answer) => {
    gateway.answers.push(answer, answer);
    await opened().send(sampleMessage('sms'));
    expect(gateway.requests).toHaveLength(3);
    expect(new Set(gateway.requests.map(({ body }) => body)).size).toBe(1);
    expect(new Set(gateway.requests.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
  });

  it.each<[string, GatewayAnswer, string]>([
    ['an unreachable one', 'break', 'SENDER_UNREACHABLE'],
    ['a silent one', 'silence', 'SENDER_UNREACHABLE'],
    ['a busy one', 503, 'SENDER_BUSY'],
  ])('gives %s up after three attempts', async (_what, answer, code) => {
    gateway.answers.push(answer, answer, answer, answer);
    await expect(opened().send(sampleMessage('sms'))).rejects.toMatchObject({ code, retryable: true });
    expect(gateway.requests).toHaveLength(3);
  });

  it.each([400, 401, 403, 404, 422])('takes %i for the last word', async status => {
    gateway.answers.push(status);
    const error: unknown = await opened('hunter2')
      .send(sampleMessage('sms'))
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'MESSAGE_REFUSED', retryable: false });
    expect(`${String(error)}${JSON.stringify(error)}${(error as Error).stack}`).not.toMatch(
      /hunter2|012345|0901234|127\.0\.0\.1:/,
    );
    expect(gateway.requests).toHaveLength(1);
  });

  it.each([301, 302, 307, 308])('carries a code nowhere else: %i is a refusal', async status => {
    gateway.answers.push({ status, headers: { location: gateway.url } });
    await expect(opened().send(sampleMessage('sms'))).rejects.toMatchObject({ code: 'MESSAGE_REFUSED' });
    expect(gateway.requests).toHaveLength(1);
  });

  it('waits as long as a busy gateway asks', async () => {
    gateway.answers.push({ status: 429, headers: { 'retry-after': '1' } });
    const start = performance.now();
    await opened().send(sampleMessage('sms'));
    expect(performance.now() - start).toBeGreaterThan(990);
  });
});
