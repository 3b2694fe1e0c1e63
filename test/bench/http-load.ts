// Posts to one route over HTTP with autocannon, spread over the bodies and the processes.
import autocannon from 'autocannon';

interface Task {
  urls: string[];
  token: string;
  route: string;
  bodies: string[];
  connections: number;
  seconds: number;
}

process.once('message', async ({ urls, token, route, bodies, connections, seconds }: Task) => {
  let permitted = 0;
  let answered = 0;
  let next = 0;
  const runs = urls.map((url) =>
    autocannon({
      url,
      connections: connections / urls.length,
      duration: seconds,
      requests: [
        {
          method: 'POST',
          path: route,
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          setupRequest: (request) => ({ ...request, body: bodies[(next = (next + 1) % bodies.length)] ?? '' }),
          onResponse: (_status, body) => {
            answered += 1;
            if (body.includes('"verdict":"permitted"')) permitted += 1;
          },
        },
      ],
    }),
  );
  const results = await Promise.all(runs);
  const sum = (of: (result: autocannon.Result) => number): number => results.reduce((total, result) => total + of(result), 0);
  process.send?.({
    perSecond: sum((result) => result['2xx']) / seconds,
    p50Ms: Math.max(...results.map((result) => result.latency.p50)),
    p99Ms: Math.max(...results.map((result) => result.latency.p99)),
    permitted: permitted / answered,
    failed: sum((result) => result.non2xx + result.errors + result.timeouts),
  });
});
