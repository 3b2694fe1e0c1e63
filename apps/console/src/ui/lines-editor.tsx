import { ArrowDownOutlined, ArrowUpOutlined, DeleteOutlined } from '@ant-design/icons';
import { Button, Form } from 'antd';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

export interface LinesEditorProps {
  /** Of the list in the form. */
  readonly name: string;
  readonly legend: string;
  readonly add: string;
  /** What a new line begins with. */
  readonly blank: object;
  readonly most: number;
  /** The fields of a line, by its place. */
  readonly children: (name: number) => ReactNode;
}

/** Lines of a form that can be added, taken out and put in another order. */
export function LinesEditor({ name, legend, add: addLabel, blank, most, children }: LinesEditorProps): ReactNode {
  const { t } = useTranslation();
  return (
    <Form.List name={name}>
      {(rows, { add, remove, move }) => (
        <fieldset className="fb-lines-editor">
          <legend>{legend}</legend>
          {rows.map((row, index) => (
            <div key={row.key} className="fb-line-edited">
              <div className="fb-line-head">
                <strong>{index + 1}</strong>
                <Button
                  size="small"
                  icon={<ArrowUpOutlined aria-hidden />}
                  aria-label={t('common.line.up', { line: index + 1 })}
                  disabled={index === 0}
                  onClick={() => move(index, index - 1)}
                />
                <Button
                  size="small"
                  icon={<ArrowDownOutlined aria-hidden />}
                  aria-label={t('common.line.down', { line: index + 1 })}
                  disabled={index === rows.length - 1}
                  onClick={() => move(index, index + 1)}
                />
                <Button
                  size="small"
                  icon={<DeleteOutlined aria-hidden />}
                  aria-label={t('common.line.remove', { line: index + 1 })}
                  disabled={rows.length === 1}
                  onClick={() => remove(row.name)}
                />
              </div>
              {children(row.name)}
            </div>
          ))}
          <Button block disabled={rows.length >= most} onClick={() => add(blank)}>
            {addLabel}
          </Button>
        </fieldset>
      )}
    </Form.List>
  );
}
