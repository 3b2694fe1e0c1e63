export * from './refusal.ts';
export { ProblemFilter } from './problem.filter.ts';
export { renderProblem, toRefusal, Problem } from './render.ts';
export { validationPipe } from './validation.ts';
