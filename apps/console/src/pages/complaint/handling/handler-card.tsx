import { useQuery } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../session/session.ts';
import { Empty } from '../../../ui/empty.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { ReasonDialog } from '../../../ui/reason-dialog.tsx';
import { Section } from '../../../ui/section.tsx';
import type { Complaint } from '../wire.ts';
import { assignTo, suggestionQuery, type Suggestion } from './api.ts';
import { useDone } from './use-done.ts';
import { useMemberName, useUnitName } from './use-names.ts';

type Candidate = Suggestion['candidates'][number];

interface RowProps {
  readonly candidate: Candidate;
  readonly onAssign: (() => void) | null;
}

function CandidateRow({ candidate, onAssign }: RowProps): ReactNode {
  const { t } = useTranslation();
  const unitName = useUnitName();
  const memberName = useMemberName();
  const { subject, name, unit, score, parts, open, load, capacity } = candidate;
  return (
    <li className="fb-handling-row">
      <div>
        <strong>{name || memberName(subject)}</strong> {unit !== null && <span className="fb-soft">{unitName(unit)}</span>}
        <div className="fb-soft">
          {t('handling.handler.score', { score })} · {t('handling.handler.load', { open, load, capacity })}
        </div>
        <div className="fb-hint">
          {parts
            .map(({ part, points, of }) => t('handling.handler.part', { part: t(`handling.handler.parts.${part}`), points, of }))
            .join(t('common.listSeparator'))}
        </div>
      </div>
      {onAssign && (
        <Button size="small" onClick={onAssign}>
          {t('handling.handler.assign')}
        </Button>
      )}
    </li>
  );
}

function OutList({ out }: { readonly out: Suggestion['out'] }): ReactNode {
  const { t } = useTranslation();
  const memberName = useMemberName();
  if (out.length === 0) return null;
  return (
    <details className="fb-handling-out">
      <summary>{t('handling.handler.out', { count: out.length })}</summary>
      <ul>
        {out.map(({ subject, name, reason, until, source }) => (
          <li key={subject}>
            {name || memberName(subject)} · {t(`handling.handler.outReason.${reason}`, { until: until ?? '' })}
            {source !== null && <span className="fb-article"> {source}</span>}
          </li>
        ))}
      </ul>
    </details>
  );
}

interface SuggestedProps {
  readonly complaint: Complaint;
  readonly onAssign: (to: { readonly handler?: string; readonly auto?: boolean }) => void;
  readonly isBusy: boolean;
}

function Suggested({ complaint, onAssign, isBusy }: SuggestedProps): ReactNode {
  const { t } = useTranslation();
  const { subject, roles } = useSession();
  const supervises = roles.includes('complaint-supervisor');
  const { data, error, refetch } = useQuery(suggestionQuery(complaint.id));
  if (error) return <ProblemAlert error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton active paragraph={{ rows: 3 }} />;
  const mayGive = (candidate: Candidate): boolean =>
    candidate.subject !== complaint.handler && (supervises || (candidate.subject === subject && complaint.handler === null));
  return (
    <>
      <p className="fb-hint">{data.automatic ? t('handling.handler.rule') : t('handling.handler.ruleOff')}</p>
      {data.candidates.length === 0 && <Empty title={t('handling.handler.none')} help={t('handling.handler.noneHelp')} />}
      {supervises && data.candidates.length > 0 && (
        <Button type="primary" loading={isBusy} onClick={() => onAssign({ auto: true })}>
          {t('handling.handler.auto')}
        </Button>
      )}
      <ol className="fb-handling-list" aria-label={t('handling.handler.suggestion')}>
        {data.candidates.map((candidate) => (
          <CandidateRow
            key={candidate.subject}
            candidate={candidate}
            onAssign={mayGive(candidate) ? () => onAssign({ handler: candidate.subject }) : null}
          />
        ))}
      </ol>
      <OutList out={data.out} />
    </>
  );
}

/** Who handles the complaint; who could, and why. A change of hands asks for its reason. */
export function HandlerCard({ complaint }: { readonly complaint: Complaint }): ReactNode {
  const { t } = useTranslation();
  const memberName = useMemberName();
  const { roles, subject } = useSession();
  const [isOpen, setIsOpen] = useState(complaint.handler === null);
  const [asked, setAsked] = useState<{ readonly handler?: string; readonly auto?: boolean } | null>(null);
  const give = useDone(
    (body: { handler?: string; auto?: boolean; reason?: string }) => assignTo(complaint.id, body),
    ['complaints'],
    () => setAsked(null),
  );
  const handles = roles.some((role) => role === 'complaint-handler' || role === 'complaint-supervisor');
  const maySuggest = handles && complaint.closedAt === null;
  const assign = (to: { readonly handler?: string; readonly auto?: boolean }): void =>
    complaint.handler === null ? give.mutate(to) : setAsked(to);
  return (
    <Section
      title={t('handling.handler.title')}
      aside={
        maySuggest && (
          <Button type="link" size="small" aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
            {isOpen ? t('handling.handler.hide') : t('handling.handler.show')}
          </Button>
        )
      }
    >
      <p className="fb-first">{complaint.handler === null ? t('handling.handler.nobody') : memberName(complaint.handler)}</p>
      {maySuggest && isOpen && <Suggested complaint={complaint} onAssign={assign} isBusy={give.isPending} />}
      {maySuggest && complaint.handler !== null && complaint.handler !== subject && !roles.includes('complaint-supervisor') && (
        <Button onClick={() => setAsked({ handler: subject })}>{t('handling.handler.takeOver')}</Button>
      )}
      {give.error && asked === null && <ProblemAlert error={give.error} />}
      {asked !== null && (
        <ReasonDialog
          title={t('handling.handler.reassign')}
          help={t('handling.handler.reassignHelp')}
          label={t('handling.handler.reason')}
          needed={t('handling.handler.reasonNeeded')}
          confirm={t('handling.handler.reassign')}
          isSending={give.isPending}
          error={give.error}
          onSend={(reason) => give.mutate({ ...asked, reason })}
          onClose={() => setAsked(null)}
        />
      )}
    </Section>
  );
}
