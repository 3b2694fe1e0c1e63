// RFC 5987: what encodeURIComponent leaves as it is and an ext-value may not have.
const extended = (name: string): string =>
  encodeURIComponent(name).replaceAll(/['()*!]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** Content-Disposition of a file to be kept: its name in ASCII for those who know no better, and as it is. */
export const attachment = (name: string, inAscii = name.replaceAll(/[^\w.-]/g, '_')): string =>
  `attachment; filename="${inAscii}"; filename*=UTF-8''${extended(name.toWellFormed())}`;
