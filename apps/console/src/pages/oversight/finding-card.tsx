import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { collections, take } from '../../api/client.ts';
import { useMay } from '../../session/session.ts';
import { Instant } from '../../ui/instant.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { ReasonDialog } from '../../ui/reason-dialog.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { READER_ZONE } from '../../ui/time.ts';
import { usePerson } from '../../ui/use-person.ts';
import { keyed, useChange, type FindingView } from './api.ts';
import { FindingState } from './bits.tsx';
import { Files } from './files.tsx';

type Act = 'report' | 'accept' | 'reject';

interface FindingProps {
  readonly finding: FindingView;
}

function Reports({ finding }: FindingProps): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  return (
    <ul className="fb-lines">
      {finding.reports.map(({ id, report, reportedBy, reportedAt, verdict, verdictNote }) => (
        <li key={id}>
          <p>
            {report}{' '}
            <span className="fb-soft">
              {person(reportedBy)} · <Instant at={reportedAt} timeZone={READER_ZONE} withRelative={false} />
            </span>
          </p>
          {verdict && (
            <p className="fb-soft">
              {t(`oversight.verdict.${verdict}`)}
              {verdictNote && `: ${verdictNote}`}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}

function useActs({ finding }: FindingProps, done: () => void) {
  const params = (key: string) => ({ ...keyed(key), path: { id: finding.id } });
  return useChange(({ act, words }: { act: Act; words: string }, key) => {
    if (act === 'report')
      return take(collections.POST('/v1/inspection-findings/{id}/rectifications', { params: params(key), body: { report: words } }));
    const verdict = act === 'accept' ? 'accepted' : 'rejected';
    return take(collections.POST('/v1/inspection-findings/{id}/verification', { params: params(key), body: { verdict, note: words } }));
  }, done);
}

/** One finding: what was found, what the agency reports, whether the bank takes it. */
export function FindingCard({
  finding,
  inspection,
}: FindingProps & { readonly inspection: { readonly id: string; readonly state: string } }): ReactNode {
  const { t } = useTranslation();
  const [act, setAct] = useState<Act | null>(null);
  const mayReport = useMay('collections.reportRectification');
  const mayJudge = useMay('collections.verifyRectification');
  const mayRemove = useMay('collections.removeInspectionFinding');
  const send = useActs({ finding }, () => setAct(null));
  const remove = useChange(() => take(collections.DELETE('/v1/inspection-findings/{id}', { params: { path: { id: finding.id } } })));
  const isOpen = finding.state === 'open' || finding.state === 'replied';
  return (
    <article className="fb-finding">
      <div className="fb-row">
        <FindingState state={finding.state} late={finding.late} />
        <StateTag tone={finding.severity === 'minor' ? 'quiet' : 'bad'}>{t(`oversight.severity.${finding.severity}`)}</StateTag>
        <span className="fb-soft">{[finding.source, t('oversight.finding.due', { on: finding.dueOn })].filter(Boolean).join(' · ')}</span>
      </div>
      <p>{finding.summary}</p>
      <Reports finding={finding} />
      <Files
        inspectionId={inspection.id}
        files={finding.files}
        findingId={finding.id}
        mayAdd={mayReport && isOpen && inspection.state === 'done'}
      />
      <div className="fb-row">
        {mayReport && finding.state === 'open' && <Button onClick={() => setAct('report')}>{t('oversight.finding.report')}</Button>}
        {mayJudge && finding.state === 'replied' && (
          <>
            <Button type="primary" onClick={() => setAct('accept')}>
              {t('oversight.finding.accept')}
            </Button>
            <Button onClick={() => setAct('reject')}>{t('oversight.finding.reject')}</Button>
          </>
        )}
        {mayRemove && finding.state === 'draft' && (
          <Button loading={remove.isPending} onClick={() => remove.mutate(null)}>
            {t('oversight.finding.remove')}
          </Button>
        )}
      </div>
      {remove.error && <ProblemAlert error={remove.error} />}
      {act && (
        <ReasonDialog
          title={t(`oversight.finding.${act}`)}
          label={t(act === 'report' ? 'oversight.finding.whatWasDone' : 'oversight.finding.whatWasChecked')}
          needed={t('oversight.needWords')}
          confirm={t(`oversight.finding.${act}`)}
          isSending={send.isPending}
          error={send.error}
          onSend={(words) => send.mutate({ act, words })}
          onClose={() => setAct(null)}
        />
      )}
    </article>
  );
}
