import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Checkbox, Form, Input, InputNumber } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { newKey } from '../../api/client.ts';
import { FormProblem } from '../../ui/form-problem.tsx';
import { LinesEditor } from '../../ui/lines-editor.tsx';
import { addSheet, QUALITY, type Sheet, type SheetRequest } from './api.ts';

const MOST = 60;
const LANGUAGES = ['zh', 'en'] as const;

function ItemFields({ name }: { readonly name: number }): ReactNode {
  const { t } = useTranslation();
  const needed = { required: true, whitespace: true, message: t('quality.sheet.needed') };
  return (
    <>
      {LANGUAGES.map((language) => (
        <Form.Item key={language} name={[name, language]} label={t(`quality.sheet.words.${language}`)} rules={[needed]}>
          <Input maxLength={200} />
        </Form.Item>
      ))}
      <div className="fb-sheet-line">
        <Form.Item name={[name, 'id']} label={t('quality.sheet.id')} rules={[needed]}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item
          name={[name, 'weight']}
          label={t('quality.sheet.weight')}
          rules={[{ required: true, message: t('quality.sheet.needed') }]}
        >
          <InputNumber className="fb-full" min={1} max={100} precision={0} />
        </Form.Item>
        <Form.Item name={[name, 'source']} label={t('quality.sheet.source')}>
          <Input maxLength={60} placeholder="HLJ 21" />
        </Form.Item>
        <Form.Item name={[name, 'fatal']} valuePropName="checked" label={t('quality.sheet.fatal')}>
          <Checkbox>{t('quality.isFatal')}</Checkbox>
        </Form.Item>
      </div>
    </>
  );
}

/** The next version of the score sheet, begun with the one that is shown; what was drawn keeps its own. */
export function SheetForm({ sheet, onClose }: { readonly sheet: Sheet; readonly onClose: () => void }): ReactNode {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [form] = Form.useForm<SheetRequest>();
  const [key] = useState(newKey);
  const add = useMutation({
    mutationFn: (body: SheetRequest) => addSheet(body, key),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: QUALITY });
      onClose();
    },
  });
  const items = Form.useWatch('items', form) as SheetRequest['items'] | undefined;
  const whole = (items ?? sheet.items).reduce((sum, item) => sum + (item?.weight ?? 0), 0);
  return (
    <Form<SheetRequest>
      form={form}
      layout="vertical"
      requiredMark={false}
      initialValues={{ passScore: sheet.passScore, items: sheet.items, note: '' }}
      onFinish={({ items: lines, ...values }) =>
        add.mutate({
          ...values,
          items: lines.map(({ source, ...line }) => ({ ...line, fatal: line.fatal === true, ...(source && { source }) })),
        })
      }
      scrollToFirstError={{ focus: true, block: 'center' }}
    >
      <p className="fb-first fb-soft">{t('quality.sheet.formHelp')}</p>
      <Form.Item name="passScore" label={t('quality.sheet.passScore')} rules={[{ required: true, message: t('quality.sheet.needed') }]}>
        <InputNumber min={1} max={100} precision={0} />
      </Form.Item>
      <LinesEditor
        name="items"
        legend={t('quality.sheet.items', { whole })}
        add={t('quality.sheet.addItem')}
        blank={{ weight: 5, fatal: false }}
        most={MOST}
      >
        {(name) => <ItemFields name={name} />}
      </LinesEditor>
      <Form.Item
        name="note"
        label={t('quality.sheet.note')}
        rules={[{ required: true, whitespace: true, message: t('quality.sheet.needed') }]}
      >
        <Input.TextArea rows={3} maxLength={500} />
      </Form.Item>
      <FormProblem form={form} error={add.error} />
      <div className="fb-row">
        <Button type="primary" htmlType="submit" loading={add.isPending}>
          {t('quality.sheet.save')}
        </Button>
        <Button onClick={onClose}>{t('common.cancel')}</Button>
      </div>
    </Form>
  );
}
