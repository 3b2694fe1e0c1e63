import { Button, Form, Input, Select } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgencyView } from '../../api/models.ts';
import { useMay } from '../../session/session.ts';
import { DataTable, MoreRows, type Column } from '../../ui/data-table.tsx';
import { MomentInput } from '../../ui/moment-input.tsx';
import { formatMoney } from '../../ui/numbers.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { usePages } from '../../ui/use-pages.ts';
import { AGENCIES } from './api.ts';
import { EntryDialog, useNeeded } from './entry-dialog.tsx';
import { amendContract, createContract, listContracts, type Contract, type ContractVersionRequest } from './registry-api.ts';

const KINDS = ['fixed-monthly', 'per-case', 'per-contact', 'share-of-recoveries', 'quality'] as const;
const CHANNELS = ['voice', 'sms', 'email', 'im', 'letter', 'visit'] as const;
const PERCENT: readonly string[] = ['share-of-recoveries', 'quality'];

interface Fields {
  readonly contractNo: string;
  readonly validFrom: string;
  readonly validTo: string;
  readonly products?: string[];
  readonly regions?: string[];
  readonly channels?: (typeof CHANNELS)[number][];
  readonly fees: readonly { readonly kind: (typeof KINDS)[number]; readonly value: string }[];
  readonly note?: string;
}

const toBody = ({ validFrom, validTo, products = [], regions = [], channels = [], fees, note }: Fields): ContractVersionRequest => ({
  validFrom,
  validTo,
  scope: { products, regions, channels },
  feeTerms: {
    currency: 'CNY',
    components: fees.map(({ kind, value }) => (PERCENT.includes(kind) ? { kind, percent: value } : { kind, amount: value })),
  },
  note: note ?? null,
});

const toFields = ({ validFrom, validTo, scope, feeTerms }: Contract): Partial<Fields> => ({
  validFrom,
  validTo,
  products: scope.products,
  regions: scope.regions,
  channels: scope.channels,
  fees: feeTerms.components.map(({ kind, amount, percent }) => ({ kind, value: amount ?? percent ?? '' })),
});

function ContractFields({ isNew }: { readonly isNew: boolean }): ReactNode {
  const { t } = useTranslation();
  const needed = useNeeded();
  return (
    <>
      {isNew && (
        <Form.Item name="contractNo" label={t('registry.contract.no')} rules={needed}>
          <Input maxLength={100} />
        </Form.Item>
      )}
      <div className="fb-halves">
        <Form.Item name="validFrom" label={t('registry.contract.from')} rules={needed}>
          <MomentInput />
        </Form.Item>
        <Form.Item name="validTo" label={t('registry.contract.to')} rules={needed}>
          <MomentInput />
        </Form.Item>
      </div>
      <Form.Item name="products" label={t('registry.contract.products')}>
        <Select mode="tags" />
      </Form.Item>
      <Form.Item name="regions" label={t('registry.contract.regions')}>
        <Select mode="tags" />
      </Form.Item>
      <Form.Item name="channels" label={t('registry.contract.channels')}>
        <Select mode="multiple" options={CHANNELS.map((value) => ({ value, label: t(`cases.register.channels.${value}`) }))} />
      </Form.Item>
      <p className="fb-hint">{t('registry.contract.feeHelp')}</p>
      <Form.List name="fees">
        {(rows, { add, remove }) => (
          <>
            {rows.map((row) => (
              <div key={row.key} className="fb-halves">
                <Form.Item name={[row.name, 'kind']} label={t('registry.contract.kind')} rules={needed}>
                  <Select options={KINDS.map((value) => ({ value, label: t(`registry.contract.feeKind.${value}`) }))} />
                </Form.Item>
                <Form.Item name={[row.name, 'value']} label={t('registry.contract.value')} rules={needed}>
                  <Input inputMode="decimal" maxLength={20} />
                </Form.Item>
                <Button onClick={() => remove(row.name)}>{t('registry.profile.remove')}</Button>
              </div>
            ))}
            <Button onClick={() => add()}>{t('registry.contract.addFee')}</Button>
          </>
        )}
      </Form.List>
      <Form.Item name="note" label={t('registry.contract.note')}>
        <Input.TextArea rows={2} maxLength={2000} />
      </Form.Item>
    </>
  );
}

function useColumns(onAmend: ((contract: Contract) => void) | null): Column<Contract>[] {
  const { t } = useTranslation();
  const or = (values: readonly string[]): string => values.join(t('common.listSeparator'));
  return [
    { key: 'no', title: t('registry.contract.no'), onCard: 'head', render: ({ contractNo, version }) => `${contractNo} v${version}` },
    {
      key: 'state',
      title: t('registry.device.state'),
      onCard: 'corner',
      render: ({ isNewest, isInForce }) =>
        isInForce ? (
          <StateTag tone="good">{t('registry.contract.inForce')}</StateTag>
        ) : (
          <StateTag tone="quiet">{isNewest ? t('registry.contract.later') : t('registry.contract.old')}</StateTag>
        ),
    },
    {
      key: 'period',
      title: t('registry.contract.period'),
      render: ({ validFrom, validTo }) => <span className="fb-unbroken">{`${validFrom} – ${validTo}`}</span>,
    },
    {
      key: 'scope',
      title: t('registry.contract.scope'),
      render: ({ scope: { products, regions, channels } }) =>
        or([...products, ...regions, ...channels.map((channel) => t(`cases.register.channels.${channel}`))]) ||
        t('registry.contract.allScope'),
    },
    {
      key: 'fee',
      title: t('registry.contract.fee'),
      render: ({ feeTerms }) =>
        feeTerms.components.map(({ kind, amount, percent }) => (
          <div key={kind}>
            {t(`registry.contract.feeOf.${kind}`)}{' '}
            <span className="fb-unbroken">
              {amount === null ? `${percent ?? 0}%` : formatMoney({ amount, currency: feeTerms.currency })}
            </span>
          </div>
        )),
    },
    { key: 'note', title: t('registry.contract.note'), render: ({ note }) => note ?? '–' },
    ...(onAmend
      ? [
          {
            key: 'amend',
            title: t('registry.actions'),
            render: (contract: Contract) =>
              contract.isNewest && <Button onClick={() => onAmend(contract)}>{t('registry.contract.amend')}</Button>,
          },
        ]
      : []),
  ];
}

/** The contracts of an agency, all versions; a fee that is a share of recoveries alone is refused by the service. */
export function ContractsTab({ agency: { agencyId } }: { readonly agency: AgencyView }): ReactNode {
  const { t } = useTranslation();
  const mayWrite = useMay('collections.createAgencyContract');
  const [open, setOpen] = useState<Contract | 'new' | null>(null);
  const columns = useColumns(mayWrite ? setOpen : null);
  const pages = usePages([...AGENCIES, agencyId, 'contracts'], listContracts(agencyId));
  const add = mayWrite && (
    <Button type="primary" onClick={() => setOpen('new')}>
      {t('registry.contract.add')}
    </Button>
  );
  if (pages.error) return <ProblemAlert error={pages.error} onRetry={pages.retry} />;
  return (
    <>
      {pages.items.length > 0 && <div className="fb-list-filter">{add}</div>}
      <DataTable
        label={t('registry.tab.contracts')}
        columns={columns}
        rows={pages.items}
        rowKey={({ id }) => id}
        isLoading={pages.isLoading}
        empty={{ title: t('registry.contract.empty'), help: t('registry.contract.emptyHelp'), action: add }}
      />
      <MoreRows {...pages.more} />
      {open && (
        <EntryDialog<Fields>
          title={open === 'new' ? t('registry.contract.add') : `${t('registry.contract.amend')} · ${open.contractNo}`}
          initial={open === 'new' ? { fees: [{ kind: 'per-case', value: '' }] } : toFields(open)}
          send={(fields, key) =>
            open === 'new'
              ? createContract(agencyId, { ...toBody(fields), contractNo: fields.contractNo }, key)
              : amendContract(agencyId, open.contractNo, toBody(fields), key)
          }
          onClose={() => setOpen(null)}
        >
          <ContractFields isNew={open === 'new'} />
        </EntryDialog>
      )}
    </>
  );
}
