import { Controller, Get, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readConfig } from '#config';
import { ProblemFilter } from '#problem';
import { AuthModule, authSettings, CurrentPrincipal, Public, Roles, type Principal } from './index.ts';

@Controller('things')
@Roles('compliance', 'admin')
class ThingController {
  @Get('mine')
  mine(@CurrentPrincipal() principal: Principal): Principal {
    return principal;
  }
  @Get('open')
  @Public()
  open(): string {
    return 'open';
  }
  @Get('agents')
  @Roles('agent')
  agents(): string {
    return 'agents';
  }
}

@Controller('public')
@Public()
class PublicController {
  @Get('inner')
  @Roles('agent')
  inner(): string {
    return 'inner';
  }
}

@Controller('careless')
class CarelessController {
  @Get('open')
  @Public()
  open(): string {
    return 'open';
  }
  @Get()
  forgotten(): string {
    return 'forgotten';
  }
}

const ISSUER = 'http://localhost:3000/identity';
const pair = await generateKeyPair('ES256');
const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'k', alg: 'ES256' }] });
const keys = createServer((_, response) => response.end(jwks));
await new Promise<void>((done) => keys.listen(0, '127.0.0.1', done));
afterAll(async () => {
  keys.closeAllConnections();
  await new Promise((done) => keys.close(done));
});

async function start(...controllers: Type[]): Promise<NestFastifyApplication> {
  const config = readConfig(authSettings, { OIDC_JWKS_URL: `http://127.0.0.1:${(keys.address() as AddressInfo).port}` });
  class TestModule {}
  Module({ imports: [AuthModule.forRoot(config)], controllers })(TestModule);
  const app = await NestFactory.create<NestFastifyApplication>(TestModule, new FastifyAdapter(), { logger: false, abortOnError: false });
  app.useGlobalFilters(new ProblemFilter());
  await app.init();
  return app;
}

const bearer = async (...roles: string[]): Promise<string> => {
  const token = new SignJWT({ institution_id: 'b', roles }).setProtectedHeader({ alg: 'ES256', kid: 'k' });
  return `Bearer ${await token.setSubject('s').setIssuer(ISSUER).setAudience('forbear').setExpirationTime('1h').sign(pair.privateKey)}`;
};

describe('RoleGuard', () => {
  let app: NestFastifyApplication;
  beforeAll(async () => {
    app = await start(ThingController, PublicController);
  });
  afterAll(() => app.close());
  const get = (url: string, authorization?: string) =>
    app.inject({ method: 'GET', url, ...(authorization === undefined ? {} : { headers: { authorization } }) });

  it.each([undefined, '', 'Bearer', 'Basic eDp5', 'Bearer a b', 'Bearer x.y.z'])(
    'answers 401 to Authorization %p',
    async (authorization) => {
      const answer = await get('/things/mine', authorization);
      expect(answer.statusCode).toBe(401);
      expect(answer.headers['www-authenticate']).toBe('Bearer');
      expect(answer.json()).toMatchObject({ type: '/problems/unauthenticated' });
    },
  );

  it('lets a named role through, with its principal', async () => {
    const answer = await get('/things/mine', await bearer('compliance'));
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({ subject: 's', clientId: null, institutionId: 'b', agencyId: null, roles: ['compliance'] });
  });

  it('answers 403 to another role, naming those that may', async () => {
    const answer = await get('/things/mine', await bearer('agent'));
    expect(answer.statusCode).toBe(403);
    expect(answer.json().detail).toBe('This needs one of the roles compliance, admin.');
  });

  it('lets the method speak louder than its controller', async () => {
    expect((await get('/things/agents', await bearer('agent'))).statusCode).toBe(200);
    expect((await get('/things/agents', await bearer('admin'))).statusCode).toBe(403);
    expect((await get('/things/open')).statusCode).toBe(200);
    expect((await get('/public/inner')).statusCode).toBe(401);
  });
});

describe('AuthModule', () => {
  it('does not start with a route that names neither roles nor that it is public', async () => {
    await expect(start(CarelessController)).rejects.toThrow(/CarelessController\.forgotten/);
  });
});
