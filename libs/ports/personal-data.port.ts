import type { AccountId, Instant } from '#kernel';

/** What a record holds. */
export type PersonalKind = 'contract' | 'billing' | 'shipping' | 'delivery' | 'circle' | 'mails' | 'paper';

/** What events carry in place of personal data. */
export interface PersonalReference {
  /** 43 random characters of base64url: it says nothing of what it names. */
  readonly ref: string;
  /** HMAC-SHA-256 (base64url) of the record with a key of the account: nobody can try texts against it. */
  readonly mac: string;
}

export interface NewPersonalRecord {
  readonly account: AccountId;
  readonly ref: string;
  readonly kind: PersonalKind;
  readonly bytes: Uint8Array;
  readonly at: Instant;
}

/** The account's key was destroyed: nothing can be read or kept for it any more. */
export class PersonalDataErased extends Error {
  override readonly name = 'PersonalDataErased';
  constructor(readonly account: AccountId) {
    super(`the personal data of ${account} were erased`);
  }
}

/**
 * Keeps who people are, outside of the log: each record sealed with a key of its account, which is itself
 * sealed with the product's key (`SecretBox`). Whoever destroys the account's key destroys all its records,
 * whatever copy of them is left, while events with their references, amounts and hashes stay as they are.
 * What is answered is durable, also after `kill -9`. Every adapter passes `personalDataContract` of
 * `#testing`.
 */
export interface PersonalDataStore {
  /**
   * Keeps a record until its account is erased. It counts as an orphan until `keep` says that an event refers
   * to it. The same record again is the same reference.
   * @throws PersonalDataErased; Error for other bytes under a reference that is taken
   */
  put(record: NewPersonalRecord): Promise<PersonalReference>;
  /**
   * `erased` when the key is destroyed, undefined when there is no such record.
   * @throws SealBroken when it is not what the reference was given for, or the product's key is another
   */
  get(account: AccountId, reference: PersonalReference): Promise<Uint8Array | 'erased' | undefined>;
  /**
   * A keyed hash of a request that holds personal data, so that the log can tell it from another.
   * @throws PersonalDataErased
   */
  fingerprint(account: AccountId, bytes: Uint8Array): Promise<string>;
  /** Events refer to these records now. */
  keep(account: AccountId, refs: readonly string[]): Promise<void>;
  /** Records that were put before this instant and not kept, the oldest first. */
  orphans(before: Instant, most: number): Promise<readonly { account: AccountId; ref: string }[]>;
  /** Removes a record that is not kept. */
  drop(account: AccountId, ref: string): Promise<void>;
  /** Destroys the account's key and removes its records, for ever; once more is the same. */
  destroyKey(account: AccountId): Promise<void>;
  close(): Promise<void>;
}

/** The key of an account as it is stored; `sealed` is null when it was destroyed. */
export interface SealedKey {
  readonly account: AccountId;
  /** Names the key without saying anything of it. */
  readonly id: string;
  readonly sealed: string | null;
}

/** A record as it is stored. */
export interface SealedRecord {
  readonly account: AccountId;
  readonly ref: string;
  readonly kind: PersonalKind;
  readonly sealed: Uint8Array;
  readonly mac: string;
  readonly at: Instant;
  /** An event refers to it. */
  readonly kept: boolean;
}

/**
 * Where sealed records lie: what a database has to do for a `PersonalDataStore`. Nothing here is readable.
 */
export interface SealedRows {
  key(account: AccountId): Promise<SealedKey | undefined>;
  /** Adds the key unless the account has one, destroyed or not, and gives the one that stands. */
  addKey(key: SealedKey): Promise<SealedKey>;
  /** Adds a record unless its reference is taken; gives the one that stands, undefined without a live key. */
  addRecord(record: SealedRecord): Promise<SealedRecord | undefined>;
  record(account: AccountId, ref: string): Promise<SealedRecord | undefined>;
  keep(account: AccountId, refs: readonly string[]): Promise<void>;
  orphans(before: Instant, most: number): Promise<readonly { account: AccountId; ref: string }[]>;
  drop(account: AccountId, ref: string): Promise<void>;
  destroy(account: AccountId): Promise<void>;
  /** Every account with its key and its records, for a copy in another place. */
  accounts(): Promise<readonly SealedKey[]>;
  recordsOf(account: AccountId): Promise<readonly SealedRecord[]>;
  close(): Promise<void>;
}
