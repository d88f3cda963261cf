import { Controller, Res } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Response } from 'express';
import { z } from 'zod';
import { ROLES } from '#identity';
import type { Caller, KeyView } from '#runtime';
import { KeyCommand, KeyQuery } from '../../envelopes.js';
import { API } from '../access.guard.js';
import { answered, type UnchangedBody } from '../answer.js';
import { accountId, words } from '../fields.js';
import { From, FromBody, FromPath } from '../request.js';
import { Route } from '../route.js';
import { ApiKey, NewApiKey, RevokedKey } from '../schemas.js';
import { allOf } from '../shapes.js';

const NewKey = z.strictObject({
  role: z.enum(ROLES),
  account: accountId.nullable().default(null).meta({ description: "The one account of a customer's key." }),
  label: words(100),
});

@Controller(API)
export class KeysController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @Route('GET /keys', { summary: 'API keys, without their secrets', answer: allOf(ApiKey) })
  async list(): Promise<{ rows: readonly KeyView[] }> {
    return { rows: await this.queries.execute(new KeyQuery('list')) };
  }

  @Route('POST /keys', {
    summary: 'Create an API key; its token is in this answer and nowhere else',
    body: NewKey,
    status: 201,
    answer: NewApiKey,
    refusals: ['KEY_NEEDS_ACCOUNT', 'KEY_TAKES_NO_ACCOUNT', 'NO_SUCH_ACCOUNT'],
  })
  async create(
    @FromBody(NewKey) input: z.output<typeof NewKey>,
    @From() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<(KeyView & { token: string }) | UnchangedBody> {
    return answered(await this.commands.execute(new KeyCommand('create', input, caller)), response);
  }

  @Route('DELETE /keys/:key', {
    summary: 'Revoke an API key for ever',
    answer: RevokedKey,
    unchanged: true,
    refusals: ['NO_SUCH_KEY'],
  })
  async revoke(
    @FromPath('key', words(100)) key: string,
    @From() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    return answered(await this.commands.execute(new KeyCommand('revoke', key, caller)), response);
  }
}
