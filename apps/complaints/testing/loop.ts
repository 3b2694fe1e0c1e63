import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EVERY_INSTITUTION, inTransaction } from '#pg';
import { ApprovalService } from '../src/approval/approval.service.ts';
import { ApprovalStore } from '../src/approval/approval.store.ts';
import { AttributionDesk } from '../src/attribution/attribution.desk.ts';
import { AttributionService } from '../src/attribution/attribution.service.ts';
import { AttributionStore } from '../src/attribution/attribution.store.ts';
import { CollectionsPeer } from '../src/case-lookup/collections.peer.ts';
import type { FileHeads } from '../src/dossier/dossier.events.ts';
import { DossierService } from '../src/dossier/dossier.service.ts';
import { DossierStore } from '../src/dossier/dossier.store.ts';
import { FileDesk } from '../src/dossier/file.desk.ts';
import { ItemStore } from '../src/dossier/item.store.ts';
import { KeepingService } from '../src/dossier/keeping.service.ts';
import { OpeningService } from '../src/dossier/opening.service.ts';
import { OpeningStore } from '../src/dossier/opening.store.ts';
import { ReaderService } from '../src/dossier/reader.service.ts';
import { ScopeService } from '../src/dossier/scope.service.ts';
import { ShowingService } from '../src/dossier/showing.service.ts';
import { TellingService } from '../src/dossier/telling.service.ts';
import { BANK, type Stage } from './stage.ts';

/** What stands in for collections: it says what it is told to say, over HTTP. */
export class StandIn {
  readonly asked: { readonly complaintId: string; readonly after: unknown; readonly since: string | null }[] = [];
  items: object[] = [];
  perPage = 2;
  status = 200;
  /** Called before each answer: for what happens meanwhile. */
  meanwhile: (page: number) => Promise<void> = async () => undefined;

  private constructor(private readonly server: Server) {}

  static async open(): Promise<StandIn> {
    const server = createServer();
    const standIn = new StandIn(server);
    server.on('request', (request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const question = JSON.parse(Buffer.concat(parts).toString()) as (typeof standIn.asked)[number];
        standIn.asked.push(question);
        void standIn.meanwhile(standIn.asked.length).then(() => response.writeHead(standIn.status).end(standIn.answer(question)));
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    return standIn;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private answer({ after }: { readonly after: unknown }): string {
    const start = after === null ? 0 : (after as { at: number }).at;
    const end = start + this.perPage;
    return JSON.stringify({
      number: 'TS1',
      items: this.items.slice(start, end),
      next: end < this.items.length ? { at: end, id: randomUUID() } : null,
    });
  }
}

/** A contact as collections gives it. */
export const contactItem = (
  more: { readonly id?: string; readonly at?: string; readonly body?: object; readonly agencyId?: string | null } = {},
) => ({
  kind: 'contact',
  id: more.id ?? randomUUID(),
  at: more.at ?? '2026-11-20T15:30:00.000Z',
  caseId: 'C1',
  agencyId: more.agencyId === undefined ? 'A1' : more.agencyId,
  body: {
    channel: 'voice',
    verdict: 'refused',
    collectorIds: ['c1'],
    reasons: [
      { ruleId: 'quiet-hours', severity: 'block' },
      { ruleId: 'visit-per-day', severity: 'warn' },
    ],
    scripts: [{ scriptId: 'first-call', version: 2, title: '首次通话' }],
    ...more.body,
  },
  text: null,
  note: '客户说不要再打',
  contactPoint: '138****0001',
});

/** The loop between complaints and collections, on the stage of a test. */
export class Loop {
  readonly store = new DossierStore();
  readonly items = new ItemStore();
  readonly keeping: KeepingService;
  readonly reader: ReaderService;
  readonly telling: TellingService;
  readonly showing: ShowingService;
  readonly dossiers: DossierService;
  readonly scopes: ScopeService;
  readonly approvals: ApprovalService;
  readonly attributions: AttributionService;

  constructor(
    readonly stage: Stage,
    collectionsUrl: string,
  ) {
    const { source, clock, vault, timeline, holds, reading } = stage;
    const peerKeys = [`demo1:${randomBytes(32).toString('base64')}`];
    this.keeping = new KeepingService(this.store, this.items, timeline, clock, vault);
    const peer = new CollectionsPeer({ collectionsUrl, peerKeys, demo: true });
    this.reader = new ReaderService(source, { dossierRefreshMs: 600_000 }, peer, this.store, this.keeping);
    this.telling = new TellingService(this.store, this.keeping, holds, timeline);
    this.showing = new ShowingService(source, reading, this.store, this.items, holds, vault);
    const desk = new FileDesk(this.store, this.items, new OpeningService(new OpeningStore()), holds, vault);
    this.dossiers = new DossierService(source, reading, desk, this.showing, timeline);
    this.scopes = new ScopeService(source, reading, holds, timeline, vault, this.showing);
    this.approvals = new ApprovalService(source, new ApprovalStore(), reading, vault);
    const store = new AttributionStore();
    this.attributions = new AttributionService(
      source,
      reading,
      store,
      new AttributionDesk(store, this.approvals, this.showing, timeline, vault),
    );
  }

  tell(): Promise<number> {
    const { source, clock } = this.stage;
    return inTransaction(source, { institutionId: EVERY_INSTITUTION }, (tx) => this.telling.tellStale(tx, clock.override));
  }

  heard(complaintId: string, version: number, heads: Partial<FileHeads> = {}): Promise<void> {
    const whole = { state: 'known', debtorId: 'D1', caseIds: ['C1'], counts: { contact: 3 }, ...heads } as const;
    return inTransaction(this.stage.source, { institutionId: BANK }, (tx) => this.telling.heard(tx, BANK, { complaintId, version }, whole));
  }

  /** Makes the reads that are due, and carries each out. */
  async read(): Promise<number> {
    const { source, clock } = this.stage;
    await inTransaction(source, { institutionId: EVERY_INSTITUTION }, (tx) => this.reader.wakeDue(tx, clock.override));
    const open = await this.stage.sql<{ id: string }>(`select id from dossier_read where state in ('queued', 'running') order by id`);
    for (const { id } of open) await this.reader.run(BANK, id, false);
    return open.length;
  }
}
