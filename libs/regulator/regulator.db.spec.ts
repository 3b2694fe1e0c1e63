import { Controller, Get, Module, Param, Query, Res, type DynamicModule } from '@nestjs/common';
import { APP_GUARD, Reflector } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply } from 'fastify';
import type { AddressInfo } from 'node:net';
import { DataSource } from 'typeorm';
import { CurrentPrincipal, RoleGuard, Roles, TokenVerifier, type Principal, type Role } from '#auth';
import { Clock, FixedClock } from '#clock';
import { SignInRecorder, SignInService } from '#evidence-log';
import { createHttpApp } from '#http';
import { createDataSource, EVERY_INSTITUTION, inTransaction } from '#pg';
import { NOT_FOUND, Refusal } from '#problem';
import { createLogger } from '#telemetry';
import { testDatabase, type TestDatabase } from '#testkit';
import { ReadController } from './read.controller.ts';
import { ReadRecorder } from './read.recorder.ts';
import { ReadService } from './read.service.ts';

const who = (role: Role, more: Partial<Principal> = {}): Principal => ({
  subject: `${role}-1`,
  clientId: null,
  institutionId: 'bank-1',
  agencyId: null,
  roles: [role],
  session: 'sid:1',
  ...more,
});
const TOKENS: Readonly<Record<string, Principal>> = {
  regulator: who('regulator', { mandate: ['bank-2'] }),
  other: who('regulator', { subject: 'regulator-2' }),
  both: who('regulator', { subject: 'both', roles: ['regulator', 'compliance'], mandate: ['bank-2'] }),
  compliance: who('compliance', { mandate: ['bank-2'] }),
  second: who('compliance', { institutionId: 'bank-2' }),
};
const verifier = {
  verify: async (token: string): Promise<Principal> => {
    const found = TOKENS[token];
    if (!found) throw new Error('no such token here');
    return found;
  },
};

@Controller('v1/things')
@Roles('regulator', 'compliance')
class ThingController {
  @Get()
  list(
    @CurrentPrincipal() { institutionId }: Principal,
    @Query() query: Record<string, string>,
  ): { institutionId: string; asked: string[] } {
    return { institutionId, asked: Object.keys(query) };
  }

  @Get(':id')
  find(@Param('id') id: string, @Res({ passthrough: true }) reply: FastifyReply): string {
    if (id === '张三' || id === 'C1-missing') throw new Refusal(NOT_FOUND, {});
    if (id === 'fault') throw new Error('a fault of ours');
    if (id === 'known') void reply.status(304);
    return `thing ${id}`;
  }

  @Get(':id/compliance')
  @Roles('compliance')
  inner(): string {
    return 'inner';
  }
}

let db: TestDatabase;
let source: DataSource;
let app: NestFastifyApplication;
let base: string;
const clock = new FixedClock(new Date('2026-11-21T15:00:10+08:00'));

@Module({})
class HereModule {
  static with(): DynamicModule {
    return {
      module: HereModule,
      controllers: [ThingController, ReadController],
      providers: [
        ReadService,
        SignInService,
        Reflector,
        { provide: DataSource, useValue: source },
        { provide: Clock, useValue: clock },
        { provide: TokenVerifier, useValue: verifier },
        { provide: APP_GUARD, useFactory: (reflector: Reflector) => new RoleGuard(reflector, verifier as never), inject: [Reflector] },
      ],
    };
  }
}

beforeAll(async () => {
  db = await testDatabase('collections');
  source = await createDataSource({ url: db.appUrl, poolSize: 8, applicationName: 'regulator' });
  const options = { logger: createLogger('regulator', 'silent'), bodyLimitBytes: 1000, title: 't', description: 'd', publicPath: '' };
  app = await createHttpApp(HereModule.with(), options as never);
  app.useGlobalInterceptors(new SignInRecorder(app.get(SignInService)), new ReadRecorder(app.get(ReadService)));
  await app.listen(0, '127.0.0.1');
  base = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
});
afterAll(async () => {
  await app.close();
  await source.destroy();
  await db.drop();
});

const get = (token: string, path: string, institution?: string): Promise<Response> =>
  fetch(`${base}${path}`, {
    headers: { authorization: `Bearer ${token}`, ...(institution !== undefined && { 'forbear-institution': institution }) },
  });
const sql = <Row>(text: string): Promise<Row[]> => inTransaction(source, { institutionId: EVERY_INSTITUTION }, (tx) => tx.query<Row>(text));
const reads = async (token: string, more = ''): Promise<Record<string, unknown>[]> => {
  const answer = (await (await get(token, `/v1/regulator-reads?route=/v1/things/:id${more}`)).json()) as {
    items: Record<string, unknown>[];
  };
  return answer.items;
};

describe('what a regulator reads', () => {
  it('is noted with its evidence before it leaves, once a minute and counted', async () => {
    await Promise.all(Array.from({ length: 5 }, () => get('regulator', '/v1/things/T1')));
    clock.override = new Date('2026-11-21T15:01:00+08:00');
    expect(await (await get('regulator', '/v1/things/T1')).text()).toBe('thing T1');
    const noted = await reads('compliance', '&resource=T1');
    expect(noted.map(({ times, status, subject }) => [times, status, subject])).toEqual([
      [1, 200, 'regulator-1'],
      [5, 200, 'regulator-1'],
    ]);
    const evidence = await sql<{ actor: string; body: { resource: string } }>(
      `select actor, body from evidence_record where kind = 'regulator-read' and body->>'resource' = 'T1'`,
    );
    expect(evidence.map(({ actor, body }) => [actor, body.resource])).toEqual([
      ['regulator-1', 'T1'],
      ['regulator-1', 'T1'],
    ]);
  });

  it('has its status, refusals and faults too, and nothing that was typed in', async () => {
    for (const id of ['%E5%BC%A0%E4%B8%89', 'C1-missing', 'fault', 'known']) await get('regulator', `/v1/things/${id}`);
    expect((await reads('compliance')).slice(0, 4).map(({ resource, status, times }) => [resource, status, times])).toEqual([
      ['known', 304, 1],
      ['*', 500, 1],
      ['*', 404, 2],
      ['T1', 200, 1],
    ]);
    await get('regulator', '/v1/things?name=%E5%BC%A0%E4%B8%89&from=2026-11-01&state=13800000001%20x&cursor=abc');
    const [last] = await sql<{ query: string }>("select query from regulator_read where route = '/v1/things' order by id desc limit 1");
    expect(last?.query).toBe('from=2026-11-01&name=*&state=*');
  });

  it('is shown to itself, and to the institution all of it', async () => {
    await get('other', '/v1/things/T2');
    expect((await reads('other')).map(({ resource }) => resource)).toEqual(['T2']);
    expect(await reads('other', '&subject=regulator-1')).toEqual([]);
    expect((await reads('compliance', '&subject=regulator-2')).map(({ resource }) => resource)).toEqual(['T2']);
    expect(await reads('compliance', '&to=2026-11-20')).toEqual([]);
    expect((await reads('compliance', '&from=2026-11-21&to=2026-11-21')).length).toBeGreaterThan(4);
    const page = (await (await get('compliance', '/v1/regulator-reads?limit=1')).json()) as { nextCursor: string };
    const next = (await (await get('compliance', `/v1/regulator-reads?limit=1&cursor=${page.nextCursor}`)).json()) as { items: unknown[] };
    expect(next.items).toHaveLength(1);
    expect((await get('compliance', '/v1/regulator-reads?cursor=x')).status).toBe(422);
  });

  it('is not shown when it cannot be noted', async () => {
    const admin = await createDataSource({ url: db.ownerUrl, poolSize: 1, applicationName: 'breaks' });
    try {
      await admin.query('alter table regulator_read rename to regulator_read_gone');
      const answer = await get('regulator', '/v1/things/T3');
      expect(answer.status).toBe(500);
      expect(await answer.text()).not.toContain('T3');
      expect((await get('compliance', '/v1/things/T3')).status).toBe(200);
    } finally {
      await admin.query('alter table regulator_read_gone rename to regulator_read');
      await admin.destroy();
    }
  });

  it('of others is nobody’s business here', async () => {
    const [before] = await sql<{ n: string }>('select count(*) as n from regulator_read');
    await get('compliance', '/v1/things/T4');
    expect(await sql('select count(*) as n from regulator_read')).toEqual([before]);
  });
});

describe('a mandate', () => {
  it('opens the institutions that it lists, and no other', async () => {
    expect(await (await get('regulator', '/v1/things', 'bank-2')).json()).toMatchObject({ institutionId: 'bank-2' });
    expect(await (await get('regulator', '/v1/things', 'bank-1')).json()).toMatchObject({ institutionId: 'bank-1' });
    expect((await get('regulator', '/v1/things', 'bank-3')).status).toBe(404);
    expect((await get('other', '/v1/things', 'bank-2')).status).toBe(404);
    expect((await get('regulator', '/v1/things', '')).status).toBe(422);
    expect(await (await get('regulator', '/v1/regulator-mandate', 'bank-2')).json()).toEqual({
      institution: 'bank-2',
      institutions: ['bank-1', 'bank-2'],
    });
  });

  it('is noted where it looked', async () => {
    await get('regulator', '/v1/things/T5', 'bank-2');
    expect((await reads('second', '&resource=T5')).map(({ subject }) => subject)).toEqual(['regulator-1']);
    expect(await reads('compliance', '&resource=T5')).toEqual([]);
    const [record] = await sql<{ body: unknown }>(
      `select body from evidence_record where institution_id = 'bank-2' and body->>'resource' = 'T5'`,
    );
    expect(record?.body).toMatchObject({ homeInstitution: 'bank-1' });
  });

  it('gives nobody else another institution, and no other role there', async () => {
    const refused = await get('compliance', '/v1/things', 'bank-2');
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ detail: expect.stringMatching(/leave it out/) as unknown });
    expect((await get('both', '/v1/things/T1/compliance')).status).toBe(200);
    expect((await get('both', '/v1/things/T1/compliance', 'bank-2')).status).toBe(403);
    const post = await fetch(`${base}/v1/things`, {
      method: 'POST',
      headers: { authorization: 'Bearer regulator', 'forbear-institution': 'bank-2' },
    });
    expect([403, 404]).toContain(post.status);
  });
});

it('a sign-in is recorded once a session, at each institution', async () => {
  await Promise.all(Array.from({ length: 4 }, () => get('other', '/v1/things')));
  const rows = await sql<{ institution: string; actor: string }>(
    `select institution_id as institution, actor from evidence_record where kind = 'sign-in' and actor like 'regulator%' order by 1, 2`,
  );
  expect(rows).toEqual([
    { institution: 'bank-1', actor: 'regulator-1' },
    { institution: 'bank-1', actor: 'regulator-2' },
    { institution: 'bank-2', actor: 'regulator-1' },
  ]);
});
