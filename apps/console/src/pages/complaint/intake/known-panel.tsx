import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useMay } from '../../../session/session.ts';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { Section } from '../../../ui/section.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { localTime } from '../dates.ts';
import type { RegisterDraft } from '../register/draft.ts';
import { useSettled } from '../use-settled.ts';
import { useWord } from '../words.ts';
import { findKnown, type Known, type KnownComplaint } from './api.ts';
import { FoundCases, type FoundCasesProps } from './found-cases.tsx';
import { useIntakeWord } from './use-intake-word.ts';

const TYPING_MS = 500;
// Shorter than this it is still being typed.
const LEAST_CHARS = 5;

/** What of a draft complaints are found by; null: nothing yet. */
export function knownFrom({ complainant, account, subject, category, against }: RegisterDraft): Known | null {
  const long = (text: string | undefined): string | undefined =>
    (text ?? '').trim().length >= LEAST_CHARS ? (text ?? '').trim() : undefined;
  const short = (text: string | undefined): string | undefined => (text ?? '').trim() || undefined;
  const keys = { contact: long(complainant?.contact), idNumber: long(complainant?.idNumber), account: short(account) };
  if (Object.values(keys).every((key) => key === undefined)) return null;
  const rest = { name: short(complainant?.name), subject: short(subject), category: short(category), agencyId: short(against?.agencyId) };
  return Object.fromEntries(Object.entries({ ...keys, ...rest }).filter(([, value]) => value !== undefined));
}

function One({ known }: { readonly known: KnownComplaint }): ReactNode {
  const { t } = useTranslation();
  const [word, clockWord] = [useIntakeWord(), useWord()];
  const { id, number, subject, receivedAt, dueOn, state, closedAt, reasons, isLikely, isSamePerson } = known;
  const who = isSamePerson ? t('intake.known.samePerson') : t('intake.known.otherPerson');
  return (
    <li>
      <Link to={`/complaints/${id}`} target="_blank" aria-label={t('intake.known.open', { number })}>
        {number}
      </Link>{' '}
      {subject} <StateTag tone={isLikely ? 'wait' : 'quiet'}>{isLikely ? t('intake.known.likely') : who}</StateTag>
      <div className="fb-soft">
        {localTime(receivedAt)} · {clockWord('clock.state', state)} ·{' '}
        {closedAt === null ? t('intake.known.due', { date: dueOn }) : t('intake.known.closed', { date: closedAt.slice(0, 10) })} ·{' '}
        {reasons.map((reason) => word('likeness', reason)).join(t('common.listSeparator'))}
      </div>
    </li>
  );
}

/** What the bank knows of whoever complains, offered while it is typed: nobody is asked for it again. */
export function KnownPanel({ draft, onTake }: { readonly draft: RegisterDraft; readonly onTake: FoundCasesProps['onTake'] }): ReactNode {
  const { t } = useTranslation();
  const mayFind = useMay('complaints.findKnownComplaints');
  const asked = useSettled(JSON.stringify(knownFrom(draft)), TYPING_MS);
  const request = JSON.parse(asked) as Known | null;
  const query = useQuery({
    queryKey: ['complaints', 'known', asked],
    queryFn: ({ signal }) => findKnown(request ?? {}, signal),
    enabled: mayFind && request !== null,
    placeholderData: (before) => before,
  });
  if (!mayFind) return null;
  const items = request === null ? [] : (query.data?.items ?? []);
  return (
    <Section title={t('intake.known.title')}>
      <div aria-live="polite">
        {request === null && <p className="fb-soft">{t('intake.known.idle')}</p>}
        {query.error && <ProblemAlert error={query.error} onRetry={() => void query.refetch()} />}
        {request !== null && query.data && items.length === 0 && <p className="fb-soft">{t('intake.known.none')}</p>}
        {items.length > 0 && <p className="fb-soft">{t('intake.known.lead')}</p>}
        <ul>
          {items.map((known) => (
            <One key={known.id} known={known} />
          ))}
        </ul>
      </div>
      <FoundCases known={request} onTake={onTake} />
    </Section>
  );
}
