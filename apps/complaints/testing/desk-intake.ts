import type { Principal } from '#auth';
import type { IdempotentRequest } from '#idempotency';
import { AfterDesk } from '../src/aftercare/aftercare.desk.ts';
import { DispatchService } from '../src/dispatch/dispatch.service.ts';
import { DispatchStore } from '../src/dispatch/dispatch.store.ts';
import { DispatchTrail } from '../src/dispatch/dispatch.trail.ts';
import type { DuplicateDecisionRequest, DuplicateView } from '../src/duplicate/duplicate.dto.ts';
import { DuplicateService } from '../src/duplicate/duplicate.service.ts';
import { DuplicateStore } from '../src/duplicate/duplicate.store.ts';
import { MergeTelling } from '../src/duplicate/merge-telling.ts';
import { MergingService } from '../src/duplicate/merging.service.ts';
import { IntakeService } from '../src/intake/intake.service.ts';
import { IntakeStore } from '../src/intake/intake.store.ts';
import { ReceiptService } from '../src/receipt/receipt.service.ts';
import { ReceiptStore } from '../src/receipt/receipt.store.ts';
import { call } from './after.ts';
import { FileRoom } from './intake.ts';
import { handler, type Stage } from './stage.ts';
import { Supervision } from './supervision.ts';

/** The rooms of the intake on a stage: who complains, duplicates, the receipt. */
export class IntakeRooms {
  readonly files: FileRoom;
  readonly intakes: IntakeService;
  readonly duplicates: DuplicateService;
  readonly merging: MergingService;
  readonly receipts: ReceiptService;
  readonly approvals: Supervision['approvals'];

  constructor(readonly stage: Stage) {
    const { source, reading, timeline, vault } = stage;
    const desk = new AfterDesk(source, reading, timeline, vault);
    this.files = new FileRoom(stage);
    this.intakes = new IntakeService(desk, new IntakeStore(), this.files.files, vault);
    const dispatches = new DispatchService(source, new DispatchStore(), new DispatchTrail(timeline), reading, vault);
    const pairs = new DuplicateStore();
    this.duplicates = new DuplicateService(desk, pairs, dispatches, vault);
    const telling = new MergeTelling(desk, dispatches, vault);
    this.merging = new MergingService(source, desk, pairs, this.duplicates, stage.events, telling);
    this.approvals = new Supervision(stage).approvals;
    this.receipts = new ReceiptService(desk, new ReceiptStore(), stage.ledger, this.approvals);
  }

  decide(
    id: string,
    otherId: string,
    more: Partial<DuplicateDecisionRequest> = {},
    by: Principal = handler,
    key: IdempotentRequest | null = null,
  ): Promise<DuplicateView> {
    return this.merging.decide(by, id, { otherId, decision: 'merged', note: '同一事项再次投诉', ...more }, call(key));
  }

  async kinds(id: string): Promise<string[]> {
    const rows = await this.stage.sql<{ kind: string }>('select kind from timeline where complaint = $1 order by id', [id]);
    return rows.map(({ kind }) => kind);
  }
}
