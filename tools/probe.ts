// The container's health: 0 when this container's service says that it is ready.
const answer = await fetch(`http://127.0.0.1:${process.env.PORT ?? '3000'}/health/ready`, { signal: AbortSignal.timeout(2500) }).catch(
  () => null,
);
process.exit(answer?.ok ? 0 : 1);
