import { randomBytes, timingSafeEqual } from 'node:crypto';
import { accountRefusals } from '#contracts';
import {
  type ApiKeyCommand,
  apiKey,
  apiKeyEvents,
  apiKeyStream,
  apiKeyUnchanged,
  type KnownApiKey,
  type Role,
} from '#identity';
import { type AccountId, canonicalJson, Instant, nothing, rejected } from '#kernel';
import { answered } from '../engine/answered.js';
import { sha256 } from '../engine/command-log.js';
import type { Facts } from '../engine/facts.js';
import type { CommandRunner } from '../engine/run-command.js';
import type { Answer, Caller } from '../product.views.js';
import type { ReadModels } from '../projecting/read-models.js';
import { apiKeyViews } from './api-keys.queries.js';
import type { KeyView, NewKeyView } from './keys.shapes.js';

const runningKey = { decider: apiKey, codec: apiKeyEvents.codec };
/** What is compared with where there is no such key: a stranger's token takes as long as a wrong secret. */
const NOBODYS_SECRET = sha256('');
/** A key that was made with a key that was made with a key: so far back it is asked. */
const MAKERS_AT_MOST = 50;
const TOKEN = /^dk_([0-9a-z]{12})_([0-9A-Za-z_-]{43})$/;

/** One request, one stream: whichever server carries it out, the second one finds the first one's key. */
const keyOf = (commandId: string): string =>
  BigInt(`0x${sha256(`key/${commandId}`).slice(0, 16)}`)
    .toString(36)
    .padStart(12, '0')
    .slice(-12);

export class Keys {
  constructor(
    private readonly runner: CommandRunner,
    private readonly readModels: ReadModels,
    private readonly facts: Facts,
  ) {}

  /** The secret is in the answer once and nowhere else. Token form: `dk_<key>_<secret>`. */
  async create(
    input: { role: Role; account: AccountId | null; label: string },
    caller: Caller,
  ): Promise<Answer<NewKeyView>> {
    const { role, account, label } = input;
    if (account && !(await this.facts.account(account))) {
      return rejected(accountRefusals.NO_SUCH_ACCOUNT);
    }
    const body = { createKey: role, account, label };
    const before = await this.runner.recorded(caller.commandId, sha256(canonicalJson(body)));
    if (before) return before.kind === 'done' ? nothing(apiKeyUnchanged.KEY_CREATED_BEFORE) : before;
    const key = keyOf(caller.commandId);
    const secret = randomBytes(32).toString('base64url');
    const command = (): ApiKeyCommand => ({
      type: 'CreateApiKey',
      now: this.runner.clock.now(),
      key,
      role,
      account,
      label,
      secretHash: sha256(secret),
    });
    const done = await this.runner.run(runningKey, apiKeyStream(key), command, body, caller);
    if (done.kind !== 'done') return done;
    // Asked twice at once: the secret that counts is the first one's, this one opens nothing.
    if (done.replayed) return nothing(apiKeyUnchanged.KEY_CREATED_BEFORE);
    const [event] = done.events;
    const view = { key, role, account, label, createdAt: Instant.text(event!.at), revokedAt: null };
    return {
      kind: 'done',
      value: { ...view, token: `dk_${key}_${secret}` },
      position: done.position,
      replayed: false,
    };
  }

  async revoke(key: string, caller: Caller): Promise<Answer<{ key: string }>> {
    const command = (): ApiKeyCommand => ({ type: 'RevokeApiKey', now: this.runner.clock.now() });
    const done = await this.runner.run(runningKey, apiKeyStream(key), command, { revokeKey: key }, caller);
    if (done.kind !== 'done') return done;
    return answered(done, { key });
  }

  list(): Promise<readonly KeyView[]> {
    return apiKeyViews(this.readModels);
  }

  /** Actors: who made the key; where that was a key, who made that one; and so on. */
  async makers(key: string): Promise<readonly string[]> {
    const makers: string[] = [];
    for (let at: string | undefined = key; at !== undefined && makers.length < MAKERS_AT_MOST; ) {
      let maker: string | undefined;
      const begun = this.runner.events.readStream(apiKeyStream(at), { limit: 1 });
      for await (const { meta } of begun) maker = meta.actor;
      if (maker === undefined || makers.includes(maker)) break;
      makers.push(maker);
      at = maker.startsWith('key:') ? maker.slice('key:'.length) : undefined;
    }
    return makers;
  }

  /**
   * Undefined: no such token, or revoked; compared in constant time. Asks the key's own stream, never a read
   * model: a key that was revoked opens nothing from the answer on, and on other servers from the moment they
   * see the log go on, whether a worker runs or not.
   */
  async authenticate(token: string): Promise<KeyView | undefined> {
    const known = await this.ofToken(token);
    if (known?.phase !== 'live') return undefined;
    const { key, role, account, label } = known;
    return { key, role, account, label, createdAt: Instant.text(known.createdAt), revokedAt: null };
  }

  /** The key of a token, whether or not it still opens anything. */
  async ofToken(token: string): Promise<KnownApiKey | undefined> {
    const [, key, secret] = TOKEN.exec(token) ?? [];
    if (key === undefined || secret === undefined) return undefined;
    const state = await this.runner.look(runningKey, apiKeyStream(key));
    const stored = state.phase === 'none' ? NOBODYS_SECRET : state.secretHash;
    const same = timingSafeEqual(Buffer.from(sha256(secret), 'hex'), Buffer.from(stored, 'hex'));
    return same && state.phase !== 'none' ? state : undefined;
  }
}
