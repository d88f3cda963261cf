import { createKey, listKeys, revokeKey } from '#runtime';
import { commandOf, queryOf } from './bus.js';

export class ListKeys extends queryOf(listKeys) {}
export class CreateKey extends commandOf(createKey) {}
export class RevokeKey extends commandOf(revokeKey) {}
