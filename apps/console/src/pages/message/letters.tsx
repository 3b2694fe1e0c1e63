import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Input, Modal, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { collections, newKey, take } from '../../api/client.ts';
import { useMay } from '../../session/session.ts';
import { DataTable, MoreRows, type Column } from '../../ui/data-table.tsx';
import { Field } from '../../ui/field.tsx';
import { Instant } from '../../ui/instant.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { READER_ZONE } from '../../ui/time.ts';
import { usePages } from '../../ui/use-pages.ts';
import { usePerson } from '../../ui/use-person.ts';
import { fileOf, LETTERS, listBatches, listLetters, type Batch, type Letter } from './api.ts';
import { DeliveryState, MessageTabs } from './bits.tsx';

const STATES = ['queued', 'printed', 'sent', 'delivered', 'returned', 'failed'] as const;
type Step = 'posted' | 'delivered' | 'returned';

const stepsOf = (state: Letter['state']): readonly Step[] =>
  state === 'printed' ? ['posted'] : state === 'sent' ? ['delivered', 'returned'] : state === 'delivered' ? ['returned'] : [];

function TrackDialog({ letter, step, onClose }: { readonly letter: Letter; readonly step: Step; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [key] = useState(newKey);
  const [trackingNo, setTrackingNo] = useState('');
  const track = useMutation({
    mutationFn: () =>
      take(
        collections.POST('/v1/letters/{id}/tracking', {
          body: { state: step, trackingNo: trackingNo.trim() || null },
          params: { path: { id: letter.id }, header: { 'Idempotency-Key': key } },
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: LETTERS });
      onClose();
    },
  });
  return (
    <Modal
      open
      title={t('message.letters.trackTitle', { step: t(`message.letters.${step}`) })}
      onCancel={onClose}
      onOk={() => track.mutate()}
      okText={t(`message.letters.${step}`)}
      okButtonProps={{ loading: track.isPending }}
      cancelText={t('common.cancel')}
    >
      {step === 'posted' && (
        <Field label={t('message.letters.tracking')}>
          {(ids) => <Input {...ids} maxLength={64} value={trackingNo} onChange={({ target }) => setTrackingNo(target.value)} />}
        </Field>
      )}
      {track.error && <ProblemAlert error={track.error} />}
    </Modal>
  );
}

function Actions({ letter }: { readonly letter: Letter }): ReactNode {
  const { t } = useTranslation();
  const mayTrack = useMay('collections.trackLetter');
  const mayRead = useMay('collections.getLetter');
  const [step, setStep] = useState<Step | null>(null);
  return (
    <div className="fb-row">
      {mayRead && (
        <a href={fileOf(`/v1/letters/${letter.id}/pdf`)} target="_blank" rel="noreferrer">
          {t('message.letters.pdf')}
        </a>
      )}
      {mayTrack &&
        stepsOf(letter.state).map((each) => (
          <Button key={each} size="small" onClick={() => setStep(each)}>
            {t(`message.letters.${each}`)}
          </Button>
        ))}
      {step && <TrackDialog letter={letter} step={step} onClose={() => setStep(null)} />}
    </div>
  );
}

function useColumns(): Column<Letter>[] {
  const { t } = useTranslation();
  return [
    {
      key: 'number',
      title: t('message.letters.column.number'),
      onCard: 'head',
      render: ({ number }) => number ?? <span className="fb-soft">{t('message.letters.unnumbered')}</span>,
    },
    {
      key: 'case',
      title: t('message.letters.column.case'),
      render: ({ caseId }) => <Link to={`/cases/${encodeURIComponent(caseId)}`}>{caseId}</Link>,
    },
    { key: 'state', title: t('message.letters.column.state'), onCard: 'corner', render: ({ state }) => <DeliveryState state={state} /> },
    {
      key: 'until',
      title: t('message.letters.column.until'),
      render: ({ state, permitExpiresAt }) =>
        state === 'queued' && permitExpiresAt !== null ? (
          <Instant at={permitExpiresAt} />
        ) : (
          <span className="fb-soft">{t('common.none')}</span>
        ),
    },
    { key: 'tracking', title: t('message.letters.column.tracking'), render: ({ trackingNo }) => trackingNo ?? t('common.none') },
    { key: 'actions', title: t('message.letters.column.actions'), render: (letter) => <Actions letter={letter} /> },
  ];
}

function Print(): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [key, setKey] = useState(newKey);
  const print = useMutation({
    mutationFn: () => take(collections.POST('/v1/letter-batches', { body: {}, params: { header: { 'Idempotency-Key': key } } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: LETTERS }),
    onSettled: () => setKey(newKey()),
  });
  return (
    <div>
      <Button type="primary" loading={print.isPending} onClick={() => print.mutate()}>
        {t('message.letters.print')}
      </Button>
      {print.data && (
        <Alert
          type="success"
          title={t('message.letters.printed', { count: print.data.letters })}
          description={
            <a href={fileOf(`/v1/letter-batches/${print.data.id}/pdf`)} target="_blank" rel="noreferrer">
              {t('message.letters.batchPdf')}
            </a>
          }
        />
      )}
      {print.error && <ProblemAlert error={print.error} />}
    </div>
  );
}

function Batches(): ReactNode {
  const { t } = useTranslation();
  const person = usePerson();
  const mayPrint = useMay('collections.printLetters');
  const pages = usePages([...LETTERS, 'batches'], listBatches);
  const columns: Column<Batch>[] = [
    {
      key: 'made',
      title: t('message.letters.batchColumn.made'),
      onCard: 'head',
      render: ({ madeAt }) => <Instant at={madeAt} timeZone={READER_ZONE} />,
    },
    { key: 'by', title: t('message.letters.batchColumn.by'), render: ({ madeBy }) => person(madeBy) },
    { key: 'letters', title: t('message.letters.batchColumn.letters'), align: 'end', render: ({ letters }) => letters },
    {
      key: 'file',
      title: t('message.letters.batchColumn.file'),
      render: ({ id }) =>
        mayPrint && (
          <a href={fileOf(`/v1/letter-batches/${id}/pdf`)} target="_blank" rel="noreferrer">
            {t('message.letters.batchPdf')}
          </a>
        ),
    },
  ];
  return (
    <Section title={t('message.letters.batches')}>
      {pages.error ? (
        <ProblemAlert error={pages.error} onRetry={pages.retry} />
      ) : (
        <DataTable
          label={t('message.letters.batches')}
          columns={columns}
          rows={pages.items}
          rowKey={({ id }) => id}
          isLoading={pages.isLoading}
          empty={{ title: t('message.letters.noBatches') }}
        />
      )}
      <MoreRows {...pages.more} />
    </Section>
  );
}

/** Letters that wait to be printed, and where the others are. */
export function LettersPage(): ReactNode {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const state = STATES.find((each) => each === search.get('state'));
  const mayPrint = useMay('collections.printLetters');
  const columns = useColumns();
  const pages = usePages([...LETTERS, 'list', state], (cursor, signal) => listLetters(state, cursor, signal));
  return (
    <>
      <PageHeader title={t('message.letters.title')} lead={t('message.letters.lead')} />
      <MessageTabs />
      {mayPrint && <Print />}
      <div className="fb-row fb-list-filter">
        <Select
          className="fb-select"
          aria-label={t('message.letters.state')}
          value={state ?? ''}
          onChange={(value: string) => setSearch(value === '' ? {} : { state: value }, { replace: true })}
          options={[
            { value: '', label: `${t('message.letters.state')}: ${t('common.all')}` },
            ...STATES.map((value) => ({ value, label: t(`message.delivery.${value}`) })),
          ]}
        />
      </div>
      {pages.error ? (
        <ProblemAlert error={pages.error} onRetry={pages.retry} />
      ) : (
        <>
          <DataTable
            label={t('message.letters.list')}
            columns={columns}
            rows={pages.items}
            rowKey={({ id }) => id}
            isLoading={pages.isLoading}
            empty={{ title: t('message.letters.empty'), help: t('message.letters.emptyHelp') }}
          />
          <MoreRows {...pages.more} />
        </>
      )}
      <Batches />
    </>
  );
}
