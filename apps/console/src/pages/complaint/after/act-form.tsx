import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Form, Input, InputNumber, Modal, Radio, Select } from 'antd';
import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { MomentInput } from '../../../ui/moment-input.tsx';
import { ProblemAlert } from '../../../ui/problem-alert.tsx';
import { useFieldErrors } from '../../../ui/use-field-errors.ts';
import { instantIn } from '../dates.ts';
import { FilePicker, type FileKind } from '../files/file-picker.tsx';
import { useKeyFor } from '../use-key.ts';
import { act } from './api.ts';

export interface ActField {
  /** Where the request has it; a dot leads into an object. */
  readonly name: string;
  readonly label: string;
  readonly kind: 'line' | 'long' | 'lines' | 'steps' | 'date' | 'instant' | 'choice' | 'many' | 'number' | 'flag' | 'files';
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly optional?: boolean;
  /** As the control has it, before anybody types. */
  readonly initial?: unknown;
  readonly help?: string;
  /** With `files`: of which complaints, and what a new one is for. */
  readonly files?: { readonly complaintIds: readonly string[]; readonly kind: FileKind };
}

export interface ActProps {
  readonly label: string;
  readonly path: string;
  readonly fields?: readonly ActField[];
  readonly help?: string;
  /** What goes with every request. */
  readonly fixed?: object;
  /** Makes the request of what was typed, where that is not the fields as they are. */
  readonly build?: (typed: Readonly<Record<string, unknown>>) => object;
  readonly timeZone?: string;
  readonly isMain?: boolean;
  readonly isDanger?: boolean;
}

const YES = 'yes';
const ROWS = 4;
// More than can be looked over: one types.
const MANY = 10;

type Values = Readonly<Record<string, unknown>>;

/** What was typed as the request has it: empty fields are left out, texts of several lines are lists, local times get their offset. */
function bodyOf(fields: readonly ActField[], values: Values, timeZone: string): Record<string, unknown> {
  const body: Record<string, unknown> = {};
  for (const { name, kind } of fields) {
    const given = values[name.replaceAll('.', '_')];
    if (given === undefined || given === null || given === '' || (kind === 'files' && (given as readonly string[]).length === 0)) continue;
    const text = String(given);
    const lines = (): string[] =>
      text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '');
    const value =
      kind === 'flag'
        ? text === YES
        : kind === 'lines'
          ? lines()
          : kind === 'steps'
            ? lines().map((step) => ({ text: step }))
            : kind === 'instant'
              ? instantIn(timeZone, text)
              : given;
    const [first = '', second] = name.split('.');
    if (second === undefined) body[first] = value;
    else body[first] = { ...(body[first] as object | undefined), [second]: value };
  }
  return body;
}

function Control({ field, ...given }: { readonly field: ActField; readonly id?: string }): ReactNode {
  const { t } = useTranslation();
  switch (field.kind) {
    case 'line':
      return <Input {...given} maxLength={400} />;
    case 'long':
    case 'lines':
    case 'steps':
      return <Input.TextArea {...given} rows={ROWS} maxLength={4000} />;
    case 'date':
      return <MomentInput {...given} />;
    case 'instant':
      return <MomentInput {...given} withTime />;
    case 'number':
      return <InputNumber {...given} className="fb-full" />;
    case 'flag':
      return (
        <Radio.Group
          {...given}
          options={[
            { value: YES, label: t('after.yes') },
            { value: 'no', label: t('after.no') },
          ]}
        />
      );
    case 'choice':
      return (
        <Select
          {...given}
          options={[...(field.options ?? [])]}
          allowClear={field.optional ?? false}
          {...((field.options?.length ?? 0) > MANY && { showSearch: { optionFilterProp: 'label' } })}
        />
      );
    case 'files':
      return <FilePicker {...given} complaintIds={field.files?.complaintIds ?? []} kind={field.files?.kind ?? 'other'} />;
    case 'many':
      return <Select {...given} mode="multiple" options={[...(field.options ?? [])]} />;
  }
}

function ActDialog({ act: given, onClose }: { readonly act: ActProps; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const [form] = Form.useForm<Values>();
  const placeErrors = useFieldErrors(
    form,
    Object.fromEntries((given.fields ?? []).map(({ name }) => [`/${name.replace('.', '/')}`, `/${name.replaceAll('.', '_')}`])),
  );
  const keyFor = useKeyFor();
  const queries = useQueryClient();
  const sending = useMutation({
    mutationFn: (body: object) => act(given.path, body, keyFor(body)),
    onSuccess: async () => {
      onClose();
      await queries.invalidateQueries({ queryKey: ['complaints'] });
      await queries.invalidateQueries({ queryKey: ['after'] });
    },
    onError: placeErrors,
  });
  const send = (values: Values): void => {
    const typed = bodyOf(given.fields ?? [], values, given.timeZone ?? 'Asia/Shanghai');
    sending.mutate({ ...given.fixed, ...(given.build?.(typed) ?? typed) });
  };
  return (
    <Modal
      open
      title={given.label}
      onCancel={onClose}
      okText={given.label}
      okButtonProps={{ htmlType: 'submit', form: id, loading: sending.isPending, danger: given.isDanger ?? false }}
      cancelText={t('common.cancel')}
    >
      {given.help && <p className="fb-first">{given.help}</p>}
      <Form id={id} name={id} form={form} layout="vertical" requiredMark="optional" onFinish={send}>
        {(given.fields ?? []).map((field) => (
          <Form.Item
            key={field.name}
            name={field.name.replaceAll('.', '_')}
            label={field.label}
            {...(field.initial !== undefined && { initialValue: field.initial })}
            {...(field.help !== undefined && { extra: field.help })}
            rules={[{ required: !field.optional, message: t('after.needed') }]}
          >
            <Control field={field} />
          </Form.Item>
        ))}
      </Form>
      {sending.error && <ProblemAlert error={sending.error} />}
    </Modal>
  );
}

/** A button for something that is done, with the form that it takes. */
export function Act(props: ActProps): ReactNode {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button size="small" type={props.isMain ? 'primary' : 'default'} danger={props.isDanger ?? false} onClick={() => setIsOpen(true)}>
        {props.label}
      </Button>
      {isOpen && <ActDialog act={props} onClose={() => setIsOpen(false)} />}
    </>
  );
}
