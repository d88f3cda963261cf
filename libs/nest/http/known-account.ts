import {
  type CallHandler,
  type ExecutionContext,
  Inject,
  Injectable,
  type NestInterceptor,
} from '@nestjs/common';
import type { Request } from 'express';
import type { Observable } from 'rxjs';
import { type AccountId, parseAccountId } from '#kernel';
import { noSuch, type Product } from '#runtime';
import { PRODUCT } from '../use-cases/tokens.js';
import { API } from './access.guard.js';
import { refused } from './problem.js';

/** Undefined for what has not the form of one: its route names the fault. */
function accountIn(asked: unknown): AccountId | undefined {
  try {
    return typeof asked === 'string' ? parseAccountId(asked) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * A question about an account that does not exist is answered so on every route: an empty list would look
 * like an answer. Commands are told by their decision; the log is only searched, also for what never was.
 */
@Injectable()
export class KnownAccountInterceptor implements NestInterceptor {
  constructor(@Inject(PRODUCT) private readonly product: Product) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const { method, params, query, route } = context.switchToHttp().getRequest<Request>();
    const isQuestion = (method === 'GET' || method === 'HEAD') && route?.path !== `${API}/events`;
    const account = isQuestion ? accountIn(params['account'] ?? query['account']) : undefined;
    if (account === undefined) return next.handle();
    // Another server may have opened it a moment ago.
    await this.product.ready('log');
    if (await this.product.accounts.known(account)) return next.handle();
    throw refused(noSuch('ACCOUNT'));
  }
}
