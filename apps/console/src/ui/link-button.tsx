import { Button } from 'antd';
import type { MouseEvent, ReactNode } from 'react';
import { useHref, useLinkClickHandler } from 'react-router';

export interface LinkButtonProps {
  readonly to: string;
  readonly type?: 'primary' | 'default' | 'link';
  readonly size?: 'small' | 'middle';
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}

/** A link within the console that looks like a button. */
export function LinkButton({ to, type = 'default', size = 'middle', icon, children }: LinkButtonProps): ReactNode {
  const go = useLinkClickHandler<HTMLAnchorElement>(to);
  return (
    <Button type={type} size={size} icon={icon} href={useHref(to)} onClick={(event) => go(event as MouseEvent<HTMLAnchorElement>)}>
      {children}
    </Button>
  );
}
