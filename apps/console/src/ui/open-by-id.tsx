import { Button, Form, Input } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export interface OpenByIdProps {
  /** Where the page of an id is, without the id. */
  readonly at: string;
  readonly label: string;
  readonly placeholder: string;
}

/** For who was told the id of a job by somebody else. */
export function OpenById({ at, label, placeholder }: OpenByIdProps): ReactNode {
  const { t } = useTranslation();
  const go = useNavigate();
  return (
    <Form<{ id: string }>
      layout="vertical"
      requiredMark={false}
      className="fb-open-by-id"
      onFinish={({ id }) => void go(`${at}/${id.trim()}`)}
    >
      <Form.Item
        name="id"
        label={label}
        validateTrigger="onSubmit"
        rules={[
          {
            required: true,
            whitespace: false,
            transform: (value: string) => value.trim(),
            pattern: UUID,
            message: t('lookback.open.invalid'),
          },
        ]}
      >
        <Input placeholder={placeholder} autoComplete="off" />
      </Form.Item>
      <Button htmlType="submit">{t('lookback.open.go')}</Button>
    </Form>
  );
}
