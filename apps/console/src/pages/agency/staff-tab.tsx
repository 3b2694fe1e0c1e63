import { Button, Dropdown } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { AgencyView } from '../../api/models.ts';
import { useMay, useSession } from '../../session/session.ts';
import { DataTable, MoreRows, type Column } from '../../ui/data-table.tsx';
import { Masked } from '../../ui/masked.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { StateTag } from '../../ui/state-tag.tsx';
import { usePages } from '../../ui/use-pages.ts';
import { AGENCIES } from './api.ts';
import { listStaff, type Staff } from './registry-api.ts';
import { hasWaiting, StaffDialog, type StaffAct } from './staff-dialog.tsx';

function State({ staff }: { readonly staff: Staff }): ReactNode {
  const { t } = useTranslation();
  const separator = t('common.listSeparator');
  return (
    <div className="fb-standing">
      {staff.fit ? (
        <StateTag tone="good">{t('registry.staff.fit')}</StateTag>
      ) : (
        <StateTag tone={staff.active ? 'bad' : 'quiet'}>
          {staff.unfit.map((why) => t(`registry.staff.unfit.${why}`)).join(separator)}
        </StateTag>
      )}
      {staff.gaps.length > 0 && <span className="fb-soft">{staff.gaps.map((gap) => t(`registry.staff.gap.${gap}`)).join(separator)}</span>}
    </div>
  );
}

function useColumns(isMasked: boolean, onAct: ((staff: Staff, act: StaffAct) => void) | null, isBank: boolean): Column<Staff>[] {
  const { t } = useTranslation();
  const actsFor = (staff: Staff): StaffAct[] => [
    ...(isBank && staff.identity === null ? (['check'] as const) : []),
    'addCertificate',
    ...(isBank && hasWaiting(staff) ? (['confirm'] as const) : []),
    'setSeat',
    'leave',
  ];
  return [
    {
      key: 'id',
      title: t('registry.staff.id'),
      onCard: 'head',
      render: ({ collectorId }) => <span className="fb-unbroken">{collectorId}</span>,
    },
    { key: 'name', title: t('registry.staff.name'), onCard: 'head', render: ({ name }) => <Masked value={name} isMasked={isMasked} /> },
    { key: 'state', title: t('registry.staff.state'), render: (staff) => <State staff={staff} /> },
    {
      key: 'identity',
      title: t('registry.staff.identity'),
      // A file that the bank has sent proves who is in it.
      render: ({ identity, active, unfit }) =>
        identity ? (
          t(`registry.staff.way.${identity.how}`)
        ) : (
          <span className="fb-soft">
            {t(active && !unfit.includes('identity-unchecked') ? 'registry.staff.ofFile' : 'registry.staff.unchecked')}
          </span>
        ),
    },
    {
      key: 'certificate',
      title: t('registry.staff.certificate'),
      render: ({ certificates }) =>
        certificates.every(({ revoked }) => revoked)
          ? '–'
          : certificates
              .filter(({ revoked }) => !revoked)
              .map(({ id, number, validTo, confirmedBy }) => (
                <div key={id}>
                  {number ?? t('registry.staff.ofFile')} · <span className="fb-unbroken">{validTo}</span>{' '}
                  {confirmedBy === null && <span className="fb-soft">{t('registry.staff.unconfirmed')}</span>}
                </div>
              )),
    },
    { key: 'seat', title: t('registry.staff.seat'), render: ({ seat }) => <span className="fb-unbroken">{seat?.seatId ?? '–'}</span> },
    { key: 'devices', title: t('agency.page.devices'), render: ({ deviceIds }) => deviceIds.join(t('common.listSeparator')) || '–' },
    {
      key: 'trained',
      title: t('registry.staff.lastTrained'),
      render: ({ lastTrainedOn }) => <span className="fb-unbroken">{lastTrainedOn ?? '–'}</span>,
    },
    ...(onAct
      ? [
          {
            key: 'acts',
            title: t('registry.actions'),
            render: (staff: Staff) =>
              staff.active && (
                <Dropdown
                  trigger={['click']}
                  menu={{
                    items: actsFor(staff).map((key) => ({ key, label: t(`registry.staff.${key}`), danger: key === 'leave' })),
                    onClick: ({ key }) => onAct(staff, key as StaffAct),
                  }}
                >
                  <Button>{t('registry.actions')}</Button>
                </Dropdown>
              ),
          },
        ]
      : []),
  ];
}

/** Who collects for the agency, and why somebody may not. */
export function StaffTab({ agency }: { readonly agency: AgencyView }): ReactNode {
  const { t } = useTranslation();
  const { agencyId } = agency;
  const mayWrite = useMay('collections.registerAgencyStaff');
  const isBank = useSession().agencyId === null;
  const [open, setOpen] = useState<{ act: StaffAct; staff: Staff | null } | null>(null);
  const columns = useColumns(agency.masked, mayWrite ? (staff, act) => setOpen({ staff, act }) : null, isBank);
  const pages = usePages([...AGENCIES, agencyId, 'staff'], listStaff(agencyId));
  const add = mayWrite && (
    <Button type="primary" onClick={() => setOpen({ act: 'add', staff: null })}>
      {t('registry.staff.add')}
    </Button>
  );
  if (pages.error) return <ProblemAlert error={pages.error} onRetry={pages.retry} />;
  return (
    <>
      {pages.items.length > 0 && <div className="fb-list-filter">{add}</div>}
      <DataTable
        label={t('registry.tab.staff')}
        columns={columns}
        rows={pages.items}
        rowKey={({ collectorId }) => collectorId}
        isLoading={pages.isLoading}
        empty={{ title: t('registry.staff.empty'), help: t('registry.staff.emptyHelp'), action: add }}
      />
      <MoreRows {...pages.more} />
      {open && <StaffDialog agencyId={agencyId} {...open} onClose={() => setOpen(null)} />}
    </>
  );
}
