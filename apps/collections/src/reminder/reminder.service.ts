import { Inject, Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Principal } from '#auth';
import { Clock } from '#clock';
import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import { databaseNow, inTransaction, type Tx } from '#pg';
import { INVALID, Refusal, type FieldError } from '#problem';
import { decodeCursor, isUuid, toPage, type Page } from '#wire';
import { ActService } from '../act/act.service.ts';
import { MessageService } from '../message/message.service.ts';
import { faultOfReminder, REMINDER_SOURCE } from './neutral.ts';
import type {
  ReminderPreviewRequest,
  ReminderPreviewPage,
  ReminderSettingRequest,
  ReminderSettingView,
  ReminderView,
} from './reminder.dto.ts';
import { ReminderStore, type DueRecord, type ReminderRecord, type ReminderSetting } from './reminder.store.ts';

const DEFAULT_LIMIT = 50;
const MOST_DAYS = 5;
const DAY_MS = 86_400_000;
const zone = Zone.of(DEFAULT_TIME_ZONE);

export const dayOf = (at: Date, timeZone: string): string => new Intl.DateTimeFormat('en-CA', { timeZone }).format(at);

/** How an institution reminds, whom it would remind, and whom it did. */
@Injectable()
export class ReminderService {
  constructor(
    @Inject(DataSource) private readonly database: DataSource,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(ReminderStore) private readonly store: ReminderStore,
    @Inject(MessageService) private readonly messages: MessageService,
    @Inject(ActService) private readonly acts: ActService,
  ) {}

  async view(principal: Principal): Promise<ReminderSettingView> {
    return inTransaction(this.database, principal, async (tx) => this.toView(tx, principal.institutionId));
  }

  /** Refuses with INVALID: more than five days before, or a text that is more than a reminder (HLJ Art. 18). */
  async put(principal: Principal, request: ReminderSettingRequest): Promise<ReminderSettingView> {
    const { institutionId, subject: setBy } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const setAt = await this.now(tx);
      const { enabled, daysBefore, hour, channels, smsTemplateId = null, emailTemplateId = null, timeZone = DEFAULT_TIME_ZONE } = request;
      const setting = {
        enabled,
        daysBefore,
        hour,
        timeZone,
        channels,
        smsTemplate: smsTemplateId,
        emailTemplate: emailTemplateId,
        setBy,
        setAt,
      };
      const errors = await this.faultsOf(tx, institutionId, setting);
      if (daysBefore > MOST_DAYS)
        errors.unshift({
          pointer: '/daysBefore',
          detail: 'must be from 1 to 5: a reminder is sent within five days before the date',
          source: REMINDER_SOURCE,
        });
      if (errors.length > 0) throw new Refusal(INVALID, { errors });
      await this.store.putSetting(tx, institutionId, setting);
      const detail = { enabled, daysBefore, hour, timeZone, channels, smsTemplateId, emailTemplateId };
      await this.acts.note(tx, principal, { action: 'reminder-settings-set', resource: 'reminder-settings', detail }, setAt);
      return this.toView(tx, institutionId);
    });
  }

  /** Whom a run would remind. Refuses with INVALID for a cursor that is not ours. */
  async preview(principal: Principal, request: ReminderPreviewRequest): Promise<ReminderPreviewPage> {
    const limit = request.limit ?? DEFAULT_LIMIT;
    const after = decodeCursor(request.cursor, isUuid);
    const { institutionId } = principal;
    return inTransaction(this.database, principal, async (tx) => {
      const setting = await this.store.setting(tx, institutionId);
      const { daysBefore, channels, timeZone } = setting ?? {
        daysBefore: MOST_DAYS,
        channels: ['sms', 'email'],
        timeZone: DEFAULT_TIME_ZONE,
      };
      const on = request.on ?? dayOf(new Date((await this.now(tx)).getTime() + DAY_MS), timeZone);
      const rows = await this.store.preview(tx, { institutionId, on, daysBefore, channels, after, limit });
      return { on, ...toPage(rows, limit, ({ id }) => id, toPreview) };
    });
  }

  /** Refuses with INVALID for a cursor that is not ours. */
  async list(
    principal: Principal,
    request: { readonly caseId?: string; readonly limit?: number; readonly cursor?: string },
  ): Promise<Page<ReminderView>> {
    const limit = request.limit ?? DEFAULT_LIMIT;
    const after = decodeCursor(request.cursor, isUuid);
    return inTransaction(this.database, principal, async (tx) =>
      toPage(
        await this.store.list(tx, principal.institutionId, { caseId: request.caseId ?? null, after, limit }),
        limit,
        ({ id }) => id,
        toReminderView,
      ),
    );
  }

  /** What hinders the reminders of an institution; empty: nothing. The newest approved version of a template is what is sent. */
  async faultsOf(tx: Tx, institutionId: string, setting: ReminderSetting): Promise<FieldError[]> {
    const wanted = [
      ['sms', setting.smsTemplate, '/smsTemplateId'],
      ['email', setting.emailTemplate, '/emailTemplateId'],
    ] as const;
    const errors: FieldError[] = [];
    for (const [channel, templateId, pointer] of wanted) {
      if (!setting.channels.includes(channel)) continue;
      const template = templateId === null ? null : await this.messages.versionOf(tx, institutionId, templateId, null);
      if (template === null || template.channel !== channel)
        errors.push({ pointer, detail: `is needed: an approved template for ${channel}` });
      else {
        const fault = faultOfReminder(template.text);
        if (fault !== null) errors.push({ pointer, detail: fault, source: REMINDER_SOURCE });
      }
    }
    return errors;
  }

  private async toView(tx: Tx, institutionId: string): Promise<ReminderSettingView> {
    const setting = await this.store.setting(tx, institutionId);
    if (setting === null) {
      const nothing = { daysBefore: null, hour: null, timeZone: null, channels: [], smsTemplateId: null, emailTemplateId: null };
      return { enabled: false, ...nothing, fault: null, setBy: null, setAt: null };
    }
    const { enabled, daysBefore, hour, timeZone, channels, smsTemplate, emailTemplate, setBy, setAt } = setting;
    const [fault] = enabled ? await this.faultsOf(tx, institutionId, setting) : [];
    return {
      enabled,
      daysBefore,
      hour,
      timeZone,
      channels,
      smsTemplateId: smsTemplate,
      emailTemplateId: emailTemplate,
      fault: fault === undefined ? null : `${fault.pointer.slice(1)} ${fault.detail}`,
      setBy,
      setAt: zone.format(setAt.getTime()),
    };
  }

  private async now(tx: Tx): Promise<Date> {
    return this.clock.override ?? databaseNow(tx);
  }
}

const toPreview = ({ id, caseId, dueOn, amount, currency, channel, optedOut }: DueRecord) => ({
  id,
  caseId,
  dueOn,
  amount,
  currency,
  channel,
  why: channel !== null ? null : optedOut ? 'opted-out' : 'no-contact-point',
});

const toReminderView = ({ at, ...rest }: ReminderRecord): ReminderView => ({
  id: rest.id,
  caseId: rest.caseId,
  dueOn: rest.dueOn,
  amount: rest.amount,
  currency: rest.currency,
  paidOn: rest.paidOn,
  deliveryId: rest.deliveryId,
  deliveryState: rest.deliveryState,
  at: zone.format(at.getTime()),
});
