import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { Inject, Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { Clock } from '#clock';
import type { Tx } from '#pg';
import { RunFailure, type Run } from '#runs';
import { CONFIG } from '#service';
import { UploadService } from '#uploads';
import type { CollectionsConfig } from '../config.ts';
import { pointChannelsFor } from '../contact/facts.ts';
import { PolicyService } from '../policy/policy.service.ts';
import { ahead } from './ahead.ts';
import { readCaseList, type TakenList } from './case-list.ts';
import { Policies } from './policies.ts';
import { PortfolioReader } from './portfolio.reader.ts';
import type { Question, Scope } from './question.ts';
import { ResultWriter } from './result-lines.ts';
import { Screener } from './screener.ts';
import { ScreeningRuns } from './screening.runs.ts';
import { ScreeningStore, type ScreeningRecord } from './screening.store.ts';
import { Snapshot } from './snapshot.ts';
import { Tally, type ScreeningSummary } from './tally.ts';

/** Where a screening runs, and when. */
@Injectable()
export class ScreeningSite {
  constructor(
    @Inject(CONFIG) readonly config: Pick<CollectionsConfig, 'databaseUrl' | 'screeningKeepDays'>,
    @Inject(Clock) readonly clock: Clock,
  ) {}
}

/** Carries a screening out. A run that was cut off is begun again, and judges the ledger as it stands then. */
@Injectable()
export class ScreeningRunner implements BeforeApplicationShutdown {
  constructor(
    @Inject(ScreeningRuns) private readonly runs: ScreeningRuns,
    @Inject(ScreeningSite) private readonly site: ScreeningSite,
    @Inject(ScreeningStore) private readonly store: ScreeningStore,
    @Inject(UploadService) private readonly uploads: UploadService,
    @Inject(PolicyService) private readonly policies: PolicyService,
  ) {}

  /** The process ends: what runs is begun again by another worker. */
  beforeApplicationShutdown(): void {
    this.runs.stop();
  }

  /** Twice at once does no harm: the later run takes over. */
  run(institutionId: string, id: string, isLastTry = false): Promise<void> {
    return this.runs.carryOut(institutionId, id, isLastTry, (run) => this.carryOut(run));
  }

  /** Has unfinished screenings that nobody works on any more woken, and removes old ones; for the sweep. */
  async sweep(tx: Tx, staleAfterMs: number): Promise<void> {
    await this.runs.wakeAbandoned(tx, staleAfterMs);
    await this.store.forget(tx, this.site.config.screeningKeepDays);
  }

  private async carryOut(run: Run): Promise<ScreeningSummary> {
    const record = await run.write((tx) => this.store.find(tx, run.institutionId, null, run.id));
    if (record === null) throw new Error('the screening is gone');
    const list = await this.takeList(run, record);
    const snapshot = new Snapshot(this.site.config.databaseUrl, run.institutionId);
    // Whatever PostgreSQL is doing for us is not wanted any more.
    const stop = (): void => void snapshot.close();
    run.signal.addEventListener('abort', stop, { once: true });
    try {
      if (list.ids > 0) await snapshot.expectList(list.ids);
      return await this.screen(run, record, snapshot, list.unreadableRows);
    } catch (error) {
      run.check();
      throw error;
    } finally {
      run.signal.removeEventListener('abort', stop);
      await snapshot.close();
    }
  }

  /** The ids of the list, where there is one, into a table. */
  private async takeList(run: Run, record: ScreeningRecord): Promise<TakenList> {
    const { upload, listName } = record;
    if (listName === null) return { ids: 0, unreadableRows: [] };
    if (upload === null) throw new Error('the list of cases is gone');
    const source = this.uploads.source(run.institutionId, upload, record.listBytes ?? 0);
    return readCaseList(source, (caseIds) => run.write((tx) => this.store.addCases(tx, record, caseIds)));
  }

  private async screen(
    run: Run,
    record: ScreeningRecord,
    snapshot: Snapshot,
    unreadableRows: readonly number[],
  ): Promise<ScreeningSummary> {
    const { question } = record;
    const scope: Scope = {
      institutionId: run.institutionId,
      agencyId: record.agencyId,
      filter: record.filter,
      listOf: record.listName === null ? null : record.id,
    };
    const reader = await PortfolioReader.open(snapshot, scope);
    const at = question.at === null ? (this.site.clock.override?.getTime() ?? (await reader.now())) : Date.parse(question.at);
    const numbers = await reader.versionNumbers(at);
    const policies = await Policies.load(numbers, (number) => run.write((tx) => this.policies.inForce(tx, run.institutionId, number)));
    const total = await reader.count();
    run.progress(0, total);
    const tally = new Tally(at);
    const lines = this.lines({ run, reader, question, scope, at, policies, tally, total });
    const upload = await this.uploads.keep(run.institutionId, 'results.ndjson.gz', zipped(lines));
    await run.write(async (tx) => {
      await this.uploads.finish(tx, upload);
      await this.store.keepResults(tx, record, upload);
    });
    return tally.summary({ policies: policies.shown, unreadableRows });
  }

  private async *lines(job: Job): AsyncGenerator<string> {
    const { run, reader, question, scope, at, policies, tally, total } = job;
    const window = { at, historyMs: policies.historyMs };
    const cases = ahead(reader.cases(window));
    const screener = new Screener({
      question,
      at,
      agencyId: scope.agencyId,
      agency: await reader.agency(question),
      message: await messageOf(reader, question),
      channels: pointChannelsFor(question.channel),
      policyOf: (product) => policies.of(product),
      shared: await reader.shared(window),
    });
    const writer = new ResultWriter();
    for await (const batch of cases) {
      run.check();
      let text = '';
      for (const { one, facts } of batch) {
        const screened = screener.screen(one, facts);
        tally.add(screened);
        text += writer.line(screened);
      }
      run.progress(tally.cases, total);
      if (text !== '') yield text;
    }
    if (scope.listOf === null) return;
    for await (const caseIds of reader.unknown(scope.listOf)) {
      for (const caseId of caseIds) tally.addUnknown(caseId);
      yield caseIds.map((caseId) => writer.unknown(caseId)).join('');
    }
  }
}

/** Results go out as they come, small: most answers are the same few. */
async function* zipped(lines: AsyncGenerator<string>): AsyncGenerator<Buffer> {
  const gzip = createGzip({ level: 1 });
  const source = Readable.from(lines);
  const all = pipeline(source, gzip);
  // Whoever reads on is told.
  all.catch(() => undefined);
  try {
    yield* gzip as AsyncIterable<Buffer>;
    await all;
  } finally {
    source.destroy();
  }
}

interface Job {
  readonly run: Run;
  readonly reader: PortfolioReader;
  readonly question: Question;
  readonly scope: Scope;
  readonly at: number;
  readonly policies: Policies;
  readonly tally: Tally;
  readonly total: number;
}

async function messageOf(reader: PortfolioReader, { templateId }: Question) {
  if (templateId === null) return null;
  const template = await reader.template(templateId);
  if (template !== null) return { templateId, template };
  throw new RunFailure({ code: 'no-template', detail: `There is no approved version of the template ${templateId} any more.` });
}
