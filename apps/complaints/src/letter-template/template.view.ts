import { DEFAULT_TIME_ZONE, Zone } from '#contact-rules';
import type { NoticeSettingView, TemplateView } from './template.dto.ts';
import type { NoticeSetting, TemplateRecord } from './template.store.ts';

const zone = Zone.of(DEFAULT_TIME_ZONE);
const instant = (at: Date | null): string | null => at && zone.format(at.getTime());

/** Before anybody sets something else: three tries, on two days, in two forms. */
export const UNREACHABLE = { unreachableTries: 3, unreachableDays: 2, unreachableForms: 2 } as const;

export const toTemplateView = (record: TemplateRecord): TemplateView => ({
  id: record.id,
  kind: record.kind,
  version: record.version,
  state: record.retiredAt ? 'retired' : record.approvedAt ? 'approved' : 'draft',
  inUse: record.inUse,
  titleZh: record.titleZh,
  blocksZh: record.blocksZh.map(({ kind, text }) => ({ kind, text })),
  smsZh: record.smsZh,
  titleEn: record.titleEn,
  blocksEn: record.blocksEn && record.blocksEn.map(({ kind, text }) => ({ kind, text })),
  smsEn: record.smsEn,
  author: record.author,
  createdAt: zone.format(record.createdAt.getTime()),
  approvedBy: record.approvedBy,
  approvedAt: instant(record.approvedAt),
  retiredBy: record.retiredBy,
  retiredAt: instant(record.retiredAt),
});

export function toSettingView(
  setting: (NoticeSetting & { readonly changedBy: string; readonly changedAt: Date }) | null,
): NoticeSettingView {
  if (setting === null) return { bankName: null, bankAddress: null, bankContact: null, ...UNREACHABLE, changedBy: null, changedAt: null };
  const { bankName, bankAddress, bankContact, unreachableTries, unreachableDays, unreachableForms, changedBy, changedAt } = setting;
  const minimum = { unreachableTries, unreachableDays, unreachableForms };
  return { bankName, bankAddress, bankContact, ...minimum, changedBy, changedAt: instant(changedAt) };
}
