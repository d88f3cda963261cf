import { Controller, Headers, Req, Res, StreamableFile } from '@nestjs/common';
import { CommandBus, QueryBus } from '@nestjs/cqrs';
import type { Request, Response } from 'express';
import { z } from 'zod';
import { PICTURE_BYTES_MAX, PICTURE_TYPES } from '#contracts';
import { type AccountId, rejection } from '#kernel';
import { type Caller, requestRefusals } from '#runtime';
import { WhoApproves } from '../../use-cases/approvals.js';
import type { InputFor } from '../../use-cases/bus.js';
import { EraseAccount, ShowPicture, UploadPaper } from '../../use-cases/parties.js';
import { API } from '../access.guard.js';
import { asBody, found } from '../answer.js';
import { accountId } from '../fields.js';
import { readBytes } from '../files.js';
import { refused } from '../problem.js';
import { From, FromBody, FromPath, FromQuery } from '../request.js';
import { InputOf, RouteOf } from '../use-case.controller.js';

const Paper = UploadPaper.useCase.input.omit({ account: true, picture: true });
const Erasing = EraseAccount.useCase.input.omit({ account: true, approvedBy: true });

/** What of a party's routes has a twist: a picture that comes or goes, a second person in a header. */
@Controller(API)
export class PartiesController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  /** Read into memory and sealed from there: the picture of a passport lies in no folder of uploads. */
  @RouteOf(UploadPaper, { query: Paper, file: [...PICTURE_TYPES] })
  async upload(
    @FromPath('account', accountId) account: AccountId,
    @FromQuery(Paper) paper: z.output<typeof Paper>,
    @Req() request: Request,
    @From() caller: Caller,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    // One byte more than is allowed, so that the refusal is the product's own.
    const picture = await readBytes(request, PICTURE_BYTES_MAX + 1);
    return asBody(
      await this.commands.execute(new UploadPaper({ ...paper, account, picture }, caller)),
      response,
    );
  }

  /** No cache keeps it, and no browser takes it for anything but a picture. */
  @RouteOf(ShowPicture, { produces: [...PICTURE_TYPES] })
  async picture(
    @InputOf(ShowPicture) input: InputFor<typeof ShowPicture>,
    @Res({ passthrough: true }) response: Response,
  ): Promise<StreamableFile> {
    const { type, bytes } = found(await this.queries.execute(new ShowPicture(input)), 'PAPER');
    response.setHeader('Cache-Control', 'no-store');
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Content-Security-Policy', "default-src 'none'; sandbox");
    return new StreamableFile(bytes, { type, disposition: 'inline', length: bytes.length });
  }

  @RouteOf(EraseAccount, {
    body: Erasing,
    headers: { 'X-Approver-Key': 'An approval out of the session of a second person, or her API key.' },
  })
  async erase(
    @FromPath('account', accountId) account: AccountId,
    @FromBody(Erasing) { why }: z.output<typeof Erasing>,
    @From() caller: Caller,
    @Headers('X-Approver-Key') token: string | undefined,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    const of = { account, erasure: true } as const;
    const approved =
      token !== undefined && (await this.queries.execute(new WhoApproves({ token, of, caller })));
    if (token !== undefined && !approved) throw refused(rejection(requestRefusals.APPROVER_NOT_ALLOWED));
    const approvedBy = approved ? approved.approvedBy : null;
    return asBody(
      await this.commands.execute(new EraseAccount({ account, why, approvedBy }, caller)),
      response,
    );
  }
}
