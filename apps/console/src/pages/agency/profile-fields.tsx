import { Button, Form, Input, InputNumber } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { MomentInput } from '../../ui/moment-input.tsx';
import { useNeeded } from './entry-dialog.tsx';
import type { Profile, ProfileRequest } from './registry-api.ts';

/** As the form has it. */
export interface ProfileForm extends Omit<ProfileRequest, 'licence' | 'responsible'> {
  licence?: { number?: string; issuer?: string; until?: string };
  responsible?: { subject?: string; name?: string };
}

export const toRequest = ({ licence, responsible, ...rest }: ProfileForm): ProfileRequest => ({
  ...rest,
  licence: licence?.number ? { number: licence.number, issuer: licence.issuer ?? '', until: licence.until ?? null } : null,
  responsible: responsible?.subject ? { subject: responsible.subject, name: responsible.name || responsible.subject } : null,
});

export const toForm = ({
  name,
  phone,
  address,
  licence,
  owners,
  beneficialOwner,
  approvals,
  contacts,
  responsible,
}: Profile): ProfileForm => ({
  name,
  phone,
  address,
  licence: {
    ...(licence.number !== null && { number: licence.number }),
    ...(licence.issuer !== null && { issuer: licence.issuer }),
    ...(licence.until !== null && { until: licence.until }),
  },
  owners,
  beneficialOwner,
  approvals,
  contacts,
  ...(responsible !== null && { responsible }),
});

interface RowsProps {
  readonly name: string;
  readonly title: string;
  readonly children: (index: number) => ReactNode;
}

/** A list of which one adds and removes rows. */
function Rows({ name, title, children }: RowsProps): ReactNode {
  const { t } = useTranslation();
  return (
    <fieldset className="fb-fieldset">
      <legend>{title}</legend>
      <Form.List name={name}>
        {(rows, { add, remove }) => (
          <>
            {rows.map((row) => (
              <div key={row.key} className="fb-halves">
                {children(row.name)}
                <Button onClick={() => remove(row.name)}>{t('registry.profile.remove')}</Button>
              </div>
            ))}
            <Button onClick={() => add()}>{t('registry.profile.add')}</Button>
          </>
        )}
      </Form.List>
    </fieldset>
  );
}

/** Who an agency is: what is needed before it can be admitted. */
export function ProfileFields(): ReactNode {
  const { t } = useTranslation();
  const needed = useNeeded();
  const text = (path: (string | number)[] | string, label: string, isNeeded = false): ReactNode => (
    <Form.Item name={path} label={label} {...(isNeeded && { rules: needed })}>
      <Input maxLength={200} />
    </Form.Item>
  );
  const date = (path: (string | number)[], label: string, isNeeded = false): ReactNode => (
    <Form.Item name={path} label={label} {...(isNeeded && { rules: needed })}>
      <MomentInput />
    </Form.Item>
  );
  return (
    <>
      {text('name', t('registry.profile.name'), true)}
      <div className="fb-halves">
        {text('phone', t('registry.profile.phone'))}
        {text('address', t('registry.profile.address'))}
      </div>
      <div className="fb-halves">
        {text(['licence', 'number'], t('registry.profile.licence'))}
        {text(['licence', 'issuer'], t('registry.profile.issuer'))}
      </div>
      {date(['licence', 'until'], t('registry.profile.until'))}
      <Rows name="owners" title={t('registry.new.owners')}>
        {(index) => (
          <>
            {text([index, 'name'], t('registry.profile.owner'), true)}
            <Form.Item name={[index, 'sharePercent']} label={t('registry.profile.share')} rules={needed}>
              <InputNumber min={1} max={100} className="fb-full" />
            </Form.Item>
          </>
        )}
      </Rows>
      {text('beneficialOwner', t('registry.profile.beneficial'))}
      <Rows name="approvals" title={t('registry.new.approvals')}>
        {(index) => (
          <>
            {text([index, 'reference'], t('registry.profile.approval'), true)}
            {date([index, 'on'], t('registry.profile.approvedOn'), true)}
            {text([index, 'about'], t('registry.profile.about'), true)}
          </>
        )}
      </Rows>
      <Rows name="contacts" title={t('registry.new.contacts')}>
        {(index) => (
          <>
            {text([index, 'role'], t('registry.profile.role'), true)}
            {text([index, 'name'], t('registry.profile.person'), true)}
            {text([index, 'phone'], t('registry.profile.phone'))}
            {text([index, 'email'], t('registry.profile.email'))}
          </>
        )}
      </Rows>
      <div className="fb-halves">
        {text(['responsible', 'subject'], t('registry.profile.subject'))}
        {text(['responsible', 'name'], t('registry.profile.responsible'))}
      </div>
    </>
  );
}
