import { boolean, integer, list, readConfig, text, url, type ConfigOf } from '#config';

const service = 'service';
const upstreams = 'upstreams';
const demo = 'demo';

export const settings = {
  host: text('HOST', { group: service, description: 'Address to listen on', fallback: '127.0.0.1' }),
  port: integer('PORT', { group: service, description: 'Port to listen on', fallback: 3000, max: 65_535 }),
  publicUrl: url('PUBLIC_URL', {
    group: service,
    description: 'The address that browsers and dialers use; told to the services as X-Forwarded-Host and -Proto',
    protocols: ['http', 'https'],
    fallback: 'http://localhost:3000',
  }),
  trustedProxies: list('TRUSTED_PROXIES', {
    group: service,
    description: 'Addresses of proxies in front of this one, whose X-Forwarded-For is believed',
    fallback: [],
  }),
  logLevel: text('LOG_LEVEL', { group: service, description: 'Least severe level that is logged', fallback: 'info' }),
  collectionsUrl: url('COLLECTIONS_URL', { group: upstreams, description: 'The collections service', protocols: ['http', 'https'] }),
  complaintsUrl: text('COMPLAINTS_URL', { group: upstreams, description: 'The complaints service; empty: answers 503', fallback: '' }),
  identityUrl: url('IDENTITY_URL', { group: upstreams, description: 'The embedded issuer', protocols: ['http', 'https'] }),
  demo: boolean('DEMO', { group: demo, description: 'Whether the start page lets anyone on this machine try the gate', fallback: false }),
  demoClientId: text('DEMO_CLIENT_ID', { group: demo, description: 'The client that tries the gate', fallback: 'demo-dialer' }),
  demoClientSecret: text('DEMO_CLIENT_SECRET', { group: demo, description: 'Its secret', fallback: 'demo-dialer-secret', secret: true }),
};

export type Config = ConfigOf<typeof settings>;

export const readSettings = (): Config => readConfig(settings, process.env);
