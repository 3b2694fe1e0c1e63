import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useName } from '../../../i18n/use-name.ts';
import { useMay, useSession } from '../../../session/session.ts';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { StateTag, type Tone } from '../../../ui/state-tag.tsx';
import { usePerson } from '../../../ui/use-person.ts';
import { Act } from '../after/act-form.tsx';
import { localTime } from '../dates.ts';
import type { Complaint } from '../wire.ts';
import { listAttributions, type Attribution, type DossierItem } from './api.ts';
import { useDossierWord } from './dossier-words.ts';

const TONES: Readonly<Record<Attribution['state'], Tone>> = { proposed: 'wait', confirmed: 'good', rejected: 'quiet', withdrawn: 'quiet' };
const KINDS = ['rule', 'script', 'collector', 'agency', 'none'] as const;

function OneCause({ complaint, cause }: { readonly complaint: Complaint; readonly cause: Attribution }): ReactNode {
  const { t } = useTranslation();
  const word = useDossierWord();
  const name = useName();
  const person = usePerson();
  const mayConfirm = useMay('complaints.confirmAttribution');
  const mayWithdraw = useMay('complaints.withdrawAttribution');
  const { subject } = useSession();
  const path = `/v1/complaints/${complaint.id}/attributions/${cause.id}`;
  const target = cause.kind === 'rule' && cause.target !== null ? name('rules', cause.target) : (cause.target ?? '');
  const isOwn = subject === cause.proposedBy;
  return (
    <li>
      <p className="fb-row">
        <strong>
          {word('cause', cause.kind)} {target}
          {cause.targetVersion !== null && ` v${cause.targetVersion}`}
        </strong>
        <StateTag tone={TONES[cause.state]}>{word('causeState', cause.state)}</StateTag>
      </p>
      {cause.reason !== null && <p className="fb-words">{cause.reason}</p>}
      <p className="fb-soft">
        {[cause.proposedBy, cause.settledBy].flatMap((one) => (one === null ? [] : [person(one)])).join(' → ')} ·{' '}
        {localTime(cause.proposedAt)}
      </p>
      <div className="fb-row">
        {cause.state === 'proposed' && mayConfirm && !isOwn && (
          <>
            <Act label={t('dossier.act.confirm')} path={`${path}/confirmation`} isMain />
            <Act label={t('dossier.act.reject')} path={`${path}/rejection`} />
          </>
        )}
        {(cause.state === 'proposed' || cause.state === 'confirmed') && mayWithdraw && (
          <Act label={t('dossier.act.withdraw')} help={t('dossier.act.withdrawHelp')} path={`${path}/withdrawal`} />
        )}
      </div>
    </li>
  );
}

/** What caused the complaint, each on something of the file. */
export function Causes({ complaint, items }: { readonly complaint: Complaint; readonly items: readonly DossierItem[] }): ReactNode {
  const { t } = useTranslation();
  const word = useDossierWord();
  const may = useMay('complaints.attributeComplaint');
  const { data, error } = useQuery({
    queryKey: ['complaints', 'attributions', complaint.id],
    queryFn: ({ signal }) => listAttributions(complaint.id, signal),
  });
  const grounds = items.map((item) => ({
    value: item.id,
    label: [localTime(item.at), word('kind', item.kind), ...item.collectorIds].join(' · '),
  }));
  return (
    <div>
      <h3 className="fb-words-head">{t('dossier.causes.title')}</h3>
      {error && <ProblemAlert error={error} />}
      {data?.items.length === 0 && <p className="fb-soft">{t('dossier.causes.none')}</p>}
      <ul className="fb-lines">
        {data?.items.map((cause) => (
          <OneCause key={cause.id} complaint={complaint} cause={cause} />
        ))}
      </ul>
      {may && (
        <Act
          label={t('dossier.causes.add')}
          help={t('dossier.causes.help')}
          path={`/v1/complaints/${complaint.id}/attributions`}
          timeZone={complaint.timeZone}
          fields={[
            {
              name: 'kind',
              label: t('dossier.causes.kind'),
              kind: 'choice',
              options: KINDS.map((value) => ({ value, label: word('cause', value) })),
            },
            { name: 'target', label: t('dossier.causes.target'), kind: 'line', optional: true, help: t('dossier.causes.targetHelp') },
            { name: 'targetVersion', label: t('dossier.causes.version'), kind: 'number', optional: true },
            {
              name: 'itemId',
              label: t('dossier.causes.item'),
              kind: 'choice',
              optional: true,
              options: grounds,
              help: t('dossier.causes.itemHelp'),
            },
            { name: 'reason', label: t('dossier.reason'), kind: 'long' },
          ]}
        />
      )}
    </div>
  );
}
