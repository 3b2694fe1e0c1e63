import type { ComponentType } from 'react';
import type { RouteObject } from 'react-router';
import type { Operation } from '../session/session.ts';
import type { zh } from '../i18n/zh/index.ts';

/** A place in the navigation with its pages. */
export interface Room {
  readonly id: keyof (typeof zh)['shell']['nav'];
  /** The first part of the address. */
  readonly path: string;
  readonly icon: ComponentType;
  /** Open to the roles that may do this, or any of these. */
  readonly needs: Operation | readonly Operation[];
  /** Below `path`; pages are loaded when they are gone to. */
  readonly routes: RouteObject[];
  /** The roles whose first page it is; who has none of those begins with the first room that is open. */
  readonly homeOf?: readonly string[];
  /** Not in the navigation, reached from elsewhere. */
  readonly isHidden?: boolean;
}
