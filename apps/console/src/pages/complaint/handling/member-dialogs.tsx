import { useQuery } from '@tanstack/react-query';
import { Button, Form, Input, InputNumber, Modal, Select, Switch } from 'antd';
import { useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../../session/session.ts';
import { FormProblem } from '../../../ui/form-problem.tsx';
import { MomentInput } from '../../../ui/moment-input.tsx';
import { useKeyFor } from '../use-key.ts';
import { addAbsence, membersQuery, putMember, putUnit, UNIT_KINDS, unitsQuery, type Member, type Unit } from './api.ts';
import { useDone } from './use-done.ts';
import { useMemberName, useUnitName } from './use-names.ts';

interface DialogProps {
  readonly title: string;
  readonly form: string;
  readonly isSending: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

function Dialog({ title, form, isSending, onClose, children }: DialogProps): ReactNode {
  const { t } = useTranslation();
  return (
    <Modal
      open
      title={title}
      onCancel={onClose}
      okText={t('handling.desk.save')}
      okButtonProps={{ htmlType: 'submit', form, loading: isSending }}
      cancelText={t('common.cancel')}
    >
      {children}
    </Modal>
  );
}

interface UnitValues {
  readonly code: string;
  readonly kind: Unit['kind'];
  readonly nameZh: string;
  readonly nameEn: string;
  readonly parent?: string;
  readonly contact?: string;
  readonly retired: boolean;
}

/** Makes a unit, or changes one. */
export function UnitDialog({ unit, onClose }: { readonly unit: Unit | null; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const [form] = Form.useForm<UnitValues>();
  const unitName = useUnitName();
  const { data } = useQuery(unitsQuery);
  const save = useDone(
    ({ code, parent, contact, ...values }: UnitValues) =>
      putUnit(code.trim(), { ...values, parent: parent ?? null, contact: contact?.trim() || null }),
    ['desk'],
    onClose,
  );
  const needed = [{ required: true, whitespace: true, message: t('handling.desk.needed') }];
  const parents = (data?.items ?? []).filter(({ code, retired }) => !retired && code !== unit?.code);
  return (
    <Dialog title={unit ? t('handling.desk.editUnit') : t('handling.desk.addUnit')} form={id} isSending={save.isPending} onClose={onClose}>
      <Form<UnitValues>
        id={id}
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={unit ?? { kind: 'branch', retired: false }}
        onFinish={(values) => save.mutate(values)}
      >
        <Form.Item name="code" label={t('handling.desk.code')} rules={needed}>
          <Input maxLength={64} disabled={unit !== null} />
        </Form.Item>
        <Form.Item name="kind" label={t('handling.desk.kind')}>
          <Select options={UNIT_KINDS.map((value) => ({ value, label: t(`handling.desk.kinds.${value}`) }))} />
        </Form.Item>
        <Form.Item name="nameZh" label={t('handling.desk.nameZh')} rules={needed}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="nameEn" label={t('handling.desk.nameEn')} rules={needed}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="parent" label={t('handling.desk.parent')}>
          <Select allowClear options={parents.map(({ code }) => ({ value: code, label: unitName(code) }))} />
        </Form.Item>
        <Form.Item name="contact" label={t('handling.desk.contact')}>
          <Input maxLength={400} />
        </Form.Item>
        <Form.Item name="retired" label={t('handling.desk.retired')} valuePropName="checked">
          <Switch />
        </Form.Item>
        <FormProblem form={form} error={save.error} />
      </Form>
    </Dialog>
  );
}

interface MemberValues {
  readonly subject: string;
  readonly name: string;
  readonly unit?: string;
  readonly manager?: string;
  readonly agencyId?: string;
  readonly areas: string[];
  readonly causes: string[];
  readonly channels: string[];
  readonly languages: string[];
  readonly dailyCapacity: number;
  readonly active: boolean;
}

const CODES = ['areas', 'causes', 'channels', 'languages'] as const;
const NEW_CAPACITY = 20;
const MOST_CAPACITY = 1000;

/** Makes a member, or changes one. */
export function MemberDialog({ member, onClose }: { readonly member: Member | null; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const session = useSession();
  const [form] = Form.useForm<MemberValues>();
  const unitName = useUnitName();
  const memberName = useMemberName();
  const units = useQuery(unitsQuery);
  const members = useQuery(membersQuery(false));
  const save = useDone(
    ({ subject, unit, manager, agencyId, ...values }: MemberValues) =>
      putMember(subject.trim(), { ...values, unit: unit ?? null, manager: manager ?? null, agencyId: agencyId?.trim() || null }),
    ['desk'],
    onClose,
  );
  const needed = [{ required: true, whitespace: true, message: t('handling.desk.needed') }];
  const blank = { areas: [], causes: [], channels: [], languages: ['zh'], dailyCapacity: NEW_CAPACITY, active: true };
  const unitOptions = (units.data?.items ?? [])
    .filter(({ retired }) => !retired)
    .map(({ code }) => ({ value: code, label: unitName(code) }));
  const managers = (members.data?.items ?? []).filter(({ subject }) => subject !== member?.subject);
  return (
    <Dialog
      title={member ? t('handling.desk.editMember') : t('handling.desk.addMember')}
      form={id}
      isSending={save.isPending}
      onClose={onClose}
    >
      <Form<MemberValues>
        id={id}
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={member ?? blank}
        onFinish={(values) => save.mutate(values)}
      >
        {member === null && (
          <Button onClick={() => form.setFieldsValue({ subject: session.subject, name: session.name })}>{t('handling.desk.me')}</Button>
        )}
        <Form.Item name="subject" label={t('handling.desk.subject')} help={t('handling.desk.subjectHelp')} rules={needed}>
          <Input maxLength={200} disabled={member !== null} />
        </Form.Item>
        <Form.Item name="name" label={t('handling.desk.name')} rules={needed}>
          <Input maxLength={100} />
        </Form.Item>
        <Form.Item name="unit" label={t('handling.desk.unit')}>
          <Select allowClear options={unitOptions} />
        </Form.Item>
        <Form.Item name="manager" label={t('handling.desk.manager')} help={t('handling.desk.managerHelp')}>
          <Select
            allowClear
            showSearch
            optionFilterProp="label"
            options={managers.map(({ subject }) => ({ value: subject, label: memberName(subject) }))}
          />
        </Form.Item>
        <Form.Item name="agencyId" label={t('handling.desk.agency')}>
          <Input maxLength={64} />
        </Form.Item>
        {CODES.map((field) => (
          <Form.Item key={field} name={field} label={t(`handling.desk.${field}`)} help={t('handling.desk.codesHelp')}>
            <Select mode="tags" open={false} suffixIcon={null} />
          </Form.Item>
        ))}
        <Form.Item name="dailyCapacity" label={t('handling.desk.capacity')} help={t('handling.desk.capacityHelp')}>
          <InputNumber min={0} max={MOST_CAPACITY} precision={0} />
        </Form.Item>
        <Form.Item name="active" label={t('handling.desk.active')} valuePropName="checked">
          <Switch />
        </Form.Item>
        <FormProblem form={form} error={save.error} />
      </Form>
    </Dialog>
  );
}

/** Says when somebody is away. */
export function AbsenceDialog({ member, onClose }: { readonly member: Member; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const [form] = Form.useForm<{ from: string; to: string; reason?: string }>();
  const keyFor = useKeyFor();
  const save = useDone(
    ({ reason, ...days }: { from: string; to: string; reason?: string }) => {
      const body = { ...days, ...(reason?.trim() && { reason: reason.trim() }) };
      return addAbsence(member.subject, body, keyFor(body));
    },
    ['desk'],
    onClose,
  );
  const needed = [{ required: true, message: t('handling.desk.needed') }];
  return (
    <Dialog title={t('handling.desk.addAbsence')} form={id} isSending={save.isPending} onClose={onClose}>
      <Form id={id} name={id} form={form} layout="vertical" requiredMark={false} onFinish={(values) => save.mutate(values)}>
        <Form.Item name="from" label={t('handling.desk.from')} rules={needed}>
          <MomentInput />
        </Form.Item>
        <Form.Item name="to" label={t('handling.desk.to')} rules={needed}>
          <MomentInput />
        </Form.Item>
        <Form.Item name="reason" label={t('handling.desk.reason')}>
          <Input maxLength={400} />
        </Form.Item>
        <FormProblem form={form} error={save.error} />
      </Form>
    </Dialog>
  );
}
