import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay, useSession } from '../../../session/session.ts';
import { DataTable, MoreRows } from '../../../ui/data-table.tsx';
import { JobProgress } from '../../../ui/job-progress.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { ReasonDialog } from '../../../ui/reason-dialog.tsx';
import { Facts, Section } from '../../../ui/section.tsx';
import { usePages } from '../../../ui/use-pages.ts';
import { usePerson } from '../../../ui/use-person.ts';
import { localTime } from '../dates.ts';
import { useDone } from '../handling/use-done.ts';
import { useKeyFor } from '../use-key.ts';
import { approveCalendar, cancelCalendar, CALENDARS, listMoves, proposeCalendar, returnCalendar, type Run, type Version } from './api.ts';
import { PreviewBox, useMovedColumns } from './preview-box.tsx';

const COUNTS = ['total', 'examined', 'earlier', 'later', 'settled', 'overdue', 'conflicting', 'stages'] as const;

function Acts({ version, onEdit }: { readonly version: Version; readonly onEdit: () => void }): ReactNode {
  const { t } = useTranslation();
  const { subject } = useSession();
  const keyFor = useKeyFor();
  const mayDraft = useMay('complaints.draftCalendar');
  const mayApprove = useMay('complaints.approveCalendar');
  const [isReturning, setReturning] = useState(false);
  const { id, state, revision, draftedBy, proposedBy } = version;
  const keyOf = (act: string): string => keyFor({ act, id, revision, proposedAt: version.proposedAt });
  const propose = useDone(() => proposeCalendar(id, keyOf('propose')), CALENDARS);
  const approve = useDone(() => approveCalendar(version, keyOf('approve')), CALENDARS);
  const cancel = useDone(() => cancelCalendar(id, keyOf('cancel')), CALENDARS);
  const giveBack = useDone(
    (reason: string) => returnCalendar(id, reason, keyFor({ act: 'return', id, revision, reason })),
    CALENDARS,
    () => setReturning(false),
  );
  const isOwn = draftedBy.includes(subject) || proposedBy === subject;
  const error = propose.error ?? approve.error ?? cancel.error;
  return (
    <>
      <div className="fb-row">
        {state === 'draft' && mayDraft && (
          <>
            <Button type="primary" loading={propose.isPending} onClick={() => propose.mutate(undefined)}>
              {t('calendar.act.propose')}
            </Button>
            <Button onClick={onEdit}>{t('calendar.act.edit')}</Button>
            <Button danger loading={cancel.isPending} onClick={() => cancel.mutate(undefined)}>
              {t('calendar.act.cancel')}
            </Button>
          </>
        )}
        {state === 'proposed' && mayApprove && !isOwn && (
          <Button type="primary" loading={approve.isPending} onClick={() => approve.mutate(undefined)}>
            {t('calendar.act.approve')}
          </Button>
        )}
        {state === 'proposed' && (mayApprove || proposedBy === subject) && (
          <Button onClick={() => setReturning(true)}>{t('calendar.act.return')}</Button>
        )}
      </div>
      {state === 'proposed' && isOwn && <p className="fb-soft">{t('calendar.act.own')}</p>}
      {error && <ProblemAlert error={error} />}
      {isReturning && (
        <ReasonDialog
          title={t('calendar.act.return')}
          label={t('calendar.act.reason')}
          needed={t('calendar.act.reasonNeeded')}
          confirm={t('calendar.act.return')}
          isSending={giveBack.isPending}
          error={giveBack.error}
          onSend={(reason) => giveBack.mutate(reason)}
          onClose={() => setReturning(false)}
        />
      )}
    </>
  );
}

/** A draft, or what waits for approval, with what it would do. */
export function OpenVersion({ version, onEdit }: { readonly version: Version; readonly onEdit: () => void }): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  const mayPreview = useMay('complaints.previewCalendar');
  const { changes, draftedBy, draftedAt, proposedBy, proposedAt, returnedBy, returnReason, source, note, state } = version;
  return (
    <Section
      title={t(`calendar.state.${state}`)}
      aside={<span className="fb-soft">{t('calendar.revision', { revision: version.revision })}</span>}
    >
      <Facts
        items={[
          { label: t('calendar.draft.source'), value: source },
          { label: t('calendar.draft.note'), value: note },
          { label: t('calendar.by.drafted'), value: `${draftedBy.map(person).join('、')} ${localTime(draftedAt)}` },
          ...(proposedBy && proposedAt
            ? [{ label: t('calendar.by.proposed'), value: `${person(proposedBy)} ${localTime(proposedAt)}` }]
            : []),
          ...(returnedBy ? [{ label: t('calendar.by.returned'), value: `${person(returnedBy)}: ${returnReason ?? ''}` }] : []),
          {
            label: t('calendar.changes'),
            value:
              changes.map(({ date, works }) => `${date} ${works ? t('calendar.works') : t('calendar.isOff')}`).join(' · ') ||
              t('calendar.noChanges'),
          },
        ]}
      />
      {mayPreview && <PreviewBox version={version} />}
      <Acts version={version} onEdit={onEdit} />
    </Section>
  );
}

function RunBox({ run }: { readonly run: Run }): ReactNode {
  const { t } = useTranslation();
  if (run.finishedAt === null)
    return (
      <JobProgress
        label={t(`calendar.run.${run.phase === 'stages' ? 'stages' : 'clocks'}`)}
        done={run.total === 0 ? 0 : run.examined / run.total}
        lines={[t('calendar.run.far', { examined: run.examined, total: run.total })]}
      />
    );
  return (
    <>
      <p>{t('calendar.run.done', { at: localTime(run.finishedAt) })}</p>
      <Facts items={COUNTS.map((name) => ({ label: t(`calendar.count.${name}`), value: run[name] }))} />
    </>
  );
}

function Moves({ id }: { readonly id: string }): ReactNode {
  const { t } = useTranslation();
  const columns = useMovedColumns();
  const moves = usePages([...CALENDARS, 'moves', id], (cursor, signal) => listMoves(id, cursor, signal));
  return (
    <>
      {moves.error && <ProblemAlert error={moves.error} onRetry={moves.retry} />}
      <DataTable
        label={t('calendar.run.moves')}
        columns={columns}
        rows={moves.items}
        rowKey={({ complaintId }) => complaintId}
        empty={{ title: t('calendar.run.none'), help: t('calendar.run.noneHelp') }}
      />
      <MoreRows {...moves.more} />
    </>
  );
}

/** A version that was published, and what its one job wrote. */
export function PublishedVersion({ version }: { readonly version: Version }): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  const mayList = useMay('complaints.listCalendarMoves');
  const [isListed, setListed] = useState(false);
  const { run, id, settledBy, settledAt, source, note } = version;
  return (
    <Section title={t('calendar.published', { version: version.version ?? 0 })}>
      <Facts
        items={[
          { label: t('calendar.draft.source'), value: source },
          { label: t('calendar.draft.note'), value: note },
          { label: t('calendar.by.drafted'), value: version.draftedBy.map(person).join('、') },
          { label: t('calendar.by.published'), value: `${person(settledBy ?? '')} ${settledAt ? localTime(settledAt) : ''}` },
        ]}
      />
      {run && <RunBox run={run} />}
      {run?.finishedAt && mayList && !isListed && <Button onClick={() => setListed(true)}>{t('calendar.run.show')}</Button>}
      {isListed && <Moves id={id} />}
    </Section>
  );
}
