import { Inject, Injectable } from '@nestjs/common';
import type { Principal } from '#auth';
import { Zone } from '#contact-rules';
import type { Tx } from '#pg';
import { Vault } from '#vault';
import type { ComplaintRecord } from '../complaint/complaint.record.ts';
import { ReadingService } from '../complaint/reading.service.ts';
import { DispatchService, type DispatchRecord } from '../dispatch/dispatch.service.ts';
import { LetterService } from '../letter-template/letter.service.ts';
import { countTries, type Proof, type Tried } from './forms.ts';
import type { NoticeView, TellingView, ToldView } from './telling.dto.ts';
import { TellingStore, type NoticeRecord, type TryRecord } from './telling.store.ts';

export const PROOF_CONTEXT = 'notice.proof';
export const TRY_CONTEXT = 'notice_try.note';
export const WAIVER_CONTEXT = 'notice_waiver.reason';

/** How the telling of a complaint stands. */
@Injectable()
export class TellingShow {
  constructor(
    @Inject(TellingStore) private readonly store: TellingStore,
    @Inject(DispatchService) private readonly dispatches: DispatchService,
    @Inject(LetterService) private readonly letters: LetterService,
    @Inject(ReadingService) private readonly reading: ReadingService,
    @Inject(Vault) private readonly vault: Vault,
  ) {}

  /** How long the complainant was looked for since the decision; a message that failed is a try. */
  tried(complaint: ComplaintRecord, tries: readonly TryRecord[], notices: readonly NoticeRecord[]): ReturnType<typeof countTries> {
    const zone = Zone.of(complaint.timeZone);
    const since = complaint.decidedAt;
    if (since === null) return countTries([]);
    const day = (at: Date): string => zone.format(at.getTime()).slice(0, 10);
    const asked: Tried[] = tries.filter(({ at }) => at >= since).map(({ form, at }) => ({ form, day: day(at) }));
    const failed = notices.flatMap(({ about, form, failedAt }): Tried[] =>
      about === 'decision' && failedAt !== null ? [{ form, day: day(failedAt) }] : [],
    );
    return countTries([...asked, ...failed]);
  }

  /** What the institution asks for before the telling may be waived. */
  async minimum(tx: Tx, institutionId: string): Promise<Counts> {
    const { unreachableTries: tries, unreachableDays: days, unreachableForms: forms } = await this.letters.minimum(tx, institutionId);
    return { tries, days, forms };
  }

  async view(tx: Tx, principal: Principal, complaint: ComplaintRecord, requestId: string): Promise<TellingView> {
    const reading = this.reading.readingOf(principal, await this.reading.now(tx));
    const zone = Zone.of(complaint.timeZone);
    const instant = (at: Date | null): string | null => at && zone.format(at.getTime());
    const [notices, tries] = [await this.store.notices(tx, complaint.id), await this.store.tries(tx, complaint.id)];
    const waivers = await this.store.waivers(tx, complaint.id);
    const ids = notices.flatMap(({ dispatch }) => dispatch ?? []);
    const dispatches = await this.dispatches.of(tx, complaint.institutionId, ids);
    const minimum = await this.minimum(tx, complaint.institutionId);
    const tried = this.tried(complaint, tries, notices);
    const isThere = notices.length + tries.length + waivers.length > 0;
    await this.reading.noteRead(tx, principal, reading, isThere ? [complaint.id] : [], ['notice.proof'], requestId);
    const hidden = reading.masked;
    return {
      decidedAt: instant(complaint.decidedAt),
      toldAt: instant(complaint.toldAt),
      dueAt: zone.format(complaint.dueAt.getTime()),
      needsAnotherForm: needsAnother(notices),
      notices: notices.map((notice) => this.toNotice(notice, dispatches.get(notice.dispatch ?? '') ?? null, instant, hidden)),
      tries: tries.map(({ id, form, at, result, noteSealed, recordedBy }) => ({
        id,
        form,
        at: zone.format(at.getTime()),
        result,
        note: noteSealed === null || hidden ? null : this.vault.open(noteSealed, TRY_CONTEXT),
        recordedBy,
      })),
      tried,
      minimum,
      mayWaive: complaint.decidedAt !== null && complaint.closedAt === null && (isEnough(tried, minimum) || isNowhere(complaint)),
      waivers: waivers.map(({ id, state, reasonSealed, tries: count, askedBy, askedAt, settledBy, settledAt }) => ({
        id,
        state,
        reason: hidden ? null : this.vault.open(reasonSealed, WAIVER_CONTEXT),
        tries: count,
        askedBy,
        askedAt: zone.format(askedAt.getTime()),
        settledBy,
        settledAt: instant(settledAt),
      })),
      told: toldOf(notices, (at) => zone.format(at.getTime())),
    };
  }

  private toNotice(
    notice: NoticeRecord,
    dispatch: DispatchRecord | null,
    instant: (at: Date | null) => string | null,
    hidden: boolean,
  ): NoticeView {
    return {
      id: notice.id,
      about: notice.about,
      form: notice.form,
      state: notice.state,
      toldAt: instant(notice.toldAt),
      proof: hidden ? null : (JSON.parse(this.vault.open(notice.proofSealed, PROOF_CONTEXT)) as Proof),
      dispatchId: notice.dispatch,
      providerId: dispatch?.providerId ?? null,
      dispatchState: dispatch?.state ?? null,
      tries: dispatch?.tries ?? null,
      code: notice.code,
      counted: notice.counted,
      rejected: notice.rejected,
      recordedBy: notice.recordedBy,
      recordedAt: instant(notice.recordedAt) ?? '',
    };
  }
}

interface Counts {
  readonly tries: number;
  readonly days: number;
  readonly forms: number;
}

/** Nobody left a way to be reached: to look for him would be for show. */
export const isNowhere = ({ contactSealed, proxySealed }: ComplaintRecord): boolean => contactSealed === null && proxySealed === null;

export const isEnough = (tried: Counts, minimum: Counts): boolean =>
  tried.tries >= minimum.tries && tried.days >= minimum.days && tried.forms >= minimum.forms;

/** Notices come the newest first. */
function needsAnother(notices: readonly NoticeRecord[]): boolean {
  const last = notices.find(({ about, state }) => about === 'decision' && state !== 'sending');
  return last?.state === 'failed';
}

function toldOf(notices: readonly NoticeRecord[], instant: (at: Date) => string): ToldView[] {
  const latest = new Map<NoticeRecord['about'], Date>();
  for (const { about, state, toldAt } of notices) {
    const known = latest.get(about);
    if (state === 'told' && toldAt !== null && (known === undefined || known < toldAt)) latest.set(about, toldAt);
  }
  return [...latest].map(([about, at]) => ({ about, at: instant(at) }));
}
