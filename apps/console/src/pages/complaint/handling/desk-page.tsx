import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../../session/session.ts';
import { DataTable, type Column } from '../../../ui/data-table.tsx';
import { Empty } from '../../../ui/empty.tsx';
import { PageHeader } from '../../../ui/page-header.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { ReasonDialog } from '../../../ui/reason-dialog.tsx';
import { Section } from '../../../ui/section.tsx';
import { StateTag } from '../../../ui/state-tag.tsx';
import { useAgencyName } from '../../../ui/use-agency-name.ts';
import { useKeyFor } from '../use-key.ts';
import { cancelAbsence, handOver, membersQuery, unitsQuery, type Member, type Unit } from './api.ts';
import './handling.css';
import { AbsenceDialog, MemberDialog, UnitDialog } from './member-dialogs.tsx';
import { Changes, RuleSection } from './rule-section.tsx';
import { HandlingTabs } from './tabs.tsx';
import { useDone } from './use-done.ts';
import { useMemberName, useUnitName } from './use-names.ts';

interface TreeProps {
  readonly units: readonly Unit[];
  readonly parent: string | null;
  readonly onEdit: ((unit: Unit) => void) | null;
}

/** Units below their superior institution. */
function Tree({ units, parent, onEdit }: TreeProps): ReactNode {
  const { t } = useTranslation();
  const unitName = useUnitName();
  const here = units.filter((unit) => unit.parent === parent);
  if (here.length === 0) return null;
  return (
    <ul className={parent === null ? 'fb-unit-tree' : undefined}>
      {here.map((unit) => (
        <li key={unit.code}>
          <div className="fb-handling-head">
            <strong>{unitName(unit.code)}</strong>
            <span className="fb-soft">
              {unit.code} · {t(`handling.desk.kinds.${unit.kind}`)} · {t('handling.desk.count', { count: unit.members })}
            </span>
            {unit.contact !== null && <span className="fb-soft">{unit.contact}</span>}
            {unit.retired && <StateTag tone="quiet">{t('handling.desk.retired')}</StateTag>}
            {onEdit && (
              <Button type="link" size="small" onClick={() => onEdit(unit)}>
                {t('handling.desk.editUnit')}
              </Button>
            )}
          </div>
          <Tree units={units} parent={unit.code} onEdit={onEdit} />
        </li>
      ))}
    </ul>
  );
}

function Units({ mayKeep }: { readonly mayKeep: boolean }): ReactNode {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(unitsQuery);
  const [open, setOpen] = useState<Unit | 'new' | null>(null);
  return (
    <Section
      title={t('handling.desk.units')}
      aside={mayKeep && <Button onClick={() => setOpen('new')}>{t('handling.desk.addUnit')}</Button>}
    >
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      {data?.items.length === 0 && <Empty title={t('handling.desk.unitsEmpty')} help={t('handling.desk.unitsHelp')} />}
      <Tree units={data?.items ?? []} parent={null} onEdit={mayKeep ? setOpen : null} />
      {open !== null && <UnitDialog unit={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </Section>
  );
}

type Open = { readonly what: 'edit' | 'absence' | 'handover'; readonly member: Member } | 'new' | null;

function Absences({ member, mayKeep }: { readonly member: Member; readonly mayKeep: boolean }): ReactNode {
  const { t } = useTranslation();
  const cancel = useDone(cancelAbsence, ['desk']);
  return (
    <>
      {member.absences.map(({ id, from, to, reason }) => (
        <div key={id}>
          {from} – {to} {reason !== null && <span className="fb-soft">{reason}</span>}
          {mayKeep && (
            <Button type="link" size="small" loading={cancel.isPending} onClick={() => cancel.mutate(id)}>
              {t('handling.desk.cancelAbsence')}
            </Button>
          )}
        </div>
      ))}
      {cancel.error && <ProblemAlert error={cancel.error} />}
    </>
  );
}

function useMemberColumns(mayKeep: boolean, onOpen: (open: Open) => void): Column<Member>[] {
  const { t } = useTranslation();
  const unitName = useUnitName();
  const memberName = useMemberName();
  const agencyName = useAgencyName();
  const mayHandOver = useMay('complaints.handOverComplaints');
  return [
    {
      key: 'name',
      title: t('handling.desk.name'),
      onCard: 'head',
      render: (member) => (
        <>
          <strong>{memberName(member.subject)}</strong>
          <div className="fb-soft">{member.subject}</div>
          {member.away && <StateTag tone="wait">{t('handling.desk.away')}</StateTag>}
          {!member.active && <StateTag tone="quiet">{t('handling.desk.left')}</StateTag>}
        </>
      ),
    },
    {
      key: 'unit',
      title: t('handling.desk.unit'),
      render: ({ unit, agencyId }) => (agencyId === null ? unit && unitName(unit) : agencyName(agencyId)),
    },
    { key: 'manager', title: t('handling.desk.manager'), render: ({ manager }) => manager && memberName(manager) },
    {
      key: 'skills',
      title: t('handling.desk.areas'),
      render: ({ areas, causes, channels, languages }) => [...areas, ...causes, ...channels, ...languages].join(t('common.listSeparator')),
    },
    { key: 'capacity', title: t('handling.desk.capacity'), align: 'end', render: ({ dailyCapacity }) => dailyCapacity },
    { key: 'absences', title: t('handling.desk.absences'), render: (member) => <Absences member={member} mayKeep={mayKeep} /> },
    ...(mayKeep
      ? [
          {
            key: 'do',
            title: t('handling.desk.expand'),
            render: (member: Member) => (
              <div className="fb-row">
                <Button size="small" onClick={() => onOpen({ what: 'edit', member })}>
                  {t('handling.desk.editMember')}
                </Button>
                <Button size="small" onClick={() => onOpen({ what: 'absence', member })}>
                  {t('handling.desk.addAbsence')}
                </Button>
                {mayHandOver && (member.away || !member.active) && (
                  <Button size="small" onClick={() => onOpen({ what: 'handover', member })}>
                    {t('handling.desk.handover')}
                  </Button>
                )}
              </div>
            ),
          },
        ]
      : []),
  ];
}

function HandOver({ member, onClose }: { readonly member: Member; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const keyFor = useKeyFor();
  const over = useDone((reason: string) => handOver(member.subject, { reason }, keyFor({ reason, of: member.subject })), ['complaints']);
  if (over.data)
    return (
      <p role="status">
        {t('handling.desk.moved', { moved: over.data.moved, left: over.data.left })}{' '}
        <Button type="link" size="small" onClick={onClose}>
          {t('common.close')}
        </Button>
      </p>
    );
  return (
    <ReasonDialog
      title={t('handling.desk.handover')}
      help={t('handling.desk.handoverHelp')}
      label={t('handling.desk.handoverReason')}
      needed={t('handling.desk.handoverNeeded')}
      confirm={t('handling.desk.handover')}
      isSending={over.isPending}
      error={over.error}
      onSend={(reason) => over.mutate(reason)}
      onClose={onClose}
    />
  );
}

function Members({ mayKeep }: { readonly mayKeep: boolean }): ReactNode {
  const { t } = useTranslation();
  const [all, setAll] = useState(false);
  const [open, setOpen] = useState<Open>(null);
  const { data, error, isPending, refetch } = useQuery(membersQuery(all));
  const columns = useMemberColumns(mayKeep, setOpen);
  const close = (): void => setOpen(null);
  return (
    <Section
      title={t('handling.desk.members')}
      aside={mayKeep && <Button onClick={() => setOpen('new')}>{t('handling.desk.addMember')}</Button>}
    >
      <Checkbox checked={all} onChange={(event) => setAll(event.target.checked)}>
        {t('handling.desk.all')}
      </Checkbox>
      {error && <ProblemAlert error={error} onRetry={() => void refetch()} />}
      <DataTable
        label={t('handling.desk.members')}
        columns={columns}
        rows={data?.items ?? []}
        rowKey={({ subject }) => subject}
        isLoading={isPending}
        empty={{ title: t('handling.desk.membersEmpty'), help: t('handling.desk.membersHelp') }}
      />
      {open === 'new' && <MemberDialog member={null} onClose={close} />}
      {open !== null && open !== 'new' && open.what === 'edit' && <MemberDialog member={open.member} onClose={close} />}
      {open !== null && open !== 'new' && open.what === 'absence' && <AbsenceDialog member={open.member} onClose={close} />}
      {open !== null && open !== 'new' && open.what === 'handover' && <HandOver member={open.member} onClose={close} />}
    </Section>
  );
}

/** Who works on complaints, where they stand, when they are away, and how complaints are given out. */
export function DeskPage(): ReactNode {
  const { t } = useTranslation();
  const mayKeep = useMay('complaints.putDeskMember');
  const maySeeRule = useMay('complaints.findAssignmentRule');
  const maySeeChanges = useMay('complaints.listDeskChanges');
  return (
    <>
      <PageHeader title={t('handling.desk.title')} lead={t('handling.desk.lead')} />
      <HandlingTabs />
      <Members mayKeep={mayKeep} />
      <Units mayKeep={mayKeep} />
      {maySeeRule && <RuleSection mayKeep={mayKeep} />}
      {maySeeChanges && <Changes />}
    </>
  );
}
