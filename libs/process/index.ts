export { begin } from './begin.ts';
export { announceReady, onStop, stopWithParent, type StopOptions } from './lifecycle.ts';
