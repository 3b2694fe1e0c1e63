export { PeerCaller, PeerFailure } from './caller.ts';
export { signedHeaders } from './signature.ts';
export { peerSettings, ringOf, type PeerConfig } from './settings.ts';
export { forgetNonces, peerTable, PeerVerifier, type SignedRequest } from './verifier.ts';
