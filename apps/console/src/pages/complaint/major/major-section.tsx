import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { region as regions } from '../../../i18n/zh/region.ts';
import { useMay } from '../../../session/session.ts';
import { Field } from '../../../ui/field.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { Loaded } from '../after/after-bits.tsx';
import type { Complaint } from '../wire.ts';
import { ALARM_TONES } from './alarms-page.tsx';
import { MAJOR, ofComplaint, putRegion } from './api.ts';
import { MarkAct } from './mark-act.tsx';
import { ReportTag } from './report-clock.tsx';
import { useMajorWord } from './words.ts';

type Of = Awaited<ReturnType<typeof ofComplaint>>;

function Region({ complaintId, of }: { readonly complaintId: string; readonly of: Of }): ReactNode {
  const { t } = useTranslation();
  const mayNote = useMay('complaints.putComplaintRegion');
  const queries = useQueryClient();
  const noting = useMutation({
    mutationFn: (code: string) => putRegion(complaintId, code),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['complaints'] }),
  });
  const options = Object.keys(regions).map((value) => ({ value, label: t(`region.${value as keyof typeof regions}`) }));
  const known = options.find(({ value }) => value === of.region);
  return (
    <>
      <Field label={t('major.field.region')} help={of.regionBy === 'system' ? t('major.section.regionBy') : t('major.help.region')}>
        {(ids) =>
          mayNote ? (
            <Select
              {...ids}
              className="fb-full"
              showSearch={{ optionFilterProp: 'label' }}
              placeholder={t('major.section.regionNone')}
              value={known?.value ?? null}
              options={options}
              loading={noting.isPending}
              onChange={(value: string | null) => {
                if (value !== null) noting.mutate(value);
              }}
            />
          ) : (
            <span {...ids}>{known?.label ?? t('major.section.regionNone')}</span>
          )
        }
      </Field>
      {noting.error && <ProblemAlert error={noting.error} />}
    </>
  );
}

/** Whether a complaint is part of a major matter, what it was noticed by, and where it comes from. */
export function MajorSection({ complaint }: { readonly complaint: Complaint }): ReactNode {
  const { t } = useTranslation();
  const word = useMajorWord();
  const [isRead, mayMark] = [useMay('complaints.findComplaintMajor'), useMay('complaints.markAsMajor')];
  const query = useQuery({
    queryKey: [...MAJOR, 'complaint', complaint.id],
    queryFn: ({ signal }) => ofComplaint(complaint.id, signal),
    enabled: isRead,
  });
  if (!isRead) return null;
  return (
    <Loaded title={t('major.section.title')} query={query}>
      {(of) => (
        <>
          {of.matters.length === 0 && <p className="fb-soft">{t('major.section.none')}</p>}
          {of.matters.map((matter) => (
            <p key={matter.id}>
              <Link to={`/complaints/major/${matter.id}`}>{matter.number}</Link> {matter.title}{' '}
              <StateTag tone={matter.state === 'open' ? 'busy' : 'quiet'}>{word('state', matter.state)}</StateTag> <ReportTag of={matter} />
            </p>
          ))}
          {of.alarms.map((alarm) => (
            <p key={alarm.id}>
              <Link to={`/complaints/major-alarms/${alarm.id}`}>{t('major.section.noticed', { kind: word('kind', alarm.kind) })}</Link>{' '}
              {alarm.words.join(' ')} <StateTag tone={ALARM_TONES[alarm.state]}>{word('alarm.state', alarm.state)}</StateTag>
            </p>
          ))}
          {mayMark && complaint.closedAt === null && !of.matters.some(({ state }) => state === 'open') && (
            <MarkAct complaintId={complaint.id} timeZone={complaint.timeZone} />
          )}
          <Region complaintId={complaint.id} of={of} />
        </>
      )}
    </Loaded>
  );
}
