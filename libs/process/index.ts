export { announceReady, onStop, stopWithParent, type StopOptions } from './lifecycle.ts';
