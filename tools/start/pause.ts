/** For polling a program that has no other way to say that it is ready or gone. */
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
