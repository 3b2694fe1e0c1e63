export { Vault } from './vault.ts';
export { maskContactPoint, maskIdNumber, maskName } from './mask.ts';
