import { Form, Input, Select } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { MomentInput } from '../../ui/moment-input.tsx';
import { EntryDialog, useNeeded } from './entry-dialog.tsx';
import { addCertificate, checkIdentity, confirmCertificate, leave, registerStaff, setSeat, type Staff } from './registry-api.ts';

export type StaffAct = 'add' | 'check' | 'addCertificate' | 'confirm' | 'setSeat' | 'leave';
const WAYS = ['original-seen', 'video', 'authority'] as const;

interface Fields {
  readonly collectorId: string;
  readonly name: string;
  readonly idNumber?: string;
  readonly employer?: string;
  readonly joinedOn?: string;
  readonly how: (typeof WAYS)[number];
  readonly number: string;
  readonly issuer: string;
  readonly validFrom: string;
  readonly validTo: string;
  readonly seatId?: string;
  readonly reason: string;
}

interface DialogProps {
  readonly agencyId: string;
  readonly act: StaffAct;
  readonly staff: Staff | null;
  readonly onClose: () => void;
}

const waiting = (staff: Staff | null) => staff?.certificates.find(({ confirmedBy, revoked }) => confirmedBy === null && !revoked);
export const hasWaiting = (staff: Staff): boolean => waiting(staff) !== undefined;

function send({ agencyId, act, staff }: DialogProps, fields: Fields, key: string): Promise<unknown> {
  const id = staff?.collectorId ?? '';
  const { collectorId, name, idNumber = null, employer = null, joinedOn = null, how, number, issuer, validFrom, validTo } = fields;
  switch (act) {
    case 'add':
      return registerStaff(agencyId, { collectorId, name, idNumber, employer, joinedOn }, key);
    case 'check':
      return checkIdentity(agencyId, id, { how }, key);
    case 'addCertificate':
      return addCertificate(agencyId, id, { number, issuer, validFrom, validTo }, key);
    case 'confirm':
      return confirmCertificate(agencyId, id, waiting(staff)?.id ?? '', key);
    case 'setSeat':
      return setSeat(agencyId, id, fields.seatId || null, key);
    case 'leave':
      return leave(agencyId, id, fields.reason, key);
  }
}

function FieldsOf({ act, staff }: Pick<DialogProps, 'act' | 'staff'>): ReactNode {
  const { t } = useTranslation();
  const needed = useNeeded();
  const text = (name: keyof Fields, label: string, isNeeded = true): ReactNode => (
    <Form.Item name={name} label={label} {...(isNeeded && { rules: needed })}>
      <Input maxLength={200} />
    </Form.Item>
  );
  const date = (name: keyof Fields, label: string, isNeeded = true): ReactNode => (
    <Form.Item name={name} label={label} {...(isNeeded && { rules: needed })}>
      <MomentInput />
    </Form.Item>
  );
  switch (act) {
    case 'add':
      return (
        <>
          {text('collectorId', t('registry.staff.id'))}
          {text('name', t('registry.staff.name'))}
          {text('idNumber', t('registry.staff.idNumber'), false)}
          {text('employer', t('registry.staff.employer'), false)}
          {date('joinedOn', t('registry.staff.joinedOn'), false)}
        </>
      );
    case 'check':
      return (
        <Form.Item name="how" label={t('registry.staff.how')} rules={needed}>
          <Select options={WAYS.map((value) => ({ value, label: t(`registry.staff.way.${value}`) }))} />
        </Form.Item>
      );
    case 'addCertificate':
      return (
        <>
          {text('number', t('registry.staff.number'))}
          {text('issuer', t('registry.staff.issuer'))}
          <div className="fb-halves">
            {date('validFrom', t('registry.staff.validFrom'))}
            {date('validTo', t('registry.staff.validTo'))}
          </div>
        </>
      );
    case 'confirm':
      return <p>{`${waiting(staff)?.number ?? ''} · ${waiting(staff)?.validTo ?? ''}`}</p>;
    case 'setSeat':
      return text('seatId', t('registry.staff.seat'), false);
    case 'leave':
      return (
        <Form.Item name="reason" label={t('registry.reason')} rules={needed}>
          <Input.TextArea rows={3} maxLength={2000} />
        </Form.Item>
      );
  }
}

/** One thing that is done about a collector. */
export function StaffDialog(props: DialogProps): ReactNode {
  const { act, staff, onClose } = props;
  const { t } = useTranslation();
  const help = { setSeat: t('registry.staff.seatHelp'), leave: t('registry.staff.leaveHelp') };
  return (
    <EntryDialog<Fields>
      title={[t(`registry.staff.${act}`), staff?.name].filter(Boolean).join(' · ')}
      {...(act in help && { help: help[act as keyof typeof help] })}
      isDanger={act === 'leave'}
      initial={{ ...(act === 'setSeat' && staff?.seat && { seatId: staff.seat.seatId }) }}
      send={(fields, key) => send(props, fields, key)}
      onClose={onClose}
    >
      <FieldsOf act={act} staff={staff} />
    </EntryDialog>
  );
}
