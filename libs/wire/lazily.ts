export type LazyClass = () => new () => object;

/** Nest takes a function for a class that comes later only when the function is called `type`; by any other name the schema has no name. */
export const lazily = (of: LazyClass): { type: LazyClass } => ({ type: () => of() });
