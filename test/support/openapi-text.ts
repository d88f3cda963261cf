import { fakeProduct, serving } from './http-server.js';

/** The OpenAPI document as a server answers it, for docs/reference and for the portal's types. */
export async function openApiText(): Promise<string> {
  const server = await serving(fakeProduct().product);
  try {
    const { json } = await server.send('GET', '/api/openapi.json');
    return `${JSON.stringify(json, null, 2)}\n`;
  } finally {
    await server.close();
  }
}
