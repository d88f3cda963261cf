import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { Response } from 'express';
import type { Logger } from 'pino';
import { routeOf } from './access.guard.js';
import { blamedAt } from './access.js';
import { bodyOf, problemOf } from './problem.js';
import type { AdmittedRequest } from './request.js';

/**
 * Sends every error as problem+json; what nobody expected is logged with its request id and told to nobody.
 */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(private readonly logger: Logger) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const response = http.getResponse<Response>();
    const problem = problemOf(error);
    const request = http.getRequest<AdmittedRequest>();
    if (problem.status >= 500) {
      const { requestId } = request;
      // The stack alone: a message may hold what a customer sent.
      const { name, stack } = error instanceof Error ? error : { name: typeof error, stack: undefined };
      const frames = stack
        ?.split('\n')
        .filter(line => /^\s+at /.test(line))
        .slice(0, 8);
      this.logger.error({ requestId, code: problem.code, error: name, at: frames }, 'request failed');
    }
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const { retryAfterS, field } = problem.more;
    if (retryAfterS !== undefined) response.setHeader('Retry-After', String(retryAfterS));
    response.removeHeader('ETag');
    const blamed = field !== undefined && { field: blamedAt(routeOf(request), field) };
    response
      .status(problem.status)
      .type('application/problem+json')
      .send(JSON.stringify({ ...bodyOf(problem), ...blamed }));
  }
}
