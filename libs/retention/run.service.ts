import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import type { IdempotentRequest } from '#idempotency';
import type { Tx } from '#pg';
import { NOT_FOUND, Refusal } from '#problem';
import { decodeCursor, isUuid, toPage, type Page } from '#wire';
import { ItemStore } from './item.store.ts';
import { RETENTION_KINDS, type RetentionKinds } from './kind.ts';
import { invalid, RetentionDesk } from './retention.desk.ts';
import { ALREADY_ASKED, ALREADY_DECIDED, DRY_RUN_OPEN, LIST_CHANGED, NOT_DUE_YET, NOTHING_DUE, RUN_OVER } from './retention.refusals.ts';
import { refuseTwoEyes } from './rule.service.ts';
import type {
  RetentionRunDecisionRequest,
  RetentionRunFilter,
  RetentionRunRequest,
  RetentionRunState,
  RetentionRunView,
} from './run.dto.ts';
import { RetentionRunner } from './run.runner.ts';
import { RunStore, type RunRecord } from './run.store.ts';

const DECIDED = { approve: 'approved', refuse: 'refused', withdraw: 'withdrawn' } as const;

/** Runs that look what may go, and runs that destroy what was looked at. */
@Injectable()
export class RetentionRunService {
  constructor(
    @Inject(RetentionDesk) private readonly desk: RetentionDesk,
    @Inject(RunStore) private readonly store: RunStore,
    @Inject(ItemStore) private readonly items: ItemStore,
    @Inject(RetentionRunner) private readonly runner: RetentionRunner,
    @Inject(RETENTION_KINDS) private readonly of: RetentionKinds,
  ) {}

  /**
   * Has somebody look what may go, or asks that what was looked at be destroyed. Refuses with INVALID, DRY_RUN_OPEN, NOTHING_DUE, NOT_DUE_YET,
   * ALREADY_ASKED, IDEMPOTENCY_KEY_REUSED.
   */
  create(principal: Principal, request: RetentionRunRequest, idempotency: IdempotentRequest | null): Promise<RetentionRunView> {
    return this.desk.change(
      principal,
      idempotency,
      (tx, now) => (request.mode === 'dry-run' ? this.look(tx, principal, request, now) : this.ask(tx, principal, request, now)),
      (tx, id) => this.view(tx, principal.institutionId, id),
    );
  }

  /** Approves exactly the list that was looked at. Refuses with NOT_FOUND, ALREADY_DECIDED, OWN_PROPOSAL, NOT_YOURS, INVALID, LIST_CHANGED. */
  decide(
    principal: Principal,
    id: string,
    { decision, listRoot }: RetentionRunDecisionRequest,
    idempotency: IdempotentRequest | null,
  ): Promise<RetentionRunView> {
    const { institutionId, subject } = principal;
    return this.desk.change(
      principal,
      idempotency,
      async (tx, now) => {
        const run = await this.run(tx, institutionId, id);
        if (run.mode === 'dry-run') throw new Refusal(NOT_FOUND, { detail: 'A dry run destroys nothing: there is nothing to decide.' });
        if (run.decision !== null) throw new Refusal(ALREADY_DECIDED, { detail: `It is ${run.decision}.` });
        refuseTwoEyes(subject, run.askedBy, decision);
        const list = run.listRoot?.toString('hex') ?? '';
        if (decision === 'approve' && !listRoot) throw invalid('/listRoot', 'is needed: the listRoot of the list that you looked at');
        if (decision === 'approve' && listRoot?.toLowerCase() !== list)
          throw new Refusal(LIST_CHANGED, { detail: `This run has the list ${list}.` });
        await this.store.decide(tx, id, DECIDED[decision], subject, now);
        if (decision === 'approve') {
          await this.store.begin(tx, institutionId, id, subject);
          await this.runner.runs.wake(tx, institutionId, id);
        }
        await this.note(tx, principal, `run-${DECIDED[decision]}`, id, { dryRun: run.dryRun, listRoot: list });
        return id;
      },
      (tx, changed) => this.view(tx, institutionId, changed),
    );
  }

  /** Stops a run: what is destroyed stays destroyed, the rest stays. Refuses with NOT_FOUND, RUN_OVER. */
  async cancel(principal: Principal, id: string): Promise<RetentionRunView> {
    const { institutionId } = principal;
    return this.desk.read(principal, async (tx) => {
      await this.run(tx, institutionId, id);
      // Not through the gate: whoever destroys stands in it and waits for nobody who stops him.
      if (!(await this.runner.runs.cancel(tx, id))) throw new Refusal(RUN_OVER, { detail: 'Nobody works on it.' });
      await this.note(tx, principal, 'run-cancelled', id, {});
      return this.view(tx, institutionId, id);
    });
  }

  /** Refuses with NOT_FOUND. */
  find(principal: Principal, id: string): Promise<RetentionRunView> {
    return this.desk.read(principal, (tx) => this.view(tx, principal.institutionId, id));
  }

  /** The newest first. Refuses with INVALID for a cursor that is not ours. */
  async list(principal: Principal, { mode, cursor, limit = 50 }: RetentionRunFilter): Promise<Page<RetentionRunView>> {
    const before = decodeCursor(cursor, isUuid);
    const rows = await this.desk.read(principal, (tx) => this.store.list(tx, principal.institutionId, mode ?? null, before, limit + 1));
    return toPage(
      rows,
      limit,
      ({ id }) => id,
      (record) => toRunView(record),
    );
  }

  private async look(tx: Tx, principal: Principal, { kinds, asOf, dryRun }: RetentionRunRequest, now: Date): Promise<string> {
    const { institutionId, subject } = principal;
    const all = this.of.kinds.map(({ kind }) => kind);
    if (dryRun) throw invalid('/dryRun', 'belongs to a destruction: leave it out');
    if (kinds?.length === 0) throw invalid('/kinds', 'must have a kind, or be left out for all');
    const wrong = (kinds ?? []).find((kind) => !all.includes(kind));
    if (wrong !== undefined) throw invalid('/kinds', `must be of ${all.join(', ')}`);
    const run = { kinds: all.filter((kind) => !kinds || kinds.includes(kind)), asOf: asOf ?? this.desk.dayOf(now) };
    const id = await this.store.insert(tx, institutionId, {
      mode: 'dry-run',
      ...run,
      timeZone: this.desk.timeZone,
      dryRun: null,
      listRoot: null,
      askedBy: subject,
      askedAt: now,
    });
    await this.store.begin(tx, institutionId, id, subject);
    await this.runner.runs.wake(tx, institutionId, id);
    await this.note(tx, principal, 'dry-run-asked', id, run);
    return id;
  }

  private async ask(tx: Tx, principal: Principal, { dryRun, kinds, asOf }: RetentionRunRequest, now: Date): Promise<string> {
    const { institutionId, subject } = principal;
    if (kinds) throw invalid('/kinds', 'are those of the dry run: leave it out');
    if (asOf) throw invalid('/asOf', 'is that of the dry run: leave it out');
    const looked = dryRun && isUuid(dryRun) ? await this.store.find(tx, institutionId, dryRun) : null;
    if (looked?.mode !== 'dry-run') throw invalid('/dryRun', 'must be a dry run of this institution');
    if (looked.state !== 'done' || looked.summary === null)
      throw new Refusal(DRY_RUN_OPEN, { detail: `It is ${looked.state ?? 'not begun'}.` });
    if (looked.summary.due === 0) throw new Refusal(NOTHING_DUE, { detail: 'The dry run found nothing that could go.' });
    if (looked.asOf > this.desk.dayOf(now))
      throw new Refusal(NOT_DUE_YET, { detail: `It looks ahead to ${looked.asOf}: ask again on that day.` });
    const earlier = await this.store.destructionOf(tx, looked.id);
    if (earlier !== null) throw new Refusal(ALREADY_ASKED, { detail: `It is ${earlier}. For what is left make a new dry run.` });
    const listRoot = Buffer.from(looked.summary.listRoot, 'hex');
    const { id: looksAt, timeZone } = looked;
    const id = await this.store.insert(tx, institutionId, {
      mode: 'destroy',
      kinds: looked.kinds,
      asOf: looked.asOf,
      timeZone,
      dryRun: looksAt,
      listRoot,
      askedBy: subject,
      askedAt: now,
    });
    await this.note(tx, principal, 'destruction-asked', id, {
      dryRun: looksAt,
      listRoot: looked.summary.listRoot,
      due: looked.summary.due,
    });
    return id;
  }

  private note(tx: Tx, principal: Principal, action: string, id: string, detail: Readonly<Record<string, unknown>>): Promise<void> {
    return this.desk.note(tx, principal, { action, resource: `run/${id}`, detail });
  }

  private async run(tx: Tx, institutionId: string, id: string): Promise<RunRecord> {
    const run = isUuid(id) ? await this.store.find(tx, institutionId, id) : null;
    if (run === null) throw new Refusal(NOT_FOUND, { detail: 'There is no such run here.' });
    return run;
  }

  async view(tx: Tx, institutionId: string, id: string): Promise<RetentionRunView> {
    const run = await this.run(tx, institutionId, id);
    return toRunView(run, run.dryRun !== null && run.state !== null ? await this.items.fates(tx, run.dryRun) : null);
  }
}

const stateOf = ({ state, decision }: RunRecord): RetentionRunState =>
  state ?? (decision === 'refused' || decision === 'withdrawn' ? decision : 'waiting');

function toRunView(run: RunRecord, destroyed: RetentionRunView['destroyed'] = null): RetentionRunView {
  const { failure } = run;
  return {
    id: run.id,
    mode: run.mode,
    state: stateOf(run),
    kinds: run.kinds,
    asOf: run.asOf,
    timeZone: run.timeZone,
    dryRun: run.dryRun,
    listRoot: run.listRoot?.toString('hex') ?? run.summary?.listRoot ?? null,
    askedBy: run.askedBy,
    askedAt: run.askedAt.toISOString(),
    decidedBy: run.decidedBy,
    decidedAt: run.decidedAt?.toISOString() ?? null,
    progress: run.progress,
    failure: failure && { code: failure.code, detail: failure.detail },
    found: run.summary?.found ?? null,
    destroyed,
    finishedAt: run.finishedAt?.toISOString() ?? null,
  };
}
