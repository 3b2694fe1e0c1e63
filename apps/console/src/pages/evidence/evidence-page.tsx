import { useMutation } from '@tanstack/react-query';
import { Button, Input, InputNumber, Segmented, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'react-router';
import { useName } from '../../i18n/use-name.ts';
import { DataTable, MoreRows } from '../../ui/data-table.tsx';
import { Field } from '../../ui/field.tsx';
import { Instant } from '../../ui/instant.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { Section } from '../../ui/section.tsx';
import { READER_ZONE } from '../../ui/time.ts';
import { usePages } from '../../ui/use-pages.ts';
import { usePerson } from '../../ui/use-person.ts';
import { exportAddress, isKind, KINDS, listHeads, listKeys, listRecords, proveConsistency, type Kind, type RecordFilter } from './api.ts';
import { checkHeads } from './check.ts';
import './evidence.css';
import { Outcomes } from './outcomes.tsx';
import { isService, SERVICES, type Service } from '../../api/service.ts';

const REFRESH_MS = 30_000;

function Heads({ service }: { readonly service: Service }): ReactNode {
  const { t } = useTranslation();
  const heads = usePages(['evidence', 'heads', service], (cursor, signal) => listHeads(service, cursor, signal), {
    refetchInterval: REFRESH_MS,
  });
  const [newest] = heads.items;
  return (
    <Section title={t('evidence.heads')}>
      <p className="fb-hint">{t('evidence.headsHelp')}</p>
      {newest && (
        <p>
          {t('evidence.age')} <Instant at={newest.at} timeZone={READER_ZONE} withSeconds />
        </p>
      )}
      {heads.error && <ProblemAlert error={heads.error} onRetry={heads.retry} />}
      <DataTable
        label={t('evidence.heads')}
        rows={heads.items}
        rowKey={({ size }) => size}
        isLoading={heads.isLoading}
        empty={{ title: t('evidence.noHeads'), help: t('evidence.noHeadsHelp') }}
        columns={[
          { key: 'size', title: t('evidence.size'), onCard: 'head', render: ({ size }) => size },
          { key: 'at', title: t('evidence.at'), render: ({ at }) => <Instant at={at} timeZone={READER_ZONE} withSeconds /> },
          { key: 'root', title: t('evidence.root'), render: ({ rootHash }) => <code className="fb-id">{rootHash}</code> },
          { key: 'key', title: t('evidence.key'), render: ({ keyId }) => <code>{keyId}</code> },
        ]}
      />
      <MoreRows {...heads.more} />
    </Section>
  );
}

function Records({ service, filter }: { readonly service: Service; readonly filter: RecordFilter }): ReactNode {
  const { t } = useTranslation();
  const name = useName();
  const person = usePerson();
  const { about } = filter;
  const found = usePages(['evidence', 'records', service, filter], (cursor, signal) => listRecords(service, filter, cursor, signal));
  const open = about !== undefined && <Link to={`/evidence/${service}/${encodeURIComponent(about)}`}>{t('evidence.openRecord')}</Link>;
  if (found.error) return <ProblemAlert error={found.error} onRetry={found.retry} />;
  return (
    <>
      <DataTable
        label={t('evidence.records')}
        rows={found.items}
        rowKey={({ id }) => id}
        isLoading={found.isLoading}
        empty={{
          title: t('evidence.noneFound'),
          help: t(about === undefined ? 'evidence.noHeadsHelp' : 'evidence.noneFoundHelp'),
          action: open,
        }}
        columns={[
          {
            key: 'kind',
            title: t('evidence.kind'),
            onCard: 'head',
            render: ({ id, kind }) => <Link to={`/evidence/${service}/${id}`}>{name('evidence.kindName', kind)}</Link>,
          },
          { key: 'actor', title: t('evidence.actor'), render: ({ actor }) => person(actor) },
          { key: 'at', title: t('evidence.recordedAt'), render: ({ at }) => <Instant at={at} timeZone={READER_ZONE} withSeconds /> },
          { key: 'place', title: t('evidence.place'), align: 'end', render: ({ position }) => position ?? t('evidence.notSealed') },
        ]}
      />
      <MoreRows {...found.more} />
      {found.items.length > 0 && open && <p>{open}</p>}
    </>
  );
}

interface FindProps {
  readonly service: Service;
  readonly filter: RecordFilter;
  readonly onFilter: (filter: RecordFilter) => void;
}

/** The records, the newest first; those of a kind, or those that an id leads to. */
function Find({ service, filter, onFilter }: FindProps): ReactNode {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(filter.about ?? '');
  return (
    <Section title={t('evidence.records')}>
      <form
        className="fb-evidence-form"
        onSubmit={(event) => {
          event.preventDefault();
          onFilter(typed.trim() === '' ? {} : { about: typed.trim() });
        }}
      >
        <Field label={t('evidence.id')} help={t('evidence.findHelp')}>
          {(ids) => <Input {...ids} value={typed} maxLength={36} allowClear onChange={({ target }) => setTyped(target.value)} />}
        </Field>
        <Button htmlType="submit">{t('evidence.search')}</Button>
        <Field label={t('evidence.kind')}>
          {(ids) => (
            <Select<Kind | ''>
              {...ids}
              className="fb-select"
              value={filter.kind ?? ''}
              onChange={(kind) => onFilter(kind === '' ? {} : { kind })}
              options={[
                { value: '', label: t('common.all') },
                ...KINDS.map((value) => ({ value, label: t(`evidence.kindName.${value}`) })),
              ]}
            />
          )}
        </Field>
      </form>
      <Records service={service} filter={filter} />
    </Section>
  );
}

function Compare({ service }: { readonly service: Service }): ReactNode {
  const { t } = useTranslation();
  const [from, setFrom] = useState<number | null>(null);
  const [to, setTo] = useState<number | null>(null);
  const check = useMutation({
    mutationFn: async (sizes: { readonly from: number; readonly to: number }) => {
      const shown = await proveConsistency(service, sizes.from, sizes.to);
      return { shown, checked: await checkHeads(shown, (await listKeys(service)).items) };
    },
  });
  return (
    <Section title={t('evidence.compare')}>
      <p className="fb-hint">{t('evidence.compareHelp')}</p>
      <div className="fb-evidence-form">
        <Field label={t('evidence.from')}>{(ids) => <InputNumber {...ids} min={1} precision={0} value={from} onChange={setFrom} />}</Field>
        <Field label={t('evidence.to')}>{(ids) => <InputNumber {...ids} min={1} precision={0} value={to} onChange={setTo} />}</Field>
        <Button
          loading={check.isPending}
          disabled={from === null || to === null}
          onClick={() => from !== null && to !== null && check.mutate({ from, to })}
        >
          {t('evidence.check')}
        </Button>
      </div>
      {check.error && <ProblemAlert error={check.error} />}
      {check.data && (
        <Outcomes
          checks={(['consistent', 'signed'] as const).map((what) => ({ what, outcome: check.data.checked[what] }))}
          means={(outcome) => t(`evidence.meansHeads.${outcome}`)}
          keyId={check.data.shown.to.keyId}
        />
      )}
    </Section>
  );
}

function Export({ service }: { readonly service: Service }): ReactNode {
  const { t } = useTranslation();
  const [from, setFrom] = useState<number | null>(null);
  const [to, setTo] = useState<number | null>(null);
  return (
    <Section title={t('evidence.export')}>
      <p className="fb-hint">{t('evidence.exportHelp')}</p>
      <div className="fb-evidence-form">
        <Field label={t('evidence.exportFrom')}>
          {(ids) => <InputNumber {...ids} min={0} precision={0} value={from} onChange={setFrom} />}
        </Field>
        <Field label={t('evidence.exportTo')}>{(ids) => <InputNumber {...ids} min={0} precision={0} value={to} onChange={setTo} />}</Field>
        <Button href={exportAddress(service, String(from ?? ''), String(to ?? ''))} download>
          {t('evidence.download')}
        </Button>
      </div>
      <h3>{t('evidence.offline')}</h3>
      <p>{t('evidence.offlineSteps')}</p>
      <pre className="fb-evidence-record">npm run -s verify-evidence -- export.ndjson --key pub.pem --earlier head.json</pre>
    </Section>
  );
}

/** The evidence log of a service: its heads, a record of it, two heads compared, an export. */
export function EvidencePage(): ReactNode {
  const { t } = useTranslation();
  const [search, setSearch] = useSearchParams();
  const named = search.get('service');
  const service = isService(named) ? named : 'collections';
  const [about, kind] = [search.get('about'), search.get('kind')];
  const filter: RecordFilter = about !== null ? { about } : isKind(kind) ? { kind } : {};
  return (
    <>
      <PageHeader title={t('evidence.title')} lead={t('evidence.lead')} />
      <div className="fb-list-filter">
        <Segmented
          aria-label={t('evidence.service')}
          value={service}
          options={SERVICES.map((one) => ({ value: one, label: t(`evidence.serviceName.${one}`) }))}
          onChange={(one) => setSearch({ service: one })}
        />
      </div>
      <Find key={`find ${service} ${about ?? ''}`} service={service} filter={filter} onFilter={(next) => setSearch({ service, ...next })} />
      <Compare key={`compare ${service}`} service={service} />
      <Export key={`export ${service}`} service={service} />
      <Heads service={service} />
    </>
  );
}
