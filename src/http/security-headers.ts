import type { FastifyHelmetOptions } from '@fastify/helmet';

/** Nothing but what Swagger UI needs: its own scripts and styles, the styles it writes inline, its images as data. */
const DIRECTIVES = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:'],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  baseUri: ["'none'"],
  formAction: ["'none'"],
  frameAncestors: ["'none'"],
};

/** The headers of every answer; `differing`: what a page needs beyond it. */
export function securityHeaders(differing: Partial<typeof DIRECTIVES> = {}): FastifyHelmetOptions {
  return {
    contentSecurityPolicy: { useDefaults: false, directives: { ...DIRECTIVES, ...differing } },
    // Whether a host is to be reached over TLS alone is for whoever terminates it to say.
    strictTransportSecurity: false,
  };
}
