// What measurements share.
import { fork } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { Role } from '#auth';

/** Runs a measurement in a process of its own and returns what it reports. */
export function measure<T>(file: string, task: object): Promise<T> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL(file, import.meta.url)), { execArgv: ['--enable-source-maps'] });
    child.once('message', (result) => {
      resolve(result as T);
      child.disconnect();
    });
    child.once('exit', (code) => code !== 0 && reject(new Error(`${file} ended with ${code}`)));
    child.send(task);
  });
}

/** An issuer, and a token of its for the institution. */
export async function issue(institutionId: string, role: Role): Promise<{ issuer: string; token: string; close(): void }> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(publicKey)), kid: 'bench', alg: 'ES256' };
  const server = createServer((_request, response) =>
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [jwk] })),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const token = await new SignJWT({ institution_id: institutionId, roles: [role], client_id: 'bench' })
    .setProtectedHeader({ alg: 'ES256', kid: 'bench' })
    .setIssuer(issuer)
    .setAudience('forbear')
    .setSubject('bench')
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(privateKey);
  return { issuer, token, close: () => server.close() };
}
