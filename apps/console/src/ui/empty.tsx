import { InboxOutlined } from '@ant-design/icons';
import type { ReactNode } from 'react';

export interface EmptyProps {
  readonly title: string;
  /** What to do about it. */
  readonly help?: string;
  readonly action?: ReactNode;
}

/** Nothing there, and what to do about it. */
export function Empty({ title, help, action }: EmptyProps): ReactNode {
  return (
    <div className="fb-empty">
      <InboxOutlined aria-hidden />
      <p className="fb-empty-title">{title}</p>
      {help && <p className="fb-empty-help">{help}</p>}
      {action}
    </div>
  );
}
