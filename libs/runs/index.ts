export {
  runColumns,
  RunFailure,
  runFields,
  TakenOver,
  type Run,
  type RunFailureJson,
  type RunFields,
  type RunProgress,
  type RunState,
} from './run.ts';
export { Runs, type RunTable } from './runs.ts';
