import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { collections, newKey, take } from '../../api/client.ts';
import { useMay } from '../../session/session.ts';
import { PageLoading } from '../../shell/page-loading.tsx';
import { Choice } from '../../ui/choice.tsx';
import { Instant } from '../../ui/instant.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Facts, Section } from '../../ui/section.tsx';
import { UploadDrop } from '../../ui/upload-drop.tsx';
import { useUpload } from '../../ui/use-upload.ts';
import { CaseLink } from '../worklist/work-bits.tsx';
import { VisitState, type VisitView } from './visit-state.tsx';

const PICTURES = ['.jpg', '.jpeg', '.png'] as const;
const PLACES = ['outside', 'inside'] as const;

function useStep<Values>(id: string, send: (values: Values, key: string) => Promise<VisitView>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (values: Values) => send(values, newKey()),
    onSuccess: (visit) => queries.setQueryData(['visit', id], visit),
  });
}

const paramsOf = (id: string, key: string) => ({ path: { id }, header: { 'Idempotency-Key': key } });

function Arrive({ id }: { readonly id: string }): ReactNode {
  const { t } = useTranslation();
  const arrive = useStep<{ shownTo?: string }>(id, ({ shownTo = '' }, key) =>
    take(
      collections.POST('/v1/visits/{id}/arrival', {
        params: paramsOf(id, key),
        body: shownTo.trim() === '' ? {} : { shownTo: shownTo.trim() },
      }),
    ),
  );
  return (
    <Form layout="vertical" onFinish={(values: { shownTo?: string }) => arrive.mutate(values)}>
      <Form.Item name="shownTo" label={t('visit.shownTo')} extra={t('visit.shownToHelp')}>
        <Input maxLength={500} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={arrive.isPending}>
        {t('visit.arrived')}
      </Button>
      {arrive.error && <ProblemAlert error={arrive.error} />}
    </Form>
  );
}

interface EntryFields {
  readonly consentOf: string;
  readonly evidence?: string;
}

function Enter({ id }: { readonly id: string }): ReactNode {
  const { t } = useTranslation();
  const [consent, setConsent] = useState<'given' | 'refused'>('given');
  const enter = useStep<EntryFields>(id, ({ consentOf, evidence = '' }, key) =>
    take(
      collections.POST('/v1/visits/{id}/entry', {
        params: paramsOf(id, key),
        body: { consent, consentOf: consentOf.trim(), ...(evidence.trim() !== '' && { evidence: evidence.trim() }) },
      }),
    ),
  );
  return (
    <Form<EntryFields> layout="vertical" onFinish={(values) => enter.mutate(values)}>
      <p className="fb-first">{t('visit.entryHelp')}</p>
      <Choice
        label={t('visit.consent')}
        value={consent}
        onChange={setConsent}
        options={(['given', 'refused'] as const).map((value) => ({ value, label: t(`visit.consentSaid.${value}`) }))}
      />
      <Form.Item
        name="consentOf"
        label={t('visit.consentOf')}
        rules={[{ required: true, whitespace: true, message: t('visit.consentOfNeeded') }]}
      >
        <Input maxLength={500} />
      </Form.Item>
      {consent === 'given' && (
        <Form.Item
          name="evidence"
          label={t('visit.evidence')}
          rules={[{ required: true, whitespace: true, message: t('visit.evidenceNeeded') }]}
        >
          <Input maxLength={1000} />
        </Form.Item>
      )}
      <Button htmlType="submit" loading={enter.isPending}>
        {t('visit.noteEntry')}
      </Button>
      {enter.error && <ProblemAlert error={enter.error} />}
    </Form>
  );
}

function Leave({ id }: { readonly id: string }): ReactNode {
  const { t } = useTranslation();
  const leave = useStep<void>(id, (_nothing, key) =>
    take(collections.POST('/v1/visits/{id}/leaving', { params: paramsOf(id, key), body: {} })),
  );
  return (
    <>
      <Button onClick={() => leave.mutate()} loading={leave.isPending}>
        {t('visit.leave')}
      </Button>
      {leave.error && <ProblemAlert error={leave.error} />}
    </>
  );
}

function Photos({ visit, mayAdd }: { readonly visit: VisitView; readonly mayAdd: boolean }): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [place, setPlace] = useState<(typeof PLACES)[number]>('outside');
  const sending = useUpload<VisitView>(`/api/collections/v1/visits/${visit.id}/photos`);
  const send = async (file: File): Promise<void> => {
    const next = await sending.send(file, { place });
    if (next) queries.setQueryData(['visit', visit.id], next);
  };
  return (
    <Section title={t('visit.photos')}>
      {visit.photos.length === 0 && <p className="fb-soft fb-first">{t('visit.noPhotos')}</p>}
      <ul className="fb-plain">
        {visit.photos.map((photo) => (
          <li key={photo.id}>
            <a href={`/api/collections/v1/visits/${visit.id}/photos/${photo.id}`} target="_blank" rel="noreferrer">
              {t(`visit.place.${photo.place}`)}
            </a>{' '}
            <Instant at={photo.takenAt} withRelative={false} /> <span className="fb-soft">{photo.by}</span>
          </li>
        ))}
      </ul>
      {mayAdd && (
        <>
          <Choice
            label={t('visit.placeOf')}
            value={place}
            onChange={setPlace}
            options={PLACES.map((value) => ({ value, label: t(`visit.place.${value}`) }))}
          />
          <UploadDrop accept={PICTURES} file={null} progress={sending.progress} onFile={(file) => void send(file)} onStop={sending.stop} />
        </>
      )}
      {sending.problem && <ProblemAlert error={sending.problem} />}
    </Section>
  );
}

function VisitFacts({ visit }: { readonly visit: VisitView }): ReactNode {
  const { t } = useTranslation();
  const at = (instant: string | null): ReactNode => (instant === null ? t('common.none') : <Instant at={instant} withRelative={false} />);
  return (
    <Section title={t('visit.facts')}>
      <Facts
        items={[
          { label: t('worklist.case'), value: <CaseLink caseId={visit.caseId} /> },
          { label: t('visit.collectors'), value: visit.collectorIds.join(t('common.listSeparator')) },
          { label: t('visit.plannedFor'), value: at(visit.plannedFor) },
          { label: t('visit.permitUntil'), value: at(visit.permitExpiresAt) },
          { label: t('visit.arrivedAt'), value: at(visit.arrivedAt) },
          {
            label: t('visit.identityShownAt'),
            value: (
              <>
                {at(visit.identityShownAt)} {visit.shownTo}
              </>
            ),
          },
          {
            label: t('visit.consent'),
            value:
              visit.consent === null ? (
                t('visit.notAsked')
              ) : (
                <>
                  {t(`visit.consentSaid.${visit.consent}`)} {visit.consentOf} {visit.consentEvidence}
                </>
              ),
          },
          { label: t('visit.leftAt'), value: at(visit.leftAt) },
        ]}
      />
    </Section>
  );
}

function Steps({ visit }: { readonly visit: VisitView }): ReactNode {
  const { t } = useTranslation();
  const { id, state, identityShownAt, consent } = visit;
  const outcome = `/cases/${encodeURIComponent(visit.caseId)}/attempts/${visit.attemptId}?way=visit`;
  return (
    <Section title={t('visit.nextStep')}>
      {(state === 'planned' || (state === 'arrived' && identityShownAt === null)) && <Arrive id={id} />}
      {state === 'arrived' && identityShownAt !== null && consent === null && <Enter id={id} />}
      {state === 'arrived' && <Leave id={id} />}
      {state !== 'planned' && state !== 'lapsed' && (
        <p>
          <Link to={outcome}>{t(state === 'done' ? 'visit.seeOutcome' : 'visit.reportOutcome')}</Link>
        </p>
      )}
      {state === 'lapsed' && <p className="fb-first">{t('visit.lapsedHelp')}</p>}
    </Section>
  );
}

/** A visit step by step, for a phone at the door. */
export function VisitPage(): ReactNode {
  const { t } = useTranslation();
  const { id = '' } = useParams();
  const mayGo = useMay('collections.noteArrival');
  const {
    data: visit,
    error,
    refetch,
  } = useQuery({
    queryKey: ['visit', id],
    queryFn: ({ signal }) => take(collections.GET('/v1/visits/{id}', { params: { path: { id } }, signal })),
  });
  const back = { to: '/visits', label: t('visit.title') };
  if (error) {
    return (
      <>
        <PageHeader title={t('visit.one')} back={back} />
        <ProblemAlert error={error} onRetry={() => void refetch()} />
      </>
    );
  }
  if (!visit) return <PageLoading />;
  return (
    <>
      <PageHeader title={t('visit.one')} back={back} aside={<VisitState visit={visit} />} />
      <div className="fb-columns">
        <div>
          {mayGo && <Steps visit={visit} />}
          <Photos visit={visit} mayAdd={mayGo && (visit.state === 'arrived' || visit.state === 'left')} />
        </div>
        <VisitFacts visit={visit} />
      </div>
    </>
  );
}
