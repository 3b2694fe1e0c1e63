import type { FastifyRequest } from 'fastify';
import type { Principal } from '#auth';
import { PolicyService } from '../src/policy/policy.service.ts';
import type { ScreeningVerdict } from '../src/screening/result-text.ts';
import type { ScreeningRequest, ScreeningView } from '../src/screening/screening.dto.ts';
import { ScreeningIntake } from '../src/screening/screening.intake.ts';
import { ScreeningRunner, ScreeningSite } from '../src/screening/screening.runner.ts';
import { ScreeningRuns } from '../src/screening/screening.runs.ts';
import { ScreeningService } from '../src/screening/screening.service.ts';
import { ScreeningStore } from '../src/screening/screening.store.ts';
import { BANK, principal, Stage } from './stage.ts';

export interface ResultRow {
  readonly caseId: string;
  readonly agencyId: string | null;
  readonly verdict: ScreeningVerdict;
  readonly missing: string | null;
  readonly partyId: string | null;
  readonly contactPointId: string | null;
  readonly reasons: readonly object[];
  readonly nextPermittedAt: string | null;
  readonly mustEndBy: string | null;
}

/** The screening room on a stage. */
export class ScreeningRoom {
  readonly store = new ScreeningStore();
  readonly runs: ScreeningRuns;
  readonly service: ScreeningService;

  private constructor(readonly stage: Stage) {
    const { source, uploads } = stage;
    this.runs = new ScreeningRuns(source, this.store);
    const intake = new ScreeningIntake({ uploadLimitBytes: 1024 ** 2 }, uploads);
    this.service = new ScreeningService(source, intake, this.store, this.runs, uploads);
  }

  static async open(): Promise<ScreeningRoom> {
    return new ScreeningRoom(await Stage.open());
  }

  /** A worker of its own. */
  worker(runs = this.runs): ScreeningRunner {
    const { stage } = this;
    const site = new ScreeningSite({ databaseUrl: stage.db.appUrl, screeningKeepDays: 30 }, stage.clock);
    return new ScreeningRunner(runs, site, this.store, stage.uploads, new PolicyService());
  }

  create(request: Partial<ScreeningRequest>, by: Principal = principal('integration'), key: string | null = null): Promise<ScreeningView> {
    // Of the request only these are read where there is no form.
    const http = { isMultipart: () => false, headers: { 'content-type': 'application/json' }, body: request };
    return this.service.create(by, http as unknown as FastifyRequest, key);
  }

  /** Asks and has it carried out. */
  async screen(request: Partial<ScreeningRequest>, by: Principal = principal('integration')): Promise<ScreeningView> {
    const { id } = await this.create(request, by);
    await this.worker().run(BANK, id);
    return this.service.find(by, id);
  }

  async text(id: string, format: 'csv' | 'ndjson', verdict: ScreeningVerdict | null = null, language: 'zh' | 'en' = 'en'): Promise<string> {
    let text = '';
    for await (const piece of await this.service.results(principal('compliance'), id, format, verdict, language)) text += piece;
    return text;
  }

  async rows(id: string, verdict: ScreeningVerdict | null = null): Promise<ResultRow[]> {
    const lines = (await this.text(id, 'ndjson', verdict)).split('\n').filter((line) => line !== '');
    return lines.map((line) => JSON.parse(line) as ResultRow).toSorted((one, other) => (one.caseId < other.caseId ? -1 : 1));
  }
}
