import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { SESSION_COOKIE } from './session-cookie.js';
import { componentSchemas } from './shapes.js';

const ABOUT = `Billing and prepaid ledger. Money is yen as decimal text, times are ISO 8601 (JST in answers).

Every POST that moves money or makes a contract needs an \`Idempotency-Key\`; staff also say why in
\`X-Reason\`. Lists are read with \`limit\` and \`cursor\`. Errors are problem+json (RFC 9457): compare
\`code\`, show \`detail\`. An answer to a command carries \`X-Position\`, and \`Idempotent-Replayed: true\`
when it is an earlier answer again. Every GET takes that position as \`wait\` (or \`X-Wait-Position\`) and is
answered when it counts, or with 503 \`READ_MODEL_BEHIND\`.`;

/** The OpenAPI document of the running routes. */
export function openApiOf(app: NestExpressApplication): OpenAPIObject {
  const config = new DocumentBuilder()
    .setTitle('Daicho (台帳)')
    .setDescription(ABOUT)
    .setVersion('1')
    .setOpenAPIVersion('3.1.0')
    .addBearerAuth(
      { type: 'http', scheme: 'bearer', bearerFormat: 'dk_...', description: 'An API key.' },
      'bearer',
    )
    .addApiKey({ type: 'apiKey', in: 'header', name: 'X-Api-Key' }, 'apiKey')
    .addApiKey({ type: 'apiKey', in: 'cookie', name: SESSION_COOKIE }, 'session')
    .build();
  const document = SwaggerModule.createDocument(app, config, {
    // The method of a use case has its name.
    operationIdFactory: (controller, method) =>
      /^[A-Z]/.test(method) ? method : `${controller.replace('Controller', '')}_${method}`,
  });
  document.paths = Object.fromEntries(Object.entries(document.paths).sort(([a], [b]) => (a < b ? -1 : 1)));
  const schemas = componentSchemas() as NonNullable<OpenAPIObject['components']>['schemas'];
  document.components = { ...document.components, ...(schemas && { schemas }) };
  return document;
}

/** `/api/openapi.json` and the page `/api/docs` that reads it. */
export function serveDocs(app: NestExpressApplication, document: OpenAPIObject): void {
  SwaggerModule.setup('/api/docs', app, document, {
    jsonDocumentUrl: '/api/openapi.json',
    raw: ['json'],
    customSiteTitle: 'Daicho API',
    customCss: '.swagger-ui .topbar { display: none }',
  });
}
