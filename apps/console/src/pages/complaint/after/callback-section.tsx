import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../../session/session.ts';
import { StateTag } from '../../../ui/state-tag.tsx';
import { usePerson } from '../../../ui/use-person.ts';
import { localTime } from '../dates.ts';
import type { Complaint } from '../wire.ts';
import { Act } from './act-form.tsx';
import { Loaded, useAfterWord, useOptions } from './after-bits.tsx';
import { findCallbacks, type Callback } from './api.ts';

const REACHED = ['no-answer', 'busy', 'wrong-number', 'call-later', 'refused'];

function OneCallback({ one }: { readonly one: Callback }): ReactNode {
  const { t } = useTranslation();
  const word = useAfterWord();
  const options = useOptions();
  const person = usePerson();
  const [mayCall, mayLook] = [useMay('complaints.recordCall'), useMay('complaints.lookAtScore')];
  const asksScore = one.purpose === 'satisfaction';
  const results = asksScore ? ['answered', ...REACHED] : ['confirmed', 'denied', ...REACHED];
  return (
    <div className="fb-after">
      <p>
        <strong>{word('purpose', one.purpose)}</strong> · {word('via', one.channel)} · {localTime(one.plannedAt)}{' '}
        <StateTag tone={one.toLook ? 'bad' : one.state === 'answered' ? 'good' : 'quiet'}>{word('callbackState', one.state)}</StateTag>
      </p>
      {one.report !== null && <p>{one.report}</p>}
      {one.score !== null && (
        <p>
          {t('after.score', { score: one.score })} {one.comment}
        </p>
      )}
      {!one.answerShown && one.state === 'answered' && <p className="fb-soft">{t('after.answerHidden')}</p>}
      {one.look !== null && <p className="fb-soft">{one.look}</p>}
      {one.tries.length > 0 && (
        <ul>
          {one.tries.map((each) => (
            <li
              key={each.at}
            >{`${localTime(each.at)} · ${person(each.by)} · ${word('try', each.result)}${each.note === null ? '' : ` · ${each.note}`}`}</li>
          ))}
        </ul>
      )}
      <div className="fb-row">
        {mayCall && (one.state === 'planned' || one.state === 'sent') && (
          <Act
            label={t('after.act.call')}
            help={asksScore ? t('after.help.script') : t('after.help.confirm')}
            path={`/v1/callbacks/${one.id}/tries`}
            fields={[
              { name: 'result', label: t('after.field.result'), kind: 'choice', options: options('try', results) },
              ...(asksScore
                ? [
                    { name: 'score', label: t('after.field.score'), kind: 'number' as const, optional: true },
                    { name: 'comment', label: t('after.field.comment'), kind: 'long' as const, optional: true },
                  ]
                : []),
              { name: 'note', label: t('after.field.note'), kind: 'long', optional: true },
            ]}
          />
        )}
        {one.toLook && mayLook && (
          <Act
            label={t('after.act.look')}
            path={`/v1/callbacks/${one.id}/look`}
            fields={[{ name: 'note', label: t('after.field.note'), kind: 'long' }]}
          />
        )}
      </div>
    </div>
  );
}

/** Call-backs of a complaint, and the withdrawal that somebody reports. */
export function CallbackSection({ complaint }: { readonly complaint: Complaint }): ReactNode {
  const { t } = useTranslation();
  const mayReport = useMay('complaints.reportWithdrawal');
  const query = useQuery({ queryKey: ['after', 'callbacks', complaint.id], queryFn: ({ signal }) => findCallbacks(complaint.id, signal) });
  return (
    <Loaded title={t('after.callbacks')} query={query}>
      {({ items, draw }) => (
        <>
          {items.length === 0 && <p className="fb-soft">{t('after.noCallback')}</p>}
          {draw !== null && <p className="fb-soft">{t('after.draw', { bucket: draw.bucket, percent: draw.samplePercent })}</p>}
          {items.map((one) => (
            <OneCallback key={one.id} one={one} />
          ))}
          {complaint.closedAt === null && mayReport && (
            <Act
              label={t('after.act.reportWithdrawal')}
              help={t('after.help.reportWithdrawal')}
              path={`/v1/complaints/${complaint.id}/withdrawal-reports`}
              fields={[{ name: 'reasons', label: t('after.field.reasons'), kind: 'long' }]}
            />
          )}
        </>
      )}
    </Loaded>
  );
}
