import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { Facts, Section } from '../../../ui/section.tsx';
import { usePerson } from '../../../ui/use-person.ts';
import type { Complaint, TimelineItem } from '../wire.ts';
import { useWord } from '../words.ts';
import { ledgerOf, type LedgerLine } from './ledger.ts';

const CONDITIONS = ['channels', 'regulators', 'categories', 'imports'] as const;
const textsOf = (value: unknown): string => (Array.isArray(value) ? value.filter((one) => typeof one === 'string').join(' / ') : '');

/** Which rules the complaint is under and why, and every stretch of its clock with who caused it. */
export function LedgerSection({ complaint, items }: { readonly complaint: Complaint; readonly items: readonly TimelineItem[] }): ReactNode {
  const { t } = useTranslation();
  const word = useWord();
  const person = usePerson();
  const { pack, packRule, matter, timeZone, clock } = complaint;
  const why = (): string => {
    if (!packRule) return t('calendar.rules.all');
    if (packRule.continues === true) return t('calendar.rules.continues');
    return CONDITIONS.filter((name) => textsOf(packRule[name]) !== '')
      .map((name) => t(`calendar.rules.${name}`, { values: textsOf(packRule[name]) }))
      .join(' · ');
  };
  const columns: Column<LedgerLine>[] = [
    { key: 'from', title: t('calendar.ledger.from'), onCard: 'head', render: ({ segment }) => segment.from },
    { key: 'to', title: t('calendar.ledger.to'), render: ({ segment }) => segment.to ?? t('calendar.ledger.open') },
    { key: 'cause', title: t('calendar.ledger.cause'), onCard: 'corner', render: ({ segment }) => word('clock.cause', segment.cause) },
    {
      key: 'who',
      title: t('calendar.ledger.who'),
      render: ({ actor, event }) =>
        [actor === null ? '–' : actor === 'system' ? t('calendar.ledger.time') : person(actor), event && word('clock.event', event)]
          .filter(Boolean)
          .join(' · '),
    },
  ];
  return (
    <Section title={t('calendar.ledger.title')}>
      <Facts
        items={[
          { label: t('calendar.rules.pack'), value: `${word('calendar.pack', pack)} (${pack})` },
          { label: t('calendar.rules.why'), value: why() },
          ...(matter ? [{ label: t('calendar.rules.matter'), value: word('calendar.matter', matter) }] : []),
          { label: t('calendar.rules.zone'), value: timeZone },
        ]}
      />
      <DataTable
        label={t('calendar.ledger.title')}
        columns={columns}
        rows={ledgerOf(clock.segments, items, timeZone)}
        rowKey={({ segment }) => `${segment.from} ${segment.cause}`}
        empty={{ title: t('calendar.ledger.none'), help: t('calendar.ledger.noneHelp') }}
      />
    </Section>
  );
}
