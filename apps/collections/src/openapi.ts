import { describeHttpApi } from '#http';
import { AppModule } from './app.module.ts';
import { loadConfig } from './config.ts';
import { apiDescription } from './server.ts';

// Nothing is constructed, so nobody dials these; what the document says of the settings are their defaults.
const nowhere = {
  DATABASE_URL: 'postgres://nobody@localhost/nothing',
  VAULT_KEYS: 'none',
  VAULT_INDEX_KEY: 'none',
  OIDC_ISSUER: 'http://localhost/identity',
};

/** The OpenAPI document of the collections service, as committed in `openapi.json`. */
export async function collectionsOpenApi(): Promise<string> {
  const config = loadConfig(nowhere);
  const document = await describeHttpApi(AppModule.with(config), apiDescription(config));
  return `${JSON.stringify(document, null, 2)}\n`;
}
